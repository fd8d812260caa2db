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

    /// The sectors that have left: made in the baseline, and no more, because costs fall with size and a firm that
    /// stayed would not earn what it costs. Empty under constant returns unless every sale is banned.
    pub fn exits(&self) -> impl Iterator<Item = (CountryId, SectorId)> + '_ {
        self.before.makers().filter(|cell| self.output[*cell] == 0.0)
    }

    /// The change of the quantity made, Ŷ/ĉ. `None` where nothing was made.
    pub fn quantity_hat(&self, country: CountryId, sector: SectorId) -> Option<f64> {
        self.output_hat(country, sector).map(|y| y / self.cost_hat[(country, sector)])
    }

    /// The change of the number employed in a sector, Ŷ/ŵ: a sector pays its factors a fixed part of its
    /// sales, and mean pay moves as the country's wage does whether abilities tie workers to sectors or not.
    /// `None` where nothing was made.
    pub fn employment_hat(&self, country: CountryId, sector: SectorId) -> Option<f64> {
        self.output_hat(country, sector).map(|y| y / self.wage_hat[country.at()])
    }

    /// The change of what a unit of a sector's own factors earns: ŵ where they move freely, ŵ (Ŷ/ŵ)^(1/κ)
    /// where abilities tie them.
    pub fn sector_wage_hat(&self, country: CountryId, sector: SectorId) -> f64 {
        let wage = self.wage_hat[country.at()];
        let crowded = self.employment_hat(country, sector).unwrap_or(1.0);
        wage * if self.tied == 0.0 { 1.0 } else { crate::power::power(crowded, self.tied) }
    }

    /// What scale has made of a sector's productivity; one under constant returns.
    pub fn productivity_hat(&self, country: CountryId, sector: SectorId) -> f64 {
        self.productivity_hat.as_ref().map_or(1.0, |grid| grid[(country, sector)])
    }
}
