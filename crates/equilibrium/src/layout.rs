//! How arrays lie in memory: sectors in lanes of four, padded, so that every loop runs over whole lanes.

/// Sectors that one vector instruction handles together.
pub(crate) const LANES: usize = 4;

/// Four neighbouring sectors.
pub(crate) type Lane = [f64; LANES];

/// Sizes, and where a cell lies.
///
/// A grid `[n, s]` is country-major with `stride ≥ sectors` cells a country. A cube `[n, i, s]` of the hot
/// pass is `[n][block of sectors][i][lane]`: while one importer's block is summed over its exporters, the sums
/// stay in registers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Layout {
    /// N.
    pub countries: usize,
    /// S.
    pub sectors: usize,
    /// S, rounded up to whole lanes.
    pub stride: usize,
}

impl Layout {
    pub fn new(countries: usize, sectors: usize) -> Self {
        Self { countries, sectors, stride: sectors.div_ceil(LANES) * LANES }
    }

    /// Blocks of sectors.
    pub fn blocks(&self) -> usize {
        self.stride / LANES
    }

    /// Cells of a padded grid.
    pub fn grid(&self) -> usize {
        self.countries * self.stride
    }

    /// Lanes of a padded cube.
    pub fn cube(&self) -> usize {
        self.countries * self.countries * self.blocks()
    }

    /// Where `(n, s)` lies in a padded grid.
    pub fn at(&self, n: usize, s: usize) -> usize {
        n * self.stride + s
    }

    /// The lane of a cube that holds `(n, i, s)`, and the place in it.
    pub fn cell(&self, n: usize, i: usize, s: usize) -> (usize, usize) {
        ((n * self.blocks() + s / LANES) * self.countries + i, s % LANES)
    }

    /// One country's row of a padded grid.
    pub fn row(&self, n: usize) -> std::ops::Range<usize> {
        n * self.stride..(n + 1) * self.stride
    }

    /// A padded copy of a grid, with `filler` in the padding.
    pub fn pad(&self, cells: &[f64], filler: f64) -> Vec<f64> {
        let mut padded = vec![filler; self.grid()];
        for n in 0..self.countries {
            let row = &cells[n * self.sectors..(n + 1) * self.sectors];
            padded[n * self.stride..][..self.sectors].copy_from_slice(row);
        }
        padded
    }
}

/// A slice as whole lanes; its length is a multiple of four by construction.
pub(crate) fn lanes(cells: &[f64]) -> &[Lane] {
    cells.as_chunks().0
}

/// A slice as whole lanes, to be written.
pub(crate) fn lanes_mut(cells: &mut [f64]) -> &mut [Lane] {
    cells.as_chunks_mut().0
}
