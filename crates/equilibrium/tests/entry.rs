//! Free entry on the embedded economy, where costs fall with size exactly as fast as demand reacts: some sectors leave.
#![allow(clippy::unwrap_used)]

mod common;

use common::{Digits, default_world, raised};
use economy::Economy;
use equilibrium::{
    Baseline, Cap, Competition, Counterfactual, Deficits, Gradients, Links, Options, Outcome, Rent, Settings,
    Solution,
};
use terms::{Cube, Rate};

fn entry(links: Links) -> Options {
    Options { market: Competition::Entry, links, ..Options::default() }
}

/// `points` by the United States on everyone.
fn on_everyone(world: &Economy, points: f64) -> Cube<Rate> {
    let us = world.country_id("USA").unwrap();
    raised(world.tariffs(), world, us, world.country_ids().filter(|i| *i != us), points)
}

fn left(world: &Economy, solution: &Solution) -> Vec<String> {
    let named = |(n, s)| format!("{}-{}", world.country(n).code, world.sector(s).code);
    solution.exits().map(named).collect()
}

/// Small shocks already close the smallest producers; who has left at three points stays out at ten.
#[test]
fn sectors_leave_one_after_another_as_tariffs_rise() {
    let world = default_world();
    let baseline = Baseline::of(&world, &entry(Links::Absent)).unwrap();
    let mut before = Vec::new();
    for (points, gone, evaluations) in [(0.001, 0, 30), (0.01, 1, 20), (0.03, 3, 25), (0.10, 13, 20)] {
        let question = Counterfactual::of(&baseline).under(on_everyone(&world, points));
        let solution = question.solve(&Settings::default()).unwrap();
        assert!(solution.status.cleared(), "{points}: {:?}", solution.certificate);
        assert!(solution.certificate.walras < 1e-9);
        assert!(solution.certificate.evaluations <= evaluations, "{points}: {:?}", solution.certificate);
        let left = left(&world, &solution);
        assert_eq!(left.len(), gone, "{points}: {left:?}");
        assert!(before.iter().all(|cell| left.contains(cell)), "{before:?} then {left:?}");
        before = left;
    }
}

/// A path in two parts ends where the whole ends, sectors that left in the first part included.
#[test]
fn leaving_on_the_way_is_leaving() {
    let world = default_world();
    let sharp = Settings { tolerance: 1e-12, ..Settings::default() };
    let baseline = Baseline::of(&world, &entry(Links::Absent)).unwrap();
    let at_once = Counterfactual::of(&baseline).under(on_everyone(&world, 0.03)).solve(&sharp).unwrap();
    let first = Counterfactual::of(&baseline).under(on_everyone(&world, 0.01)).solve(&sharp).unwrap();
    let rebased = Baseline::of_accounts(first.accounts(), &entry(Links::Absent)).unwrap();
    let second = Counterfactual::of(&rebased).under(on_everyone(&world, 0.03)).solve(&sharp).unwrap();
    assert!(second.status.cleared(), "{:?}", second.certificate);
    for n in world.country_ids() {
        let composed = first.real_income_hat(n) * second.real_income_hat(n);
        let gap = composed - at_once.real_income_hat(n);
        assert!(gap.abs() < 1e-8, "{}: {gap:e}", world.country(n).code);
    }
}

/// Where sectors have left, gradients hold them out: the slope of a world with three exits, by a difference.
#[test]
fn gradients_hold_where_sectors_have_left() {
    let world = default_world();
    let us = world.country_id("USA").unwrap();
    let baseline = Baseline::of(&world, &entry(Links::Absent)).unwrap();
    let sharp = Settings { tolerance: 1e-11, ..Settings::default() };
    let at = |points: f64| {
        let solution =
            Counterfactual::of(&baseline).under(on_everyone(&world, points)).solve(&sharp).unwrap();
        assert!(solution.status.cleared() && solution.exits().count() == 3, "{:?}", solution.certificate);
        solution
    };
    let solution = at(0.03);
    let income = Outcome::log_real_income(us);
    let gradients = Gradients::at(&baseline, &solution);
    let alone = gradients.of(&income, &Settings::default());
    let beside = gradients.of_all(&[Outcome::log_wage(us), income.clone()], &[], 1, &Settings::default());
    let h = 1e-5;
    let slope = (income.value(&at(0.03 + h)) - income.value(&at(0.03 - h))) / (2.0 * h);
    for gradient in [&alone, &beside[1]] {
        assert!(gradient.status.cleared(), "{}", gradient.largest_residual);
        let all: f64 = world
            .country_ids()
            .filter(|i| *i != us)
            .flat_map(|i| world.goods().map(move |s| (i, s)))
            .map(|(i, s)| gradient.by_tariff(us, i, s))
            .sum();
        assert!((all - slope).abs() < 1e-6, "{all} against {slope}");
    }
}

/// A sector's costs run off to infinity as it leaves; the parts of real income still add up along the way, thirteen
/// exits included. Leaving is a kink, and Richardson's rule is for smooth ways: to five digits, not nine.
#[test]
fn the_split_adds_up_where_sectors_leave() {
    let world = default_world();
    let baseline = Baseline::of(&world, &entry(Links::Absent)).unwrap();
    let question = Counterfactual::of(&baseline).under(on_everyone(&world, 0.10));
    let split = question.split(20, &Settings::default()).unwrap();
    let worst = split.iter().map(|part| part.gap().abs()).fold(0.0, f64::max);
    assert!(worst < 1e-5, "{worst:e}");
}

