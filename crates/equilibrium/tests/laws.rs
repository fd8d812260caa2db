//! Laws of the model, for made-up worlds of many sizes and for every closure.
#![allow(clippy::unwrap_used, mixed_script_confusables, confusable_idents)]

mod common;

use common::{Digits, MadeUp};
use equilibrium::{
    Accounts, Baseline, Competition, Counterfactual, Deficits, Labour, Options, Scale, Settings, Solution,
};
use proptest::prelude::*;
use terms::{CountryId, Cube, Rate, SectorId};

const SHARP: Settings =
    Settings { tolerance: 1e-12, evaluations: 1_000, memory: 5, second_start: false, threads: 1 };

fn closures() -> Vec<Options> {
    let one = Options::default;
    vec![
        one(),
        Options { deficits: Deficits::Scaled, ..one() },
        Options { deficits: Deficits::Removed, ..one() },
        Options { labour: Labour::Specific { kappa: 1.6 }, ..one() },
        Options { scale: Scale::External, ..one() },
        Options { market: Competition::Entry, ..one() },
    ]
}

fn with_psi(accounts: Accounts) -> Accounts {
    let psi = accounts.theta.iter().map(|θ| 0.3 / θ).collect();
    Accounts { psi: Some(psi), ..accounts }
}

/// Tariffs drawn anew between −5 and 45 %.
fn drawn(world: &MadeUp, seed: u64) -> Cube<Rate> {
    near(world, &Options::default(), seed)
}

/// The same, but under free entry within two points of the base year's: in worlds as open as these, larger changes empty
/// whole sectors, which do not come back on the way back.
fn near(world: &MadeUp, options: &Options, seed: u64) -> Cube<Rate> {
    let mut digits = Digits::seed(seed);
    let (countries, sectors) = (world.trade.countries(), world.trade.sectors());
    Cube::from_fn(countries, sectors, |n, i, s| {
        let (before, draw) = (world.tariffs[(n, i, s)].as_share(), digits.next());
        Rate::share(match options.market {
            _ if n == i => 0.0,
            Competition::Perfect => 0.5 * draw - 0.05,
            Competition::Entry => before + 0.04 * (draw - 0.5),
        })
    })
}

fn solved(accounts: Accounts, options: &Options, tariffs: Cube<Rate>) -> Solution {
    let baseline = Baseline::of_accounts(with_psi(accounts), options).unwrap();
    let solution = Counterfactual::of(&baseline).under(tariffs).solve(&SHARP).unwrap();
    assert!(solution.status.cleared(), "{options:?} {:?}", solution.certificate);
    solution
}

fn assert_close(a: f64, b: f64, what: &str) {
    assert!((a - b).abs() <= 1e-9 * a.abs().max(1e-3), "{what}: {a} against {b}");
}

fn countries(solution: &Solution) -> impl Iterator<Item = CountryId> + use<> {
    CountryId::all(solution.before().countries())
}

