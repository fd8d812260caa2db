//! Results that can be written down: autarky under every closure, one sector, two mirror-image countries.
#![allow(clippy::unwrap_used, mixed_script_confusables, confusable_idents)]

mod common;

use common::MadeUp;
use equilibrium::{
    Accounts, Baseline, Competition, Counterfactual, Deficits, Gradients, Labour, Options, Outcome, Scale,
    Settings, Solution,
};
use terms::{CountryId, Cube, Rate, SectorId};

const SHARP: Settings =
    Settings { tolerance: 1e-12, evaluations: 2_000, memory: 5, second_start: false, threads: 1 };

/// A balanced world of free trade.
fn free_trade(countries: usize, sectors: usize, links: bool, seed: u64) -> Accounts {
    let mut world = MadeUp::of(countries, sectors, links, seed);
    world.tariffs = Cube::filled(countries, sectors, Rate::FREE);
    let removed = Options { deficits: Deficits::Removed, ..Options::default() };
    Baseline::of_accounts(world.accounts(), &removed).unwrap().accounts().clone()
}

fn autarky(accounts: &Accounts, options: &Options) -> Solution {
    let baseline = Baseline::of_accounts(accounts.clone(), options).unwrap();
    let ids = || CountryId::all(accounts.countries());
    let abroad = ids().flat_map(|n| ids().filter(move |i| *i != n).map(move |i| (n, i)));
    let flows = abroad.flat_map(|(n, i)| SectorId::all(accounts.sectors()).map(move |s| (n, i, s)));
    let solution = Counterfactual::of(&baseline).banning(flows).solve(&SHARP).unwrap();
    assert!(solution.status.cleared(), "{options:?}: {:?}", solution.certificate);
    solution
}

/// Π over sectors.
fn product(accounts: &Accounts, factor: impl Fn(SectorId) -> f64) -> f64 {
    SectorId::all(accounts.sectors()).map(factor).product()
}

/// Source: Arkolakis, Costinot and Rodríguez-Clare (2012), *AER* 102(1): Ŵ = π_nn^(1/θ), by sector with weights α
/// as in Costinot and Rodríguez-Clare (2014), *Handbook of International Economics* 4.
#[test]
fn autarky_without_links_costs_what_the_home_shares_say() {
    let accounts = free_trade(4, 3, false, 11);
    let solution = autarky(&accounts, &Options::default());
    for n in CountryId::all(4) {
        let α = accounts.final_share.row(n);
        let expected =
            product(&accounts, |s| f64::powf(accounts.share[(n, n, s)], α[s.at()] / accounts.theta[s.at()]));
        assert!((solution.real_income_hat(n) - expected).abs() < 1e-10, "{n:?}");
    }
}

/// Source: Costinot and Rodríguez-Clare (2014): with one sector and inputs of its own kind, Ŵ = π_nn^(1/(θ γᵛ)).
#[test]
fn autarky_with_links_costs_more_by_the_factor_share() {
    let accounts = free_trade(3, 1, true, 3);
    let solution = autarky(&accounts, &Options::default());
    let s = SectorId::new(0);
    for n in CountryId::all(3) {
        let exponent = 1.0 / (accounts.theta[0] * accounts.factor_share[(n, s)]);
        let expected = accounts.share[(n, n, s)].powf(exponent);
        assert!((solution.real_income_hat(n) - expected).abs() < 1e-10, "{n:?}");
    }
}

/// With e the share of final spending and r the share of factor income of a sector at the baseline, employment
/// in autarky is e/r of what it was. Costinot and Rodríguez-Clare (2014) for free entry, Galle, Rodríguez-Clare and
/// Yi (2023), *Review of Economic Studies* 90(1), for specific factors; external economies follow in the same way.
#[test]
fn autarky_moves_employment_and_each_closure_prices_that_move() {
    let accounts = Accounts { psi: Some(vec![0.10, 0.05, 0.0]), ..free_trade(4, 3, false, 11) };
    let psi = accounts.psi.clone().unwrap();
    let cases = [
        (Options { labour: Labour::Specific { kappa: 1.5 }, ..Options::default() }, 0),
        (Options { market: Competition::Entry, ..Options::default() }, 1),
        (Options { scale: Scale::External, ..Options::default() }, 2),
    ];
    for (options, case) in cases {
        let solution = autarky(&accounts, &options);
        for n in CountryId::all(4) {
            let made: f64 = accounts.output.row(n).iter().sum();
            let expected = product(&accounts, |s| {
                let (α, θ) = (accounts.final_share.row(n)[s.at()], accounts.theta[s.at()]);
                let moved = α / (accounts.output[(n, s)] / made);
                let gain = match case {
                    0 => moved.powf(-1.0 / 1.5),
                    1 => moved.powf(1.0 / θ),
                    _ => moved.powf(psi[s.at()]),
                };
                (accounts.share[(n, n, s)].powf(1.0 / θ) * gain).powf(α)
            });
            let found = solution.real_income_hat(n);
            assert!((found - expected).abs() < 1e-9, "{options:?} {n:?}: {found} against {expected}");
        }
    }
}

