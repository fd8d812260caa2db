//! The tangent against differences, and the transposes against the products they transpose.

use terms::{Cube, Grid, Rate};

use super::*;
use crate::accounts::Accounts;
use crate::anderson::dot;
use crate::made_up::{Digits, made_up};
use crate::options::Deficits;
use crate::panel::{Strip, WIDTH};
use crate::shock::Scenario;
use crate::system::Evaluation;
use crate::{Baseline, Competition, Counterfactual, Labour, Options, Scale, Settings};

/// Baselines under every closure, and one with taxes on exports and subsidies on output.
pub(crate) fn bases() -> Vec<Baseline> {
    let mut bases = Vec::new();
    for links in [true, false] {
        let accounts = || {
            let plain = made_up(4, 3, links, 7);
            Accounts { psi: Some(vec![0.1, 0.0, 0.2]), ..plain }
        };
        for options in [
            Options::default(),
            Options { deficits: Deficits::Scaled, ..Options::default() },
            Options { labour: Labour::Specific { kappa: 1.5 }, ..Options::default() },
            Options { market: Competition::Entry, ..Options::default() },
            Options { scale: Scale::External, labour: Labour::Specific { kappa: 2.0 }, ..Options::default() },
        ] {
            let base = Baseline::of_accounts(accounts(), &options).unwrap();
            let mut digits = Digits::seed(9);
            let taxes = Cube::from_fn(4, 3, |_, _, _| Rate::share(0.2 * digits.next()));
            let subsidies = Grid::from_fn(4, 3, |_, _| Rate::share(0.1 * digits.next()));
            let question =
                Counterfactual::of(&base).with_export_taxes(taxes).with_production_subsidies(subsidies);
            let sharp = Settings { tolerance: 1e-13, ..Settings::default() };
            let taxed = question.solve(&sharp).unwrap();
            assert!(taxed.status.cleared(), "{options:?} {:?}", taxed.certificate);
            bases.push(Baseline::of_accounts(taxed.accounts(), &options).unwrap());
            bases.push(base);
        }
    }
    bases
}

/// J v, in a column between others.
fn pushed(base: &Baseline, tangent: &Tangent, v: &[f64]) -> Vec<f64> {
    let mut digits = Digits::seed(17);
    let mut columns: Vec<Strip> = v.iter().map(|_| std::array::from_fn(|_| digits.next())).collect();
    columns.iter_mut().zip(v).for_each(|(strip, v)| strip[5] = *v);
    let mut out = vec![[0.0; WIDTH]; v.len()];
    let shares = SectorMajor::of(tangent);
    let mut scratch = ManyPulled::new(base.layout);
    tangent.forward_columns(&base.padded, &shares, &columns, &mut out, &mut scratch);
    out.iter().map(|strip| strip[5]).collect()
}

#[test]
fn the_tangent_is_the_derivative_of_the_residuals() {
    for base in bases() {
        let length = base.unknowns.len();
        let tangent = Tangent::at(&base.accounts().levels(), base.options().deficits, base.unknowns);
        let mut scenario = Scenario::of(&base);
        let mut digits = Digits::seed(3);
        let direction: Vec<f64> = (0..length).map(|_| digits.next() - 0.5).collect();
        let mut at = Evaluation::new(&base);
        let mut residual = |step: f64| {
            let point: Vec<f64> = direction.iter().map(|d| step * d).collect();
            let mut out = vec![0.0; length];
            at.evaluate(&base, &mut scenario, &point, &mut out);
            out
        };
        let h = 1e-5;
        let (up, down) = (residual(h), residual(-h));
        let exact = pushed(&base, &tangent, &direction);
        for k in 0..length {
            let slope = (up[k] - down[k]) / (2.0 * h);
            assert!((slope - exact[k]).abs() < 1e-8, "place {k}: {slope} against {}", exact[k]);
        }
    }
}

#[test]
fn the_transpose_is_the_transpose() {
    for base in bases() {
        let layout = base.layout;
        let length = base.unknowns.len();
        let tangent = Tangent::at(&base.accounts().levels(), base.options().deficits, base.unknowns);
        let mut digits = Digits::seed(5);
        let (v, λ): (Vec<f64>, Vec<f64>) = (0..length).map(|_| (digits.next(), digits.next())).unzip();
        let jv = pushed(&base, &tangent, &v);
        let mut jλ = vec![0.0; length];
        let mut pulled = Pulled::new(layout);
        tangent.transposed(&base.padded, &λ, &Sources::none(layout), &mut jλ, &mut pulled);
        let (a, b) = (dot(&jv, &λ), dot(&jλ, &v));
        assert!((a - b).abs() < 1e-12 * a.abs().max(1.0), "{a} against {b}");
    }
}

/// Sixteen columns side by side are sixteen columns.
#[test]
fn columns_are_transposed_as_one_is() {
    for base in bases() {
        let layout = base.layout;
        let length = base.unknowns.len();
        let tangent = Tangent::at(&base.accounts().levels(), base.options().deficits, base.unknowns);
        let mut digits = Digits::seed(15);
        let mut cells =
            |of: usize| (0..2).map(|k| (layout.at((of + k) % 4, of % 3), digits.next())).collect();
        let sources: Vec<Sources> = (0..WIDTH)
            .map(|k| Sources {
                wage: vec![k as f64; layout.countries],
                revenue: vec![0.5; layout.countries],
                income: vec![0.1 * k as f64; layout.countries],
                price: cells(k),
                spending: cells(k + 1),
                index: cells(k + 2),
                output: cells(k + 3),
                cost: cells(k + 4),
            })
            .collect();
        let λ: Vec<Strip> = (0..length).map(|_| std::array::from_fn(|_| digits.next() - 0.5)).collect();
        let mut together = vec![[0.0; WIDTH]; length];
        let mut many = ManyPulled::new(layout);
        let shares = SectorMajor::of(&tangent);
        let sides = ManySources::of(&sources, layout);
        tangent.transposed_columns(&base.padded, &shares, &λ, &sides, &mut together, &mut many);
        let (mut alone, mut pulled) = (vec![0.0; length], Pulled::new(layout));
        for (k, sources) in sources.iter().enumerate() {
            let column: Vec<f64> = λ.iter().map(|strip| strip[k]).collect();
            tangent.transposed(&base.padded, &column, sources, &mut alone, &mut pulled);
            for place in 0..length {
                let (a, b) = (alone[place], together[place][k]);
                assert!((a - b).abs() <= 1e-12 * a.abs().max(1.0), "column {k}, place {place}: {a} and {b}");
            }
            let size = pulled.cost.iter().fold(0.0, |size: f64, cost| size.max(cost.abs()));
            for (a, b) in pulled.cost.iter().zip(&many.cost) {
                assert!((a - b[k]).abs() <= 1e-12 * size, "column {k}: {a} and {}", b[k]);
            }
        }
    }
}
