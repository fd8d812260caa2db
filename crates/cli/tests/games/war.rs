//! `war`: what was searched, the exact war beside the formula, and published wars through the door.

use crate::door::{detente, json, number, shared};

const COLUMNS: [&str; 6] = [
    "tariff_mean_pct",
    "tariff_median_pct",
    "tariff_trade_weighted_pct",
    "real_income_pct",
    "government_welfare_pct",
    "deviation_gain_pct",
];

#[test]
fn a_war_of_two_is_certified_and_says_only_what_was_searched() {
    let found = json("war --players USA,CHN");
    assert_eq!(found["players"].as_array().unwrap().len(), 2);
    for player in found["players"].as_array().unwrap() {
        COLUMNS.iter().for_each(|column| {
            number(&player[column]);
        });
        assert!(number(&player["deviation_gain_pct"]) < 1e-6);
    }
    assert!(number(&found["certificate"]["largest_deviation_gain_pct"]) < 1e-6);
    assert!(number(&found["certificate"]["clearing_residual"]) < 1e-9);
    for start in found["other_starts"].as_array().unwrap() {
        assert!(number(&start["largest_difference_pp"]) < 1e-4, "{start}");
    }
    let page = detente("war --players USA,CHN --thorough").page();
    assert!(page.contains("the most that each was found to gain by moving alone"), "{page}");
    assert!(page.contains("begun at the duties played, free entry, 100 %"), "{page}");
    // A small game is searched unasked; what stays at rest where it is needs no search from there.
    assert_eq!(found["certificate"]["deviations"], "searched");
    assert_eq!(found["certificate"]["deviations_sought_from"], serde_json::json!(["free entry", "100 %"]));
    let page = detente("war --players USA,CHN --cap 40").page();
    assert!(page.contains("in a search begun at free entry, the cap, 40 %"), "{page}");
    assert!(page.contains("Begun at the cap, 40 %, play ends at the same rates"), "{page}");
}

/// Source: as in the strategy room's tests of Lashkaripour (2021): −2.428 by formula, −2.487 exact.
#[test]
fn the_formula_war_stands_beside_the_exact_one() {
    let Some(wiod) = shared("wiod-2014-flows") else { return };
    let words = format!(
        "war --economy {wiod} --instrument uniform --all-sectors --deficits removed --market perfect --rule formula"
    );
    let found = json(&words);
    assert_eq!(format!("{:.3}", number(&found["mean_real_income_pct"])), "-2.428");
    assert_eq!(format!("{:.3}", number(&found["exact"]["mean_real_income_pct"])), "-2.487");
    // The formula is no equilibrium, and its certificate says so: a gain of 0.0008 % was found.
    assert!(number(&found["certificate"]["largest_deviation_gain_pct"]) > 1e-4);
}

/// Source: Ossa (2014), abstract: tariffs of 63 %, welfare −2.9 %, with political weights.
#[test]
fn the_political_war_of_ossa_2014_comes_through_the_door() {
    let Some(ossa) = shared("ossa-2014") else { return };
    let found = json(&format!(
        "war --economy {ossa} --market firms --political --instrument partner-sector --deficits removed"
    ));
    let players = found["players"].as_array().unwrap();
    let mean = |column: &str| players.iter().map(|row| number(&row[column])).sum::<f64>() / 7.0;
    let (median, welfare) = (mean("tariff_median_pct"), mean("government_welfare_pct"));
    assert_eq!(format!("{median:.2} {welfare:.3}"), "63.22 -2.887");
}

/// Done when of the strategy room: exact Nash duties of all 81 with their certificate. World mean −1.778, as in the room's test.
#[test]
fn the_exact_war_of_all_is_certified_through_the_door() {
    let Some(icio) = shared("icio-2022-flows") else { return };
    let found = json(&format!("war --economy {icio} --instrument uniform --all-sectors --deficits removed"));
    assert_eq!(found["players"].as_array().unwrap().len(), 81);
    assert_eq!(format!("{:.3}", number(&found["mean_real_income_pct"])), "-1.778");
    let certificate = &found["certificate"];
    assert_eq!(certificate["deviations"], "looked-at", "in a game of this size");
    assert!(number(&certificate["largest_deviation_gain_pct"]) < 1e-6);
    assert!(number(&certificate["clearing_residual"]) < 1e-10);
    for start in found["other_starts"].as_array().unwrap() {
        assert!(number(&start["largest_difference_pp"]) < 1e-4, "{start}");
    }
}

/// Whoever wants the rates alone gets them, with a certificate that claims no more than that.
#[test]
fn a_quick_war_gives_the_rates_and_claims_no_search() {
    let (quick, usual) = (json("war --players USA,CHN,DEU --quick"), json("war --players USA,CHN,DEU"));
    let apart = |column: &str| {
        let rows = quick["players"].as_array().unwrap().iter().zip(usual["players"].as_array().unwrap());
        rows.map(|(a, b)| (number(&a[column]) - number(&b[column])).abs()).fold(0.0, f64::max)
    };
    assert!(apart("tariff_mean_pct") < 0.02, "{}", apart("tariff_mean_pct"));
    assert!(apart("real_income_pct") < 1e-4, "{}", apart("real_income_pct"));
    assert_eq!(quick["certificate"]["deviations"], "first-order");
    assert_eq!(quick["manifest"]["settings"]["play.tolerance"], 3e-5);
    assert_eq!(quick["other_starts"], serde_json::json!([]));
    assert!(number(&quick["certificate"]["moves"]) < number(&usual["certificate"]["moves"]));
    assert!(number(&quick["certificate"]["largest_deviation_gain_pct"]) < 1e-6);
    let page = detente("war --players USA,CHN,DEU --quick").page();
    assert!(page.contains("was begun at the duties of the base alone"), "{page}");
    assert!(!page.contains("Begun at"), "{page}");
    let both = detente("war --quick --thorough");
    assert_eq!(both.code, 2);
    let formula = detente(
        "war --rule formula --instrument uniform --all-sectors --deficits removed --market perfect --quick",
    );
    assert!(formula.flat().err.contains("no `--quick`"));
}
