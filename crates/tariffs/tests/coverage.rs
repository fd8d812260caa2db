//! The coverage table follows, line by line, from the record and the weights beside the repository.
//!
//! `COVERAGE=write cargo test --release -p detente-tariffs --test coverage` writes `data/coverage/` anew.

#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "in a test a panic is the message")]

mod disk;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use diagnostic::Source;
use ledger::View;
use tariffs::{Behaviour, Border, Coverage, Derivation, Flow, ORDINARY, each_subheading_once};
use terms::{Country, Day, Instant, Sector};

/// Partners with rows of their own: those with rates, deals or lists of their own in the record.
const PARTNERS: [&str; 15] = [
    "CHN", "CAN", "MEX", "EU27", "JPN", "KOR", "TWN", "VNM", "IND", "CHE", "GBR", "BRA", "AUS", "ARG", "RUS",
];

fn days() -> (Day, Day) {
    ("2018-01-01".parse().unwrap(), "2026-12-31".parse().unwrap())
}

fn committed() -> Coverage {
    let text = std::fs::read_to_string(disk::root().join("data/coverage/duties.csv")).unwrap();
    Coverage::read(&Source::new("duties.csv", text)).unwrap()
}

fn wish_to_write() -> bool {
    std::env::var("COVERAGE").is_ok_and(|wish| wish == "write")
}

/// Both sides' tables, from the record and the weights.
fn derived(border: &Border<'_>, flows: &[Flow], behaviour: &Behaviour) -> Coverage {
    let partners = PARTNERS.map(Country::new);
    let importer = Country::new("USA");
    let us = Derivation { importer, flows, behaviour, origins: &partners, days: days() };
    us.table(border).unwrap().and(china(border))
}

/// China's table: nothing is known of what it buys by line, so each subheading of a sector counts once.
fn china(border: &Border<'_>) -> Coverage {
    let (importer, partner) = (Country::new("CHN"), [Country::new("USA")]);
    let flows = each_subheading_once(border.ledger(), "CN", &partner[0], &disk::flows::subheadings());
    let behaviour = Behaviour::default();
    let law = Derivation { importer, flows: &flows, behaviour: &behaviour, origins: &partner, days: days() };
    law.table(border).unwrap()
}

/// What was bought and paid in 2024, by partner and sector: the weights of the averages.
fn weights(flows: &[Flow]) -> String {
    let mut sums: BTreeMap<(String, &Sector), (f64, f64, usize)> = BTreeMap::new();
    for flow in flows {
        let own = PARTNERS.contains(&flow.partner.as_str());
        let partner = if own { flow.partner.to_string() } else { "*".into() };
        let (value, duty, lines) = sums.entry((partner, &flow.sector)).or_default();
        *value += flow.value;
        *duty += flow.duty;
        *lines += 1;
    }
    let mut text = String::from("importer,year,origin,sector,imports_usd_mn,duty_usd_mn,lines\n");
    for ((partner, sector), (value, duty, lines)) in sums {
        writeln!(text, "USA,2024,{partner},{sector},{:.1},{:.2},{lines}", value / 1e6, duty / 1e6).unwrap();
    }
    text
}

#[test]
fn the_committed_table_follows_from_the_record_and_the_weights() {
    let Some((flows, mut behaviour)) = disk::flows::flows() else { return };
    let (ledger, schedules) = (disk::record(), disk::schedules());
    let border = Border::new(&ledger, &schedules);
    behaviour.preference = disk::flows::preference_use(&flows, &schedules["USA"]);
    let folder = disk::root().join("data/coverage");
    if wish_to_write() {
        std::fs::write(folder.join("duties.csv"), derived(&border, &flows, &behaviour).text()).unwrap();
        std::fs::write(folder.join("weights.csv"), weights(&flows)).unwrap();
    }
    assert_eq!(std::fs::read_to_string(folder.join("weights.csv")).unwrap(), weights(&flows));

    // The whole table takes minutes without optimisation; three partners on six days are charged flow by flow, by
    // the code that answers for averages, and must say what the table says.
    let (table, clock, us) = (committed(), ledger.clock("USA"), Country::new("USA"));
    let mut wrong = Vec::new();
    let mut asked = 0;
    let book = border.as_known(Instant::MAX, View::Collected);
    let last: Day = "2026-12-31".parse().unwrap();
    for (partner, day) in [
        ("CHN", "2019-06-01"),
        ("CHN", "2024-12-31"),
        ("CHN", "2025-04-10"),
        ("CHN", "2026-05-01"),
        ("JPN", "2025-08-20"),
        ("EU27", "2025-11-15"),
    ] {
        let own: Vec<Flow> = flows.iter().filter(|flow| flow.partner == *partner).cloned().collect();
        let cells = book.effective(&us, clock.read(day).unwrap(), &own, &behaviour).unwrap();
        let origin = Country::new(partner);
        for cell in &cells {
            let said = |programme: &str| {
                let days = (day.parse().unwrap(), last);
                table.reached(&us, programme, (&origin, &[]), &cell.sector, days).unwrap_or_default()
            };
            let base = 100.0 * cell.base * cell.ad_valorem / cell.value;
            let mut pairs = vec![(ORDINARY, said(ORDINARY).points, base)];
            for (programme, reached) in &cell.programmes {
                pairs.push((programme, said(programme).points, 100.0 * reached.charged));
                pairs.push((programme, 100.0 * said(programme).share, 100.0 * reached.share));
            }
            asked += pairs.len();
            wrong.extend(
                pairs
                    .into_iter()
                    .filter(|(_, told, found)| (told - found).abs() > 0.0051)
                    .map(|pair| format!("{partner} {day} {} {pair:?}", cell.sector)),
            );
        }
    }
    assert!(asked > 400, "{asked} asked");
    assert!(wrong.is_empty(), "{} of {asked}\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn chinas_lists_follow_from_the_record_and_the_subheadings_of_each_sector() {
    if !disk::flows::at_hand() {
        return;
    }
    let (ledger, schedules) = (disk::record(), disk::schedules());
    let found = china(&Border::new(&ledger, &schedules)).text();
    let told = committed().text();
    let own: Vec<&str> = told.lines().filter(|row| row.starts_with("CHN,")).collect();
    let differs: Vec<&str> = found.lines().skip(1).filter(|row| !own.contains(row)).take(5).collect();
    assert_eq!(own.len(), found.lines().count() - 1, "first new rows: {differs:?}");
    assert!(differs.is_empty(), "{differs:?}");
}
