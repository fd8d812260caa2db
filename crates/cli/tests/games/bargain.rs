//! `bargain`: deals, the frontier, payments and issues, and where a deal was searched for.

use serde_json::Value;

use crate::door::{detente, json, number, shared};
use crate::{THREE, row};

#[test]
fn two_at_the_table_have_a_frontier_and_three_rules() {
    let found = json("bargain USA CHN --threat war");
    let frontier = found["frontier"].as_array().unwrap();
    assert!(frontier.len() > 5);
    // More weight on a government never gives it less, and the other never more.
    for pair in frontier.windows(2) {
        assert!(number(&pair[1]["gain_pct"][0]) >= number(&pair[0]["gain_pct"][0]) - 1e-9);
        assert!(number(&pair[1]["gain_pct"][1]) <= number(&pair[0]["gain_pct"][1]) + 1e-9);
    }
    assert_eq!(found["solutions"].as_array().unwrap().len(), 3);
    assert!(found["solutions"][0]["gain_pct"].as_array().unwrap().iter().all(|gain| number(gain) > 0.0));
}

/// Source: Ossa (2014): equal-gains talks from factual tariffs bring 0.5 %.
#[test]
fn the_talks_of_ossa_2014_come_through_the_door() {
    let Some(ossa) = shared("ossa-2014") else { return };
    let found = json(&format!(
        "bargain --economy {ossa} --market firms --instrument partner-sector --deficits removed"
    ));
    let gains: Vec<f64> = found["solutions"][0]["gain_pct"].as_array().unwrap().iter().map(number).collect();
    assert_eq!(format!("{:.3}", gains[0]), "0.524");
    assert!(gains.iter().all(|gain| (gain - gains[0]).abs() < 1e-6), "{gains:?}");
}

/// Only what is on the table counts in the means: one rate on the other's goods, not the duties on thirty outsiders.
#[test]
fn the_means_of_a_deal_are_of_the_duties_on_the_table() {
    let found = json("bargain USA CHN --threat war");
    let usa = row(&found, "USA");
    let (mean, traded) = (number(&usa["tariff_mean_pct"]), number(&usa["tariff_trade_weighted_pct"]));
    assert!((mean - traded).abs() < 1e-9, "one rate is its own mean: {mean} {traded}");
}

#[test]
fn talks_say_what_every_per_cent_is_a_change_from() {
    let found = json("bargain USA CHN");
    assert_eq!(found["base"], "the duties of 2022");
    let page = detente("bargain USA CHN").out;
    assert!(page.contains("If talks fail, the duties of 2022 stay.") && !page.contains("in force"), "{page}");
    assert!(page.contains("% of what they were at the duties of\n2022."), "{page}");
    let of_a_day = json("bargain USA CHN --on 2025-06-09 --threat lapse --transfers");
    assert_eq!(of_a_day["on"], "2025-06-09");
    let page = detente("bargain USA CHN --on 2025-06-09 --threat lapse --transfers").out;
    assert!(page.contains("2022; payments are counted.") && page.contains("\npart "), "{page}");
    assert!(page.contains("the duties between them of 9 June 2025"), "{page}");
    // What is not settled is not drawn as where a rule would end.
    let drawn = detente("bargain USA CHN --threat free-trade --format svg").out;
    assert!(drawn.contains("equal gains") && !drawn.contains("Nash"), "{drawn}");
}

/// The search is told by rule: where it began, what it met, and whether a better rest is known.
#[test]
fn a_deal_says_where_it_was_searched_for() {
    let words = "bargain USA CHN --threat war";
    for share in json(words)["solutions"].as_array().unwrap() {
        let search = &share["search"];
        assert_eq!(search["begun_at"][0], "the rates of a war", "{search}");
        assert_eq!(number(&search["headroom_pct"]), 0.0);
        assert_eq!(search["rests_worth_pct"].as_array().unwrap().len(), 1);
    }
    let page = detente(words).out.replace('\n', " ");
    assert!(page.contains("it always came to rest at the deal"), "{page}");
    assert!(page.contains("unless the search missed a better point"), "{page}");
}

