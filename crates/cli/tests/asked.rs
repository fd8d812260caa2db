//! What a person types and gets wrong: each question is refused with what would have been right, or answered with a
//! word on what was assumed.

#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test a panic is the message")]

mod door;

use door::{Run, detente, json};
use serde_json::Value;

/// The question, the code of the fault, and what is said to be right.
const REFUSED: [(&str, &str, &str); 27] = [
    ("why USA China 6109.10.00", "unknown-country", "the code of China is `CHN`"),
    ("why usa CHN 6109.10.00", "unknown-country", "write `USA`"),
    ("why US CN 6109.10.00", "unknown-country", "the code of United States is `USA`"),
    ("why USA EU 6109.10.00", "unknown-country", "`EU` is a group: name one of its members: AUT, BEL"),
    ("why USA XXX 6109.10.00", "unknown-country", "XKX"),
    ("why DEU CHN 6109.10.00", "unknown-government", "ask at the border of USA or CHN"),
    ("why USA USA 6109.10.00", "same-party", "name another origin"),
    ("why USA CHN abc", "bad-line", "8507.60.00.20"),
    ("why USA CHN 8507", "line-too-short", "8507.10.00"),
    ("why USA CHN 9903.01.24", "unknown-line", "`us-ieepa-fentanyl-cn`: name the line of the goods"),
    ("why USA CHN 9802.00.50", "unknown-line", "chapter 98 is left out"),
    ("why USA CHN 8507.60.00.20 --on 2026-02-01", "line-moved", "8507.60.00.30"),
    ("why CHN USA 99999999", "unknown-line", "chapters 1 to 97"),
    ("why CHN USA 10", "unknown-line", "four digits"),
    ("why USA CHN 9503.00.00 --on 2025-02-30", "bad-date", "2025-06-09"),
    ("why USA CHN 9503.00.00 --on 10.4.2025", "bad-date", "2025-06-09"),
    ("why USA CHN 9503.00.00 --on 2025-04-10T25:00", "bad-date", "2025-04-10T12:01"),
    ("why USA CHN 9503.00.00 --fact colour=red", "unknown-fact", "the facts are loaded"),
    ("why USA CHN 9503.00.00 --fact content.wood=5%", "unknown-fact", "content.steel, content.aluminium"),
    ("why USA CHN 9503.00.00 --fact loaded=yesterday", "bad-fact", "2025-06-09"),
    ("why USA CHN 9503.00.00 --fact use=vehicel", "bad-fact", "did you mean `vehicle`"),
    ("why USA CHN 9503.00.00 --fact preference=USMC", "bad-fact", "USMCA"),
    ("why USA CHN 9503.00.00 --fact part=spoon", "bad-fact", "one of"),
    ("why USA CHN 9503.00.00 --fact exclusion=9903.88.99", "bad-fact", "9903.88.69"),
    ("why USA CHN 9503.00.00 --fact parcel=drone:500USD", "bad-fact", "courier:500USD"),
    ("why USA CHN 9503.00.00 --fact content.us=150%", "bad-fact", "between 0% and 100%"),
    ("why USA CHN 9503.00.00 --fact smelted=Russia", "bad-fact", "RUS"),
];

#[test]
fn what_cannot_be_answered_is_refused_with_what_would_have_been_right() {
    for (words, code, right) in REFUSED {
        let Run { code: exit, out, err } = detente(words).flat();
        assert_eq!(exit, 1, "{words}: {out}");
        assert!(err.contains(&format!("error[{code}]")), "{words}: {err}");
        assert!(err.contains(right), "`{words}` does not say `{right}`: {err}");
    }
}

#[test]
fn all_that_is_wrong_is_said_at_once() {
    let Run { code: exit, err, .. } =
        detente("why USA CHN abc --on 2025-13-01 --fact loadd=2025-04-04 --fact quota=in").flat();
    assert_eq!(exit, 1);
    for code in ["bad-line", "bad-date", "unknown-fact", "bad-fact"] {
        assert!(err.contains(&format!("error[{code}]")), "{code}: {err}");
    }
}

