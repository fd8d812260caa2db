//! Economies without input links, where wages alone are unknown: everything else follows from them.

use crate::baseline::Baseline;
use crate::layout::{LANES, lanes};
use crate::power::{exp, ln};
use crate::settings::Settings;
use crate::shock::Scenario;
use crate::solve::{PATIENCE, Workspace, shorten};
use crate::system::Evaluation;
use crate::unknowns::largest;
use crate::widest::widest;

/// Whether everything follows from wages: no input links, costs that follow wages alone, no exporter's taxes, no caps.
pub(crate) fn wages_alone(base: &Baseline, scenario: &Scenario) -> bool {
    let unknowns = scenario.unknowns;
    base.accounts().input_share.is_none()
        && !unknowns.elastic
        && unknowns.caps == 0
        && scenario.folded.border.is_empty()
}

impl Workspace {
    /// The solve without input links: wages alone move, by the baseline's inverted Jacobian and Anderson's method
    /// (a chord of Newton's). Leaves the whole point behind, cleared or not: what follows judges it.
    pub(crate) fn clear_wages(&mut self, base: &Baseline, scenario: &Scenario, settings: &Settings) {
        let wages = scenario.unknowns.wages();
        self.of_wages.restart();
        let mut lowest = f64::INFINITY;
        let mut since = 0;
        loop {
            let (gaps, ln_wages) = (&mut self.residual[wages.clone()], &mut self.point[wages.clone()]);
            self.evaluation.evaluate_wages(base, scenario, ln_wages, gaps);
            self.evaluations += 1;
            let (worst, _) = largest(gaps);
            since = if worst < lowest { 0 } else { since + 1 };
            lowest = lowest.min(worst);
            if worst <= settings.tolerance {
                break;
            }
            if worst.is_nan() || since > PATIENCE || self.evaluations >= settings.evaluations {
                self.point.fill(0.0);
                return;
            }
            base.preconditioner.wage_step(gaps, &mut self.work);
            shorten(gaps);
            self.of_wages.advance(ln_wages, gaps);
            self.iterations += 1;
        }
        self.evaluation.fill_point(base, scenario, &mut self.point);
    }
}

impl Evaluation {
    /// Evaluates an economy without input links at wages alone: prices and spending follow from them.
    ///
    /// Writes the wage residuals of [`Self::evaluate`].
    pub fn evaluate_wages(
        &mut self,
        base: &Baseline,
        scenario: &Scenario,
        ln_wages: &[f64],
        gaps: &mut [f64],
    ) {
        evaluate_wages_over(self, base, scenario, ln_wages, gaps);
    }

    #[inline(always)]
    fn evaluate_wages_lanes(
        &mut self,
        base: &Baseline,
        scenario: &Scenario,
        ln_wages: &[f64],
        gaps: &mut [f64],
    ) {
        let accounts = base.accounts();
        for (ŵ, ln_w) in self.wage.iter_mut().zip(ln_wages) {
            *ŵ = exp(*ln_w);
        }
        self.costs_of_wages(base, scenario, ln_wages);
        self.deficits(base, scenario);
        for n in 0..base.layout.countries {
            self.income[n] = self.wage[n] * accounts.factor_income[n] + self.deficit[n];
        }
        self.swept.pass_without_links(
            base.layout,
            &scenario.folded,
            &base.padded.final_share,
            &mut self.income,
            &mut self.spending,
        );
        for n in 0..base.layout.countries {
            self.earned[n] = self.swept.output[base.layout.row(n)].iter().sum();
        }
        self.wage_gaps(base, gaps);
    }

    /// The prices and spending that belong to the wages just evaluated, in logs.
    pub fn fill_point(&self, base: &Baseline, scenario: &Scenario, point: &mut [f64]) {
        let unknowns = scenario.unknowns;
        let cells = point[unknowns.prices()].chunks_exact_mut(base.layout.stride);
        for (prices, index) in cells.zip(self.swept.index.chunks_exact(base.layout.stride)) {
            for ((p, φ), θ) in prices.iter_mut().zip(index).zip(&scenario.theta) {
                *p = -ln(*φ) / θ;
            }
        }
        let levels = self.spending.iter().zip(&base.padded.spending);
        for (x, (after, before)) in point[unknowns.spending()].iter_mut().zip(levels) {
            *x = if *after > 0.0 && *before > 0.0 { ln(after / before) } else { 0.0 };
        }
    }

    /// ĉ^(−θ) = ŵ^(−θ): without links a wage is all there is to a cost.
    #[inline(always)]
    fn costs_of_wages(&mut self, base: &Baseline, scenario: &Scenario, ln_wages: &[f64]) {
        let countries = base.layout.countries;
        for (block, θ) in lanes(&scenario.theta).iter().enumerate() {
            let powers = &mut self.swept.cost_power[block * countries..(block + 1) * countries];
            for (power, w) in powers.iter_mut().zip(ln_wages) {
                for lane in 0..LANES {
                    power[lane] = exp(-θ[lane] * w);
                }
            }
        }
    }
}

widest! {
    fn evaluate_wages_over(
        at: &mut Evaluation,
        base: &Baseline,
        scenario: &Scenario,
        ln_wages: &[f64],
        gaps: &mut [f64],
    ) {
        at.evaluate_wages_lanes(base, scenario, ln_wages, gaps);
    }
}
