//! A table of anyone's, by the names of its columns.

use diagnostic::{Diagnostic, Faults, Source};
use terms::Archive;

use super::{Column, Sheet};
use crate::findings::Findings;
use crate::table::{self, Columns, Table};

impl Sheet {
    /// Reads columns of words and of numbers, in that order, from the CSV or Parquet file at `path`.
    ///
    /// # Errors
    /// `missing-file`, `missing-column`, and all faults of its cells together.
    pub fn read(archive: &dyn Archive, path: &str, words: &[&str], numbers: &[&str]) -> Result<Self, Faults> {
        let mut findings = Findings::default();
        let table = open(archive, path, Columns { codes: words, numbers, spare: &[] }, &mut findings);
        let faults = findings.finish();
        let Some(table) = table.filter(|_| !faults.has_errors()) else { return Err(faults) };
        let mut sheet = Self::new(path);
        for (name, codes) in words.iter().zip(table.codes) {
            sheet = sheet.with(*name, Column::Words { words: codes.words, rows: codes.rows });
        }
        for (name, values) in numbers.iter().zip(table.numbers) {
            sheet = sheet.with(*name, Column::Numbers(values));
        }
        Ok(sheet)
    }

    /// One row's word in the column at `column`; nothing in a column of numbers.
    pub fn word(&self, column: usize, row: usize) -> &str {
        match &self.columns[column].1 {
            Column::Words { words, rows } => &words[rows[row] as usize],
            Column::Numbers(_) => "",
        }
    }

    /// One row's number in the column at `column`; not a number in a column of words.
    pub fn number(&self, column: usize, row: usize) -> f64 {
        match &self.columns[column].1 {
            Column::Numbers(numbers) => numbers[row],
            Column::Words { .. } => f64::NAN,
        }
    }
}

fn open(archive: &dyn Archive, path: &str, columns: Columns<'_>, findings: &mut Findings) -> Option<Table> {
    let Some(bytes) = table::bytes(archive, path, findings)? else {
        findings.push(
            Diagnostic::error("missing-file", format!("there is no file `{path}`"))
                .help("give the path of a CSV or Parquet table"),
        );
        return None;
    };
    if path.ends_with(".parquet") {
        return Table::from_parquet(path, bytes, columns, findings);
    }
    Table::from_csv(&Source::new(path, String::from_utf8_lossy(&bytes)), columns, findings)
}
