//! Trade: flows, imports, exports, and who takes whose place.

use terms::{CountryId, SectorId};

use crate::solution::Solution;

impl Solution {
    /// π′, the part of the importer's spending on a sector that goes to the exporter, duty included.
    pub fn share(&self, importer: CountryId, exporter: CountryId, sector: SectorId) -> f64 {
        self.share[(importer, exporter, sector)]
    }

    /// A flow before duty: π′ X′ / (1+τ′).
    pub fn trade(&self, importer: CountryId, exporter: CountryId, sector: SectorId) -> f64 {
        self.share[(importer, exporter, sector)] * self.spending[(importer, sector)]
            / (1.0 + self.tariff[(importer, exporter, sector)])
    }

    /// What the exporter's producers receive for a flow: its value before duty less export tax, plus subsidy.
    pub fn received(&self, importer: CountryId, exporter: CountryId, sector: SectorId) -> f64 {
        self.trade(importer, exporter, sector) / self.exporter_wedge(importer, exporter, sector)
    }

    /// Imports before duty, all partners and sectors.
    pub fn imports(&self, importer: CountryId) -> f64 {
        self.abroad(importer).map(|(i, s)| self.trade(importer, i, s)).sum()
    }

    /// Exports before the buyers' duties, all partners and sectors.
    pub fn exports(&self, exporter: CountryId) -> f64 {
        self.abroad(exporter).map(|(n, s)| self.trade(n, exporter, s)).sum()
    }

    /// The change of imports before duty. `None` where there were none.
    pub fn imports_hat(&self, importer: CountryId) -> Option<f64> {
        let before: f64 = self.abroad(importer).map(|(i, s)| self.before.trade(importer, i, s)).sum();
        (before > 0.0).then(|| self.imports(importer) / before)
    }

    /// The change of exports before the buyers' duties. `None` where there were none.
    pub fn exports_hat(&self, exporter: CountryId) -> Option<f64> {
        let before: f64 = self.abroad(exporter).map(|(n, s)| self.before.trade(n, exporter, s)).sum();
        (before > 0.0).then(|| self.exports(exporter) / before)
    }

    /// A pair's trade before duty over the sectors asked for: before and after.
    pub fn bilateral(
        &self,
        importer: CountryId,
        exporter: CountryId,
        sectors: impl IntoIterator<Item = SectorId>,
    ) -> (f64, f64) {
        sectors.into_iter().fold((0.0, 0.0), |(before, after), s| {
            (before + self.before.trade(importer, exporter, s), after + self.trade(importer, exporter, s))
        })
    }

    /// Every partner and sector of a country, itself left out.
    pub(crate) fn abroad(&self, country: CountryId) -> impl Iterator<Item = (CountryId, SectorId)> + use<> {
        let (countries, sectors) = (self.before.countries(), self.before.sectors());
        CountryId::all(countries)
            .filter(move |partner| *partner != country)
            .flat_map(move |partner| SectorId::all(sectors).map(move |s| (partner, s)))
    }
}
