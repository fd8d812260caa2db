//! Times of a solve, beside the plain damped fixed point that most codes use, run in the same program.
//!
//! `cargo bench -p detente-equilibrium`. The shock is 60 points of the United States and China on each other's
//! goods; both methods stop at the same largest relative excess, 1e-10.
#![allow(missing_docs, clippy::unwrap_used, clippy::needless_range_loop, reason = "a bench is no library")]

#[path = "../tests/common/mod.rs"]
mod common;

use common::{default_world, raised, shared_world};
use divan::{Bencher, black_box};
use economy::Economy;
use equilibrium::{Accounts, Baseline, Counterfactual, Links, Options, Settings};
use terms::{CountryId, Cube, Rate, SectorId};

fn main() {
    divan::main();
}

fn war(world: &Economy) -> Cube<Rate> {
    let (us, china) = (world.country_id("USA").unwrap(), world.country_id("CHN").unwrap());
    let one_way = raised(world.tariffs(), world, us, [china], 0.60);
    raised(&one_way, world, china, [us], 0.60)
}

fn solve(bencher: Bencher, world: &Economy, links: Links) {
    let baseline = Baseline::of(world, &Options { links, ..Options::default() }).unwrap();
    let tariffs = war(world);
    let settings = Settings::default();
    bencher.bench_local(|| {
        let solution = Counterfactual::of(&baseline).under(tariffs.clone()).solve(&settings).unwrap();
        assert!(solution.status.cleared());
        black_box(solution.wage_hat(CountryId::new(0)))
    });
}

#[divan::bench]
fn default_32x28_with_links(bencher: Bencher) {
    solve(bencher, &default_world(), Links::Recorded);
}

#[divan::bench]
fn default_32x28_without_links(bencher: Bencher) {
    solve(bencher, &default_world(), Links::Absent);
}

#[divan::bench]
fn default_32x28_with_links_plain_fixed_point(bencher: Bencher) {
    let world = default_world();
    let baseline = Baseline::of(&world, &Options::default()).unwrap();
    let tariffs = war(&world);
    bencher.bench_local(|| black_box(plain(baseline.accounts(), &tariffs)));
}

#[divan::bench]
fn icio_81x50_with_links(bencher: Bencher) {
    if let Some(world) = shared_world("icio-2022") {
        solve(bencher, &world, Links::Recorded);
    }
}

#[divan::bench]
fn icio_81x28_without_links(bencher: Bencher) {
    if let Some(world) = shared_world("icio-2022-flows") {
        solve(bencher, &world, Links::Absent);
    }
}

#[divan::bench]
fn baseline_of_the_default_economy(bencher: Bencher) {
    let world = default_world();
    bencher.bench_local(|| Baseline::of(&world, &Options::default()).unwrap());
}

/// Wages, prices and spending iterated together, wages damped by 0.3; gives the number of rounds.
fn plain(base: &Accounts, tariffs: &Cube<Rate>) -> usize {
    let (countries, sectors) = (base.countries(), base.sectors());
    let all = || CountryId::all(countries);
    let goods = || SectorId::all(sectors);
    let folded = Cube::from_fn(countries, sectors, |n, i, s| {
        let hat = tariffs[(n, i, s)].wedge() / (1.0 + base.tariff[(n, i, s)]);
        base.share[(n, i, s)] * hat.powf(-base.theta[s.at()])
    });
    let mut wage = vec![1.0_f64; countries];
    let mut price = vec![1.0_f64; countries * sectors];
    let mut spending = base.spending.as_slice().to_vec();
    let gamma = base.input_share.as_ref().unwrap();
    for round in 1.. {
        let mut power = vec![0.0; countries * sectors];
        for i in all() {
            for k in goods() {
                let user = (i.at() * sectors + k.at()) * sectors;
                let inputs: f64 =
                    goods().map(|s| gamma[user + s.at()] * price[i.at() * sectors + s.at()].ln()).sum();
                let cost = base.factor_share[(i, k)] * wage[i.at()].ln() + inputs;
                power[i.at() * sectors + k.at()] = (-base.theta[k.at()] * cost).exp();
            }
        }
        let mut sales = vec![0.0; countries * sectors];
        let mut revenue = vec![0.0; countries];
        let mut gap: f64 = 0.0;
        for n in all() {
            for s in goods() {
                let cell = n.at() * sectors + s.at();
                let index: f64 = all().map(|i| folded[(n, i, s)] * power[i.at() * sectors + s.at()]).sum();
                if index <= 0.0 {
                    continue;
                }
                let new = index.powf(-1.0 / base.theta[s.at()]);
                gap = gap.max((new / price[cell] - 1.0).abs());
                price[cell] = new;
                for i in all() {
                    let share = folded[(n, i, s)] * power[i.at() * sectors + s.at()] / index;
                    let before = share * spending[cell] / tariffs[(n, i, s)].wedge();
                    sales[i.at() * sectors + s.at()] += before;
                    revenue[n.at()] += before * tariffs[(n, i, s)].as_share();
                }
            }
        }
        let mut world = 0.0;
        for n in all() {
            let earned: f64 =
                goods().map(|k| base.factor_share[(n, k)] * sales[n.at() * sectors + k.at()]).sum();
            let owed = wage[n.at()] * base.factor_income[n.at()];
            let income = owed + revenue[n.at()] + base.deficit[n.at()];
            for s in goods() {
                let used: f64 = goods()
                    .map(|k| {
                        gamma[(n.at() * sectors + k.at()) * sectors + s.at()]
                            * sales[n.at() * sectors + k.at()]
                    })
                    .sum();
                let new = used + base.final_share[(n, s)] * income;
                let cell = n.at() * sectors + s.at();
                if new > 0.0 {
                    gap = gap.max((spending[cell] / new - 1.0).abs());
                }
                spending[cell] = new;
            }
            gap = gap.max((earned / owed - 1.0).abs());
            wage[n.at()] *= (earned / owed).powf(0.3);
            world += wage[n.at()] * base.factor_income[n.at()];
        }
        let level = base.world_factor_income() / world;
        wage.iter_mut().for_each(|w| *w *= level);
        if gap < 1e-10 || round == 2_000 {
            assert!(gap < 1e-10, "the plain fixed point did not settle: {gap}");
            return round;
        }
    }
    0
}
