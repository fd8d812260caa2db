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
        departure: Departure::Day(Days { on: day("2025-06-09"), known_on: None }),
        rate: Rate::percent(25.0),
        cap_usd_mn: Some(2_000.0),
        spare: Vec::new(),
        ranking: Ranking::OwnCost,
        by_sector: false,
        lines: None,
        act_from: None,
    }
}

fn asked(question: &RetaliationQuestion) -> RetaliationAnswer {
    retaliate_of(question, &Record::open(None, &[]).unwrap()).unwrap().0
}

fn day(text: &str) -> terms::Day {
    text.parse().unwrap()
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

/// On the last day of 2024 the record adds nothing to what the base year holds.
#[test]
fn a_day_that_adds_no_duty_answers_as_the_base_year_does() {
    let from =
        |departure| asked(&RetaliationQuestion { departure, by_sector: true, ..question("USA", "CHN") });
    let base = from(Departure::BaseYear);
    let day = from(Departure::Day(Days { on: tariffs::BASE_DAY, known_on: None }));
    assert_eq!((base.departure.on, day.departure.on), (None, Some(tariffs::BASE_DAY)));
    let near = |a: f64, b: f64| (a - b).abs() < 1e-6 * a.abs().max(1.0);
    assert!(near(base.harm_usd_mn, day.harm_usd_mn) && near(base.own_cost_usd_mn, day.own_cost_usd_mn));
    for (base, day) in base.goods.iter().zip(&day.goods) {
        assert_eq!(base.sector, day.sector);
        assert!(
            near(base.value_usd_mn, day.value_usd_mn) && near(base.harm_usd_mn, day.harm_usd_mn),
            "{base:?}"
        );
    }
}

#[test]
fn the_more_is_charged_already_the_less_another_twenty_five_points_hurt() {
    let whole = |on: &str| {
        let departure = Departure::Day(Days { on: day(on), known_on: None });
        let asked = RetaliationQuestion {
            departure,
            cap_usd_mn: None,
            ranking: Ranking::Value,
            by_sector: true,
            ..question("USA", "CHN")
        };
        let found = self::asked(&asked);
        (found.departure.importer_duty_pct, found.harm_usd_mn, found.harm_usd_mn / found.value_usd_mn)
    };
    let [low, middle, high] = ["2025-01-20", "2025-06-09", "2025-05-03"].map(whole);
    assert!(low.0 < middle.0 && middle.0 < high.0, "{low:?} {middle:?} {high:?}");
    assert!(low.1 > middle.1 && middle.1 > high.1, "in money: {low:?} {middle:?} {high:?}");
    assert!(low.2 > middle.2 && middle.2 > high.2, "per dollar: {low:?} {middle:?} {high:?}");
}

#[test]
fn a_line_pays_what_why_says_it_pays_and_a_sector_s_lines_move_as_the_sector_does() {
    let found =
        asked(&RetaliationQuestion { cap_usd_mn: None, ranking: Ranking::Value, ..question("USA", "CHN") });
    let record = Record::open(None, &[]).unwrap();
    let lines = &found.lines.as_ref().unwrap().listed;
    let mut asked = 0;
    for row in lines.iter().step_by(lines.len() / 40) {
        let entry = Entry {
            importer: Country::new("USA"),
            origin: Country::new("CHN"),
            line: row.line.to_string(),
            on: "2025-06-09".into(),
            known_on: None,
            view: ledger::View::Collected,
            facts: Vec::new(),
        };
        // What lies in several statistical lines is the mean of theirs.
        let Ok(why) = why(&record, &entry) else { continue };
        if let (Some(total), true) = (why.total_pct, why.line.len() == 13) {
            assert!((total.as_f64() - row.duty_pct).abs() < 1e-9, "{row:?} {total}");
            asked += 1;
        }
    }
    assert!(asked >= 10, "{asked} lines of one statistical line each");
    // All lines are listed: what a sector's are worth over what the statistics have moves as the sector's imports do.
    let opened = economies::open("default").unwrap().economy;
    let [n, i] = ["USA", "CHN"].map(|code| opened.country_id(code).unwrap());
    for good in found.goods.iter().filter(|good| good.listed_share > 1.0 - 1e-12) {
        let of: Vec<&ListedLine> = lines.iter().filter(|line| line.sector == good.sector).collect();
        let sum = |of_line: fn(&ListedLine) -> f64| of.iter().map(|line| of_line(line)).sum::<f64>();
        let s = opened.sector_id(good.sector.as_str()).unwrap();
        let moved = good.value_usd_mn / (opened.trade()[(n, i, s)] * opened.meta().unit.in_millions());
        let lines = sum(|line| line.value_usd_mn) / sum(|line| line.recorded_usd_mn);
        assert!((lines / moved - 1.0).abs() < 1e-9, "{} {lines} {moved}", good.sector);
    }
}

#[test]
fn of_whom_no_act_is_on_record_the_base_year_holds_unless_a_day_is_named() {
    let days = Days { on: day("2025-06-09"), known_on: None };
    let from = |departure| asked(&RetaliationQuestion { departure, ..question("JPN", "DEU") }).departure;
    let base = from(Departure::DayIfRecorded(days));
    assert!(base.on.is_none() && base.because.unwrap().contains("no act of JPN, nor of DEU"));
    let named = from(Departure::Day(days));
    assert_eq!((named.on, named.unread), (Some(days.on), vec!["JPN".to_string(), "DEU".to_string()]));
    let other =
        asked(&RetaliationQuestion { departure: Departure::DayIfRecorded(days), ..question("DEU", "USA") });
    assert_eq!((other.departure.on, other.departure.unread), (Some(days.on), vec!["DEU".to_string()]));
}

/// How near a list comes to its bound depends on its largest line: under the duties of June 2025 one of printed books is
/// worth a third of a cap of two billion.
#[test]
fn lines_rank_as_the_whole_list_is_solved_within_three_per_cent() {
    let june = Departure::Day(Days { on: day("2025-06-09"), known_on: None });
    let (base, of_base, of_june) = (Departure::BaseYear, 0.995, 0.985);
    for (departure, cap, of_bound) in
        [(base, 500.0, of_base), (base, 5_000.0, of_base), (june, 2_000.0, of_june), (june, 5_000.0, of_june)]
    {
        for ranking in [Ranking::OwnCost, Ranking::Value] {
            let asked =
                RetaliationQuestion { departure, cap_usd_mn: Some(cap), ranking, ..question("USA", "CHN") };
            let found = self::asked(&asked);
            let filled = found.value_usd_mn / cap;
            assert!(filled <= 1.0 + 1e-12 && filled > 0.999, "{filled}");
            assert!(
                found.certificate.sum_of_harms_usd_mn > of_bound * found.certificate.bound_usd_mn,
                "{cap} {ranking:?}"
            );
            let error = found.certificate.sum_of_harms_usd_mn / found.harm_usd_mn - 1.0;
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
    // Values are whole thousands in one and dollars in the other: small lines at the cut may change places.
    let rows = |of: &RetaliationAnswer| of.lines.as_ref().unwrap().listed.clone();
    let (ours, theirs) = (rows(&shipped), rows(&given));
    let only_here = ours.iter().filter(|row| theirs.iter().all(|other| other.line != row.line));
    let moved: f64 = only_here.map(|row| row.value_usd_mn).sum();
    assert!(moved < 0.01 * shipped.value_usd_mn, "{moved} of {}", shipped.value_usd_mn);
    assert!((shipped.harm_usd_mn / given.harm_usd_mn - 1.0).abs() < 1e-3);
}

#[test]
fn a_table_of_another_importer_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lines.csv");
    std::fs::write(&path, "partner,hts10,sector,imports_usd\nCHN,8507600020,C27,1000\n").unwrap();
    let record = Record::open(None, &[]).unwrap();
    let given = |importer, exporter| {
        let asked = RetaliationQuestion { lines: Some(path.clone()), ..question(importer, exporter) };
        retaliate_of(&asked, &record).unwrap_err().to_string()
    };
    assert!(given("CHN", "JPN").contains("not what CHN buys"));
    assert!(given("JPN", "USA").contains("no goods of USA"));
}
