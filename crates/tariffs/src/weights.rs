//! What was bought of each sector in the year of the weights, and the duty paid on it.

use std::collections::BTreeMap;

use diagnostic::{Diagnostic, Faults, Source};
use terms::{Country, Sector};

use crate::coverage::ANY_ORIGIN;

/// The table `data/coverage/weights.csv`, by importer, partner and sector.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Weights {
    importers: BTreeMap<Country, BTreeMap<Country, BTreeMap<Sector, Bought>>>,
    /// The year.
    pub year: i64,
}

/// One sector's imports from one partner.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Bought {
    /// Value before duty, millions of US dollars.
    pub imports: f64,
    /// Duty paid, millions of US dollars.
    pub duty: f64,
    /// How many lines were bought.
    pub lines: f64,
}

const COLUMNS: &str = "importer,year,origin,sector,imports_usd_mn,duty_usd_mn,lines";

impl Weights {
    /// Reads the table, all faults together.
    ///
    /// # Errors
    /// `coverage-column`, `coverage-row`, as [`Coverage::read`](crate::Coverage::read).
    pub fn read(table: &Source) -> Result<Self, Faults> {
        let mut faults = Faults::new();
        let mut weights = Self::default();
        let mut lines = table.text().lines();
        let header = lines.next().unwrap_or_default();
        if header.trim() != COLUMNS {
            let fault = format!("the columns of a table of weights are `{COLUMNS}`");
            let found = format!("found `{header}`");
            faults.push(Diagnostic::error("coverage-column", fault).at(table.whole(), found));
            return Err(faults);
        }
        let mut start = header.len() + 1;
        for line in lines {
            let span = start..start + line.len();
            start += line.len() + 1;
            if !line.trim().is_empty() && weights.row(line).is_none() {
                faults.push(
                    Diagnostic::error("coverage-row", "a row of the table of weights cannot be read")
                        .at(table.at(span), "a cell is missing, or is no number")
                        .help("a row reads `USA,2024,CHN,ELE,130000.0,5200.00,800`"),
                );
            }
        }
        if faults.is_empty() { Ok(weights) } else { Err(faults) }
    }

    fn row(&mut self, line: &str) -> Option<()> {
        let cells: Vec<&str> = line.split(',').map(str::trim).collect();
        let [importer, year, origin, sector, imports, duty, lines] = cells[..] else { return None };
        self.year = year.parse().ok()?;
        let (imports, duty, lines) = (imports.parse().ok()?, duty.parse().ok()?, lines.parse().ok()?);
        let partners = self.importers.entry(Country::new(importer)).or_default();
        let sectors = partners.entry(Country::new(origin)).or_default();
        sectors.insert(Sector::new(sector), Bought { imports, duty, lines });
        Some(())
    }

    /// What `importer` bought from `origin`, or from the first of its `groups` that has rows; none for partners without
    /// rows of their own.
    pub fn between(
        &self,
        importer: &Country,
        origin: &Country,
        groups: &[Country],
    ) -> Option<&BTreeMap<Sector, Bought>> {
        let partners = self.importers.get(importer)?;
        let mut names = [origin].into_iter().chain(groups).filter(|name| name.as_str() != ANY_ORIGIN);
        names.find_map(|name| partners.get(name))
    }
}
