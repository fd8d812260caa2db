//! Transcripts of `measure`: what a person or a program gets, from the embedded economy.

#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test a panic is the message")]

mod door;
mod workbook;

use std::path::Path;

use door::{Run, detente, detente_in, number};
use serde_json::Value;

const WAR: [&str; 4] = ["--add", "USA,CHN,*,0.6", "--add", "CHN,USA,*,0.6"];

fn war(words: &[&str]) -> Run {
    detente(&[&["measure"], &WAR[..], words].concat())
}

fn json(words: &[&str]) -> Value {
    door::json(&[&["measure"], &WAR[..], words].concat())
}

fn row<'a>(found: &'a Value, country: &str) -> &'a Value {
    found["countries"].as_array().unwrap().iter().find(|row| row["country"] == country).unwrap()
}

#[test]
fn the_page_answers_with_bands_diversion_and_evidence() {
    let run = war(&[]);
    assert_eq!(run.code, 0, "{}", run.err);
    let page = run.page();
    for said in [
        "weighted by GDP",
        "as the plain mean of countries",
        "Bands hold the middle 90 % of 16 even draws of θ",
        "Diversion: 4.04 % of the goods that USA buys change their source",
        "USA itself 75.28 77.47 +2.18 +54.0",
        "Redirection: 1.68 % of the goods that CHN sells change their buyer",
        "Evidence: cleared; largest relative excess",
        "add up to real income",
    ] {
        assert!(page.contains(said), "no `{said}` in\n{page}");
    }
}

/// Source: the reference solve of the embedded economy (plain Caliendo–Parro, data notes of the default world).
#[test]
fn sixty_points_on_each_other_cost_what_the_reference_says() {
    let found = json(&["--draws", "0"]);
    let real = |country: &str| format!("{:.3}", number(&row(&found, country)["real_income_pct"]));
    assert_eq!(["USA", "CHN", "MEX", "VNM"].map(real), ["-0.393", "-0.392", "0.274", "0.695"]);
    assert!(found["uncertainty"].is_null() && row(&found, "USA")["bands"].as_object().unwrap().is_empty());
}

#[test]
fn the_parts_of_real_income_add_up_and_the_papers_measure_has_its_own_name() {
    let found = json(&["--draws", "0"]);
    assert!(number(&found["certificate"]["split_gap_pp"]) < 1e-4);
    for row in found["countries"].as_array().unwrap() {
        let parts = ["tot_pct", "vot_pct", "transfer_pct", "scale_pct", "profit_pct"];
        let parts = parts.map(|part| number(&row[part]));
        let gap = parts.iter().sum::<f64>() - number(&row["real_income_pct"]);
        assert!(gap.abs() < 1e-4, "{} misses by {gap}", row["country"]);
        let first = number(&row["first_order_tot_pct"]) + number(&row["first_order_vot_pct"]);
        assert!((first - number(&row["first_order_pct"])).abs() < 1e-12);
    }
    // One step at base duties is not the exact change.
    let us = row(&found, "USA");
    assert!((number(&us["first_order_pct"]) - number(&us["real_income_pct"])).abs() > 0.1);
}

#[test]
fn what_some_sources_lose_others_gain() {
    let found = json(&["--draws", "0"]);
    let importers: Vec<&str> =
        found["diversion"].as_array().unwrap().iter().map(|of| of["importer"].as_str().unwrap()).collect();
    assert_eq!(importers, ["USA", "CHN"], "only who changed duties, the larger movement first");
    for of in ["diversion", "redirection"].iter().flat_map(|list| found[list].as_array().unwrap()) {
        let sum = |side: &str, what: &str| {
            of[side].as_array().unwrap().iter().map(|moved| number(&moved[what])).sum::<f64>()
        };
        let moved = number(&of["moved_pp"]);
        assert!((sum("gainers", "change_pp") - moved).abs() < 1e-10);
        assert!((sum("losers", "change_pp") + moved).abs() < 1e-10);
        assert!((sum("gainers", "of_moved_pct") - 100.0).abs() < 1e-8);
    }
}

#[test]
fn world_means_are_means_of_the_countries() {
    let found = json(&["--draws", "0"]);
    let rows = found["countries"].as_array().unwrap();
    let mean = rows.iter().map(|row| number(&row["real_income_pct"])).sum::<f64>() / rows.len() as f64;
    assert!((number(&found["world"]["real_income_simple_mean_pct"]) - mean).abs() < 1e-12);
    let money = rows.iter().map(|row| number(&row["real_income_musd"])).sum::<f64>();
    assert!((number(&found["world"]["real_income_musd"]) / money - 1.0).abs() < 1e-12);
    // Buyers who flee a duty pay less of it.
    let us = row(&found, "USA");
    let rate = |when: &str| number(&us[when]);
    assert!(rate("tariff_before_substitution_pct") > rate("tariff_before_pct") + 5.0);
    assert!(rate("tariff_after_substitution_pct") < rate("tariff_before_substitution_pct"));
}