prop_compose! {
    fn a_world()(countries in 2..5_usize, sectors in 1..5_usize, links: bool, seed in 0..1_000_u64) -> MadeUp {
        MadeUp::of(countries, sectors, links, seed)
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        rng_seed: proptest::test_runner::RngSeed::Fixed(1846),
        ..ProptestConfig::with_cases(16)
    })]

    #[test]
    fn no_shock_moves_nothing(world in a_world()) {
        for options in closures() {
            let baseline = Baseline::of_accounts(with_psi(world.accounts()), &options).unwrap();
            let solution = Counterfactual::of(&baseline).solve(&SHARP).unwrap();
            assert_eq!(solution.certificate.iterations, 0, "{options:?} {:?}", solution.certificate);
            for n in countries(&solution) {
                assert_close(solution.real_income_hat(n), 1.0, "real income");
                assert_close(solution.wage_hat(n), 1.0, "wage");
            }
        }
    }

    #[test]
    fn trade_balances_although_no_equation_says_so(world in a_world(), seed in 0..99_u64) {
        for options in closures() {
            let solution = solved(world.accounts(), &options, drawn(&world, seed));
            assert!(solution.certificate.walras < 1e-10, "{options:?} {:?}", solution.certificate);
            let sum: f64 = countries(&solution).map(|n| solution.deficit(n)).sum();
            assert!(sum.abs() < 1e-9 * solution.before().world_factor_income(), "deficits sum to {sum}");
        }
    }

    #[test]
    fn the_currency_does_not_matter(world in a_world(), seed in 0..99_u64) {
        let mut dear = world.clone();
        dear.trade.as_mut_slice().iter_mut().for_each(|x| *x *= 7.3);
        dear.inputs.iter_mut().flatten().for_each(|x| *x *= 7.3);
        for options in closures() {
            let here = solved(world.accounts(), &options, drawn(&world, seed));
            let there = solved(dear.accounts(), &options, drawn(&world, seed));
            for n in countries(&here) {
                assert_close(here.real_income_hat(n), there.real_income_hat(n), "real income");
                assert_close(7.3 * here.revenue(n), there.revenue(n), "revenue");
            }
        }
    }

    #[test]
    fn renaming_countries_and_sectors_renames_the_answer(world in a_world(), seed in 0..99_u64) {
        let (countries_all, sectors_all) = (world.trade.countries(), world.trade.sectors());
        let country = |n: CountryId| CountryId::new((n.at() + 1) % countries_all);
        let sector = |s: SectorId| SectorId::new(sectors_all - 1 - s.at());
        let inputs = world.inputs.as_ref().map(|inputs| {
            let mut moved = vec![0.0; inputs.len()];
            for (at, value) in inputs.iter().enumerate() {
                let (n, k, s) = (at / sectors_all / sectors_all, at / sectors_all % sectors_all, at % sectors_all);
                let place = |n: usize, k: usize, s: usize| (n * sectors_all + k) * sectors_all + s;
                let (k, s) = (sector(SectorId::new(k)).at(), sector(SectorId::new(s)).at());
                moved[place(country(CountryId::new(n)).at(), k, s)] = *value;
            }
            moved
        });
        let mut renamed = MadeUp {
            trade: world.trade.clone(), tariffs: world.tariffs.clone(), inputs,
            theta: SectorId::all(sectors_all).map(|s| world.theta[sector(s).at()]).collect(),
        };
        for ((n, i, s), value) in world.trade.cells() {
            let place = (country(n), country(i), sector(s));
            renamed.trade[place] = *value;
            renamed.tariffs[place] = world.tariffs[(n, i, s)];
        }
        for options in closures() {
            let tariffs = drawn(&world, seed);
            let mut new_tariffs = tariffs.clone();
            for ((n, i, s), rate) in tariffs.cells() {
                new_tariffs[(country(n), country(i), sector(s))] = *rate;
            }
            let here = solved(world.accounts(), &options, tariffs.clone());
            let there = solved(renamed.accounts(), &options, new_tariffs.clone());
            for n in countries(&here) {
                assert_close(here.real_income_hat(n), there.real_income_hat(country(n)), "real income");
                assert_close(here.price_hat(n, SectorId::new(0)), there.price_hat(country(n), sector(SectorId::new(0))), "price");
            }
        }
    }

    #[test]
    fn a_sector_split_in_equal_halves_leaves_totals_alone(world in a_world(), seed in 0..99_u64) {
        // Sector 0 becomes 0 and S, each with half of every flow and of every purchase.
        let (countries_all, sectors_all) = (world.trade.countries(), world.trade.sectors());
        let (whole, half) = (|s: usize| if s == sectors_all { 0 } else { s }, |s: usize| if s == 0 || s == sectors_all { 0.5 } else { 1.0 });
        let cut = |from: &Cube<f64>| Cube::from_fn(countries_all, sectors_all + 1, |n, i, s| half(s.at()) * from[(n, i, SectorId::new(whole(s.at())))]);
        let same = |from: &Cube<Rate>| Cube::from_fn(countries_all, sectors_all + 1, |n, i, s| from[(n, i, SectorId::new(whole(s.at())))]);
        let inputs = world.inputs.as_ref().map(|inputs| {
            let mut cut = Vec::new();
            for n in 0..countries_all {
                for k in 0..=sectors_all {
                    for s in 0..=sectors_all {
                        cut.push(half(k) * half(s) * inputs[(n * sectors_all + whole(k)) * sectors_all + whole(s)]);
                    }
                }
            }
            cut
        });
        let theta = (0..=sectors_all).map(|s| world.theta[whole(s)]).collect();
        let split = MadeUp { trade: cut(&world.trade), tariffs: same(&world.tariffs), inputs, theta };
        for options in closures() {
            let tariffs = drawn(&world, seed);
            let here = solved(world.accounts(), &options, tariffs.clone());
            let there = solved(split.accounts(), &options, same(&tariffs));
            for n in countries(&here) {
                assert_close(here.real_income_hat(n), there.real_income_hat(n), "real income");
                let halves = there.output(n, SectorId::new(0)) + there.output(n, SectorId::new(sectors_all));
                assert_close(here.output(n, SectorId::new(0)), halves, "output");
            }
        }
    }

    #[test]
    fn a_shock_in_two_steps_is_the_shock_in_one(world in a_world(), seed in 0..99_u64) {
        // Closures whose costs follow output compose as well: ln Ŷ adds up.
        for options in closures() {
            let (middle, end) = (near(&world, &options, seed), near(&world, &options, seed + 100));
            let baseline = Baseline::of_accounts(with_psi(world.accounts()), &options).unwrap();
            let at = |base: &Baseline, tariffs: &Cube<Rate>| {
                let solution = Counterfactual::of(base).under(tariffs.clone()).solve(&SHARP).unwrap();
                assert!(solution.status.cleared(), "{options:?} {:?}", solution.certificate);
                solution
            };
            let direct = at(&baseline, &end);
            let first = at(&baseline, &middle);
            let rebased = Baseline::of_accounts(first.accounts(), &options).unwrap();
            let second = at(&rebased, &end);
            let back = at(&rebased, &world.tariffs);
            for n in countries(&direct) {
                let product = first.real_income_hat(n) * second.real_income_hat(n);
                assert_close(direct.real_income_hat(n), product, "real income in two steps");
                assert_close(first.real_income_hat(n) * back.real_income_hat(n), 1.0, "there and back");
            }
        }
    }

    #[test]
    fn the_split_adds_up_to_real_income(world in a_world(), seed in 0..99_u64) {
        for options in closures() {
            let baseline = Baseline::of_accounts(with_psi(world.accounts()), &options).unwrap();
            let split = Counterfactual::of(&baseline).under(near(&world, &options, seed)).split(40, &SHARP).unwrap();
            for part in split {
                assert!(part.gap().abs() < 1e-7, "{options:?}: {part:?} misses by {}", part.gap());
                if options.deficits != Deficits::Scaled {
                    assert_eq!(part.transfer, 0.0);
                }
                if options.market == Competition::Perfect && options.scale == Scale::Constant {
                    assert_eq!(part.scale, 0.0);
                }
            }
        }
    }
}

#[test]
fn the_start_does_not_matter_under_constant_returns() {
    let world = MadeUp::of(4, 3, true, 5);
    let baseline = Baseline::of_accounts(world.accounts(), &Options::default()).unwrap();
    let settings = Settings { second_start: true, ..SHARP };
    let solution = Counterfactual::of(&baseline).under(drawn(&world, 1)).solve(&settings).unwrap();
    assert!(solution.certificate.second_start.unwrap() < 1e-10, "{:?}", solution.certificate);
}

#[test]
fn digits_do_not_depend_on_threads() {
    let world = MadeUp::of(5, 4, true, 6);
    let baseline = Baseline::of_accounts(world.accounts(), &Options::default()).unwrap();
    let answers = |seed: u64| {
        let solution =
            Counterfactual::of(&baseline).under(drawn(&world, seed)).solve(&Settings::default()).unwrap();
        countries(&solution).map(|n| solution.real_income_hat(n).to_bits()).collect::<Vec<_>>()
    };
    let alone: Vec<_> = (0..6).map(answers).collect();
    let together: Vec<_> = std::thread::scope(|scope| {
        let running: Vec<_> = (0..6).map(|seed| scope.spawn(move || answers(seed))).collect();
        running.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(alone, together);
}
