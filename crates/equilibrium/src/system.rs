//! The equations, evaluated: how far every price, every market and every country's factors are from clearing.

use crate::baseline::Baseline;
use crate::layout::{LANES, lanes_mut};
use crate::options::Deficits;
use crate::power::{exp, ln};
use crate::sweep::{Folded, Swept};

/// A point is `[ln ŵ (N) | ln P̂ (N·S) | ln X̂ (N·S)]`, grids padded; a residual has the same places.
#[derive(Debug, Clone)]
pub(crate) struct Evaluation {
    /// ŵ.
    pub wage: Vec<f64>,
    /// ln ĉ`[i,k]`.
    pub ln_cost: Vec<f64>,
    /// X′ at the point.
    pub spending: Vec<f64>,
    /// The pass at the point.
    pub swept: Swept,
    /// I′.
    pub income: Vec<f64>,
    /// D′.
    pub deficit: Vec<f64>,
    /// Factor income from sales, Σ γᵛ Y′.
    pub earned: Vec<f64>,
}

/// The places of a point.
pub(crate) fn parts(countries: usize, grid: usize, point: &[f64]) -> (&[f64], &[f64], &[f64]) {
    let (wages, rest) = point.split_at(countries);
    let (prices, spending) = rest.split_at(grid);
    (wages, prices, spending)
}

impl Evaluation {
    pub fn new(base: &Baseline) -> Self {
        let (countries, grid) = (base.layout.countries, base.layout.grid());
        Self {
            wage: vec![1.0; countries],
            ln_cost: vec![0.0; grid],
            spending: vec![0.0; grid],
            swept: Swept::new(base.layout),
            income: vec![0.0; countries],
            deficit: vec![0.0; countries],
            earned: vec![0.0; countries],
        }
    }

    /// Evaluates every equation at `point` and writes the residuals, all relative and zero when cleared:
    ///
    /// ```text
    /// prices    −ln Φ/θ − ln P̂
    /// spending  ln( (Σₖ γ Y′ + α I′) / X′ )
    /// wages     ln( Σₖ γᵛ Y′ / (ŵ wL) ) + ln( Σ wL / Σ ŵ wL )
    /// ```
    /// The last term fixes the numeraire: by Walras' law both of its parts vanish together.
    pub fn evaluate(&mut self, base: &Baseline, folded: &Folded, point: &[f64], residual: &mut [f64]) {
        let layout = base.layout;
        let (wages, prices, spending) = parts(layout.countries, layout.grid(), point);
        for (ŵ, ln_w) in self.wage.iter_mut().zip(wages) {
            *ŵ = exp(*ln_w);
        }
        self.costs(base, wages, prices);
        for ((x, base), ln_x) in self.spending.iter_mut().zip(&base.padded.spending).zip(spending) {
            *x = base * exp(*ln_x);
        }
        self.swept.pass(layout, folded, &self.spending);
        self.incomes(base);
        let (wage_gap, rest) = residual.split_at_mut(layout.countries);
        let (price_gap, spending_gap) = rest.split_at_mut(layout.grid());
        self.demands(base, folded, spending, spending_gap);
        for n in 0..layout.countries {
            let row = layout.row(n);
            let cells = price_gap[row.clone()].iter_mut().zip(&self.swept.ln_index[row.clone()]);
            for (((gap, ln_φ), θ), ln_p) in cells.zip(&base.padded.theta).zip(&prices[row]) {
                *gap = -ln_φ / θ - ln_p;
            }
        }
        let accounts = base.accounts();
        let now: f64 = self.wage.iter().zip(&accounts.factor_income).map(|(ŵ, wl)| ŵ * wl).sum();
        let numeraire = ln(accounts.world_factor_income() / now);
        for n in 0..layout.countries {
            let paid = self.wage[n] * accounts.factor_income[n];
            wage_gap[n] =
                if paid > 0.0 && self.earned[n] > 0.0 { ln(self.earned[n] / paid) + numeraire } else { 0.0 };
        }
    }

    /// (E5) ln ĉ = γᵛ ln ŵ + Σ γ ln P̂, and ĉ^(−θ) for the pass.
    fn costs(&mut self, base: &Baseline, wages: &[f64], prices: &[f64]) {
        let layout = base.layout;
        for n in 0..layout.countries {
            let row = layout.row(n);
            let cost = &mut self.ln_cost[row.clone()];
            for (c, γᵛ) in cost.iter_mut().zip(&base.padded.factor_share[row.clone()]) {
                *c = γᵛ * wages[n];
            }
            if !base.padded.input_by_input.is_empty() {
                let block = &base.padded.input_by_input[n * layout.stride * layout.stride..];
                for (users, ln_p) in block.chunks_exact(layout.stride).zip(&prices[row]) {
                    for (c, γ) in cost.iter_mut().zip(users) {
                        *c += γ * ln_p;
                    }
                }
            }
            let (costs, thetas) = (lanes_mut(cost), crate::layout::lanes(&base.padded.theta));
            for (block, (c, θ)) in costs.iter().zip(thetas).enumerate() {
                let power = &mut self.swept.cost_power[block * layout.countries + n];
                for lane in 0..LANES {
                    power[lane] = exp(-θ[lane] * c[lane]);
                }
            }
        }
    }

    /// (E10) I′ = ŵ wL + R′ + D′, and factor income earned from sales.
    fn incomes(&mut self, base: &Baseline) {
        let (layout, accounts) = (base.layout, base.accounts());
        let mut spread = 0.0;
        if base.options().deficits == Deficits::Scaled {
            let weighted: f64 = self.wage.iter().zip(&accounts.deficit).map(|(ŵ, d)| ŵ * d).sum();
            let world: f64 = self.wage.iter().zip(&accounts.factor_income).map(|(ŵ, wl)| ŵ * wl).sum();
            spread = weighted / world;
        }
        for n in 0..layout.countries {
            let row = layout.row(n);
            let factors = self.wage[n] * accounts.factor_income[n];
            self.deficit[n] = match base.options().deficits {
                Deficits::Scaled => self.wage[n] * accounts.deficit[n] - factors * spread,
                Deficits::Held | Deficits::Removed => base.held_deficit(n),
            };
            self.income[n] = factors + self.swept.revenue[n] + self.deficit[n];
            self.earned[n] =
                crate::anderson::dot(&base.padded.factor_share[row.clone()], &self.swept.output[row]);
        }
    }

    /// (E7) ln of demand Σₖ γ Y′ + α I′ over spending X′.
    fn demands(&self, base: &Baseline, folded: &Folded, ln_spending: &[f64], gap: &mut [f64]) {
        let layout = base.layout;
        for n in 0..layout.countries {
            let row = layout.row(n);
            let demand = &mut gap[row.clone()];
            for (x, α) in demand.iter_mut().zip(&base.padded.final_share[row.clone()]) {
                *x = α * self.income[n];
            }
            if !base.padded.input_by_user.is_empty() {
                let block = &base.padded.input_by_user[n * layout.stride * layout.stride..];
                for (inputs, y) in block.chunks_exact(layout.stride).zip(&self.swept.output[row.clone()]) {
                    for (x, γ) in demand.iter_mut().zip(inputs) {
                        *x += γ * y;
                    }
                }
            }
            let cells = demand.iter_mut().zip(&self.spending[row.clone()]).zip(&folded.absent[row.clone()]);
            for (((gap, x), absent), ln_x) in cells.zip(&ln_spending[row]) {
                // Where nothing is bought, demand and spending are both zero, and ln X̂ is held at zero.
                *gap = ln((*gap + absent) / (x + absent)) - absent * ln_x;
            }
        }
    }
}
