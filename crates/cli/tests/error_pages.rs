//! Every code of a message has a page under `docs/errors/`, and every page has a code.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the message")]

use std::collections::BTreeSet;
use std::path::Path;

fn sources(folder: &Path, into: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            into.push(std::fs::read_to_string(&path).unwrap());
        }
    }
}

/// The first literal after `Diagnostic::error(` or `::warning(`, where it is a code.
fn codes(text: &str) -> impl Iterator<Item = String> + '_ {
    let calls = ["Diagnostic::error(", "Diagnostic::warning("];
    calls.into_iter().flat_map(move |call| text.split(call).skip(1)).filter_map(|rest| {
        let rest = rest.trim_start().strip_prefix('"')?;
        let code = rest.split('"').next()?;
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        (!code.is_empty() && code.chars().all(plain)).then(|| code.to_string())
    })
}

#[test]
fn every_code_has_a_page() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut texts = Vec::new();
    for room in std::fs::read_dir(root.join("crates")).unwrap() {
        let room = room.unwrap().path();
        // The message crate only shows examples.
        if !room.ends_with("diagnostic") {
            sources(&room.join("src"), &mut texts);
        }
    }
    let used: BTreeSet<String> = texts.iter().flat_map(|text| codes(text)).collect();
    assert!(used.len() > 50, "the search itself has broken: {used:?}");
    let missing: Vec<&String> =
        used.iter().filter(|code| !root.join(format!("docs/errors/{code}.md")).is_file()).collect();
    assert!(missing.is_empty(), "codes without a page: {missing:?}");
}
