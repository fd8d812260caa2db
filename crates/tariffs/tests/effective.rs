//! Effective rates from line-level duties and the trade of 2024, beside what others print.
//!
//! Weights and the shares of metal are not part of this repository; without them the test says so and stops.

#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "in a test a panic is the message")]

mod disk;

use ledger::View;
use tariffs::{Behaviour, Border, Flow};
use terms::{Country, Instant};

/// Ordinary duty and additions of a day on one partner's goods, in per cent of their value, to hundredths.
fn average(
    border: &Border<'_>,
    flows: &[Flow],
    behaviour: &Behaviour,
    day: &str,
    known: Option<&str>,
) -> (f64, f64) {
    let clock = disk::clock();
    let known = known.map_or(Instant::MAX, |day| clock.read(day).unwrap());
    let book = border.as_known(known, View::Collected);
    let cells = book.effective(&Country::new("USA"), clock.read(day).unwrap(), flows, behaviour).unwrap();
    let value: f64 = cells.iter().map(|cell| cell.value).sum();
    let base: f64 = cells.iter().map(|cell| cell.base * cell.ad_valorem).sum();
    let added: f64 = cells.iter().map(|cell| cell.additional * cell.value).sum();
    (hundredths(100.0 * base / value), hundredths(100.0 * added / value))
}

fn hundredths(points: f64) -> f64 {
    (100.0 * points).round() / 100.0
}

/// What the treasury collected in 2024, in per cent of value.
fn collected(flows: &[Flow]) -> f64 {
    let (value, duty) = flows.iter().fold((0.0, 0.0), |(v, d), flow| (v + flow.value, d + flow.duty));
    hundredths(100.0 * duty / value)
}

/// The law on a day over the trade of 2024.
///
/// First, 31 December 2024 against duty paid in 2024: statutory stands above collected, since exclusions and
/// quotas are claimed (China, metals of the Union and Japan) and preferences are (Canada and Mexico, where the law
/// without them says ten times what was paid).
///
/// Then goods of China, 2025 and 2026. What others print, and why it differs, stands in `docs/tariffs.md` and is
/// checked in `published_series.rs`.
#[test]
fn the_law_over_the_trade_of_2024() {
    let Some((flows, behaviour)) = disk::flows::flows() else { return };
    let (ledger, schedules) = (disk::record(), disk::schedules());
    let border = Border::new(&ledger, &schedules);
    let of = |partner: &str| -> Vec<Flow> {
        flows.iter().filter(|flow| flow.partner == *partner).cloned().collect()
    };
    let mut wrong = Vec::new();
    for (partner, base, added, paid) in [
        ("CHN", 2.55, 10.23, 11.16),
        ("EU27", 1.24, 0.34, 1.31),
        ("JPN", 1.63, 0.31, 1.58),
        ("VNM", 3.48, 0.79, 3.82),
        ("MEX", 3.41, 0.01, 0.25),
        ("CAN", 1.60, 0.00, 0.11),
    ] {
        let own = of(partner);
        let found = (average(&border, &own, &behaviour, "2024-12-31", None), collected(&own));
        if found != ((base, added), paid) {
            wrong.push(format!("{partner}: told {base} + {added}, paid {paid}; found {found:?}"));
        }
    }
    let china = of("CHN");
    for (day, known, base, added) in [
        ("2025-01-20", None, 2.55, 10.37),
        ("2025-02-04", None, 2.56, 20.31),
        ("2025-03-04", None, 2.56, 30.26),
        ("2025-04-09", None, 2.56, 84.27),
        // As known on the day before the memorandum on electronics.
        ("2025-04-10", Some("2025-04-10"), 2.56, 137.96),
        ("2025-04-10", None, 2.56, 110.14),
        ("2025-05-03", None, 2.56, 108.32),
        ("2025-05-14", None, 2.56, 38.06),
        ("2025-11-10", None, 2.56, 31.28),
        ("2026-02-24", None, 2.56, 21.96),
        ("2026-07-24", None, 2.56, 23.05),
    ] {
        let found = average(&border, &china, &behaviour, day, known);
        if found != (base, added) {
            wrong.push(format!("{day} known {known:?}: told {base} + {added}, found {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
