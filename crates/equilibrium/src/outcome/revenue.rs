//! Duties: what is collected, and the rate that comes to.

use terms::CountryId;

use crate::solution::Solution;

impl Solution {
    /// R′, duties collected.
    pub fn revenue(&self, importer: CountryId) -> f64 {
        self.revenue[importer.at()]
    }

    /// The change of duties collected, in money.
    pub fn revenue_change(&self, importer: CountryId) -> f64 {
        self.revenue[importer.at()] - self.before.revenue[importer.at()]
    }

    /// The new duties weighted by the baseline's imports: before buyers have moved.
    ///
    /// `None` where the importer bought nothing from abroad.
    pub fn tariff_before_substitution(&self, importer: CountryId) -> Option<f64> {
        self.mean_tariff(importer, |n, i, s| self.before.trade(n, i, s))
    }

    /// The new duties weighted by the new imports: collected over imports, after buyers have moved.
    ///
    /// `None` where the importer buys nothing from abroad.
    pub fn tariff_after_substitution(&self, importer: CountryId) -> Option<f64> {
        self.mean_tariff(importer, |n, i, s| self.trade(n, i, s))
    }

    fn mean_tariff(
        &self,
        n: CountryId,
        weight: impl Fn(CountryId, CountryId, terms::SectorId) -> f64,
    ) -> Option<f64> {
        let (mut duty, mut imports) = (0.0, 0.0);
        for (i, s) in self.abroad(n) {
            let flow = weight(n, i, s);
            duty += flow * self.tariff[(n, i, s)];
            imports += flow;
        }
        (imports > 0.0).then(|| duty / imports)
    }
}
