//! How residuals move with the unknowns: products with the Jacobian, for columns side by side.
//!
//! A baseline needs them once, for every country's wage.

use crate::options::Deficits;
use crate::padded::Padded;
use crate::panel::{Strip, WIDTH, add, add_times, multiply, multiply_transposed, times};
use crate::tangent::{ManyPulled, SectorMajor, Tangent};
use crate::widest::widest;

impl Tangent {
    /// J v, column by column.
    pub fn forward_columns(
        &self,
        base: &Padded,
        shares: &SectorMajor,
        v: &[Strip],
        out: &mut [Strip],
        scratch: &mut ManyPulled,
    ) {
        columns_over(self, base, shares, v, out, scratch);
    }

    #[inline(always)]
    fn pushed_columns(
        &self,
        base: &Padded,
        shares: &SectorMajor,
        v: &[Strip],
        out: &mut [Strip],
        scratch: &mut ManyPulled,
    ) {
        let (layout, unknowns) = (self.unknowns.layout, self.unknowns);
        let size = layout.stride * layout.stride;
        let (wages, prices) = (&v[unknowns.wages()], &v[unknowns.prices()]);
        let outputs = &v[unknowns.output()];
        for n in 0..layout.countries {
            let row = layout.row(n);
            for at in row.clone() {
                scratch.cost[at] = times(base.factor_share[at], &wages[n]);
            }
            if !base.input_by_user.is_empty() {
                let γ = &base.input_by_user[n * size..(n + 1) * size];
                multiply(&mut scratch.cost[row.clone()], γ, layout.stride, &prices[row.clone()]);
            }
            for (k, at) in row.enumerate().filter(|_| unknowns.elastic) {
                let mut cost = times(base.form.on_bundle[k], &scratch.cost[at]);
                add_times(&mut cost, base.form.on_wage[at], &wages[n]);
                add_times(&mut cost, base.form.on_output[at], &outputs[at]);
                scratch.cost[at] = cost;
            }
        }
        let (head, rest) = out.split_at_mut(unknowns.prices().end);
        let (out_wages, out_prices) = head.split_at_mut(layout.countries);
        let (demands, out_outputs) = rest.split_at_mut(layout.grid());
        self.sales_moved(shares, v, out_prices, scratch);
        let world: f64 = self.factors.iter().sum();
        let (mut moved, mut deficits) = ([0.0; WIDTH], [0.0; WIDTH]);
        for n in 0..layout.countries {
            add_times(&mut moved, self.factors[n] / world, &wages[n]);
            add_times(&mut deficits, self.deficit[n] / world, &wages[n]);
        }
        for n in 0..layout.countries {
            let row = layout.row(n);
            let mut income = scratch.revenue[n];
            add_times(&mut income, self.factors[n], &wages[n]);
            if self.deficits == Deficits::Scaled {
                add_times(&mut income, self.deficit[n], &wages[n]);
                add_times(&mut income, -self.factors[n], &deficits);
            }
            for at in row.clone() {
                demands[at] = times(base.final_share[at], &income);
            }
            if !base.input_by_input.is_empty() {
                let γ = &base.input_by_input[n * size..(n + 1) * size];
                multiply(&mut demands[row.clone()], γ, layout.stride, &scratch.output[row.clone()]);
            }
            let mut earned = [0.0; WIDTH];
            for at in row {
                demands[at] = times(self.per_spending[at], &demands[at]);
                add_times(&mut demands[at], -1.0, &v[unknowns.spending()][at]);
                if unknowns.elastic {
                    out_outputs[at] = times(self.per_output[at], &scratch.output[at]);
                    add_times(&mut out_outputs[at], -1.0, &outputs[at]);
                }
                add_times(&mut earned, base.factor_share[at], &scratch.output[at]);
            }
            let per = if self.factors[n] > 0.0 { 1.0 / self.factors[n] } else { 0.0 };
            let mut gap = times(per, &earned);
            add_times(&mut gap, -1.0, &wages[n]);
            add_times(&mut gap, -1.0, &moved);
            out_wages[n] = gap;
        }
    }

    /// Prices' residuals, sales and duties, sector by sector.
    #[inline(always)]
    fn sales_moved(
        &self,
        shares: &SectorMajor,
        v: &[Strip],
        out_prices: &mut [Strip],
        scratch: &mut ManyPulled,
    ) {
        let (layout, unknowns) = (self.unknowns.layout, self.unknowns);
        let (prices, spending) = (&v[unknowns.prices()], &v[unknowns.spending()]);
        let n_all = layout.countries;
        scratch.revenue.fill([0.0; WIDTH]);
        for s in 0..layout.sectors {
            let matrix = s * n_all * n_all..(s + 1) * n_all * n_all;
            let (π, ρ) = (&shares.share[matrix.clone()], &shares.receipt[matrix.clone()]);
            let landed = if shares.border.is_empty() { ρ } else { &shares.border[matrix] };
            for (i, cost) in scratch.by_exporter.iter_mut().enumerate() {
                *cost = scratch.cost[layout.at(i, s)];
            }
            let (dearer, dearer_landed) = (&mut scratch.on_share, &mut scratch.on_landed);
            dearer.fill([0.0; WIDTH]);
            dearer_landed.fill([0.0; WIDTH]);
            multiply(dearer, π, n_all, &scratch.by_exporter);
            multiply(dearer_landed, landed, n_all, &scratch.by_exporter);
            for n in 0..n_all {
                let at = layout.at(n, s);
                let (x, δ, θ) = (self.spending[at], self.duty[at], self.theta[s]);
                for k in 0..WIDTH {
                    let (m, e) = (dearer[n][k], dearer_landed[n][k]);
                    out_prices[at][k] = m - prices[at][k];
                    let bought = x * (spending[at][k] + θ * m);
                    scratch.revenue[n][k] += δ * bought - θ * x * (m - e);
                    dearer[n][k] = bought;
                }
            }
            let bought = &scratch.on_share;
            scratch.received.fill([0.0; WIDTH]);
            multiply_transposed(&mut scratch.received, ρ, n_all, bought);
            if !shares.border.is_empty() {
                scratch.on_landed.fill([0.0; WIDTH]);
                multiply_transposed(&mut scratch.on_landed, landed, n_all, bought);
            }
            for i in 0..n_all {
                let (at, θ) = (layout.at(i, s), self.theta[s]);
                let cost = scratch.cost[at];
                if !shares.border.is_empty() {
                    add(&mut scratch.revenue[i], &scratch.on_landed[i]);
                    add_times(&mut scratch.revenue[i], -1.0, &scratch.received[i]);
                    add_times(&mut scratch.revenue[i], -θ * self.taxed[at], &cost);
                }
                scratch.output[at] = scratch.received[i];
                add_times(&mut scratch.output[at], -θ * self.output[at], &cost);
            }
        }
        for (n, s) in (0..n_all).flat_map(|n| (layout.sectors..layout.stride).map(move |s| (n, s))) {
            let at = layout.at(n, s);
            out_prices[at] = times(-1.0, &prices[at]);
            scratch.output[at] = [0.0; WIDTH];
        }
    }
}

widest! {
    fn columns_over(
        at: &Tangent,
        base: &Padded,
        shares: &SectorMajor,
        v: &[Strip],
        out: &mut [Strip],
        scratch: &mut ManyPulled,
    ) {
        at.pushed_columns(base, shares, v, out, scratch);
    }
}
