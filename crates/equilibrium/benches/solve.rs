//! How long a solve takes, and how much of a plain damped iteration that is.
//!
//! `cargo bench -p detente-equilibrium`. The peer is the iteration of the literature in its simplest joint form,
//! run in this very program on the same economy to the same tolerance: new prices, spending and wages from the old,
//! wages damped, powers of all flows computed anew each time.
#![allow(clippy::unwrap_used, clippy::print_stdout, mixed_script_confusables, missing_docs)]

#[path = "../tests/common/mod.rs"]
mod common;

use std::hint::black_box;
use std::sync::LazyLock;
use std::time::Instant;

use common::{default_world, raised, shared_world};
use economy::Economy;
use equilibrium::{
    Accounts, Baseline, Counterfactual, Draws, Gradients, Links, Options, Outcome, Sequence, Settings,
    Solver, Spread, ensemble,
};
use terms::{CountryId, Cube, Rate, SectorId};

/// One economy under one option, and the trade war asked of it.
struct Case {
    name: &'static str,
    baseline: Baseline,
    war: Cube<Rate>,
    home: CountryId,
}

fn case(name: &'static str, world: Option<Economy>, links: Links) -> Option<Case> {
    let world = world?;
    let baseline = Baseline::of(&world, &Options { links, ..Options::default() }).unwrap();
    let (home, other) = (world.country_id("USA")?, world.country_id("CHN")?);
    let one_way = raised(world.tariffs(), &world, home, [other], 0.60);
    Some(Case { name, baseline, war: raised(&one_way, &world, other, [home], 0.60), home })
}

/// `icio-2022` with neighbouring sectors added up until 28 are left: the size of the flow tables, with links.
fn coarser(sectors: usize) -> Option<Case> {
    let world = shared_world("icio-2022")?;
    let (countries, fine) = (world.countries().len(), world.sectors().len());
    let group = |s: SectorId| s.at() * sectors / fine;
    let mut trade = Cube::filled(countries, sectors, 0.0);
    let mut duty = Cube::filled(countries, sectors, 0.0);
    for ((n, i, s), value) in world.trade().cells() {
        let to = (n, i, SectorId::new(group(s)));
        trade[to] += value;
        duty[to] += value * world.tariffs()[(n, i, s)].as_share();
    }
    let tariffs = Cube::from_fn(countries, sectors, |n, i, s| {
        let value = trade[(n, i, s)];
        Rate::share(if value > 0.0 { duty[(n, i, s)] / value } else { 0.0 })
    });
    let mut inputs = vec![0.0; countries * sectors * sectors];
    let recorded = world.inputs()?.as_slice();
    for (place, value) in recorded.iter().enumerate() {
        let (n, k, s) = (place / (fine * fine), place / fine % fine, place % fine);
        let to = (n * sectors + group(SectorId::new(k))) * sectors + group(SectorId::new(s));
        inputs[to] += value;
    }
    let accounts = Accounts::of_flows(&trade, &tariffs, Some(&inputs), &vec![5.0; sectors]);
    let (home, other) = (world.country_id("USA")?, world.country_id("CHN")?);
    let goods = world.goods().map(group).max()? + 1;
    let war = Cube::from_fn(countries, sectors, |n, i, s| {
        let fought = (n, i) == (home, other) || (n, i) == (other, home);
        let points = if fought && s.at() < goods { 0.60 } else { 0.0 };
        Rate::share(tariffs[(n, i, s)].as_share() + points)
    });
    let baseline = Baseline::of_accounts(accounts, &Options::default()).ok()?;
    Some(Case { name: "icio-2022 81×28, links", baseline, war, home })
}

static CASES: LazyLock<Vec<Case>> = LazyLock::new(|| {
    let cases = [
        case("default 32×28, links", Some(default_world()), Links::Recorded),
        case("default 32×28, no links", Some(default_world()), Links::Absent),
        case("icio-2022-flows 81×28, no links", shared_world("icio-2022-flows"), Links::Absent),
        coarser(28),
        case("icio-2022 81×50, links", shared_world("icio-2022"), Links::Recorded),
    ];
    cases.into_iter().flatten().collect()
});

fn names() -> Vec<usize> {
    (0..CASES.len()).collect()
}

