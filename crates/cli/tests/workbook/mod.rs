//! A workbook opened again, cell by cell against the same table in CSV.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};

/// Asserts that the sheet `name` of a workbook holds what `csv` holds: words by their letters, numbers by every
/// digit, empty cells empty.
pub fn assert_holds(workbook: &[u8], name: &str, csv: &[u8]) {
    let mut opened: Xlsx<_> = open_workbook_from_rs(Cursor::new(workbook)).unwrap();
    let sheet = opened.worksheet_range(name).unwrap_or_else(|fault| panic!("{name}: {fault}"));
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(csv);
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!((sheet.height(), sheet.width()), (rows.len(), rows[0].len()), "{name}");
    for (at, (found, row)) in sheet.rows().zip(&rows).enumerate() {
        for (cell, text) in found.iter().zip(row) {
            let same = match cell {
                Data::Empty => text.is_empty(),
                Data::String(word) => word == text,
                Data::Float(number) => text.parse() == Ok(*number),
                _ => false,
            };
            assert!(same, "{name}, row {}: {cell:?} in the workbook, `{text}` in CSV", at + 1);
        }
    }
}
