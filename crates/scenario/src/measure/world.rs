//! A cleared world beside its base, as tables read it: the same questions to every closure.

use equilibrium::Solution;
use terms::{CountryId, SectorId};

/// What every closure can say of a world and of its base.
///
/// Values are in the economy's money, before duty, at unchanged world factor income; hats are new over base.
pub(super) trait World {
    /// How many countries and sectors.
    fn size(&self) -> (usize, usize);
    /// A flow of the base.
    fn trade_before(&self, importer: CountryId, exporter: CountryId, sector: SectorId) -> f64;
    /// The flow now.
    fn trade(&self, importer: CountryId, exporter: CountryId, sector: SectorId) -> f64;
    /// The duty of the base.
    fn tariff_before(&self, importer: CountryId, exporter: CountryId, sector: SectorId) -> f64;
    /// The duty now.
    fn tariff(&self, importer: CountryId, exporter: CountryId, sector: SectorId) -> f64;
    /// P̂ of a sector, all sources, duty included.
    fn price_hat(&self, country: CountryId, sector: SectorId) -> f64;
    /// Sales of a sector in the base.
    fn output_before(&self, country: CountryId, sector: SectorId) -> f64;
    /// Sales now.
    fn output(&self, country: CountryId, sector: SectorId) -> f64;
    /// ĉ, what a unit of a sector costs its producers.
    fn cost_hat(&self, country: CountryId, sector: SectorId) -> f64;
    /// ŵ.
    fn wage_hat(&self, country: CountryId) -> f64;
    /// P̂ of final spending.
    fn consumer_price_hat(&self, country: CountryId) -> f64;
    /// Ŵ.
    fn real_income_hat(&self, country: CountryId) -> f64;
    /// I, final spending of the base.
    fn income_before(&self, country: CountryId) -> f64;
    /// Factor income (with profits) and duties of the base: gross domestic product.
    fn product_before(&self, country: CountryId) -> f64;
    /// R, duties of the base.
    fn revenue_before(&self, country: CountryId) -> f64;
    /// R′.
    fn revenue(&self, country: CountryId) -> f64;

    /// All countries.
    fn countries(&self) -> Vec<CountryId> {
        CountryId::all(self.size().0).collect()
    }

    /// Every partner and sector of a country, itself left out.
    fn abroad(&self, country: CountryId) -> Vec<(CountryId, SectorId)> {
        let (countries, sectors) = self.size();
        CountryId::all(countries)
            .filter(|partner| *partner != country)
            .flat_map(|partner| SectorId::all(sectors).map(move |s| (partner, s)))
            .collect()
    }
}

impl World for Solution {
    fn size(&self) -> (usize, usize) {
        (self.before().countries(), self.before().sectors())
    }
    fn trade_before(&self, n: CountryId, i: CountryId, s: SectorId) -> f64 {
        self.before().trade(n, i, s)
    }
    fn trade(&self, n: CountryId, i: CountryId, s: SectorId) -> f64 {
        Self::trade(self, n, i, s)
    }
    fn tariff_before(&self, n: CountryId, i: CountryId, s: SectorId) -> f64 {
        self.before().tariff[(n, i, s)]
    }
    fn tariff(&self, n: CountryId, i: CountryId, s: SectorId) -> f64 {
        Self::tariff(self, n, i, s)
    }
    fn price_hat(&self, n: CountryId, s: SectorId) -> f64 {
        Self::price_hat(self, n, s)
    }
    fn output_before(&self, n: CountryId, s: SectorId) -> f64 {
        self.before().output[(n, s)]
    }
    fn output(&self, n: CountryId, s: SectorId) -> f64 {
        Self::output(self, n, s)
    }
    fn cost_hat(&self, n: CountryId, s: SectorId) -> f64 {
        Self::cost_hat(self, n, s)
    }
    fn wage_hat(&self, n: CountryId) -> f64 {
        Self::wage_hat(self, n)
    }
    fn consumer_price_hat(&self, n: CountryId) -> f64 {
        Self::consumer_price_hat(self, n)
    }
    fn real_income_hat(&self, n: CountryId) -> f64 {
        Self::real_income_hat(self, n)
    }
    fn income_before(&self, n: CountryId) -> f64 {
        self.before().income[n.at()]
    }
    fn product_before(&self, n: CountryId) -> f64 {
        self.before().factor_income[n.at()] + self.before().revenue[n.at()]
    }
    fn revenue_before(&self, n: CountryId) -> f64 {
        self.before().revenue[n.at()]
    }
    fn revenue(&self, n: CountryId) -> f64 {
        Self::revenue(self, n)
    }
}
