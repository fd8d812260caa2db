//! Exact gradients against differences of whole solves.
#![allow(clippy::unwrap_used, mixed_script_confusables)]

mod common;

use common::{Digits, MadeUp, default_world, raised};
use equilibrium::{
    Accounts, Baseline, Cap, Competition, Counterfactual, Deficits, Gradients, Labour, Options, Outcome,
    Rent, Revenue, Scale, Settings,
};
use terms::{CountryId, Cube, Grid, Rate, SectorId};

const SHARP: Settings =
    Settings { tolerance: 1e-13, evaluations: 500, memory: 5, second_start: false, threads: 1 };

fn nudged(tariffs: &Cube<Rate>, place: (CountryId, CountryId, SectorId), by: f64) -> Cube<Rate> {
    let mut nudged = tariffs.clone();
    nudged[place] = Rate::share(nudged[place].as_share() + by);
    nudged
}

/// The slope at zero, to the fourth order of the step.
fn slope(value: impl Fn(f64) -> f64) -> f64 {
    let h = 1e-3;
    (8.0 * (value(h) - value(-h)) - (value(2.0 * h) - value(-2.0 * h))) / (12.0 * h)
}

fn closures() -> Vec<Options> {
    vec![
        Options::default(),
        Options { deficits: Deficits::Scaled, revenue: Revenue::Kept, ..Options::default() },
        Options {
            deficits: Deficits::Removed,
            labour: Labour::Specific { kappa: 1.5 },
            ..Options::default()
        },
        Options { scale: Scale::External, ..Options::default() },
        Options { market: Competition::Entry, ..Options::default() },
    ]
}

