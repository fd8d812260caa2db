//! Transcripts of `rates`: every rate by its name, layer by layer, and the bridge between any two.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the message")]

mod door;

use door::{Run, detente, json};
use serde_json::Value;

fn rate(card: &Value, definition: &str) -> f64 {
    let rates = card["rates"].as_array().unwrap();
    let found = rates.iter().find(|rate| rate["definition"] == definition).unwrap();
    found["value_pct"].as_f64().unwrap()
}

fn layer(card: &Value, programme: &str) -> f64 {
    let layers = card["law"]["layers"].as_array().unwrap();
    let found = layers.iter().find(|layer| layer["programme"] == programme).unwrap();
    found["by_imports"].as_f64().unwrap()
}

/// The law line by line over the imports of 2024, without the imports at hand: the embedded table says by sector what
/// `crates/tariffs/tests/effective.rs` finds by line, to the rounding of its cells.
#[test]
fn the_embedded_table_gives_the_line_level_averages() {
    for (day, statutory) in
        [("2025-01-20", 12.92), ("2025-04-10", 112.67), ("2025-05-03", 110.88), ("2025-05-14", 40.61)]
    {
        let card = &json(&format!("rates USA CHN --on {day} --known-on 2026-08-23"))["cards"][0];
        let found = rate(card, "statutory");
        assert!((found - statutory).abs() < 0.02, "{day}: {found}");
    }
}

#[test]
fn duties_on_listed_goods_are_costed() {
    let cards = json("rates USA CHN --on 2025-06-09");
    let us = &cards["cards"][0];
    let technology = layer(us, "301-technology");
    assert!((10.0..11.0).contains(&technology), "{technology}");
    assert!(layer(us, "232-steel") > layer(us, "232-car-parts"));
    // China's March list falls on a third of farm goods and half of food, not on machines.
    let march = layer(&cards["cards"][1], "answer-opioids-march");
    assert!((0.5..2.0).contains(&march), "{march}");
    // Before and after the March list: the model's tariff moves by it.
    let before = rate(&json("rates USA CHN --on 2025-03-10")["cards"][1], "trade-weighted");
    let after = rate(&json("rates USA CHN --on 2025-03-12")["cards"][1], "trade-weighted");
    assert!((after - before - march).abs() < 1e-6, "{before} {after}");
}

#[test]
fn a_bridge_leads_from_any_rate_to_any_other() {
    let names = [
        "headline-add-on",
        "statutory-add-on",
        "statutory",
        "simple-mean",
        "trade-weighted",
        "base",
        "collected",
    ];
    let card = json("rates USA CHN --on 2025-05-03");
    for (from, to) in names.iter().zip(names.iter().skip(1)) {
        let bridge =
            json(&format!("rates USA CHN --on 2025-05-03 --between {from},{to}"))["bridges"][0][0].clone();
        let steps = bridge["steps"].as_array().unwrap();
        let walked: f64 = steps.iter().map(|step| step["points"].as_f64().unwrap()).sum();
        let difference = rate(&card["cards"][0], to) - rate(&card["cards"][0], from);
        assert!((walked - difference).abs() < 1e-9, "{from} to {to}");
    }
    let words = "rates USA CHN --on 2025-05-03 --between headline-add-on,statutory";
    let Run { code, out, .. } = detente(words).flat();
    assert_eq!(code, 0);
    assert!(
        out.contains("From headline add-on 145.0 % to statutory 110.9 %: −0.1 goods outside the opioid duty; −48.6 goods outside the reciprocal duty"),
        "{out}"
    );
}

#[test]
fn an_unknown_rate_is_named_with_those_there_are() {
    let Run { code, err, .. } = detente("rates USA CHN --between statutory,trade-weigted");
    assert_eq!(code, 1, "{err}");
    assert!(err.contains("error[unknown-rate]") && err.contains("`trade-weighted`"), "{err}");
}

/// The law of a day is what it is, whatever economy it is laid on: the industries of the full table pay what the sectors
/// made of them pay, each line once and by the imports of 2024.
#[cfg(feature = "parquet")]
#[test]
fn a_brief_on_finer_industries_finds_the_same_law() {
    let Some(full) = door::shared("icio-2022") else { return };
    let (coarse, fine) = (json("brief"), json(&format!("brief --economy {full}")));
    let of = |found: &Value, at: usize, rate: &str| found["directions"][at][rate].as_f64().unwrap();
    for (at, rate) in [(0, "coverage_pct"), (0, "simple_mean_pct"), (1, "coverage_pct")] {
        let (coarse, fine) = (of(&coarse, at, rate), of(&fine, at, rate));
        assert!((fine - coarse).abs() < 1e-9, "{rate} of direction {at}: {coarse}, on industries {fine}");
    }
    for at in [0, 1] {
        let [coarse, fine] = [&coarse, &fine].map(|found| of(found, at, "trade_weighted_pct"));
        // Duties and trade of the two economies are rounded apart: 41.8529 and 41.8530, 18.0080 and 18.0081.
        assert!((fine - coarse).abs() < 5e-4, "direction {at}: {coarse} %, on industries {fine} %");
    }
}

