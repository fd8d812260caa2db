//! Every act that `add` makes is sized, or refused with what would be needed.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the message")]

use terms::{CountryId, Cube, Rate};

use super::*;
use crate::covered::covered;
use crate::economies;
use crate::measure::of_day;
use crate::territories::members;

/// A record with the acts that these sentences make laid on top.
fn laid(sentences: &[&str]) -> (tempfile::TempDir, Record) {
    let folder = tempfile::tempdir().unwrap();
    let record = Record::open(None, &[]).unwrap();
    let paths: Vec<_> = sentences
        .iter()
        .enumerate()
        .map(|(at, sentence)| {
            let path = folder.path().join(format!("{at}.toml"));
            std::fs::write(&path, record.ledger.compose(sentence).unwrap().value.text).unwrap();
            path
        })
        .collect();
    let record = Record::open(None, &paths).unwrap();
    (folder, record)
}

fn on() -> Day {
    "2026-08-20".parse().unwrap()
}

/// What the acts add to every rate of the embedded economy on the day, in points, with how they were sized.
fn added(sentences: &[&str]) -> Result<(Cube<f64>, Vec<SizedAct>), Faults> {
    added_by(&laid(sentences).1)
}

/// The same of a record with overlays.
fn added_by(record: &Record) -> Result<(Cube<f64>, Vec<SizedAct>), Faults> {
    let economy = economies::open("default").unwrap().economy;
    let (sectors, _) = covered(&economy).unwrap();
    let days = Days { on: on(), known_on: None };
    let sizing = sizing(record, Among::Economy(&members(&economy)), &[on()], None)?;
    let rates = |record: &Record, coverage: &Coverage| -> Cube<Rate> {
        of_day(&record.ledger, coverage, days, &economy, &sectors).unwrap()
    };
    let plain = Record::open(None, &[]).unwrap();
    let (with, without) = (rates(record, &sizing.coverage), rates(&plain, &coverage().unwrap().0));
    let added = Cube::from_fn(economy.countries().len(), economy.sectors().len(), |n, i, s| {
        with[(n, i, s)].as_percent() - without[(n, i, s)].as_percent()
    });
    Ok((added, sizing.acts))
}

fn pair() -> (CountryId, CountryId) {
    let economy = economies::open("default").unwrap().economy;
    let [n, i] = ["USA", "CHN"].map(|code| economy.country_id(code).unwrap());
    (n, i)
}

/// By sector of the embedded economy what the United States bought of China's goods in 2024, and the part below some codes.
fn bought(codes: &[&str]) -> BTreeMap<Sector, [f64; 2]> {
    let goods = Goods::read().unwrap();
    let lines = &goods.of(&Country::new("USA")).unwrap()[&Country::new("CHN")].lines;
    let codes: Vec<Line> = codes.iter().map(|code| code.parse().unwrap()).collect();
    let mut sums: BTreeMap<Sector, [f64; 2]> = BTreeMap::new();
    for (line, sector, value) in lines {
        let sum = sums.entry(sector.clone()).or_default();
        sum[0] += value;
        sum[1] += if codes.iter().any(|code| code.covers(*line)) { *value } else { 0.0 };
    }
    sums
}

#[test]
fn an_act_with_a_list_adds_its_rate_on_the_lines_it_names_and_nothing_elsewhere() {
    let act = r#"USA puts 12 % on "8507, 9503" of CHN from 2026-08-15 published 2026-08-01"#;
    let (added, acts) = added(&[act]).unwrap();
    let economy = economies::open("default").unwrap().economy;
    let (n, i) = pair();
    let expected = bought(&["8507", "9503"]);
    for (cell, points) in added.cells() {
        let sums = expected.get(&economy.sector(cell.2).code).filter(|_| (cell.0, cell.1) == (n, i));
        let share = sums.map_or(0.0, |[all, part]| part / all);
        assert!((points - 12.0 * share).abs() < 1e-9, "{cell:?} {points} {share}");
    }
    let [act] = &acts[..] else { panic!("{acts:?}") };
    assert_eq!(
        (act.by, act.importer.as_str(), act.origin.as_str()),
        (Some(Weighing::ImportsByLine), "USA", "CHN")
    );
    assert!((act.added_pp - 0.12 * act.share_pct).abs() < 1e-9);
}

