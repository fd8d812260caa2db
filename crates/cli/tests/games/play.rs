//! `play`: rules met month by month and fitted to the record; and the game that a brief draws.

use serde_json::Value;

use crate::door::{detente, json, number};

#[test]
fn repeated_play_depends_on_its_seed_alone() {
    let words = "play USA CHN --levels 0,25 --months 60 --noise 0.05 --seed 3";
    let found = json(words);
    assert_eq!(found["stage"]["payoff_pct"].as_array().unwrap().len(), 2);
    assert_eq!(found["tournament"]["rules"].as_array().unwrap().len(), 12);
    assert!(number(&found["certificate"]["clearing_residual"]) < 1e-8);
    assert_eq!(found["tournament"], json(words)["tournament"]);
    assert_ne!(found["tournament"], json(&words.replace("seed 3", "seed 4"))["tournament"]);
    assert_eq!(detente("play --noise 2").code, 2);
    let falling = detente("play --levels 25,0");
    assert_eq!(falling.code, 1);
    assert!(falling.err.contains("error[impossible-game]"), "{}", falling.err);
}

/// With the default levels the stage rests at 0 and 10 points, where the United States could answer nothing and eleven of
/// its rules would be one; and one draw of chance ranks rules that it does not tell apart.
#[test]
fn rules_have_a_war_to_answer_with_and_their_scores_an_error() {
    let found = json("play USA CHN --noise 0.02");
    assert_eq!(found["certificate"]["rests"][0]["levels_pp"], serde_json::json!([0.0, 10.0]));
    let game = &found["tournament"];
    assert_eq!(game["conditions"]["war_pp"], serde_json::json!([50.0, 50.0]));
    assert!(number(&game["draws"]) >= 20.0);
    let score = |rule: &str, side: usize| {
        let at = game["rules"].as_array().unwrap().iter().position(|name| name == rule).unwrap();
        [number(&game["score_pct"][at][side]), number(&game["score_error_pct"][at][side])]
    };
    for side in 0..2 {
        let [truce, war] = ["always truce", "always war"].map(|rule| score(rule, side));
        assert!(truce[1] > 0.0 && truce[0] - war[0] > 10.0 * truce[1].hypot(war[1]), "{truce:?} {war:?}");
        let level = found["level_with_best"][side].as_array().unwrap();
        assert!(!level.contains(&found["ranking"][side][0]) && !level.contains(&"always war".into()));
    }
    let page = detente("play USA CHN --noise 0.02").out.replace('\n', " ");
    assert!(page.contains("war 50 and 50, the highest: the pair from which neither gains"), "{page}");
    assert!(page.contains("standard error"), "{page}");
}

#[test]
fn a_match_is_told_and_drawn_month_by_month() {
    let found = json("play --levels 0,25 --months 24 --path 'always war,tit for tat'");
    let path = found["path"]["levels_pp"].as_array().unwrap();
    assert_eq!(path.len(), 24);
    assert_eq!(found["path"]["rules"], serde_json::json!(["always war", "tit for tat"]));
    let drawn = detente("play --levels 0,25 --months 24 --format svg");
    assert!(drawn.out.contains("<svg") && drawn.out.contains("month"), "{}", drawn.err);
    let unknown = detente("play --levels 0,25 --path grim,grimm");
    assert_eq!(unknown.code, 1);
    assert!(unknown.err.contains("did you mean `grim`?"), "{}", unknown.err);
}

#[test]
fn the_observed_history_plays_beside_the_twelve_rules() {
    let found =
        json("play --levels 0,10,30 --observed --months 104 --path 'observed history,observed history'");
    assert_eq!(found["tournament"]["rules"].as_array().unwrap().len(), 13);
    // January 2018 is month 0: none before 2025; 10 on China in February 2025, the peak in April, the truce in June.
    let path = found["path"]["levels_pp"].as_array().unwrap();
    let month = |at: usize| [number(&path[at][0]), number(&path[at][1])];
    assert_eq!(month(83), [0.0, 0.0]);
    assert_eq!(month(85), [10.0, 0.0]);
    assert_eq!(month(87), [30.0, 30.0]);
    assert_eq!(month(89), [30.0, 10.0]);
}

#[test]
fn the_record_is_told_out_of_sample_and_compared_with_expecting_no_change() {
    let found = json("play USA CHN --fit");
    assert_eq!(found["history_pp"].as_array().unwrap().len(), 104, "January 2018 to August 2026");
    for fit in found["fits"].as_array().unwrap() {
        assert_eq!(fit["scored_months"], 92);
        assert_eq!(fit["rules"].as_array().unwrap().len(), 13);
        let peer = fit["rules"].as_array().unwrap().iter().find(|rule| rule["rule"] == "no change").unwrap();
        assert_eq!(number(&peer["over_no_change_nats"]), 0.0);
    }
    assert!(number(&found["certificate"]["interpolation_error_pct"]) > 0.0);
    let drawn = detente("play USA CHN --fit --format svg");
    assert!(drawn.out.contains("best reply of USA") && drawn.out.contains("month by month"), "{}", drawn.err);
}

