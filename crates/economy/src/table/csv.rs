//! Tables from comma-separated text.

use std::ops::Range;

use diagnostic::{Diagnostic, Source, help_nearest};

use super::{Codes, Columns, Origin, Table, TextTable};
use crate::findings::Findings;

/// A table of codes and numbers.
pub(super) fn table(source: &Source, columns: Columns<'_>, findings: &mut Findings) -> Option<Table> {
    let mut reader = reader(source);
    let header = header(source, &mut reader, findings)?;
    let mut missing = false;
    let mut find = |name: &&str| {
        let found = header.iter().position(|column| column == *name);
        if found.is_none() {
            missing = true;
            findings.push(missing_column(source, &header, name));
        }
        found.unwrap_or(0)
    };
    let code_at: Vec<usize> = columns.codes.iter().map(&mut find).collect();
    let number_at: Vec<usize> = columns.numbers.iter().map(&mut find).collect();
    let spare_at: Vec<Option<usize>> =
        columns.spare.iter().map(|name| header.iter().position(|column| column == name)).collect();
    if missing {
        return None;
    }
    let mut codes: Vec<Codes> = code_at.iter().map(|_| Codes::default()).collect();
    let mut numbers: Vec<Vec<f64>> = vec![Vec::new(); number_at.len()];
    let mut spare: Vec<Option<Vec<f64>>> = spare_at.iter().map(|at| at.map(|_| Vec::new())).collect();
    let mut starts = Vec::new();
    let mut record = csv::StringRecord::new();
    while next(source, &mut reader, &mut record, header.len(), findings)? {
        starts.push(record.position().map_or(0, |position| position.byte() as usize));
        if record.len() != header.len() {
            starts.pop();
            continue;
        }
        for (column, at) in codes.iter_mut().zip(&code_at) {
            column.push(record[*at].as_bytes());
        }
        let start = starts[starts.len() - 1];
        let mut number = |at: usize| number(source, start, &header[at], &record[at], findings);
        for (column, at) in numbers.iter_mut().zip(&number_at) {
            column.push(number(*at));
        }
        for (column, at) in spare.iter_mut().zip(&spare_at) {
            if let (Some(column), Some(at)) = (column, at) {
                column.push(number(*at));
            }
        }
    }
    Some(Table {
        rows: starts.len(),
        codes,
        numbers,
        spare,
        origin: Origin::Text { source: source.clone(), starts },
    })
}

/// A table of text.
pub(super) fn text_table(source: &Source, columns: &[&str], findings: &mut Findings) -> Option<TextTable> {
    let mut reader = reader(source);
    let header = header(source, &mut reader, findings)?;
    let absent: Vec<&&str> = columns.iter().filter(|name| !header.iter().any(|h| h == **name)).collect();
    if !absent.is_empty() {
        for name in absent {
            findings.push(missing_column(source, &header, name));
        }
        return None;
    }
    let (mut rows, mut starts) = (Vec::new(), Vec::new());
    let mut record = csv::StringRecord::new();
    while next(source, &mut reader, &mut record, header.len(), findings)? {
        if record.len() == header.len() {
            starts.push(record.position().map_or(0, |position| position.byte() as usize));
            rows.push(record.iter().map(|cell| cell.trim().to_owned()).collect());
        }
    }
    Some(TextTable { header, rows, source: source.clone(), starts })
}

fn reader(source: &Source) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(source.text().as_bytes())
}

fn header(source: &Source, reader: &mut csv::Reader<&[u8]>, findings: &mut Findings) -> Option<Vec<String>> {
    let mut record = csv::StringRecord::new();
    if !matches!(reader.read_record(&mut record), Ok(true)) {
        let fault = Diagnostic::error("missing-column", format!("`{}` is empty", source.name()));
        findings.push(fault.at(source.whole(), "the names of the columns belong here"));
        return None;
    }
    let header: Vec<String> = record.iter().map(|name| name.trim().to_owned()).collect();
    for (at, name) in header.iter().enumerate() {
        if header[..at].contains(name) {
            let message = format!("`{}` has two columns `{name}`", source.name());
            let fault = Diagnostic::error("duplicate-column", message);
            findings.push(fault.at(source.at(field(source.text(), 0, at)), "this one came before"));
        }
    }
    Some(header)
}

