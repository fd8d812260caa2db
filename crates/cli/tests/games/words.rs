//! Words that the games share: borders, bounds, blocs, what is refused, and what a citation names.

use serde_json::Value;

use crate::door::{detente, json, number};
use crate::{THREE, row};

#[test]
fn export_taxes_have_columns_and_rows_of_their_own() {
    let found = json("best USA --border exports --instrument sector --detail tariffs");
    assert!(number(&row(&found, "USA")["export_tax_mean_pct"]) > 1.0);
    assert!(number(&found["gain_pct"]) > 0.0);
    assert_eq!(found["tariffs"].as_array().unwrap().len(), 0, "no duty is set");
    let taxes = found["export_taxes"].as_array().unwrap();
    assert_eq!(taxes.len(), 31 * 21, "partners and goods");
    assert!(taxes.iter().all(|row| row["exporter"] == "USA"));
    let rows =
        detente(&format!("best ARC --economy {THREE} --border both --detail tariffs --format csv")).out;
    assert!(rows.starts_with("importer,exporter,sector,rate,border\n"), "{rows}");
    assert!(rows.contains(",imports\n") && rows.contains(",exports\n"), "{rows}");
    let players = detente(&format!("war --economy {THREE} --border exports --format csv")).out;
    assert!(players.lines().next().unwrap().contains("export_tax_trade_weighted_pct"), "{players}");
    let page = detente(&format!("war --economy {THREE} --border both"));
    // The first line is the title of the economy, as long as it is.
    assert!(page.out.lines().skip(1).all(|line| line.chars().count() <= 80), "{}", page.out);
    assert!(page.out.contains("(Lerner 1936)"), "{}", page.out);
}

#[test]
fn rates_keep_their_floor_and_cap_and_what_is_exempt() {
    let words = format!("best ARC --economy {THREE} --instrument partner --all-sectors --detail tariffs");
    let capped = json(&format!("{words} --floor 3 --cap 5"));
    let rates = |found: &Value| -> Vec<(String, f64)> {
        let rows = found["tariffs"].as_array().unwrap().iter();
        rows.map(|row| (row["exporter"].as_str().unwrap().to_string(), number(&row["rate"]))).collect()
    };
    assert!(rates(&capped).iter().all(|(_, rate)| (0.03 - 1e-12..=0.05 + 1e-12).contains(rate)));
    let spared = json(&format!("{words} --exempt BRU>ARC"));
    assert!(rates(&spared).iter().all(|(exporter, _)| exporter == "CAL"), "{:?}", rates(&spared));
    // At a table too, where outsiders are spared besides.
    let table = json(&format!(
        "bargain ARC BRU --economy {THREE} --instrument sector --all-sectors --detail tariffs --exempt MAC"
    ));
    let sectors = table["tariffs"].as_array().unwrap();
    assert!(!sectors.is_empty() && sectors.iter().all(|row| row["sector"] != "MAC"), "{sectors:?}");
    let none = detente(&format!("best ARC --economy {THREE} --floor 50 --cap 10"));
    assert_eq!(none.code, 1);
    assert!(
        none.err.contains("error[impossible-game]: rates from 50 % to 10 % are no choice"),
        "{}",
        none.err
    );
    let unknown = detente(&format!("best ARC --economy {THREE} --exempt BRV>ARC:XX --exempt YY"));
    assert_eq!(unknown.code, 1);
    for fault in ["`BRV` is not a country", "`XX` is not a sector", "`YY` is not a sector"] {
        assert!(unknown.err.contains(fault), "{fault}: {}", unknown.err);
    }
    let formula = detente("war --rule formula --all-sectors --deficits removed --cap 20 --border exports");
    assert_eq!(formula.code, 2);
    assert!(formula.err.contains("`--border imports`, rates without a floor, a cap"), "{}", formula.err);
}

