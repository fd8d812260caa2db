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

    /// X′, spending on a sector by all users, duty included.
    pub fn spending(&self, country: CountryId, sector: SectorId) -> f64 {
        self.spending[(country, sector)]
    }
}
