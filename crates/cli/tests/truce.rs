//! Transcripts of `truce`: the one sentence, its evidence, concessions, extensions, odds.

#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test a panic is the message")]

mod door;

use door::{Run, detente, flat, json, number, shared};
use serde_json::Value;

fn geneva(more: &[&str]) -> Value {
    let words = [&["truce", "geneva", "--on", "2025-06-09"], more].concat();
    json(&words)
}

#[test]
fn one_sentence_says_whether_geneva_enforces_itself_and_what_would_change_it() {
    let Run { code, out, err } = detente(&["truce", "geneva", "--on", "2025-06-09"]);
    assert_eq!(code, 0, "{err}");
    let first = flat(out.split("\n\n").next().unwrap());
    for part in [
        "enforces itself on 9 June 2025 at any patience",
        "no higher duty on all goods that was tried gains either side anything",
        "it flips on no day before the deadline of 12 August 2025",
        "ten points off the duties of the United States would move the slack of China from",
    ] {
        assert!(first.contains(part), "{part}\n{first}");
    }
    assert_eq!(first.matches(". ").count(), 0, "one sentence: {first}");
    let page = flat(&out);
    assert!(
        page.contains("An extension by 90 days would move the slack of the United States from"),
        "{page}"
    );
}

#[test]
fn what_was_sought_stands_beside_what_was_found() {
    let found = geneva(&[]);
    for side in found["self_enforcement"]["sides"].as_array().unwrap() {
        assert!(side["sought_pp"].as_array().unwrap().len() >= 8);
        assert!(number(&side["temptation_pct"]) < 0.0);
        assert!(number(&side["slack_today_pct"]) > 0.0);
    }
    assert!(number(&found["certificate"]["clearing_residual"]) < 1e-8);
    assert_eq!(found["futures"]["calendar"].as_array().unwrap().len(), 0, "no odds are assumed");
}

/// Mutual best replies lie below the duties of June 2025 on both sides, so a war of them is no threat.
#[test]
fn a_war_of_best_replies_would_be_milder_than_the_truce() {
    let found = geneva(&["--punishment", "war"]);
    let of = &found["self_enforcement"];
    assert_eq!(of["verdict"], "does-not-hold");
    assert!(number(&of["punished_pp"][0]) < 30.0 && number(&of["punished_pp"][1]) < 10.0, "{of}");
    assert_eq!(of["flips_on"], "2025-06-09");
}

#[test]
fn a_concession_is_priced_by_the_economy_or_said_to_be_the_readers() {
    let found =
        geneva(&["--concession", "chips=USA:-0.01,CHN:+0.03", "--concession", "minerals=CHN>USA:NFM=0.05"]);
    let [chips, minerals] = &found["concessions"].as_array().unwrap()[..] else { panic!() };
    assert_eq!((&chips["priced_by"], &minerals["priced_by"]), (&"user".into(), &"economy".into()));
    assert!((number(&chips["worth_pct"][1]) - 0.03).abs() < 1e-12);
    assert!(number(&minerals["worth_pct"][0]) > 0.0, "licences that flow again help the buyer: {minerals}");
}

#[test]
fn the_readers_odds_make_a_calendar_and_a_cost() {
    let found = geneva(&["--odds", "extend=0.5,lapse=0.5"]);
    let ahead = &found["futures"];
    let first = &ahead["calendar"][0];
    assert_eq!((&first["from"], &first["until"]), (&"2025-06-09".into(), &"2025-08-12".into()));
    let second = &ahead["calendar"][1];
    assert_eq!((number(&second["in_window"]), number(&second["lapsed"])), (0.5, 0.5));
    let cost = number(&ahead["expected_cost_pct"][0]);
    let worth = |at: usize| -number(&ahead["branches"][at]["worth_pct"][0]);
    assert!(worth(0) < cost && cost < worth(1), "between the truce and the lapse: {cost}");
    let Run { code, err, .. } = detente(&["truce", "geneva", "--on", "2025-06-09", "--odds", "hold=0.5"]);
    assert_eq!(code, 1);
    assert!(err.contains("error[bad-odds]") && err.contains("sum to 0.5"), "{err}");
    let Run { code, err, .. } = detente(&["truce", "geneva", "--concession", "minerals"]);
    assert_eq!(code, 1);
    assert!(err.contains("error[bad-concession]"), "{err}");
}

/// The breaches tried are judged again under any weight on revenue: asked about above the least weight that tempts, a
/// side is tempted, and below it it is not.
#[test]
fn the_weight_on_revenue_that_tempts_is_where_a_breach_begins_to_gain() {
    let least =
        |found: &Value| number(&found["self_enforcement"]["sides"][1]["revenue_at_stake"]["tempts_from"]);
    let tempted = |found: &Value| number(&found["self_enforcement"]["sides"][1]["temptation_pct"]) > 0.0;
    let from = least(&geneva(&[]));
    for (weight, gains) in [(from - 0.01, false), (from + 0.01, true)] {
        let found = geneva(&["--revenue-weight", &format!("CHN={weight}")]);
        assert_eq!(tempted(&found), gains, "{weight}");
        assert!((least(&found) - from).abs() < 2e-4, "what a side wants does not move what it would take");
        let money = |of: &Value| number(&of["futures"]["branches"][0]["worth_usd_mn"][1]);
        assert!(
            (money(&found) - money(&geneva(&[]))).abs() < 1e-3,
            "money is real income, whatever is wanted"
        );
    }
}

