//! Many columns at once: steps, the exact transpose, and what a country's own markets do.

use crate::layout::Layout;
use crate::panel::{Strip, WIDTH, add_times, multiply, multiply_transposed};
use crate::precondition::{Preconditioner, Within};
use crate::widest::widest;

/// Rows of the long products that are taken together, for their strips to stay in the first cache.
const CHUNK: usize = 128;

impl Preconditioner {
    /// [`Self::apply_transposed`] of every column, in place.
    pub fn apply_transposed_columns(&self, residual: &mut [Strip]) {
        transposed_over(self, residual);
    }

    #[inline(always)]
    fn transposed_columns(&self, residual: &mut [Strip]) {
        let layout = self.unknowns.layout;
        let n_all = layout.countries;
        let (wages, rest) = residual[..self.unknowns.output().end].split_at_mut(n_all);
        for (k, chunk) in rest.chunks(CHUNK).enumerate() {
            multiply(wages, &self.of_wages[k * CHUNK..], rest_length(self), chunk);
        }
        let mut stepped = vec![[0.0; WIDTH]; n_all];
        multiply(&mut stepped, &self.wages, n_all, wages);
        wages.copy_from_slice(&stepped);
        for (on, moved) in self.on_wages.chunks_exact(layout.grid()).zip(rest.chunks_exact_mut(layout.grid()))
        {
            for n in 0..n_all {
                for at in layout.row(n) {
                    add_times(&mut moved[at], f64::from(on[at]), &wages[n]);
                }
            }
        }
        self.within_transposed_columns(rest);
    }

    /// [`Self::apply`] of every column, in place.
    pub fn apply_columns(&self, residual: &mut [Strip]) {
        applied_over(self, residual);
    }

    #[inline(always)]
    fn applied_columns(&self, residual: &mut [Strip]) {
        let layout = self.unknowns.layout;
        let n_all = layout.countries;
        let (wages, rest) = residual[..self.unknowns.output().end].split_at_mut(n_all);
        self.within_columns(rest);
        for (on, moved) in self.on_wages.chunks_exact(layout.grid()).zip(rest.chunks_exact(layout.grid())) {
            for n in 0..n_all {
                for at in layout.row(n) {
                    add_times(&mut wages[n], f64::from(on[at]), &moved[at]);
                }
            }
        }
        let mut stepped = vec![[0.0; WIDTH]; n_all];
        multiply_transposed(&mut stepped, &self.wages, n_all, wages);
        wages.copy_from_slice(&stepped);
        for (k, chunk) in rest.chunks_mut(CHUNK).enumerate() {
            multiply_transposed(chunk, &self.of_wages[k * CHUNK..], rest_length(self), wages);
        }
    }

    /// Everything but wages, at unchanged wages, of every column, in place.
    pub fn within_countries_columns(&self, rest: &mut [Strip]) {
        within_over(self, rest);
    }

    #[inline(always)]
    fn within_columns(&self, rest: &mut [Strip]) {
        let layout = self.unknowns.layout;
        let (stride, size) = (layout.stride, layout.stride * layout.stride);
        let mut row = vec![[0.0; WIDTH]; 3 * stride];
        match &self.within {
            Within::Triangular { prices, spending, price_on_spending } => {
                let (of_prices, of_spending) = rest.split_at_mut(layout.grid());
                let row = &mut row[..stride];
                for n in 0..layout.countries {
                    let block = n * size..(n + 1) * size;
                    let (p, x) = (&mut of_prices[layout.row(n)], &mut of_spending[layout.row(n)]);
                    row.fill([0.0; WIDTH]);
                    multiply_transposed(row, &prices[block.clone()], stride, p);
                    p.copy_from_slice(row);
                    multiply_transposed(x, &price_on_spending[block.clone()], stride, p);
                    row.fill([0.0; WIDTH]);
                    multiply_transposed(row, &spending[block], stride, x);
                    x.copy_from_slice(row);
                }
            }
            Within::Joint(blocks) => {
                let mut gathered = row.clone();
                for n in 0..layout.countries {
                    gather_columns(rest, layout, n, &mut gathered);
                    row.fill([0.0; WIDTH]);
                    let block = &blocks[n * 9 * size..(n + 1) * 9 * size];
                    multiply_transposed(&mut row, block, 3 * stride, &gathered);
                    scatter_columns(rest, layout, n, &row);
                }
            }
        }
    }

    #[inline(always)]
    fn within_transposed_columns(&self, rest: &mut [Strip]) {
        let layout = self.unknowns.layout;
        let (stride, size) = (layout.stride, layout.stride * layout.stride);
        let mut row = vec![[0.0; WIDTH]; 3 * stride];
        match &self.within {
            Within::Triangular { prices, spending, price_on_spending } => {
                let (of_prices, of_spending) = rest.split_at_mut(layout.grid());
                let row = &mut row[..stride];
                for n in 0..layout.countries {
                    let block = n * size..(n + 1) * size;
                    let (p, x) = (&mut of_prices[layout.row(n)], &mut of_spending[layout.row(n)]);
                    row.fill([0.0; WIDTH]);
                    multiply(row, &spending[block.clone()], stride, x);
                    x.copy_from_slice(row);
                    multiply(p, &price_on_spending[block.clone()], stride, x);
                    row.fill([0.0; WIDTH]);
                    multiply(row, &prices[block], stride, p);
                    p.copy_from_slice(row);
                }
            }
            Within::Joint(blocks) => {
                let mut gathered = row.clone();
                for n in 0..layout.countries {
                    for (part, to) in rest.chunks_exact(layout.grid()).zip(gathered.chunks_exact_mut(stride))
                    {
                        to.copy_from_slice(&part[layout.row(n)]);
                    }
                    row.fill([0.0; WIDTH]);
                    multiply(&mut row, &blocks[n * 9 * size..(n + 1) * 9 * size], 3 * stride, &gathered);
                    scatter_columns(rest, layout, n, &row);
                }
            }
        }
    }
}

/// One country's rows of all parts, side by side.
#[inline(always)]
fn gather_columns(rest: &[Strip], layout: Layout, n: usize, to: &mut [Strip]) {
    for (part, to) in rest.chunks_exact(layout.grid()).zip(to.chunks_exact_mut(layout.stride)) {
        to.copy_from_slice(&part[layout.row(n)]);
    }
}

#[inline(always)]
fn scatter_columns(rest: &mut [Strip], layout: Layout, n: usize, from: &[Strip]) {
    for (part, from) in rest.chunks_exact_mut(layout.grid()).zip(from.chunks_exact(layout.stride)) {
        part[layout.row(n)].copy_from_slice(from);
    }
}

/// The places of a point after wages.
fn rest_length(of: &Preconditioner) -> usize {
    of.unknowns.output().end - of.unknowns.layout.countries
}

widest! {
    fn transposed_over(of: &Preconditioner, residual: &mut [Strip]) {
        of.transposed_columns(residual);
    }
}

widest! {
    fn applied_over(of: &Preconditioner, residual: &mut [Strip]) {
        of.applied_columns(residual);
    }
}

widest! {
    fn within_over(of: &Preconditioner, rest: &mut [Strip]) {
        of.within_columns(rest);
    }
}
