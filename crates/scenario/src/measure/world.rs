//! A cleared world beside its base, as tables read it: the same questions to every closure.

use equilibrium::{Accounts, Cleared, Solution, Traded};
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

/// The year that a world is compared with.
///
/// Values are in the economy's money, before duty.
pub(super) trait Base {
    /// How many countries and sectors.
    fn size(&self) -> (usize, usize);
    /// I, final spending.
    fn income(&self, country: CountryId) -> f64;
    /// Factor income (with profits) and duties: gross domestic product.
    fn product(&self, country: CountryId) -> f64;
    /// R, duties collected.
    fn revenue(&self, country: CountryId) -> f64;
    /// Imports and exports of every country, before duty.
    fn traded(&self) -> Traded;
    /// A flow.
    fn trade(&self, importer: CountryId, exporter: CountryId, sector: SectorId) -> f64;
    /// The duty on it.
    fn tariff(&self, importer: CountryId, exporter: CountryId, sector: SectorId) -> f64;
    /// Sales of a sector.
    fn output(&self, country: CountryId, sector: SectorId) -> f64;
}

/// What headline numbers read of a cleared world.
pub(super) trait Totals {
    /// The base.
    fn before(&self) -> &dyn Base;
    /// ŵ.
    fn wage_hat(&self, country: CountryId) -> f64;
    /// P̂ of final spending.
    fn consumer_price_hat(&self, country: CountryId) -> f64;
    /// Ŵ.
    fn real_income_hat(&self, country: CountryId) -> f64;
    /// R′.
    fn revenue(&self, country: CountryId) -> f64;
    /// Imports and exports of every country, before duty.
    fn traded(&self) -> Traded;
}

/// What every closure can say of a world.
///
/// Values are in the economy's money, before duty, at unchanged world factor income; hats are new over base.
pub(super) trait World: Totals {
    /// The flow now.
    fn trade(&self, importer: CountryId, exporter: CountryId, sector: SectorId) -> f64;
    /// The duty now.
    fn tariff(&self, importer: CountryId, exporter: CountryId, sector: SectorId) -> f64;
    /// P̂ of a sector, all sources, duty included.
    fn price_hat(&self, country: CountryId, sector: SectorId) -> f64;
    /// Sales now.
    fn output(&self, country: CountryId, sector: SectorId) -> f64;
    /// ĉ, what a unit of a sector costs its producers.
    fn cost_hat(&self, country: CountryId, sector: SectorId) -> f64;

    /// All countries.
    fn countries(&self) -> Vec<CountryId> {
        CountryId::all(self.before().size().0).collect()
    }

    /// All sectors.
    fn sectors(&self) -> Vec<SectorId> {
        SectorId::all(self.before().size().1).collect()
    }

    /// Whether the importer charges other duties on the exporter now.
    fn moves(&self, importer: CountryId, exporter: CountryId) -> bool {
        let moved = |s| self.tariff(importer, exporter, s) - self.before().tariff(importer, exporter, s);
        importer != exporter && self.sectors().into_iter().any(|s| moved(s).abs() > 1e-12)
    }

    /// Imports and the duties on them: the base's duties on the base's imports, the new duties on these, and the new
    /// duties on the new imports.
    fn dutiable(&self, importer: CountryId) -> [Dutiable; 3] {
        let base = self.before();
        let mut sums = [Dutiable::default(); 3];
        for i in self.countries().into_iter().filter(|i| *i != importer) {
            for s in self.sectors() {
                let (before, after) = (base.trade(importer, i, s), self.trade(importer, i, s));
                let (τ, τ_new) = (base.tariff(importer, i, s), self.tariff(importer, i, s));
                for (sum, (flow, rate)) in sums.iter_mut().zip([(before, τ), (before, τ_new), (after, τ_new)])
                {
                    sum.imports += flow;
                    sum.duty += flow * rate;
                }
            }
        }
        sums
    }
}

impl Base for Accounts {
    fn size(&self) -> (usize, usize) {
        (self.countries(), self.sectors())
    }
    fn income(&self, n: CountryId) -> f64 {
        self.income[n.at()]
    }
    fn product(&self, n: CountryId) -> f64 {
        self.factor_income[n.at()] + self.revenue[n.at()]
    }
    fn revenue(&self, n: CountryId) -> f64 {
        self.revenue[n.at()]
    }
    fn traded(&self) -> Traded {
        Self::traded(self)
    }
    fn trade(&self, n: CountryId, i: CountryId, s: SectorId) -> f64 {
        Self::trade(self, n, i, s)
    }
    fn tariff(&self, n: CountryId, i: CountryId, s: SectorId) -> f64 {
        self.tariff[(n, i, s)]
    }
    fn output(&self, n: CountryId, s: SectorId) -> f64 {
        self.output[(n, s)]
    }
}

impl Totals for Solution {
    fn before(&self) -> &dyn Base {
        Self::before(self)
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
    fn revenue(&self, n: CountryId) -> f64 {
        Self::revenue(self, n)
    }
    fn traded(&self) -> Traded {
        Self::traded(self)
    }
}

impl Totals for Cleared<'_> {
    fn before(&self) -> &dyn Base {
        Self::before(self)
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
    fn revenue(&self, n: CountryId) -> f64 {
        Self::revenue(self, n)
    }
    fn traded(&self) -> Traded {
        Self::traded(self)
    }
}

impl World for Solution {
    fn trade(&self, n: CountryId, i: CountryId, s: SectorId) -> f64 {
        Self::trade(self, n, i, s)
    }
    fn tariff(&self, n: CountryId, i: CountryId, s: SectorId) -> f64 {
        Self::tariff(self, n, i, s)
    }
    fn price_hat(&self, n: CountryId, s: SectorId) -> f64 {
        Self::price_hat(self, n, s)
    }
    fn output(&self, n: CountryId, s: SectorId) -> f64 {
        Self::output(self, n, s)
    }
    fn cost_hat(&self, n: CountryId, s: SectorId) -> f64 {
        Self::cost_hat(self, n, s)
    }
}