#[test]
fn bands_are_a_promise_of_the_seed_and_no_thread_moves_a_digit() {
    let band = |words: &[&str]| row(&json(words), "USA")["bands"].to_string();
    let one = band(&["--draws", "12", "--seed", "4", "--threads", "1"]);
    assert_eq!(one, band(&["--draws", "12", "--seed", "4", "--threads", "3"]));
    assert_ne!(one, band(&["--draws", "12", "--seed", "5"]));
    assert_ne!(one, band(&["--draws", "12", "--seed", "4", "--sequence", "random"]));
}

/// Every headline number has its band, wider where θ is less certain.
#[test]
fn every_headline_number_carries_a_band() {
    let (narrow, wide) = (json(&["--spread", "0.05"]), json(&["--spread", "0.5"]));
    for of in narrow["countries"].as_array().unwrap() {
        let country = of["country"].as_str().unwrap();
        for (name, band) in of["bands"].as_object().unwrap() {
            let width = |band: &Value| number(&band["p95"]) - number(&band["p05"]);
            assert!(width(band) >= 0.0, "{country} {name}");
        }
        assert_eq!(of["bands"].as_object().unwrap().len(), 9);
    }
    let width = |found: &Value| {
        let band = &row(found, "VNM")["bands"]["real_income_pct"];
        number(&band["p95"]) - number(&band["p05"])
    };
    assert!(width(&wide) > 3.0 * width(&narrow));
}

/// What 60 points cost the world turns near the central elasticities, so that its band lies to one side: such a number is
/// marked, for the world and for each country, and the page says why.
#[test]
fn a_central_number_outside_its_band_is_marked() {
    let found = json(&[]);
    let outside =
        |value: &Value, band: &Value| !(number(&band["p05"])..=number(&band["p95"])).contains(&number(value));
    let world = &found["world"];
    let name = "real_income_gdp_weighted_pct";
    assert!(outside(&world[name], &world["bands"][name]), "the world's number is one of these");
    let countries = found["countries"].as_array().unwrap();
    let marked = countries
        .iter()
        .filter(|row| outside(&row["real_income_pct"], &row["bands"]["real_income_pct"]))
        .count();
    let page = war(&[]).page();
    // One mark each, and one that the explanation begins with.
    assert_eq!(page.matches('*').count(), marked + 2, "{page}");
    assert!(page.contains("* The answer at the central elasticities lies outside the band"), "{page}");
}

#[test]
fn elasticity_sets_stand_side_by_side() {
    let found = json(&["--elasticity", "uniform,CP2015", "--draws", "0"]);
    let sets = found["elasticities"].as_array().unwrap();
    assert_eq!(sets.iter().map(|set| &set["elasticity"]).collect::<Vec<_>>(), ["uniform", "CP2015"]);
    // The first is central, and the same whichever way it is asked for.
    let central = number(&row(&found, "USA")["real_income_pct"]);
    assert!((number(&sets[0]["real_income_pct"]["USA"]) - central).abs() < 1e-7);
    // A set that is silent on services says where another stood in.
    assert!(!sets[1]["filled"].as_array().unwrap().is_empty());
    let page = war(&["--elasticity", "all", "--draws", "0"]).page();
    assert!(page.contains("Real income under each elasticity set") && page.contains("LL2023"), "{page}");
}

#[test]
fn details_are_consistent_with_the_countries() {
    let found = json(&["--draws", "0", "--detail", "sectors,bilateral,flows"]);
    assert_eq!(found["sectors"].as_array().unwrap().len(), 32 * 28);
    // Pairs and flows are two sums of the same trade; both move as the country's imports do.
    let bought = |table: &str, when: &str| -> f64 {
        let rows = found[table].as_array().unwrap().iter();
        rows.filter(|row| row["importer"] == "USA").map(|row| number(&row[when])).sum()
    };
    for when in ["before_musd", "after_musd"] {
        assert!((bought("bilateral", when) / bought("flows", when) - 1.0).abs() < 1e-12);
    }
    let change = 100.0 * (bought("flows", "after_musd") / bought("flows", "before_musd") - 1.0);
    assert!((change - number(&row(&found, "USA")["imports_pct"])).abs() < 1e-9);
}

