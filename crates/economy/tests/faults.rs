//! What is said about a folder that is not an economy.
#![allow(missing_docs, clippy::panic)]

mod common;

use common::{META, north_and_south};
use diagnostic::Faults;
use economy::Economy;
use terms::MemoryArchive;

fn faults(archive: &MemoryArchive) -> Faults {
    match Economy::read(archive, "") {
        Ok(_) => panic!("this folder has a fault"),
        Err(faults) => faults,
    }
}

fn said(archive: &MemoryArchive) -> String {
    faults(archive).to_string()
}

#[track_caller]
fn says(archive: &MemoryArchive, parts: &[&str]) {
    let said = said(archive);
    for part in parts {
        assert!(said.contains(part), "`{part}` is not in:\n{said}");
    }
}

#[test]
fn an_unknown_code_is_met_with_the_nearest_at_its_line() {
    let rates = "importer,exporter,sector,rate\nNOR,SOU,GRA,0.1\nNOR,SUO,GRA,0.1\nSOU,NOR,TOOL,0.1\n";
    says(
        &north_and_south().with("tariffs.csv", rates),
        &[
            "error[unknown-country]",
            "tariffs.csv:3:5",
            "did you mean `SOU`?",
            "error[unknown-sector]",
            "tariffs.csv:4:9",
            "`TOO`",
        ],
    );
}

#[test]
fn all_faults_come_together() {
    let archive = north_and_south()
        .with("economy.toml", META.replace("million", "bushel").replace("currency", "curency"))
        .with("final.csv", "country,sector,value\nNOR,GRA,NaN\nNOR,TOO,-45\nSOU,GRA,inf\nSOU,TOO,4 5\n")
        .with(
            "tariffs.csv",
            "importer,exporter,sector,rate\nNOR,SOU,GRA,-1\nNOR,SOU,TOO,-0.5\nNOR,SOU,TOO,0\n",
        )
        .with("use.csv", "country,sector,value\n")
        .with("elasticities.csv", "sector,paper\nGRA,0\nTOO,-4\n");
    let faults = faults(&archive);
    let codes: Vec<&str> = faults.iter().map(diagnostic::Diagnostic::code).collect();
    for code in [
        "unknown-key",
        "missing-key",
        "unknown-unit",
        "missing-column",
        "not-a-number",
        "negative-flow",
        "impossible-rate",
        "duplicate-cell",
        "bad-elasticity",
    ] {
        assert!(codes.contains(&code), "{code} is not among {codes:?}\n{faults}");
    }
    assert_eq!(codes.iter().filter(|code| **code == "not-a-number").count(), 3);
}

#[test]
fn a_rate_above_minus_one_and_an_elasticity_below_one_are_legal() {
    let rates = "importer,exporter,sector,rate\nNOR,SOU,GRA,-0.999\n";
    let archive = north_and_south()
        .with("tariffs.csv", rates)
        .with("elasticities.csv", "sector,paper\nGRA,0.39\nTOO,64.85\n");
    assert_eq!(Economy::read(&archive, "").unwrap().theta(None).unwrap(), [0.39, 64.85]);
}

#[test]
fn an_unbalanced_cell_is_named_with_its_gap() {
    let text = "country,sector,value\nNOR,GRA,65\nNOR,TOO,45\nSOU,GRA,45\nSOU,TOO,47.5\n";
    says(
        &north_and_south().with("final.csv", text),
        &[
            "error[unbalanced-cell]",
            "SOU, TOO",
            "is 82.5",
            "exporters 80",
            "the gap is 2.5 million USD",
            "final.csv:5:9",
        ],
    );
}

#[test]
fn what_is_no_economy_says_what_one_needs() {
    says(&MemoryArchive::new(), &["error[missing-file]", "economy.toml", "trade.csv"]);
    says(&north_and_south().with("economy.toml", "name = "), &["error[bad-toml]", "economy.toml:1"]);
    says(
        &north_and_south().with("countries.csv", "code\nNOR\nSOU\nNOR\n"),
        &["error[duplicate-country]", "countries.csv:4:1"],
    );
    says(&north_and_south().with("sectors.csv", "code,good\n"), &["error[empty-list]"]);
    says(
        &north_and_south().with("trade.csv", "importer,exporter,sector,value\nNOR,SOU\n"),
        &["error[ragged-row]", "trade.csv:2"],
    );
    says(&north_and_south().with("trade.csv", ""), &["error[missing-column]"]);
    says(
        &north_and_south().with("trade.csv", b"importer,exporter,sector,value\nNOR,S\xFFU,GRA,1\n".to_vec()),
        &["error[not-utf8]"],
    );
    says(
        &north_and_south().with("sectors.csv", "code,good\nGRA,yes\nTOO,1\n"),
        &["error[bad-value]", "sectors.csv:2:5"],
    );
}

#[test]
fn a_fault_in_every_row_is_shown_twenty_times_and_counted() {
    let rows: String = (0..50).map(|row| format!("NOR,SOU,GRA,x{row}\n")).collect();
    let archive = north_and_south().with("trade.csv", format!("importer,exporter,sector,value\n{rows}"));
    says(&archive, &["`x19`", "30 more of the same in `trade.csv`"]);
    assert!(!said(&archive).contains("`x20`"));
}

#[test]
fn a_missing_elasticity_names_its_sectors_and_the_sets_that_would_do() {
    let economy = Economy::read(&north_and_south(), "").unwrap();
    let fault = economy.theta(Some("other")).unwrap_err();
    assert_eq!(fault.code(), "missing-elasticity");
    assert!(
        fault.to_string().contains("no elasticity for TOO") && fault.to_string().contains("paper"),
        "{fault}"
    );
    assert!(economy.theta(Some("papr")).unwrap_err().to_string().contains("did you mean `paper`?"));
}

#[test]
fn crlf_a_byte_order_mark_and_quotes_are_read() {
    let archive = north_and_south().with(
        "final.csv",
        "\u{feff}country,\"sector\",value\r\nNOR,GRA,65\r\nNOR,\"TOO\",45\r\nSOU,GRA,45\r\nSOU,TOO,\"45\"\r\n",
    );
    assert!(Economy::read(&archive, "").is_ok());
    says(
        &north_and_south().with("final.csv", "country,\"sector\",value\r\nNOR,GRA,65\r\nNOR,\"TOX\",45\r\n"),
        &["final.csv:3:5"],
    );
}
