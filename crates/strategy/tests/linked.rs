//! Best replies and wars where sectors buy from each other: the embedded economy, 32 countries, 28 sectors, 2022.

#![allow(mixed_script_confusables)] // The symbols of the papers.
#![allow(clippy::unwrap_used, clippy::print_stdout)] // A panic in a test is its message.

mod support;

#[path = "support/sharp.rs"]
mod sharp;

use economy::Economy;
use equilibrium::firms::{Market, OneFactor};
use equilibrium::{Baseline, Deficits, Gradients, Links, Options, Outcome, Settings};
use strategy::{
    Border, Instruments, LinkedGame, Objective, OneFactorGame, PlaySettings, PlayStatus, Player, Probe,
    Shape, Start, TariffGame, best_response, player_outcome, war,
};
use terms::{CountryId, Grid, SectorId};

use sharp::Sharp;

fn game(economy: &Economy, options: &Options, objective: Objective) -> LinkedGame {
    LinkedGame::new(Baseline::of(economy, options).unwrap(), objective, Settings::default()).unwrap()
}

fn real_income(economy: &Economy) -> Objective {
    Objective::real_income(economy.countries().len(), economy.sectors().len())
}

fn goods(economy: &Economy) -> Vec<bool> {
    economy.sectors().iter().map(|sector| sector.good).collect()
}

fn alone(economy: &Economy, code: &str) -> Player {
    Player::alone(code.into(), economy.country_id(code).unwrap())
}

/// Enough for tariffs to a hundred-thousandth of a point.
const NEAR: f64 = 1e-7;

fn near() -> PlaySettings {
    PlaySettings { tolerance: NEAR, ..PlaySettings::default() }
}

#[test]
fn the_best_duties_of_the_united_states_average_15_5_percent_and_gain_0_269() {
    let Some(economy) = support::shared_economy("default") else { return };
    let game = game(&economy, &Options::default(), real_income(&economy));
    let any = Instruments::duties(Shape::PerCell).on(goods(&economy));
    let usa = alone(&economy, "USA");
    let held = game.base_log_wedges();
    let best = best_response(&game, &usa, &any, held, &[Start::Here, Start::At(1.0)], &near()).unwrap();
    assert_eq!(best.rest.status, PlayStatus::AtRest);
    assert_eq!(best.peaks.len(), 1, "both starts end on one peak: {:?}", best.peaks);
    assert!(best.rest.slopes[0] < 1e-8);
    let found = player_outcome(&game, &usa, Some(&any), &best.rest.log_wedges, &best.rest.state);
    assert_eq!(format!("{:.2} {:.4}", found.tariff_mean_pct, found.real_income_pct), "15.55 0.2690");
    // It beats its neighbours: a point more or less on everything, or on China alone.
    let payoff = |wedges: &[f64]| game.payoffs(&game.clear(wedges, Some(&best.rest.state)).unwrap())[0];
    let (usa, china) = (economy.country_id("USA").unwrap(), economy.country_id("CHN").unwrap());
    assert_eq!(usa, CountryId::new(0));
    for by in [-0.01, 0.01] {
        for only in [None, Some(china)] {
            let mut wedges = best.rest.log_wedges.clone();
            for i in economy.country_ids().filter(|i| *i != usa && only.is_none_or(|only| *i == only)) {
                for s in economy.goods() {
                    wedges[game.cell(usa, i, s)] += by;
                }
            }
            assert!(payoff(&wedges) < payoff(&best.rest.log_wedges));
        }
    }
}

#[test]
fn a_war_of_all_32_costs_the_united_states_0_135_percent_and_nobody_gains_by_leaving_it() {
    let Some(economy) = support::shared_economy("default") else { return };
    let game = game(&economy, &Options::default(), real_income(&economy));
    let any = Instruments::duties(Shape::PerCell).on(goods(&economy));
    let players: Vec<_> = economy
        .country_ids()
        .map(|n| (Player::alone(economy.country(n).code.clone(), n), any.clone()))
        .collect();
    let found = war(&game, &players, game.base_log_wedges(), Some(&Probe::here()), &near()).unwrap();
    assert_eq!(found.rest.status, PlayStatus::AtRest);
    let certificate = found.certificate(&game, &players);
    assert!(certificate.largest_deviation_gain_pct.unwrap() < 1e-6, "{certificate:?}");
    assert!(certificate.clearing_residual <= 1e-10 && certificate.largest_slope < 1e-7);
    let hat = |code: &str| {
        let n = economy.country_id(code).unwrap();
        format!("{:.3}", 100.0 * game.real_income(&found.rest.state)[n.at()].exp_m1())
    };
    assert_eq!([hat("USA"), hat("CHN"), hat("IRL")], ["-0.135", "-0.195", "-6.457"]);
    // From 100 % everywhere it ends in the same place.
    let high: Vec<f64> = (0..game.base_log_wedges().len())
        .map(|cell| match game.place(cell) {
            (n, i, s) if n != i && economy.sector(s).good => 2.0_f64.ln(),
            _ => game.base_log_wedges()[cell],
        })
        .collect();
    let other = war(&game, &players, &high, None, &near()).unwrap();
    for (a, b) in game.real_income(&found.rest.state).iter().zip(game.real_income(&other.rest.state)) {
        assert!((a - b).abs() < 1e-8);
    }
}

