//! Transcripts: a command, its exit code, and what a person reads on both streams.
//!
//! The truths of the week of London and of the days around it, as a stranger would ask for them. Each is a whole
//! run of the binary on the embedded record and economy.

#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test a panic is the message")]

mod door;

use door::{detente, json};
use serde_json::Value;

fn assert_says(words: &str, sentences: &[&str]) {
    let run = detente(words);
    assert_eq!(run.code, 0, "{words}\n{}", run.err);
    let page = run.page();
    for sentence in sentences {
        assert!(page.contains(sentence), "`detente {words}` does not say `{sentence}`:\n{}", run.out);
    }
}

fn headlines(of: &Value) -> [f64; 2] {
    [0, 1].map(|at| of["directions"][at]["headline_pp"].as_f64().unwrap())
}

#[test]
fn the_brief_answers_the_question_of_june_2025() {
    assert_says(
        "brief",
        &[
            "on 9 June 2025, as known on 8 June 2025",
            "64 days left",
            "The United States charges 30 % on Chinese goods",
            "China charges 10 % on US goods",
            "is on day 27 of 90 and ends on 12 August 2025, in 64 days",
            "24 points return on the US side, from 30 to 54 %",
            "24 points return on the Chinese side, from 10 to 34 %",
            "The peak of 145 and 125 % does not return by lapse",
            "Howard Lutnick (Secretary of Commerce)",
            "all cleared",
            "Cite as detente:",
        ],
    );
}

#[test]
fn both_clocks_move() {
    assert_eq!(headlines(&json("status USA CHN --on 2025-05-11")), [145.0, 125.0]);
    assert_eq!(headlines(&json("status USA CHN --on 2025-06-09")), [30.0, 10.0]);
    assert_eq!(headlines(&json("status USA CHN --on 2025-11-10")), [20.0, 10.0]);
    assert_eq!(headlines(&json("status USA CHN --on 2026-03-02")), [10.0, 10.0]);
    // Before the announcement of 11 April nobody knew 125 from the other side.
    let known = json("status USA CHN --on 2025-04-13 --known-on 2025-04-10");
    assert_eq!(headlines(&known)[1], 84.0);
}

#[test]
fn on_9_june_2025_a_lapse_returns_what_is_suspended_and_not_what_was_ended() {
    let brief = json("brief --on 2025-06-09");
    let truce = &brief["truce"];
    assert_eq!((&truce["day"], &truce["days"], &truce["days_left"]), (&27.into(), &90.into(), &64.into()));
    let back: Vec<(f64, f64)> = truce["returns"]
        .as_array()
        .unwrap()
        .iter()
        .map(|side| (side["returns_pp"].as_f64().unwrap(), side["headline_after_pp"].as_f64().unwrap()))
        .collect();
    assert_eq!(back, [(24.0, 54.0), (24.0, 34.0)]);
}

/// China's duties of 125 % ended at 12:01 in Beijing: the day begins with the old rate, and the window that opens at
/// noon is what a lapse is read from.
#[test]
fn on_its_first_day_the_truce_returns_the_same_points_as_on_any_other() {
    let status = json("status USA CHN --on 2025-05-14");
    let back: Vec<(f64, f64, f64)> = status["truce"]["returns"]
        .as_array()
        .unwrap()
        .iter()
        .map(|side| {
            let points = |key: &str| side[key].as_f64().unwrap();
            (points("headline_today_pp"), points("returns_pp"), points("headline_after_pp"))
        })
        .collect();
    assert_eq!(back, [(30.0, 24.0, 54.0), (10.0, 24.0, 34.0)]);
    assert_says(
        "status USA CHN --on 2025-05-14",
        &["From 2025-05-14 12:01 CST: 10 %.", "On listed goods besides:"],
    );
}

#[test]
fn in_march_2026_the_brief_knows_what_fell_away_and_what_replaced_it() {
    let brief = json("brief --on 2026-03-02");
    let parts = brief["directions"][0]["parts"].as_array().unwrap();
    let ids: Vec<&str> = parts.iter().map(|part| part["measure"].as_str().unwrap()).collect();
    assert_eq!(ids, ["us-122"], "the surcharge alone; the IEEPA duties are void");
    let ended = brief["directions"][0]["ended"].as_array().unwrap();
    let fell: Vec<(&str, &str)> =
        ended.iter().map(|duty| (duty["measure"].as_str().unwrap(), duty["on"].as_str().unwrap())).collect();
    assert!(fell.contains(&("us-ieepa-fentanyl-cn", "2026-02-24")), "{fell:?}");
    assert!(fell.contains(&("us-ieepa-reciprocal-cn", "2026-02-24")), "{fell:?}");
    let acts: Vec<&str> =
        brief["timeline"].as_array().unwrap().iter().filter_map(|event| event["text"].as_str()).collect();
    assert!(acts.iter().any(|text| text.contains("Ends the duties under the emergency statute")), "{acts:?}");
}

