//! What equations are worth to an outcome: products with the transposed Jacobian.

use crate::anderson::dot;
use crate::layout::{LANES, Lane, lanes};
use crate::padded::Padded;
use crate::tangent::sources::scatter;
use crate::tangent::{Pulled, Sources, Tangent, add_product};
use crate::widest::widest;

impl Tangent {
    /// The transpose: J′ λ plus what the outcome adds. Zero at the multipliers of the outcome.
    pub fn transposed(
        &self,
        base: &Padded,
        λ: &[f64],
        sources: &Sources,
        out: &mut [f64],
        pulled: &mut Pulled,
    ) {
        transposed_over(self, base, λ, sources, out, pulled);
    }

    #[inline(always)]
    fn transposed_product(
        &self,
        base: &Padded,
        λ: &[f64],
        sources: &Sources,
        out: &mut [f64],
        pulled: &mut Pulled,
    ) {
        let layout = self.unknowns.layout;
        let (wages, prices) = (&λ[self.unknowns.wages()], &λ[self.unknowns.prices()]);
        let (spending, outputs) = (&λ[self.unknowns.spending()], &λ[self.unknowns.output()]);
        pulled.begin(sources);
        let on_all: f64 = wages.iter().sum();
        let world: f64 = self.factors.iter().sum();
        let out_spending = &mut out[self.unknowns.spending()];
        for n in 0..layout.countries {
            let row = layout.row(n);
            // Multipliers of demand, in money: λx/X; kept in the output's place until they are used.
            let demand = &mut out_spending[row.clone()];
            for ((x, λx), per) in
                demand.iter_mut().zip(&spending[row.clone()]).zip(&self.per_spending[row.clone()])
            {
                *x = λx * per;
            }
            pulled.income[n] = sources.income[n] + dot(&base.final_share[row.clone()], demand);
            pulled.revenue[n] = sources.revenue[n] + pulled.income[n];
            let per_factors = if self.factors[n] > 0.0 { wages[n] / self.factors[n] } else { 0.0 };
            let made = &mut pulled.output[row.clone()];
            for (y, γᵛ) in made.iter_mut().zip(&base.factor_share[row.clone()]) {
                *y += γᵛ * per_factors;
            }
            if self.unknowns.elastic {
                for ((y, λq), per) in
                    made.iter_mut().zip(&outputs[row.clone()]).zip(&self.per_output[row.clone()])
                {
                    *y += λq * per;
                }
            }
            add_product(made, &base.input_by_input, layout, n, &out_spending[row.clone()]);
            let on_taxes = if self.border.is_empty() { 0.0 } else { pulled.revenue[n] };
            for (block, y) in lanes(&pulled.output[row]).iter().enumerate() {
                let to = &mut pulled.by_exporter[block * layout.countries + n];
                for lane in 0..LANES {
                    to[lane] = y[lane] - on_taxes;
                }
            }
        }
        self.transposed_lanes(prices, spending, out_spending, pulled);
        scatter(out_spending, &sources.spending);
        let (head, rest) = out.split_at_mut(self.unknowns.spending().end);
        let (out_wages, back) = head.split_at_mut(layout.countries);
        for n in 0..layout.countries {
            let row = layout.row(n);
            for at in row.clone() {
                let (block, lane) = ((at - row.start) / LANES, (at - row.start) % LANES);
                let sum = pulled.sums[block * layout.countries + n][lane];
                pulled.cost[at] -= self.theta[at - row.start]
                    * (self.output[at] * pulled.output[at] + self.taxed[at] * pulled.revenue[n] + sum);
            }
            let mut own_wage = 0.0;
            pulled.bundle.copy_from_slice(&pulled.cost[row.clone()]);
            if self.unknowns.elastic {
                for at in row.clone() {
                    rest[at] = base.form.on_output[at] * pulled.cost[at] - outputs[at];
                    own_wage += base.form.on_wage[at] * pulled.cost[at];
                    pulled.bundle[at - row.start] *= base.form.on_bundle[at - row.start];
                }
            }
            let back = &mut back[row.clone()];
            for (p, λp) in back.iter_mut().zip(&prices[row.clone()]) {
                *p = -λp;
            }
            add_product(back, &base.input_by_user, layout, n, &pulled.bundle);
            out_wages[n] = sources.wage[n]
                + own_wage
                + dot(&base.factor_share[row.clone()], &pulled.bundle)
                + self.factors[n] * pulled.income[n]
                - wages[n]
                - self.factors[n] * on_all / world;
        }
        scatter(back, &sources.price);
        self.deficit_back(&pulled.income, out_wages, world);
    }

