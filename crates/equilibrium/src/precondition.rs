//! An approximate inverse of the Jacobian, from the baseline, for every solve and every gradient.
//!
//! Within a country it is nearly exact (`home.rs`): prices first, what they do to spending, then spending.
//! Between countries only wages act: their block is the reduced Jacobian with prices and spending solved out,
//! and a wage step moves prices and spending everywhere. With it, known trade wars need 11 to 15 evaluations;
//! without the last part 15 to 20, with wages merely damped 40 to 50.
//!
//! It is held in single precision: it steers steps and does not enter what is solved.

use terms::CountryId;

use crate::accounts::Accounts;
use crate::baseline::Padded;
use crate::dense::inverse;
use crate::home::Home;
use crate::layout::Layout;
use crate::tangent::{Pulled, Tangent};

/// Sweeps over all equations that solve prices and spending out of the wage block: each brings the evaluations
/// of a solve closer to what an exact block needs (23, 14, 12, 11 for 0, 1, 2, 3).
const SWEEPS: usize = 2;

/// The inverted blocks. Country blocks are `[country][column][row]`, padded, so that a product runs down
/// columns in lanes.
#[derive(Debug, Clone)]
pub(crate) struct Preconditioner {
    layout: Layout,
    prices: Vec<f32>,
    spending: Vec<f32>,
    price_on_spending: Vec<f32>,
    price_on_wage: Vec<f32>,
    spending_on_wage: Vec<f32>,
    /// The inverse of the reduced wage Jacobian, `[column][row]`.
    pub wages: Vec<f64>,
    /// What a country's wage does to all prices and spending, `[country][prices | spending]`.
    of_wages: Vec<f32>,
}

/// Room for one application.
#[derive(Debug, Clone)]
pub(crate) struct Work {
    row: Vec<f64>,
    wages: Vec<f64>,
}

impl Work {
    pub fn new(layout: Layout) -> Self {
        Self { row: vec![0.0; layout.stride], wages: vec![0.0; layout.countries] }
    }
}

impl Preconditioner {
    pub fn of(accounts: &Accounts, tangent: &Tangent, padded: &Padded) -> Self {
        let layout = tangent.layout;
        let n_all = layout.countries;
        let mut this = Self::within(accounts, layout);
        let length = n_all + 2 * layout.grid();
        let (mut v, mut out) = (vec![0.0; length], vec![0.0; length]);
        let mut pulled = Pulled::new(layout);
        let mut work = Work::new(layout);
        let mut reduced = vec![0.0; n_all * n_all];
        for m in 0..n_all {
            v.fill(0.0);
            v[m] = 1.0;
            for _ in 0..SWEEPS {
                tangent.forward(padded, &v, &mut out, &mut pulled);
                this.within_countries(&mut out[n_all..], &mut work);
                for (z, step) in v[n_all..].iter_mut().zip(&out[n_all..]) {
                    *z += step;
                }
            }
            tangent.forward(padded, &v, &mut out, &mut pulled);
            for n in 0..n_all {
                reduced[n * n_all + m] = -out[n];
            }
            this.of_wages.extend(v[n_all..].iter().map(|z| *z as f32));
        }
        this.wages = match inverse(&mut reduced, n_all) {
            Some(inverted) => transposed(&inverted, n_all),
            None => {
                let mut damped = vec![0.0; n_all * n_all];
                damped.iter_mut().step_by(n_all + 1).for_each(|x| *x = 0.2);
                damped
            }
        };
        this
    }

    /// The blocks within countries; wages not yet.
    fn within(accounts: &Accounts, layout: Layout) -> Self {
        let (sectors, stride, n_all) = (layout.sectors, layout.stride, layout.countries);
        let blocks = || vec![0.0; n_all * stride * stride];
        let mut this = Self {
            layout,
            prices: blocks(),
            spending: blocks(),
            price_on_spending: blocks(),
            price_on_wage: vec![0.0; layout.grid()],
            spending_on_wage: vec![0.0; layout.grid()],
            wages: Vec::new(),
            of_wages: Vec::with_capacity(n_all * 2 * layout.grid()),
        };
        for n in 0..n_all {
            let home = Home::of(accounts, CountryId::new(n));
            let parts = [
                (&home.prices, &mut this.prices),
                (&home.spending, &mut this.spending),
                (&home.price_on_spending, &mut this.price_on_spending),
            ];
            for (from, to) in parts {
                for row in 0..sectors {
                    for column in 0..sectors {
                        to[(n * stride + column) * stride + row] = from[row * sectors + column] as f32;
                    }
                }
            }
            for s in 0..sectors {
                this.price_on_wage[layout.at(n, s)] = home.price_on_wage[s] as f32;
                this.spending_on_wage[layout.at(n, s)] = home.spending_on_wage[s] as f32;
            }
        }
        this
    }

