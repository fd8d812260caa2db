//! Output and employment by sector.

use terms::{CountryId, SectorId};

use crate::solution::Solution;

impl Solution {
    /// Y′, sales before the buyers' duties.
    pub fn output(&self, country: CountryId, sector: SectorId) -> f64 {
        self.output[(country, sector)]
    }

    /// The change of the value of sales. `None` where nothing was made.
    pub fn output_hat(&self, country: CountryId, sector: SectorId) -> Option<f64> {
        let before = self.before.output[(country, sector)];
        (before > 0.0).then(|| self.output[(country, sector)] / before)
    }

    /// The change of the quantity made, Ŷ/ĉ. `None` where nothing was made.
    pub fn quantity_hat(&self, country: CountryId, sector: SectorId) -> Option<f64> {
        self.output_hat(country, sector).map(|y| y / self.cost_hat[(country, sector)])
    }

    /// The change of employment in a sector, Ŷ/ŵ: factors move freely between sectors at one wage, and a
    /// sector pays them a fixed part of its sales. `None` where nothing was made.
    pub fn employment_hat(&self, country: CountryId, sector: SectorId) -> Option<f64> {
        self.output_hat(country, sector).map(|y| y / self.wage_hat[country.at()])
    }
}
