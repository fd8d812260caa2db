//! Every code of every list of the US tables is in the record, in force from the table's day; what is left out is named.
//!
//! The tables lie beside the repository in `../shared/data/us-tariffs` and are not part of it: where they are absent
//! the tests say so and end.

#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test a panic is the message")]

mod disk;
mod table;

use ledger::{Clocks, Duty, Ledger, LineList, Measure, Piece, Terms, Verb, View};
use table::rows_in;
use terms::{Day, Instant, Line, Points};

const FOLDER: &str = "us-tariffs";

/// Each table, its column of codes, and the beginnings of the names of the lists that hold them.
const LISTS: [(&str, &str, &[&str]); 14] = [
    ("ieepa_reciprocal_exempt.csv", "code_prefix", &["annex-ii"]),
    ("ieepa_ca_mx_carveouts.csv", "hts8", &["us-border"]),
    ("floor_country_exempt.csv", "hts8", &["us-floor", "us-civil-aircraft", "annex-ii"]),
    ("s122_exempt.csv", "code", &["s122-exempt", "us-civil-aircraft"]),
    ("s232_metals_scope.csv", "hts_prefix", &["us-232"]),
    ("s232_derivatives_2025.csv", "hts_prefix", &["us-232"]),
    ("s232_copper.csv", "hts10", &["us-232-copper"]),
    ("s232_auto_parts.csv", "code_prefix", &["us-232-car-parts"]),
    ("s232_truck_parts.csv", "code_prefix", &["us-232-truck-parts"]),
    ("s232_semiconductors.csv", "hts10", &["us-232-chips"]),
    ("s232_vehicles_wood.csv", "code_prefix", &["us-232"]),
    ("s232_annexes_2026.csv", "hts_prefix", &["us-232-annex"]),
    ("s301_forced_labor_proposed_exempt.csv", "hts8", &["forced-labour-exempt"]),
    ("s301_exclusion_lines.csv", "hts10", &["us-301-exclusion"]),
];

/// Rows that no list holds, by table, with how they are told and why.
const LEFT_OUT: [(&str, &str, &str, &str); 3] = [
    (
        "s232_vehicles_wood.csv",
        "code_prefix",
        "870334",
        "note 33(b) has no such subheading, nor has the schedule",
    ),
    ("s232_annexes_2026.csv", "annex", "2", "goods removed from scope: no list is the absence of one"),
    (
        "s301_exclusion_lines.csv",
        "ch99_code",
        "9903.88.21 9903.88.22 9903.88.23 9903.88.24 9903.88.25 9903.88.26 9903.88.27 9903.88.28",
        "exclusions before June 2024: docs/simplifications.md",
    ),
];

fn names(list: &LineList, line: Line) -> bool {
    let codes = || list.entries.iter().filter(|entry| entry.adds).flat_map(|entry| entry.lines.iter());
    codes().any(|code| code.covers(line) || line.covers(*code))
}

fn line(text: &str) -> Line {
    text.parse().unwrap_or_else(|_| panic!("{text} is no line"))
}

#[test]
fn every_code_of_the_tables_is_on_its_list() {
    let ledger = disk::record();
    let mut read = 0;
    for (file, column, lists) in LISTS {
        let Some(rows) = rows_in(FOLDER, file) else { return };
        let lists: Vec<&LineList> = ledger
            .lists()
            .filter(|list| lists.iter().any(|name| list.id.as_str().starts_with(name)))
            .collect();
        let spared = LEFT_OUT.iter().find(|(of, ..)| *of == file);
        let left_out = |row: &&table::Row| {
            spared.is_some_and(|(_, key, values, _)| values.split(' ').any(|value| row.at(key) == value))
        };
        let missing: Vec<&str> = rows
            .iter()
            .filter(|row| !left_out(row))
            .map(|row| row.at(column))
            .filter(|code| !lists.iter().any(|list| names(list, line(code))))
            .collect();
        assert!(missing.is_empty(), "{file}: {} of {} codes: {missing:?}", missing.len(), rows.len());
        read += rows.len();
    }
    assert!(read > 10_000, "{read} rows");
}

#[test]
fn goods_outside_the_reciprocal_duty_are_spared_from_their_own_day() {
    let Some(rows) = rows_in(FOLDER, "ieepa_reciprocal_exempt.csv") else { return };
    let ledger = disk::record();
    let list = ledger.list("annex-ii").unwrap();
    let on = |day: &str| ledger.moment("USA", day).unwrap();
    for row in &rows {
        let code = line(row.at("code_prefix"));
        let (from, last) = (row.at("valid_from"), row.at("valid_to"));
        assert!(list.entry(code, on(from), Instant::MAX).is_some(), "{code} is not spared on {from}");
        let before = list.entry(code, on(from) - jiff::SignedDuration::from_secs(1), Instant::MAX);
        let only_here = rows.iter().filter(|other| line(other.at("code_prefix")).covers(code)).count() == 1;
        assert!(before.is_none() || !only_here, "{code} is spared before {from}");
        if !last.is_empty() && only_here {
            let next: Day = last.parse::<Day>().unwrap().tomorrow().unwrap();
            assert!(list.entry(code, on(&next.to_string()), Instant::MAX).is_none(), "{code} after {last}");
        }
    }
}

