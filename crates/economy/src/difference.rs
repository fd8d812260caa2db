//! What differs between two sets of accounts, cell by cell.

use std::collections::HashMap;

use terms::{CountryId, SectorId};

use crate::Draft;

/// A cell that two sets of accounts state differently.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The table, by the name of its file.
    pub table: &'static str,
    /// The codes of the cell, in the order of the table's columns.
    pub cell: Vec<String>,
    /// The value in the first.
    pub before: f64,
    /// The value in the second.
    pub after: f64,
}

impl Change {
    /// The second less the first.
    pub fn size(&self) -> f64 {
        self.after - self.before
    }
}

/// How two economies differ.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Difference {
    /// Countries only in the first, and only in the second.
    pub countries: (Vec<String>, Vec<String>),
    /// Sectors only in the first, and only in the second.
    pub sectors: (Vec<String>, Vec<String>),
    /// The cells of common countries and sectors that differ, table by table, the largest change first. An
    /// economy without input links counts as one whose inputs are zero.
    pub changes: Vec<Change>,
}

impl Difference {
    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The sum of absolute changes of each table that has any.
    pub fn moved(&self) -> Vec<(&'static str, f64)> {
        let mut moved: Vec<(&'static str, f64)> = Vec::new();
        for change in &self.changes {
            match moved.iter_mut().find(|(table, _)| *table == change.table) {
                Some((_, sum)) => *sum += change.size().abs(),
                None => moved.push((change.table, change.size().abs())),
            }
        }
        moved
    }
}

impl Draft {
    /// How `other` differs from these accounts, in the cells of the countries and sectors they share, compared
    /// by code. Both are taken in their own unit.
    pub fn difference(&self, other: &Self) -> Difference {
        let codes = |draft: &Self| -> (Vec<String>, Vec<String>) {
            (
                draft.countries.iter().map(|entry| entry.code.to_string()).collect(),
                draft.sectors.iter().map(|entry| entry.code.to_string()).collect(),
            )
        };
        let ((countries, sectors), (other_countries, other_sectors)) = (codes(self), codes(other));
        let country: Vec<(CountryId, CountryId)> = common(&countries, &other_countries)
            .map(|(a, b)| (CountryId::new(a), CountryId::new(b)))
            .collect();
        let sector: Vec<(SectorId, SectorId)> =
            common(&sectors, &other_sectors).map(|(a, b)| (SectorId::new(a), SectorId::new(b))).collect();
        let n_code = |n: CountryId| countries[n.at()].clone();
        let s_code = |s: SectorId| sectors[s.at()].clone();
        let mut changes = Vec::new();
        let mut compare = |table, before: f64, after: f64, cell: &dyn Fn() -> Vec<String>| {
            if before != after {
                changes.push(Change { table, cell: cell(), before, after });
            }
        };
        for &(n, n2) in &country {
            for &(i, i2) in &country {
                for &(s, s2) in &sector {
                    let cell = || vec![n_code(n), n_code(i), s_code(s)];
                    compare("trade", self.trade[(n, i, s)], other.trade[(n2, i2, s2)], &cell);
                    let (before, after) = (self.tariffs[(n, i, s)], other.tariffs[(n2, i2, s2)]);
                    compare("tariffs", before.as_share(), after.as_share(), &cell);
                }
            }
            for &(k, k2) in &sector {
                for &(s, s2) in &sector {
                    let before = self.inputs.as_ref().map_or(0.0, |inputs| inputs[(n, k, s)]);
                    let after = other.inputs.as_ref().map_or(0.0, |inputs| inputs[(n2, k2, s2)]);
                    compare("use", before, after, &|| vec![n_code(n), s_code(k), s_code(s)]);
                }
                let cell = || vec![n_code(n), s_code(k)];
                compare("final", self.final_demand[(n, k)], other.final_demand[(n2, k2)], &cell);
                compare("output", self.output[(n, k)], other.output[(n2, k2)], &cell);
                compare("value_added", self.value_added[(n, k)], other.value_added[(n2, k2)], &cell);
            }
        }
        let order =
            |table: &str| ["trade", "tariffs", "use", "final", "output"].iter().position(|t| *t == table);
        changes.sort_by(|a, b| {
            let place = |change: &Change| order(change.table).unwrap_or(usize::MAX);
            place(a).cmp(&place(b)).then(b.size().abs().total_cmp(&a.size().abs()))
        });
        Difference {
            countries: (only(&countries, &other_countries), only(&other_countries, &countries)),
            sectors: (only(&sectors, &other_sectors), only(&other_sectors, &sectors)),
            changes,
        }
    }
}

fn only(these: &[String], those: &[String]) -> Vec<String> {
    these.iter().filter(|code| !those.contains(code)).cloned().collect()
}

fn common<'a>(these: &'a [String], those: &'a [String]) -> impl Iterator<Item = (usize, usize)> + 'a {
    let places: HashMap<&String, usize> = those.iter().enumerate().map(|(at, code)| (code, at)).collect();
    these.iter().enumerate().filter_map(move |(at, code)| Some((at, *places.get(code)?)))
}