/// Firms of a sector settle in one way at given wages, and from another start the whole ends where it ended: half the
/// flows of the world forbidden at once, 38 sectors closed.
#[test]
fn another_start_ends_at_the_same_firms() {
    let world = default_world();
    let baseline = Baseline::of(&world, &entry(Links::Absent)).unwrap();
    let mut digits = Digits::seed(12);
    let abroad = world.country_ids().flat_map(|n| world.country_ids().map(move |i| (n, i)));
    let cells = abroad.filter(|(n, i)| n != i);
    let cells = cells.flat_map(|(n, i)| world.sector_ids().map(move |s| (n, i, s)));
    let banned: Vec<_> = cells.filter(|_| digits.next() < 0.5).collect();
    let settings = Settings { second_start: true, ..Settings::default() };
    let solution = Counterfactual::of(&baseline).banning(banned).solve(&settings).unwrap();
    assert!(solution.status.cleared());
    assert_eq!(solution.exits().count(), 38);
    assert!(solution.certificate.second_start.unwrap() < 1e-9, "{:?}", solution.certificate);
}

/// Lerner (1936) where firms come and go, trade balanced: the same sectors close under ten per cent on all exports of
/// the United States and under ten per cent on all their imports.
#[test]
fn a_tax_on_all_exports_closes_whom_a_duty_on_all_imports_closes() {
    let world = default_world();
    let us = world.country_id("USA").unwrap();
    let options = Options { deficits: Deficits::Removed, ..entry(Links::Absent) };
    let baseline = Baseline::of(&world, &options).unwrap();
    let (countries, sectors) = (world.countries().len(), world.sectors().len());
    let duties = Cube::from_fn(countries, sectors, |n, i, s| {
        let before = world.tariffs()[(n, i, s)].wedge();
        Rate::share(if n == us && i != us { 1.1 * before - 1.0 } else { before - 1.0 })
    });
    let taxes =
        Cube::from_fn(countries, sectors, |n, i, _| Rate::share(if i == us && n != us { 0.1 } else { 0.0 }));
    let sharp = Settings { tolerance: 1e-11, ..Settings::default() };
    let by_duty = Counterfactual::of(&baseline).under(duties).solve(&sharp).unwrap();
    let by_tax = Counterfactual::of(&baseline).with_export_taxes(taxes).solve(&sharp).unwrap();
    for solution in [&by_duty, &by_tax] {
        assert!(solution.status.cleared(), "{:?}", solution.certificate);
        assert!(solution.certificate.iterations <= 12, "{:?}", solution.certificate);
    }
    assert_eq!(left(&world, &by_duty), left(&world, &by_tax));
    assert!(by_tax.exits().count() > 0);
    for n in world.country_ids() {
        let gap = by_duty.real_income_hat(n) - by_tax.real_income_hat(n);
        assert!(gap.abs() < 1e-9, "{}: {gap:e}", world.country(n).code);
    }
}

/// Licences for half of one flow in fifty, some handed out by the seller and some by the buyer.
#[test]
fn caps_hold_where_firms_come_and_go() {
    let world = default_world();
    let baseline = Baseline::of(&world, &entry(Links::Absent)).unwrap();
    let mut digits = Digits::seed(4);
    let abroad = world.country_ids().flat_map(|n| world.country_ids().map(move |i| (n, i)));
    let cells = abroad.filter(|(n, i)| n != i);
    let cells = cells.flat_map(|(n, i)| world.goods().map(move |s| (n, i, s)));
    let mut caps = Vec::new();
    for (importer, exporter, sector) in cells.filter(|cell| world.trade()[*cell] > 0.0) {
        let rent = if digits.next() < 0.5 { Rent::Importer } else { Rent::Exporter };
        if digits.next() < 0.02 {
            caps.push(Cap { importer, exporter, sector, quantity: 0.5, rent });
        }
    }
    let solution = Counterfactual::of(&baseline).capping(caps.clone()).solve(&Settings::default()).unwrap();
    assert!(solution.status.cleared(), "{:?}", solution.certificate);
    assert!(
        solution.certificate.walras < 1e-9 && solution.certificate.iterations <= 20,
        "{:?}",
        solution.certificate
    );
    let mut binding = 0;
    for (cap, rent) in caps.iter().zip(solution.rents()) {
        let (n, i, s) = (cap.importer, cap.exporter, cap.sector);
        let before = solution.before().received(n, i, s);
        let quantity = solution.received(n, i, s) / before / solution.cost_hat(i, s);
        assert!(quantity <= 0.5 + 1e-8 && *rent >= 0.0, "{quantity}, {rent}");
        if *rent > 1e-9 {
            binding += 1;
            assert!((quantity - 0.5).abs() < 1e-8, "{quantity}");
        }
    }
    assert!(10 * binding > 8 * caps.len(), "{binding} of {}", caps.len());
}
