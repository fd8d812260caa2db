//! A cut changes nothing by itself, a list of lines is an act that charges them, and a table that is given is read alike.

#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "in a test a panic is the message")]

use terms::Cube;

use super::*;
use crate::records::Record;
use crate::why::{Entry, why};

fn question(importer: &str, exporter: &str) -> RetaliationQuestion {
    RetaliationQuestion {
        economy: "default".into(),
        options: Options::default(),
        importer: importer.into(),
        exporter: exporter.into(),
        rate: Rate::percent(25.0),
        cap_usd_mn: Some(2_000.0),
        spare: Vec::new(),
        ranking: Ranking::OwnCost,
        by_sector: false,
        lines: None,
        act_from: None,
        ledger: None,
        overlays: Vec::new(),
    }
}

fn asked(question: &RetaliationQuestion) -> RetaliationAnswer {
    retaliate_of(question).unwrap().0
}

/// The law of the equilibrium room, on real accounts: a part with the suppliers of the whole does what the whole does.
#[test]
fn a_sector_cut_with_the_suppliers_of_the_whole_leaves_both_where_they_were() {
    let economy = economies::open("default").unwrap().economy;
    let [n, i] = ["USA", "CHN"].map(|code| economy.country_id(code).unwrap());
    let s = economy.sector_id("ELE").unwrap();
    let part = Cube::from_fn(economy.countries().len(), economy.sectors().len(), |_, _, _| 0.3);
    let world = economy.accounts().split(&[s], &part).checked().unwrap();
    let options = Options::default();
    let mut duty = Duty {
        options: &options,
        importer: n,
        exporter: i,
        rate: Rate::percent(25.0),
        solves: 0,
        residual: 0.0,
    };
    let (whole, cut) = (Baseline::of(&economy, &options).unwrap(), Baseline::of(&world, &options).unwrap());
    let whole = duty.on((&economy, &whole), |good| good == s).unwrap();
    let sectors = economy.sectors().len();
    let cut = duty.on((&world, &cut), |good| good == s || good.at() == sectors).unwrap();
    for (whole, cut) in whole.iter().zip(&cut) {
        assert!((whole.usd_mn - cut.usd_mn).abs() < 1e-6 * whole.usd_mn.abs(), "{whole:?} {cut:?}");
    }
}

#[test]
fn lines_rank_as_the_whole_list_is_solved_within_three_per_cent() {
    for cap in [500.0, 2_000.0, 5_000.0] {
        for ranking in [Ranking::OwnCost, Ranking::Value] {
            let found =
                asked(&RetaliationQuestion { cap_usd_mn: Some(cap), ranking, ..question("USA", "CHN") });
            let filled = found.value_usd_mn / cap;
            assert!(filled <= 1.0 + 1e-12 && filled > 0.999, "{filled}");
            assert!(found.sum_of_harms_usd_mn > 0.995 * found.bound_usd_mn, "{cap} {ranking:?}");
            let error = found.sum_of_harms_usd_mn / found.harm_usd_mn - 1.0;
            assert!(error.abs() < 0.03, "{cap} {ranking:?}: {error}");
        }
    }
}

#[test]
fn the_act_of_a_list_charges_its_lines_and_no_other() {
    let spare = vec!["HS:30".to_string(), "annex-ii".to_string()];
    let found = asked(&RetaliationQuestion {
        cap_usd_mn: Some(200.0),
        spare,
        act_from: Some("2026-08-20".into()),
        ..question("USA", "CHN")
    });
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("list.toml");
    std::fs::write(&path, found.act.as_ref().unwrap()).unwrap();
    let record = Record::open(None, &[]).unwrap();
    let laid = Record::open(None, &[path]).unwrap();
    let annex = record.ledger.list("annex-ii").unwrap();
    let charged = |record: &Record, line: &str| {
        let entry = Entry {
            importer: Country::new("USA"),
            origin: Country::new("CHN"),
            line: line.into(),
            on: "2026-08-21".into(),
            known_on: None,
            view: ledger::View::Collected,
            facts: Vec::new(),
        };
        why(record, &entry).unwrap().additional_pct.unwrap().as_f64()
    };
    let listed = &found.lines.as_ref().unwrap().listed;
    for row in listed {
        let chapter = row.line.to_string()[..2].to_string();
        assert!(chapter != "30" && annex.entry(row.line, terms::Instant::MAX, terms::Instant::MAX).is_none());
    }
    for row in listed.iter().take(5) {
        let line = row.line.to_string();
        assert!((charged(&laid, &line) - charged(&record, &line) - 25.0).abs() < 1e-9, "{line}");
    }
    assert_eq!(charged(&record, "3004.90.92"), charged(&laid, "3004.90.92"));
}

#[test]
#[cfg(feature = "parquet")]
fn a_table_that_is_given_says_what_the_one_that_ships_says() {
    let path = PathBuf::from("../../../shared/data/us-imports-2024/us_imports_2024.parquet");
    if !path.is_file() {
        eprintln!("skipped: {} is not here", path.display());
        return;
    }
    let shipped = asked(&question("USA", "CHN"));
    let given = asked(&RetaliationQuestion { lines: Some(path), ..question("USA", "CHN") });
    let codes = |of: &RetaliationAnswer| -> Vec<Line> {
        let mut codes: Vec<Line> = of.lines.as_ref().unwrap().listed.iter().map(|row| row.line).collect();
        codes.sort();
        codes
    };
    // Values are whole thousands in one and dollars in the other: lines at the cut may change places.
    let (shipped_codes, given_codes) = (codes(&shipped), codes(&given));
    let shared = shipped_codes.iter().filter(|line| given_codes.contains(line)).count();
    assert!(shared * 100 >= 97 * shipped_codes.len(), "{shared} of {}", shipped_codes.len());
    assert!((shipped.harm_usd_mn / given.harm_usd_mn - 1.0).abs() < 1e-3);
}

#[test]
fn a_table_of_another_importer_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lines.csv");
    std::fs::write(&path, "partner,hts10,sector,imports_usd\nCHN,8507600020,C27,1000\n").unwrap();
    let given = |importer, exporter| {
        let asked = RetaliationQuestion { lines: Some(path.clone()), ..question(importer, exporter) };
        retaliate_of(&asked).unwrap_err().to_string()
    };
    assert!(given("CHN", "JPN").contains("not what CHN buys"));
    assert!(given("JPN", "USA").contains("no goods of USA"));
}
