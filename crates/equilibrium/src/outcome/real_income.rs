//! Real income and the real wage: the headline.

use terms::CountryId;

use crate::power::{exp, ln};
use crate::solution::Solution;

impl Solution {
    /// The change of the price of a country's final spending.
    ///
    /// ```text
    /// (E13)  P̂[n] = Πₛ P̂[n,s]^α[n,s]
    /// ```
    pub fn consumer_price_hat(&self, country: CountryId) -> f64 {
        let prices = self.price_hat.row(country).iter();
        let mean: f64 =
            self.before.final_share.row(country).iter().zip(prices).map(|(α, p)| α * ln(*p)).sum();
        exp(mean)
    }

    /// Ŵ, the exact change of real income, what this engine calls welfare.
    ///
    /// ```text
    /// (E14)  Ŵ[n] = Î[n] / P̂[n]
    /// ```
    pub fn real_income_hat(&self, country: CountryId) -> f64 {
        self.income_hat(country) / self.consumer_price_hat(country)
    }

    /// The change of the real wage, ŵ/P̂: real income without duties collected and transfers from abroad.
    pub fn real_wage_hat(&self, country: CountryId) -> f64 {
        self.wage_hat[country.at()] / self.consumer_price_hat(country)
    }

    /// The change of real income in money: what the country would have to be given at baseline prices to
    /// be as well off, (Ŵ − 1) I.
    pub fn equivalent_variation(&self, country: CountryId) -> f64 {
        (self.real_income_hat(country) - 1.0) * self.before.income[country.at()]
    }

    /// I′, final spending: factor income, duties collected and the deficit.
    pub fn income(&self, country: CountryId) -> f64 {
        self.income[country.at()]
    }

    /// Î.
    pub fn income_hat(&self, country: CountryId) -> f64 {
        self.income[country.at()] / self.before.income[country.at()]
    }

    /// D′.
    pub fn deficit(&self, country: CountryId) -> f64 {
        self.deficit[country.at()]
    }

    /// The world's real income: Σ I Ŵ / Σ I, weights of the baseline.
    pub fn world_real_income_hat(&self) -> f64 {
        let ids = CountryId::all(self.before.countries());
        let world: f64 = self.before.income.iter().sum();
        ids.map(|n| self.before.income[n.at()] * self.real_income_hat(n)).sum::<f64>() / world
    }
}