#[test]
fn every_pair_of_packages_has_its_payoffs_and_a_certificate() {
    let brief = json("brief");
    let keys = |side: &str| -> Vec<String> {
        let packages = brief["payoffs"][side].as_array().unwrap();
        packages.iter().map(|package| package["key"].as_str().unwrap().to_string()).collect()
    };
    assert_eq!(keys("rows"), ["none", "today", "lapse", "peak"]);
    assert_eq!(keys("rows"), keys("columns"));
    let evidence = &brief["evidence"];
    assert!(evidence["worst_residual"].as_f64().unwrap() <= 1e-10);
    assert!(evidence["all_cleared"].as_bool().unwrap());
}

#[test]
fn the_page_is_one_file_without_outside_requests() {
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("brief.html");
    let run = detente(&format!("brief --quiet --out {}", page.display()));
    assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (0, "", ""));
    let html = std::fs::read_to_string(page).unwrap();
    assert!(html.starts_with("<!DOCTYPE html>") || html.starts_with("<!doctype html>"));
    for outside in ["src=\"http", "href=\"http", "url(http", "@import"] {
        assert!(!html.contains(outside), "{outside}");
    }
    assert!(html.contains("<svg"));
}

#[test]
fn claims_stand_beside_their_answers_and_no_side_is_taken() {
    let claims = json("claims --on 2025-06-09 --known-on 2025-06-08");
    let of = |id: &str| {
        claims.as_array().unwrap().iter().find(|claim| claim["id"] == id).unwrap_or_else(|| panic!("{id}"))
    };
    assert_eq!(of("clm-2025-05-30")["answered_by"][0], "clm-2025-06-02");
    assert_eq!(of("clm-2025-05-30")["status"], "disputed");
    assert_eq!(of("clm-2025-06-02")["side"], "CHN");
}

#[test]
fn the_delegations_of_london_are_known_on_the_eve() {
    let talks = json("talks --on 2025-06-09 --known-on 2025-06-08");
    let london = talks.as_array().unwrap().iter().find(|talk| talk["venue"] == "London").unwrap();
    let members = london["delegations"][0]["members"].as_array().unwrap();
    assert_eq!(members.len(), 3);
    assert!(members.iter().any(|member| member.as_str().unwrap().contains("Lutnick")));
    let earlier = json("talks --on 2025-06-09 --known-on 2025-06-04");
    assert!(earlier.as_array().unwrap().iter().all(|talk| talk["venue"] != "London"));
}

#[test]
fn why_explains_a_t_shirt_of_april_2025() {
    let why = json("why USA CHN 6109.10.00.12 --on 2025-04-10");
    assert_eq!(why["total_pct"], 169.0);
    assert_eq!(why["base_pct"], 16.5);
    let points: Vec<f64> =
        why["components"].as_array().unwrap().iter().map(|part| part["points"].as_f64().unwrap()).collect();
    assert_eq!(points, [7.5, 20.0, 125.0]);
}

#[test]
fn a_new_duty_on_brake_discs_lowers_their_total_by_100() {
    assert_eq!(json("why USA CHN 8708.30.50 --on 2025-05-02")["total_pct"], 172.5);
    assert_eq!(json("why USA CHN 8708.30.50 --on 2025-05-03")["total_pct"], 72.5);
}

#[test]
fn what_was_known_of_the_phone_changed_on_11_april() {
    assert_eq!(json("why USA CHN 8517.13.00 --on 2025-04-10 --known-on 2025-04-10")["total_pct"], 145.0);
    assert_eq!(json("why USA CHN 8517.13.00 --on 2025-04-10 --known-on 2025-04-12")["total_pct"], 20.0);
}

#[test]
fn pending_says_what_returns_on_10_november_2026_on_both_sides() {
    let pending = json("pending --on 2026-08-23");
    let on: Vec<&Value> =
        pending.as_array().unwrap().iter().filter(|item| item["on"] == "2026-11-10").collect();
    assert!(on.iter().any(|item| item["subject"] == "cn-ret-reciprocal"), "{on:?}");
    assert!(on.iter().any(|item| item["who"] == "USA"), "{on:?}");
}

#[test]
fn a_stranger_adds_tomorrows_act_in_ten_lines_and_the_answers_change() {
    let folder = tempfile::tempdir().unwrap();
    let act = folder.path().join("tomorrow.toml");
    std::fs::write(
        &act,
        r#"[act]
id = "tomorrow"
issuer = "USA"
kind = "order"
title = "Five points on all goods of China"
published = "2025-06-08"
citation = "a what-if"
[[measure]]
id = "us-tomorrow"
origin = "CHN"
goods = "all"
rate = "5 %"
from = "2025-06-09"
"#,
    )
    .unwrap();
    let overlay = format!("--on 2025-06-09 --overlay {}", act.display());
    assert_eq!(headlines(&json(&format!("status USA CHN {overlay}"))), [35.0, 10.0]);
    assert_eq!(json(&format!("why USA CHN 9503.00.00 {overlay}"))["total_pct"], 35.0);
    assert_eq!(detente(&format!("check {}", act.display())).code, 0);
}