/// What a measure says under a heading: its terms, or those of an exception that carries the heading.
fn under<'l>(ledger: &'l Ledger, heading: &str) -> Vec<(&'l Measure, Terms)> {
    let mut all = Vec::new();
    for measure in ledger.measures() {
        for statement in ledger.statements_on(&measure.id) {
            if let Verb::Make { terms, .. } = &statement.verb {
                let excepted = terms.except.iter().any(|e| e.heading.as_deref() == Some(heading));
                if terms.heading.as_deref() == Some(heading) || excepted {
                    all.push((measure, Terms::clone(terms)));
                }
            }
            if let Verb::Change { patch, .. } = &statement.verb
                && patch.except.iter().any(|e| e.heading.as_deref() == Some(heading))
            {
                let version = ledger.versions(&measure.id, Instant::MAX, View::Printed).pop();
                all.extend(version.map(|version| (measure, Terms::clone(&version.terms))));
            }
        }
    }
    all
}

#[test]
fn every_line_of_section_301_is_reached_under_its_heading() {
    let Some(rows) = rows_in(FOLDER, "s301_china_coverage.csv") else { return };
    let ledger = disk::record();
    let mut headings: Vec<&str> = rows.iter().map(|row| row.at("heading")).collect();
    headings.sort_unstable();
    headings.dedup();
    for heading in headings {
        let of = under(&ledger, heading);
        assert!(!of.is_empty(), "no measure has the heading {heading}");
        let pieces: Vec<&Piece> = of.iter().flat_map(|(_, terms)| &terms.goods.take).collect();
        let reaches = |code: Line| {
            pieces.iter().any(|piece| match piece {
                Piece::Line { line, .. } => line.covers(code) || code.covers(*line),
                Piece::List(list) => ledger.list(list.as_str()).is_some_and(|list| names(list, code)),
                Piece::Described { .. } => false,
            })
        };
        let codes = rows.iter().filter(|row| row.at("heading") == heading).map(|row| row.at("code"));
        let missing: Vec<&str> = codes.filter(|code| !reaches(line(code))).collect();
        assert!(missing.is_empty(), "{heading} lacks {missing:?}");
    }
}

#[test]
fn every_heading_of_section_301_has_its_rate_from_its_day() {
    let Some(rows) = rows_in(FOLDER, "s301_china_headings.csv") else { return };
    let ledger = disk::record();
    for row in &rows {
        let (heading, from) = (row.at("heading"), row.at("effective_from"));
        let of = under(&ledger, heading);
        assert!(!of.is_empty(), "no measure has the heading {heading}");
        let rate: Points = format!("{} %", row.at("add_pct")).parse().unwrap();
        if from.is_empty() {
            let began = of.iter().any(|(measure, _)| {
                ledger
                    .versions(&measure.id, Instant::MAX, View::Collected)
                    .iter()
                    .any(ledger::Version::applies)
            });
            assert!(!began, "{heading} was never in force");
            continue;
        }
        let on = ledger.moment("USA", from).unwrap();
        let stands = of.iter().filter_map(|(measure, _)| ledger.version(&measure.id, Clocks::on(on)));
        let rates: Vec<Duty> = stands
            .filter(ledger::Version::applies)
            .flat_map(|version| {
                let excepted = version.terms.except.iter().filter_map(|except| except.duty.clone());
                excepted.chain([version.charged()]).collect::<Vec<_>>()
            })
            .collect();
        // An exclusion has no rate: it is there, and lifts.
        let found = rates.iter().any(|duty| duty.points() == Some(rate))
            || (rate == Points::ZERO && !rates.is_empty());
        assert!(found, "{heading} from {from}: {rate} is not among {rates:?}");
    }
}

#[test]
fn every_country_of_the_census_is_known() {
    let Some(rows) = rows_in(FOLDER, "countries.csv") else { return };
    let ledger = disk::record();
    let unknown: Vec<&str> = rows
        .iter()
        .map(|row| row.at("iso3"))
        .filter(|code| !code.is_empty() && !ledger.areas().knows(code))
        .collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

/// Of 1,463 changes of lines 841 take effect on another day than the day they were published: 673 before, 168 after.
/// The record whose year could not be was dropped from the table; the ledger warns of such (`unlikely-date`).
#[test]
fn the_change_records_hold_effects_before_and_after_publication() {
    let Some(rows) = rows_in(FOLDER, "hts_change_records.csv") else { return };
    let (mut before, mut after) = (0, 0);
    for row in &rows {
        let published: Day = row.at("published").parse().unwrap();
        match row.at("effective_date").parse::<Day>() {
            Ok(effective) if effective < published => before += 1,
            Ok(effective) if effective > published => after += 1,
            _ => {}
        }
        assert!(["2025", "2026"].contains(&&row.at("effective_date")[..4]), "{}", row.at("item"));
    }
    assert_eq!((rows.len(), before, after), (1463, 673, 168));
}
