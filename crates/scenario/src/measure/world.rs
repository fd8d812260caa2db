//! A cleared world beside its base, as tables read it: the same questions to every closure.

use equilibrium::{Cleared, Solution, Traded};
use terms::{CountryId, SectorId};

/// Imports before duty, and what is charged on them.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Dutiable {
    pub imports: f64,
    pub duty: f64,
}

impl Dutiable {
    /// The mean rate, per cent; none where nothing is imported.
    pub fn rate_pct(self) -> Option<f64> {
        (self.imports > 0.0).then(|| 100.0 * self.duty / self.imports)
    }
}

/// What headline numbers read of a cleared world and of its base.
pub(super) trait Totals {
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
    /// Imports and exports of every country, before duty.
    fn traded(&self) -> Traded;
    /// The same of the base.
    fn traded_before(&self) -> Traded;
}

/// What every closure can say of a world and of its base.
///
/// Values are in the economy's money, before duty, at unchanged world factor income; hats are new over base.
pub(super) trait World: Totals {
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

    /// Whether the importer charges other duties on the exporter now.
    fn moves(&self, importer: CountryId, exporter: CountryId) -> bool {
        let moved = |s| self.tariff(importer, exporter, s) - self.tariff_before(importer, exporter, s);
        importer != exporter && SectorId::all(self.size().1).any(|s| moved(s).abs() > 1e-12)
    }

    /// Imports and the duties on them: the base's duties on the base's imports, the new duties on these, and the new
    /// duties on the new imports.
    fn dutiable(&self, importer: CountryId) -> [Dutiable; 3] {
        let mut sums = [Dutiable::default(); 3];
        for i in CountryId::all(self.size().0).filter(|i| *i != importer) {
            for s in SectorId::all(self.size().1) {
                let (before, after) = (self.trade_before(importer, i, s), self.trade(importer, i, s));
                let (τ, τ_new) = (self.tariff_before(importer, i, s), self.tariff(importer, i, s));
                for (sum, (flow, rate)) in sums.iter_mut().zip([(before, τ), (before, τ_new), (after, τ_new)])
                {
                    sum.imports += flow;
                    sum.duty += flow * rate;
                }
            }
        }
        sums
    }

    /// All countries.
    fn countries(&self) -> Vec<CountryId> {
        CountryId::all(self.size().0).collect()
    }
}

impl Totals for Solution {
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
    fn traded(&self) -> Traded {
        Self::traded(self)
    }
    fn traded_before(&self) -> Traded {
        self.before().traded()
    }
}

impl Totals for Cleared<'_> {
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
    fn traded(&self) -> Traded {
        Self::traded(self)
    }
    fn traded_before(&self) -> Traded {
        self.before().traded()
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
}