/// Lists of goods are in the averages: the United States moved in 2018 and 2019, where its headline stood at zero.
#[test]
fn averages_hold_the_lists_that_headlines_leave_out() {
    let found = json("play USA CHN --fit --history averages");
    assert_eq!(found["history_of"], "averages");
    let months = found["history_pp"].as_array().unwrap();
    assert_eq!(months.len(), 104);
    let us = |at: usize| number(&months[at][0]);
    assert_eq!((us(0), us(12), us(23)), (0.0, 5.0, 10.0), "January 2018, January 2019, December 2019");
    assert!(us(87) > 90.0, "April 2025");
    assert!(months.iter().all(|month| number(&month[0]) % 5.0 == 0.0 && number(&month[1]) % 5.0 == 0.0));
    let headlines = json("play USA CHN --fit");
    let before_2025 = |of: &Value| {
        let months = of["history_pp"].as_array().unwrap()[..84].to_vec();
        months.windows(2).filter(|pair| pair[0][0] != pair[1][0]).count()
    };
    assert_eq!((before_2025(&headlines), before_2025(&found)), (0, 2), "up to five, up to ten points");
    let out = detente("play USA CHN --fit --history averages").page();
    assert!(out.contains("China's lists of 2018 to 2020 are not known by line and have no size"), "{out}");
    assert_eq!(detente("play USA CHN --history averages").code, 2, "only where the record is fitted");
    let unread = detente("play USA DEU --fit");
    assert!(unread.code == 1 && unread.err.contains("error[unknown-country]"), "{}", unread.err);
}

#[test]
fn a_fit_outside_the_record_is_refused_and_words_that_change_nothing_are_too() {
    for (words, code) in [
        ("play --fit --from 2030-01-01", "reversed-period"),
        ("play --fit --from 2025-01-01 --to 2024-01-01", "reversed-period"),
        ("play --fit --from 1990-01-01", "outside-record"),
        ("play --fit --to 2030-01-01", "outside-record"),
        ("play --fit --from 2026-01-01", "short-record"),
        ("play --levels 10", "impossible-game"),
    ] {
        let run = detente(words);
        assert_eq!(run.code, 1, "{words}");
        assert!(run.err.contains(&format!("error[{code}]")), "{words}: {}", run.err);
    }
    for words in [
        "play --from 2020-01-01",
        "play --fit --months 12",
        "play --fit --noise 0.1",
        "play --fit --observed",
    ] {
        assert_eq!(detente(words).code, 2, "{words}");
    }
}

/// What the page draws from a few solved pairs keeps the laws of games, and says how far the numbers reach.
#[test]
fn the_game_in_headlines_of_a_brief_keeps_the_laws_of_games() {
    let found = json("brief");
    let game = &found["headlines"];
    let pair = |of: &Value, key: &str| [0, 1].map(|side| of[key][side].as_f64().unwrap());
    assert!(game["interpolation_error_pct"].as_f64().unwrap() < 1e-3);
    let replies = |side: usize| game["best_replies_pp"][side].as_array().unwrap();
    for meet in game["mutual"].as_array().unwrap() {
        let at = pair(meet, "headlines_pp");
        for side in 0..2 {
            let reply = replies(side).iter().find(|reply| reply[1 - side].as_f64().unwrap() == at[1 - side]);
            assert_eq!(reply.unwrap()[side].as_f64().unwrap(), at[side]);
        }
    }
    let threat =
        game["places"].as_array().unwrap().iter().find(|place| place["key"] == game["threat"]).unwrap();
    let failed = pair(threat, "real_income_pct");
    let frontier = game["frontier"].as_array().unwrap();
    for deal in game["deals"].as_array().unwrap() {
        let income = pair(deal, "real_income_pct");
        assert!((0..2).all(|side| income[side] >= failed[side]), "{deal}");
        assert!(
            frontier.iter().any(|point| pair(point, "headlines_pp") == pair(deal, "headlines_pp")),
            "{deal}"
        );
    }
    let today = found["payoffs"]["today"].as_array().unwrap();
    let cell =
        &found["payoffs"]["cells"][today[0].as_u64().unwrap() as usize][today[1].as_u64().unwrap() as usize];
    let place = game["places"].as_array().unwrap().iter().find(|place| place["key"] == "today").unwrap();
    assert_eq!(pair(cell, "real_income_pct"), pair(place, "real_income_pct"));
    let levels = found["months"]["levels_pp"].clone();
    for month in found["months"]["path_pp"].as_array().unwrap() {
        for side in 0..2 {
            assert!(levels[side].as_array().unwrap().contains(&month[side]), "{month}");
        }
    }
}
