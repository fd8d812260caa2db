//! Ju, Ma, Wang and Zhu (2024), *Journal of Monetary Economics* 141: the tariffs of 2018-19 with external economies
//! of scale, in a small version of their world (7 economies, 44 sectors).
#![allow(clippy::unwrap_used)]

mod common;

use common::{percent, scenario_tariffs, shared_world};
use equilibrium::{Baseline, Counterfactual, Options, Scale, Settings};

/// The abstract: "the US gains from Trumpian tariffs if China does not retaliate"; China loses. With China's answer
/// both lose. The paper's own figures are for its own, larger world; these are ours, and a plain damped iteration
/// written apart from this engine (numpy) gives the same digits.
#[test]
fn the_united_states_gain_from_their_tariffs_if_china_does_not_retaliate() {
    let Some(world) = shared_world("trade-war-2017") else { return };
    let at = |scale: Scale, scenario: &str| {
        let baseline = Baseline::of(&world, &Options { scale, ..Options::default() }).unwrap();
        let question = Counterfactual::of(&baseline).under(scenario_tariffs(&world, scenario));
        let solution = question.solve(&Settings::default()).unwrap();
        assert!(solution.status.cleared(), "{:?}", solution.certificate);
        ["USA", "CHN"].map(|code| percent(solution.real_income_hat(world.country_id(code).unwrap())))
    };
    // Under constant returns even the answerless tariffs cost: it is scale that turns the sign.
    assert_eq!(at(Scale::Constant, "us-tariffs.csv"), ["-0.0474", "-0.1634"]);
    assert_eq!(at(Scale::Constant, "both.csv"), ["-0.0685", "-0.1725"]);
    assert_eq!(at(Scale::External, "us-tariffs.csv"), ["+0.0552", "-0.9204"]);
    assert_eq!(at(Scale::External, "both.csv"), ["-0.0300", "-0.8975"]);
}