    /// Multipliers of ln Φ and spending, and what they bring to exporters' costs.
    #[inline(always)]
    fn transposed_lanes(
        &self,
        prices: &[f64],
        spending: &[f64],
        out_spending: &mut [f64],
        pulled: &mut Pulled,
    ) {
        let layout = self.unknowns.layout;
        let (n_all, blocks) = (layout.countries, layout.blocks());
        pulled.sums.fill([0.0; LANES]);
        for n in 0..n_all {
            let on_revenue = pulled.revenue[n];
            for block in 0..blocks {
                let of = (n * blocks + block) * n_all..(n * blocks + block + 1) * n_all;
                let by = block * n_all..(block + 1) * n_all;
                let mut received = one_sum(&self.receipt[of.clone()], &pulled.by_exporter[by.clone()]);
                if !self.border.is_empty() {
                    for (π, on_taxes) in self.border[of.clone()].iter().zip(&pulled.revenue) {
                        for lane in 0..LANES {
                            received[lane] += π[lane] * on_taxes;
                        }
                    }
                }
                let (mut on_share, mut on_landed) = ([0.0; LANES], [0.0; LANES]);
                for lane in 0..LANES {
                    let at = layout.at(n, block * LANES + lane);
                    let x = self.spending[at];
                    let used = x * (received[lane] + self.duty[at] * on_revenue);
                    let on_index = pulled.index[at] - prices[at] / self.theta[block * LANES + lane] - used;
                    pulled.index[at] = on_index;
                    out_spending[at] = used - spending[at];
                    on_share[lane] = on_index + x * on_revenue;
                    on_landed[lane] = x * on_revenue;
                }
                let landed = if self.border.is_empty() { &self.receipt } else { &self.border };
                let cells = self.share[of.clone()].iter().zip(&landed[of]);
                for (sum, (π, ρ)) in pulled.sums[by].iter_mut().zip(cells) {
                    for lane in 0..LANES {
                        sum[lane] += π[lane] * on_share[lane] - ρ[lane] * on_landed[lane];
                    }
                }
            }
        }
    }
}

/// Σᵢ a u by lane.
#[inline(always)]
pub(super) fn one_sum(a: &[Lane], u: &[Lane]) -> Lane {
    let mut halves = [[0.0; LANES]; 2];
    let (a2, a1) = a.as_chunks::<2>();
    let (u2, u1) = u.as_chunks::<2>();
    for (a, u) in a2.iter().zip(u2) {
        for half in 0..2 {
            for lane in 0..LANES {
                halves[half][lane] += a[half][lane] * u[half][lane];
            }
        }
    }
    for (a, u) in a1.iter().zip(u1) {
        for lane in 0..LANES {
            halves[0][lane] += a[lane] * u[lane];
        }
    }
    let mut sum = [0.0; LANES];
    for lane in 0..LANES {
        sum[lane] = halves[0][lane] + halves[1][lane];
    }
    sum
}

widest! {
    fn transposed_over(
        at: &Tangent,
        base: &Padded,
        λ: &[f64],
        sources: &Sources,
        out: &mut [f64],
        pulled: &mut Pulled,
    ) {
        at.transposed_product(base, λ, sources, out, pulled);
    }
}
