//! Every fault has a page in `docs/errors`, and the example on the page is what the ledger says.
//!
//! A page holds a text (` ```ledger name.toml `) and, after it, the message it gets (` ```text `). Texts are read on
//! top of governments and areas alone.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "in a test a panic is the message"
)]

mod disk;

use std::collections::BTreeSet;
use std::path::PathBuf;

use diagnostic::{Faults, Source};

fn pages() -> Vec<(String, String)> {
    let folder = disk::root().join("docs/errors");
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let name = |file: &PathBuf| file.file_stem().unwrap().to_string_lossy().to_string();
    files.iter().map(|file| (name(file), std::fs::read_to_string(file).unwrap())).collect()
}

/// The texts of a page and what is said of them.
fn examples(page: &str) -> Vec<(Source, String)> {
    let mut examples = Vec::new();
    let mut parts = page.split("```ledger ").skip(1);
    for part in &mut parts {
        let (name, rest) = part.split_once('\n').unwrap();
        let (text, rest) = rest.split_once("```").unwrap();
        let said = rest.split_once("```text\n").unwrap().1.split_once("```").unwrap().0;
        examples.push((Source::new(name.trim(), text), said.to_string()));
    }
    examples
}

fn said_of(source: Source) -> Faults {
    match disk::areas().with(&[source]) {
        Ok(read) => read.warnings,
        Err(faults) => faults,
    }
}

#[test]
fn every_page_shows_what_the_ledger_says() {
    let mut shown = 0;
    for (code, page) in pages() {
        for (source, expected) in examples(&page) {
            shown += 1;
            let faults = said_of(source);
            let said = faults.to_string();
            if std::env::var("FAULTS").is_ok_and(|wish| wish == "show") {
                println!("=== {code}\n{said}\n=== end");
            } else {
                assert_eq!(said.trim(), expected.trim(), "docs/errors/{code}.md");
            }
            assert!(faults.iter().any(|fault| fault.code() == code), "{code}: the page shows other faults");
        }
    }
    assert!(shown > 30, "only {shown} pages show a text of a ledger");
}

/// The codes that stand in the source of the reader.
fn codes() -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    for file in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src/read")).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let kebab = |word: &&str| {
            word.contains('-') && word.chars().all(|c| c.is_ascii_lowercase() || c == '-') && word.len() > 5
        };
        for (before, word) in text.split('"').zip(text.split('"').skip(1)) {
            let announced = before.trim_end();
            let announced = announced.ends_with("Diagnostic::error(")
                || announced.ends_with("Diagnostic::warning(")
                || (announced.ends_with("=>") && word.starts_with("unknown-"))
                || (announced.ends_with(',')
                    && ["bad-line", "bad-number", "impossible-date"].contains(&word));
            codes.extend(Some(word).filter(kebab).filter(|_| announced).map(String::from));
        }
    }
    codes
}

#[test]
fn every_code_has_a_page() {
    let pages: BTreeSet<String> = pages().into_iter().map(|(code, _)| code).collect();
    let codes = codes();
    assert!(codes.len() > 30, "{codes:?}");
    let bare: Vec<&String> = codes.difference(&pages).collect();
    assert!(bare.is_empty(), "no page in docs/errors for {bare:?}");
}

#[test]
fn all_faults_of_a_text_are_reported_together() {
    let text = "[act]\nid = \"a\"\nissuer = \"USA\"\nkind = \"oder\"\ntitle = \"t\"\npublished = \"2025-02-30\"\n\
                citation = \"c\"\n[[measure]]\nid = \"m\"\norigin = [\"CNH\"]\ngoods = \"all\"\nrate = \"20\"\n\
                from = \"2025-03-01\"\nuntil = \"2025-02-01\"\ncolour = \"red\"\n[[event]]\nsuspend = \"n\"\n\
                from = \"2025-03-01\"\nuntil = \"2025-04-01\"\n";
    let faults = said_of(Source::new("usa/a.toml", text));
    let codes: Vec<&str> = faults.iter().map(diagnostic::Diagnostic::code).collect();
    for code in [
        "unknown-word",
        "impossible-date",
        "unknown-country",
        "rate-without-unit",
        "reversed-interval",
        "unknown-key",
        "unknown-measure",
        "window-without-on-lapse",
    ] {
        assert!(codes.contains(&code), "{code} is missing among {codes:?}");
    }
}

/// No text, however broken, ends in a panic: each is cut off, and then holed, at many places.
#[test]
fn broken_texts_are_faults_and_never_panics() {
    let areas = disk::areas();
    for (file, step) in [
        ("usa/2025-05-12-eo-14298.toml", 3),
        ("usa/2025-02-01-eo-14195.toml", 5),
        ("agreements/kuala-lumpur-2025.toml", 31),
        ("talks/2025-06-09-london.toml", 7),
        ("claims/2025-06-02.toml", 3),
        ("controls/chn-2025-04-04-no-18.toml", 5),
        ("rules/usa.toml", 41),
        ("governments.toml", 3),
    ] {
        let whole = std::fs::read_to_string(disk::root().join("ledger").join(file)).unwrap();
        for cut in (0..whole.len()).step_by(step).filter(|cut| whole.is_char_boundary(*cut)) {
            let _ = areas.with(&[Source::new("cut.toml", &whole[..cut])]);
            let mut holed = whole.clone();
            holed.remove(cut);
            let _ = areas.with(&[Source::new("holed.toml", &holed)]);
        }
    }
}

/// Days at the edge of the calendar, and moments of any kind where others belong, are faults and never panics.
#[test]
fn strange_moments_are_faults_and_never_panics() {
    let whole = std::fs::read_to_string(disk::root().join("ledger/usa/2025-05-12-eo-14298.toml")).unwrap();
    let areas = disk::areas();
    for moment in ["9999-12-31", "-9999-01-01", "0000-00-00", "2025-05-14T25:00", "start", "", "12:01", "1e9"]
    {
        for line in whole.lines().filter(|line| line.contains("= \"2025-")) {
            let key = line.split('=').next().unwrap();
            for text in [format!("{key}= \"{moment}\""), format!("{key}= {moment}")] {
                let changed = whole.replace(line, &text);
                let _ = areas.with(&[Source::new("strange.toml", &changed)]);
                let through = changed.replace("until =", "through =");
                let _ = areas.with(&[Source::new("strange.toml", &through)]);
            }
        }
    }
}
