//! An economy written for other tools.

use std::path::Path;

use diagnostic::{Diagnostic, Faults};
use economy::sheet::Sheet;
use economy::{Draft, Form};
use serde::Serialize;

use super::shown::{Listed, listed};
use super::write::{form, unwritable};
use crate::economies;

/// In which form an economy leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ExportForm {
    /// A folder of this product, tables in CSV.
    Csv,
    /// A folder of this product, large tables in Parquet.
    Parquet,
    /// One workbook, a sheet a table.
    Xlsx,
    /// A folder with a Stata file a table.
    Dta,
    /// One header array file, for GEMPACK and its kin.
    Har,
}

/// An economy that was written.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Exported {
    /// The economy in a line.
    pub economy: Listed,
    /// The form.
    pub form: ExportForm,
    /// Where to.
    pub to: String,
    /// The files, by their names.
    pub files: Vec<String>,
}

/// Writes the economy `name` to the file or folder `to`.
///
/// # Errors
/// All faults of the economy; `folder-taken` where something is there; as the writers; `xlsx-left-out`,
/// `parquet-left-out` in a build without them.
pub fn export(name: &str, how: ExportForm, to: &Path) -> Result<(Exported, Faults), Faults> {
    let economy = economies::open(name)?.economy;
    let draft = economy.accounts();
    if to.exists() {
        return Err(Diagnostic::error("folder-taken", format!("`{}` is already there", to.display()))
            .help("give a path where nothing is yet")
            .into());
    }
    let files: Vec<(String, Vec<u8>)> = match how {
        ExportForm::Csv => draft.folder(Form::Csv)?,
        ExportForm::Parquet => draft.folder(form(true)?)?,
        ExportForm::Xlsx => vec![(String::new(), workbook(&draft.sheets())?)],
        ExportForm::Har => vec![(String::new(), draft.to_har())],
        ExportForm::Dta => stata(draft)?,
    };
    let single = matches!(how, ExportForm::Xlsx | ExportForm::Har);
    if !single {
        std::fs::create_dir_all(to).map_err(|error| unwritable(to, &error))?;
    }
    let mut names = Vec::with_capacity(files.len());
    for (name, bytes) in files {
        let path = if single { to.to_path_buf() } else { to.join(name) };
        std::fs::write(&path, bytes).map_err(|error| unwritable(&path, &error))?;
        names.push(path.file_name().unwrap_or_default().to_string_lossy().into_owned());
    }
    let exported = Exported {
        economy: listed(name, draft),
        form: how,
        to: to.to_string_lossy().into_owned(),
        files: names,
    };
    Ok((exported, economy.warnings().clone()))
}

fn stata(draft: &Draft) -> Result<Vec<(String, Vec<u8>)>, Diagnostic> {
    let file = |sheet: Sheet| Ok((format!("{}.dta", sheet.name()), sheet.to_dta()?));
    draft.sheets().into_iter().map(file).collect()
}

/// Tables as the sheets of one workbook.
///
/// # Errors
/// `unwritable-xlsx`; `xlsx-left-out` where the build does not write workbooks.
#[cfg(feature = "xlsx")]
pub fn workbook(sheets: &[Sheet]) -> Result<Vec<u8>, Diagnostic> {
    economy::sheet::workbook(sheets)
}

/// As above, in a build without workbooks.
#[cfg(not(feature = "xlsx"))]
pub fn workbook(_: &[Sheet]) -> Result<Vec<u8>, Diagnostic> {
    Err(Diagnostic::error("xlsx-left-out", "this build does not write workbooks")
        .help("build with the feature `xlsx`, or write CSV, Parquet or dta"))
}

/// A table as Parquet.
///
/// # Errors
/// `unwritable-parquet`; `parquet-left-out` where the build does not write it.
#[cfg(feature = "parquet")]
pub fn parquet(sheet: &Sheet) -> Result<Vec<u8>, Diagnostic> {
    sheet.to_parquet()
}

/// As above, in a build without Parquet.
#[cfg(not(feature = "parquet"))]
pub fn parquet(_: &Sheet) -> Result<Vec<u8>, Diagnostic> {
    form(true).map(|_| Vec::new())
}