#[test]
fn a_list_of_every_chapter_charges_what_an_act_on_all_goods_charges() {
    let chapters: Vec<String> = (1..=97).filter(|n| *n != 77).map(|n| format!("{n:02}")).collect();
    let list =
        format!(r#"USA puts 10 % on "{}" of CHN from 2026-08-15 published 2026-08-01"#, chapters.join(", "));
    let (by_list, acts) = added(&[&list]).unwrap();
    let (on_all, plain) =
        added(&["USA puts 10 % on all goods of CHN from 2026-08-15 published 2026-08-01"]).unwrap();
    let ((n, i), economy) = (pair(), economies::open("default").unwrap().economy);
    for s in economy.goods() {
        assert!((on_all[(n, i, s)] - 10.0).abs() < 1e-9, "{}", economy.sector(s).code);
        assert!((by_list[(n, i, s)] - 10.0).abs() < 1e-9, "{}", economy.sector(s).code);
    }
    assert!((acts[0].share_pct - 100.0).abs() < 1e-9);
    assert!(plain[0].by.is_none() && (plain[0].added_pp - 10.0).abs() < 1e-9, "no line is needed: {plain:?}");
}

/// What the table knows of behaviour and content stays, in proportion.
#[test]
fn a_rate_that_is_halved_halves_what_the_table_knows_of_its_programme() {
    let change = "USA changes us-232-autos to 12.5 % from 2026-08-15 published 2026-08-01";
    let (added, _) = added(&[change]).unwrap();
    let economy = economies::open("default").unwrap().economy;
    let (table, _) = coverage().unwrap();
    let [usa, chn, vehicles] = ["USA", "CHN", "MVH"];
    let found = table.recorded(
        &Country::new(usa),
        "232-cars",
        (&Country::new(chn), &[]),
        &Sector::new(vehicles),
        (on(), Day::MAX),
    );
    let (n, i) = pair();
    let points = added[(n, i, economy.sector_id(vehicles).unwrap())];
    let before = found.unwrap().points;
    assert!(before > 0.0 && (points + before / 2.0).abs() < 0.02 * before, "{before} {points}");
}

#[test]
fn where_nothing_is_known_of_purchases_each_subheading_counts_once() {
    let act = r#"CHN puts 10 % on "1201" of USA from 2026-08-15 published 2026-08-01"#;
    let (added, acts) = added(&[act]).unwrap();
    let goods = Goods::read().unwrap();
    let of = |sector: &str| {
        goods.subheadings.lines.iter().filter(|(_, own, _)| own.as_str() == sector).count() as f64
    };
    let economy = economies::open("default").unwrap().economy;
    let (usa, chn) = pair();
    let points = added[(chn, usa, economy.sector_id("AGR").unwrap())];
    let soya: Line = "1201".parse().unwrap();
    let named = goods.subheadings.lines.iter().filter(|(line, ..)| soya.covers(*line)).count() as f64;
    assert!((points - 10.0 * named / of("AGR")).abs() < 1e-9, "{points}");
    assert_eq!(acts[0].by, Some(Weighing::SubheadingsOnce));
}

/// One line of eight digits of China's is taken for all of its subheading, and the remark says what it would be at least.
#[test]
fn a_line_below_a_subheading_is_told_with_its_bounds() {
    let of = |goods: &str| {
        let sentence = format!(r#"CHN puts 10 % on "{goods}" of USA from 2026-08-15 published 2026-08-01"#);
        let (_folder, record) = laid(&[&sentence]);
        let economy = economies::open("default").unwrap().economy;
        let found = sizing(&record, Among::Economy(&members(&economy)), &[on()], None).unwrap();
        (found.acts[0].clone(), found.warnings.to_string())
    };
    let (part, said) = of("1201.90.10");
    let (whole, said_of_whole) = of("1201.90");
    assert_eq!(part.added_pp, whole.added_pp, "the upper bound is all of the subheading");
    assert_eq!(
        (part.added_in_part_pp, part.in_part_pct),
        (part.added_pp, part.share_pct),
        "the lower one is none"
    );
    assert_eq!((whole.added_in_part_pp, whole.in_part_pct), (0.0, 0.0));
    assert!(said.contains("were these lines nothing of them, it would add 0.00 points"), "{said}");
    assert!(!said_of_whole.contains("were these lines"), "{said_of_whole}");
    // Beside a whole heading only the part is in doubt.
    let (both, _) = of("1201.90.10, 0203");
    assert!(both.added_in_part_pp == part.added_pp && both.added_pp > 2.0 * part.added_pp);
}

#[test]
fn an_overlay_that_changes_no_duty_leaves_the_table_as_it_is() {
    let (_folder, record) = laid(&[r#"USA puts 10 % on "9503" of CHN from 2030-01-01 published 2029-12-01"#]);
    let economy = economies::open("default").unwrap().economy;
    let found = sizing(&record, Among::Economy(&members(&economy)), &[on()], Some(on())).unwrap();
    assert_eq!(found.coverage, coverage().unwrap().0, "what is not yet known charges nothing");
    assert!(found.acts.is_empty() && found.warnings.is_empty());
}

#[test]
fn what_no_line_shows_the_size_of_is_refused_with_what_would_be_needed() {
    let refused = |sentence: &str| added(&[sentence]).unwrap_err().to_string();
    let unknown = refused(r#"USA puts 25 % on "9999" of CHN from 2026-08-15 published 2026-08-01"#);
    assert!(
        unknown.contains("error[unsized-act]") && unknown.contains("no goods are known under `9999`"),
        "{unknown}"
    );
}

/// The record with the European Union as a government, and an act of it on top: its origins and goods in TOML.
fn union(act: &str) -> (tempfile::TempDir, Record) {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: String| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let government =
        "[[government]]\ncode = \"EU\"\nname = \"European Union\"\nclock = \"Europe/Brussels\"\n";
    let act = format!(
        "[act]\nid = \"eu-act\"\nissuer = \"EU\"\nkind = \"order\"\ntitle = \"made up\"\npublished = \"2026-08-01\"\n\
         citation = \"none\"\n[[measure]]\nid = \"eu-act\"\nfrom = \"2026-08-15\"\n{act}\n"
    );
    let paths = [write("governments.toml", government.into()), write("act.toml", act)];
    let record = Record::open(None, &paths).unwrap_or_else(|faults| panic!("{faults}"));
    (folder, record)
}

const OF_THE_UNION: [&str; 8] = ["DEU", "FRA", "ITA", "ESP", "NLD", "POL", "IRL", "REU"];

#[test]
fn an_act_of_a_union_is_charged_at_every_members_border_on_the_goods_its_lines_cover() {
    let (_folder, record) = union("origin = [\"USA\"]\ngoods = [\"8703\"]\nrate = \"25 %\"");
    let (added, acts) = added_by(&record).unwrap();
    let goods = Goods::read().unwrap();
    let (cars, lines): (Line, _) = ("8703".parse().unwrap(), &goods.subheadings.lines);
    let economy = economies::open("default").unwrap().economy;
    for (cell, points) in added.cells() {
        let [n, i] = [cell.0, cell.1].map(|id| economy.country(id).code.as_str());
        let sector = &economy.sector(cell.2).code;
        let of = |named: bool| {
            lines.iter().filter(|(line, own, _)| own == sector && (!named || cars.covers(*line))).count()
                as f64
        };
        let charged = OF_THE_UNION.contains(&n) && i == "USA" && of(false) > 0.0;
        let expected = if charged { 25.0 * of(true) / of(false) } else { 0.0 };
        assert!((points - expected).abs() < 1e-9, "{n} {i} {sector} {points} {expected}");
    }
    let told: Vec<_> = acts.iter().map(|act| (act.importer.as_str(), act.origin.as_str())).collect();
    assert_eq!(told, [("EU", "USA")], "the act is sized once, for the union");
    let (deu, usa) = (economy.country_id("DEU").unwrap(), economy.country_id("USA").unwrap());
    assert!(added[(deu, usa, economy.sector_id("MVH").unwrap())] > 1.0);
}

#[test]
fn an_act_of_a_union_on_all_origins_crosses_no_border_between_members() {
    let (_folder, record) = union("origin = \"all\"\ngoods = \"all\"\nrate = \"10 %\"");
    let (added, _) = added_by(&record).unwrap();
    let economy = economies::open("default").unwrap().economy;
    let food = economy.goods().next().unwrap();
    for (n, buyer) in economy.countries().iter().enumerate() {
        for (i, seller) in economy.countries().iter().enumerate().filter(|(i, _)| *i != n) {
            let within = |code: &Country| OF_THE_UNION.contains(&code.as_str());
            let expected = if within(&buyer.code) && !within(&seller.code) { 10.0 } else { 0.0 };
            let points = added[(CountryId::new(n), CountryId::new(i), food)];
            assert!((points - expected).abs() < 1e-9, "{} {} {points}", buyer.code, seller.code);
        }
    }
}

#[test]
fn an_act_that_no_country_of_the_economy_charges_is_refused_and_between_others_passed_over() {
    let (_folder, record) = union("origin = [\"USA\"]\ngoods = \"all\"\nrate = \"10 %\"");
    let others = ["USA", "CHN"].map(Country::new);
    let found = |among: Among<'_>| sizing(&record, among, &[on()], None);
    let refused = found(Among::Economy(&others)).err().unwrap().to_string();
    assert!(refused.contains("error[uncharged-act]") && refused.contains("`eu-act` of EU"), "{refused}");
    assert!(found(Among::Parties(&others)).unwrap().acts.is_empty());
    let before = sizing(&record, Among::Economy(&others), &["2026-08-10".parse().unwrap()], None);
    assert!(before.is_ok(), "before it begins it is nobody's matter");
}
