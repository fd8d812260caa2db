//! Accounts on their way out, and back.
#![allow(missing_docs, clippy::panic)]

mod common;

use common::{north_and_south, shared};
use economy::{Draft, Form};
use terms::MemoryArchive;

fn archive(files: Vec<(String, Vec<u8>)>) -> MemoryArchive {
    files.into_iter().fold(MemoryArchive::new(), |archive, (name, bytes)| archive.with(name, bytes))
}

#[test]
fn a_folder_written_reads_back_as_the_same_accounts() {
    let draft = Draft::read(&north_and_south(), "").unwrap();
    let folder = draft.folder(Form::Csv).unwrap();
    let names: Vec<&str> = folder.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        [
            "economy.toml",
            "countries.csv",
            "sectors.csv",
            "trade.csv",
            "tariffs.csv",
            "use.csv",
            "final.csv",
            "output.csv",
            "elasticities.csv"
        ]
    );
    let sectors = &folder[2].1;
    assert_eq!(String::from_utf8_lossy(sectors), "code,name,good\nGRA,Grain,1\nTOO,\"Tools, all\",1\n");
    assert!(Draft::read(&archive(folder), "").unwrap() == draft);
}

#[cfg(feature = "parquet")]
#[test]
fn csv_to_parquet_to_csv_is_the_same_bytes() {
    let Some(disk) = shared("economies") else { return };
    for name in ["default", "ossa-2014", "nafta-1993", "trade-war-2017", "wiod-2014-flows"] {
        let draft = Draft::read(&disk, name).unwrap_or_else(|faults| panic!("{faults}"));
        let csv = draft.folder(Form::Csv).unwrap();
        let read = Draft::read(&archive(csv.clone()), "").unwrap_or_else(|faults| panic!("{faults}"));
        let parquet = read.folder(Form::Parquet).unwrap();
        assert!(parquet.iter().any(|(name, _)| name == "trade.parquet"));
        let again = Draft::read(&archive(parquet), "").unwrap_or_else(|faults| panic!("{faults}"));
        assert!(read == again, "{name}");
        assert!(again.folder(Form::Csv).unwrap() == csv, "{name}");
    }
}

#[test]
fn duty_paid_flows_are_written_before_duty() {
    let source = north_and_south().with("economy.toml", common::META.replace("before-duty", "duty-paid"));
    let draft = Draft::read(&source, "").unwrap();
    let folder = archive(draft.folder(Form::Csv).unwrap());
    let again = Draft::read(&folder, "").unwrap();
    assert_eq!(again.trade, draft.trade);
    assert_eq!(again.meta.valuation, economy::Valuation::BeforeDuty);
}

#[cfg(feature = "xlsx")]
#[test]
fn a_workbook_is_the_same_bytes_every_time() {
    let draft = Draft::read(&north_and_south(), "").unwrap();
    let book = economy::sheet::workbook(&draft.sheets()).unwrap();
    assert!(book.starts_with(b"PK"), "a workbook is a zip file");
    assert!(book == economy::sheet::workbook(&draft.sheets()).unwrap());
}

#[cfg(feature = "xlsx")]
#[test]
fn a_workbook_opens_again_with_every_digit() {
    use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
    use economy::sheet::{Column, Sheet, workbook};
    let numbers = [1.0 / 3.0, -2.5e-17, 1e15 + 0.125, f64::NAN, 0.0, 123_456_789.123_456_7];
    let sheet = Sheet::new("numbers")
        .with("code", Column::words(["007", "1e5", "", "Türkiye", "a<b&c", "=1+1"]))
        .with("value", Column::Numbers(numbers.to_vec()));
    let bytes = workbook(&[Sheet::new("first").with("a", Column::Numbers(vec![7.0])), sheet]).unwrap();
    let mut book: Xlsx<_> = open_workbook_from_rs(std::io::Cursor::new(bytes)).unwrap();
    assert_eq!(book.sheet_names(), ["first", "numbers"]);
    let range = book.worksheet_range("numbers").unwrap();
    let rows: Vec<&[Data]> = range.rows().collect();
    let word = |text: &str| Data::String(text.into());
    assert_eq!(rows[0], [word("code"), word("value")]);
    assert_eq!(rows[1], [word("007"), Data::Float(1.0 / 3.0)], "a code stays a text");
    assert_eq!(rows[2], [word("1e5"), Data::Float(-2.5e-17)]);
    assert_eq!(rows[3], [Data::Empty, Data::Float(1e15 + 0.125)]);
    assert_eq!(rows[4], [word("Türkiye"), Data::Empty], "no number is an empty cell");
    assert_eq!(rows[5], [word("a<b&c"), Data::Float(0.0)]);
    assert_eq!(rows[6], [word("=1+1"), Data::Float(123_456_789.123_456_7)], "a text is no formula");
}
