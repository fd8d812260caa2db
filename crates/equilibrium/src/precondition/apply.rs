//! Residuals into steps.

use crate::block::add_columns;
use crate::layout::Layout;
use crate::precondition::{Preconditioner, Within, Work};
use crate::widest::widest;

impl Preconditioner {
    /// Turns a residual into a step, in place. Places beyond the preconditioner's own (caps) are left alone.
    pub fn apply(&self, residual: &mut [f64], work: &mut Work) {
        apply_over(self, residual, work);
    }

    #[inline(always)]
    fn apply_lanes(&self, residual: &mut [f64], work: &mut Work) {
        let layout = self.unknowns.layout;
        let (wages, rest) = residual[..self.unknowns.output().end].split_at_mut(layout.countries);
        self.within_countries(rest, work);
        for n in 0..layout.countries {
            let row = layout.row(n);
            for (on, moved) in self.on_wages.chunks_exact(layout.grid()).zip(rest.chunks_exact(layout.grid()))
            {
                wages[n] += dot(&on[row.clone()], &moved[row.clone()]);
            }
        }
        self.wage_step(wages, work);
        add_columns(rest, &self.of_wages, wages);
    }

    /// The wage block alone, in place.
    #[inline(always)]
    pub fn wage_step(&self, wages: &mut [f64], work: &mut Work) {
        work.wages.fill(0.0);
        for (column, r) in self.wages.chunks_exact(wages.len()).zip(&*wages) {
            for (w, m) in work.wages.iter_mut().zip(column) {
                *w += m * r;
            }
        }
        wages.copy_from_slice(&work.wages);
    }

    /// Everything but wages, at unchanged wages, country by country.
    #[inline(always)]
    pub(super) fn within_countries(&self, rest: &mut [f64], work: &mut Work) {
        let layout = self.unknowns.layout;
        let stride = layout.stride;
        match &self.within {
            Within::Triangular { prices, spending, price_on_spending } => {
                let (of_prices, of_spending) = rest.split_at_mut(layout.grid());
                for n in 0..layout.countries {
                    let (p, x) = (&mut of_prices[layout.row(n)], &mut of_spending[layout.row(n)]);
                    replace(&prices[n * stride * stride..], p, &mut work.row[..stride]);
                    add_columns(x, &price_on_spending[n * stride * stride..(n + 1) * stride * stride], p);
                    replace(&spending[n * stride * stride..], x, &mut work.row[..stride]);
                }
            }
            Within::Joint(blocks) => {
                for n in 0..layout.countries {
                    gather(rest, layout, n, &mut work.gathered);
                    replace(&blocks[n * 9 * stride * stride..], &mut work.gathered, &mut work.row);
                    scatter(rest, layout, n, &work.gathered);
                }
            }
        }
    }
}

widest! {
    fn apply_over(of: &Preconditioner, residual: &mut [f64], work: &mut Work) {
        of.apply_lanes(residual, work);
    }
}

/// One country's rows of all parts, side by side.
#[inline(always)]
pub(super) fn gather(rest: &[f64], layout: Layout, n: usize, to: &mut [f64]) {
    for (part, to) in rest.chunks_exact(layout.grid()).zip(to.chunks_exact_mut(layout.stride)) {
        to.copy_from_slice(&part[layout.row(n)]);
    }
}

#[inline(always)]
pub(super) fn scatter(rest: &mut [f64], layout: Layout, n: usize, from: &[f64]) {
    for (part, from) in rest.chunks_exact_mut(layout.grid()).zip(from.chunks_exact(layout.stride)) {
        part[layout.row(n)].copy_from_slice(from);
    }
}

/// x ← M x.
#[inline(always)]
fn replace(block: &[f32], x: &mut [f64], row: &mut [f64]) {
    row.fill(0.0);
    add_columns(row, &block[..x.len() * x.len()], x);
    x.copy_from_slice(row);
}

/// `to += column · by`; lengths are whole lanes.
#[inline(always)]
pub(super) fn add_scaled(to: &mut [f64], column: &[f32], by: f64) {
    let (to, column) = (to.as_chunks_mut::<4>().0, column.as_chunks::<4>().0);
    for (to, m) in to.iter_mut().zip(column) {
        for lane in 0..4 {
            to[lane] += f64::from(m[lane]) * by;
        }
    }
}

/// Σ a x in a fixed order: four running sums; lengths are whole lanes.
#[inline(always)]
pub(super) fn dot(a: &[f32], x: &[f64]) -> f64 {
    let (a, x) = (a.as_chunks::<4>().0, x.as_chunks::<4>().0);
    let mut sums = [0.0; 4];
    for (a, x) in a.iter().zip(x) {
        for lane in 0..4 {
            sums[lane] += f64::from(a[lane]) * x[lane];
        }
    }
    (sums[0] + sums[1]) + (sums[2] + sums[3])
}
