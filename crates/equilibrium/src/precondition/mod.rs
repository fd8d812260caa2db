//! An approximate inverse of the Jacobian, from the baseline, for every solve and every gradient.
//!
//! Within a country it is nearly exact (`home.rs`): prices first, what they do to spending, then spending; or,
//! where costs follow output, all three at once. Between countries only wages act: their block is the reduced
//! Jacobian with everything else solved out, and a wage step moves everything everywhere. With it, known trade
//! wars need 11 to 15 evaluations; without the last part 15 to 20, with wages merely damped 40 to 50.
//!
//! It is held in single precision: it steers steps and does not enter what is solved.

use crate::accounts::Accounts;
use crate::dense::inverse;
use crate::layout::Layout;
use crate::padded::Padded;
use crate::panel::{WIDTH, add};
use crate::precondition::cell::Cell;
use crate::precondition::within::Within;
use crate::tangent::{ManyPulled, SectorMajor, Tangent};
use crate::unknowns::Unknowns;

mod apply;
mod cell;
mod within;

/// Sweeps over all equations that solve everything but wages out of their block: each brings the evaluations
/// of a solve closer to what an exact block needs (23, 14, 12, 11 for 0, 1, 2, 3).
const SWEEPS: usize = 2;

/// The inverted blocks.
#[derive(Debug, Clone)]
pub(crate) struct Preconditioner {
    unknowns: Unknowns,
    within: Within,
    /// What a country's own prices, spending and output do to its wage residual, as the point is laid out.
    on_wages: Vec<f32>,
    /// The inverse of the reduced wage Jacobian, `[column][row]`.
    wages: Vec<f64>,
    /// What a country's wage does to everything else, `[country][prices | spending | output]`.
    of_wages: Vec<f32>,
}

/// Room for one application, to one vector or to sixteen.
#[derive(Debug, Clone)]
pub(crate) struct Work<T = f64> {
    row: Vec<T>,
    gathered: Vec<T>,
    wages: Vec<T>,
}

impl<T: Cell> Work<T> {
    pub fn new(layout: Layout) -> Self {
        let rows = || vec![T::ZERO; 3 * layout.stride];
        Self { row: rows(), gathered: rows(), wages: vec![T::ZERO; layout.countries] }
    }
}

impl Preconditioner {
    pub fn of(accounts: &Accounts, tangent: &Tangent, padded: &Padded) -> Self {
        let unknowns = tangent.unknowns;
        let n_all = unknowns.layout.countries;
        let (within, on_wages) = Within::of(accounts, padded, unknowns);
        let of_wages = Vec::with_capacity(n_all * (unknowns.output().end - n_all));
        let mut this = Self { unknowns, within, on_wages, wages: Vec::new(), of_wages };
        let shares = SectorMajor::of(tangent);
        let zeros = || vec![[0.0; WIDTH]; unknowns.len()];
        let (mut v, mut out, mut scratch) = (zeros(), zeros(), ManyPulled::new(unknowns.layout));
        let mut reduced = vec![0.0; n_all * n_all];
        for from in (0..n_all).step_by(WIDTH) {
            let columns = from..n_all.min(from + WIDTH);
            v.fill([0.0; WIDTH]);
            columns.clone().for_each(|m| v[m][m - from] = 1.0);
            for _ in 0..SWEEPS {
                tangent.forward_columns(padded, &shares, &v, &mut out, &mut scratch);
                this.within_countries_columns(&mut out[n_all..]);
                for (z, step) in v[n_all..].iter_mut().zip(&out[n_all..]) {
                    add(z, step);
                }
            }
            tangent.forward_columns(padded, &shares, &v, &mut out, &mut scratch);
            for m in columns {
                for n in 0..n_all {
                    reduced[n * n_all + m] = -out[n][m - from];
                }
                this.of_wages.extend(v[n_all..].iter().map(|z| z[m - from] as f32));
            }
        }
        this.wages = match inverse(&mut reduced, n_all) {
            Some(inverted) => (0..n_all * n_all).map(|k| inverted[(k % n_all) * n_all + k / n_all]).collect(),
            None => (0..n_all * n_all).map(|k| if k % (n_all + 1) == 0 { 0.2 } else { 0.0 }).collect(),
        };
        this
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::made_up::Digits;
    use crate::panel::Strip;

    #[test]
    fn the_transpose_is_the_transpose() {
        for base in crate::tangent::tests::bases() {
            let length = base.unknowns.len();
            let mut digits = Digits::seed(2);
            let (a, b): (Vec<f64>, Vec<f64>) = (0..length).map(|_| (digits.next(), digits.next())).unzip();
            let (mut ma, mut mb) = (a.clone(), b.clone());
            let mut work = Work::new(base.layout);
            base.preconditioner.apply(&mut ma, &mut work);
            base.preconditioner.apply_transposed(&mut mb, &mut work);
            let (left, right) = (crate::anderson::dot(&ma, &b), crate::anderson::dot(&mb, &a));
            assert!((left - right).abs() < 1e-12 * left.abs(), "{left} against {right}");
        }
    }

    #[test]
    fn columns_are_stepped_as_one_is() {
        assert_alike(5, Preconditioner::apply, Preconditioner::apply_columns);
    }

    #[test]
    fn columns_are_transposed_as_one_is() {
        assert_alike(4, Preconditioner::apply_transposed, Preconditioner::apply_transposed_columns);
    }

    /// Sixteen columns together come out as each of them alone.
    fn assert_alike(
        seed: u64,
        one: fn(&Preconditioner, &mut [f64], &mut Work),
        many: fn(&Preconditioner, &mut [Strip]),
    ) {
        for base in crate::tangent::tests::bases() {
            let mut digits = Digits::seed(seed);
            let length = base.unknowns.len();
            let mut together: Vec<Strip> =
                (0..length).map(|_| std::array::from_fn(|_| digits.next())).collect();
            let mut work = Work::new(base.layout);
            let alone: Vec<Vec<f64>> = (0..WIDTH)
                .map(|k| {
                    let mut column: Vec<f64> = together.iter().map(|strip| strip[k]).collect();
                    one(&base.preconditioner, &mut column, &mut work);
                    column
                })
                .collect();
            many(&base.preconditioner, &mut together);
            for (place, k) in (0..length).flat_map(|place| (0..WIDTH).map(move |k| (place, k))) {
                let (a, b) = (alone[k][place], together[place][k]);
                assert!((a - b).abs() <= 1e-11 * a.abs().max(1.0), "column {k}, place {place}: {a}, {b}");
            }
        }
    }
}
