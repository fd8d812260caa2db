//! Wages, costs and prices.

use terms::{CountryId, SectorId};

use crate::solution::Solution;

impl Solution {
    /// ŵ, the change of a country's factor income.
    pub fn wage_hat(&self, country: CountryId) -> f64 {
        self.wage_hat[country.at()]
    }

    /// P̂, the change of what a country pays for a sector, all sources, duty included.
    pub fn price_hat(&self, country: CountryId, sector: SectorId) -> f64 {
        self.price_hat[(country, sector)]
    }

    /// ĉ, the change of a sector's unit cost in a country.
    pub fn cost_hat(&self, country: CountryId, sector: SectorId) -> f64 {
        self.cost_hat[(country, sector)]
    }

    /// p̂ = d̂ (1+τ′) x′ ĉ / ((1+τ) x), the change of what the importer pays for one source's goods.
    pub fn delivered_hat(&self, importer: CountryId, exporter: CountryId, sector: SectorId) -> f64 {
        let (n, i, s) = (importer, exporter, sector);
        let before = self.before.exporter_wedge.as_ref().map_or(1.0, |x| x[(n, i, s)]);
        let duty = (1.0 + self.tariff(n, i, s)) / (1.0 + self.before.tariff[(n, i, s)]);
        self.iceberg_hat(n, i, s) * duty * self.exporter_wedge(n, i, s) / before * self.cost_hat(i, s)
    }

    /// X′, spending on a sector by all users, duty included.
    pub fn spending(&self, country: CountryId, sector: SectorId) -> f64 {
        self.spending[(country, sector)]
    }
}
