//! What the answers of play claim, and where their certificates carry it.
//!
//! Each test takes a superlative of the page (best, no one gains, no list does more) and finds it in the JSON.

#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test a panic is the message")]

mod door;

use door::{detente, json, number};
use serde_json::Value;

/// A list, or the list under a key.
fn rows<'a>(of: &'a Value, key: &str) -> &'a Vec<Value> {
    let list = if key.is_empty() { of } else { &of[key] };
    list.as_array().unwrap_or_else(|| panic!("{key}: {of}"))
}

/// What ends the name of a number with a unit.
const UNITS: [&str; 9] =
    ["_pct", "_pp", "_usd_mn", "_share", "_odds", "_months", "_nats", "_patience", "_days"];

/// Numbers without a unit, each by its full name: counts, seeds, ratios and residuals.
const PURE: [&str; 40] = [
    "rate", // the share that `measure --tariffs` reads
    "weight",
    "weights",
    "slope",
    "largest_slope",
    "largest_condition",
    "clearing_residual",
    "walras",
    "sharing_gap",
    "money_gap",
    "price_of_own_cost",
    "moves",
    "solves",
    "planner_solves",
    "fought",
    "draws",
    "months",
    "month",
    "days",
    "day",
    "days_left",
    "at_bounds",
    "left_out",
    "switches_tried",
    "unsettled",
    "countries",
    "interior",
    "known",
    "spared",
    "not_ad_valorem",
    "base_year",
    "seed",
    "monthly_patience",
    "critical_patience",
    "critical_patience_today",
    "critical_patience_with",
    "critical_patience_without",
    "fewest_days_that_hold",
    "tempts_from", // weights on revenue
    "breaks_from",
];

/// Every number below a value, by the name of the field that holds it.
fn numbers<'a>(of: &'a Value, name: &'a str, found: &mut Vec<&'a str>) {
    match of {
        Value::Number(_) => found.push(name),
        Value::Array(list) => list.iter().for_each(|at| numbers(at, name, found)),
        Value::Object(fields) => fields.iter().for_each(|(name, at)| numbers(at, name, found)),
        Value::Null | Value::Bool(_) | Value::String(_) => {}
    }
}

/// Three invented countries.
const THREE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/three-countries");

#[test]
fn every_number_says_its_unit_in_the_name_of_its_field() {
    for words in [
        "best USA --instrument partner --detail tariffs",
        &format!("best ARC --others reply --economy {THREE}"),
        &format!("best ARC --others mirror --economy {THREE}"),
        "war --players USA,CHN",
        "bargain USA CHN --transfers",
        "coalitions USA CHN DEU",
        "weights USA",
        "retaliate USA CHN --cap 2bn",
        "play --levels 0,25 --months 24",
        "play --fit --from 2025-01-01",
        "truce geneva --on 2025-06-09",
    ] {
        let mut found = json(words);
        // The record's own page has names of its own.
        found.as_object_mut().unwrap().remove("account");
        // Settings stand under the words of the flags, whose help says the units.
        found["manifest"].as_object_mut().unwrap().remove("settings");
        let mut names = Vec::new();
        numbers(&found, "", &mut names);
        assert!(names.len() > 20, "{words}");
        let bare = |name: &&str| !PURE.contains(name) && !UNITS.iter().any(|unit| name.ends_with(unit));
        let bare: Vec<&str> = names.into_iter().filter(bare).collect();
        assert!(bare.is_empty(), "{words}: {bare:?}");
    }
}

