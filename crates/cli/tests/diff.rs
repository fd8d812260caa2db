//! Transcripts of `diff`: what later publication changed for the past, inside lists of lines too.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the message")]

mod door;

use door::{Run, detente, json};

/// The memorandum of 11 April 2025 spares phones and computers, for entries from 5 April.
#[test]
fn between_10_and_12_april_2025_a_list_gains_the_phones_back_in_time() {
    let words = "diff --known-on 2025-04-10 --known-on 2025-04-12";
    let diff = json(words);
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
    let page = detente(words).page();
    assert!(page.contains("Lists of lines"), "{page}");
}

#[test]
fn the_phone_of_april_2025_paid_145_until_it_was_known_that_it_paid_20() {
    let words = "diff --known-on 2025-04-10 --known-on 2025-04-12 --line 8517.13.00";
    let Run { code, out, err } = detente(words).flat();
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("from 2025-04-10 00:00 EDT: 145 % → 20 % (back in time)"), "{out}");
    assert!(out.contains("from 2025-04-05 00:00 EDT until 2025-04-09 00:00 EDT: 30 % → 20 %"), "{out}");
    assert!(out.contains("us-ieepa-reciprocal-cn: 125 → not charged"), "{out}");
    // A toy learnt nothing new.
    let toy = detente("diff --known-on 2025-04-10 --known-on 2025-04-12 --line 9503.00.00").out;
    assert!(toy.contains("the same on every day"), "{toy}");
}
