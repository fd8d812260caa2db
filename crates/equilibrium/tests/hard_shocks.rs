//! Shocks far from the baseline: reached, or ended in a stall that names its market.
#![allow(clippy::unwrap_used, mixed_script_confusables, confusable_idents)]

mod common;

use common::{Digits, default_world};
use equilibrium::{
    Baseline, Competition, Counterfactual, Deficits, Labour, Links, Market, Options, Settings, Solution,
    Status,
};
use terms::{Cube, Rate};

fn solved(question: &Counterfactual<'_>) -> Solution {
    let solution = question.solve(&Settings::default()).unwrap();
    assert!(solution.status.cleared(), "{:?}", solution.certificate);
    assert!(solution.certificate.walras < 1e-9, "{:?}", solution.certificate);
    solution
}

/// Closures and the evaluations that hard shocks may take under each.
fn closures() -> Vec<(Options, usize)> {
    let one = Options::default;
    let tied = Labour::Specific { kappa: 1.5 };
    vec![
        (one(), 24),
        (Options { links: Links::Absent, ..one() }, 20),
        (Options { deficits: Deficits::Removed, ..one() }, 24),
        (Options { deficits: Deficits::Scaled, ..one() }, 24),
        (Options { labour: tied, ..one() }, 34),
        (Options { labour: Labour::Specific { kappa: 1.0 }, ..one() }, 38),
        // Free entry where workers are tied: firms stay where their workers are.
        (Options { labour: tied, market: Competition::Entry, ..one() }, 40),
        (Options { labour: tied, market: Competition::Entry, links: Links::Absent, ..one() }, 30),
        // Free entry where sectors are apart: some two dozen of them close.
        (Options { market: Competition::Entry, links: Links::Absent, ..one() }, 10),
        (
            Options {
                market: Competition::Entry,
                links: Links::Absent,
                deficits: Deficits::Removed,
                ..one()
            },
            10,
        ),
    ]
}

/// Every duty twenty times as high, and twenty per cent where there was none.
#[test]
fn tariffs_twenty_times_as_high() {
    let world = default_world();
    for (options, most) in closures() {
        let baseline = Baseline::of(&world, &options).unwrap();
        let goods: Vec<bool> = world.sector_ids().map(|s| world.sector(s).good).collect();
        let tariffs = Cube::from_fn(32, 28, |n, i, s| {
            let rate = world.tariffs()[(n, i, s)].as_share();
            let none = if n != i && goods[s.at()] { 0.2 } else { 0.0 };
            Rate::share(if rate == 0.0 { none } else { 20.0 * rate })
        });
        let solution = solved(&Counterfactual::of(&baseline).under(tariffs));
        assert!(solution.world_real_income_hat() < 1.0);
        assert!(solution.certificate.evaluations <= most, "{options:?} {:?}", solution.certificate);
    }
}

/// Half of all flows between countries forbidden, drawn by lot.
#[test]
fn bans_on_half_of_all_flows() {
    let world = default_world();
    let mut digits = Digits::seed(12);
    let mut flows = Vec::new();
    for n in world.country_ids() {
        for i in world.country_ids().filter(|i| *i != n) {
            flows.extend(world.sector_ids().filter(|_| digits.next() < 0.5).map(|s| (n, i, s)));
        }
    }
    for (options, most) in closures() {
        let baseline = Baseline::of(&world, &options).unwrap();
        let solution = solved(&Counterfactual::of(&baseline).banning(flows.clone()));
        assert!(flows.iter().all(|(n, i, s)| solution.share(*n, *i, *s) == 0.0));
        assert!(solution.certificate.evaluations <= most, "{options:?} {:?}", solution.certificate);
    }
}

/// Autarky, but for Singapore, which makes no energy and no minerals at all and pays Malaysia for them in
/// electronics. Possible without deficits; with them, what a country receives from abroad has no way in.
#[test]
fn autarky_with_and_without_deficits() {
    let world = default_world();
    let country = |code: &str| world.country_id(code).unwrap();
    let sector = |code: &str| world.sector_id(code).unwrap();
    let (singapore, malaysia) = (country("SGP"), country("MYS"));
    let kept = [
        (singapore, malaysia, sector("ENE")),
        (singapore, malaysia, sector("MIN")),
        (malaysia, singapore, sector("ELE")),
    ];
    let mut flows = Vec::new();
    for n in world.country_ids() {
        for i in world.country_ids().filter(|i| *i != n) {
            flows.extend(world.sector_ids().map(|s| (n, i, s)).filter(|flow| !kept.contains(flow)));
        }
    }
    let removed = Options { deficits: Deficits::Removed, ..Options::default() };
    let baseline = Baseline::of(&world, &removed).unwrap();
    let solution = solved(&Counterfactual::of(&baseline).banning(flows.clone()));
    for n in world.country_ids() {
        assert!(solution.real_income_hat(n) < 1.0, "{}", world.country(n).code);
    }
    let held = Baseline::of(&world, &Options::default()).unwrap();
    let stalled = Counterfactual::of(&held).banning(flows).solve(&Settings::default()).unwrap();
    assert!(matches!(stalled.status, Status::Stalled { worst: Market::Factors(_) | Market::Goods(_, _) }));
}
