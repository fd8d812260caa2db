//! Every combination of options with every instrument at once, on one small world: what makes a model obeys its laws,
//! what makes none is named.
#![allow(clippy::unwrap_used, mixed_script_confusables, confusable_idents)]

mod common;

use common::{Digits, MadeUp};
use equilibrium::{
    Accounts, Baseline, Cap, Competition, Counterfactual, Deficits, Labour, Links, Options, Rent, Revenue,
    Scale, Settings, Solution, Solver,
};
use terms::{CountryId, Cube, Grid, Rate, SectorId};

const SHARP: Settings =
    Settings { tolerance: 1e-12, evaluations: 2_000, memory: 5, second_start: false, threads: 1 };
const COUNTRIES: usize = 4;
const SECTORS: usize = 3;

fn all_options() -> Vec<Options> {
    let mut all = Vec::new();
    for links in [Links::Recorded, Links::Absent] {
        for market in [Competition::Perfect, Competition::Entry] {
            for labour in [Labour::Mobile, Labour::Specific { kappa: 1.5 }] {
                for scale in [Scale::Constant, Scale::External] {
                    for deficits in [Deficits::Held, Deficits::Scaled, Deficits::Removed] {
                        for revenue in [Revenue::Rebated, Revenue::Kept] {
                            let elasticity = None;
                            all.push(Options { links, deficits, elasticity, market, labour, scale, revenue });
                        }
                    }
                }
            }
        }
    }
    all
}

fn accounts(money: f64) -> Accounts {
    let mut world = MadeUp::of(COUNTRIES, SECTORS, true, 5);
    world.trade.as_mut_slice().iter_mut().for_each(|x| *x *= money);
    world.inputs.iter_mut().flatten().for_each(|x| *x *= money);
    let psi = world.theta.iter().map(|θ| 0.3 / θ).collect();
    Accounts { psi: Some(psi), ..world.accounts() }
}

/// The baselines of all options that make a model.
fn baselines(money: f64) -> Vec<Baseline> {
    let found = all_options().into_iter().filter_map(|options| {
        let two_scales = options.market == Competition::Entry && options.scale == Scale::External;
        match Baseline::of_accounts(accounts(money), &options) {
            Ok(baseline) => {
                assert!(!two_scales, "{options:?}");
                Some(baseline)
            }
            Err(faults) => {
                let codes: Vec<_> = faults.iter().map(|fault| fault.code()).collect();
                assert_eq!((two_scales, codes), (true, vec!["two-scales"]), "{options:?}");
                None
            }
        }
    });
    found.collect()
}

/// Duties, export taxes, subsidies on output and trade costs, `part` of the way.
fn taxed(base: &Baseline, part: f64) -> Counterfactual<'_> {
    let mut digits = Digits::seed(77);
    let between = |from: f64, to: f64| from * f64::powf(to / from, part);
    let tariffs = Cube::from_fn(COUNTRIES, SECTORS, |n, i, s| {
        let (before, draw) = (1.0 + base.accounts().tariff[(n, i, s)], digits.next());
        Rate::share(if n == i { 0.0 } else { between(before, 0.95 + 0.4 * draw) - 1.0 })
    });
    let taxes = Cube::from_fn(COUNTRIES, SECTORS, |_, _, _| {
        Rate::share(between(1.0, 1.0 + 0.1 * digits.next()) - 1.0)
    });
    let subsidies =
        Grid::from_fn(COUNTRIES, SECTORS, |_, _| Rate::share(1.0 - between(1.0, 1.0 - 0.05 * digits.next())));
    let icebergs = Cube::from_fn(COUNTRIES, SECTORS, |n, i, _| {
        let draw = digits.next();
        if n == i { 1.0 } else { between(1.0, 0.95 + 0.1 * draw) }
    });
    Counterfactual::of(base)
        .under(tariffs)
        .with_export_taxes(taxes)
        .with_production_subsidies(subsidies)
        .with_icebergs(icebergs)
}

/// The same with a flow forbidden and two capped, one for each side's rent.
fn everything(base: &Baseline) -> Counterfactual<'_> {
    let flow = |n, i, s| (CountryId::new(n), CountryId::new(i), SectorId::new(s));
    let cap = |(importer, exporter, sector), rent| Cap { importer, exporter, sector, quantity: 0.3, rent };
    taxed(base, 1.0)
        .banning([flow(3, 2, 1)])
        .capping([cap(flow(0, 1, 0), Rent::Importer), cap(flow(1, 2, 2), Rent::Exporter)])
}

fn solved(question: &Counterfactual<'_>) -> Solution {
    let solution = question.solve(&SHARP).unwrap();
    let certificate = solution.certificate;
    assert!(solution.status.cleared(), "{:?} {certificate:?}", question.baseline().options());
    assert!(certificate.walras < 1e-10, "{:?} {certificate:?}", question.baseline().options());
    solution
}

