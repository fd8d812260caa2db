//! Draws over the elasticities, on the embedded economy.
#![allow(clippy::unwrap_used, mixed_script_confusables)]

mod common;

use common::{default_world, raised};
use equilibrium::{Band, Baseline, Counterfactual, Deficits, Draws, Options, Sequence, Settings, Spread};
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
        let found = ensemble(&question, None, &thetas, threads, &Settings::default(), |cleared| {
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
        ensemble(&question, None, &thetas, 1, &Settings::default(), |cleared| cleared.real_income_hat(china));
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
    let brief =
        ensemble(&question, None, &thetas, 1, &settings, |cleared| cleared.real_income_hat(china)).unwrap();
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

/// Draws that are brought to where they clear side by side are the draws that are solved alone, in the same number of
/// evaluations but for the one that judges each; headline totals are those of the full arrays.
#[test]
fn draws_side_by_side_are_draws_alone() {
    let world = default_world();
    let (us, china) = (world.country_id("USA").unwrap(), world.country_id("CHN").unwrap());
    let tariffs = raised(world.tariffs(), &world, us, [china], 0.60);
    let draws = Draws { count: 19, seed: 11, spread: Spread::Same(0.4), sequence: Sequence::Random };
    for deficits in [Deficits::Held, Deficits::Scaled] {
        let baseline = Baseline::of(&world, &Options { deficits, ..Options::default() }).unwrap();
        let question = Counterfactual::of(&baseline).under(tariffs.clone());
        let settings = Settings::default();
        let thetas = draws.around(&baseline.accounts().theta);
        let together = ensemble(&question, None, &thetas, 1, &settings, |cleared| {
            (cleared.real_income_hat(china), cleared.traded(), cleared.evaluations())
        });
        let mut most = (0, 0);
        for (theta, together) in thetas.iter().zip(together.unwrap()) {
            let alone =
                ensemble_in_full(&question, None, std::slice::from_ref(theta), 1, &settings, |alone| {
                    (alone.real_income_hat(china), alone.traded(), alone.certificate.evaluations)
                });
            let (alone, together) = (alone.unwrap().remove(0).unwrap(), together.unwrap());
            assert!((together.0 - alone.0).abs() < 1e-9, "{} against {}", together.0, alone.0);
            for (one, other) in together.1.imports.iter().zip(&alone.1.imports) {
                assert!((one / other - 1.0).abs() < 1e-8, "{one} against {other}");
            }
            most = (most.0.max(together.2), most.1.max(alone.2));
        }
        assert!(most.0 <= most.1 + 4, "{most:?}");
    }
}