/// Chinese lines have eight digits; a day in Beijing is a day in Beijing; what was not read is said to be unread.
#[test]
fn the_other_direction_answers_by_chinese_lines() {
    let maize = json("why CHN USA 10059000 --on 2025-04-20");
    assert_eq!((&maize["line"], &maize["additional_pct"]), (&"1005.90.00".into(), &140.0.into()));
    assert_eq!((&maize["base_pct"], &maize["total_pct"]), (&Value::Null, &Value::Null));
    assert_eq!(maize["total_text"], "the ordinary duty + 140 %");
    let notes = maize["notes"].to_string();
    assert!(notes.contains("the ordinary duties of CHN are not in the record"), "{notes}");
    assert!(notes.contains("lists of codes were not read"), "{notes}");
    // A heading alone is not one line: those below it that pay something else are named.
    let heading = json("why CHN USA 1005 --on 2025-04-20");
    let below: Vec<&str> =
        heading["open_facts"].as_array().unwrap().iter().map(|fact| fact["text"].as_str().unwrap()).collect();
    assert!(below.contains(&"line=1005.90.00 pays the ordinary duty + 140 %"), "{below:?}");
    // Coal is bounded to chapter 27: of chips nothing is said of it.
    let dropped = |line: &str| json(&format!("why CHN USA {line} --on 2025-04-20"))["dropped"].to_string();
    assert!(dropped("27011100").contains("cn-ret-feb-15"), "{}", dropped("27011100"));
    assert!(!dropped("85423190").contains("cn-ret-feb-15"), "{}", dropped("85423190"));
}

/// The body of `why` is the API's: these keys, always.
#[test]
fn the_answer_has_its_keys_whatever_the_question() {
    for words in [
        "why USA CHN 9503.00.00 --on 2025-04-10",
        "why USA DEU 0703.20.00 --on 2025-08-10",
        "why CHN USA 10059000",
    ] {
        let why = json(words);
        for key in [
            "importer",
            "origin",
            "line",
            "base_pct",
            "base_text",
            "additional_pct",
            "total_pct",
            "total_text",
            "components",
            "dropped",
            "open_facts",
            "notes",
        ] {
            assert!(why.get(key).is_some(), "{words}: no `{key}`");
        }
        for part in why["components"].as_array().unwrap() {
            for key in ["measure", "programme", "points", "heading", "act", "citation"] {
                assert!(part.get(key).is_some(), "{words}: no `{key}` in {part}");
            }
        }
        for part in why["dropped"].as_array().unwrap() {
            assert!(
                ["measure", "reason", "rule"].iter().all(|key| part.get(key).is_some()),
                "{words}: {part}"
            );
        }
    }
    // Not a share of value: the base is text, never 0.
    let garlic = json("why USA CHN 0703.20.00 --on 2025-06-04");
    assert_eq!((&garlic["base_pct"], &garlic["base_text"]), (&Value::Null, &"0.43¢/kg".into()));
    assert_eq!((&garlic["additional_pct"], &garlic["total_text"]), (&55.0.into(), &"0.43¢/kg + 55 %".into()));
}

#[test]
fn days_beyond_the_record_are_answered_with_a_word_on_it() {
    let later = json("why USA CHN 9503.00.00 --on 2035-04-10")["notes"].to_string();
    assert!(later.contains("acts after 2026-08-23 were not looked for"), "{later}");
    let earlier = json("why USA CHN 9503.00.00 --on 2019-04-10")["notes"].to_string();
    assert!(earlier.contains("projected back"), "{earlier}");
    // What was collected on duties that had no force is named.
    let void = json("why USA CHN 9503.00.00 --on 2025-11-11")["notes"].to_string();
    assert!(void.contains("20 of these points rest on duties that had no force"), "{void}");
}

#[test]
fn the_steps_of_one_line_are_the_answers_of_their_days() {
    let steps = json("changes USA CHN --line 8708.30.50 --from 2025-05-01 --to 2025-06-01");
    let totals: Vec<f64> =
        steps.as_array().unwrap().iter().map(|step| step["total_pct"].as_f64().unwrap()).collect();
    assert_eq!(totals, [172.5, 72.5]);
    let Run { code: exit, err, .. } =
        detente("changes USA CHN --line 8708.30.50 --from 2025-05-01 --to 2025-04-01").flat();
    assert_eq!(exit, 1);
    assert!(err.contains("error[reversed-period]"), "{err}");
}
