//! The world in one number: means over countries.

use terms::CountryId;

use crate::solution::Solution;

/// Two means of the same number over all countries.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WorldMean {
    /// Weighted by the baseline's GDP: factor income and duties collected.
    pub by_gdp: f64,
    /// Every country counts the same.
    pub simple: f64,
}

impl Solution {
    /// The means of a number that every country has, its change of real income for instance:
    /// `solution.world_mean(|n| solution.real_income_hat(n) - 1.0)`.
    pub fn world_mean(&self, of: impl Fn(CountryId) -> f64) -> WorldMean {
        let (mut weighted, mut gdp, mut sum) = (0.0, 0.0, 0.0);
        let countries = self.before.countries();
        for n in CountryId::all(countries) {
            let (value, own) = (of(n), self.before.factor_income[n.at()] + self.before.revenue[n.at()]);
            weighted += own * value;
            gdp += own;
            sum += value;
        }
        WorldMean { by_gdp: weighted / gdp, simple: sum / countries as f64 }
    }
}
