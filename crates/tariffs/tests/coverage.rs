//! The coverage table follows, line by line, from the record and the weights beside the repository.
//!
//! `COVERAGE=write cargo test -p detente-tariffs --test coverage` writes `data/coverage/us-2025.csv` anew.

#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    clippy::type_complexity,
    reason = "in a test a panic is the message"
)]

mod disk;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use ledger::{Clock, View};
use tariffs::{Base, Behaviour, Border, Flow};
use terms::{Country, Instant, Sector};

/// A programme, the origins with rows of their own, and the days on which its reach changes with the days on which
/// that could be known.
type Steps = (&'static str, &'static [&'static str], &'static [(&'static str, &'static str)]);

const STEPS: [Steps; 7] = [
    ("opioids-china", &["CHN"], &[("2025-02-04", "2025-02-01")]),
    (
        "border-canada",
        &["CAN"],
        &[
            ("2025-03-04", "2025-02-03"),
            ("2025-03-07", "2025-03-06"),
            ("2025-06-04", "2025-06-03"),
            ("2025-08-01", "2025-07-31"),
            ("2025-08-18", "2025-08-18"),
            ("2025-10-14", "2025-09-29"),
        ],
    ),
    (
        "border-mexico",
        &["MEX"],
        &[
            ("2025-03-04", "2025-02-03"),
            ("2025-03-07", "2025-03-06"),
            ("2025-06-04", "2025-06-03"),
            ("2025-08-18", "2025-08-18"),
            ("2025-10-14", "2025-09-29"),
        ],
    ),
    (
        "reciprocal",
        &["CHN", "EU27", "JPN", "KOR", "TWN", "VNM", "IND", "CHE", "GBR", "*"],
        &[
            ("2025-04-05", "2025-04-02"),
            ("2025-04-05", "2025-04-11"),
            ("2025-05-03", "2025-04-11"),
            ("2025-06-04", "2025-06-03"),
            ("2025-06-23", "2025-06-12"),
            ("2025-08-01", "2025-07-30"),
            ("2025-08-18", "2025-08-18"),
            ("2025-09-01", "2025-09-25"),
            ("2025-09-08", "2025-09-25"),
            ("2025-10-14", "2025-09-29"),
            ("2025-11-01", "2025-10-17"),
            ("2025-11-14", "2025-12-18"),
            ("2026-01-15", "2026-01-14"),
        ],
    ),
    (
        "section-122",
        &["CHN", "CAN", "MEX", "EU27", "JPN", "KOR", "TWN", "VNM", "IND", "CHE", "GBR", "*"],
        &[("2026-02-24", "2026-02-20"), ("2026-04-06", "2026-04-29")],
    ),
    ("301-forced-labour", &["CHN"], &[("2026-07-24", "2026-07-23")]),
    ("answer-reciprocal", &["USA"], &[("2025-04-10", "2025-04-04")]),
];

/// Programmes that goods under the North American agreement do not pay, once that is so.
const SPARE_USMCA: [&str; 3] = ["border-canada", "border-mexico", "section-122"];

/// The goods sectors of the embedded economy, in its own order.
const SECTORS: [&str; 21] = [
    "AGR", "FFI", "ENE", "MIN", "FOD", "TEX", "WPP", "PET", "CHM", "PHA", "RPL", "NMM", "STL", "NFM", "FMP",
    "ELE", "EEQ", "MAC", "MVH", "OTN", "OMF",
];

fn table(flows: &[Flow], mut behaviour: Behaviour) -> String {
    let (ledger, schedules) = (disk::record(), disk::schedules());
    let border = Border::new(&ledger, &schedules);
    let (us, clock) = (Country::new("USA"), ledger.clock("USA"));
    let used = preference_use(flows, &schedules["USA"]);
    let mut text = String::from("programme,from,known,origin,sector,share\n");
    for (programme, origins, steps) in STEPS {
        let mut last: BTreeMap<(&str, &str), String> = BTreeMap::new();
        for (from, known) in steps {
            let spares = SPARE_USMCA.contains(&programme) && *from != "2025-03-04";
            behaviour.preference = if spares { used.clone() } else { BTreeMap::new() };
            let book = border.as_known(end_of(&clock, known), View::Collected);
            for origin in origins {
                let own: Vec<Flow> =
                    flows.iter().filter(|flow| belongs(flow, origin, origins)).cloned().collect();
                let cells = book.effective(&us, clock.read(from).unwrap(), &own, &behaviour).unwrap();
                for sector in SECTORS {
                    let of_sector = cells.iter().filter(|cell| cell.sector == *sector);
                    let (value, reached) = of_sector.fold((0.0, 0.0), |(value, reached), cell| {
                        let share = cell.programmes.get(programme).map_or(0.0, |reached| reached.share);
                        (value + cell.value, reached + cell.value * share)
                    });
                    // China names no exempt goods; a sector without trade counts as reached.
                    let whole = programme == "answer-reciprocal" || value == 0.0;
                    let share = format!("{:.4}", if whole { 1.0 } else { reached / value });
                    if last.get(&(*origin, sector)) != Some(&share) {
                        writeln!(text, "{programme},{from},{known},{origin},{sector},{share}").unwrap();
                        last.insert((*origin, sector), share);
                    }
                }
            }
        }
    }
    text
}

/// Whether a flow belongs to a row: its partner's own, or that of all partners without one that pay the duty.
fn belongs(flow: &Flow, origin: &str, origins: &[&str]) -> bool {
    let partner = flow.partner.as_str();
    match origin {
        "*" => !origins.contains(&partner) && !["CAN", "MEX", "RUS"].contains(&partner),
        origin => partner == origin,
    }
}

/// The last instant of a day.
fn end_of(clock: &Clock, day: &str) -> Instant {
    let next = clock.day_of(clock.read(day).unwrap()).tomorrow().unwrap();
    clock.zone.start_of(next).unwrap().checked_sub(jiff::SignedDuration::from_nanos(1)).unwrap()
}

/// What of a partner's dutiable goods came in free in 2024, by sector: one less duty paid over duty due at
/// general rates, on lines with such a rate; the country's average where less than 2 mn dollars were due.
fn preference_use(
    flows: &[Flow],
    schedule: &tariffs::Schedule,
) -> BTreeMap<(Country, Sector), (String, f64)> {
    let day = "2025-01-01".parse().unwrap();
    let mut sums: BTreeMap<(Country, Option<Sector>), (f64, f64)> = BTreeMap::new();
    for flow in flows.iter().filter(|flow| ["CAN", "MEX"].contains(&flow.partner.as_str())) {
        let Some(row) = schedule.row(flow.line, day) else { continue };
        let general = Base::of(schedule, row, &flow.partner, false, None).points;
        let Some(rate) = general.map(|points| points.rate().as_share()).filter(|rate| *rate > 0.0) else {
            continue;
        };
        for sector in [None, Some(flow.sector.clone())] {
            let (due, paid) = sums.entry((flow.partner.clone(), sector)).or_default();
            *due += flow.value * rate;
            *paid += flow.duty;
        }
    }
    let mut used = BTreeMap::new();
    for partner in ["CAN", "MEX"].map(Country::new) {
        for sector in SECTORS.map(Sector::new) {
            let own = sums.get(&(partner.clone(), Some(sector.clone()))).copied().unwrap_or_default();
            let (due, paid) = if own.0 > 2e6 { own } else { sums[&(partner.clone(), None)] };
            used.insert((partner.clone(), sector), ("USMCA".to_string(), (1.0 - paid / due).max(0.0)));
        }
    }
    used
}

#[test]
fn the_committed_shares_follow_from_the_record_and_the_weights() {
    let Some((flows, behaviour)) = disk::flows::flows() else { return };
    let found = table(&flows, behaviour);
    let path = disk::root().join("data/coverage/us-2025.csv");
    if std::env::var("COVERAGE").is_ok_and(|wish| wish == "write") {
        std::fs::write(&path, &found).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap();
    let differs: Vec<(&str, &str)> = committed.lines().zip(found.lines()).filter(|(a, b)| a != b).collect();
    assert_eq!(committed.lines().count(), found.lines().count(), "{differs:?}");
    assert!(differs.is_empty(), "{} rows differ, first {:?}", differs.len(), differs[0]);
}
