//! Draws over the elasticities, on the embedded economy.
#![allow(clippy::unwrap_used, mixed_script_confusables)]

mod common;

use common::{default_world, raised};
use equilibrium::{Band, Baseline, Counterfactual, Draws, Options, Sequence, Settings, Spread};
use equilibrium::{ensemble, ensemble_in_full};

#[test]
fn bands_do_not_depend_on_threads_and_hold_the_central_answer() {
    let world = default_world();
    let us = world.country_id("USA").unwrap();
    let others = world.country_ids().filter(|i| *i != us);
    let tariffs = raised(world.tariffs(), &world, us, others, 0.10);
    let baseline = Baseline::of(&world, &Options::default()).unwrap();
    let question = Counterfactual::of(&baseline).under(tariffs);
    let draws = Draws { count: 32, seed: 2025, spread: Spread::Same(0.25), sequence: Sequence::Even };
    let thetas = draws.around(&baseline.accounts().theta);
    let at = |threads| {
        let found = ensemble(&question, &thetas, threads, &Settings::default(), |cleared| {
            assert!(cleared.evaluations() <= 22, "{}", cleared.evaluations());
            cleared.real_income_hat(us)
        });
        found.unwrap().into_iter().map(Option::unwrap).collect::<Vec<f64>>()
    };
    let (alone, together) = (at(1), at(3));
    assert_eq!(alone, together);
    let band = Band::of(alone).unwrap();
    let central = question.solve(&Settings::default()).unwrap().real_income_hat(us);
    assert!(band.p05 < central && central < band.p95, "{central} outside of {band:?}");
}

/// A draw is the same as a baseline that was read with those elasticities.
#[test]
fn a_draw_is_a_baseline_with_those_elasticities() {
    let world = default_world();
    let (us, china) = (world.country_id("USA").unwrap(), world.country_id("CHN").unwrap());
    let tariffs = raised(world.tariffs(), &world, us, [china], 0.60);
    let central = Baseline::of(&world, &Options::default()).unwrap();
    let other =
        Baseline::of(&world, &Options { elasticity: Some("uniform".into()), ..Options::default() }).unwrap();
    let thetas = vec![other.accounts().theta.clone()];
    let question = Counterfactual::of(&central).under(tariffs.clone());
    let drawn =
        ensemble(&question, &thetas, 1, &Settings::default(), |cleared| cleared.real_income_hat(china));
    let read = Counterfactual::of(&other).under(tariffs).solve(&Settings::default()).unwrap();
    let (drawn, read) = (drawn.unwrap()[0].unwrap(), read.real_income_hat(china));
    assert!((drawn - read).abs() < 1e-9, "{drawn} against {read}");
}

/// Draws with all their arrays are the same answers, from whichever start, and a nearby start saves evaluations.
#[test]
fn draws_in_full_are_the_same_draws() {
    let world = default_world();
    let (us, china) = (world.country_id("USA").unwrap(), world.country_id("CHN").unwrap());
    let tariffs = raised(world.tariffs(), &world, us, [china], 0.60);
    let baseline = Baseline::of(&world, &Options::default()).unwrap();
    let question = Counterfactual::of(&baseline).under(tariffs);
    let settings = Settings::default();
    let draws = Draws { count: 8, seed: 3, spread: Spread::Same(0.3), sequence: Sequence::Even };
    let thetas = draws.around(&baseline.accounts().theta);
    let brief = ensemble(&question, &thetas, 1, &settings, |cleared| cleared.real_income_hat(china)).unwrap();
    let central = question.solve(&settings).unwrap();
    let mut spent = Vec::new();
    for near in [None, Some(&central)] {
        let full = ensemble_in_full(&question, near, &thetas, 2, &settings, |solution| {
            (solution.real_income_hat(china), solution.certificate.evaluations)
        });
        let full: Vec<(f64, usize)> = full.unwrap().into_iter().map(Option::unwrap).collect();
        for (full, brief) in full.iter().zip(&brief) {
            assert!((full.0 - brief.unwrap()).abs() < 1e-9, "{} against {brief:?}", full.0);
        }
        spent.push(full.iter().map(|(_, evaluations)| evaluations).sum::<usize>());
    }
    assert!(spent[1] < spent[0], "{spent:?}");
}