#[test]
fn a_page_says_by_what_the_truce_is_judged() {
    let Run { code, out, err } =
        detente(&["truce", "geneva", "--on", "2025-06-09", "--revenue-weight", "CHN=2"]);
    assert_eq!(code, 0, "{err}");
    let page = flat(&out);
    for part in [
        "Judged by real income, a dollar of revenue counting 2 more for CHN, the truce",
        "the United States holds at any and China needs 0.001",
        "per cent of what a month is worth to each",
        "a breach gains China something from 2.31 dollars on",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
}

#[test]
fn what_is_no_weight_on_revenue_is_refused_with_what_would_be_one() {
    let Run { code, err, .. } =
        detente(&["truce", "geneva", "--on", "2025-06-09", "--revenue-weight", "USA=much,USA=1,USA=2"]);
    assert_eq!(code, 1);
    assert_eq!(err.matches("error[bad-revenue-weight]").count(), 2, "{err}");
    assert!(err.contains("USA=0.5,CHN=0.1"), "{err}");
    let Run { code, err, .. } =
        detente(&["truce", "geneva", "--on", "2025-06-09", "--revenue-weight", "XYZ=1"]);
    assert!(code == 1 && err.contains("error[unknown-country]"), "{err}");
}

/// The economy that ships, by its folder, answers as it does by its name; one that knows neither side leaves the record's part.
#[test]
fn a_truce_takes_an_economy_and_a_closure() {
    let shipped = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/economies/default");
    let (by_name, by_folder) = (geneva(&[]), geneva(&["--economy", shipped]));
    assert_eq!(by_name["self_enforcement"], by_folder["self_enforcement"]);
    assert_eq!(by_name["concessions"], by_folder["concessions"]);
    let no_links = geneva(&["--economy", shipped, "--links", "no"]);
    let side = |found: &Value| found["self_enforcement"]["sides"][0]["punishment_pct"].clone();
    assert!(
        (number(&side(&no_links)) - number(&side(&by_name))).abs() > 1e-3,
        "another closure, another price"
    );
    let small = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/three-countries");
    let record_alone = geneva(&["--economy", small]);
    assert!(record_alone["self_enforcement"].is_null(), "{record_alone}");
    assert_eq!(record_alone["truce"], by_name["truce"]);
    let Run { code, err, .. } = detente("truce geneva --economy no/such/folder");
    assert!(code == 1 && err.contains("error[unknown-economy]"), "{err}");
}

/// A side cannot take off what it does not charge: that would be a subsidy, and no concession anyone spoke of.
#[test]
fn no_more_points_come_off_than_are_charged() {
    let words = |points: &'static str| ["truce", "geneva", "--on", "2025-06-09", "--concession", points];
    let Run { code, err, .. } = detente(&words("all=USA:-100pp"));
    assert_eq!(code, 1);
    assert!(err.contains("error[bad-concession]") && err.contains("take off 30 at most"), "{err}");
    let Run { code, err, .. } = detente(&words("more=USA:10pp"));
    assert_eq!((code, err.contains("takes nothing off")), (1, true), "{err}");
    assert_eq!(detente(&words("all=USA:-30pp")).code, 0);
}

#[test]
fn where_no_truce_holds_the_windows_there_are_are_told() {
    let ahead = ["truce", "geneva", "--on", "2025-05-13", "--known-on", "2025-06-09"];
    let Run { code, out, .. } = detente(&ahead);
    let said = flat(&out);
    assert_eq!(code, 1);
    assert!(said.contains("lies ahead, from 14 May 2025 to 12 August 2025"), "{said}");
    let Run { out, err, .. } = detente(&["truce", "geneva", "--on", "2026-12-01"]);
    let said = flat(&out);
    assert!(said.contains("is over, from") && said.contains("to 10 November 2026"), "{said}");
    assert!(err.contains("warning[outside-record]"), "{err}");
    let Run { out, .. } = detente(&["truce", "geneva", "--on", "2025-05-01", "--known-on", "2025-05-01"]);
    let said = flat(&out);
    assert!(said.contains("As known on 1 May 2025, the record has no window."), "{said}");
}

#[test]
fn faults_of_odds_and_numbers_say_what_would_be_right() {
    let Run { err, .. } = detente(&["truce", "geneva", "--on", "2025-06-09", "--odds", "foo=1"]);
    assert!(err.contains("the branches: hold, lapse, extend, deal, escalate"), "{err}");
    let Run { code, err, .. } = detente(&["truce", "geneva", "--on", "2025-06-09", "--lag", "-1"]);
    assert_eq!((code, err.contains("error[truce]")), (1, true), "{err}");
    let Run { code, err, .. } =
        detente(&["truce", "geneva", "--on", "2025-06-09", "--concession", "x=CHN>USA:ZZZ=0.5"]);
    assert_eq!((code, err.contains("its sectors: AGR, ")), (1, true), "{err}");
    let Run { out: csv, .. } = detente(&["truce", "geneva", "--on", "2025-06-09", "--format", "csv"]);
    assert_eq!(csv.lines().next(), Some("day,usa_slack_pct,chn_slack_pct"));
}

/// The set of elasticities is the economy's own where it has not the scenario's.
#[test]
fn another_economy_brings_its_own_elasticities() {
    let Some(folder) = shared("ossa-2014") else { return };
    let Run { code, out, err } =
        detente(&["truce", "geneva", "--on", "2025-06-09", "--economy", &folder, "--deficits", "removed"]);
    assert!(!err.contains("unknown-elasticity"), "{err}");
    assert!(code == 1 || out.contains("elasticities `Ossa2014`"), "{out}{err}");
}
