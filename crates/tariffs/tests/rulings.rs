//! Rulings: `tests/rulings/tariffs/*.md`, entries of goods with the reasoned duty on each.
//!
//! Under a heading stand texts (` ```ledger ` laid on the record, ` ```ledger alone ` on nothing but governments
//! and areas) and pairs of ` ```entry ` and ` ```duty `. An entry reads
//!
//! ```text
//! USA CHN 9503.00.00 on 2025-04-10 known 2025-04-10 view lawful loaded=2025-04-08
//! ```
//!
//! A duty states the total with its base, then every duty charged. Lines that begin with `not` (a duty that was
//! considered and dropped, with what decided it), `if` (a fact that would change the total) and `note` are
//! checked where they are written; others may exist. Run with `RULINGS=show` to see whole answers.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "in a test a panic is the message"
)]

mod disk;
#[path = "../../../tests/support/fences.rs"]
mod fences;

use std::collections::HashMap;

use diagnostic::Source;
use fences::blocks;
use ledger::{Ledger, View};
use tariffs::{Book, Border, Facts, Schedules, Why};
use terms::{Country, Instant};

/// What is known of entries, kept from one to the next while the ledger stays the same.
struct Bench<'l> {
    ledger: &'l Ledger,
    schedules: &'l Schedules,
    border: Border<'l>,
}

/// The answer to one entry: the duty, or the code of the fault.
fn ruled<'b>(bench: &'b Bench<'b>, books: &mut Books<'b>, entry: &str) -> Result<Why, String> {
    let ledger = bench.ledger;
    let words: Vec<&str> = entry.split_whitespace().collect();
    let [importer, origin, line, rest @ ..] = &words[..] else { panic!("not an entry: {entry}") };
    let clock = ledger.clock(importer);
    let (mut on, mut known, mut view, mut facts) = (None, Instant::MAX, View::Collected, Vec::new());
    let mut rest = rest.iter();
    while let Some(word) = rest.next() {
        match *word {
            "on" => on = rest.next().map(|day| clock.read(day).unwrap()),
            // The whole of that day is known.
            "known" => {
                let day = clock.day_of(clock.read(rest.next().unwrap()).unwrap());
                known = clock.zone.start_of(day.tomorrow().unwrap()).unwrap();
                known = known.checked_sub(jiff::SignedDuration::from_nanos(1)).unwrap();
            }
            "view" => {
                let name = rest.next().unwrap();
                view = View::ALL.into_iter().find(|(word, _)| word == name).unwrap().1;
            }
            fact => facts.push(fact),
        }
    }
    let faulty = |faults: diagnostic::Faults| {
        let codes: Vec<String> =
            faults.iter().map(|fault| format!("{}: {}", fault.code(), fault.message())).collect();
        codes.join("; ")
    };
    let facts = Facts::read(facts, ledger, bench.schedules, importer).map_err(faulty)?;
    let book = books.entry((known, view)).or_insert_with(|| bench.border.as_known(known, view));
    let line = line.parse().unwrap();
    book.why(&Country::new(importer), &Country::new(origin), line, on.unwrap(), &facts).map_err(faulty)
}

type Books<'b> = HashMap<(Instant, View), Book<'b>>;

/// A ruling as a page writes it.
fn written(answer: &Result<Why, String>) -> Vec<String> {
    let why = match answer {
        Ok(why) => why,
        Err(fault) => return vec![format!("refused: {fault}")],
    };
    let base = why.base_text.as_deref().unwrap_or("not in the record");
    let column = why.base_column.as_ref().map_or(String::new(), |column| format!(" ({column})"));
    let mut lines = vec![format!("{}, base {base}{column}", why.total_text)];
    lines.extend(why.components.iter().map(|part| {
        let share = if part.share_pct.to_string() == "100" {
            String::new()
        } else {
            format!(" on {} % of value", part.share_pct)
        };
        let heading = part.heading.as_ref().map_or(String::new(), |heading| format!("{heading}, "));
        format!("  + {} {} ({heading}{}): {}{share}", part.points, part.measure, part.act, part.rate)
    }));
    lines.extend(why.dropped.iter().map(|part| format!("not {}: {}", part.measure, part.rule)));
    lines.extend(why.open_facts.iter().map(|open| format!("if {}", open.text)));
    lines.extend(why.notes.iter().map(|note| format!("note {note}")));
    lines
}