fn hats(solution: &Solution) -> Vec<f64> {
    CountryId::all(COUNTRIES).map(|n| solution.real_income_hat(n)).collect()
}

fn apart(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
}

#[test]
fn every_combination_is_a_model_or_is_refused_by_name() {
    let baselines = baselines(1.0);
    assert_eq!((all_options().len(), baselines.len()), (96, 72));
}

#[test]
fn no_shock_moves_nothing_under_any_combination() {
    for base in baselines(1.0) {
        let solution = Counterfactual::of(&base).solve(&SHARP).unwrap();
        assert!(solution.status.cleared() && solution.certificate.iterations == 0, "{:?}", base.options());
        assert!(apart(&hats(&solution), &[1.0; COUNTRIES]) < 1e-12);
    }
}

#[test]
fn everything_at_once_clears_and_balances() {
    for base in baselines(1.0) {
        let solution = solved(&everything(&base));
        let deficits: f64 = CountryId::all(COUNTRIES).map(|n| solution.deficit(n)).sum();
        assert!(deficits.abs() < 1e-9 * base.accounts().world_factor_income());
        assert_eq!(solution.share(CountryId::new(3), CountryId::new(2), SectorId::new(1)), 0.0);
        assert!(solution.rents().iter().all(|rent| *rent >= 0.0));
        assert!(solution.rents().iter().any(|rent| *rent > 0.0), "{:?}", base.options());
    }
}

#[test]
fn the_currency_does_not_matter_under_any_combination() {
    for (here, there) in baselines(1.0).iter().zip(&baselines(7.3)) {
        let (here, there) = (solved(&everything(here)), solved(&everything(there)));
        assert!(apart(&hats(&here), &hats(&there)) < 1e-9);
    }
}

/// Half the way, then the rest from there.
#[test]
fn a_way_in_two_parts_ends_where_the_way_ends() {
    for base in baselines(1.0) {
        let (whole, half) = (solved(&taxed(&base, 1.0)), solved(&taxed(&base, 0.5)));
        // Trade costs are changes: the rest of them is what is left.
        let rebased = Baseline::of_accounts(half.accounts(), base.options()).unwrap();
        let rest = Cube::from_fn(COUNTRIES, SECTORS, |n, i, s| {
            whole.iceberg_hat(n, i, s) / half.iceberg_hat(n, i, s)
        });
        let second = solved(&taxed(&base, 1.0).to(&rebased).with_icebergs(rest));
        let composed: Vec<f64> = hats(&half).iter().zip(hats(&second)).map(|(a, b)| a * b).collect();
        let gap = apart(&composed, &hats(&whole));
        assert!(gap < 1e-9, "{:?}: {gap:e}", base.options());
    }
}

/// The headline of a solve that keeps no arrays is that of the solution with all of them.
#[test]
fn headlines_agree_with_solutions() {
    for base in baselines(1.0) {
        let (question, mut solver) = (everything(&base), Solver::of(&base, &SHARP));
        let solution = solved(&question);
        let cleared = solver.clear(&question, &SHARP).unwrap();
        for n in CountryId::all(COUNTRIES) {
            let gaps = [
                cleared.real_income_hat(n) / solution.real_income_hat(n) - 1.0,
                cleared.wage_hat(n) / solution.wage_hat(n) - 1.0,
                (cleared.revenue(n) - solution.revenue(n)) / solution.income(n),
            ];
            assert!(gaps.iter().all(|gap| gap.abs() < 1e-12), "{:?}: {gaps:?}", base.options());
        }
    }
}

/// A question's digits do not depend on what was asked before in the same memory.
#[test]
fn questions_leave_nothing_behind() {
    for base in baselines(1.0).iter().step_by(5) {
        let flow = (CountryId::new(2), CountryId::new(0), SectorId::new(0));
        let tariffs = Cube::from_fn(COUNTRIES, SECTORS, |n, i, s| {
            let raised = if (n.at(), i.at()) == (0, 3) { 0.2 } else { 0.0 };
            Rate::share(base.accounts().tariff[(n, i, s)] + raised)
        });
        let questions = [
            Counterfactual::of(base).under(tariffs.clone()),
            everything(base),
            Counterfactual::of(base).banning([flow]),
            Counterfactual::of(base),
            taxed(base, 1.0),
            Counterfactual::of(base).under(tariffs),
        ];
        let mut solver = Solver::of(base, &SHARP);
        for question in &questions {
            let in_turn = solver.solve(question, &SHARP).unwrap();
            let fresh = solved(question);
            assert_eq!(in_turn.certificate.evaluations, fresh.certificate.evaluations);
            assert_eq!(hats(&in_turn), hats(&fresh), "{:?}", base.options());
        }
    }
}