/// A day against itself moves nothing; two days against each other undo each other.
#[test]
fn days_of_the_record_can_be_compared() {
    let days = |on: &str, versus: &str| -> Value {
        door::json(&["measure", "--on", on, "--versus", versus, "--draws", "0"])
    };
    let real = |found: &Value| number(&row(found, "CHN")["real_income_pct"]);
    assert!(real(&days("2025-06-09", "2025-06-09")).abs() < 1e-6);
    let (there, back) = (days("2025-04-30", "2025-01-01"), days("2025-01-01", "2025-04-30"));
    assert!(real(&there) < -0.1, "{}", real(&there));
    let round = (1.0 + real(&there) / 100.0) * (1.0 + real(&back) / 100.0);
    assert!((round - 1.0).abs() < 1e-7, "{round}");
    let scenario = detente(&["measure", "--scenario", "london-2025", "--draws", "0"]);
    assert!(scenario.page().contains("Real income under each elasticity set"), "{}", scenario.err);
}

/// Free entry with input links: the recorded year is no resting point, and is told as such with its sector, deficits
/// held or removed; what holds firms in place answers.
#[test]
fn a_base_that_firms_would_leave_is_told_with_its_sector() {
    for deficits in ["held", "removed"] {
        let run = war(&["--market", "entry", "--deficits", deficits]);
        assert_eq!(run.code, 1);
        for said in
            ["error[unstable-base]", "ELE in VNM", "firms 1 % more sell 1.73 % more", "--labour specific"]
        {
            assert!(run.err.contains(said), "no `{said}` in\n{}", run.err);
        }
    }
    let tied = json(&["--market", "entry", "--labour", "specific", "--draws", "0"]);
    assert!(number(&tied["certificate"]["feedback"]) < 1.0);
    let apart = json(&["--market", "entry", "--links", "no", "--draws", "0"]);
    assert!(apart["certificate"]["feedback"].is_null() && apart["certificate"]["status"] == "cleared");
}

/// With κ = 1.5 the recorded year rests under the central θ, and not under every draw.
#[test]
fn draws_under_which_the_base_would_not_rest_are_counted_apart() {
    let words = ["--market", "entry", "--labour", "specific", "--draws", "6"];
    let over = &json(&words)["uncertainty"];
    let [draws, unstable, stalled] = ["draws", "unstable", "stalled"].map(|key| over[key].as_u64().unwrap());
    assert!(draws == 6 && 0 < unstable && unstable + stalled < draws, "{over}");
    let page = war(&words).page();
    assert!(
        page.contains(&format!("under {unstable} firms would leave the base year by themselves")),
        "{page}"
    );
}

/// With fixed firms a war costs less: part of the loss is profit shifted back and forth (Ossa 2014).
#[test]
fn fixed_firms_are_a_closure_of_measure() {
    let firms = json(&["--market", "firms"]);
    let evidence = &firms["certificate"];
    assert!(number(&evidence["largest_excess"]) < 1e-12 && number(&evidence["walras"]).abs() < 1e-10);
    assert!(firms["model"].as_str().unwrap().contains("Ossa 2014"));
    // A part of its own for profits: who loses markets where markups are high, and who takes them.
    assert!(number(&evidence["split_gap_pp"]) < 1e-4);
    for row in firms["countries"].as_array().unwrap() {
        let sum: f64 = ["tot_pct", "vot_pct", "profit_pct"].map(|part| number(&row[part])).iter().sum();
        let gap = sum - number(&row["real_income_pct"]);
        assert!(gap.abs() < 1e-4, "{} misses by {gap}", row["country"]);
        assert!(number(&row["profit_pct"]) != 0.0 && row["first_order_pct"].is_null());
    }
    assert!(number(&row(&firms, "USA")["real_income_pct"]) < 0.0);
    assert!(!row(&firms, "USA")["bands"].as_object().unwrap().is_empty());
    // Perfect competition without links is the same system with other markups.
    let perfect = json(&["--links", "no", "--draws", "0"]);
    assert!(number(&row(&perfect, "USA")["real_income_pct"]) < 0.0);
}

