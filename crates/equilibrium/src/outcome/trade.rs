//! Trade: flows, imports, exports, and who takes whose place.

use terms::{CountryId, Cube, Grid, SectorId};

use crate::accounts::Accounts;
use crate::layout::{Layout, lanes};
use crate::solution::Solution;
use crate::sweep::{Folded, Swept};

/// What every country buys from abroad and sells there, before duty, all sectors.
#[derive(Debug, Clone, PartialEq)]
pub struct Traded {
    /// By importer.
    pub imports: Vec<f64>,
    /// By exporter.
    pub exports: Vec<f64>,
}

impl Traded {
    /// Σ π X / (1+τ) by importer and by exporter, home sales left out.
    fn of(share: &Cube<f64>, spending: &Grid<f64>, tariff: &Cube<f64>) -> Self {
        let all = || CountryId::all(share.countries());
        let mut traded = Self::none(share.countries());
        for (n, i) in all().flat_map(|n| all().map(move |i| (n, i))) {
            let cells = share.sectors_of(n, i).iter().zip(spending.row(n)).zip(tariff.sectors_of(n, i));
            traded.add(n.at(), i.at(), cells.map(|((π, x), τ)| π * x / (1.0 + τ)).sum());
        }
        traded
    }

    fn none(countries: usize) -> Self {
        Self { imports: vec![0.0; countries], exports: vec![0.0; countries] }
    }

    fn add(&mut self, n: usize, i: usize, flow: f64) {
        if n != i {
            self.imports[n] += flow;
            self.exports[i] += flow;
        }
    }
}

impl Accounts {
    /// Every country's imports and exports.
    pub fn traded(&self) -> Traded {
        Traded::of(&self.share, &self.spending, &self.tariff)
    }
}

impl Swept {
    /// Every country's imports and exports at the point of the pass.
    ///
    /// ```text
    /// T[n,i,s] = C[n,i,s] ĉ[i,s]^(−θ) X′/Φ[n,s]
    /// ```
    pub(crate) fn traded(&self, layout: Layout, folded: &Folded) -> Traded {
        let landed = if folded.border.is_empty() { &folded.receipt } else { &folded.border };
        let n_all = layout.countries;
        let mut traded = Traded::none(n_all);
        for (row, landed) in landed.chunks_exact(n_all).enumerate() {
            let (n, block) = (row / layout.blocks(), row % layout.blocks());
            let spread = lanes(&self.spread[layout.row(n)])[block];
            for (i, (c, u)) in landed.iter().zip(&self.cost_power[block * n_all..]).enumerate() {
                let flow = [0, 1, 2, 3].map(|lane| c[lane] * u[lane] * spread[lane]);
                traded.add(n, i, (flow[0] + flow[1]) + (flow[2] + flow[3]));
            }
        }
        traded
    }
}

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

    /// Every country's imports and exports.
    pub fn traded(&self) -> Traded {
        Traded::of(&self.share, &self.spending, &self.tariff)
    }

    /// Every partner and sector of a country, itself left out.
    pub(crate) fn abroad(&self, country: CountryId) -> impl Iterator<Item = (CountryId, SectorId)> + use<> {
        let (countries, sectors) = (self.before.countries(), self.before.sectors());
        CountryId::all(countries)
            .filter(move |partner| *partner != country)
            .flat_map(move |partner| SectorId::all(sectors).map(move |s| (partner, s)))
    }
}