/// Whether the ruling on the page is what the record gives: totals and charges to the letter, the rest where
/// it is written.
fn holds(page: &str, answer: &[String]) -> bool {
    let lines: Vec<&str> = page.lines().map(str::trim_end).filter(|line| !line.is_empty()).collect();
    let answer: Vec<&str> = answer.iter().map(String::as_str).collect();
    let firm = |lines: &[&str]| -> Vec<String> {
        lines.iter().filter(|line| !optional(line)).map(ToString::to_string).collect()
    };
    let written = lines.iter().filter(|line| optional(line));
    firm(&lines) == firm(&answer) && written.clone().all(|line| answer.contains(line))
}

fn optional(line: &str) -> bool {
    ["not ", "if ", "note "].iter().any(|start| line.starts_with(start))
}

/// What stands under one heading: texts laid on the record, then entries with their duties.
#[derive(Default)]
struct Section {
    ledgers: Vec<(bool, String)>,
    entries: Vec<(usize, String, String)>,
}

fn sections(page: &str) -> Vec<Section> {
    let mut sections = vec![Section::default()];
    let mut asked: Option<String> = None;
    for block in blocks(page) {
        let Some(section) = sections.last_mut() else { continue };
        match block.info.as_str() {
            "heading" => sections.push(Section::default()),
            "ledger" | "ledger alone" => section.ledgers.push((block.info == "ledger alone", block.text)),
            "entry" => asked = Some(block.text),
            "duty" => {
                let entry = asked.take().unwrap_or_else(|| panic!("line {}: no entry", block.line));
                section.entries.push((block.line, entry, block.text));
            }
            _ => {}
        }
    }
    assert!(asked.is_none(), "an entry without a duty");
    sections
}

#[test]
fn every_ruling_holds() {
    let (record, bare) = (disk::record(), disk::areas());
    let schedules = disk::schedules();
    let show = std::env::var("RULINGS").is_ok_and(|wish| wish == "show");
    let folder = disk::root().join("tests/rulings/tariffs");
    let mut files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let (mut entries, mut wrong) = (0, Vec::new());
    for file in files.iter().filter(|file| file.extension().is_some_and(|kind| kind == "md")) {
        let name = file.file_name().unwrap().to_string_lossy().to_string();
        for section in sections(&std::fs::read_to_string(file).unwrap()) {
            let mut ledger = record.clone();
            for (bare_only, text) in &section.ledgers {
                let below = if *bare_only { &bare } else { &ledger };
                let laid_on = below.with(&[Source::new(&name, text)]);
                ledger = laid_on.unwrap_or_else(|faults| panic!("{name}\n{faults}")).value;
            }
            let bench =
                Bench { border: Border::new(&ledger, &schedules), schedules: &schedules, ledger: &ledger };
            let mut books = Books::new();
            for (line, entry, duty) in &section.entries {
                entries += 1;
                let answer = written(&ruled(&bench, &mut books, entry.trim()));
                let answer_text = answer.join("\n");
                if show {
                    println!("{name}:{line}\n{entry}{answer_text}\n");
                }
                if !holds(duty, &answer) {
                    wrong.push(format!(
                        "{name}:{line}\n{entry}expected:\n{duty}\nthe record gives:\n{answer_text}\n"
                    ));
                }
            }
        }
    }
    assert!(entries > 0, "no ruling was found in {}", folder.display());
    assert!(wrong.is_empty(), "{} of {entries} rulings do not hold\n\n{}", wrong.len(), wrong.join("\n"));
}
