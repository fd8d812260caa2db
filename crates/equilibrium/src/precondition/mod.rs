//! An approximate inverse of the Jacobian, from the baseline, for every solve and every gradient.
//!
//! Within a country it is nearly exact (`home.rs`): prices first, what they do to spending, then spending; or,
//! where costs follow output, all three at once. Between countries only wages act: their block is the reduced
//! Jacobian with everything else solved out, and a wage step moves everything everywhere. With it, known trade
//! wars need 11 to 15 evaluations; without the last part 15 to 20, with wages merely damped 40 to 50.
//!
//! It is held in single precision: it steers steps and does not enter what is solved.

use terms::CountryId;

use crate::accounts::Accounts;
use crate::dense::inverse;
use crate::home::{Home, Moves, Response, step_matrix};
use crate::layout::Layout;
use crate::padded::Padded;
use crate::panel::{WIDTH, add};
use crate::tangent::{ManyPulled, SectorMajor, Tangent};
use crate::unknowns::Unknowns;

mod apply;
mod columns;
mod transposed;

/// Sweeps over all equations that solve everything but wages out of their block: each brings the evaluations
/// of a solve closer to what an exact block needs (23, 14, 12, 11 for 0, 1, 2, 3).
const SWEEPS: usize = 2;

/// The inverted blocks. Country blocks are `[country][column][row]`, padded, so that a product runs down
/// columns in lanes.
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

#[derive(Debug, Clone)]
enum Within {
    /// Costs do not follow output: prices do not depend on spending.
    Triangular { prices: Vec<f32>, spending: Vec<f32>, price_on_spending: Vec<f32> },
    /// Prices, spending and output of a country together.
    Joint(Vec<f32>),
}

/// Room for one application.
#[derive(Debug, Clone)]
pub(crate) struct Work {
    row: Vec<f64>,
    gathered: Vec<f64>,
    wages: Vec<f64>,
}

impl Work {
    pub fn new(layout: Layout) -> Self {
        Self {
            row: vec![0.0; 3 * layout.stride],
            gathered: vec![0.0; 3 * layout.stride],
            wages: vec![0.0; layout.countries],
        }
    }
}

impl Preconditioner {
    pub fn of(accounts: &Accounts, tangent: &Tangent, padded: &Padded) -> Self {
        let unknowns = tangent.unknowns;
        let n_all = unknowns.layout.countries;
        let mut this = Self::within(accounts, padded, unknowns);
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

    /// The blocks within countries; wages not yet.
    fn within(accounts: &Accounts, padded: &Padded, unknowns: Unknowns) -> Self {
        let layout = unknowns.layout;
        let (sectors, stride, n_all, grid) = (layout.sectors, layout.stride, layout.countries, layout.grid());
        let parts = if unknowns.elastic { 3 } else { 2 };
        let mut on_wages = vec![0.0; parts * grid];
        let blocks = |size: usize| vec![0.0_f32; n_all * size * size];
        let (mut prices, mut spending, mut coupling) = (Vec::new(), Vec::new(), Vec::new());
        let mut joint = Vec::new();
        if unknowns.elastic {
            joint = blocks(3 * stride);
        } else {
            (prices, spending, coupling) = (blocks(stride), blocks(stride), blocks(stride));
        }
        for n in 0..n_all {
            let home = Home::of(accounts, &padded.form, layout, CountryId::new(n));
            let moves = (0..sectors).map(Moves::Price).chain((0..sectors).map(Moves::Spending));
            let columns: Vec<Response> = moves
                .chain((0..sectors * (parts - 2)).map(Moves::Output))
                .map(|m| home.response(m))
                .collect();
            for (column, response) in columns.iter().enumerate() {
                let (part, s) = (column / sectors, column % sectors);
                on_wages[part * grid + layout.at(n, s)] = response.wage as f32;
            }
            // `rows` of the columns from `from` on, as a row-major matrix.
            let gather = |from: usize, count: usize, rows: &dyn Fn(&Response) -> Vec<f64>| {
                let taken: Vec<Vec<f64>> = columns[from..from + count].iter().map(rows).collect();
                (0..count * count).map(|k| taken[k % count][k / count]).collect::<Vec<f64>>()
            };
            let scatter = |matrix: &[f64], parts: usize, to: &mut [f32]| {
                let (size, padded) = (parts * sectors, parts * stride);
                for (k, value) in matrix.iter().enumerate() {
                    let place = |k: usize| (k / sectors) * stride + k % sectors;
                    to[(n * padded + place(k % size)) * padded + place(k / size)] = *value as f32;
                }
            };
            if unknowns.elastic {
                let all = gather(0, 3 * sectors, &|r| [&r.prices[..], &r.spending, &r.output].concat());
                scatter(&step_matrix(all, 3 * sectors), 3, &mut joint);
            } else {
                let of_prices = gather(0, sectors, &|r| r.prices.clone());
                let of_spending = gather(sectors, sectors, &|r| r.spending.clone());
                scatter(&step_matrix(of_prices, sectors), 1, &mut prices);
                scatter(&step_matrix(of_spending, sectors), 1, &mut spending);
                scatter(&gather(0, sectors, &|r| r.spending.clone()), 1, &mut coupling);
            }
        }
        Self {
            unknowns,
            within: if unknowns.elastic {
                Within::Joint(joint)
            } else {
                Within::Triangular { prices, spending, price_on_spending: coupling }
            },
            on_wages,
            wages: Vec::new(),
            of_wages: Vec::with_capacity(n_all * parts * grid),
        }
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
        for base in crate::tangent::tests::bases() {
            let mut digits = Digits::seed(5);
            let length = base.unknowns.len();
            let mut together: Vec<Strip> =
                (0..length).map(|_| std::array::from_fn(|_| digits.next())).collect();
            let mut work = Work::new(base.layout);
            let alone: Vec<Vec<f64>> = (0..WIDTH)
                .map(|k| {
                    let mut column: Vec<f64> = together.iter().map(|strip| strip[k]).collect();
                    base.preconditioner.apply(&mut column, &mut work);
                    column
                })
                .collect();
            base.preconditioner.apply_columns(&mut together);
            for (place, k) in (0..length).flat_map(|place| (0..WIDTH).map(move |k| (place, k))) {
                let (a, b) = (alone[k][place], together[place][k]);
                assert!((a - b).abs() <= 1e-11 * a.abs().max(1.0), "column {k}, place {place}: {a}, {b}");
            }
        }
    }

    #[test]
    fn columns_are_transposed_as_one_is() {
        for base in crate::tangent::tests::bases() {
            let mut digits = Digits::seed(4);
            let length = base.unknowns.len();
            let mut together: Vec<Strip> =
                (0..length).map(|_| std::array::from_fn(|_| digits.next())).collect();
            let mut work = Work::new(base.layout);
            let alone: Vec<Vec<f64>> = (0..WIDTH)
                .map(|k| {
                    let mut column: Vec<f64> = together.iter().map(|strip| strip[k]).collect();
                    base.preconditioner.apply_transposed(&mut column, &mut work);
                    column
                })
                .collect();
            base.preconditioner.apply_transposed_columns(&mut together);
            for (place, k) in (0..length).flat_map(|place| (0..WIDTH).map(move |k| (place, k))) {
                let (a, b) = (alone[k][place], together[place][k]);
                assert!((a - b).abs() <= 1e-11 * a.abs().max(1.0), "column {k}, place {place}: {a}, {b}");
            }
        }
    }
}