fn missing_column(source: &Source, header: &[String], name: &str) -> Diagnostic {
    let head = source.at(0..source.text().lines().next().map_or(0, str::len));
    Diagnostic::error("missing-column", format!("`{}` has no column `{name}`", source.name()))
        .at(head, format!("`{name}` is not among these"))
        .help_if(help_nearest(name, header.iter().map(String::as_str)))
}

/// Reads the next row that has any text. `None` when the text cannot be read further.
fn next(
    source: &Source,
    reader: &mut csv::Reader<&[u8]>,
    record: &mut csv::StringRecord,
    columns: usize,
    findings: &mut Findings,
) -> Option<bool> {
    match reader.read_record(record) {
        Ok(false) => Some(false),
        Ok(true) => {
            if record.len() != columns {
                let start = record.position().map_or(0, |position| position.byte() as usize);
                let message = format!("a row of {} cells under {columns} columns", record.len());
                let fault = Diagnostic::error("ragged-row", message)
                    .at(source.at(line(source.text(), start)), "this row does not fit the header")
                    .help("a text that holds a comma stands in double quotes");
                findings.push(fault);
            }
            Some(true)
        }
        Err(error) => {
            let at = error.position().map_or(0, |position| position.byte() as usize);
            let message = format!("`{}` cannot be read as comma-separated text", source.name());
            findings.push(Diagnostic::error("bad-csv", message).at(source.at(at..at), error.to_string()));
            None
        }
    }
}

/// The number in a cell; a fault and zero where there is none.
fn number(source: &Source, start: usize, column: &str, cell: &str, findings: &mut Findings) -> f64 {
    let cell = cell.trim();
    match cell.parse::<f64>() {
        Ok(number) if number.is_finite() => number,
        parsed => {
            let message = match (cell.is_empty(), parsed) {
                (true, _) => format!("the column `{column}` is empty here"),
                (_, Ok(number)) if number.is_nan() => {
                    format!("`{cell}` in the column `{column}` is no number")
                }
                (_, Ok(_)) => format!("`{cell}` in the column `{column}` is infinite"),
                (_, Err(_)) => format!("`{cell}` in the column `{column}` is not a number"),
            };
            let place = source.at(self::cell(source.text(), start, column));
            let fault = Diagnostic::error("not-a-number", message)
                .at(place, "a finite number belongs here")
                .help("write `1234.5`: a point for decimals and nothing between thousands; leave the row out for zero");
            findings.push(fault);
            0.0
        }
    }
}

/// The bytes of the cell under the column named `column` in the row that starts at `start`.
pub(super) fn cell(text: &str, start: usize, column: &str) -> Range<usize> {
    let header = text.lines().next().unwrap_or("");
    let mut at = 0;
    while at < header.len() + 1 {
        let range = field(text, 0, at);
        if text[range.clone()].trim_matches([' ', '"', '\r']) == column {
            return field(text, start, at);
        }
        if range.end >= header.trim_end().len() {
            break;
        }
        at += 1;
    }
    line(text, start)
}

/// The bytes of the row that starts at `start`.
fn line(text: &str, start: usize) -> Range<usize> {
    let start = start.min(text.len());
    // A row's recorded start may be the line break before it.
    let skipped = text[start..].len() - text[start..].trim_start_matches(['\r', '\n']).len();
    let from = start + skipped;
    let length = text[from..].find('\n').unwrap_or(text.len() - from);
    from..from + text[from..from + length].trim_end().len()
}

/// The bytes of the field `at`, counted from zero, in the row that starts at `start`.
fn field(text: &str, start: usize, at: usize) -> Range<usize> {
    let from = line(text, start).start;
    let (mut first, mut count, mut quoted) = (from, 0, false);
    for (offset, byte) in text.as_bytes()[from..].iter().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b',' | b'\n' if !quoted => {
                if count == at {
                    return first..from + offset - usize::from(text[..from + offset].ends_with('\r'));
                }
                if *byte == b'\n' {
                    return line(text, start);
                }
                count += 1;
                first = from + offset + 1;
            }
            _ => {}
        }
    }
    if count == at { first..text.trim_end().len().max(first) } else { line(text, start) }
}