#[test]
fn every_outcome_has_its_slope_by_every_instrument_under_every_closure() {
    let (n, s) = (CountryId::new, SectorId::new);
    let outcomes = [
        Outcome::log_real_income(n(1)),
        Outcome::log_real_wage(n(2)),
        Outcome::revenue(n(0)),
        Outcome::income(n(3)),
        Outcome::output(n(2), s(1)),
        Outcome::log_wage(n(1)).plus(Outcome::log_price(n(1), s(2)).times(-2.0)),
        Outcome::log_consumer_price(n(0)),
        Outcome::sector_income(n(1), s(0)),
        Outcome::trade(n(0), n(2), s(0)).plus(Outcome::trade(n(1), n(0), s(1)).times(-0.5)),
        Outcome::log_trade(n(2), n(2), s(2)),
        Outcome::log_quantity(n(1), n(0), s(1)),
    ];
    for (links, options) in
        [true, false].into_iter().flat_map(|links| closures().into_iter().map(move |o| (links, o)))
    {
        let world = MadeUp::of(4, 3, links, 21);
        let psi = world.theta.iter().map(|θ| 0.3 / θ).collect();
        let accounts = Accounts { psi: Some(psi), ..world.accounts() };
        let baseline = Baseline::of_accounts(accounts, &options).unwrap();
        let mut digits = Digits::seed(8);
        let tariffs = Cube::from_fn(4, 3, |n, i, s| {
            Rate::share(
                world.tariffs[(n, i, s)].as_share() + if n == i { 0.0 } else { 0.7 * digits.next() - 0.2 },
            )
        });
        let taxes = Cube::from_fn(4, 3, |_, _, _| Rate::share(0.2 * digits.next()));
        let none = Cube::filled(4, 3, 1.0);
        let subsidies = Grid::from_fn(4, 3, |_, _| Rate::share(0.1 * digits.next()));
        let question = Counterfactual::of(&baseline)
            .under(tariffs.clone())
            .with_export_taxes(taxes.clone())
            .with_production_subsidies(subsidies.clone())
            .with_icebergs(none.clone());
        let solution = question.solve(&SHARP).unwrap();
        assert!(solution.status.cleared(), "{options:?}: {:?}", solution.certificate);
        let gradients = Gradients::at(&baseline, &solution);
        for outcome in &outcomes {
            let gradient = gradients.of(outcome, &SHARP);
            assert!(gradient.status.cleared(), "{options:?}: {}", gradient.largest_residual);
            let value = |question: Counterfactual<'_>| outcome.value(&question.solve(&SHARP).unwrap());
            let agree = |what: &str, exact: f64, found: f64| {
                // Differences of a level are as sharp as the level is.
                let size = outcome.value(&solution).abs().max(1.0);
                let close = (found - exact).abs() < 1e-7 * size;
                assert!(close, "{options:?}, {outcome:?} by {what}: {found} against {exact}");
            };
            for place in [(n(0), n(2), s(0)), (n(1), n(0), s(1)), (n(2), n(2), s(2))] {
                let by_tariff = slope(|by| value(question.clone().under(nudged(&tariffs, place, by))));
                agree("tariff", gradient.by_tariff(place.0, place.1, place.2), by_tariff);
                let by_tax = slope(|by| value(question.clone().with_export_taxes(nudged(&taxes, place, by))));
                agree("export tax", gradient.by_export_tax(place.0, place.1, place.2), by_tax);
                let by_melting = slope(|by| {
                    let mut icebergs = none.clone();
                    icebergs[place] = f64::exp(by);
                    value(question.clone().with_icebergs(icebergs))
                });
                agree("trade cost", gradient.by_log_iceberg(place.0, place.1, place.2), by_melting);
            }
            let by_subsidy = slope(|by| {
                let mut nudged = subsidies.clone();
                nudged[(n(2), s(0))] = Rate::share(nudged[(n(2), s(0))].as_share() + by);
                value(question.clone().with_production_subsidies(nudged))
            });
            agree("production subsidy", gradient.by_production_subsidy(n(2), s(0)), by_subsidy);
            let by_theta = slope(|by| {
                let mut theta = baseline.accounts().theta.clone();
                theta[1] += by;
                let drawn = baseline.accounts().clone().with_theta(&theta);
                let drawn = Baseline::of_accounts(drawn, &options).unwrap();
                outcome.value(&question.to(&drawn).solve(&SHARP).unwrap())
            });
            agree("trade elasticity", gradient.by_theta(s(1)), by_theta);
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

/// One step is one product: from right multipliers it gives the right slopes, from those of another point multipliers closer
/// to right ones; a few outcomes and many, on one thread and two, give the same.
#[test]
fn one_step_leads_closer_and_stays_where_it_is_right() {
    let world = default_world();
    let us = world.country_id("USA").unwrap();
    let base = Baseline::of(&world, &Options::default()).unwrap();
    let peace = Counterfactual::of(&base).solve(&Settings::default()).unwrap();
    let war = raised(world.tariffs(), &world, us, world.country_ids(), 0.30);
    let war = Counterfactual::of(&base).under(war).solve(&Settings::default()).unwrap();
    let incomes: Vec<Outcome> = world.country_ids().map(Outcome::log_real_income).collect();
    let settings = Settings::default();
    let right = Gradients::at(&base, &war).of_all(&incomes, &[], 1, &settings);
    let afar = Gradients::at(&base, &peace).of_all(&incomes, &[], 1, &settings);
    let at = Gradients::at(&base, &war);
    let kept = |gradients: &[equilibrium::Gradient<'_>]| -> Vec<equilibrium::Multipliers> {
        gradients.iter().map(|gradient| gradient.multipliers().clone()).collect()
    };
    let step = |from: &[equilibrium::Multipliers], threads: usize| {
        at.one_step(&incomes[..from.len()], &from.iter().collect::<Vec<_>>(), threads, &settings).unwrap()
    };
    let (stays, first) = (step(&kept(&right), 1), step(&kept(&afar), 1));
    let second = step(&kept(&first), 2);
    for (n, ((stays, right), (first, second))) in
        world.country_ids().zip(stays.iter().zip(&right).zip(first.iter().zip(&second)))
    {
        assert_eq!((stays.products, stays.status.cleared()), (1, true));
        let (a, b) = (stays.by_tariff(n, us, SectorId::new(3)), right.by_tariff(n, us, SectorId::new(3)));
        assert_eq!(a, b);
        assert!(second.largest_residual < 0.5 * first.largest_residual, "{n:?}");
    }
    let from = kept(&first);
    let (few, one_thread) = (step(&from[..2], 1), step(&from, 1));
    for (k, alone) in few.iter().enumerate() {
        let tariff = alone.by_tariff(us, CountryId::new(5), SectorId::new(3));
        let beside = second[k].by_tariff(us, CountryId::new(5), SectorId::new(3));
        assert!((tariff - beside).abs() < 1e-12, "{tariff} against {beside}");
        assert_eq!(one_thread[k].multipliers(), second[k].multipliers());
    }
}

/// Many outcomes together have the gradients that each has alone, whoever stands beside them, cold or from a start.
#[test]
fn gradients_taken_together_are_gradients_taken_alone() {
    let world = default_world();
    let (us, china) = (world.country_id("USA").unwrap(), world.country_id("CHN").unwrap());
    let base = Baseline::of(&world, &Options::default()).unwrap();
    let war = raised(world.tariffs(), &world, us, [china], 0.60);
    let solution = Counterfactual::of(&base).under(war).solve(&Settings::default()).unwrap();
    let at = Gradients::at(&base, &solution);
    let settings = Settings { tolerance: 1e-11, ..Settings::default() };
    let incomes: Vec<Outcome> = world.country_ids().map(Outcome::log_real_income).collect();
    let together = at.of_all(&incomes, &[], 2, &settings);
    let few = at.of_all(&incomes[..3], &[], 1, &settings);
    let starts: Vec<_> = together.iter().map(|gradient| Some(gradient.multipliers())).collect();
    let again = at.of_all(&incomes, &starts, 1, &settings);
    for (n, gradient) in world.country_ids().zip(&together) {
        assert!(gradient.status.cleared() && gradient.products <= 17, "{}", gradient.products);
        assert_eq!(again[n.at()].products, 1);
        if n.at() < 3 {
            assert_eq!(gradient.multipliers(), few[n.at()].multipliers());
        }
    }
    for n in [us, china, CountryId::new(7)] {
        let alone = at.of(&incomes[n.at()], &settings);
        let steel = SectorId::new(10);
        for i in world.country_ids() {
            let (a, b) = (alone.by_tariff(n, i, steel), together[n.at()].by_tariff(n, i, steel));
            assert!((a - b).abs() < 1e-11, "{a} against {b}");
        }
    }
}

/// Two caps that bind, one for each side's rent, and one that does not: rents answer every instrument, and an
/// importer's own duty on a capped flow only moves rent to revenue.
#[test]
fn rents_of_binding_caps_move_with_every_instrument() {
    let (n, s) = (CountryId::new, SectorId::new);
    let world = MadeUp::of(4, 3, true, 33);
    for options in [Options::default(), Options { scale: Scale::External, ..Options::default() }] {
        let psi = world.theta.iter().map(|θ| 0.3 / θ).collect();
        let baseline =
            Baseline::of_accounts(Accounts { psi: Some(psi), ..world.accounts() }, &options).unwrap();
        let cap = |importer, exporter, sector, quantity, rent| Cap {
            importer: n(importer),
            exporter: n(exporter),
            sector: s(sector),
            quantity,
            rent,
        };
        let caps = [
            cap(0, 1, 0, 0.5, Rent::Importer),
            cap(2, 1, 1, 0.7, Rent::Exporter),
            cap(3, 0, 2, 5.0, Rent::Importer),
        ];
        let question = Counterfactual::of(&baseline).under(world.tariffs.clone()).capping(caps);
        let solution = question.solve(&SHARP).unwrap();
        assert!(solution.rents()[0] > 0.0 && solution.rents()[1] > 0.0 && solution.rents()[2] == 0.0);
        let gradients = Gradients::at(&baseline, &solution);
        let outcomes = [
            Outcome::log_real_income(n(0)),
            Outcome::revenue(n(0)),
            Outcome::trade(n(2), n(1), s(1)),
            Outcome::log_quantity(n(0), n(1), s(0)),
        ];
        let together = gradients.of_all(&outcomes, &[], 1, &SHARP);
        for (outcome, beside) in outcomes.iter().zip(&together) {
            let gradient = gradients.of(outcome, &SHARP);
            assert!(gradient.status.cleared());
            let size = outcome.value(&solution).abs().max(1.0);
            for place in [(n(0), n(2), s(0)), (n(2), n(3), s(1)), (n(1), n(3), s(2)), (n(0), n(1), s(0))] {
                let found = slope(|by| {
                    let tariffs = nudged(&world.tariffs, place, by);
                    outcome.value(&question.clone().under(tariffs).solve(&SHARP).unwrap())
                });
                for gradient in [&gradient, beside] {
                    let exact = gradient.by_tariff(place.0, place.1, place.2);
                    assert!((found - exact).abs() < 1e-7 * size, "{outcome:?}: {found}, {exact}");
                }
            }
            let found = slope(|by| {
                let mut theta = world.theta.clone();
                theta[0] += by;
                let drawn = baseline.accounts().clone().with_theta(&theta);
                let drawn = Baseline::of_accounts(drawn, &options).unwrap();
                let asked = Counterfactual::of(&drawn).under(world.tariffs.clone()).capping(caps);
                outcome.value(&asked.solve(&SHARP).unwrap())
            });
            let exact = gradient.by_theta(s(0));
            assert!((found - exact).abs() < 1e-7 * size, "{outcome:?} by θ: {found} against {exact}");
        }
        let own = together[0].by_tariff(n(0), n(1), s(0));
        assert!(own.abs() < 1e-10, "a duty on a capped flow of one's own: {own}");
    }
}

/// A cap at the quantity of the base year holds nothing until the flow would grow: two slopes, told apart by what the
/// flow would do. Differences are one-sided, of second order.
#[test]
fn a_cap_at_its_kink_has_a_slope_on_either_side() {
    let (n, s) = (CountryId::new, SectorId::new);
    let world = MadeUp::of(4, 3, true, 33);
    let baseline = Baseline::of_accounts(world.accounts(), &Options::default()).unwrap();
    let cap = Cap { importer: n(0), exporter: n(1), sector: s(0), quantity: 1.0, rent: Rent::Exporter };
    let question = Counterfactual::of(&baseline).under(world.tariffs.clone()).capping([cap]);
    let solution = question.solve(&SHARP).unwrap();
    assert_eq!((solution.caps_at_kink(), solution.caps_that_bind()), (vec![0], vec![]));
    let (slack, held) =
        (Gradients::at(&baseline, &solution), Gradients::where_kinks_hold(&baseline, &solution));
    let flow = slack.of(&Outcome::log_quantity(n(0), n(1), s(0)), &SHARP);
    let outcome = Outcome::log_real_income(n(0));
    let (slack, held) = (slack.of(&outcome, &SHARP), held.of(&outcome, &SHARP));
    for place in [(n(0), n(1), s(0)), (n(0), n(2), s(0)), (n(2), n(1), s(0))] {
        let value = |by: f64| {
            let tariffs = nudged(&world.tariffs, place, by);
            outcome.value(&question.clone().under(tariffs).solve(&SHARP).unwrap())
        };
        let of = |gradient: &equilibrium::Gradient<'_>| gradient.by_tariff(place.0, place.1, place.2);
        for side in [1.0, -1.0] {
            let h = 1e-4 * side;
            let found = (4.0 * value(h) - value(2.0 * h) - 3.0 * value(0.0)) / (2.0 * h);
            let grows = of(&flow) * side > 0.0;
            let exact = of(if grows { &held } else { &slack });
            assert!((found - exact).abs() < 1e-6, "{place:?}, {side}: {found}, {exact}");
        }
        assert!((of(&held) - of(&slack)).abs() > 1e-5, "{place:?}: no kink to speak of");
    }
}
