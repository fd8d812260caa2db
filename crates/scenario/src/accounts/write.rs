//! How one economy becomes another: read from a public source, aggregated, repaired, and written as a folder.

use std::path::Path;

use diagnostic::{Diagnostic, Faults, Source};
use economy::formats::{Format, Naming};
use economy::{Draft, Form, Mapping, Repair};
use serde::Serialize;

use super::differs::{Differs, told};
use super::shown::{Listed, listed};
use crate::archive::Disk;
use crate::economies;

/// An economy that was written.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Written {
    /// The economy in a line.
    pub economy: Listed,
    /// Its folder.
    pub folder: String,
    /// What a repair changed, where one was asked for.
    pub repaired: Option<Differs>,
}

/// Where and how an economy is written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Target<'a> {
    /// The folder to make.
    pub folder: &'a Path,
    /// Parquet for the large tables, instead of CSV.
    pub parquet: bool,
    /// How gaps are closed before; none leaves them, and unbalanced accounts are then a fault.
    pub repair: Option<Repair>,
}

/// Another reading of a source's flows, for economies without input links.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Reading {
    /// Flows are spending, duty included: each is divided by one plus its rate.
    pub duty_paid: bool,
    /// So much more of every country's purchases from itself, in every sector, in the unit of the source.
    pub more_at_home: f64,
}

impl Reading {
    /// The accounts so read.
    fn of(self, draft: Draft) -> Result<Draft, Diagnostic> {
        if self == Self::default() {
            return Ok(draft);
        }
        if draft.inputs.is_some() {
            return Err(Diagnostic::error("reading-with-links", "another reading of flows is asked for, and the source has input links")
                .note("with inputs, output and use fix what flows are: before duty")
                .help("leave `--duty-paid` and `--more-at-home` out; `economy.toml` can state `valuation = \"duty-paid\"`"));
        }
        let draft = if self.more_at_home == 0.0 { draft } else { draft.with_more_at_home(self.more_at_home) };
        Ok(if self.duty_paid { draft.read_as_duty_paid() } else { draft })
    }
}

/// Groups of countries and sectors made one each, by the text of a mapping.
///
/// # Errors
/// All faults of the economy and of the mapping; `folder-taken`.
pub fn aggregate(name: &str, mapping: &Source, to: &Target<'_>) -> Result<(Written, Faults), Faults> {
    let fine = economies::draft(name)?;
    let mapping = Mapping::read(mapping, &fine)?;
    write(fine.aggregate(&mapping), Faults::new(), to)
}

/// A copy of an economy, repaired or in another form.
///
/// # Errors
/// All faults of the economy; `no-repair`, `folder-taken`.
pub fn copy(name: &str, to: &Target<'_>) -> Result<(Written, Faults), Faults> {
    write(economies::draft(name)?, Faults::new(), to)
}

/// An economy from a public source.
///
/// # Errors
/// `unknown-format`; all faults of the source; `reading-with-links`; `unbalanced-cell` where no repair was asked for.
pub fn import(
    format: &str,
    path: &Path,
    naming: &Naming,
    reading: Reading,
    to: &Target<'_>,
) -> Result<(Written, Faults), Faults> {
    let format = Format::named(format)?;
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let file = path.file_name().unwrap_or_default().to_string_lossy();
    let imported = format.read(&Disk::at(folder), &file, naming)?;
    write(reading.of(imported.draft)?, imported.notes, to)
}

/// The formats that can be imported: the name, and what the path points at.
pub fn formats() -> Vec<(&'static str, &'static str)> {
    Format::ALL.iter().map(|format| (format.name, format.about)).collect()
}

pub(super) fn write(draft: Draft, mut notes: Faults, to: &Target<'_>) -> Result<(Written, Faults), Faults> {
    let mut repaired = None;
    let draft = match to.repair {
        None => draft,
        Some(how) => {
            let made = draft.repaired(how)?;
            repaired = Some(told(&made.report, 5));
            made.draft
        }
    };
    let economy = draft.checked()?;
    notes.append(economy.warnings().clone());
    let files = economy.accounts().folder(form(to.parquet)?)?;
    let folder = to.folder;
    if folder.join("economy.toml").exists() {
        return Err(Diagnostic::error(
            "folder-taken",
            format!("`{}` already holds an economy", folder.display()),
        )
        .help("give the path of a folder that is not there yet")
        .into());
    }
    std::fs::create_dir_all(folder).map_err(|error| unwritable(folder, &error))?;
    for (name, bytes) in files {
        let path = folder.join(name);
        std::fs::write(&path, bytes).map_err(|error| unwritable(&path, &error))?;
    }
    let name = folder.to_string_lossy().into_owned();
    Ok((Written { economy: listed(&name, economy.accounts()), folder: name, repaired }, notes))
}

#[cfg(feature = "parquet")]
pub(super) fn form(parquet: bool) -> Result<Form, Diagnostic> {
    Ok(if parquet { Form::Parquet } else { Form::Csv })
}

#[cfg(not(feature = "parquet"))]
pub(super) fn form(parquet: bool) -> Result<Form, Diagnostic> {
    if parquet {
        return Err(Diagnostic::error("parquet-left-out", "this build does not write Parquet")
            .help("build with the feature `parquet`, or write CSV"));
    }
    Ok(Form::Csv)
}

pub(super) fn unwritable(path: &Path, error: &std::io::Error) -> Faults {
    Diagnostic::error("unwritable-file", format!("`{}` cannot be written: {error}", path.display()))
        .help("give a path where files may be made")
        .into()
}
