//! The transposed system without input links, where only the multipliers of wages are unknown.
//!
//! Without links a price moves no cost and spending moves no demand but through income. So the rows of (E20) that
//! belong to prices and to spending give their multipliers outright, a country's income by one division:
//!
//! ```text
//! λᵖ = ∂O/∂ln P̂,      λˣ/X = Σᵢ ρ Ȳᵢ + δ R̄ₙ + ∂O/∂X
//! R̄ₙ = (∂O/∂R + ∂O/∂I + Σₛ α (Σᵢ ρ Ȳᵢ + ∂O/∂X)) / (1 − Σₛ α δ)
//! ```

use crate::anderson::dot;
use crate::layout::LANES;
use crate::padded::Padded;
use crate::tangent::sources::scatter;
use crate::tangent::transposed::one_sum;
use crate::tangent::{Pulled, Sources, Tangent};
use crate::widest::widest;

impl Tangent {
    /// Whether the multipliers of wages are all that is unknown: no input links, costs that follow wages alone, no
    /// exporter's taxes.
    pub fn wages_alone(&self, base: &Padded) -> bool {
        base.input_by_user.is_empty() && !self.unknowns.elastic && self.border.is_empty()
    }

    /// [`Self::transposed`] where [`Self::wages_alone`]: completes `λ` from its multipliers of wages and writes what is
    /// left of the rows of wages; all other rows vanish.
    pub fn transposed_of_wages(
        &self,
        base: &Padded,
        λ: &mut [f64],
        sources: &Sources,
        gaps: &mut [f64],
        pulled: &mut Pulled,
    ) {
        of_wages_over(self, base, λ, sources, gaps, pulled);
    }

    #[inline(always)]
    fn product_of_wages(
        &self,
        base: &Padded,
        λ: &mut [f64],
        sources: &Sources,
        gaps: &mut [f64],
        pulled: &mut Pulled,
    ) {
        let (layout, unknowns) = (self.unknowns.layout, self.unknowns);
        let (n_all, blocks) = (layout.countries, layout.blocks());
        let (wages, rest) = λ.split_at_mut(n_all);
        let (prices, spending) = rest.split_at_mut(unknowns.prices().len());
        prices.fill(0.0);
        scatter(prices, &sources.price);
        spending.fill(0.0);
        scatter(spending, &sources.spending);
        pulled.begin(sources);
        for n in 0..n_all {
            let per_factors = if self.factors[n] > 0.0 { wages[n] / self.factors[n] } else { 0.0 };
            for (k, y) in pulled.output[layout.row(n)].iter_mut().enumerate() {
                *y += per_factors;
                pulled.by_exporter[(k / LANES) * n_all + n][k % LANES] = *y;
            }
        }
        pulled.sums.fill([0.0; LANES]);
        for n in 0..n_all {
            let row = layout.row(n);
            let of = |block: usize| (n * blocks + block) * n_all..(n * blocks + block + 1) * n_all;
            let by = |block: usize| block * n_all..(block + 1) * n_all;
            let (mut received, mut kept) = ([0.0; LANES], [0.0; LANES]);
            for block in 0..blocks {
                let sum = one_sum(&self.receipt[of(block)], &pulled.by_exporter[by(block)]);
                for lane in 0..LANES {
                    let (at, k) = (row.start + block * LANES + lane, block * LANES + lane);
                    pulled.bundle[k] = sum[lane];
                    let α = base.final_share[at];
                    received[lane] += α * (sum[lane] + spending[at] * self.per_spending[at]);
                    kept[lane] += α * self.duty[at];
                }
            }
            let own = sources.revenue[n] + sources.income[n] + received.iter().sum::<f64>();
            let on_revenue = own / (1.0 - kept.iter().sum::<f64>());
            pulled.revenue[n] = on_revenue;
            pulled.income[n] = on_revenue - sources.revenue[n];
            for block in 0..blocks {
                let (mut on_share, mut on_landed) = ([0.0; LANES], [0.0; LANES]);
                for lane in 0..LANES {
                    let (at, k) = (row.start + block * LANES + lane, block * LANES + lane);
                    let x = self.spending[at];
                    let used = x * (pulled.bundle[k] + self.duty[at] * on_revenue);
                    spending[at] += used;
                    pulled.index[at] -= prices[at] / self.theta[k] + used;
                    on_share[lane] = pulled.index[at] + x * on_revenue;
                    on_landed[lane] = x * on_revenue;
                }
                let cells = self.share[of(block)].iter().zip(&self.receipt[of(block)]);
                for (sum, (π, ρ)) in pulled.sums[by(block)].iter_mut().zip(cells) {
                    for lane in 0..LANES {
                        sum[lane] += π[lane] * on_share[lane] - ρ[lane] * on_landed[lane];
                    }
                }
            }
        }
        let on_all: f64 = wages.iter().sum();
        let world: f64 = self.factors.iter().sum();
        for n in 0..n_all {
            let row = layout.row(n);
            for (k, at) in row.clone().enumerate() {
                let sum = pulled.sums[(k / LANES) * n_all + n][k % LANES];
                pulled.cost[at] -= self.theta[k] * (self.output[at] * pulled.output[at] + sum);
            }
            gaps[n] = sources.wage[n]
                + dot(&base.factor_share[row.clone()], &pulled.cost[row])
                + self.factors[n] * pulled.income[n]
                - wages[n]
                - self.factors[n] * on_all / world;
        }
        self.deficit_back(&pulled.income, gaps, world);
    }
}

widest! {
    fn of_wages_over(
        at: &Tangent,
        base: &Padded,
        λ: &mut [f64],
        sources: &Sources,
        gaps: &mut [f64],
        pulled: &mut Pulled,
    ) {
        at.product_of_wages(base, λ, sources, gaps, pulled);
    }
}
