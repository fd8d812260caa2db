//! OECD Inter-Country Input-Output tables, CSV.
//!
//! # Layout
//! One square table a year. The first row names buyers, the first column sellers; a node is
//! `COUNTRY_INDUSTRY`. Editions differ:
//!
//! | edition | node | final buyer | below the nodes | last column |
//! |---|---|---|---|---|
//! | 2016 | `AUS_C01T05AGR` (ISIC Rev. 3) | `HFCE_AUS`, …, `DISC` | `VA+TAXSUB`, `OUT` | – |
//! | 2018 | `AUS_01T03` (ISIC Rev. 4) | `AUS_HFCE`, … | `AUS_TAXSUB`, …, `VALU`, `OUTPUT` | `TOTAL` |
//! | 2021, 2023, 2025 | `AUS_A01_02` | `AUS_HFCE`, `AUS_NPISH`, `AUS_GGFC`, `AUS_GFCF`, `AUS_INVNT`, `AUS_DPABR` | `TLS`, `VA`, `OUT` | `OUT` |
//!
//! All final buyers of a country are added up. China and Mexico, which some editions split by kind of exporter
//! (`CN1`, `CN2`, `MX1`, `MX2`), are put together. The column of discrepancies belongs to nobody and is left
//! out, so it shows as a gap. Taxes less subsidies on inputs are part of value added here.
//! # Units
//! Million US dollars, basic prices.
//! # Source
//! OECD, *Inter-Country Input-Output Tables*; attribution.

use std::collections::HashMap;

use diagnostic::{Diagnostic, Faults};
use terms::{Archive, CountryId, SectorId};

use super::intercountry::{Codes, Intercountry, Node, countries, whole};
use super::numbers::{cells, lines, no_number, number, word};
use super::{Imported, Naming, file, finish, wrong_layout};
use crate::findings::Findings;
use crate::{Draft, Meta, SectorEntry};

const SOURCE: &str = "an OECD ICIO table";

/// Categories of final buyers, all editions.
const FINAL: [&str; 13] =
    ["HFCE", "NPISH", "NPS", "GGFC", "GFCF", "INVNT", "INV", "P33", "DIRP", "DPABR", "CONS", "ABR", "FD"];
/// What else a label may end in or be: rows and columns of totals.
const TOTALS: [&str; 9] = ["OUT", "OUTPUT", "TOTAL", "VA", "VALU", "TLS", "TAXSUB", "VA+TAXSUB", "DISC"];

/// Reads the table at `path`.
///
/// # Errors
/// All faults of the file together.
pub fn read(archive: &dyn Archive, path: &str, naming: &Naming) -> Result<Imported, Faults> {
    let mut findings = Findings::default();
    let year = naming.year_of(path, &mut findings);
    let draft =
        file(archive, path, &mut findings).and_then(|bytes| table(path, &bytes, naming, year, &mut findings));
    finish(draft, findings)
}

/// What a label of a row or column is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Label {
    Node(Node),
    Final(CountryId),
    Output,
    Left,
}

fn table(path: &str, bytes: &[u8], naming: &Naming, year: i32, findings: &mut Findings) -> Option<Draft> {
    let mut rows = lines(bytes);
    let header: Vec<String> = rows.next().map(|(_, line)| cells(line, b',').skip(1).map(word).collect())?;
    let mut lists = (Codes::default(), Codes::default());
    // Nodes come first in every edition, and name the countries that final buyers belong to.
    for (country, industry) in header.iter().filter_map(|label| node(label)) {
        lists.0.place(whole(country));
        lists.1.place(industry);
    }
    if lists.0.0.is_empty() {
        findings.push(wrong_layout(path, SOURCE, "no column is called like `USA_C26`"));
        return None;
    }
    let label = |text: &str| -> Label {
        let country = |code: &str| lists.0.get(whole(code)).map(CountryId::new);
        if let Some((code, industry)) = node(text) {
            let node = country(code).zip(lists.1.get(industry).map(SectorId::new));
            return node.map_or(Label::Left, Label::Node);
        }
        if text == "OUT" || text == "OUTPUT" {
            return Label::Output;
        }
        match text.split_once('_') {
            Some((code, category)) if FINAL.contains(&category) => {
                country(code).map_or(Label::Left, Label::Final)
            }
            Some((category, code)) if FINAL.contains(&category) => {
                country(code).map_or(Label::Left, Label::Final)
            }
            _ => Label::Left,
        }
    };
    let columns: Vec<Label> = header.iter().map(|text| label(text)).collect();
    let sectors = sectors(&lists.1);
    let mut table = Intercountry::new(countries(&lists.0, &HashMap::new()), sectors);
    let mut sellers = 0;
    for (line, row) in rows {
        let mut row = cells(row, b',');
        let of = label(&word(row.next().unwrap_or_default()));
        sellers += usize::from(matches!(of, Label::Node(_)));
        if of == Label::Left {
            continue;
        }
        for (at, (cell, column)) in row.zip(&columns).enumerate() {
            let Some(value) = number(cell) else {
                findings.push(no_number(path, SOURCE, line, at + 1, cell));
                continue;
            };
            match (of, *column) {
                (Label::Node(seller), Label::Node(buyer)) => table.input(seller, buyer, value),
                (Label::Node(seller), Label::Final(buyer)) => table.purchase(seller, buyer, value),
                (Label::Output, Label::Node(maker)) => table.makes(maker, value),
                _ => {}
            }
        }
    }
    let buyers = columns.iter().filter(|column| matches!(column, Label::Node(_))).count();
    if sellers != buyers {
        findings.push(wrong_layout(
            path,
            SOURCE,
            format!("{sellers} rows sell and {buyers} columns buy as nodes"),
        ));
        return None;
    }
    if header.iter().any(|label| label == "DISC") {
        findings.push(
            Diagnostic::warning("left-out", format!("the column of discrepancies of `{path}` was left out"))
                .note("what it holds shows as a gap between sales and output"),
        );
    }
    Some(table.draft(Meta {
        title: format!("OECD ICIO {year}, {} economies, {} industries", lists.0.0.len(), lists.1.0.len()),
        source: "OECD, Inter-Country Input-Output Tables".into(),
        licence: "OECD data: attribution".into(),
        ..Meta::new(&naming.name, year)
    }))
}

/// The country and the industry of a label that is a node.
fn node(label: &str) -> Option<(&str, &str)> {
    let (country, industry) = label.split_once('_')?;
    let other = FINAL.contains(&industry) || TOTALS.contains(&industry) || FINAL.contains(&country);
    (!other && country.len() == 3 && !industry.is_empty()).then_some((country, industry))
}

fn sectors(codes: &Codes) -> Vec<SectorEntry> {
    // Edition 2016 puts a C before every code of ISIC Rev. 3.
    let third = codes.iter().all(|code| code.starts_with('C'));
    codes.iter().map(|code| SectorEntry::new(code, code, good(code, third))).collect()
}

/// Whether an industry makes goods: ISIC Rev. 4 sections A to C (divisions 01 to 33), Rev. 3 divisions 01 to 37.
fn good(code: &str, third_revision: bool) -> bool {
    let digits: String = code.trim_start_matches('C').chars().take_while(char::is_ascii_digit).collect();
    let division: Option<u32> = digits.get(..2).and_then(|two| two.parse().ok());
    match (third_revision, code.chars().next()) {
        (true, _) => division.is_some_and(|division| division <= 37),
        (false, Some('A' | 'B' | 'C')) => true,
        (false, Some(first)) if first.is_ascii_digit() => division.is_some_and(|division| division <= 33),
        _ => false,
    }
}
