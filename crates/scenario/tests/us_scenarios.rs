//! Scenarios of United States tariffs on the world of `tariffwar` and `us-tariff` (81 economies, 28 sectors, one factor,
//! no input links, flows read as duty-paid, one million more at home, deficits removed first).
//!
//! Economy: `../shared/economies/icio-2022-flows`; schedule of 2 April 2025 as the package `us-tariff` (A.
//! Lashkaripour) encodes it: `../shared/data/icio-2022`. A scenario *replaces* the applied rate, on services too;
//! mirror retaliation sets the same rate on United States goods and services.
//!
//! What is stated of these inputs in their notes is checked as printed. The package prints no table of welfare that we
//! hold: welfare is checked by what its model implies (who gains, who loses, what each convention moves and by how
//! much), with our own numbers, so that a change of any shows in review. Needs the feature `parquet`, as the command line
//! has it.

#![cfg(feature = "parquet")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "in a test a panic is the message"
)]

use std::path::{Path, PathBuf};

use diagnostic::Source;
use economy::Economy;
use scenario::{Closure, DrawsQuestion, MeasureQuestion, Measured, economies, measure};

fn shared(path: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared").join(path);
    if path.exists() {
        return Some(path);
    }
    eprintln!("skipped: `{}` is not beside the repository", path.display());
    None
}

fn world() -> Option<(String, Economy)> {
    let name = shared("economies/icio-2022-flows")?.to_string_lossy().into_owned();
    let economy = economies::open(&name).unwrap_or_else(|faults| panic!("{faults}")).economy;
    Some((name, economy))
}

fn answered(economy: &str, rows: &str, deficits: equilibrium::Deficits) -> Measured {
    let question = MeasureQuestion {
        economy: economy.into(),
        closure: Closure { deficits, ..Closure::default() },
        tariffs: Some(Source::new("rows.csv", format!("importer,exporter,sector,rate\n{rows}"))),
        draws: DrawsQuestion { count: 0, ..DrawsQuestion::default() },
        ..MeasureQuestion::default()
    };
    measure(&question).unwrap_or_else(|faults| panic!("{faults}")).0
}

fn balanced(economy: &str, rows: &str) -> Measured {
    answered(economy, rows, equilibrium::Deficits::Removed)
}

fn real(found: &Measured, country: &str) -> f64 {
    found.countries.iter().find(|row| row.country.as_str() == country).unwrap().real_income_pct
}

/// The schedule: rows of the United States, and of the mirror.
fn schedule() -> Option<(String, String)> {
    let text = std::fs::read_to_string(shared("data/icio-2022/us_liberation_day_2025.csv")?).unwrap();
    let (mut own, mut mirror) = (String::new(), String::new());
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        if !cells[1].is_empty() {
            own.push_str(&format!("USA,{},all,{}\n", cells[0], cells[1]));
        }
        if !cells[2].is_empty() {
            mirror.push_str(&format!("{},USA,all,{}\n", cells[0], cells[2]));
        }
    }
    Some((own, mirror))
}

/// Notes of `us-tariff`: at 10 % "retaliation" is a cut where the applied rate was higher: 15 % of cells, 4 % of the value
/// of United States exports.
#[test]
fn a_mirror_of_ten_per_cent_is_a_cut_in_15_per_cent_of_cells_and_4_per_cent_of_exports() {
    let Some((_, economy)) = world() else { return };
    let us = economy.country_id("USA").unwrap();
    let (mut cells, mut cuts, mut value, mut cut_value) = (0, 0, 0.0, 0.0);
    for n in economy.country_ids().filter(|n| *n != us) {
        for s in economy.sector_ids() {
            // The package reads flows as spending, duty included.
            let flow = economy.trade()[(n, us, s)] * economy.tariffs()[(n, us, s)].wedge();
            cells += 1;
            value += flow;
            if economy.tariffs()[(n, us, s)].as_share() > 0.1 {
                cuts += 1;
                cut_value += flow;
            }
        }
    }
    assert_eq!((100.0 * f64::from(cuts) / f64::from(cells)).round(), 15.0);
    assert_eq!((100.0 * cut_value / value).round(), 4.0);
}

/// Notes of the data: ROW's rates are 18.9 % and 12.1 %; Taiwan and São Tomé are not in the schedule; China is 54 %.
#[test]
fn the_schedule_is_the_one_described() {
    let Some((own, mirror)) = schedule() else { return };
    let rate = |rows: &str, pair: &str| -> f64 {
        let row = rows.lines().find(|row| row.starts_with(pair)).unwrap_or_else(|| panic!("no {pair}"));
        100.0 * row.rsplit(',').next().unwrap().parse::<f64>().unwrap()
    };
    let shown = |rate: f64| format!("{rate:.1}");
    assert_eq!(shown(rate(&own, "USA,ROW")), "18.9");
    assert_eq!(shown(rate(&mirror, "ROW,USA")), "12.1");
    assert_eq!(shown(rate(&own, "USA,CHN")), "54.0");
    assert!(!own.contains("TWN") && !own.contains("STP"));
}