/// "Blocs that no member gains by leaving and no outsider by joining", in wars that no player was found to leave.
#[test]
fn a_bloc_lasts_where_the_best_move_loses_in_wars_that_are_at_rest() {
    let found = json("coalitions USA CHN DEU");
    let held = &found["certificate"];
    assert_eq!((&held["deviations"], &held["fought"]), (&"searched".into(), &5.into()));
    assert!(number(&held["largest_deviation_gain_pct"]) < 1e-6);
    assert_eq!(held["deviations_sought_from"], serde_json::json!(["free entry", "100 %"]));
    let alone = rows(&rows(&found, "coalitions")[0], "payoff_pct");
    for bloc in &rows(&found, "coalitions")[1..] {
        let best = number(&bloc["best_move"]["gain_pp"]);
        assert_eq!(bloc["stable"], best <= number(&held["tie_pp"]), "{bloc}");
        for (k, over) in rows(bloc, "over_alone_pp").iter().enumerate() {
            let by_hand = number(&bloc["payoff_pct"][k]) - number(&alone[k]);
            assert!((number(over) - by_hand).abs() < 1e-12);
        }
    }
    let page = detente("coalitions USA CHN DEU").page();
    assert!(page.contains("In none of the 5 wars was a player found to gain more than"), "{page}");
    assert!(page.contains("Limits: other rests of these wars were not sought;"), "{page}");
}

/// A bloc of the whole world has no one to charge: with its inner duties as they are its members have what the base gives.
#[test]
fn a_bloc_of_the_whole_world_fights_no_one() {
    let found = json(&format!("coalitions ARC BRU CAL --economy {THREE}"));
    let all = &rows(&found, "coalitions")[4];
    assert_eq!(rows(all, "members").len(), 3);
    assert!(rows(all, "payoff_pct").iter().all(|payoff| number(payoff).abs() < 1e-9), "{all}");
    let free = json(&format!("coalitions ARC BRU CAL --free-inside --economy {THREE}"));
    let all = &rows(&free, "coalitions")[4];
    assert!(rows(all, "payoff_pct").iter().any(|payoff| number(payoff) > 0.01), "{all}");
    assert_eq!(found["certificate"]["fought"], 5);
}

/// "No list of the goods offered does more than … as ranked": the bound, and how far the ranked numbers add up.
#[test]
fn a_list_is_held_against_the_most_that_any_list_could_do() {
    let found = json("retaliate USA CHN --cap 2bn");
    let held = &found["certificate"];
    let (sum, bound) = (number(&held["sum_of_harms_usd_mn"]), number(&held["bound_usd_mn"]));
    assert!(sum <= bound);
    assert!((number(&held["of_bound_pct"]) - 100.0 * sum / bound).abs() < 1e-9);
    let at_once = number(&found["harm_usd_mn"]);
    assert!((number(&held["sum_over_harm_pct"]) - 100.0 * (sum / at_once - 1.0)).abs() < 1e-9);
    // Good by good the list ends at its sums, and what each good does for its cost falls.
    let steps = rows(&found, "steps");
    assert_eq!(steps.len(), rows(&found["lines"], "listed").len());
    let last = &steps[steps.len() - 1];
    assert!((number(&last["harm_usd_mn"]) - sum).abs() < 1e-6);
    assert!((number(&last["value_usd_mn"]) - number(&found["value_usd_mn"])).abs() < 1e-6);
    let cost = |step: &Value| number(&step["own_cost_usd_mn"]);
    let cheapest = steps.iter().map(cost).fold(0.0, f64::min);
    let dear = steps.iter().skip_while(|step| cost(step) > cheapest);
    let slopes: Vec<f64> = dear
        .collect::<Vec<_>>()
        .windows(2)
        .map(|pair| {
            (number(&pair[1]["harm_usd_mn"]) - number(&pair[0]["harm_usd_mn"]))
                / (cost(pair[1]) - cost(pair[0]))
        })
        .collect();
    assert!(
        slopes.len() > 10 && slopes.windows(2).all(|pair| pair[1] <= pair[0] * (1.0 + 1e-6)),
        "{slopes:?}"
    );
}

