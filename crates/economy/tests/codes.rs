//! Every code a message of this room can carry has its page.
#![allow(missing_docs)]

use std::path::Path;

#[test]
fn every_code_has_a_page_under_docs_errors() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let pages = root.join("../../docs/errors");
    let (mut codes, mut folders) = (Vec::new(), vec![root.join("src")]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            // A code is a quoted word of lower-case letters with hyphens, where a message is made or a
            // refusal named.
            for (before, word) in text.split('"').zip(text.split('"').skip(1)) {
                let made = ["Diagnostic::error(", "Diagnostic::warning(", "Some((", "word! {"];
                let near = before.trim_end().trim_end_matches('\n');
                let is_code = word.contains('-') && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
                if is_code && made.iter().any(|made| near.ends_with(made)) {
                    codes.push(word.to_owned());
                }
            }
        }
    }
    codes.sort();
    codes.dedup();
    assert!(codes.len() > 20, "the search for codes finds them: {codes:?}");
    let without: Vec<_> = codes.iter().filter(|code| !pages.join(format!("{code}.md")).is_file()).collect();
    assert!(without.is_empty(), "no page in docs/errors for {without:?}");
}
