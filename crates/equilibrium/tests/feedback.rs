//! Whether a world with returns to scale rests: against a closed form, and on the embedded economy.
#![allow(clippy::unwrap_used, mixed_script_confusables, confusable_idents)]

mod common;

use common::{default_world, raised};
use economy::Economy;
use equilibrium::{
    Accounts, Baseline, Competition, Counterfactual, Deficits, Labour, Links, Options, Scale, Settings,
    Status,
};
use terms::{Cube, Rate};

fn entry(links: Links, labour: Labour) -> Options {
    Options { market: Competition::Entry, links, labour, ..Options::default() }
}

/// Two equal countries with one sector that buys the part γ of its cost from itself and the part h at home, no duties.
/// Sizes can only move against each other. With d = 2h − 1, wages follow sales, spending follows both, and
///
/// ```text
/// p = d c,   y = −θ (1+d) c,   c = (1+1/θ) ((1−γ) y + γ p) − q/θ
/// y / q = (1+d) / (1 − (1+1/θ) γ d + (1+θ)(1+d)(1−γ))
/// ```
#[test]
fn two_equal_countries_have_a_closed_form() {
    for (γ, home, θ) in [(0.5, 0.8, 4.0), (0.9, 0.9, 2.0), (0.7, 0.95, 1.2), (0.0, 0.7, 3.0)] {
        let trade = Cube::from_fn(2, 1, |n, i, _| if n == i { 100.0 * home } else { 100.0 * (1.0 - home) });
        let none = Cube::filled(2, 1, Rate::FREE);
        let inputs = [100.0 * γ; 2];
        let accounts = Accounts::of_flows(&trade, &none, Some(&inputs), &[θ]);
        let baseline = Baseline::of_accounts(accounts, &entry(Links::Recorded, Labour::Mobile)).unwrap();
        let d = 2.0 * home - 1.0;
        let along = |θ: f64| (1.0 + d) / (1.0 - (1.0 + 1.0 / θ) * γ * d + (1.0 + θ) * (1.0 + d) * (1.0 - γ));
        // The base's own θ, and a draw that differs from it.
        for (θ, feedback) in
            [(θ, baseline.feedback()), (1.5 * θ, baseline.feedback_under(&[1.5 * θ]).unwrap())]
        {
            let (feedback, along) = (feedback.unwrap(), along(θ));
            assert!((feedback.strongest - along).abs() < 1e-5, "{}: {along}", feedback.strongest);
            assert_eq!(feedback.rests(), along < 1.0);
        }
    }
}

/// With free entry and input links the year 2022 of the embedded economy is an equilibrium that nobody would stay at:
/// firms one per cent more around Vietnam's electronics sell 1.73 % more. Workers tied to sectors hold them (κ = 1.5),
/// less tied ones do not (κ = 3); without links the question does not arise.
#[test]
fn the_recorded_year_does_not_rest_under_free_entry_with_links() {
    let world = default_world();
    let feedback = |links, labour| Baseline::of(&world, &entry(links, labour)).unwrap().feedback();
    let mobile = feedback(Links::Recorded, Labour::Mobile).unwrap();
    assert_eq!(format!("{:.4}", mobile.strongest), "1.7333");
    assert_eq!(world.country(mobile.at.0).code, "VNM");
    for (kappa, strongest) in [(1.5, "0.7632"), (2.0, "0.8970"), (3.0, "1.0773")] {
        let tied = feedback(Links::Recorded, Labour::Specific { kappa }).unwrap();
        assert_eq!(format!("{:.4}", tied.strongest), strongest);
        assert_eq!(tied.rests(), kappa < 2.5);
    }
    assert_eq!(feedback(Links::Absent, Labour::Mobile), None);
}

/// Such a base is told at once, whatever the shock; without a shock it is the equilibrium it was.
#[test]
fn a_base_that_does_not_rest_is_no_ground_for_changes() {
    let world = default_world();
    let us = world.country_id("USA").unwrap();
    let baseline = Baseline::of(&world, &entry(Links::Recorded, Labour::Mobile)).unwrap();
    let with = |points| {
        let tariffs = raised(world.tariffs(), &world, us, world.country_ids().filter(|i| *i != us), points);
        Counterfactual::of(&baseline).under(tariffs).solve(&Settings::default()).unwrap()
    };
    for points in [0.0001, 0.10] {
        let solution = with(points);
        assert!(matches!(solution.status, Status::Unstable { .. }), "{:?}", solution.status);
        assert_eq!(solution.certificate.evaluations, 1);
    }
    assert!(with(0.0).status.cleared());
}

/// A solution's accounts are a base of their own, and rest or do not by themselves; deficits cannot be taken out of a
/// base that does not rest.
#[test]
fn a_solution_is_asked_as_a_base_is() {
    let world = default_world();
    let us = world.country_id("USA").unwrap();
    let options = entry(Links::Recorded, Labour::Specific { kappa: 2.0 });
    let baseline = Baseline::of(&world, &options).unwrap();
    let tariffs = raised(world.tariffs(), &world, us, world.country_ids().filter(|i| *i != us), 0.10);
    let solution = Counterfactual::of(&baseline).under(tariffs).solve(&Settings::default()).unwrap();
    let there = Baseline::of_accounts(solution.accounts(), &options).unwrap().feedback().unwrap();
    assert!(there.rests() && (there.strongest - 0.897).abs() < 0.02, "{there:?}");
    let removed = Options { deficits: Deficits::Removed, ..entry(Links::Recorded, Labour::Mobile) };
    let faults = Baseline::of(&world, &removed).unwrap_err();
    assert_eq!(faults.iter().map(|fault| fault.code()).collect::<Vec<_>>(), ["unstable-base"]);
}

/// External economies of ψ = k/θ in every sector feed themselves as well; the recorded year rests up to k of about 0.65.
#[test]
fn external_economies_rest_up_to_a_strength() {
    let world = default_world();
    let theta = world.theta(None).unwrap();
    let options = Options { scale: Scale::External, ..Options::default() };
    for (k, strongest) in [(0.5, "0.771"), (0.6, "0.925"), (0.7, "1.079"), (1.0, "1.540")] {
        let psi = theta.iter().map(|θ| k / θ).collect();
        let accounts = Accounts { psi: Some(psi), ..recorded(&world, &theta) };
        let feedback = Baseline::of_accounts(accounts, &options).unwrap().feedback().unwrap();
        assert_eq!(format!("{:.3}", feedback.strongest), strongest);
        assert_eq!(feedback.rests(), k < 0.65);
    }
}

/// No set of elasticities makes free entry with links rest: firms' returns are 1/θ, so that the two go together, and
/// what links add stays where trade reacts without bound.
#[test]
fn no_elasticity_makes_free_entry_with_links_rest() {
    let world = default_world();
    for (θ, strongest) in [(3.0, "1.92"), (8.0, "1.64"), (100.0, "1.54")] {
        let accounts = recorded(&world, &[θ; 28]);
        let options = entry(Links::Recorded, Labour::Mobile);
        let feedback = Baseline::of_accounts(accounts, &options).unwrap().feedback().unwrap();
        assert_eq!(format!("{:.2}", feedback.strongest), strongest);
    }
}

fn recorded(world: &Economy, theta: &[f64]) -> Accounts {
    let inputs = world.inputs().unwrap().as_slice();
    Accounts::of_flows(world.trade(), world.tariffs(), Some(inputs), theta)
}
