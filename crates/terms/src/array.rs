//! Arrays indexed by importer, exporter and sector, never in another order.

use std::ops::{Index, IndexMut};

use crate::{CountryId, SectorId};

/// A value for every importer, exporter and sector: `cube[(n, i, s)]`.
///
/// Stored importer-major, then exporter, then sector (`(n·N + i)·S + s`), the order of the equations.
#[derive(Debug, Clone, PartialEq)]
pub struct Cube<T> {
    countries: usize,
    sectors: usize,
    values: Vec<T>,
}

impl<T: Clone> Cube<T> {
    /// A cube of one value everywhere.
    pub fn filled(countries: usize, sectors: usize, value: T) -> Self {
        Self { countries, sectors, values: vec![value; countries * countries * sectors] }
    }
}

impl<T> Cube<T> {
    /// The cube whose cell `(n, i, s)` is `value(n, i, s)`.
    pub fn from_fn(
        countries: usize,
        sectors: usize,
        mut value: impl FnMut(CountryId, CountryId, SectorId) -> T,
    ) -> Self {
        let mut values = Vec::with_capacity(countries * countries * sectors);
        for n in CountryId::all(countries) {
            for i in CountryId::all(countries) {
                for s in SectorId::all(sectors) {
                    values.push(value(n, i, s));
                }
            }
        }
        Self { countries, sectors, values }
    }

    /// How many countries: the first and the second dimension.
    pub fn countries(&self) -> usize {
        self.countries
    }

    /// How many sectors: the third dimension.
    pub fn sectors(&self) -> usize {
        self.sectors
    }

    /// All cells, importer-major, then exporter, then sector.
    pub fn as_slice(&self) -> &[T] {
        &self.values
    }

    /// All cells, to be written.
    pub fn as_mut_slice(&mut self) -> &mut [T] {
        &mut self.values
    }

    /// All cells of one importer and exporter, by sector.
    pub fn sectors_of(&self, importer: CountryId, exporter: CountryId) -> &[T] {
        let from = (importer.at() * self.countries + exporter.at()) * self.sectors;
        &self.values[from..from + self.sectors]
    }

    /// Every cell with its place.
    pub fn cells(&self) -> impl Iterator<Item = ((CountryId, CountryId, SectorId), &T)> {
        let (countries, sectors) = (self.countries, self.sectors);
        self.values.iter().enumerate().map(move |(k, value)| {
            let (pair, s) = (k / sectors, k % sectors);
            let place = (pair / countries, pair % countries);
            ((CountryId::new(place.0), CountryId::new(place.1), SectorId::new(s)), value)
        })
    }

    fn place(&self, (n, i, s): (CountryId, CountryId, SectorId)) -> usize {
        debug_assert!(n.at() < self.countries && i.at() < self.countries && s.at() < self.sectors);
        (n.at() * self.countries + i.at()) * self.sectors + s.at()
    }
}

impl<T> Index<(CountryId, CountryId, SectorId)> for Cube<T> {
    type Output = T;
    fn index(&self, place: (CountryId, CountryId, SectorId)) -> &T {
        &self.values[self.place(place)]
    }
}

impl<T> IndexMut<(CountryId, CountryId, SectorId)> for Cube<T> {
    fn index_mut(&mut self, place: (CountryId, CountryId, SectorId)) -> &mut T {
        let k = self.place(place);
        &mut self.values[k]
    }
}

/// A value for every country and sector: `grid[(n, s)]`, stored country-major.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid<T> {
    countries: usize,
    sectors: usize,
    values: Vec<T>,
}

impl<T: Clone> Grid<T> {
    /// A grid of one value everywhere.
    pub fn filled(countries: usize, sectors: usize, value: T) -> Self {
        Self { countries, sectors, values: vec![value; countries * sectors] }
    }
}

impl<T> Grid<T> {
    /// The grid whose cell `(n, s)` is `value(n, s)`.
    pub fn from_fn(
        countries: usize,
        sectors: usize,
        mut value: impl FnMut(CountryId, SectorId) -> T,
    ) -> Self {
        let values = CountryId::all(countries)
            .flat_map(|n| SectorId::all(sectors).map(move |s| (n, s)))
            .map(|(n, s)| value(n, s))
            .collect();
        Self { countries, sectors, values }
    }

    /// How many countries.
    pub fn countries(&self) -> usize {
        self.countries
    }

    /// How many sectors.
    pub fn sectors(&self) -> usize {
        self.sectors
    }

    /// All cells, country-major.
    pub fn as_slice(&self) -> &[T] {
        &self.values
    }

    /// All cells, to be written.
    pub fn as_mut_slice(&mut self) -> &mut [T] {
        &mut self.values
    }

    /// One country's values, by sector.
    pub fn row(&self, country: CountryId) -> &[T] {
        let from = country.at() * self.sectors;
        &self.values[from..from + self.sectors]
    }
}

impl<T> Index<(CountryId, SectorId)> for Grid<T> {
    type Output = T;
    fn index(&self, (n, s): (CountryId, SectorId)) -> &T {
        &self.values[n.at() * self.sectors + s.at()]
    }
}

impl<T> IndexMut<(CountryId, SectorId)> for Grid<T> {
    fn index_mut(&mut self, (n, s): (CountryId, SectorId)) -> &mut T {
        &mut self.values[n.at() * self.sectors + s.at()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cube_is_importer_then_exporter_then_sector() {
        let cube = Cube::from_fn(2, 3, |n, i, s| (n.at(), i.at(), s.at()));
        assert_eq!(cube.as_slice()[1], (0, 0, 1));
        assert_eq!(cube.as_slice()[3], (0, 1, 0));
        assert_eq!(cube.as_slice()[6], (1, 0, 0));
        for (place, value) in cube.cells() {
            assert_eq!((place.0.at(), place.1.at(), place.2.at()), *value);
            assert_eq!(cube[place], *value);
        }
        assert_eq!(cube.sectors_of(CountryId::new(1), CountryId::new(0)).len(), 3);
    }
}