#[test]
fn a_sentence_becomes_an_act() {
    let folder = tempfile::tempdir().unwrap();
    let sentence = "USA puts 5 % on all goods of CHN from 2025-06-09 published 2025-06-08";
    let run = detente(&format!("add '{sentence}' --into {}", folder.path().display()));
    assert_eq!(run.code, 0, "{}", run.err);
    let overlay = format!("--on 2025-06-09 --overlay {}", folder.path().display());
    assert_eq!(headlines(&json(&format!("status USA CHN {overlay}"))), [35.0, 10.0]);
    // The same by flags, and an event on a measure of the record.
    let flags = "add --issuer USA --does puts --what '5 %' --goods 'all goods' --origin CHN --from 2025-06-09 \
                 --published 2025-06-08";
    let by_flags = detente(flags);
    assert_eq!(by_flags.code, 0, "{}", by_flags.err);
    assert_eq!(by_flags.out, detente(&format!("add '{sentence}'")).out);
    let spared = detente(
        "add --issuer USA --does spares --what 9503 --measure us-ieepa-reciprocal-cn --from 2025-06-09 \
         --published 2025-06-08",
    );
    assert!(spared.out.contains("spare_goods = [\"9503\"]"), "{}{}", spared.out, spared.err);
    assert_eq!(detente("add --issuer USA --what '5 %'").code, 2);
    let run = detente("add 'USA puts something'");
    assert_eq!(run.code, 1);
    assert!(run.err.contains("error[bad-sentence]"), "{}", run.err);
}

#[test]
fn measure_matches_the_reference_of_the_economy() {
    let run = detente("measure --add 'USA,*,*,0.1' --format csv");
    assert_eq!(run.code, 0, "{}", run.err);
    let row = |code: &str| run.out.lines().find(|line| line.starts_with(code)).unwrap().to_string();
    let real_income = |code: &str| -> f64 { row(code).split(',').nth(1).unwrap().parse().unwrap() };
    for (code, expected) in [("USA", "0.2033"), ("CAN", "-0.6115"), ("IRL", "-2.1086"), ("ROW", "-0.0955")] {
        assert_eq!(format!("{:.4}", real_income(code)), expected, "{code}");
    }
}

#[test]
fn faults_are_coded_placed_and_say_what_would_have_been_right() {
    let run = detente("measure --add 'USA,CNH,*,0.6' --add 'USA,CHN,*,x1.2'");
    assert_eq!(run.code, 1);
    for said in ["error[unknown-country]", "did you mean `CHN`", "error[rate-unreadable]", "60 %"] {
        assert!(run.err.contains(said), "no `{said}` in\n{}", run.err);
    }
    let run = detente("status USA CHX");
    assert_eq!(run.code, 1);
    assert!(run.err.contains("error[unknown-country]") && run.err.contains("CHN"), "{}", run.err);
    let run = detente("status USA CHN --on 2025-02-30");
    assert_eq!(run.code, 1);
    assert!(run.err.contains("error[bad-date]") && run.err.contains("2025-06-09"), "{}", run.err);
}

#[test]
fn check_lists_every_fault_of_a_text_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let act = folder.path().join("bad.toml");
    std::fs::write(
        &act,
        "[act]\nid = \"bad\"\nissuer = \"USA\"\nkind = \"order\"\ntitle = \"t\"\npublished = \"2025-13-01\"\n\
         citation = \"c\"\n[[measure]]\nid = \"m\"\norigin = \"CHN\"\ngoods = \"all\"\nrate = \"20\"\n\
         from = \"2025-06-09\"\nuntil = \"2025-06-01\"\nrat = 1\n",
    )
    .unwrap();
    let run = detente(&format!("check {}", act.display()));
    assert_eq!(run.code, 1);
    for said in ["bad.toml:6", "bad.toml:12", "20 %", "did you mean `rate`"] {
        assert!(run.out.contains(said), "no `{said}` in\n{}", run.out);
    }
    assert!(detente("check no-such-folder").code == 1);
}

#[test]
fn misuse_ends_with_2() {
    for words in
        ["", "brief --format parquet", "diff --known-on 2025-04-10", "measure --deficits gone", "pay"]
    {
        let run = detente(words);
        assert_eq!(run.code, 2, "{words}: {}", run.err);
        assert!(!run.err.is_empty());
    }
}
