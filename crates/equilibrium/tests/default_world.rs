//! Two reference solves of the embedded economy, to the digits given with its data.
//!
//! Column `default` of the elasticities, input links, deficits held in units of world factor income. The
//! numbers were computed by another program (numpy, a plain joint iteration) when the economy was compiled.

#![allow(clippy::unwrap_used)]

mod common;

use common::{default_world, percent, raised};
use economy::Economy;
use equilibrium::{Baseline, Counterfactual, Options, Settings, Solution};
use terms::{Cube, Rate};

fn solved(world: &Economy, tariffs: Cube<Rate>) -> Solution {
    let baseline = Baseline::of(world, &Options::default()).unwrap();
    let solution = Counterfactual::of(&baseline).under(tariffs).solve(&Settings::default()).unwrap();
    assert!(solution.status.cleared(), "{:?}", solution.certificate);
    assert!(solution.certificate.walras < 1e-9, "{:?}", solution.certificate);
    // A count that grows is a solver that got slower.
    assert!(solution.certificate.evaluations <= 13, "{:?}", solution.certificate);
    solution
}

fn assert_real_income(world: &Economy, solution: &Solution, expected: &[(&str, &str)]) {
    let found: Vec<(&str, String)> = expected
        .iter()
        .map(|(code, _)| (*code, percent(solution.real_income_hat(world.country_id(code).unwrap()))))
        .collect();
    let expected: Vec<(&str, String)> = expected.iter().map(|(code, text)| (*code, (*text).into())).collect();
    assert_eq!(found, expected);
}

#[test]
fn ten_points_by_the_united_states_on_everyone() {
    let world = default_world();
    let us = world.country_id("USA").unwrap();
    let others = world.country_ids().filter(|i| *i != us);
    let solution = solved(&world, raised(world.tariffs(), &world, us, others, 0.10));
    assert_real_income(
        &world,
        &solution,
        &[
            ("USA", "+0.2033"),
            ("CAN", "-0.6115"),
            ("MEX", "-0.7283"),
            ("CHN", "-0.1029"),
            ("DEU", "-0.1193"),
            ("IRL", "-2.1086"),
            ("VNM", "-0.5821"),
            ("KOR", "-0.2098"),
            ("JPN", "-0.0666"),
            ("ROW", "-0.0955"),
        ],
    );
}

#[test]
fn sixty_points_by_the_united_states_and_china_on_each_other() {
    let world = default_world();
    let (us, china) = (world.country_id("USA").unwrap(), world.country_id("CHN").unwrap());
    let one_way = raised(world.tariffs(), &world, us, [china], 0.60);
    let solution = solved(&world, raised(&one_way, &world, china, [us], 0.60));
    assert_real_income(
        &world,
        &solution,
        &[("USA", "-0.3928"), ("CHN", "-0.3917"), ("MEX", "+0.2743"), ("VNM", "+0.6954")],
    );
    let (before, after) = solution.bilateral(us, china, world.goods());
    assert_eq!(format!("{:.0} %", 100.0 * (after / before - 1.0)), "-90 %", "US imports of goods from China");
}

/// China's loss in the American market: who takes it, home among them, and what is not taken up.
#[test]
fn what_china_loses_others_take() {
    let world = default_world();
    let (us, china) = (world.country_id("USA").unwrap(), world.country_id("CHN").unwrap());
    let solution = solved(&world, raised(world.tariffs(), &world, us, [china], 0.60));
    let diversion = solution.diversion(us, world.goods());
    assert_eq!((diversion.sellers[0].exporter, diversion.sellers[0].part < -0.99), (china, true));
    let parts: f64 = diversion.sellers.iter().map(|seller| seller.part).sum();
    assert!((parts - (diversion.gained / diversion.lost - 1.0)).abs() < 1e-12);
    let change: f64 = world
        .country_ids()
        .map(|i| solution.bilateral(us, i, world.goods()))
        .map(|(before, after)| after - before)
        .sum();
    assert!((diversion.gained - diversion.lost - change).abs() < 1e-9 * diversion.lost);
    // Home producers take the largest part, and every seller but China gains.
    assert_eq!(diversion.sellers.last().unwrap().exporter, us);
    assert!(diversion.sellers[1..].iter().all(|seller| seller.part > 0.0));
    let mean = solution.world_mean(|n| solution.real_income_hat(n) - 1.0);
    assert!(mean.by_gdp < 0.0 && mean.simple > mean.by_gdp, "{mean:?}");
}

#[test]
fn the_base_year_reproduces_itself_to_rounding() {
    let world = default_world();
    for options in [Options::default(), Options { links: equilibrium::Links::Absent, ..Options::default() }] {
        let baseline = Baseline::of(&world, &options).unwrap();
        let solution = Counterfactual::of(&baseline).solve(&Settings::default()).unwrap();
        assert_eq!(solution.certificate.iterations, 0);
        assert!(solution.certificate.largest_excess < 1e-13, "{:?}", solution.certificate);
        assert!(solution.certificate.walras < 1e-13, "{:?}", solution.certificate);
    }
}
