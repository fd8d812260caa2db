//! Rulings: `tests/rulings/record/*.md`, one question of law or record per file, with its reasoned answer.
//!
//! Under each heading stand texts (` ```ledger ` laid on the record, ` ```ledger alone ` on nothing but governments and areas)
//! and pairs of ` ```question ` and ` ```answer `. Answers must match to the letter; run with `RULINGS=show` to see
//! what the ledger says.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "in a test a panic is the message"
)]

#[path = "rulings_of/ask.rs"]
mod ask;
mod disk;
#[path = "../../../tests/support/fences.rs"]
mod fences;

use diagnostic::Source;
use fences::{Block, blocks};
use ledger::Ledger;

fn laid_on(ledger: &Ledger, name: &str, block: &Block) -> Result<Ledger, String> {
    // A block may hold several acts, each begun by `[act]`.
    let starts: Vec<usize> = block.text.match_indices("[act]").map(|(at, _)| at).collect();
    let mut texts = Vec::new();
    match starts.first() {
        None => texts.push(block.text.clone()),
        Some(first) => {
            texts.push(block.text[..*first].to_string());
            for (at, start) in starts.iter().enumerate() {
                texts
                    .push(block.text[*start..starts.get(at + 1).copied().unwrap_or(block.text.len())].into());
            }
        }
    }
    let texts: Vec<Source> = texts.iter().map(|text| Source::new(name, text)).collect();
    ledger.with(&texts).map(|read| read.value).map_err(|faults| faults.to_string())
}

#[test]
fn every_ruling_holds() {
    let record = disk::record();
    let bare = disk::areas();
    let show = std::env::var("RULINGS").is_ok_and(|wish| wish == "show");
    let mut questions = 0;
    let mut wrong = Vec::new();
    let folder = disk::root().join("tests/rulings/record");
    let mut files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    for file in files.iter().filter(|file| file.extension().is_some_and(|e| e == "md")) {
        let name = file.file_name().unwrap().to_string_lossy().to_string();
        let page = std::fs::read_to_string(file).unwrap();
        let mut ledger = record.clone();
        let mut asked: Option<String> = None;
        for block in blocks(&page) {
            match block.info.as_str() {
                "heading" => ledger = record.clone(),
                "ledger" | "ledger alone" => {
                    let below = if block.info == "ledger" { &ledger } else { &bare };
                    ledger = laid_on(below, &name, &block)
                        .unwrap_or_else(|faults| panic!("{name}:{}\n{faults}", block.line));
                }
                "question" => asked = Some(block.text),
                "answer" => {
                    let question =
                        asked.take().unwrap_or_else(|| panic!("{name}:{}: no question", block.line));
                    questions += 1;
                    let answer = ask::answer(&ledger, question.trim());
                    if show {
                        println!("{name}:{}\n{question}{answer}\n", block.line);
                    }
                    if answer.trim() != block.text.trim() {
                        wrong.push(format!(
                            "{name}:{}\n{question}expected:\n{}\nthe ledger says:\n{answer}\n",
                            block.line, block.text
                        ));
                    }
                }
                _ => {}
            }
        }
        assert!(asked.is_none(), "{name}: a question without an answer");
    }
    assert!(questions > 0, "no ruling was found in {}", folder.display());
    assert!(wrong.is_empty(), "{} of {questions} rulings do not hold\n\n{}", wrong.len(), wrong.join("\n"));
}
