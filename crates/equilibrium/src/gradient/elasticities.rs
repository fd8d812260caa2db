//! How far an answer leans on a trade elasticity.

use terms::{CountryId, SectorId};

use crate::gradient::Gradient;
use crate::power::ln;

impl Gradient<'_> {
    /// The slope by one sector's θ, the base year's shares unchanged: what a draw of it would do.
    ///
    /// ```text
    /// (E24)  ∂O/∂θ[s] = Σₙᵢ ∂O/∂ln d̂[n,i,s] ln p̂[n,i,s] / θ − Σₙ λᵖ[n,s] ln P̂[n,s] / θ,   p̂ = κ̂ ĉ
    /// ```
    /// A dearer source loses θ ln p̂ of its share, so a higher θ does what a trade cost would; the second term is the
    /// index's own root. Under free entry costs follow the number of firms by 1/θ, which adds a third.
    pub fn by_theta(&self, sector: SectorId) -> f64 {
        let (solution, before) = (self.solution, self.solution.before());
        let (countries, θ) = (before.countries(), before.theta[sector.at()]);
        let mut slope = 0.0;
        for n in CountryId::all(countries) {
            let at = n.at() * self.stride + sector.at();
            slope -= self.multipliers.values[countries + at] * ln(solution.price_hat(n, sector)) / θ;
            for i in CountryId::all(countries).filter(|i| solution.share(n, *i, sector) > 0.0) {
                slope += self.by_log_iceberg(n, i, sector) * ln(solution.delivered_hat(n, i, sector)) / θ;
            }
            if let (true, Some(output)) = (self.entry, solution.output_hat(n, sector).filter(|y| *y > 0.0)) {
                // ln ĉ = (1+e) ln ĉ₀ − e ln Ŷ with e = 1/θ.
                let (ln_cost, ln_output) = (ln(solution.cost_hat(n, sector)), ln(output));
                let by_e = (ln_cost + ln_output / θ) / (1.0 + 1.0 / θ) - ln_output;
                slope -= self.on_cost[at] * by_e / (θ * θ);
            }
        }
        slope
    }

    /// [`Self::by_theta`] of every sector.
    pub fn by_thetas(&self) -> Vec<f64> {
        SectorId::all(self.solution.before().sectors()).map(|s| self.by_theta(s)).collect()
    }
}
