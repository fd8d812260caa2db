//! Every closure on the embedded economy: what it changes in the answer to one question, and what it costs to solve.
#![allow(clippy::unwrap_used)]

mod common;

use common::{default_world, percent, raised};
use equilibrium::{Baseline, Counterfactual, Deficits, Labour, Links, Options, Settings};

#[test]
fn ten_points_by_the_united_states_under_every_closure() {
    let world = default_world();
    let us = world.country_id("USA").unwrap();
    let others = world.country_ids().filter(|i| *i != us);
    let tariffs = raised(world.tariffs(), &world, us, others, 0.10);
    let one = Options::default;
    for (options, expected, most) in [
        (one(), ["+0.2033", "-0.6115", "-0.7283"], 13),
        (Options { links: Links::Absent, ..one() }, ["+0.1208", "-0.3585", "-0.4938"], 9),
        (Options { deficits: Deficits::Scaled, ..one() }, ["+0.2645", "-0.6439", "-0.8312"], 13),
        (Options { deficits: Deficits::Removed, ..one() }, ["+0.2126", "-0.6360", "-0.8380"], 13),
        (Options { labour: Labour::Specific { kappa: 1.5 }, ..one() }, ["+0.2332", "-0.6855", "-0.8113"], 24),
        (Options { labour: Labour::Specific { kappa: 1.0 }, ..one() }, ["+0.2415", "-0.7018", "-0.8272"], 30),
    ] {
        let baseline = Baseline::of(&world, &options).unwrap();
        let solution =
            Counterfactual::of(&baseline).under(tariffs.clone()).solve(&Settings::default()).unwrap();
        let hat = |code: &str| percent(solution.real_income_hat(world.country_id(code).unwrap()));
        assert_eq!(["USA", "CAN", "MEX"].map(hat), expected, "{options:?}");
        assert!(solution.certificate.evaluations <= most, "{options:?} {:?}", solution.certificate);
    }
}