#[test]
fn misuse_is_told_from_faults() {
    let formula = detente("war --rule formula");
    assert_eq!(formula.code, 2);
    assert!(formula.err.contains("needs `--all-sectors`, `--deficits removed`"), "{}", formula.err);
    let unknown = detente("best USX");
    assert_eq!(unknown.code, 1);
    assert!(unknown.err.contains("error[unknown-country]: `USX`"), "{}", unknown.err);
    assert!(unknown.err.contains("did you mean `USA`?"), "{}", unknown.err);
    let twice = detente("war --players USA,USA");
    assert_eq!(twice.code, 1);
    assert!(twice.err.contains("error[two-players]: USA plays twice: it is named twice"), "{}", twice.err);
    let unknown = detente(&format!("best NOR --economy {THREE}"));
    assert!(unknown.err.contains("its countries: ARC, BRU, CAL"), "{}", unknown.err);
    assert!(detente("coalitions USA").err.contains("two to five candidates, not 1"));
    let alone = detente("bargain USA");
    assert_eq!(alone.code, 1);
    assert!(alone.err.contains("error[one-at-the-table]"), "{}", alone.err);
    let weights = detente("best USA --political");
    assert_eq!(weights.code, 1);
    assert!(weights.err.contains("error[no-weights]"), "{}", weights.err);
    assert_eq!(detente("war --instrument all").code, 2);
}

#[test]
fn words_that_would_change_nothing_are_refused() {
    for (words, code) in [
        ("war --players USA,CHN --bloc A=USA,CHN", "bad-bloc"),
        ("best USA --bloc X=USA,CHN", "bad-bloc"),
        ("best USA --bloc X=DEU,FRA", "bad-bloc"),
        ("bargain USA ZZZ", "unknown-country"),
    ] {
        let run = detente(words);
        assert_eq!(run.code, 1, "{words}");
        assert!(run.err.contains(&format!("error[{code}]")), "{words}: {}", run.err);
    }
    assert!(detente("bargain USA ZZZ").err.contains("its countries: USA, CAN"));
    for words in ["bargain USA CHN --known-on 2025-06-08", "coalitions USA CHN --detail tariffs"] {
        assert_eq!(detente(words).code, 2, "{words}");
    }
}

/// A search for deviations is another computation, so it has another id; threads change no digit, so they change no id.
#[test]
fn a_citation_names_what_was_computed() {
    let id = |words: String| json(&words)["manifest"]["id"].to_string();
    let plain = id(format!("war --economy {THREE} --threads 1"));
    assert_eq!(plain, id(format!("war --economy {THREE} --threads 2")));
    assert_ne!(plain, id(format!("war --economy {THREE} --thorough")));
}

/// What was asked stands in the manifest under the words of the flags, as numbers, words and lists that any reader can take.
#[test]
fn settings_are_said_as_the_command_line_writes_them() {
    let asked = |words: &str| json(&format!("{words} --economy {THREE}"))["manifest"]["settings"].clone();
    let war =
        asked("war --players ARC,BRU --instrument sector --cap 40 --exempt MAC --revenue-weight ARC=0.5");
    assert_eq!(war["command"], "war");
    assert_eq!(war["players"], serde_json::json!(["ARC", "BRU"]));
    assert_eq!((&war["instrument"], &war["links"]), (&"sector".into(), &"no".into()));
    assert_eq!(war["cap"], 40.0);
    assert_eq!(war["exempt"], serde_json::json!(["MAC"]));
    assert_eq!(war["revenue-weight"], serde_json::json!(["ARC=0.5"]));
    assert!(war.get("floor").is_none(), "what was not given is left out");
    let issue = "ore=ARC:+0.02,BRU:-0.01";
    let talks = asked(&format!("bargain ARC BRU --threat war --issue {issue}"));
    assert_eq!(talks["issue"], serde_json::json!([issue]));
    assert_eq!((&talks["threat"], &talks["solution"]), (&"war".into(), &"equal-gains".into()));
    let plain = |value: &Value| !value.is_object() && !value.is_null();
    let brief = json("brief")["manifest"]["settings"].clone();
    assert_eq!(brief["truce.punishment"], "peak");
    let measured = json("measure --draws 0")["manifest"]["settings"].clone();
    let retaliated = json("retaliate CHN USA --cap 20bn")["manifest"]["settings"].clone();
    for settings in [war, talks, brief, measured, retaliated] {
        let told = settings.as_object().unwrap();
        assert!(!told.is_empty() && told.values().all(plain), "{settings}");
        let words = |value: &Value| value.as_str().is_none_or(|word| !word.contains(['{', '(']));
        assert!(told.values().all(words), "no word is a program's own text: {settings}");
    }
}
