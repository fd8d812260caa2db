//! A series of rates as somebody else prints it: a table with one row for each day.

use std::ops::Range;

use diagnostic::{Diagnostic, Faults, Source, help_nearest};
use terms::{Country, Day};

use super::Reading;

/// One number of a series.
#[derive(Debug, Clone, PartialEq)]
pub struct Printed {
    /// The day it is printed for.
    pub day: Day,
    /// Who charges.
    pub importer: Country,
    /// Whose goods.
    pub exporter: Country,
    /// The rate, per cent.
    pub rate_pct: f64,
    /// How it says it is to be read.
    pub reading: Option<Reading>,
}

const KNOWN: [&str; 5] = ["date", "rate", "importer", "exporter", "definition"];

/// Reads a series: columns `date` and `rate` (per cent, with or without the sign), and perhaps `importer`, `exporter` and
/// `definition`, in any order. Other columns are left alone. `parties` stand where a row names none.
///
/// # Errors
/// `series-column` where a column is missing, `series-row` for each row that cannot be read, `empty-series`: all together.
pub fn read(table: &Source, parties: [&Country; 2]) -> Result<Vec<Printed>, Faults> {
    let mut faults = Faults::new();
    let mut rows = spans(table.text());
    let header: Vec<String> =
        rows.next().map(|(_, text)| text.split(',').map(plain).collect()).unwrap_or_default();
    let place = |name: &str| header.iter().position(|column| column == name);
    for needed in &KNOWN[..2] {
        if place(needed).is_none() {
            let found = header.iter().map(String::as_str);
            faults.push(
                Diagnostic::error("series-column", format!("the series has no column `{needed}`"))
                    .at(table.whole(), format!("its columns are `{}`", header.join(",")))
                    .help_if(help_nearest(needed, found))
                    .note(format!("columns read are {}", KNOWN.join(", "))),
            );
        }
    }
    let (Some(date), Some(rate)) = (place("date"), place("rate")) else { return Err(faults) };
    let mut printed = Vec::new();
    for (span, text) in rows {
        let cells: Vec<String> = text.split(',').map(plain).collect();
        let cell = |at: usize| cells.get(at).map_or("", String::as_str);
        let optional = |name: &str| place(name).map(cell).filter(|text| !text.is_empty());
        match row(cell(date), cell(rate), optional("definition")) {
            // A day without a number says nothing.
            Ok(None) => {}
            Ok(Some((day, rate_pct, reading))) => printed.push(Printed {
                day,
                importer: optional("importer").map_or_else(|| parties[0].clone(), Country::new),
                exporter: optional("exporter").map_or_else(|| parties[1].clone(), Country::new),
                rate_pct,
                reading,
            }),
            Err(reason) => faults.push(
                Diagnostic::error("series-row", "a row of the series cannot be read")
                    .at(table.at(span), reason)
                    .help("a row reads `2025-05-03,126.5`, below a header `date,rate`"),
            ),
        }
    }
    if printed.is_empty() && faults.is_empty() {
        faults.push(
            Diagnostic::error("empty-series", "the series has no number")
                .at(table.whole(), "no row below the header has a rate")
                .help("write a row for each day, such as `2025-05-03,126.5`"),
        );
    }
    if faults.is_empty() { Ok(printed) } else { Err(faults) }
}

type Row = (Day, f64, Option<Reading>);

fn row(date: &str, rate: &str, definition: Option<&str>) -> Result<Option<Row>, String> {
    let day = date.parse().map_err(|_| format!("`{date}` is not a date: write `2025-05-03`"))?;
    if rate.is_empty() {
        return Ok(None);
    }
    let number = rate.trim_end_matches('%').trim();
    let rate = number.parse::<f64>().ok().filter(|rate| rate.is_finite());
    let rate = rate.ok_or_else(|| format!("`{number}` is not a number of per cent"))?;
    let named = |name: &str| {
        let known = Reading::NAMES.map(|(name, ..)| name).join(", ");
        Reading::named(name).ok_or_else(|| format!("`{name}` is none of {known}"))
    };
    Ok(Some((day, rate, definition.map(named).transpose()?)))
}

fn plain(cell: &str) -> String {
    cell.trim().trim_matches('"').trim().to_string()
}

/// The lines that are not empty, with where they stand.
fn spans(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    let mut next = 0;
    let lines = text.split_inclusive('\n').map(move |line| {
        let (start, line_text) = (next, line.trim_end());
        next += line.len();
        (start..start + line_text.len(), line_text)
    });
    lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
}
