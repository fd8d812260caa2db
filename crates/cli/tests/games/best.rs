//! `best`: what one government would choose, the others held, mirroring or replying.

use serde_json::Value;

use crate::door::{detente, json, number, shared};
use crate::{THREE, row};

#[test]
fn rates_asked_for_can_be_measured() {
    let rows = detente("best USA --detail tariffs --format csv");
    assert_eq!(rows.code, 0, "{}", rows.err);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("best.csv");
    std::fs::write(&file, rows.out).unwrap();
    let run = detente(&format!("measure --links no --tariffs {} --format json", file.display()));
    assert_eq!(run.code, 0, "{}", run.err);
}

#[test]
fn a_best_reply_gains_and_leaves_nothing_to_gain() {
    let found = json("best USA");
    assert!(number(&found["gain_pct"]) > 0.0);
    assert!(number(&row(&found, "USA")["deviation_gain_pct"]) < 1e-6);
    assert_eq!(found["bystanders"].as_array().unwrap().len(), 31);
}

#[test]
fn a_group_of_the_record_chooses_as_one() {
    let found = json("best EU27 --bloc EU27");
    assert_eq!(found["players"][0]["country"], "EU27");
    assert!(number(&found["gain_pct"]) > 0.0);
    let outside = found["bystanders"].as_array().unwrap();
    assert!(outside.iter().all(|row| row["country"] != "DEU" && row["country"] != "FRA"), "members choose");
    assert!(outside.iter().any(|row| row["country"] == "GBR"), "who left by the base year holds");
}

#[test]
fn with_input_links_a_best_reply_is_certified_and_fixed_firms_are_refused() {
    let found = json("best USA --links yes");
    assert!(found["model"].as_str().unwrap().contains("input links as recorded"));
    assert!(number(&found["gain_pct"]) > 0.0);
    assert!(number(&row(&found, "USA")["deviation_gain_pct"]) < 1e-6);
    let firms = detente("best USA --links yes --market firms");
    assert_eq!(firms.code, 1);
    assert!(firms.err.contains("games with input links know no fixed firms"), "{}", firms.err);
}

/// A leader of Ossa's world, 198 duties that 1,188 answer: with political weights it gets no less than in the war, from
/// whatever start the others' war comes to rest.
#[test]
fn a_leader_of_ossa_2014_gets_no_less_than_in_the_war() {
    let Some(ossa) = shared("ossa-2014") else { return };
    let game =
        format!("--economy {ossa} --market firms --political --instrument partner-sector --deficits removed");
    let led = json(&format!("best USA --others reply {game}"));
    let fought = json(&format!("war {game}"));
    let of = |found: &Value| number(&row(found, "USA")["government_welfare_pct"]);
    assert!(of(&led) >= of(&fought) - 1e-9, "{} {}", of(&led), of(&fought));
    assert!(number(&led["certificate"]["largest_slope"]) < 1e-6);
    assert!(led["sought_from"].as_array().unwrap().len() + starts(&led["unanswered_from"]) == 3);
    // Japan's rice has two peaks, so the others' war has a second rest; whether it is a war is asked.
    let begun = led["answers_begun"].as_array().unwrap();
    let elsewhere = begun.iter().filter(|begun| number(&begun["largest_difference_pp"]) > 1.0);
    assert!(
        elsewhere.clone().count() > 0 && elsewhere.clone().all(|begun| begun["largest_gain_pct"].is_number())
    );
}

fn starts(of: &Value) -> usize {
    of.as_array().map_or(0, Vec::len)
}

/// A leader may always choose its rates of the war, which the others would answer by that war.
#[test]
fn every_instrument_can_be_mirrored_and_answered_at_every_border() {
    for border in ["imports", "exports", "both"] {
        for instrument in ["uniform", "partner", "sector", "partner-sector"] {
            let game = format!("--economy {THREE} --instrument {instrument} --border {border}");
            let mirrored = json(&format!("best ARC --others mirror {game}"));
            assert!(number(&mirrored["certificate"]["largest_deviation_gain_pct"]) < 1e-6, "{game}");
            let partners = mirrored["mirroring"].as_array().unwrap();
            assert_eq!(partners.len(), 2, "{game}");
            assert!(
                partners.iter().all(|own| number(&own["best_pct"]) >= number(&own["mirroring_pct"]) - 1e-9)
            );
            let led = json(&format!("best ARC --others reply {game}"));
            assert_eq!(led["certificate"]["deviations"], "looked-at");
            assert_eq!(led["looked_at"].as_array().unwrap().len(), 6, "{game}");
            assert!(number(&led["certificate"]["largest_deviation_gain_pct"]) < 1e-6, "{game}");
            assert!(number(&led["answers_largest_gain_pct"]) < 1e-6, "{game}");
            assert_eq!(led["answers_begun"].as_array().unwrap().len(), 4, "{game}");
            assert!(number(&led["certificate"]["largest_slope"]) < 1e-6, "{game}");
            let fought = json(&format!("war {game}"));
            let of = |found: &Value| number(&row(found, "ARC")["government_welfare_pct"]);
            assert!(of(&led) >= of(&fought) - 1e-9, "{game}: {} {}", of(&led), of(&fought));
        }
    }
    let page = |words: &str| detente(words).page();
    let mirrored = page(&format!("best ARC --others mirror --economy {THREE}"));
    assert!(mirrored.contains("Real income of the partners, who mirror"), "{mirrored}");
    assert!(mirrored.contains("For each partner alone, all others mirroring: mirroring gives"), "{mirrored}");
    let both = page(&format!("best ARC --others mirror --border both --economy {THREE}"));
    assert!(!both.contains("Lerner"), "a mirrored tax is no uniform one: {both}");
    let table = detente(&format!("bargain ARC BRU --threat war --transfers --economy {THREE}")).out;
    assert!(table.lines().skip(1).all(|line| line.chars().count() <= 80), "{table}");
    let led = page(&format!("best ARC --others reply --economy {THREE}"));
    assert!(led.contains("each answered by a war of the others at rest"), "{led}");
    assert!(led.contains("Choices between were not looked at."), "{led}");
    assert!(led.contains("the others' war against the choice shown ends at the same rates"), "{led}");
    assert!(led.contains("was found to gain by leaving the answers shown alone, in a search"), "{led}");
}
