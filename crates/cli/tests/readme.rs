//! The README is a transcript: what it shows is what a stranger sees.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the message")]

mod door;

use std::path::Path;

use door::detente;

/// Under "The first prints": the page line by line, up to the dots where the README stops.
#[test]
fn the_first_page_of_the_readme_is_what_the_main_job_prints() {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../README.md");
    let readme = std::fs::read_to_string(readme).unwrap();
    let (_, after) = readme.split_once("The first prints:\n\n```text\n").unwrap();
    let (shown, _) = after.split_once("\n…\n```\n").unwrap();
    assert!(shown.lines().count() > 40, "the page stops early:\n{shown}");
    let run = detente("brief");
    assert_eq!(run.code, 0, "{}", run.err);
    for (line, (shown, printed)) in shown.lines().zip(run.out.lines()).enumerate() {
        assert_eq!(shown, printed, "line {} of the page", line + 1);
    }
    assert!(run.out.starts_with(shown), "the page is shorter than the README's");
}