/// Play that carries multipliers along, a step with every move, ends where play that solves for them at every move ends; and
/// no digit depends on the threads.
#[test]
fn a_war_ends_where_sharp_multipliers_end_it_on_any_number_of_threads() {
    let Some(economy) = support::shared_economy("default") else { return };
    let game = game(&economy, &Options::default(), real_income(&economy));
    let any = Instruments::duties(Shape::PerSector).on(goods(&economy));
    let players: Vec<_> =
        economy.countries().iter().map(|c| (alone(&economy, c.code.as_str()), any.clone())).collect();
    let from = game.base_log_wedges();
    let settings = PlaySettings::default();
    let along = war(&game, &players, from, None, &settings).unwrap().rest;
    assert_eq!(along.status, PlayStatus::AtRest);
    let two = war(&game.clone().on_threads(2), &players, from, None, &settings).unwrap().rest;
    assert_eq!(along.log_wedges, two.log_wedges);
    let sharp = war(&Sharp::of(game.clone()), &players, from, None, &settings).unwrap().rest;
    let apart = along.log_wedges.iter().zip(&sharp.log_wedges).map(|(a, b)| (a - b).abs());
    // The last move is below 1e-9, and four fifths of a move come back in the next.
    assert!(apart.fold(0.0, f64::max) < 1e-8);
}

/// A payment enters the deficits of who pays and who receives, markets clear with it, and the payer loses what the receiver
/// gains, about: prices move too. A payment from nowhere is refused.
#[test]
fn a_payment_is_a_deficit_and_comes_from_somewhere() {
    let Some(economy) = support::shared_economy("default") else { return };
    let game = game(&economy, &Options::default(), real_income(&economy));
    let (usa, china) = (economy.country_id("USA").unwrap(), economy.country_id("CHN").unwrap());
    let money = 0.001 * game.base_income()[usa.at()];
    let mut received = vec![0.0; game.countries()];
    (received[usa.at()], received[china.at()]) = (-money, money);
    let paying = game.paying(&received);
    let state = paying.clear(game.base_log_wedges(), None).unwrap();
    let payoffs = paying.payoffs(&state);
    assert!(game.residual(&state) < 1e-9);
    for (n, paid) in [(usa, -money), (china, money)] {
        let deficit = state.solution.deficit(n) - game.baseline().accounts().deficit[n.at()];
        assert!((deficit - paid).abs() < 1e-9 * money, "{deficit} for {paid}");
        let worth = game.base_income()[n.at()] * payoffs[n.at()].exp_m1();
        assert!((worth - paid).abs() < 0.3 * money && worth.abs() > money, "{worth} for {paid}");
    }
    received[china.at()] = 0.0;
    let refused = game.paying(&received).clear(game.base_log_wedges(), None);
    assert!(format!("{:?}", refused.map(|_| ())).contains("transfers sum to"));
}