#[test]
fn words_that_exclude_each_other_are_named_together() {
    let run = war(&[
        "--market",
        "firms",
        "--links",
        "yes",
        "--scale",
        "--labour",
        "specific",
        "--deficits",
        "scaled",
    ]);
    assert_eq!(run.code, 1);
    assert_eq!(run.err.matches("error[impossible-closure]").count(), 4, "{}", run.err);
    for (words, code) in [
        (&["--kappa", "2"][..], "impossible-closure"),
        (&["--labour", "specific", "--kappa", "0.5"], "impossible-kappa"),
        (&["--market", "entry", "--scale"], "two-scales"),
        (&["--scale"], "no-scale"),
        (&["--versus", "2025-01-01"], "no-day"),
        (&["--spread", "9"], "impossible-spread"),
        (&["--elasticity", "CP2051"], "unknown-elasticity"),
        (&["--scenario", "lodnon-2025"], "unknown-scenario"),
    ] {
        let run = war(words);
        assert!(run.code == 1 && run.err.contains(&format!("error[{code}]")), "{words:?}\n{}", run.err);
    }
}

#[test]
fn tables_are_written_in_every_form() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str| {
        let path = folder.path().join(name);
        let run = war(&["--draws", "0", "--out", path.to_str().unwrap()]);
        (run, std::fs::read(path).unwrap_or_default())
    };
    let (run, csv) = write("rows.csv");
    assert_eq!(run.code, 0, "{}", run.err);
    let text = String::from_utf8(csv).unwrap();
    let head = "country,real_income_pct,real_wage_pct,tot_pct,vot_pct,revenue_musd,imports_pct,exports_pct,wage_pct,price_pct,";
    assert!(text.starts_with(head), "{text}");
    assert_eq!(text.lines().count(), 33);
    // A Stata file says what it is; release 118 is what Stata 14 and later read.
    assert!(write("rows.dta").1.starts_with(b"<stata_dta><header><release>118</release>"));
    if cfg!(feature = "parquet") {
        let bytes = write("rows.parquet").1;
        assert!(bytes.starts_with(b"PAR1") && bytes.ends_with(b"PAR1"));
    }
    let (run, bytes) = write("rows.xlsx");
    if cfg!(feature = "xlsx") {
        assert_eq!(run.code, 0, "{}", run.err);
        workbook::assert_holds(&bytes, "countries", text.as_bytes());
    } else {
        assert!(run.code == 1 && run.err.contains("error[xlsx-left-out]"), "{}", run.err);
    }
}

/// The slope by θ is what a slightly higher θ does: checked against the answer under a set that is one per cent higher.
#[test]
fn real_income_leans_on_elasticities_as_their_slopes_say() {
    for market in ["perfect", "firms"] {
        lean(market);
    }
}

fn lean(market: &str) {
    let found = json(&["--draws", "0", "--detail", "thetas", "--market", market]);
    let slopes = found["thetas"].as_array().unwrap();
    assert_eq!(slopes.len(), 32 * 28);
    let folder = tempfile::tempdir().unwrap();
    let world = folder.path().join("world");
    let to = world.to_str().unwrap();
    assert_eq!(detente(&["economy", "export", "default", "csv", "--to", to]).code, 0);
    let path = world.join("elasticities.csv");
    let text = std::fs::read_to_string(&path).unwrap();
    let mut lines = text.lines();
    let head = lines.next().unwrap();
    let at = head.split(',').position(|name| name == "default").unwrap();
    // Every θ one per cent higher: the sum of the slopes, a tenth of ten per cent each.
    let higher = lines.map(|line| {
        let mut cells: Vec<String> = line.split(',').map(str::to_string).collect();
        cells[at] = (cells[at].parse::<f64>().unwrap() * 1.01).to_string();
        cells.join(",")
    });
    let rows: Vec<String> = std::iter::once(head.to_string()).chain(higher).collect();
    std::fs::write(&path, rows.join("\n")).unwrap();
    let moved = json(&["--draws", "0", "--economy", to, "--market", market]);
    for country in ["USA", "CHN", "VNM", "MEX"] {
        let of = |slope: &&Value| slope["country"] == country;
        let told: f64 =
            slopes.iter().filter(of).map(|slope| number(&slope["real_income_pp"])).sum::<f64>() / 10.0;
        let real = |found: &Value| number(&row(found, country)["real_income_pct"]);
        let came = real(&moved) - real(&found);
        assert!(
            (told - came).abs() < 0.02 * came.abs() + 2e-5,
            "{market}, {country}: {told} told, {came} came"
        );
    }
}