/// Germany issues no acts here: the US side is answered line by line, the other is unread, never nought.
#[test]
fn a_side_without_acts_on_record_is_unread_and_never_nought() {
    for (words, read) in [("rates USA DEU --on 2026-08-23", 0), ("rates DEU USA --on 2026-08-23", 1)] {
        let found = json(words);
        let (us, german) = (&found["cards"][read], &found["cards"][1 - read]);
        assert_eq!((us["importer"].as_str(), german["importer"].as_str()), (Some("USA"), Some("DEU")));
        assert!(rate(us, "statutory") > rate(us, "headline-add-on"), "{us}");
        assert!(found["unread"][read].is_null());
        let why = found["unread"][1 - read].as_str().unwrap();
        assert_eq!(why, "no act of Germany, nor of a union it belongs to, is on record");
        let told: Vec<&str> = german["rates"]
            .as_array()
            .unwrap()
            .iter()
            .map(|rate| rate["definition"].as_str().unwrap())
            .collect();
        assert_eq!(told, ["base"]);
        assert!(rate(german, "base") > 0.0 && german.get("law").is_none(), "{german}");
        let Run { code, out, .. } = detente(words).flat();
        assert!(code == 0 && out.contains("What is charged on top is unread"), "{out}");
    }
    let status = json("status USA DEU");
    assert_eq!(status["directions"][0]["headline_pp"], 10.0);
    assert!(status["directions"][1]["headline_pp"].is_null(), "{status}");
    let Run { code, out, .. } = detente("status DEU USA").flat();
    assert!(
        code == 0 && out.contains("What Germany charges on US goods is unread: no act of Germany"),
        "{out}"
    );
    assert!(out.contains("US duties on Germany’s goods stand at"), "{out}");
    for (words, said) in [
        ("rates DEU FRA", "governments whose acts are recorded: USA, CHN"),
        ("status USA XQX", "`XQX` is no country of the ledger"),
        ("rates USA AUT", "write `REU` (Rest of the European Union), which contains it"),
    ] {
        let Run { code, err, .. } = detente(words);
        assert!(code == 1 && err.contains("error[unknown-country]") && err.contains(said), "{words}: {err}");
    }
}

#[test]
fn a_brief_of_one_recorded_side_says_what_is_unread_and_judges_no_game() {
    for (words, read) in [("brief USA DEU --on 2025-08-20", 0), ("brief DEU USA --on 2025-08-20", 1)] {
        let found = json(words);
        let (us, german) = (&found["directions"][read], &found["directions"][1 - read]);
        assert!(us["headline_pp"].as_f64().unwrap() > 0.0 && us["trade_weighted_pct"].is_number(), "{us}");
        assert!(german["headline_pp"].is_null() && german["trade_weighted_pct"].is_null(), "{german}");
        assert!(german["unread"].as_str().unwrap().starts_with("no act of Germany"));
        for none in ["truce", "self_enforcement", "headlines", "months"] {
            assert!(found[none].is_null(), "{none}: {}", found[none]);
        }
        for empty in ["claims", "talks", "clauses"] {
            assert_eq!(found[empty].as_array().unwrap().len(), 0, "{empty}: {}", found[empty]);
        }
        assert_eq!(found["payoffs"]["cells"].as_array().unwrap().len(), 0);
        let costs = found["costs"].as_array().unwrap();
        assert!(!costs.is_empty() && costs.iter().all(|cost| cost["headlines_pp"][1 - read].is_null()));
        let german = |cost: &Value| {
            let rows = cost["countries"].as_array().unwrap();
            rows.iter().find(|row| row["country"] == "DEU").unwrap()["real_income_pct"].as_f64().unwrap()
        };
        assert!(german(&costs[0]) < 0.0, "duties on its goods cost Germany something");
    }
    let Run { code, out, err } = detente("brief USA DEU --on 2025-08-20");
    let page = out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(code, 0, "{err}");
    for said in [
        "the other direction is unread.",
        "What Germany charges on US goods is unread: no act of Germany",
        "What Germany charges beyond the base year is unread, so its rates stand as they were then",
    ] {
        assert!(page.contains(said), "{said}\n{out}");
    }
    for unsaid in ["NaN", "truce lapses", "THE TRUCE", "WHO SAYS", "IF THEY PLAYED", "China’s", "Chinese"] {
        assert!(!out.contains(unsaid), "{unsaid}\n{out}");
    }
    let Run { code, out: html, .. } = detente("brief USA DEU --on 2025-08-20 --format html");
    assert!(code == 0 && !html.contains("NaN") && html.contains("unread"));
    let Run { out: table, .. } = detente("brief USA DEU --on 2025-08-20 --format csv");
    assert!(table.lines().nth(1).unwrap().starts_with("today,15,,"), "{table}");
    let Run { code, err, .. } = detente("brief DEU FRA");
    assert!(code == 1 && err.contains("error[unknown-country]"), "{err}");
    assert_eq!(detente("brief USA").code, 2, "two governments or none");
}

/// The economy that ships, by its folder, answers as it does by its name; the law of a day is the same on any closure.
#[test]
fn rates_take_an_economy_and_a_closure() {
    let shipped = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/economies/default");
    let by_name = json("rates USA CHN --on 2025-06-09");
    let by_folder = json(&format!("rates USA CHN --on 2025-06-09 --economy {shipped}"));
    assert_eq!(by_name["cards"], by_folder["cards"]);
    let no_links = json(&format!("rates USA CHN --on 2025-06-09 --economy {shipped} --links no"));
    let [linked, plain] = [&by_name, &no_links].map(|found| &found["cards"][0]);
    assert_eq!(rate(linked, "statutory"), rate(plain, "statutory"));
    assert_eq!(rate(linked, "trade-weighted"), rate(plain, "trade-weighted"));
    let after = "effective-after-substitution";
    assert!((rate(linked, after) - rate(plain, after)).abs() > 1e-3, "what is still bought is the model's");
    let small = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/three-countries");
    let Run { code, err, .. } = detente(&format!("rates USA CHN --economy {small}"));
    assert!(code == 1 && err.contains("error[unknown-country]") && err.contains("three-countries"), "{err}");
}
