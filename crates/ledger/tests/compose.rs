//! A sentence becomes an act that reads on top of the record, and every answer changes.

#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test a panic is the message")]

mod disk;

use diagnostic::Source;
use ledger::{Clocks, Ledger};
use terms::Points;

fn with(ledger: &Ledger, sentence: &str) -> Ledger {
    let composed = ledger.compose(sentence).unwrap_or_else(|faults| panic!("{faults}")).value;
    ledger.with(&[Source::new(&composed.path, &composed.text)]).unwrap().value
}

fn headline(ledger: &Ledger, importer: &str, origin: &str, on: &str) -> Points {
    ledger.headline_total(importer, origin, Clocks::on(ledger.moment(importer, on).unwrap()))
}

#[test]
fn a_stranger_adds_tomorrows_act() {
    let record = disk::record();
    let sentence = "USA puts 10 % on all goods of CHN from 2026-09-15 published 2026-09-01 as \"EO 15000\"";
    let composed = record.compose(sentence).unwrap().value;
    assert_eq!(composed.path, "usa/2026-09-01-eo-15000.toml");
    assert!(composed.text.lines().count() <= 16, "{}", composed.text);
    let later = with(&record, sentence);
    assert_eq!(headline(&later, "USA", "CHN", "2026-09-14"), "12.5 %".parse().unwrap());
    assert_eq!(headline(&later, "USA", "CHN", "2026-09-15"), "22.5 %".parse().unwrap());
    assert_eq!(headline(&record, "USA", "CHN", "2026-09-15"), "12.5 %".parse().unwrap());
}

#[test]
fn each_verb_makes_its_event() {
    let mut ledger = disk::record();
    for (sentence, on, total) in [
        ("CHN changes cn-ret-reciprocal to 40 % from 2026-09-01 published 2026-08-25", "2026-09-01", "16 %"),
        ("CHN resumes cn-ret-reciprocal from 2026-09-10 published 2026-09-02", "2026-09-10", "40 %"),
        (
            "CHN suspends 35 pp of cn-ret-reciprocal from 2026-09-20 until 2026-10-01 then return published \
             2026-09-11",
            "2026-09-20",
            "5 %",
        ),
        (
            "CHN suspends 30 pp of cn-ret-reciprocal from 2026-10-02 for \"3 days\" then return published \
             2026-10-01",
            "2026-10-04",
            "10 %",
        ),
        ("CHN ends cn-ret-reciprocal from 2026-10-05 published 2026-10-01", "2026-10-05", "0 %"),
    ] {
        ledger = with(&ledger, sentence);
        assert_eq!(headline(&ledger, "CHN", "USA", on), total.parse().unwrap(), "{sentence}");
    }
}

/// Governments may be named as people name them, and other words for a deed make the same act.
#[test]
fn a_sentence_may_name_governments_and_use_other_verbs() {
    let record = disk::record();
    let said = |sentence: &str| record.compose(sentence).unwrap_or_else(|faults| panic!("{faults}")).value;
    let tail = "10 % on all goods of";
    let when = "from 2026-09-15 published 2026-09-01";
    assert_eq!(
        said(&format!(
            "The United States imposes {tail} China, South Korea and the European Union {when} titled Ten"
        )),
        said(&format!("USA puts {tail} CHN, KOR, EU {when} titled Ten")),
    );
}

/// One reading lists all that lacks, and shows a whole sentence of that verb.
#[test]
fn all_that_a_sentence_lacks_is_said_at_once() {
    let faults =
        disk::record().compose("CHN raises cn-ret-reciprocal from 2026-09-15").unwrap_err().to_string();
    assert!(faults.contains("does not say `to …`, `published …`"), "{faults}");
    assert!(faults.contains("write it like `CHN changes cn-ret-reciprocal to 34 % from"), "{faults}");
}

#[test]
fn a_sentence_that_lacks_something_says_what() {
    let record = disk::record();
    for (sentence, code) in [
        ("USA puts 10 % on all goods of CHN from 2026-09-15", "bad-sentence"),
        ("USA putts 10 % on all goods of CHN from 2026-09-15 published 2026-09-01", "bad-sentence"),
        ("", "bad-sentence"),
        ("USA ends us-duty from 2026-09-15 from 2026-09-16 published 2026-09-01", "bad-sentence"),
        ("CHN puts 25 % on soybeans of USA from 2026-09-15 published 2026-09-01", "unknown-list"),
        ("USA puts 10 on all goods of CHN from 2026-09-15 published 2026-09-01", "rate-without-unit"),
        ("USA puts 10 % on all goods of CNH from 2026-09-15 published 2026-09-01", "unknown-country"),
        ("USA ends us-ieepa-fentanil-cn from 2026-09-15 published 2026-09-01", "unknown-measure"),
    ] {
        let faults = record.compose(sentence).unwrap_err();
        assert!(faults.iter().any(|fault| fault.code() == code), "{sentence}\n{faults}");
    }
}

/// Goods are spared from a measure by their codes, and the kind of act is the one its government mostly uses.
#[test]
fn goods_are_spared_and_acts_are_of_the_usual_kind() {
    let record = disk::record();
    let composed = record
        .compose("CHN spares 1005, 1201 of cn-ret-reciprocal from 2026-09-01 published 2026-08-25")
        .unwrap_or_else(|faults| panic!("{faults}"))
        .value;
    assert!(composed.text.contains("spare_goods = [\"1005\", \"1201\"]"), "{}", composed.text);
    assert!(composed.text.contains("kind = \"announcement\""), "{}", composed.text);
    let straits = disk::areas();
    let first = straits.compose("DEU puts 5 % on all goods of FRA from 2026-09-01 published 2026-08-25");
    assert!(first.is_err(), "a government without a clock issues no acts");
}
