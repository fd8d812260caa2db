//! Caliendo and Parro (2015), *Review of Economic Studies* 82(1): the effects of NAFTA's tariff cuts.

#![allow(clippy::unwrap_used)]

mod common;

use common::{scenario_tariffs, shared_world};
use equilibrium::{Baseline, Counterfactual, Options, Settings};

/// Table 2: welfare (the first-order measure) and real wages, and beside them the exact real income, which the
/// paper does not print. Tariffs between Canada, Mexico and the United States fall from 1993 to 2005.
#[test]
fn nafta_table_2_and_the_exact_change_of_real_income() {
    let Some(world) = shared_world("nafta-1993") else { return };
    let baseline = Baseline::of(&world, &Options::default()).unwrap();
    let solution = Counterfactual::of(&baseline)
        .under(scenario_tariffs(&world, "nafta-only.csv"))
        .solve(&Settings::default())
        .unwrap();
    assert!(solution.status.cleared(), "{:?}", solution.certificate);
    let two = |share: f64| format!("{:.2}", 100.0 * share);
    for (code, first_order, real_wage, real_income) in [
        ("MEX", "1.31", "1.72", "0.0073"),
        ("CAN", "-0.06", "0.32", "-0.1101"),
        ("USA", "0.08", "0.11", "0.0741"),
    ] {
        let n = world.country_id(code).unwrap();
        assert_eq!(two(solution.first_order(n).sum()), first_order, "{code}: the paper's welfare");
        assert_eq!(two(solution.real_wage_hat(n) - 1.0), real_wage, "{code}: real wage");
        let exact = format!("{:.4}", 100.0 * (solution.real_income_hat(n) - 1.0));
        assert_eq!(exact, real_income, "{code}: exact real income");
    }
}
