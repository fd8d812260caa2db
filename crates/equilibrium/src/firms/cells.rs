//! Where a cell lies: markets one after another, the exporters of a market side by side.

use terms::{CountryId, Cube, SectorId};

use super::accounts::OneFactor;

impl OneFactor {
    /// How many cells there are: `N·S·N`.
    pub fn cells(&self) -> usize {
        self.countries * self.sectors * self.countries
    }

    /// The place of a cell in the arrays of this closure.
    pub fn cell(&self, importer: CountryId, exporter: CountryId, sector: SectorId) -> usize {
        (importer.at() * self.sectors + sector.at()) * self.countries + exporter.at()
    }

    /// The importer, exporter and sector of a cell.
    pub fn place(&self, cell: usize) -> (CountryId, CountryId, SectorId) {
        let (market, exporter) = (cell / self.countries, cell % self.countries);
        let (importer, sector) = (market / self.sectors, market % self.sectors);
        (CountryId::new(importer), CountryId::new(exporter), SectorId::new(sector))
    }

    /// An array by cell as a cube `[n, i, s]`.
    pub fn cube(&self, cells: &[f64]) -> Cube<f64> {
        Cube::from_fn(self.countries, self.sectors, |n, i, s| cells[self.cell(n, i, s)])
    }

    /// A cube `[n, i, s]` of rates as ln(1+τ) by cell.
    pub fn log_wedges_of(&self, tariff: &Cube<f64>) -> Vec<f64> {
        by_market(tariff, |rate| (1.0 + rate).ln())
    }
}

/// A cube `[n, i, s]` laid out by market, each value passed through `value`.
pub(super) fn by_market(cube: &Cube<f64>, value: impl Fn(f64) -> f64) -> Vec<f64> {
    let (countries, sectors) = (cube.countries(), cube.sectors());
    let mut cells = Vec::with_capacity(countries * countries * sectors);
    for n in CountryId::all(countries) {
        for s in SectorId::all(sectors) {
            cells.extend(CountryId::all(countries).map(|i| value(cube[(n, i, s)])));
        }
    }
    cells
}