/// Arkolakis, Costinot and Rodríguez-Clare (2012): in one sector, whatever trade costs do, Ŵ = π̂_nn^(−1/θ); and
/// neither entry nor scale nor specific factors change it, for employment of the only sector cannot move.
#[test]
fn in_one_sector_real_income_follows_the_home_share_alone() {
    let accounts = Accounts { psi: Some(vec![0.2]), ..free_trade(4, 1, false, 23) };
    let s = SectorId::new(0);
    let icebergs =
        Cube::from_fn(4, 1, |n, i, _| if n == i { 1.0 } else { 0.7 + 0.3 * (n.at() + 2 * i.at()) as f64 });
    for options in [
        Options::default(),
        Options { market: Competition::Entry, ..Options::default() },
        Options { scale: Scale::External, ..Options::default() },
        Options { labour: Labour::Specific { kappa: 1.2 }, ..Options::default() },
    ] {
        let baseline = Baseline::of_accounts(accounts.clone(), &options).unwrap();
        let solution = Counterfactual::of(&baseline).with_icebergs(icebergs.clone()).solve(&SHARP).unwrap();
        for n in CountryId::all(4) {
            let home = solution.share(n, n, s) / accounts.share[(n, n, s)];
            let expected = home.powf(-1.0 / accounts.theta[0]);
            let found = solution.real_income_hat(n);
            assert!((found - expected).abs() < 1e-10, "{options:?} {n:?}: {found} against {expected}");
        }
    }
}

/// Gros (1987), *J. International Economics* 23: one sector, two countries. The optimal tariff is 1/(θ λ), λ the
/// part of its own sales that the other country makes at home, at the tariff itself.
#[test]
fn the_optimal_tariff_of_two_countries_in_one_sector_is_known() {
    let (here, there, s) = (CountryId::new(0), CountryId::new(1), SectorId::new(0));
    let accounts = free_trade(2, 1, false, 4);
    let baseline = Baseline::of_accounts(accounts.clone(), &Options::default()).unwrap();
    let mut tariffs = Cube::filled(2, 1, Rate::FREE);
    // The other country's own tariff does not matter for the formula.
    tariffs[(there, here, s)] = Rate::share(0.17);
    let mut λ = 0.0;
    for _ in 0..200 {
        let solution = Counterfactual::of(&baseline).under(tariffs.clone()).solve(&SHARP).unwrap();
        let gradient = Gradients::at(&baseline, &solution).of(&Outcome::log_real_income(here), &SHARP);
        let sold = |n| solution.trade(n, there, s);
        λ = sold(there) / (sold(there) + sold(here));
        tariffs[(here, there, s)] = gradient.stationary_tariff(here, there, s).unwrap();
    }
    let optimal = tariffs[(here, there, s)].as_share();
    let expected = 1.0 / (accounts.theta[0] * λ);
    assert!((optimal - expected).abs() < 1e-9 * expected, "{optimal} against {expected}");
}

/// Two mirror images: what one loses by the other's tariff, the other loses by its own.
#[test]
fn mirror_images_mirror() {
    let one = |n: CountryId, i: CountryId| if n == i { 70.0 } else { 30.0 };
    let trade = Cube::from_fn(2, 2, |n, i, s| one(n, i) * if s.at() == 0 { 1.0 } else { 2.0 });
    let accounts = Accounts::of_flows(&trade, &Cube::filled(2, 2, Rate::FREE), None, &[4.0, 7.0]);
    let baseline = Baseline::of_accounts(accounts, &Options::default()).unwrap();
    let tariff = |n: usize, rate: f64| {
        let mut tariffs = Cube::filled(2, 2, Rate::FREE);
        let (n, i) = (CountryId::new(n), CountryId::new(1 - n));
        for s in SectorId::all(2) {
            tariffs[(n, i, s)] = Rate::share(rate);
        }
        Counterfactual::of(&baseline).under(tariffs).solve(&SHARP).unwrap()
    };
    let (by_first, by_second) = (tariff(0, 0.2), tariff(1, 0.2));
    for n in 0..2 {
        let (a, b) =
            (by_first.real_income_hat(CountryId::new(n)), by_second.real_income_hat(CountryId::new(1 - n)));
        assert!((a - b).abs() < 1e-12, "{a} against {b}");
    }
    assert!(
        by_first.real_income_hat(CountryId::new(0)) > 1.0
            && by_first.real_income_hat(CountryId::new(1)) < 1.0
    );
}

/// κ grows to infinity: the mobile wage. ψ of zero: constant returns.
#[test]
fn closures_meet_at_their_limits() {
    let accounts = Accounts { psi: Some(vec![0.0; 3]), ..MadeUp::of(4, 3, true, 9).accounts() };
    let tariffs = Cube::from_fn(4, 3, |n, i, _| Rate::share(if n == i { 0.0 } else { 0.25 }));
    let at = |options: &Options| {
        let baseline = Baseline::of_accounts(accounts.clone(), options).unwrap();
        Counterfactual::of(&baseline).under(tariffs.clone()).solve(&SHARP).unwrap()
    };
    let plain = at(&Options::default());
    let mobile = at(&Options { labour: Labour::Specific { kappa: f64::INFINITY }, ..Options::default() });
    let nearly = at(&Options { labour: Labour::Specific { kappa: 1e9 }, ..Options::default() });
    let constant = at(&Options { scale: Scale::External, ..Options::default() });
    for n in CountryId::all(4) {
        let expected = plain.real_income_hat(n);
        assert_eq!(mobile.real_income_hat(n), expected);
        assert_eq!(constant.real_income_hat(n), expected);
        assert!((nearly.real_income_hat(n) - expected).abs() < 1e-8);
    }
}