/// A world of three years made by hand: the model foretells that a duty moves purchases, and trade did move.
#[test]
fn a_backtest_scores_against_two_naive_forecasts() {
    let folder = tempfile::tempdir().unwrap();
    let year = |year: i32, chn: f64| {
        let text = format!(
            "importer,exporter,sector,flow_kusd,tariff\nUSA,USA,C26,{},0\nUSA,CHN,C26,{},0.02\nCHN,USA,C26,150,0.05\n\
             CHN,CHN,C26,900,0\nUSA,USA,SERV,2000,0\nCHN,CHN,SERV,1000,0\n",
            1000.0 - chn,
            chn
        );
        std::fs::write(folder.path().join(format!("trade{year}.csv")), text).unwrap();
    };
    year(2015, 190.0);
    year(2017, 200.0);
    year(2019, 140.0);
    let data = folder.path().to_str().unwrap();
    let words = ["backtest", "--data", data, "--add", "USA,CHN,C26,0.15", "--format", "json"];
    let run = detente(&words);
    assert_eq!(run.code, 0, "{}", run.err);
    let found: Value = run.json();
    let hit = &found["scores"][0];
    assert_eq!((number(&hit["no_change"]["skill"]), hit["cells"].as_u64()), (0.0, Some(1)));
    assert_eq!(number(&hit["model"]["right_sign_pct"]), 100.0);
    // The trend went up, trade went down.
    assert_eq!(number(&hit["trend"]["right_sign_pct"]), 0.0);
    assert!(number(&hit["model"]["skill"]) > 0.0 && number(&hit["trend"]["skill"]) < 0.0);
    let pair = &found["pairs"][0];
    assert!((number(&pair["duty_change_pp"]) - 15.0).abs() < 1e-9);
    assert!(
        (number(&pair["before_pct"]) - 20.0).abs() < 1e-9
            && (number(&pair["actual_pct"]) - 14.0).abs() < 1e-9
    );
    let page = detente(&words[..5]).out;
    assert!(page.contains("below 0, doing nothing"), "{page}");
    let missing = detente(&["backtest", "--data", data, "--to", "2020"]);
    assert_eq!(missing.code, 1);
    for said in ["error[no-year]", "there is no trade of 2020", "holds 2015, 2017, 2019"] {
        assert!(missing.err.contains(said), "no `{said}` in\n{}", missing.err);
    }
    let weights = detente(&["backtest", "--data", data, "--weights", "nowhere.parquet"]);
    assert!(weights.code == 1 && weights.err.contains("error[missing-file]"), "{}", weights.err);
    assert_eq!(detente(&["backtest"]).code, 2);
}

/// The walk of `docs/economy.md`, as it stands there.
#[test]
fn a_stranger_brings_a_table_elasticities_and_a_closure() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    let run = |words: &str| detente_in(Path::new(root), words);
    let check = run("economy check examples/three-countries");
    assert!(check.page().contains("every identity holds"), "{}", check.err);
    let measure = "measure --economy examples/three-countries";
    let page = run(&format!("{measure} --add ARC,BRU,MAC,25% --elasticity mine,cautious")).page();
    // Money is in the economy's own currency, and small amounts keep their digits.
    for said in ["mn ARC", "Real income under each elasticity set", "cautious", "Diversion: 6.43 %"] {
        assert!(page.contains(said), "no `{said}` in\n{page}");
    }
    assert!(!page.contains('$'), "{page}");
    let union = format!("{measure} --tariffs examples/customs-union.csv --draws 0 --format json");
    let real = |closure: &str| {
        let found = run(&format!("{union}{closure}")).json();
        number(&row(&found, "CAL")["real_income_pct"])
    };
    // The country outside the union loses under every closure, and no two closures agree on how much.
    let closures = [
        "",
        " --links no",
        " --market entry",
        " --market firms",
        " --labour specific --kappa 1",
        " --deficits removed",
        " --deficits scaled",
    ];
    let mut found = closures.map(real);
    assert!(found.iter().all(|real| *real < 0.0), "{found:?}");
    found.sort_by(f64::total_cmp);
    assert!(found.windows(2).all(|pair| pair[1] - pair[0] > 1e-4), "{found:?}");
}

/// The record's duties reach the full table's industries as they reach the sectors made of them.
#[cfg(feature = "parquet")]
#[test]
fn duties_of_a_day_reach_finer_industries_alike() {
    let Some(full) = door::shared("icio-2022") else { return };
    let points = |economy: &str| {
        let found = door::json(&["measure", "--economy", economy, "--on", "2025-06-09", "--draws", "0"]);
        let us = row(&found, "USA").clone();
        number(&us["tariff_before_substitution_pct"]) - number(&us["tariff_before_pct"])
    };
    let (coarse, fine) = (points("default"), points(&full));
    // Weights inside a sector and among the members of a group differ a little.
    assert!((fine / coarse - 1.0).abs() < 0.1, "{coarse} points, {fine} on industries");
}
