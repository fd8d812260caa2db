//! The exact split of a change of real income, along the path of the shock.
//!
//! At every point of a path, with all prices before duty and E, M at the point's own values,
//!
//! ```text
//! (E18)  I d ln W = Σ (E d ln cₙ − M d ln cᵢ)  +  Σ τ M (d ln M − d ln cᵢ)  +  dD
//!                   terms of trade                volume of trade              transfer
//! ```
//!
//! so integrals of the three along a path from the baseline to the counterfactual add up to ln Ŵ. The path
//! here moves every log wedge in proportion; the integrals are trapezoid sums over equal steps, and
//! Richardson's rule removes their leading error. (Duty on home sales and trade-cost changes belong to
//! `volume` and `terms`: home sales enter both sums when they bear duty, d ln cᵢ includes d ln d.)

use diagnostic::Faults;
use terms::{CountryId, Grid, SectorId};

use crate::counterfactual::Counterfactual;
use crate::power::ln;
use crate::settings::Settings;
use crate::solution::Solution;
use crate::solver::Solver;
use crate::system::EXIT;

/// One country's change of log real income, in parts that add up.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Split {
    /// What its exports fetch against what its imports cost, before duty.
    pub terms_of_trade: f64,
    /// What more or fewer units of taxed imports bring, each valued at the duty of its moment.
    pub volume_of_trade: f64,
    /// What a changed deficit brings; zero where deficits are held.
    pub transfer: f64,
    /// What sectors that grow gain in productivity; zero under constant returns.
    pub scale: f64,
    /// What sales that move to sectors of high markups bring, where firms are given in number ([`crate::firms`]); zero
    /// elsewhere.
    pub profit: f64,
    /// ln Ŵ, from the solution itself.
    pub real_income: f64,
}

impl Split {
    /// By how much the parts miss ln Ŵ: the error of the integration.
    pub fn gap(&self) -> f64 {
        self.terms_of_trade + self.volume_of_trade + self.transfer + self.scale + self.profit
            - self.real_income
    }

    /// Richardson's rule: sums over the whole path with the error that halved steps have shown taken off.
    pub(crate) fn improved(&self, coarse: &Self, real_income: f64) -> Self {
        let improved = |of: fn(&Self) -> f64| of(self) + (of(self) - of(coarse)) / 3.0;
        Self {
            terms_of_trade: improved(|split| split.terms_of_trade),
            volume_of_trade: improved(|split| split.volume_of_trade),
            transfer: improved(|split| split.transfer),
            scale: improved(|split| split.scale),
            profit: improved(|split| split.profit),
            real_income,
        }
    }
}

impl Counterfactual<'_> {
    /// The split of every country's real income along the path, in `steps` steps (rounded up to an even
    /// number; 20 leave a gap near 1e-8 for the tariffs of a trade war).
    ///
    /// # Errors
    /// As [`Counterfactual::solve`].
    pub fn split(&self, steps: usize, settings: &Settings) -> Result<Vec<Split>, Faults> {
        let steps = steps.div_ceil(2).max(1) * 2;
        let mut solver = Solver::of(self.baseline(), settings);
        let mut points = Vec::with_capacity(steps + 1);
        for k in 0..=steps {
            points.push(solver.solve_from_here(&self.partway(k as f64 / steps as f64), settings)?);
        }
        let fine = trapezoids(&points.iter().collect::<Vec<_>>());
        let coarse = trapezoids(&points.iter().step_by(2).collect::<Vec<_>>());
        let end = &points[steps];
        let parts = CountryId::all(fine.len()).zip(fine.iter().zip(&coarse));
        Ok(parts.map(|(n, (fine, coarse))| fine.improved(coarse, ln(end.real_income_hat(n)))).collect())
    }
}

/// The three integrals of every country by trapezoids: mean weight times change, summed over the steps.
fn trapezoids(points: &[&Solution]) -> Vec<Split> {
    let (countries, sectors) = (points[0].before.countries(), points[0].before.sectors());
    let mut splits = vec![Split::default(); countries];
    for pair in points.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        // d ln c over the step, and the weight of a flow in one country's income over the step.
        let dearer = Grid::from_fn(countries, sectors, |i, s| ln(b.cost_hat(i, s) / a.cost_hat(i, s)));
        let mean = |n: CountryId, at_a: f64, at_b: f64| 0.5 * (at_a / a.income(n) + at_b / b.income(n));
        // Of a seller that leaves over the step: its costs run off as its flows run out, in proportion in logs, and the
        // mean of a flow along such a way is the logarithmic one.
        let leaves = |i: CountryId, s: SectorId| (a.output(i, s) > 0.0) != (b.output(i, s) > 0.0);
        let along = |n: CountryId, i: CountryId, s: SectorId, at_a: f64, at_b: f64| {
            if leaves(i, s) { (at_a / a.income(n) + at_b / b.income(n)) / -EXIT } else { mean(n, at_a, at_b) }
        };
        for n in CountryId::all(countries) {
            splits[n.at()].transfer += mean(n, 1.0, 1.0) * (b.deficit(n) - a.deficit(n));
            for s in SectorId::all(sectors) {
                let gained = ln(b.productivity_hat(n, s) / a.productivity_hat(n, s));
                splits[n.at()].scale += along(n, n, s, a.output(n, s), b.output(n, s)) * gained;
            }
            for i in CountryId::all(countries) {
                for s in SectorId::all(sectors) {
                    let (flow_a, flow_b) = (a.trade(n, i, s), b.trade(n, i, s));
                    let (τ_a, τ_b) = (a.tariff[(n, i, s)], b.tariff[(n, i, s)]);
                    let melted = match (&a.icebergs, &b.icebergs) {
                        (None, None) => 0.0,
                        _ => ln(b.iceberg_hat(n, i, s) / a.iceberg_hat(n, i, s)),
                    };
                    let landed = dearer[(i, s)] + melted;
                    if i != n {
                        splits[n.at()].terms_of_trade -= along(n, i, s, flow_a, flow_b) * landed;
                        splits[i.at()].terms_of_trade += along(i, i, s, flow_a, flow_b) * dearer[(i, s)];
                    }
                    splits[n.at()].volume_of_trade += mean(n, τ_a, τ_b) * (flow_b - flow_a)
                        - along(n, i, s, τ_a * flow_a, τ_b * flow_b) * landed;
                }
            }
        }
    }
    splits
}
