//! The equations, evaluated: how far every price, every market and every country's factors are from clearing.

use crate::anderson::dot;
use crate::baseline::Baseline;
use crate::layout::{LANES, lanes};
use crate::options::Deficits;
use crate::power::{exp, ln};
use crate::shock::Scenario;
use crate::sweep::Swept;
use crate::tangent::add_product;
use crate::widest::widest;

/// The world at a point.
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

/// A wage residual that no step can miss: the country's factors find no buyer at all.
pub(crate) const UNSOLD_FACTORS: f64 = -100.0;

/// ln Ŷ of a sector that has left: 1e-11 of its baseline, below what a solve resolves. With costs that fall with size
/// some sectors have no place in a new equilibrium; firms then earn less than entry costs (ln Y′ below this floor)
/// and none is there.
pub(crate) const EXIT: f64 = -25.3;

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
    /// wages     ln( Σₖ γᵛ Y′ / (ŵ wL) ) + ln( Σ wL / Σ ŵ wL )
    /// prices    −ln Φ/θ − ln P̂
    /// spending  ln( (Σₖ γ Y′ + α I′) / X′ )
    /// output    max( ln(Y′/Y), exit ) − ln Ŷ                   where costs follow output
    /// caps      max( ln(1+rent) + ln(q̂/cap)/(1+θ), 0 ) − ln(1+rent)
    /// ```
    /// The last term of the first line fixes the numeraire: by Walras' law both of its parts vanish together.
    pub fn evaluate(
        &mut self,
        base: &Baseline,
        scenario: &mut Scenario,
        point: &[f64],
        residual: &mut [f64],
    ) {
        evaluate_over(self, base, scenario, point, residual);
    }

    #[inline(always)]
    fn evaluate_lanes(
        &mut self,
        base: &Baseline,
        scenario: &mut Scenario,
        point: &[f64],
        residual: &mut [f64],
    ) {
        let unknowns = scenario.unknowns;
        let layout = base.layout;
        scenario.charge_rents(&point[unknowns.caps()]);
        for (ŵ, ln_w) in self.wage.iter_mut().zip(point) {
            *ŵ = exp(*ln_w);
        }
        self.costs(base, scenario, point);
        for ((x, base), ln_x) in
            self.spending.iter_mut().zip(&base.padded.spending).zip(&point[unknowns.spending()])
        {
            *x = base * exp(*ln_x);
        }
        self.swept.pass(layout, &scenario.folded, &self.spending);
        self.incomes(base, scenario);
        self.wage_gaps(base, &mut residual[unknowns.wages()]);
        self.demands(base, scenario, &point[unknowns.spending()], &mut residual[unknowns.spending()]);
        let (gaps, prices) = (&mut residual[unknowns.prices()], &point[unknowns.prices()]);
        for n in 0..layout.countries {
            let row = layout.row(n);
            let cells = gaps[row.clone()].iter_mut().zip(&self.swept.ln_index[row.clone()]);
            for (((gap, ln_φ), θ), ln_p) in cells.zip(&scenario.theta).zip(&prices[row]) {
                *gap = -ln_φ / θ - ln_p;
            }
        }
        if unknowns.elastic {
            let (gaps, outputs) = (&mut residual[unknowns.output()], &point[unknowns.output()]);
            let cells = self.swept.output.iter().zip(&base.padded.output).zip(&scenario.folded.unsold);
            for ((gap, q), ((y, before), unsold)) in gaps.iter_mut().zip(outputs).zip(cells) {
                // A sector that scale makes leave entirely ends at the floor, not at minus infinity.
                *gap = f64::max(ln((y + unsold) / (before + unsold)), EXIT) - q;
            }
        }
        scenario.cap_gaps(base, self, &point[unknowns.caps()], &mut residual[unknowns.caps()]);
    }

    /// (E5) ln ĉ = γᵛ ln ŵ + Σ γ ln P̂, changed by (E5′), and ĉ^(−θ) for the pass.
    #[inline(always)]
    fn costs(&mut self, base: &Baseline, scenario: &Scenario, point: &[f64]) {
        let (layout, unknowns) = (base.layout, scenario.unknowns);
        let (wages, prices, outputs) =
            (&point[unknowns.wages()], &point[unknowns.prices()], &point[unknowns.output()]);
        for n in 0..layout.countries {
            let row = layout.row(n);
            let cost = &mut self.ln_cost[row.clone()];
            for (c, γᵛ) in cost.iter_mut().zip(&base.padded.factor_share[row.clone()]) {
                *c = γᵛ * wages[n];
            }
            add_product(cost, &base.padded.input_by_input, layout, n, &prices[row.clone()]);
            if unknowns.elastic {
                scenario.form(base).cost_of_bundle(cost, row.clone(), wages[n], &outputs[row]);
            }
            for (block, (c, θ)) in lanes(cost).iter().zip(lanes(&scenario.theta)).enumerate() {
                let power = &mut self.swept.cost_power[block * layout.countries + n];
                for lane in 0..LANES {
                    power[lane] = exp(-θ[lane] * c[lane]);
                }
            }
        }
    }

    /// D′, and (E10) I′ = ŵ wL + R′ + D′, and what sales earn.
    #[inline(always)]
    fn incomes(&mut self, base: &Baseline, scenario: &Scenario) {
        let accounts = base.accounts();
        self.deficits(base, scenario);
        for n in 0..base.layout.countries {
            let row = base.layout.row(n);
            self.income[n] =
                self.wage[n] * accounts.factor_income[n] + self.swept.revenue[n] + self.deficit[n];
            self.earned[n] = dot(&base.padded.factor_share[row.clone()], &self.swept.output[row]);
        }
    }

    /// D′ under the closure, and what is paid beyond it.
    pub fn deficits(&mut self, base: &Baseline, scenario: &Scenario) {
        let accounts = base.accounts();
        match base.options().deficits {
            Deficits::Held => self.deficit.copy_from_slice(&accounts.deficit),
            Deficits::Removed => self.deficit.fill(0.0),
            Deficits::Scaled => {
                let weighted: f64 = self.wage.iter().zip(&accounts.deficit).map(|(ŵ, d)| ŵ * d).sum();
                let spread = weighted / self.factor_income(base);
                for (n, d) in self.deficit.iter_mut().enumerate() {
                    *d = self.wage[n] * (accounts.deficit[n] - accounts.factor_income[n] * spread);
                }
            }
        }
        self.deficit.iter_mut().zip(&scenario.transfers).for_each(|(d, money)| *d += money);
    }

    /// (E11) with the numeraire (E12) on top.
    #[inline(always)]
    pub fn wage_gaps(&self, base: &Baseline, gaps: &mut [f64]) {
        let accounts = base.accounts();
        let numeraire = ln(accounts.world_factor_income() / self.factor_income(base));
        for n in 0..base.layout.countries {
            let paid = self.wage[n] * accounts.factor_income[n];
            gaps[n] = match (paid > 0.0, self.earned[n] > 0.0) {
                (true, true) => ln(self.earned[n] / paid) + numeraire,
                (true, false) => UNSOLD_FACTORS,
                (false, _) => 0.0,
            };
        }
    }

    /// (E7) ln of demand Σₖ γ Y′ + α I′ over spending X′.
    #[inline(always)]
    fn demands(&self, base: &Baseline, scenario: &Scenario, ln_spending: &[f64], gap: &mut [f64]) {
        let layout = base.layout;
        for n in 0..layout.countries {
            let row = layout.row(n);
            let demand = &mut gap[row.clone()];
            for (x, α) in demand.iter_mut().zip(&base.padded.final_share[row.clone()]) {
                *x = α * self.income[n];
            }
            add_product(demand, &base.padded.input_by_user, layout, n, &self.swept.output[row.clone()]);
            let cells = demand.iter_mut().zip(&self.spending[row.clone()]);
            for (((gap, x), absent), ln_x) in
                cells.zip(&scenario.folded.absent[row.clone()]).zip(&ln_spending[row])
            {
                // Where nothing is bought, demand and spending are both zero, and ln X̂ is held at zero.
                *gap = ln((*gap * (1.0 - absent) + absent) / (x * (1.0 - absent) + absent)) - absent * ln_x;
            }
        }
    }

    fn factor_income(&self, base: &Baseline) -> f64 {
        self.wage.iter().zip(&base.accounts().factor_income).map(|(ŵ, wl)| ŵ * wl).sum()
    }
}

widest! {
    fn evaluate_over(
        at: &mut Evaluation,
        base: &Baseline,
        scenario: &mut Scenario,
        point: &[f64],
        residual: &mut [f64],
    ) {
        at.evaluate_lanes(base, scenario, point, residual);
    }
}
