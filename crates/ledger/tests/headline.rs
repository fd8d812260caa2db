//! The headline of both directions on every day of change, 2025 and 2026: the "145", "30", "125" and "10" of the
//! press. A day means its first instant on the importer's clock; Chinese steps that begin at noon are asked then.

#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test a panic is the message")]

mod disk;

use ledger::{Clocks, Ledger, View};
use terms::Points;

fn asked(ledger: &Ledger, importer: &str, origin: &str, on: &str, view: View) -> Points {
    let on = ledger.moment(importer, on).unwrap();
    ledger.headline_total(importer, origin, Clocks::on(on).view(view))
}

fn points(text: &str) -> Points {
    format!("{text} %").parse().unwrap()
}

/// Source: the composition of the headline as the press gave it; each step with its order in `ledger/usa`.
#[test]
fn united_states_on_china() {
    let ledger = disk::record();
    for (on, total) in [
        ("2025-01-20", "0"),
        ("2025-02-03", "0"),
        ("2025-02-04", "10"),
        ("2025-02-10", "10"),
        ("2025-03-03", "10"),
        ("2025-03-04", "20"),
        ("2025-03-10", "20"),
        ("2025-04-04", "20"),
        ("2025-04-05", "30"),
        ("2025-04-08", "30"),
        ("2025-04-09", "104"),
        ("2025-04-10", "145"),
        ("2025-04-12", "145"),
        ("2025-05-11", "145"),
        ("2025-05-13", "145"),
        ("2025-05-14", "30"),
        ("2025-06-09", "30"),
        ("2025-08-12", "30"),
        ("2025-11-09", "30"),
        ("2025-11-10", "20"),
        ("2026-02-20", "20"),
        ("2026-02-23", "20"),
        ("2026-02-24", "10"),
        ("2026-03-15", "10"),
        ("2026-07-23", "10"),
        ("2026-07-24", "12.5"),
        ("2026-11-10", "12.5"),
    ] {
        assert_eq!(asked(&ledger, "USA", "CHN", on, View::Collected), points(total), "{on}");
    }
}

#[test]
fn china_on_the_united_states() {
    let ledger = disk::record();
    for (on, total) in [
        ("2025-01-20", "0"),
        ("2025-02-10", "0"),
        ("2025-03-10", "0"),
        ("2025-04-10", "0"),
        ("2025-04-10T12:00", "0"),
        ("2025-04-10T12:01", "84"),
        ("2025-04-11", "84"),
        ("2025-04-12", "125"),
        ("2025-05-11", "125"),
        ("2025-05-14", "125"),
        ("2025-05-14T12:01", "10"),
        ("2025-06-09", "10"),
        ("2025-08-12", "10"),
        ("2025-08-12T12:01", "10"),
        ("2025-11-10", "10"),
        ("2025-11-10T13:01", "10"),
        ("2026-02-24", "10"),
        ("2026-03-15", "10"),
        ("2026-07-24", "10"),
        ("2026-11-10", "10"),
        ("2026-11-10T13:01", "34"),
    ] {
        assert_eq!(asked(&ledger, "CHN", "USA", on, View::Collected), points(total), "{on}");
    }
}

/// The ruling of 20 February 2026 reads the emergency duties as void at once; they are collected until the
/// 24th, and printed long after.
#[test]
fn printed_lawful_and_collected_differ_after_the_ruling() {
    let ledger = disk::record();
    for (on, collected, lawful, printed) in
        [("2026-02-20", "20", "0", "20"), ("2026-02-24", "10", "10", "30"), ("2026-06-15", "10", "10", "30")]
    {
        let of = |view| asked(&ledger, "USA", "CHN", on, view);
        assert_eq!(of(View::Collected), points(collected), "{on}");
        assert_eq!(of(View::Lawful), points(lawful), "{on}");
        assert_eq!(of(View::Printed), points(printed), "{on}");
    }
}

/// The 34 of 2 and 4 April is believed for a few days and never in force.
#[test]
fn thirty_four_was_announced_and_never_applied_alone() {
    let ledger = disk::record();
    let believed = |importer: &str, origin: &str, on: &str, known: &str| {
        let read = |text| ledger.moment(importer, text).unwrap();
        ledger.headline_total(importer, origin, Clocks::on(read(on)).known(read(known)))
    };
    assert_eq!(believed("USA", "CHN", "2025-04-09", "2025-04-07"), points("54"));
    assert_eq!(believed("USA", "CHN", "2025-04-09", "2025-04-08"), points("104"));
    assert_eq!(believed("CHN", "USA", "2025-04-10T12:01", "2025-04-08"), points("34"));
    assert_eq!(believed("CHN", "USA", "2025-04-10T12:01", "2025-04-09"), points("84"));
}

/// What a reader of 8 June 2025 expects of 12 August: both truces lapse.
#[test]
fn a_lapse_returns_twenty_four_points_and_not_one_hundred_and_fifteen() {
    let ledger = disk::record();
    let known = ledger.moment("USA", "2025-06-08").unwrap();
    let at = Clocks::on(ledger.moment("USA", "2025-06-09").unwrap()).known(known);
    let truce = ledger.truce("geneva", at).unwrap();
    let count = truce.count.unwrap();
    assert_eq!((count.day, count.of, count.left), (27, 90, 64));
    let [us, china] = &truce.sides[..] else { panic!("two sides") };
    assert_eq!((us.headline_pct, us.headline_after_lapse_pct), (Some(points("30")), Some(points("54"))));
    assert_eq!(
        (china.headline_pct, china.headline_after_lapse_pct),
        (Some(points("10")), Some(points("34")))
    );
    assert_eq!((us.returns_pp, china.returns_pp), (points("24"), points("24")));
    assert!(truce.renewals.is_empty());
}

#[test]
fn the_day_of_a_noon_step_says_that_it_holds_two_sums() {
    let ledger = disk::record();
    let on = ledger.moment("CHN", "2025-05-14").unwrap();
    let headline = ledger.headline("CHN", "USA", Clocks::on(on));
    let later = headline.later_that_day.unwrap();
    assert_eq!((headline.total_pct, later.total_pct), (points("125"), points("10")));
    assert_eq!(later.from.to_string(), "2025-05-14 12:01 CST");
}

/// A review duty takes the place of a list of Section 301 on the lines it names and on no other: on all goods taken
/// together both are charged.
#[test]
fn duties_on_lists_stand_beside_those_that_replace_them_on_some_lines() {
    let ledger = disk::record();
    let on = ledger.moment("USA", "2025-06-09").unwrap();
    let headline = ledger.headline("USA", "CHN", Clocks::on(on));
    let listed: Vec<&str> = headline.listed.iter().map(|part| part.measure.as_str()).collect();
    for measure in ["us-301-list1", "us-301-list2", "us-301-list3", "us-301-list4a"] {
        assert!(listed.contains(&measure), "{measure} is charged on what the reviews left: {listed:?}");
    }
}
