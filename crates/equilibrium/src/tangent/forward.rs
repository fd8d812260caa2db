//! How residuals move with the unknowns: products with the Jacobian.

use crate::anderson::dot;
use crate::layout::{LANES, lanes};
use crate::padded::Padded;
use crate::sweep::{add_lanes, two_sums, widest};
use crate::tangent::{Pulled, Tangent, add_product};

impl Tangent {
    /// How the residuals move with the unknowns: J v.
    pub fn forward(&self, base: &Padded, v: &[f64], out: &mut [f64], scratch: &mut Pulled) {
        let layout = self.unknowns.layout;
        let (wages, prices) = (&v[self.unknowns.wages()], &v[self.unknowns.prices()]);
        let (spending, output) = (&v[self.unknowns.spending()], &v[self.unknowns.output()]);
        for n in 0..layout.countries {
            let row = layout.row(n);
            let cost = &mut scratch.cost[row.clone()];
            for (c, γᵛ) in cost.iter_mut().zip(&base.factor_share[row.clone()]) {
                *c = γᵛ * wages[n];
            }
            add_product(cost, &base.input_by_input, layout, n, &prices[row.clone()]);
            if self.unknowns.elastic {
                base.form.cost_of_bundle(cost, row.clone(), wages[n], &output[row]);
            }
            for (block, c) in lanes(cost).iter().enumerate() {
                scratch.by_exporter[block * layout.countries + n] = *c;
            }
        }
        let (head, rest) = out.split_at_mut(self.unknowns.prices().end);
        self.forward_pass(prices, spending, &mut head[self.unknowns.prices()], scratch);
        let (demands, outputs) = rest.split_at_mut(layout.grid());
        let world: f64 = self.factors.iter().sum();
        let moved: f64 = self.factors.iter().zip(wages).map(|(wl, dw)| wl * dw).sum();
        for n in 0..layout.countries {
            let row = layout.row(n);
            for at in row.clone() {
                let (block, lane) = ((at - row.start) / LANES, (at - row.start) % LANES);
                let θ = self.theta[at - row.start];
                let sum = scratch.sums[block * layout.countries + n][lane];
                scratch.output[at] = sum - θ * self.output[at] * scratch.cost[at];
                if !self.border.is_empty() {
                    let border = scratch.border_sums[block * layout.countries + n][lane];
                    scratch.revenue[n] += border - sum - θ * self.taxed[at] * scratch.cost[at];
                }
            }
            let income =
                self.factors[n] * wages[n] + scratch.revenue[n] + self.deficit_change(n, wages, world);
            let demand = &mut demands[row.clone()];
            for (x, α) in demand.iter_mut().zip(&base.final_share[row.clone()]) {
                *x = α * income;
            }
            add_product(demand, &base.input_by_user, layout, n, &scratch.output[row.clone()]);
            let pers = &self.per_spending[row.clone()];
            for ((x, per), before) in demand.iter_mut().zip(pers).zip(&spending[row.clone()]) {
                *x = *x * per - before;
            }
            if self.unknowns.elastic {
                for at in row.clone() {
                    outputs[at] = scratch.output[at] * self.per_output[at] - output[at];
                }
            }
            let earned = dot(&base.factor_share[row.clone()], &scratch.output[row]);
            let relative = if self.factors[n] > 0.0 { earned / self.factors[n] } else { 0.0 };
            head[n] = relative - wages[n] - moved / world;
        }
    }

    /// Prices' residuals, duties, and what importers' spending brings to exporters.
    fn forward_pass(&self, prices: &[f64], spending: &[f64], out_prices: &mut [f64], scratch: &mut Pulled) {
        widest!(forward_over(self, prices, spending, out_prices, scratch));
    }

    #[inline(always)]
    fn forward_lanes(&self, prices: &[f64], spending: &[f64], out_prices: &mut [f64], scratch: &mut Pulled) {
        let layout = self.unknowns.layout;
        let (n_all, blocks) = (layout.countries, layout.blocks());
        scratch.sums.fill([0.0; LANES]);
        scratch.border_sums.fill([0.0; LANES]);
        for n in 0..n_all {
            let mut revenue = 0.0;
            for block in 0..blocks {
                let of = (n * blocks + block) * n_all..(n * blocks + block + 1) * n_all;
                let by = block * n_all..(block + 1) * n_all;
                let landed = if self.border.is_empty() { &self.receipt } else { &self.border };
                let (m, e) =
                    two_sums(&self.share[of.clone()], &landed[of.clone()], &scratch.by_exporter[by.clone()]);
                let mut t = [0.0; LANES];
                for lane in 0..LANES {
                    let at = layout.at(n, block * LANES + lane);
                    let θ = self.theta[block * LANES + lane];
                    out_prices[at] = m[lane] - prices[at];
                    t[lane] = self.spending[at] * (spending[at] + θ * m[lane]);
                    revenue += self.duty[at] * t[lane] - θ * self.spending[at] * (m[lane] - e[lane]);
                }
                add_lanes(&mut scratch.sums[by.clone()], &self.receipt[of.clone()], &t);
                if !self.border.is_empty() {
                    add_lanes(&mut scratch.border_sums[by], &self.border[of], &t);
                }
            }
            scratch.revenue[n] = revenue;
        }
    }
}

/// The pass for any processor.
mod portable {
    use super::{Pulled, Tangent};
    pub fn forward_over(
        at: &Tangent,
        prices: &[f64],
        spending: &[f64],
        out: &mut [f64],
        scratch: &mut Pulled,
    ) {
        at.forward_lanes(prices, spending, out, scratch);
    }
}

/// The same, compiled for processors with AVX2.
#[cfg(target_arch = "x86_64")]
mod avx2 {
    use super::{Pulled, Tangent};
    #[target_feature(enable = "avx2")]
    pub fn forward_over(
        at: &Tangent,
        prices: &[f64],
        spending: &[f64],
        out: &mut [f64],
        scratch: &mut Pulled,
    ) {
        at.forward_lanes(prices, spending, out, scratch);
    }
}
