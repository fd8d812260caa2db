//! Transcripts of `diff`: what later publication changed for the past, inside lists of lines too.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the message")]

use assert_cmd::Command;
use serde_json::Value;

fn detente(words: &str) -> (i32, String, String) {
    let output = Command::cargo_bin("detente").unwrap().args(words.split_whitespace()).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The memorandum of 11 April 2025 spares phones and computers, for entries from 5 April.
#[test]
fn between_10_and_12_april_2025_a_list_gains_the_phones_back_in_time() {
    let (code, out, err) = detente("diff --known-on 2025-04-10 --known-on 2025-04-12 --format json");
    assert_eq!(code, 0, "{err}");
    let diff: Value = serde_json::from_str(&out).unwrap();
    let lists = diff["lists"].as_array().unwrap();
    let phones = lists.iter().find(|change| {
        let codes = change["codes"].as_array().unwrap();
        codes.iter().any(|code| code.as_str().unwrap().starts_with("8517.13"))
    });
    let phones = phones.unwrap();
    assert_eq!(
        (&phones["list"], &phones["adds"], &phones["back_in_time"]),
        (&"annex-ii".into(), &true.into(), &true.into())
    );
    assert!(phones["from"].as_str().unwrap().starts_with("2025-04-05"), "{phones}");
    let spares = phones["spares"].to_string();
    assert!(spares.contains("us-ieepa-reciprocal-cn"), "{spares}");
    let (_, out, _) = detente("diff --known-on 2025-04-10 --known-on 2025-04-12");
    assert!(flat(&out).contains("Lists of lines"), "{out}");
}

#[test]
fn the_phone_of_april_2025_paid_145_until_it_was_known_that_it_paid_20() {
    let words = "diff --known-on 2025-04-10 --known-on 2025-04-12 --line 8517.13.00";
    let (code, out, err) = detente(words);
    assert_eq!(code, 0, "{err}");
    let page = flat(&out);
    assert!(page.contains("from 2025-04-10 00:00 EDT: 145 % → 20 % (back in time)"), "{out}");
    assert!(page.contains("from 2025-04-05 00:00 EDT until 2025-04-09 00:00 EDT: 30 % → 20 %"), "{out}");
    assert!(page.contains("us-ieepa-reciprocal-cn: 125 → not charged"), "{out}");
    // A toy learnt nothing new.
    let (_, toy, _) = detente("diff --known-on 2025-04-10 --known-on 2025-04-12 --line 9503.00.00");
    assert!(toy.contains("the same on every day"), "{toy}");
}