/// Two implementations of one world: without links and profits the linked game and the one-factor game are the same.
#[test]
fn without_links_both_games_give_the_same_best_duties_and_export_taxes() {
    let Some(economy) = support::shared_economy("default") else { return };
    let options = Options { links: Links::Absent, deficits: Deficits::Removed, ..Options::default() };
    let linked = game(&economy, &options, real_income(&economy));
    let theta = economy.theta(None).unwrap();
    let base = OneFactor::of(&economy, &theta, Market::Perfect).unwrap();
    let base = base.balanced(&Default::default()).unwrap();
    let removed = equilibrium::firms::Deficits::Removed;
    let factor = OneFactorGame::new(base, real_income(&economy), removed).unwrap();
    for border in [Border::Imports, Border::Exports] {
        let any = Instruments::duties(Shape::PerPartner).on(goods(&economy)).at(border);
        let china = alone(&economy, "CHN");
        let a =
            best_response(&linked, &china, &any, linked.base_log_wedges(), &[Start::Here], &near()).unwrap();
        let b =
            best_response(&factor, &china, &any, factor.base_log_wedges(), &[Start::Here], &near()).unwrap();
        assert!((a.gain_pct - b.gain_pct).abs() < 1e-8, "{} {}", a.gain_pct, b.gain_pct);
        let (n, s) = (china.members[0], SectorId::new(3));
        for i in economy.country_ids().filter(|i| *i != n) {
            let (from, importer, exporter) = match border {
                Border::Exports => (linked.cells(), i, n),
                _ => (0, n, i),
            };
            let linked_wedge = a.rest.log_wedges[from + linked.cell(importer, exporter, s)];
            let gap = linked_wedge - b.rest.log_wedges[from + factor.cell(importer, exporter, s)];
            assert!(gap.abs() < 1e-6, "{border:?} {gap}");
        }
    }
}

#[test]
fn the_slope_taken_apart_is_the_slope() {
    let Some(economy) = support::shared_economy("default") else { return };
    let baseline = Baseline::of(&economy, &Options::default()).unwrap();
    let tariffs = economy.tariffs().clone();
    let settings = Settings::default();
    let solution = equilibrium::Counterfactual::of(&baseline).under(tariffs).solve(&settings).unwrap();
    let (n, i) = (economy.country_id("USA").unwrap(), economy.country_id("MEX").unwrap());
    let gradient = Gradients::at(&baseline, &solution).of(&Outcome::log_real_income(n), &settings);
    for s in economy.goods() {
        let (pull, slope) = (gradient.pull(n, i, s), gradient.by_log_wedge(n, i, s));
        assert!((pull.slope(1.0 + solution.tariff(n, i, s)) - slope).abs() < 1e-14);
        let (pull, slope) = (gradient.export_pull(i, n, s), gradient.by_log_exporter_wedge(i, n, s));
        assert!((pull.slope(1.0) - slope).abs() < 1e-14);
    }
}

/// With political weights the game's slopes are those of its own payoffs.
#[test]
fn political_slopes_agree_with_differences_of_payoffs() {
    let Some(economy) = support::shared_economy("default") else { return };
    let weight = Grid::from_fn(32, 28, |n, s| 1.0 + 0.3 * ((n.at() * 7 + s.at() * 3) % 5) as f64);
    let objective = Objective::political(weight).valuing_revenue(vec![0.2; 32]);
    let sharp = Settings { tolerance: 1e-12, ..Settings::default() };
    let game =
        LinkedGame::new(Baseline::of(&economy, &Options::default()).unwrap(), objective, sharp).unwrap();
    let n = economy.country_id("DEU").unwrap();
    let mut held = game.base_log_wedges().to_vec();
    held.resize(2 * game.cells(), 0.0);
    for (importer, s) in [("USA", 5), ("CHN", 12), ("FRA", 3)] {
        let cell = game.cell(economy.country_id(importer).unwrap(), n, SectorId::new(s));
        held[game.cells() + cell] = 0.1;
    }
    let state = game.clear(&held, None).unwrap();
    let wish = strategy::Wish { weights: vec![(n, 1.0)], importers: vec![n], exporters: vec![n] };
    let pulls = game.pulls(&state, &[wish], 0.0).unwrap().remove(0);
    let block = 32 * 28;
    for (partner, s, taxed) in
        [("USA", 5, false), ("CHN", 12, false), ("POL", 20, false), ("USA", 5, true), ("POL", 20, true)]
    {
        let (i, s) = (economy.country_id(partner).unwrap(), SectorId::new(s));
        let duty = game.cell(n, i, s);
        let (cell, pull) = match taxed {
            false => (duty, pulls[duty - n.at() * block]),
            true => (game.cells() + game.cell(i, n, s), pulls[block + i.at() * 28 + s.at()]),
        };
        let payoff = |by: f64| {
            let mut wedges = held.clone();
            wedges[cell] += by;
            game.payoffs(&game.clear(&wedges, Some(&state)).unwrap())[n.at()]
        };
        // To the fourth order of the step.
        let h = 5e-3;
        let (near, far) = (payoff(h) - payoff(-h), payoff(2.0 * h) - payoff(-2.0 * h));
        let difference = (8.0 * near - far) / (12.0 * h);
        let slope = pull.slope(held[cell].exp());
        assert!(
            (slope - difference).abs() < 1e-4 * slope.abs() + 1e-10,
            "{partner} {taxed}: {slope:e} {difference:e}"
        );
    }
}