/// "Neither gains by another of these levels", and "scores best of these rules, … points over …".
#[test]
fn a_stage_and_its_best_rules_are_told_with_their_margins() {
    let found = json("play USA CHN --noise 0.02");
    let held = &found["certificate"];
    let (levels, payoffs) = (&found["stage"]["levels_pp"], &found["stage"]["payoff_pct"]);
    let place =
        |side: usize, at: &Value| rows(&levels[side], "").iter().position(|level| level == at).unwrap();
    for rest in rows(held, "rests") {
        let (a, b) = (place(0, &rest["levels_pp"][0]), place(1, &rest["levels_pp"][1]));
        let loss = |other: usize| number(&payoffs[a][b][0]) - number(&payoffs[other][b][0]);
        let least = (0..4).filter(|other| *other != a).map(loss).fold(f64::INFINITY, f64::min);
        assert!((number(&rest["least_loss_pct"][0]) - least).abs() < 1e-12);
        assert!(least >= 0.0 && number(&rest["least_loss_pct"][1]) >= 0.0, "{rest}");
    }
    let game = &found["tournament"];
    for (side, lead) in rows(held, "leads").iter().enumerate() {
        let score = |rule: &Value| {
            let at = rows(game, "rules").iter().position(|name| name == rule).unwrap();
            number(&game["score_pct"][at][side])
        };
        assert!((number(&lead["lead_pct"]) - score(&lead["rule"]) + score(&lead["next"])).abs() < 1e-12);
        assert!(rows(game, "rules").iter().all(|rule| score(rule) <= score(&lead["rule"])));
        // The next is level with the best where the lead is within two of its standard errors.
        let told = rows(&found["level_with_best"], "");
        let level = rows(&told[side], "").contains(&lead["next"]);
        assert_eq!(level, number(&lead["lead_pct"]) <= 2.0 * number(&lead["lead_error_pct"]), "{lead}");
    }
}

/// "No other duties were found to gain": from where that was searched, and the worst country it holds for.
#[test]
fn weights_say_where_better_duties_were_sought() {
    let found = json("weights USA SGP");
    let held = &found["certificate"];
    assert_eq!((&held["countries"], &held["interior"]), (&2.into(), &1.into()));
    assert_eq!(held["by"], "USA");
    assert_eq!(
        held["deviations_sought_from"],
        serde_json::json!(["the duties played", "free entry", "100 %"])
    );
    assert!(number(&held["largest_deviation_gain_pct"]) < 1e-6 && number(&held["largest_condition"]) < 1e-9);
    let page = detente("weights USA SGP").page();
    assert!(
        page.contains("1 of 2 countries have weights above zero; shifts were tried 1 points apart"),
        "{page}"
    );
}

/// Lists of words are read alike: commas between them, or the flag again.
#[test]
fn what_is_exempt_or_spared_is_a_list() {
    for (one, several) in [
        (
            "best USA --exempt 'NFM,CHN>USA,MEX>USA:STL'",
            "best USA --exempt NFM --exempt 'CHN>USA' --exempt 'MEX>USA:STL'",
        ),
        ("retaliate CHN USA --spare AGR,HS:30", "retaliate CHN USA --spare AGR --spare HS:30"),
    ] {
        let answer = |words: &str| {
            let mut found = json(words);
            found.as_object_mut().unwrap().remove("manifest");
            found
        };
        assert_eq!(answer(one), answer(several), "{one}");
    }
    for (words, told) in [
        ("best USA --exempt 'NFM,,STL'", "error[unknown-sector]: a place in the list of `--exempt` is empty"),
        ("best USA --exempt 'NFM,CHM>USA'", "error[unknown-country]: `CHM` is not a country"),
        ("best USA --exempt 'USA>USA'", "error[duty-on-itself]: `USA>USA` is what a country sells to itself"),
        ("retaliate CHN USA --spare AGR,HS:0", "error[unknown-sector]: `HS:0` is no chapter"),
        ("war --players ,", "error[impossible-game]: no one plays"),
        ("weights USA USA", "error[two-players]: `USA` is named twice"),
    ] {
        let run = detente(words);
        assert_eq!(run.code, 1, "{words}");
        assert!(run.err.contains(told), "{words}: {}", run.err);
    }
}
