//! Laws of what governments want: weights that are all alike are real income, slopes are those of payoffs, and who
//! values revenue charges more.

#![allow(mixed_script_confusables)] // The symbols of the papers.
#![allow(clippy::unwrap_used, clippy::print_stdout)] // A panic in a test is its message.

mod support;

use equilibrium::firms::{Deficits, Market, OneFactor};
use equilibrium::{Baseline, Options, Settings};
use strategy::{
    Instruments, LinkedGame, Objective, OneFactorGame, PlaySettings, Player, Shape, Start, TariffGame, Wish,
    best_response,
};
use terms::{CountryId, Grid, Rate, SectorId};

/// The one-factor world of the default economy, in which countries have deficits.
fn with_deficits(objective: Objective) -> Option<OneFactorGame> {
    let economy = support::shared_economy("default")?;
    let theta = economy.theta(None).unwrap();
    let base = OneFactor::of(&economy, &theta, Market::Perfect).unwrap();
    Some(OneFactorGame::new(base, objective, Deficits::Held).unwrap())
}

/// Every duty of a country raised by a tenth.
fn raised<G: TariffGame>(game: &G, importer: usize) -> Vec<f64> {
    let mut wedges = game.base_log_wedges().to_vec();
    let n = CountryId::new(importer);
    for i in CountryId::all(game.countries()).filter(|i| *i != n) {
        for s in SectorId::all(game.sectors()) {
            wedges[game.cell(n, i, s)] += 0.1;
        }
    }
    wedges
}

fn are_real_income<G: TariffGame>(game: &G) {
    let state = game.clear(&raised(game, 31), None).unwrap();
    for (payoff, real_income) in game.payoffs(&state).iter().zip(game.real_income(&state)) {
        assert!((payoff - real_income).abs() < 1e-9, "{payoff} {real_income}");
    }
}

/// A country's weights may be scaled: twice its incomes is as good as once, deficits that are held included.
#[test]
fn weights_that_are_all_alike_are_real_income() {
    let twice = || Objective::political(Grid::filled(32, 28, 2.0));
    let Some(game) = with_deficits(twice()) else { return };
    are_real_income(&game);
    let economy = support::shared_economy("default").unwrap();
    let baseline = Baseline::of(&economy, &Options::default()).unwrap();
    are_real_income(&LinkedGame::new(baseline, twice(), Settings::default()).unwrap());
}

/// With weights on revenue and on sectors, and deficits held, slopes are those of payoffs.
#[test]
fn slopes_with_a_weight_on_revenue_agree_with_differences_of_payoffs() {
    let weight = Grid::from_fn(32, 28, |n, s| 1.0 + 0.3 * ((n.at() * 7 + s.at() * 3) % 5) as f64);
    let objective = Objective::political(weight).valuing_revenue((0..32).map(|n| 0.03 * n as f64).collect());
    let Some(game) = with_deficits(objective) else { return };
    let held = game.base_log_wedges().to_vec();
    let state = game.clear(&held, None).unwrap();
    let n = CountryId::new(30);
    let wish = Wish { weights: vec![(n, 1.0)], importers: vec![n], exporters: vec![] };
    let pulls = game.pulls(&state, &[wish], 0.0).unwrap().remove(0);
    let first = game.cell(n, CountryId::new(0), SectorId::new(0));
    for (i, s) in [(3, 5), (12, 11), (31, 2)] {
        let cell = game.cell(n, CountryId::new(i), SectorId::new(s));
        let payoff = |by: f64| {
            let mut wedges = held.clone();
            wedges[cell] += by;
            game.payoffs(&game.clear(&wedges, Some(&state)).unwrap())[n.at()]
        };
        let h = 1e-2;
        let (near, far) = (payoff(h) - payoff(-h), payoff(2.0 * h) - payoff(-2.0 * h));
        let difference = (8.0 * near - far) / (12.0 * h);
        let pull = pulls[pulls_place(&game, cell, first)];
        let slope = pull.slope(held[cell].exp());
        assert!((slope - difference).abs() < 1e-4 * slope.abs() + 1e-10, "{i} {s}: {slope:e} {difference:e}");
    }
}

/// Pulls of one importer lie as its cells do.
fn pulls_place(game: &OneFactorGame, cell: usize, first: usize) -> usize {
    let (_, i, s) = game.place(cell);
    assert_eq!(cell - first, s.at() * game.countries() + i.at());
    cell - first
}

/// The more a dollar of revenue counts, the higher the one duty a government would charge, towards the one that
/// brings most revenue.
#[test]
fn who_values_revenue_more_charges_more() {
    let mut last = 0.0;
    for ρ in [0.0, 0.5, 2.0] {
        let objective = Objective::real_income(32, 28).valuing_revenue(vec![ρ; 32]);
        let Some(game) = with_deficits(objective) else { return };
        let n = CountryId::new(30);
        let player = Player::alone("X".into(), n);
        let instruments = Instruments::duties(Shape::Uniform).between(Rate::FREE, Rate::share(10.0));
        let held = game.base_log_wedges();
        let settings = PlaySettings::default();
        let best = best_response(&game, &player, &instruments, held, &[Start::Here], &settings).unwrap();
        let cell = game.cell(n, CountryId::new(0), SectorId::new(0));
        let rate = best.rest.log_wedges[cell].exp_m1();
        assert!(rate > last + 0.01, "ρ = {ρ}: {rate} after {last}");
        last = rate;
    }
}
