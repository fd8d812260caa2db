//! Exact gradients against differences of whole solves.
#![allow(clippy::unwrap_used, mixed_script_confusables)]

mod common;

use common::{Digits, MadeUp, default_world, raised};
use equilibrium::{Baseline, Counterfactual, Deficits, Gradients, Options, Outcome, Settings};
use terms::{CountryId, Cube, Rate, SectorId};

const SHARP: Settings = Settings { tolerance: 1e-13, evaluations: 500, memory: 5, second_start: false };

fn nudged(tariffs: &Cube<Rate>, place: (CountryId, CountryId, SectorId), by: f64) -> Cube<Rate> {
    let mut nudged = tariffs.clone();
    nudged[place] = Rate::share(nudged[place].as_share() + by);
    nudged
}

#[test]
fn every_outcome_has_its_slope_by_tariffs_and_trade_costs() {
    let (n, s) = (CountryId::new, SectorId::new);
    let outcomes = [
        Outcome::log_real_income(n(1)),
        Outcome::log_real_wage(n(2)),
        Outcome::revenue(n(0)),
        Outcome::income(n(3)),
        Outcome::output(n(2), s(1)),
        Outcome::log_wage(n(1)).plus(Outcome::log_price(n(1), s(2)).times(-2.0)),
        Outcome::log_consumer_price(n(0)),
    ];
    for links in [true, false] {
        for deficits in [Deficits::Held, Deficits::Scaled] {
            let world = MadeUp::of(4, 3, links, 21);
            let baseline =
                Baseline::of_accounts(world.accounts(), &Options { deficits, ..Options::default() }).unwrap();
            let mut digits = Digits::seed(8);
            let tariffs = Cube::from_fn(4, 3, |n, i, s| {
                Rate::share(
                    world.tariffs[(n, i, s)].as_share() + if n == i { 0.0 } else { digits.next() - 0.2 },
                )
            });
            let at = |tariffs: Cube<Rate>, icebergs: Cube<f64>| {
                let question = Counterfactual::of(&baseline).under(tariffs).with_icebergs(icebergs);
                question.solve(&SHARP).unwrap()
            };
            let none = Cube::filled(4, 3, 1.0);
            let solution = at(tariffs.clone(), none.clone());
            assert!(solution.status.cleared());
            let gradients = Gradients::at(&baseline, &solution);
            for outcome in &outcomes {
                let gradient = gradients.of(outcome, &SHARP);
                assert!(gradient.status.cleared());
                for place in [(n(0), n(2), s(0)), (n(1), n(0), s(1)), (n(3), n(1), s(2)), (n(2), n(2), s(0))]
                {
                    let h = 1e-5;
                    let value = |by: f64| outcome.value(&at(nudged(&tariffs, place, by), none.clone()));
                    let slope = (value(h) - value(-h)) / (2.0 * h);
                    let exact = gradient.by_tariff(place.0, place.1, place.2);
                    assert!(
                        (slope - exact).abs() < 1e-7 * exact.abs().max(1.0),
                        "{outcome:?}: {slope} {exact}"
                    );
                    let melted = |by: f64| {
                        let mut icebergs = none.clone();
                        icebergs[place] = f64::exp(by);
                        outcome.value(&at(tariffs.clone(), icebergs))
                    };
                    let slope = (melted(h) - melted(-h)) / (2.0 * h);
                    let exact = gradient.by_log_iceberg(place.0, place.1, place.2);
                    assert!(
                        (slope - exact).abs() < 1e-7 * exact.abs().max(1.0),
                        "{outcome:?}: {slope} {exact}"
                    );
                }
            }
        }
    }
}

/// All tariffs of a country moved at once, on the embedded economy: one number checks 651 slopes.
#[test]
fn the_gradient_of_the_united_states_own_tariffs_agrees_with_a_difference() {
    let world = default_world();
    let us = world.country_id("USA").unwrap();
    let baseline = Baseline::of(&world, &Options::default()).unwrap();
    let others = || world.country_ids().filter(|i| *i != us);
    let at = |points: f64| {
        let tariffs = raised(world.tariffs(), &world, us, others(), points);
        Counterfactual::of(&baseline).under(tariffs).solve(&SHARP).unwrap()
    };
    let solution = at(0.10);
    let gradient =
        Gradients::at(&baseline, &solution).of(&Outcome::log_real_income(us), &Settings::default());
    let all: f64 = others()
        .flat_map(|i| world.goods().map(move |s| (i, s)))
        .map(|(i, s)| gradient.by_tariff(us, i, s))
        .sum();
    let h = 1e-4;
    let outcome = Outcome::log_real_income(us);
    let slope = (outcome.value(&at(0.10 + h)) - outcome.value(&at(0.10 - h))) / (2.0 * h);
    assert!((all - slope).abs() < 1e-7, "{all} against {slope}");
    // About the price of one solve: products here, evaluations there.
    assert!(gradient.products <= 22, "{} products", gradient.products);
}
