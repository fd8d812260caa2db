//! The figures of `best`, `war`, `coalitions`, `weights` and `retaliate`, from the embedded economy: sound at both widths, and
//! every number that is drawn stands in the table behind the figure.

#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test a panic is the message")]

mod sound;

use equilibrium::Options;
use equilibrium::firms::Deficits;
use report::figures::{self, Datum, Exhibit};
use scenario::{
    CoalitionQuestion, Departure, GameQuestion, Others, Record, RetaliationQuestion, Wants, WarQuestion,
    WarRule, WeightsQuestion,
};
use sound::assert_sound;
use strategy::{Border, Ranking, Shape};
use terms::Rate;

fn game(shape: Shape, border: Border) -> GameQuestion {
    GameQuestion {
        economy: "default".into(),
        elasticity: None,
        market: None,
        links: false,
        deficits: Deficits::Held,
        shape,
        all_sectors: false,
        border,
        subsidies: false,
        floor_pct: None,
        cap_pct: None,
        exempt: Vec::new(),
        wants: Wants::default(),
        blocs: Vec::new(),
        list_tariffs: false,
        threads: 1,
    }
}

fn assert_drawn(exhibit: &Exhibit) {
    assert_sound(&exhibit.wide);
    assert_sound(exhibit.narrow.as_ref().unwrap());
    assert!(!exhibit.rows.is_empty(), "{} has no numbers", exhibit.id);
    assert!(exhibit.rows.iter().all(|row| row.len() == exhibit.head.len()), "{:?}", exhibit.head);
}

/// The numbers of a column.
fn column(exhibit: &Exhibit, name: &str) -> Vec<f64> {
    let at = exhibit.head.iter().position(|head| *head == name).unwrap();
    let number = |row: &Vec<Datum>| match &row[at] {
        Datum::Number(value, _) => *value,
        Datum::Text(text) => panic!("{name}: {text}"),
    };
    exhibit.rows.iter().map(number).collect()
}

#[test]
fn a_best_reply_is_drawn_by_what_is_decided_and_says_what_is_left_out() {
    for (shape, border, figures) in [
        (Shape::PerPartner, Border::Imports, 2),
        (Shape::PerSector, Border::Exports, 2),
        (Shape::PerCell, Border::Both, 3),
    ] {
        let (found, _) = scenario::best_of(&game(shape, border), "USA", Others::Hold).unwrap();
        let drawn = figures::best(&found);
        assert_eq!(drawn.len(), figures, "rates at each border, and real income");
        drawn.iter().for_each(assert_drawn);
        // Of 638 flows 24 are drawn, and of the rest the number and the trade is told.
        assert_eq!(drawn[0].note.contains("more, with"), shape != Shape::PerSector, "{}", drawn[0].note);
        let trade = column(&drawn[0], "trade_usd_mn");
        assert!(trade.len() <= 24 && trade.windows(2).all(|pair| pair[0] >= pair[1]), "largest first");
    }
}

#[test]
fn a_war_draws_everyone_sorted_and_each_players_duties_of_both_worlds() {
    let question = WarQuestion {
        game: game(Shape::Uniform, Border::Imports),
        players: Some(vec!["USA".into(), "CHN".into()]),
        rule: WarRule::Exact,
        effort: scenario::Effort::Usual,
    };
    let (found, _) = scenario::war_of(&question).unwrap();
    let drawn = figures::war(&found);
    drawn.iter().for_each(assert_drawn);
    let incomes = column(&drawn[0], "real_income_pct");
    assert_eq!(incomes.len(), 32);
    assert!(incomes.windows(2).all(|pair| pair[0] <= pair[1]));
    // One rate on everything: the mean, however weighted, is the rate.
    let rates = column(&drawn[1], "chosen_pct");
    for (rate, player) in rates.iter().zip(["USA", "CHN"]) {
        let row = found.players.iter().find(|row| row.country.as_str() == player).unwrap();
        assert!((rate - row.tariff_mean_pct).abs() < 1e-9, "{player}");
    }
    assert!(column(&drawn[1], "base_pct").iter().all(|rate| (1.0..10.0).contains(rate)));
}

#[test]
fn blocs_are_drawn_over_fighting_alone() {
    let candidates = ["USA", "CHN", "DEU", "JPN", "GBR"].map(String::from).to_vec();
    let game = game(Shape::Uniform, Border::Imports);
    let question = CoalitionQuestion { game, candidates, free_inside: false };
    let (found, _) = scenario::coalitions_of(&question).unwrap();
    let drawn = figures::coalitions(&found);
    assert_drawn(&drawn);
    assert_eq!(drawn.rows.len(), 26 * 5, "blocs of two to five, for each of five");
    assert!(drawn.wide.standalone().contains("equilibrium"), "the bloc that lasts is framed");
}

#[test]
fn weights_are_drawn_by_sector_or_by_country_and_not_where_there_are_none() {
    let drawn = |countries: &[&str]| {
        let question = WeightsQuestion {
            economy: "default".into(),
            elasticity: None,
            market: None,
            deficits: Deficits::Removed,
            countries: countries.iter().map(ToString::to_string).collect(),
            observed: false,
        };
        figures::weights(&scenario::weights_of(&question).unwrap().0)
    };
    let two = drawn(&["USA", "KOR"]);
    assert_eq!(two.len(), 2);
    two.iter().for_each(assert_drawn);
    let mean = column(&two[0], "weight").iter().sum::<f64>() / 28.0;
    assert!((mean - 1.0).abs() < 1e-9);
    let many = drawn(&["USA", "KOR", "SGP", "CHN", "BRA", "IND"]);
    assert_eq!(many.len(), 1, "one row a country");
    many.iter().for_each(assert_drawn);
    assert!(drawn(&["SGP"]).is_empty());
}

#[test]
fn a_list_is_drawn_as_it_grows_and_ends_where_it_is_solved() {
    let record = Record::open(None, &[]).unwrap();
    let question = RetaliationQuestion {
        economy: "default".into(),
        options: Options::default(),
        importer: "USA".into(),
        exporter: "CHN".into(),
        departure: Departure::BaseYear,
        rate: Rate::percent(25.0),
        cap_usd_mn: Some(2_000.0),
        spare: Vec::new(),
        ranking: Ranking::OwnCost,
        by_sector: false,
        lines: None,
        act_from: None,
    };
    let (found, _) = scenario::retaliate_of(&question, &record).unwrap();
    let drawn = figures::retaliation(&found).unwrap();
    assert_drawn(&drawn);
    let harm = column(&drawn, "harm_usd_mn");
    assert!(harm.windows(2).all(|pair| pair[0] <= pair[1]));
    assert!((harm[harm.len() - 1] - found.certificate.sum_of_harms_usd_mn).abs() < 1e-6);
    let none = scenario::RetaliationAnswer { steps: Vec::new(), ..found };
    assert!(figures::retaliation(&none).is_none());
}
