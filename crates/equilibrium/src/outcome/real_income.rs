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

    /// Ŵ, the exact change of households' real income, what this engine calls welfare.
    ///
    /// ```text
    /// (E14)  Ŵ[n] = Ĥ[n] / P̂[n],   H = I where duties are rebated, I − R where the government keeps them
    /// ```
    pub fn real_income_hat(&self, country: CountryId) -> f64 {
        let (before, after) = self.household_income(country);
        after / before / self.consumer_price_hat(country)
    }

    /// The change of the real wage, ŵ/P̂: real income without duties collected and transfers from abroad.
    pub fn real_wage_hat(&self, country: CountryId) -> f64 {
        self.wage_hat[country.at()] / self.consumer_price_hat(country)
    }

    /// The change of real income in money: what the country would have to be given at baseline prices to
    /// be as well off, (Ŵ − 1) H.
    pub fn equivalent_variation(&self, country: CountryId) -> f64 {
        (self.real_income_hat(country) - 1.0) * self.household_income(country).0
    }

    /// What households spend, before and after.
    fn household_income(&self, country: CountryId) -> (f64, f64) {
        let n = country.at();
        let kept = |revenue: f64| if self.kept_revenue { revenue } else { 0.0 };
        (self.before.income[n] - kept(self.before.revenue[n]), self.income[n] - kept(self.revenue[n]))
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

/// Σ α ln P̂ over one country's sectors.
pub(crate) fn consumer_price_log(final_share: &[f64], ln_price: &[f64]) -> f64 {
    final_share.iter().zip(ln_price).map(|(α, p)| α * p).sum()
}
