//! The table of hard cases in `tests/rulings/README.md` is whole: every case from 1 to 51, and every page, heading and
//! test it names exists.

#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test a panic is the message")]

mod disk;

/// `[name](page): heading; heading` → the page and its headings.
fn places(cell: &str) -> Vec<(String, Vec<String>)> {
    let named = cell.split(" · ").filter(|place| place.starts_with('['));
    named
        .map(|place| {
            let (_, rest) = place.split_once("](").unwrap();
            let (page, headings) = rest.split_once("): ").unwrap_or_else(|| panic!("no heading: {place}"));
            (page.to_string(), headings.split("; ").map(str::to_string).collect())
        })
        .collect()
}

/// Headings may hold a `;` of their own: the parts of a cell are joined until they are one.
fn headings_exist(page: &str, text: &str, named: &[String]) {
    let known: Vec<&str> =
        text.lines().filter_map(|line| line.trim_start_matches('#').strip_prefix(' ')).collect();
    let mut at = 0;
    while at < named.len() {
        let found = (at + 1..=named.len()).find(|end| known.contains(&named[at..*end].join("; ").as_str()));
        at = found.unwrap_or_else(|| panic!("{page} has no heading `{}`", named[at]));
    }
}

#[test]
fn every_hard_case_has_its_rulings() {
    let folder = disk::root().join("tests/rulings");
    let table = std::fs::read_to_string(folder.join("README.md")).unwrap();
    let rows = table.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| case"));
    let mut cases = Vec::new();
    for row in rows {
        let cells: Vec<&str> = row.trim_matches('|').splitn(3, " | ").map(str::trim).collect();
        let [case, _, held] = cells[..] else { panic!("three cells: {row}") };
        cases.push(case.parse::<u32>().unwrap());
        let places = places(held);
        assert!(!places.is_empty(), "case {case} is held by nothing");
        for (page, headings) in places {
            let text =
                std::fs::read_to_string(folder.join(&page)).unwrap_or_else(|_| panic!("no page {page}"));
            headings_exist(&page, &text, &headings);
        }
        for test in held.split("test `").skip(1).map(|rest| rest.split('`').next().unwrap()) {
            assert!(tests().contains(&format!("fn {test}(")), "case {case}: no test {test}");
        }
    }
    assert_eq!(cases, (1..=51).collect::<Vec<u32>>());
}

/// The text of every test of the two rooms of the record.
fn tests() -> String {
    let mut all = String::new();
    for room in ["ledger", "tariffs"] {
        let folder = disk::root().join("crates").join(room).join("tests");
        for file in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if file.extension().is_some_and(|kind| kind == "rs") {
                all.push_str(&std::fs::read_to_string(file).unwrap());
            }
        }
    }
    all
}
