//! Transcripts of `weights`, `retaliate` and `coalitions`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test a panic is the message")]

mod door;

use door::{Run, detente, json, number, shared};
use serde_json::Value;

#[test]
fn a_list_keeps_its_cap_spares_what_it_is_told_and_is_solved_whole() {
    let found = json("retaliate CHN USA --cap 20bn --spare HS:30 --spare AGR");
    assert!((number(&found["value_usd_mn"]) - 20_000.0).abs() < 1e-6);
    for good in found["goods"].as_array().unwrap() {
        let spared = ["PHA", "AGR"].contains(&good["sector"].as_str().unwrap());
        assert_eq!(good["spared"], spared, "{good}");
        assert!(!spared || number(&good["listed_share"]) == 0.0);
    }
    assert!(number(&found["harm_usd_mn"]) > 0.0);
    let without = json("retaliate CHN USA --cap 20bn --by value");
    let sum = |of: &Value| number(&of["certificate"]["sum_of_harms_usd_mn"]);
    assert!(sum(&without) >= sum(&found));
    let Run { code, err, .. } = detente("retaliate CHN USA --spare HS:0");
    assert_eq!(code, 1);
    assert!(err.contains("error[unknown-sector]"), "{err}");
    assert_eq!(detente("retaliate CHN USA --cap 20").code, 2, "an amount needs its unit");
}

#[test]
fn a_list_names_tariff_lines_where_they_are_known_and_says_so_where_not() {
    let found = json("retaliate USA CHN --cap 2bn --spare HS:30");
    let lines = found["lines"]["listed"].as_array().unwrap();
    let value: f64 = lines.iter().map(|line| number(&line["value_usd_mn"])).sum();
    assert!((value - number(&found["value_usd_mn"])).abs() < 1e-6);
    assert!((2_000.0 - value - number(&found["cap_left_usd_mn"])).abs() < 1e-6);
    assert!(lines.iter().all(|line| !line["line"].as_str().unwrap().starts_with("30")));
    assert!(found["sectors_because"].is_null());
    let Run { out: table, .. } = detente("retaliate USA CHN --cap 2bn --spare HS:30 --format csv");
    assert_eq!(table.lines().count(), lines.len() + 1);
    assert!(table.starts_with(
        "line,sector,value_usd_mn,recorded_usd_mn,duty_pct,import_share,harm_usd_mn,own_cost_usd_mn\n"
    ));

    let Run { code, out: page, .. } = detente("retaliate CHN USA --cap 2bn --spare HS:30");
    assert_eq!(code, 0);
    assert!(
        page.contains("By sector: what CHN buys from USA by tariff line is not in the product"),
        "{page}"
    );
    let Run { code, err, .. } = detente("retaliate CHN USA --cap 2bn --as-act 2026-12-01");
    assert_eq!(code, 1);
    assert!(err.contains("error[act-without-lines]"), "{err}");
    let Run { code, err, .. } = detente("retaliate USA CHN --spare HS:3x --spare annexii");
    assert_eq!(code, 1);
    assert!(err.contains("error[bad-line]") && err.contains("no list of the record has this name"), "{err}");
}

#[test]
fn a_list_begins_from_a_day_of_the_record_and_says_which() {
    let flat = |words: &str| {
        let run = detente(words);
        assert_eq!(run.code, 0, "{}", run.err);
        run.page()
    };
    let page = flat("retaliate CHN USA --cap 20bn --on 2025-05-03 --known-on 2025-05-03");
    assert!(page.contains("Begins from 3 May 2025, as known on 3 May 2025: the record's duties"), "{page}");
    assert!(page.contains("sector by sector."), "{page}");
    let page = flat("retaliate USA CHN --cap 2bn");
    assert!(page.contains("Begins from 9 June 2025, with all that is known"), "{page}");
    assert!(page.contains("Every line pays its own duty of the day"), "{page}");
    let page = flat("retaliate USA CHN --cap 2bn --from base");
    assert!(
        page.contains("Begins from the economy of 2022 as recorded, whatever has been done since"),
        "{page}"
    );
    let page = flat("retaliate JPN DEU --cap 2bn");
    assert!(page.contains("as recorded, since no act of JPN, nor of DEU, is on record"), "{page}");
    let page = flat("retaliate DEU USA --cap 2bn");
    assert!(page.contains("What DEU charges beyond the base year is unread"), "{page}");
    let Run { code, err, .. } = detente("retaliate USA CHN --from base --on 2025-06-09");
    assert_eq!(code, 1);
    assert!(err.contains("error[no-day]") && err.contains("begins from the base year"), "{err}");
    assert!(detente("retaliate USA CHN --on 2025-06-31").err.contains("error[bad-date]"));
}

#[test]
fn every_bloc_of_three_is_fought_out_and_judged() {
    let found = json("coalitions USA CHN DEU");
    let rows = found["coalitions"].as_array().unwrap();
    assert_eq!(rows.len(), 5, "all alone, three pairs, all together");
    for row in rows {
        let moves = row["leavers"].as_array().unwrap().len() + row["joiners"].as_array().unwrap().len();
        let size = row["members"].as_array().unwrap().len();
        // Of the war of all alone stability is not asked.
        assert_eq!(row["stable"].as_bool(), (size >= 2).then_some(moves == 0), "{row}");
    }
    assert!(number(&found["certificate"]["largest_slope"]) < 1e-8);
    assert_eq!(detente("coalitions USA").code, 1);
}

/// Source: the replication data of Ossa (2014); see the strategy room's test for the gaps to his weights.
#[test]
fn weights_say_where_no_interior_solution_exists() {
    let Some(folder) = shared("ossa-2014") else { return };
    let found = json(&format!("weights --economy {folder} --market firms"));
    let rows = found["countries"].as_array().unwrap();
    let of = |code: &str| rows.iter().find(|row| row["country"] == code).unwrap();
    for code in ["BRA", "CHN", "IND", "ROW", "USA"] {
        assert_eq!(of(code)["inference"], "interior");
        assert!(number(&of(code)["deviation_gain_pct"]) < 1e-6, "{code}");
    }
    let negative = &of("EU")["inference"]["negative"];
    assert!(number(&negative["weight"]) < 0.0 && negative["sector"] == "wol", "wool: {negative}");
    assert!(number(&of("JPN")["deviation_gain_pct"]) > 0.1, "stationary, and not best");
    assert_eq!(found["certificate"]["by"], "JPN");
    assert_eq!(found["certificate"]["interior"], 6, "all but the European Union");
    let Run { code, out, .. } = detente(&format!("weights EU JPN --economy {folder} --market firms")).flat();
    assert_eq!(code, 0);
    assert!(out.contains("EU: no interior solution.") && out.contains("stationary and not best"), "{out}");
}

#[test]
fn words_of_a_list_that_do_nothing_or_make_no_sense_are_told() {
    let Run { code, err, .. } = detente("retaliate USA CHN --cap 2bn --spare HS:99");
    assert!(code == 0 && err.contains("warning[spares-nothing]: `HS:99`"), "{err}");
    let Run { code, err, .. } = detente("retaliate USA CHN --cap 2bn --as-act 2026-13-01");
    assert!(code == 1 && err.contains("error[bad-date]"), "{err}");
    for words in ["retaliate USA CHN --rate 0", "retaliate USA CHN --rate -5", "retaliate USA CHN --cap -2bn"]
    {
        assert_eq!(detente(words).code, 2, "{words}");
    }
}
