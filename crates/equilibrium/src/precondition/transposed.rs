//! The exact transpose: what residuals are worth into multipliers.

use crate::anderson::dot;
use crate::block::add_dots;
use crate::precondition::apply::{add_scaled, gather, scatter};
use crate::precondition::{Preconditioner, Within, Work};
use crate::widest::widest;

impl Preconditioner {
    /// The exact transpose of [`Self::apply`].
    pub fn apply_transposed(&self, residual: &mut [f64], work: &mut Work) {
        transposed_over(self, residual, work);
    }

    #[inline(always)]
    fn transposed_lanes(&self, residual: &mut [f64], work: &mut Work) {
        let layout = self.unknowns.layout;
        let (wages, rest) = residual[..self.unknowns.output().end].split_at_mut(layout.countries);
        add_dots(wages, &self.of_wages, rest);
        self.wage_step_transposed(wages, work);
        for n in 0..layout.countries {
            let row = layout.row(n);
            for (on, moved) in
                self.on_wages.chunks_exact(layout.grid()).zip(rest.chunks_exact_mut(layout.grid()))
            {
                add_scaled(&mut moved[row.clone()], &on[row.clone()], wages[n]);
            }
        }
        self.within_countries_transposed(rest, work);
    }

    /// The wage block alone, transposed, in place.
    #[inline(always)]
    pub fn wage_step_transposed(&self, wages: &mut [f64], work: &mut Work) {
        for (w, column) in work.wages.iter_mut().zip(self.wages.chunks_exact(wages.len())) {
            *w = dot(column, wages);
        }
        wages.copy_from_slice(&work.wages);
    }

    #[inline(always)]
    fn within_countries_transposed(&self, rest: &mut [f64], work: &mut Work) {
        let layout = self.unknowns.layout;
        let stride = layout.stride;
        match &self.within {
            Within::Triangular { prices, spending, price_on_spending } => {
                let (of_prices, of_spending) = rest.split_at_mut(layout.grid());
                for n in 0..layout.countries {
                    let (p, x) = (&mut of_prices[layout.row(n)], &mut of_spending[layout.row(n)]);
                    replace_transposed(&spending[n * stride * stride..], x, &mut work.row[..stride]);
                    add_dots(p, &price_on_spending[n * stride * stride..(n + 1) * stride * stride], x);
                    replace_transposed(&prices[n * stride * stride..], p, &mut work.row[..stride]);
                }
            }
            Within::Joint(blocks) => {
                for n in 0..layout.countries {
                    gather(rest, layout, n, &mut work.gathered);
                    replace_transposed(&blocks[n * 9 * stride * stride..], &mut work.gathered, &mut work.row);
                    scatter(rest, layout, n, &work.gathered);
                }
            }
        }
    }
}

widest! {
    fn transposed_over(of: &Preconditioner, residual: &mut [f64], work: &mut Work) {
        of.transposed_lanes(residual, work);
    }
}

/// x ← M′ x.
#[inline(always)]
fn replace_transposed(block: &[f32], x: &mut [f64], row: &mut [f64]) {
    row.fill(0.0);
    add_dots(row, &block[..x.len() * x.len()], x);
    x.copy_from_slice(row);
}
