//! The exact transpose for many columns at once.

use crate::panel::{Strip, WIDTH, add_times, multiply};
use crate::precondition::{Preconditioner, Within};
use crate::sweep::widest;

/// Rows of the long products that are taken together, for their strips to stay in the first cache.
const CHUNK: usize = 128;

impl Preconditioner {
    /// [`Self::apply_transposed`] of every column, in place.
    pub fn apply_transposed_columns(&self, residual: &mut [Strip]) {
        widest!(transposed_over(self, residual));
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
                    for (part, from) in rest.chunks_exact_mut(layout.grid()).zip(row.chunks_exact(stride)) {
                        part[layout.row(n)].copy_from_slice(from);
                    }
                }
            }
        }
    }
}

/// The places of a point after wages.
fn rest_length(of: &Preconditioner) -> usize {
    of.unknowns.output().end - of.unknowns.layout.countries
}

/// The transpose for any processor.
mod portable {
    use super::{Preconditioner, Strip};
    pub fn transposed_over(of: &Preconditioner, residual: &mut [Strip]) {
        of.transposed_columns(residual);
    }
}

/// The same, compiled for processors with AVX2.
#[cfg(target_arch = "x86_64")]
mod avx2 {
    use super::{Preconditioner, Strip};
    #[target_feature(enable = "avx2")]
    pub fn transposed_over(of: &Preconditioner, residual: &mut [Strip]) {
        of.transposed_columns(residual);
    }
}
