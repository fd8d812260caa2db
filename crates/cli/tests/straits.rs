//! A ledger of another pair, read from its folder alone: `examples/ledgers/straits` knows nothing of the United States
//! or China, and every answer about it comes from its own texts, lists, rules and schedules.

#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test a panic is the message")]

mod door;

use door::{Run, detente};
use serde_json::Value;

const STRAITS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/ledgers/straits");

fn run(words: &str) -> Run {
    let ledger = if words.starts_with("check") { String::new() } else { format!(" --ledger {STRAITS}") };
    detente(&format!("{words}{ledger}")).flat()
}

fn json(words: &str) -> Value {
    run(&format!("{words} --format json")).json()
}

fn total(words: &str) -> f64 {
    json(words)["total_pct"].as_f64().unwrap()
}

#[test]
fn it_has_no_fault() {
    let Run { code, out, err } = run(&format!("check {STRAITS}"));
    assert_eq!(code, 0, "{out}{err}");
    assert!(out.contains("no faults"), "{out}");
}

#[test]
fn duties_come_from_its_own_schedules_lists_and_rules() {
    // Steel: ordinary 8 and the safeguard of 20, which keeps the surcharge away; toys: the surcharge alone.
    assert_eq!(total("why ARC BRU 7208.10 --on 2031-04-01"), 28.0);
    assert_eq!(total("why ARC BRU 9503 --on 2031-04-01"), 30.0);
    assert_eq!(total("why ARC BRU 9503 --on 2031-05-05"), 10.0);
    // Loaded before 10 February and entered before 15 March: no safeguard, and so the surcharge.
    assert_eq!(total("why ARC BRU 7208.10 --on 2031-03-12 --fact loaded=2031-02-09"), 38.0);
    // A preference of the schedule, and its second column until the country joins the union.
    assert_eq!(total("why ARC ELM 8703.80 --on 2031-04-01 --fact preference=ELMA"), 0.0);
    assert_eq!(total("why ARC DOR 9503 --on 2031-06-30"), 15.0);
    assert_eq!(total("why ARC DOR 9503 --on 2031-07-01"), 10.0);
    // A specific duty is money by weight, never 0.
    let cheese = json("why ARC BRU 0406.10 --on 2031-05-05");
    assert_eq!((&cheese["base_pct"], &cheese["base_text"]), (&Value::Null, &"0.20 ARC/kg".into()));
    assert_eq!(cheese["total_text"], "0.20 ARC/kg + 10 %");
}

#[test]
fn a_member_of_a_union_is_answered_at_the_unions_border() {
    let spirits = json("why CAL ARC 2208.20 --on 2031-06-10");
    assert_eq!((&spirits["importer"], &spirits["total_pct"]), (&"UNI".into(), &50.0.into()));
    assert!(spirits["notes"][0].as_str().unwrap().contains("CAL belongs to UNI"), "{spirits}");
    let Run { code, err, .. } = run("why CAL BRU 2208.20 --on 2031-06-10");
    assert_eq!(code, 1);
    assert!(err.contains("error[same-party]"), "{err}");
}

#[test]
fn what_was_not_read_is_said_only_where_it_can_matter() {
    let notes = |line: &str| json(&format!("why UNI ARC {line} --on 2031-04-02"))["notes"].to_string();
    assert!(notes("0406.10").contains("one duty may come on top"), "{}", notes("0406.10"));
    assert!(!notes("8703.80").contains("may come on top"), "{}", notes("8703.80"));
}

#[test]
fn the_truce_counts_its_days_and_returns_what_stands_still() {
    let answer = json("truce --on 2031-06-10");
    let truce = &answer["truce"];
    assert_eq!((&truce["day"], &truce["days"], &truce["days_left"]), (&37.into(), &90.into(), &54.into()));
    let back: Vec<(f64, f64)> = truce["returns"]
        .as_array()
        .unwrap()
        .iter()
        .map(|side| {
            (side["headline_today_pp"].as_f64().unwrap(), side["headline_after_pp"].as_f64().unwrap())
        })
        .collect();
    assert_eq!(back, [(10.0, 30.0), (10.0, 25.0)]);
    assert_eq!(answer["self_enforcement"], Value::Null, "the economy does not know these two");
    let Run { code, out: text, err } = run("truce --on 2031-06-10");
    assert_eq!(code, 0, "{err}");
    assert!(text.contains("from 10 to 30 %") && !text.contains("does not return by lapse"), "{text}");
    assert!(text.contains("Arcadia reads: a licence within two weeks"), "{text}");
    // Snap-backs: by another act where a clause is broken, by itself where the other side's duty is back.
    for back in [
        "is broken, of Surcharge on goods of the union: the 20 points return",
        "is in force again, of Answer",
    ] {
        assert!(text.contains(back), "{text}");
    }
    assert!(text.contains("by another act.") && text.contains("by itself."), "{text}");
}

#[test]
fn changes_and_what_is_pending_are_its_own() {
    let changes = json("changes ARC BRU");
    let days: Vec<&str> =
        changes.as_array().unwrap().iter().map(|c| &c["at"].as_str().unwrap()[..10]).collect();
    assert_eq!(days, ["2031-02-15", "2031-03-10", "2031-05-05", "2031-08-03", "2034-02-15"]);
    let Run { out: pending, .. } = run("pending ARC UNI --on 2031-06-10");
    assert!(pending.contains("20 points return") && pending.contains("15 points return"), "{pending}");
    let Run { out: claims, .. } = run("claims ARC UNI --on 2031-06-10");
    assert!(claims.contains("no licence for cobalt") && claims.contains("ordinary review"), "{claims}");
}

#[test]
fn the_pair_of_the_product_is_unknown_to_it() {
    let Run { code, err, .. } = run("why USA CHN 9503.00.00 --on 2031-06-10");
    assert_eq!(code, 1);
    assert!(err.contains("error[unknown-country]"), "{err}");
}