fn main() {
    for case in CASES.iter() {
        let question = Counterfactual::of(&case.baseline).under(case.war.clone());
        let mut solver = Solver::of(&case.baseline, &Settings::default());
        let ours =
            fastest(5, || solver.clear(&question, &Settings::default()).unwrap().real_income_hat(case.home));
        let theirs = fastest(1, || plain(case.baseline.accounts(), &case.war, case.home));
        let evaluations = solver.clear(&question, &Settings::default()).unwrap().evaluations();
        println!(
            "{:32} {:8.2} ms, {evaluations} evaluations; plain damped iteration {:8.0} ms: {:5.0} times as long",
            case.name,
            1e3 * ours.0,
            1e3 * theirs.0,
            theirs.0 / ours.0
        );
        let solution = question.solve(&Settings::default()).unwrap();
        let gradients = Gradients::at(&case.baseline, &solution);
        let outcome = Outcome::log_real_income(case.home);
        let gradient = fastest(50, || gradients.of(&outcome, &Settings::default()).products as f64);
        let again =
            fastest(50, || solver.clear(&question, &Settings::default()).unwrap().real_income_hat(case.home));
        println!(
            "{:32} {:8.2} ms, {} products: whole-world gradient of one country's real income, {:.2} solves",
            "",
            1e3 * gradient.0,
            gradient.1,
            gradient.0 / again.0
        );
        assert!((ours.1 - theirs.1).abs() < 1e-8, "the two disagree: {} and {}", ours.1, theirs.1);
    }
    divan::main();
}

#[divan::bench(args = names())]
fn solve(bencher: divan::Bencher<'_, '_>, at: usize) {
    let case = &CASES[at];
    let question = Counterfactual::of(&case.baseline).under(case.war.clone());
    let mut solver = Solver::of(&case.baseline, &Settings::default());
    bencher.bench_local(|| {
        solver.clear(black_box(&question), &Settings::default()).unwrap().real_income_hat(case.home)
    });
}

#[divan::bench(args = names())]
fn gradient_of_one_country(bencher: divan::Bencher<'_, '_>, at: usize) {
    let case = &CASES[at];
    let question = Counterfactual::of(&case.baseline).under(case.war.clone());
    let solution = question.solve(&Settings::default()).unwrap();
    let gradients = Gradients::at(&case.baseline, &solution);
    let outcome = Outcome::log_real_income(case.home);
    bencher.bench_local(|| gradients.of(black_box(&outcome), &Settings::default()).products);
}

/// The gradients of every country's real income.
#[divan::bench(args = names(), sample_count = 10, sample_size = 1)]
fn gradients_of_all_countries(bencher: divan::Bencher<'_, '_>, at: usize) {
    let case = &CASES[at];
    let question = Counterfactual::of(&case.baseline).under(case.war.clone());
    let solution = question.solve(&Settings::default()).unwrap();
    let gradients = Gradients::at(&case.baseline, &solution);
    let countries = CountryId::all(case.baseline.accounts().countries());
    let outcomes: Vec<Outcome> = countries.map(Outcome::log_real_income).collect();
    bencher.bench_local(|| gradients.of_all(black_box(&outcomes), &[], 1, &Settings::default()).len());
}

#[divan::bench(args = names(), sample_count = 5, sample_size = 1)]
fn baseline(bencher: divan::Bencher<'_, '_>, at: usize) {
    let accounts = CASES[at].baseline.accounts();
    bencher.bench_local(|| Baseline::of_accounts(black_box(accounts.clone()), &Options::default()).unwrap());
}

/// A hundred draws of all elasticities on two threads; the budget of a thousand is 15 s at 81 × 28 with links.
#[divan::bench(args = names(), sample_count = 3, sample_size = 1)]
fn a_hundred_draws(bencher: divan::Bencher<'_, '_>, at: usize) {
    let case = &CASES[at];
    let question = Counterfactual::of(&case.baseline).under(case.war.clone());
    let draws = Draws { count: 100, seed: 1, spread: Spread::Same(0.25), sequence: Sequence::Even };
    let thetas = draws.around(&case.baseline.accounts().theta);
    bencher.bench_local(|| {
        let income = |cleared: &equilibrium::Cleared<'_>| cleared.real_income_hat(case.home);
        ensemble(black_box(&question), None, &thetas, 2, &Settings::default(), income).unwrap()
    });
}

