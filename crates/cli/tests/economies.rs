//! Transcripts of `economy`: command, exit code, and what is said on both streams.

#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test a panic is the message")]

use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

struct Run {
    code: i32,
    out: String,
    err: String,
}

fn detente(words: &[&str]) -> Run {
    let output = Command::cargo_bin("detente").unwrap().args(words).output().unwrap();
    Run {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn json(words: &[&str]) -> Value {
    let run = detente(&[words, &["--format", "json"]].concat());
    assert_eq!(run.code, 0, "{words:?}\n{}", run.err);
    serde_json::from_str(&run.out).unwrap()
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn the_product_lists_and_shows_its_economy() {
    let run = detente(&["economy", "list"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("default") && run.out.contains("yes"), "{}", run.out);
    let shown = json(&["economy", "show"]);
    assert_eq!((shown["countries"].as_u64(), shown["sectors"].as_u64()), (Some(32), Some(28)));
    assert_eq!(shown["by_country"][0]["country"], "USA");
    // What all sell abroad is what all buy abroad.
    let sum = |column: &str| -> f64 {
        shown["by_country"].as_array().unwrap().iter().map(|row| row[column].as_f64().unwrap()).sum()
    };
    assert!((sum("exports") / sum("imports") - 1.0).abs() < 1e-12);
}

#[test]
fn an_aggregate_balances_and_keeps_its_totals() {
    let folder = tempfile::tempdir().unwrap();
    let mapping = folder.path().join("three.toml");
    std::fs::write(
        &mapping,
        "name = \"three\"\n[countries]\nUSA = [\"USA\"]\nCHN = [\"CHN\"]\nROW = [\"*\"]\n",
    )
    .unwrap();
    let to = folder.path().join("three");
    let words = ["economy", "aggregate", "default", text(&mapping), "--to", text(&to)];
    let run = detente(&words);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("3 countries, 28 sectors, with input links"), "{}", run.out);
    let check = detente(&["economy", "check", text(&to)]);
    assert_eq!((check.code, check.out.contains("every identity holds")), (0, true), "{}", check.out);
    let output = |of: &Value, country: &str| {
        let rows = of["by_country"].as_array().unwrap();
        rows.iter().find(|row| row["country"] == country).unwrap()["output"].as_f64().unwrap()
    };
    let (fine, coarse) = (json(&["economy", "show"]), json(&["economy", "show", text(&to)]));
    assert!((output(&coarse, "USA") / output(&fine, "USA") - 1.0).abs() < 1e-12);
    // Nothing is overwritten.
    let again = detente(&words);
    assert_eq!(again.code, 1);
    assert!(again.err.contains("error[folder-taken]"), "{}", again.err);
}

#[test]
fn a_difference_names_its_cells() {
    let same = detente(&["economy", "diff", "default", "default"]);
    assert_eq!((same.code, same.out.trim()), (0, "no difference"), "{}", same.err);
    let folder = tempfile::tempdir().unwrap();
    let (a, b) = (folder.path().join("a.csv"), folder.path().join("b.csv"));
    let head = "importer,exporter,sector,value\nARC,ARC,GDS,10\nBRU,BRU,GDS,20\nARC,BRU,GDS,3\n";
    std::fs::write(&a, format!("{head}BRU,ARC,GDS,4\n")).unwrap();
    std::fs::write(&b, format!("{head}BRU,ARC,GDS,5\n")).unwrap();
    let made = ["a", "b"].map(|name| folder.path().join(name));
    for (source, to) in [a, b].iter().zip(&made) {
        let words = ["economy", "import", "flow-table", text(source), "--year", "2031", "--to", text(to)];
        let run = detente(&words);
        assert_eq!(run.code, 0, "{}", run.err);
    }
    let found = json(&["economy", "diff", text(&made[0]), text(&made[1])]);
    let trade = &found["tables"][0];
    assert_eq!(
        (&trade["table"], &trade["cells"], &trade["moved"]),
        (&"trade".into(), &1.into(), &1.0.into())
    );
    assert_eq!(trade["largest"][0]["cell"], serde_json::json!(["BRU", "ARC", "GDS"]));
}

#[test]
fn misuse_is_told_from_faults() {
    let formats = detente(&["economy", "import"]);
    assert_eq!(formats.code, 0);
    assert!(formats.out.contains("oecd-icio") && formats.out.contains("flow-table"), "{}", formats.out);
    let unknown = detente(&["economy", "import", "flowtable", "x.csv", "--to", "nowhere"]);
    assert_eq!(unknown.code, 1);
    assert!(unknown.err.contains("error[unknown-format]"), "{}", unknown.err);
    assert!(unknown.err.contains("did you mean `flow-table`?"), "{}", unknown.err);
    assert_eq!(detente(&["economy", "show", "nowhere"]).code, 1);
    assert_eq!(detente(&["economy", "aggregate", "default"]).code, 2);
    assert_eq!(detente(&["economy", "check", "--repair", "ras"]).code, 2);
}