#[test]
fn the_frontier_is_drawn_with_its_points() {
    let drawn = detente("bargain USA CHN --threat war --format svg");
    assert_eq!(drawn.code, 0, "{}", drawn.err);
    for word in ["<svg", "equal gains", "threat: war", "free trade"] {
        assert!(drawn.out.contains(word), "{word}");
    }
    assert_eq!(detente("bargain USA CHN DEU --format svg").code, 2, "three have no plane");
}

#[test]
fn with_money_and_issues_on_the_table_the_promise_holds_where_payments_move_prices() {
    let found =
        json("bargain USA CHN --threat lapse --on 2025-06-09 --transfers --issue chips=USA:-0.01,CHN:+0.03");
    let share = &found["solutions"][0];
    let paid: Vec<f64> = share["received_usd_mn"].as_array().unwrap().iter().map(number).collect();
    assert!((paid[0] + paid[1]).abs() < 1e-6 * paid[0].abs(), "{paid:?}");
    let fixed: Vec<f64> =
        share["received_at_fixed_prices_usd_mn"].as_array().unwrap().iter().map(number).collect();
    let apart = (paid[0] - fixed[0]).abs();
    assert!(apart > 0.001 * paid[0].abs() && apart < 0.5 * paid[0].abs(), "{paid:?} {fixed:?}");
    let gains = share["gain_pct"].as_array().unwrap();
    assert!((number(&gains[0]) - number(&gains[1])).abs() < 1e-6, "equal gains are equal: {gains:?}");
    assert!(number(&found["certificate"]["money_gap"]) < 1e-6, "a dollar is worth the same in either hand");
    assert_eq!(
        share["issues"],
        serde_json::json!(["chips"]),
        "it adds more in one place than it takes in the other"
    );
    let points = found["points"].as_array().unwrap();
    assert_eq!(points[0]["point"], "lapse");
    assert_eq!(number(&points[0]["gain_pct"][0]), 0.0);
    let day = detente("bargain USA CHN --threat lapse");
    assert_eq!(day.code, 2, "a lapse is that of a day");
}

#[test]
fn export_taxes_are_on_the_table_where_asked_for() {
    let words =
        format!("bargain ARC BRU --threat war --economy {THREE} --instrument sector --detail tariffs");
    let duties = json(&words);
    assert!(duties.get("export_taxes").is_none());
    let taxes = json(&format!("{words} --border exports"));
    assert!(taxes["tariffs"].as_array().unwrap().is_empty(), "no duty is on the table");
    let rows = taxes["export_taxes"].as_array().unwrap();
    assert!(!rows.is_empty() && rows.iter().all(|row| row["exporter"] != "CAL" && row["importer"] != "CAL"));
    assert!(taxes["players"][0]["export_tax_mean_pct"].is_number());
    assert!(taxes["points"].as_array().unwrap().iter().all(|point| point["point"] != "free-trade"));
    // At even weights every tax stands at zero and no slope leads on; equal gains are found all the same.
    let gains = taxes["solutions"][0]["gain_pct"].as_array().unwrap();
    assert!((number(&gains[0]) - number(&gains[1])).abs() < 1e-6 && number(&gains[0]) > 0.3, "{gains:?}");
    // What more there is to give is worth no less; with money too.
    let gain = |found: &Value| number(&found["solutions"][0]["gain_pct"][0]);
    let today = words.replace("--threat war", "--threat today");
    let both = json(&format!("{today} --border both"));
    assert!(gain(&both) >= gain(&json(&today)) - 1e-6);
    let paid = json(&format!("{words} --border both --transfers --issue ore=ARC:+0.02,BRU:-0.01"));
    assert!(number(&paid["certificate"]["money_gap"]) < 1e-6);
    assert_eq!(paid["solutions"][0]["issues"], serde_json::json!(["ore"]));
    let page = detente(&format!("bargain ARC BRU --threat war --border both --economy {THREE}")).out;
    assert!(page.lines().skip(1).all(|line| line.chars().count() <= 80), "{page}");
    assert!(page.contains("tax %") && page.contains("(Lerner 1936)"), "{page}");
    let refused = detente(&format!("bargain ARC BRU --threat free-trade --border exports --economy {THREE}"));
    assert_eq!(refused.code, 1);
    assert!(
        refused
            .err
            .contains("error[impossible-game]: free trade is no threat where duties are not on the table"),
        "{}",
        refused.err
    );
}