/// From the files of `icio-2022` to a baseline that can be asked: 0.5 s.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn from_files_to_baseline(bencher: divan::Bencher<'_, '_>) {
    bencher.bench_local(|| {
        shared_world("icio-2022").map(|world| Baseline::of(&world, &Options::default()).unwrap())
    });
}

fn fastest(times: usize, mut run: impl FnMut() -> f64) -> (f64, f64) {
    let mut best = (f64::INFINITY, f64::NAN);
    for _ in 0..times {
        let begun = Instant::now();
        let value = run();
        best = (best.0.min(begun.elapsed().as_secs_f64()), value);
    }
    best
}

/// The plain iteration: the change of `home`'s real income.
fn plain(base: &Accounts, war: &Cube<Rate>, home: CountryId) -> f64 {
    let (n_all, s_all) = (base.countries(), base.sectors());
    let at = |n: usize, s: usize| n * s_all + s;
    let γ = |n: usize, k: usize, s: usize| {
        base.input_share.as_ref().map_or(0.0, |γ| γ[(n * s_all + k) * s_all + s])
    };
    let (mut wage, mut price) = (vec![1.0; n_all], vec![1.0; n_all * s_all]);
    let mut spending = base.spending.as_slice().to_vec();
    let (factor_share, final_share) = (base.factor_share.as_slice(), base.final_share.as_slice());
    loop {
        let mut cost = vec![1.0; n_all * s_all];
        for (n, k) in (0..n_all).flat_map(|n| (0..s_all).map(move |k| (n, k))) {
            let inputs: f64 = (0..s_all).map(|s| γ(n, k, s) * f64::ln(price[at(n, s)])).sum();
            cost[at(n, k)] = f64::exp(factor_share[at(n, k)] * f64::ln(wage[n]) + inputs);
        }
        let (mut worst, mut sales, mut revenue) = (0.0_f64, vec![0.0; n_all * s_all], vec![0.0; n_all]);
        let mut new_price = price.clone();
        for (n, s) in (0..n_all).flat_map(|n| (0..s_all).map(move |s| (n, s))) {
            let (importer, sector) = (CountryId::new(n), SectorId::new(s));
            let θ = base.theta[s];
            let part = |i: usize| {
                let place = (importer, CountryId::new(i), sector);
                let wedge = war[place].wedge() / (1.0 + base.tariff[place]);
                base.share[place] * f64::powf(wedge * cost[at(i, s)], -θ)
            };
            let parts: Vec<f64> = (0..n_all).map(part).collect();
            let index: f64 = parts.iter().sum();
            if index == 0.0 {
                continue;
            }
            new_price[at(n, s)] = index.powf(-1.0 / θ);
            for (i, part) in parts.iter().enumerate() {
                let τ = war[(importer, CountryId::new(i), sector)].as_share();
                let flow = part / index * spending[at(n, s)] / (1.0 + τ);
                sales[at(i, s)] += flow;
                revenue[n] += τ * flow;
            }
        }
        for n in 0..n_all {
            let income = wage[n] * base.factor_income[n] + revenue[n] + base.deficit[n];
            let earned: f64 = (0..s_all).map(|k| factor_share[at(n, k)] * sales[at(n, k)]).sum();
            for s in 0..s_all {
                let inputs: f64 = (0..s_all).map(|k| γ(n, k, s) * sales[at(n, k)]).sum();
                let demand = inputs + final_share[at(n, s)] * income;
                if spending[at(n, s)] > 0.0 {
                    worst = worst.max((demand / spending[at(n, s)] - 1.0).abs());
                }
                worst = worst.max((new_price[at(n, s)] / price[at(n, s)] - 1.0).abs());
                spending[at(n, s)] = demand;
            }
            let excess = earned / (wage[n] * base.factor_income[n]);
            worst = worst.max((excess - 1.0).abs());
            wage[n] *= excess.powf(0.2);
        }
        let world: f64 = wage.iter().zip(&base.factor_income).map(|(w, l)| w * l).sum();
        wage.iter_mut().for_each(|w| *w *= base.world_factor_income() / world);
        price = new_price;
        if worst < 1e-10 {
            let n = home.at();
            let income = wage[n] * base.factor_income[n] + revenue[n] + base.deficit[n];
            let ln_price: f64 = (0..s_all).map(|s| final_share[at(n, s)] * price[at(n, s)].ln()).sum();
            return income / base.income[n] / ln_price.exp();
        }
    }
}
