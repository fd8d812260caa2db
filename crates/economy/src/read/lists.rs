//! `countries.csv` and `sectors.csv`.

use diagnostic::Diagnostic;
use indexmap::IndexMap;
use terms::Archive;

use crate::findings::Findings;
use crate::table::TextTable;
use crate::{CountryEntry, SectorEntry};

pub(crate) fn read_countries(
    archive: &dyn Archive,
    folder: &str,
    findings: &mut Findings,
) -> Option<Vec<CountryEntry>> {
    let table = TextTable::read(archive, folder, "countries", &["code"], true, findings)?;
    let listed = codes(&table, "country", "duplicate-country", findings);
    let entries = listed.into_iter().map(|(row, code)| {
        let entry = CountryEntry::new(&code, cell(&table, row, "name").unwrap_or(&code));
        CountryEntry { extra: extra(&table, row, &["code", "name"]), ..entry }
    });
    Some(entries.collect())
}

pub(crate) fn read_sectors(
    archive: &dyn Archive,
    folder: &str,
    findings: &mut Findings,
) -> Option<Vec<SectorEntry>> {
    let table = TextTable::read(archive, folder, "sectors", &["code", "good"], true, findings)?;
    let listed = codes(&table, "sector", "duplicate-sector", findings);
    let mut entries = Vec::with_capacity(listed.len());
    for (row, code) in listed {
        let good = match cell(&table, row, "good") {
            Some("1" | "true") => true,
            Some("0" | "false") => false,
            _ => {
                let fault = Diagnostic::error("bad-value", format!("whether `{code}` is a good is not told"));
                findings.push(fault.at(table.place(row, "good"), "write `1` for a good, `0` for a service"));
                false
            }
        };
        let entry = SectorEntry::new(&code, cell(&table, row, "name").unwrap_or(&code), good);
        entries.push(SectorEntry { extra: extra(&table, row, &["code", "name", "good"]), ..entry });
    }
    Some(entries)
}

/// The codes of a list with their rows; empty and repeated ones are faults and left out.
fn codes(
    table: &TextTable,
    what: &str,
    duplicate: &'static str,
    findings: &mut Findings,
) -> Vec<(usize, String)> {
    let mut listed: IndexMap<String, usize> = IndexMap::new();
    for row in 0..table.rows.len() {
        let Some(code) = cell(table, row, "code") else {
            let fault = Diagnostic::error("bad-value", format!("a {what} without a code"));
            findings.push(fault.at(table.place(row, "code"), "every row needs one"));
            continue;
        };
        match listed.get(code) {
            Some(first) => {
                let fault = Diagnostic::error(duplicate, format!("the {what} `{code}` is listed twice"))
                    .at(table.place(row, "code"), "here again")
                    .at(table.place(*first, "code"), "first here");
                findings.push(fault.help("leave one of the rows out"));
            }
            None => {
                listed.insert(code.to_owned(), row);
            }
        }
    }
    if table.rows.is_empty() {
        let fault = Diagnostic::error("empty-list", format!("the economy has no {what}"));
        findings.push(fault.at(table.head(), "one row each belongs below"));
    }
    listed.into_iter().map(|(code, row)| (row, code)).collect()
}

/// A cell that is not empty.
fn cell<'a>(table: &'a TextTable, row: usize, column: &str) -> Option<&'a str> {
    let at = table.column(column)?;
    Some(table.rows[row][at].as_str()).filter(|cell| !cell.is_empty())
}

fn extra(table: &TextTable, row: usize, known: &[&str]) -> IndexMap<String, String> {
    let cells = table.header.iter().zip(&table.rows[row]);
    cells
        .filter(|(column, _)| !known.contains(&column.as_str()))
        .map(|(column, cell)| (column.clone(), cell.clone()))
        .collect()
}