    /// Turns a residual into a step, in place.
    pub fn apply(&self, residual: &mut [f64], work: &mut Work) {
        let n_all = self.layout.countries;
        let (wages, rest) = residual.split_at_mut(n_all);
        self.within_countries(rest, work);
        let (prices, spending) = rest.split_at(self.layout.grid());
        for n in 0..n_all {
            let row = self.layout.row(n);
            wages[n] += dot(&self.price_on_wage[row.clone()], &prices[row.clone()])
                + dot(&self.spending_on_wage[row.clone()], &spending[row]);
        }
        self.wage_step(wages, work);
        for (n, step) in wages.iter().enumerate() {
            add_scaled(rest, &self.of_wages[n * rest.len()..(n + 1) * rest.len()], *step);
        }
    }

    /// The wage block alone, in place.
    pub fn wage_step(&self, wages: &mut [f64], work: &mut Work) {
        work.wages.fill(0.0);
        for (column, r) in self.wages.chunks_exact(wages.len()).zip(&*wages) {
            for (w, m) in work.wages.iter_mut().zip(column) {
                *w += m * r;
            }
        }
        wages.copy_from_slice(&work.wages);
    }

    /// The exact transpose of [`Self::apply`].
    pub fn apply_transposed(&self, residual: &mut [f64], work: &mut Work) {
        let n_all = self.layout.countries;
        let (wages, rest) = residual.split_at_mut(n_all);
        for n in 0..n_all {
            wages[n] += dot(&self.of_wages[n * rest.len()..(n + 1) * rest.len()], rest);
        }
        for (w, column) in work.wages.iter_mut().zip(self.wages.chunks_exact(n_all)) {
            *w = crate::anderson::dot(column, wages);
        }
        wages.copy_from_slice(&work.wages);
        let (prices, spending) = rest.split_at_mut(self.layout.grid());
        for n in 0..n_all {
            let row = self.layout.row(n);
            let (prices, spending) = (&mut prices[row.clone()], &mut spending[row.clone()]);
            add_scaled(prices, &self.price_on_wage[row.clone()], wages[n]);
            add_scaled(spending, &self.spending_on_wage[row], wages[n]);
            self.replace_transposed(&self.spending, n, spending, work);
            for (k, p) in prices.iter_mut().enumerate() {
                *p += dot(self.column(&self.price_on_spending, n, k), spending);
            }
            self.replace_transposed(&self.prices, n, prices, work);
        }
    }

    /// Prices and spending at unchanged wages, country by country.
    fn within_countries(&self, rest: &mut [f64], work: &mut Work) {
        let (prices, spending) = rest.split_at_mut(self.layout.grid());
        for n in 0..self.layout.countries {
            let row = self.layout.row(n);
            let (prices, spending) = (&mut prices[row.clone()], &mut spending[row]);
            self.replace(&self.prices, n, prices, work);
            for (k, p) in prices.iter().enumerate() {
                add_scaled(spending, self.column(&self.price_on_spending, n, k), *p);
            }
            self.replace(&self.spending, n, spending, work);
        }
    }

    fn column<'a>(&self, blocks: &'a [f32], n: usize, k: usize) -> &'a [f32] {
        let stride = self.layout.stride;
        &blocks[(n * stride + k) * stride..(n * stride + k + 1) * stride]
    }

    /// x ← M x.
    fn replace(&self, blocks: &[f32], n: usize, x: &mut [f64], work: &mut Work) {
        work.row.fill(0.0);
        for (k, value) in x[..self.layout.sectors].iter().enumerate() {
            add_scaled(&mut work.row, self.column(blocks, n, k), *value);
        }
        x.copy_from_slice(&work.row);
    }

    /// x ← M′ x.
    fn replace_transposed(&self, blocks: &[f32], n: usize, x: &mut [f64], work: &mut Work) {
        for (k, to) in work.row.iter_mut().enumerate() {
            *to = dot(self.column(blocks, n, k), x);
        }
        x.copy_from_slice(&work.row);
    }
}

/// `to += column · by`; lengths are whole lanes.
fn add_scaled(to: &mut [f64], column: &[f32], by: f64) {
    let (to, column) = (to.as_chunks_mut::<4>().0, column.as_chunks::<4>().0);
    for (to, m) in to.iter_mut().zip(column) {
        for lane in 0..4 {
            to[lane] += f64::from(m[lane]) * by;
        }
    }
}

/// Σ a x in a fixed order: four running sums; lengths are whole lanes.
fn dot(a: &[f32], x: &[f64]) -> f64 {
    let (a, x) = (a.as_chunks::<4>().0, x.as_chunks::<4>().0);
    let mut sums = [0.0; 4];
    for (a, x) in a.iter().zip(x) {
        for lane in 0..4 {
            sums[lane] += f64::from(a[lane]) * x[lane];
        }
    }
    (sums[0] + sums[1]) + (sums[2] + sums[3])
}

fn transposed(matrix: &[f64], size: usize) -> Vec<f64> {
    (0..size * size).map(|k| matrix[(k % size) * size + k / size]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::made_up::{Digits, made_up};
    use crate::{Baseline, Options};

    #[test]
    fn the_transpose_is_the_transpose() {
        for links in [true, false] {
            let base = Baseline::of_accounts(made_up(5, 3, links, 11), &Options::default()).unwrap();
            let length = base.layout.countries + 2 * base.layout.grid();
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
}
