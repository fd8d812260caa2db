//! The countries and sectors an economy keeps apart.

use indexmap::IndexMap;
use terms::{Country, Sector};

/// One row of `countries.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountryEntry {
    /// Its code in this economy.
    pub code: Country,
    /// Its name.
    pub name: String,
    /// Further columns as written (`region`, `iso_numeric`, `members`, …), in the order of the file.
    pub extra: IndexMap<String, String>,
}

impl CountryEntry {
    /// An entry without further columns.
    pub fn new(code: impl AsRef<str>, name: impl Into<String>) -> Self {
        Self { code: Country::new(code), name: name.into(), extra: IndexMap::new() }
    }

    /// The codes of a `;` list in a further column, such as `members` or `blocs`.
    pub fn list(&self, column: &str) -> impl Iterator<Item = &str> {
        split(self.extra.get(column))
    }
}

/// One row of `sectors.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectorEntry {
    /// Its code in this economy.
    pub code: Sector,
    /// Its name.
    pub name: String,
    /// Whether it is a good, which tariffs can reach, rather than a service.
    pub good: bool,
    /// Further columns as written (`group`, `members`, …), in the order of the file.
    pub extra: IndexMap<String, String>,
}

impl SectorEntry {
    /// An entry without further columns.
    pub fn new(code: impl AsRef<str>, name: impl Into<String>, good: bool) -> Self {
        Self { code: Sector::new(code), name: name.into(), good, extra: IndexMap::new() }
    }

    /// The codes of a `;` list in a further column, such as `members`.
    pub fn list(&self, column: &str) -> impl Iterator<Item = &str> {
        split(self.extra.get(column))
    }
}

fn split(cell: Option<&String>) -> impl Iterator<Item = &str> {
    cell.into_iter().flat_map(|cell| cell.split(';')).map(str::trim).filter(|part| !part.is_empty())
}
