//! What the workbooks of both WIOD releases share.
//!
//! # Layout
//! One sheet. Somewhere in the first rows stand, one below the other, the codes of industries, their names,
//! countries and column numbers (`c1`, `c2`, …); the first four columns hold the same for rows, with `r1` or
//! `c1` for numbers. Nodes come first, then final buyers (five for each country), then output. Rows below the
//! nodes hold totals, taxes, margins, value added and output.

use std::collections::HashMap;
use std::io::Cursor;

use calamine::{Data, Reader, open_workbook_auto_from_rs};
use terms::{Archive, CountryId, SectorId};

use super::intercountry::{Codes, Intercountry};
use super::{file, wrong_layout};
use crate::findings::Findings;
use crate::{CountryEntry, Draft, Meta, SectorEntry};

/// What tells the releases apart.
pub(super) struct Release {
    /// How many industries are goods, from the first.
    pub goods: usize,
    /// The first column number of final buyers: 37 in release 2013, 57 in release 2016.
    pub final_from: u32,
    pub source: &'static str,
}

/// Reads the first sheet of the workbook at `path`.
pub(super) fn table(
    archive: &dyn Archive,
    path: &str,
    release: &Release,
    meta: Meta,
    findings: &mut Findings,
) -> Option<Draft> {
    let bytes = file(archive, path, findings)?;
    let mut refuse = |why: String| {
        findings.push(wrong_layout(path, release.source, why));
        None::<Draft>
    };
    let mut book = match open_workbook_auto_from_rs(Cursor::new(bytes)) {
        Ok(book) => book,
        Err(error) => return refuse(error.to_string()),
    };
    let sheet = match book.worksheet_range_at(0) {
        Some(Ok(sheet)) => sheet,
        Some(Err(error)) => return refuse(error.to_string()),
        None => return refuse("it has no sheet".into()),
    };
    let rows: Vec<&[Data]> = sheet.rows().collect();
    // The row of column numbers is the first with `c1` beyond the four columns of labels.
    let Some(numbers_at) = rows.iter().position(|row| row.iter().skip(4).any(|cell| text(cell) == "c1"))
    else {
        return refuse("no row numbers its columns `c1`, `c2`, …".into());
    };
    if numbers_at < 3 {
        return refuse("codes, names and countries are missing above the column numbers".into());
    }
    let (codes, names, countries, numbers) =
        (rows[numbers_at - 3], rows[numbers_at - 2], rows[numbers_at - 1], rows[numbers_at]);
    let mut lists = (Codes::default(), Codes::default());
    let mut sector_names: HashMap<String, String> = HashMap::new();
    let mut columns: Vec<Column> = Vec::with_capacity(numbers.len());
    for at in 0..numbers.len() {
        let number: Option<u32> = text(&numbers[at]).strip_prefix('c').and_then(|number| number.parse().ok());
        let country = text(&countries[at]);
        columns.push(match number {
            _ if at < 4 => Column::Left,
            Some(number) if number < release.final_from && country != "TOT" => {
                let (code, name) = (text(&codes[at]), text(&names[at]));
                sector_names.entry(code.clone()).or_insert(name);
                Column::Node(lists.0.place(&code_of(&country)), lists.1.place(&code))
            }
            Some(_) if country != "TOT" => Column::Final(lists.0.place(&code_of(&country))),
            // The last column, of output, carries no number of its own in release 2013.
            _ => Column::Output,
        });
    }
    let output_at = columns.iter().rposition(|column| matches!(column, Column::Output));
    let sector = |(at, code): (usize, &str)| {
        SectorEntry::new(code, sector_names.get(code).map_or(code, String::as_str), at < release.goods)
    };
    let entries = lists.0.iter().map(|code| CountryEntry::new(code, code)).collect();
    let mut table = Intercountry::new(entries, lists.1.iter().enumerate().map(sector).collect());
    let mut sellers = 0;
    for (line, row) in rows.iter().enumerate().skip(numbers_at + 1) {
        let seller = lists.0.get(&code_of(&text(&row[2]))).zip(lists.1.get(&text(&row[0])));
        let Some((i, s)) = seller else { continue };
        sellers += 1;
        let seller = (CountryId::new(i), SectorId::new(s));
        for (at, (cell, column)) in row.iter().zip(&columns).enumerate() {
            if matches!(column, Column::Left) {
                continue;
            }
            let Some(value) = value(cell) else {
                let why = format!("row {}, column {}: `{}` is not a number", line + 1, at + 1, text(cell));
                return refuse(why);
            };
            match column {
                Column::Node(n, k) => table.input(seller, (CountryId::new(*n), SectorId::new(*k)), value),
                Column::Final(n) => table.purchase(seller, CountryId::new(*n), value),
                Column::Output if Some(at) == output_at => table.makes(seller, value),
                Column::Output | Column::Left => {}
            }
        }
    }
    let nodes = lists.0.0.len() * lists.1.0.len();
    if sellers != nodes {
        return refuse(format!("{sellers} rows sell; {nodes} columns buy"));
    }
    Some(table.draft(meta))
}

enum Column {
    Node(usize, usize),
    Final(usize),
    Output,
    Left,
}

/// WIOD writes `RoW` for the rest of the world and `ROM` for Romania.
fn code_of(country: &str) -> String {
    match country {
        "RoW" => "ROW".into(),
        "ROM" => "ROU".into(),
        other => other.into(),
    }
}

fn text(cell: &Data) -> String {
    match cell {
        Data::Empty | Data::Error(_) => String::new(),
        Data::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
        other => other.to_string().trim().to_owned(),
    }
}

fn value(cell: &Data) -> Option<f64> {
    match cell {
        Data::Float(number) => Some(*number).filter(|number| number.is_finite()),
        Data::Int(number) => Some(*number as f64),
        Data::Empty => Some(0.0),
        Data::String(text) if text.trim().is_empty() => Some(0.0),
        Data::String(text) => text.trim().parse().ok().filter(|number: &f64| number.is_finite()),
        _ => None,
    }
}