/// A large country gains from a small tariff that nobody answers, and loses when everybody does.
#[test]
fn ten_per_cent_pays_while_nobody_answers() {
    let Some((name, _)) = world() else { return };
    let alone = balanced(&name, "USA,*,all,0.1\n");
    let answered = balanced(&name, "USA,*,all,0.1\n*,USA,all,0.1\n");
    assert!(real(&alone, "USA") > 0.0, "{}", real(&alone, "USA"));
    assert!(real(&answered, "USA") < 0.0, "{}", real(&answered, "USA"));
    for country in ["CAN", "MEX", "IRL", "VNM"] {
        assert!(real(&alone, country) < 0.0, "{country}");
    }
    // Our own numbers.
    let told =
        |found: &Measured| ["USA", "CAN", "MEX", "CHN"].map(|country| format!("{:.3}", real(found, country)));
    assert_eq!(told(&alone), ["0.256", "-0.531", "-0.687", "-0.023"]);
    assert_eq!(told(&answered), ["-0.061", "-0.357", "-0.435", "-0.014"]);
    assert!(alone.certificate.largest_excess <= 1e-10 && alone.certificate.walras <= 1e-9);
}

/// Twenty per cent on China alone: China loses, neighbours that sell the same gain, and the mirror costs the United States.
#[test]
fn twenty_per_cent_on_china_turns_trade_to_its_neighbours() {
    let Some((name, _)) = world() else { return };
    let alone = balanced(&name, "USA,CHN,all,0.2\n");
    let answered = balanced(&name, "USA,CHN,all,0.2\nCHN,USA,all,0.2\n");
    assert!(real(&alone, "CHN") < 0.0 && real(&alone, "VNM") > 0.0 && real(&alone, "MEX") > 0.0);
    assert!(real(&answered, "USA") < real(&alone, "USA"));
    let diverted = &alone.diversion[0];
    assert_eq!((diverted.importer.as_str(), diverted.turned.losers[0].country.as_str()), ("USA", "CHN"));
    assert!(diverted.turned.gainers.iter().any(|moved| moved.country.as_str() == "USA"));
}

/// The schedule of 2 April 2025: what it costs whom, and how far the mirror turns it.
#[test]
fn the_schedule_of_april_2025_hits_small_exporters_most() {
    let (Some((name, _)), Some((own, mirror))) = (world(), schedule()) else { return };
    let alone = balanced(&name, &own);
    let answered = balanced(&name, &format!("{own}{mirror}"));
    assert!(real(&answered, "USA") < real(&alone, "USA") - 0.1);
    let vietnam = real(&alone, "VNM");
    let large = ["CHN", "DEU", "JPN", "IND"].map(|country| real(&alone, country));
    assert!(large.iter().all(|real| vietnam < *real), "{vietnam} {large:?}");
    assert!(alone.world.real_income_gdp_weighted_pct < 0.0);
    assert!(answered.world.real_income_gdp_weighted_pct < alone.world.real_income_gdp_weighted_pct);
}

/// What each convention of the package moves, under the schedule with its mirror: the reading of flows as duty-paid, the
/// million at home, and deficits removed rather than held.
#[test]
fn conventions_move_results_by_stated_sizes() {
    use scenario::accounts::{Reading, Target, import};
    let (Some((name, _)), Some((own, mirror))) = (world(), schedule()) else { return };
    let Some(flows) = shared("data/icio-2022/flows.parquet") else { return };
    let folder = tempfile::tempdir().unwrap();
    let rows = format!("{own}{mirror}");
    let read = |as_what: &str, reading: Reading| {
        let to = folder.path().join(as_what);
        let naming = economy::formats::Naming::new(as_what).in_year(2022);
        let target = Target { folder: &to, parquet: true, repair: None };
        import("flow-table", &flows, &naming, reading, &target).unwrap_or_else(|faults| panic!("{faults}"));
        // The source carries no elasticities: those of the shared folder.
        std::fs::copy(Path::new(&name).join("elasticities.csv"), to.join("elasticities.csv")).unwrap();
        let toml = std::fs::read_to_string(to.join("economy.toml")).unwrap();
        std::fs::write(to.join("economy.toml"), format!("{toml}elasticity = \"IS\"\n")).unwrap();
        to.to_string_lossy().into_owned()
    };
    let theirs = balanced(&name, &rows);
    let same = balanced(&read("same", Reading { duty_paid: true, more_at_home: 1.0 }), &rows);
    // An import lists countries by their codes, the shared folder has the rest of the world last.
    let most = |other: &Measured| {
        theirs
            .countries
            .iter()
            .map(|row| {
                (row.country.as_str(), (row.real_income_pct - real(other, row.country.as_str())).abs())
            })
            .fold(("", 0.0), |most, next| if next.1 > most.1 { next } else { most })
    };
    // The shared folder *is* this import.
    assert!(most(&same).1 < 1e-6, "{:?}", most(&same));
    let before_duty = balanced(&read("before", Reading { duty_paid: false, more_at_home: 1.0 }), &rows);
    let nothing_added = balanced(&read("plain", Reading { duty_paid: true, more_at_home: 0.0 }), &rows);
    let held = answered(&name, &rows, equilibrium::Deficits::Held);
    let (before_duty, nothing_added, held) = (most(&before_duty), most(&nothing_added), most(&held));
    let told = |(country, points): (&str, f64)| format!("{country} {points:.3}");
    // Points of real income, and where: the reading of flows and the million matter little, deficits much.
    assert_eq!(
        [before_duty, nothing_added, held].map(told),
        ["ISL 0.119", "STP 0.007", "IRL 0.835"],
        "flows before duty, nothing added at home, deficits held"
    );
}
