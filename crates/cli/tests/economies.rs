//! Transcripts of `economy`: command, exit code, and what is said on both streams.

#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test a panic is the message")]

mod door;
mod workbook;

use std::path::Path;

use door::{detente, json};
use serde_json::Value;

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

/// What was written for Stata and GEMPACK says what it is; what was written as a folder reads back as it was, and a
/// workbook holds the same cells.
#[test]
fn an_economy_leaves_in_every_form_and_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let to = |name: &str| folder.path().join(name);
    let export =
        |form: &str, path: &Path| detente(&["economy", "export", "default", form, "--to", text(path)]);
    for form in ["csv", "parquet"] {
        let path = to(form);
        let run = export(form, &path);
        if form == "parquet" && !cfg!(feature = "parquet") {
            assert!(run.err.contains("error[parquet-left-out]"), "{}", run.err);
            continue;
        }
        assert_eq!(run.code, 0, "{}", run.err);
        let back = detente(&["economy", "diff", "default", text(&path)]);
        assert_eq!((back.code, back.out.trim()), (0, "no difference"), "{form}: {}", back.err);
    }
    let har = to("world.har");
    assert_eq!(export("har", &har).code, 0);
    assert!(std::fs::metadata(&har).unwrap().len() > 100_000);
    let stata = to("stata");
    assert_eq!(export("dta", &stata).code, 0);
    let trade = std::fs::read(stata.join("trade.dta")).unwrap();
    assert!(trade.starts_with(b"<stata_dta><header><release>118</release>"));
    let xlsx = to("world.xlsx");
    let run = export("xlsx", &xlsx);
    if cfg!(feature = "xlsx") {
        let book = std::fs::read(&xlsx).unwrap_or_else(|fault| panic!("{fault}: {}", run.err));
        for table in ["countries", "sectors", "trade", "tariffs", "use", "final", "output", "elasticities"] {
            workbook::assert_holds(
                &book,
                table,
                &std::fs::read(to("csv").join(format!("{table}.csv"))).unwrap(),
            );
        }
    } else {
        assert!(run.code == 1 && run.err.contains("error[xlsx-left-out]"), "{}", run.err);
    }
    let again = export("har", &har);
    assert!(again.code == 1 && again.err.contains("error[folder-taken]"), "{}", again.err);
}

#[test]
fn rates_can_be_laid_on_an_economy() {
    let folder = tempfile::tempdir().unwrap();
    let rates = folder.path().join("rates.csv");
    std::fs::write(&rates, "importer,exporter,sector,rate\nUSA,CHN,MVH,1.0\n").unwrap();
    let to = folder.path().join("high");
    let run = detente(&["economy", "tariffs", "default", "--rates", text(&rates), "--to", text(&to)]);
    assert_eq!(run.code, 0, "{}", run.err);
    let found = json(&["economy", "diff", "default", text(&to)]);
    assert_eq!(found["tables"].as_array().unwrap().len(), 1);
    assert_eq!((&found["tables"][0]["table"], &found["tables"][0]["cells"]), (&"tariffs".into(), &1.into()));
    // The export of WITS, its products by a concordance; 60 % on paper stands as 0.6.
    let wits = folder.path().join("wits.csv");
    std::fs::write(
        &wits,
        "Reporter,Reporter Name,Product,Product Name,Partner,Partner Name,Tariff Year,DutyType,Weighted Average\n\
         840,United States,87,Vehicles,156,China,2023,AHS,60\n",
    )
    .unwrap();
    let sectors = folder.path().join("sectors.csv");
    std::fs::write(&sectors, "product,sector\n87,MVH\n").unwrap();
    let to = folder.path().join("wits");
    let words =
        ["economy", "tariffs", "default", "--wits", text(&wits), "--concordance", text(&sectors), "--to"];
    let run = detente(&[&words[..], &[text(&to)]].concat());
    assert_eq!(run.code, 0, "{}", run.err);
    let found = json(&["economy", "diff", "default", text(&to)]);
    assert_eq!(found["tables"][0]["largest"][0]["after"], 0.6);
    assert_eq!(detente(&["economy", "tariffs", "default", "--to", "x"]).code, 2);
}

/// Flows read as spending, and with some more at home: conventions of published models.
#[test]
fn a_table_of_flows_can_be_read_as_duty_paid() {
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("flows.csv");
    std::fs::write(
        &source,
        "importer,exporter,sector,value,rate\nARC,ARC,GDS,10,0\nBRU,BRU,GDS,20,0\nARC,BRU,GDS,11,0.1\nBRU,ARC,GDS,4,0\n",
    )
    .unwrap();
    let to = folder.path().join("read");
    let words = ["economy", "import", "flow-table", text(&source), "--year", "2031", "--duty-paid"];
    let run = detente(&[&words[..], &["--more-at-home", "1", "--to", text(&to)]].concat());
    assert_eq!(run.code, 0, "{}", run.err);
    let trade = std::fs::read_to_string(to.join("trade.csv")).unwrap();
    for row in ["ARC,ARC,GDS,11", "ARC,BRU,GDS,10\n", "BRU,BRU,GDS,21"] {
        assert!(trade.contains(row), "no `{row}` in\n{trade}");
    }
}

/// A decoder may panic over a damaged file; a person reads a fault with the file's name, and nothing of the panic.
#[cfg(feature = "parquet")]
#[test]
fn a_damaged_file_is_told_without_a_panic() {
    let folder = tempfile::tempdir().unwrap();
    let world = folder.path().join("world");
    assert_eq!(detente(&["economy", "export", "default", "parquet", "--to", text(&world)]).code, 0);
    let path = world.join("use.parquet");
    let whole = std::fs::read(&path).unwrap();
    let mut refused = 0;
    for part in 1..=24 {
        let mut damaged = whole.clone();
        // Headers of pages lie at the beginning, the schema at the end: both ends are damaged, each in turn.
        let at = if part % 2 == 0 { part * 3 } else { whole.len() - 40 - part * 11 };
        damaged[at] ^= 0x55;
        std::fs::write(&path, damaged).unwrap();
        let run = detente(&["economy", "check", text(&world)]);
        let said = format!("{}{}", run.out, run.err);
        assert!(!said.contains("panicked"), "byte {at}:\n{said}");
        assert!(run.code <= 1, "byte {at} ends with {}", run.code);
        refused += usize::from(said.contains("unreadable-parquet") && said.contains("use.parquet"));
    }
    assert!(refused >= 8, "{refused} of 24 damages are seen");
}
