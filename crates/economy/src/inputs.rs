//! Who buys what to make what: purchases of inputs.

use std::ops::{Index, IndexMut};

use terms::{CountryId, SectorId};

/// Purchases of inputs, all origins together, before duty: `inputs[(n, k, s)]` is what sector `k` of
/// country `n` spends on input `s`.
///
/// Stored country-major, then buying sector, then input (`(n·S + k)·S + s`): one country is an `S × S` block
/// whose rows are buyers.
#[derive(Debug, Clone, PartialEq)]
pub struct Inputs {
    countries: usize,
    sectors: usize,
    values: Vec<f64>,
}

impl Inputs {
    /// No purchases yet.
    pub fn none(countries: usize, sectors: usize) -> Self {
        Self { countries, sectors, values: vec![0.0; countries * sectors * sectors] }
    }

    /// The purchases whose cell `(n, k, s)` is `value(n, k, s)`.
    pub fn from_fn(
        countries: usize,
        sectors: usize,
        mut value: impl FnMut(CountryId, SectorId, SectorId) -> f64,
    ) -> Self {
        let mut inputs = Self::none(countries, sectors);
        for n in CountryId::all(countries) {
            for k in SectorId::all(sectors) {
                for s in SectorId::all(sectors) {
                    inputs[(n, k, s)] = value(n, k, s);
                }
            }
        }
        inputs
    }

    /// How many countries: the first dimension.
    pub fn countries(&self) -> usize {
        self.countries
    }

    /// How many sectors: the second dimension (buyers) and the third (inputs).
    pub fn sectors(&self) -> usize {
        self.sectors
    }

    /// All cells, country-major, then buyer, then input.
    pub fn as_slice(&self) -> &[f64] {
        &self.values
    }

    /// All cells, to be written.
    pub fn as_mut_slice(&mut self) -> &mut [f64] {
        &mut self.values
    }

    /// One country's `S × S` block, buyer-major.
    pub fn country(&self, country: CountryId) -> &[f64] {
        let block = self.sectors * self.sectors;
        &self.values[country.at() * block..(country.at() + 1) * block]
    }

    /// What one buying sector spends, by input.
    pub fn buyer(&self, country: CountryId, sector: SectorId) -> &[f64] {
        let from = (country.at() * self.sectors + sector.at()) * self.sectors;
        &self.values[from..from + self.sectors]
    }

    fn place(&self, (n, k, s): (CountryId, SectorId, SectorId)) -> usize {
        debug_assert!(n.at() < self.countries && k.at() < self.sectors && s.at() < self.sectors);
        (n.at() * self.sectors + k.at()) * self.sectors + s.at()
    }
}

impl Index<(CountryId, SectorId, SectorId)> for Inputs {
    type Output = f64;
    fn index(&self, place: (CountryId, SectorId, SectorId)) -> &f64 {
        &self.values[self.place(place)]
    }
}

impl IndexMut<(CountryId, SectorId, SectorId)> for Inputs {
    fn index_mut(&mut self, place: (CountryId, SectorId, SectorId)) -> &mut f64 {
        let at = self.place(place);
        &mut self.values[at]
    }
}
