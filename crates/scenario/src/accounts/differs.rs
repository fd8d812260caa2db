//! How two economies differ, cell by cell.

use diagnostic::Faults;
use economy::Difference;
use serde::Serialize;

use crate::economies;

/// How two economies differ.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Differs {
    /// Countries only in the first, and only in the second.
    pub countries: [Vec<String>; 2],
    /// Sectors only in the first, and only in the second.
    pub sectors: [Vec<String>; 2],
    /// Each table that differs.
    pub tables: Vec<TableDiffers>,
}

/// A table that differs in some cells.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TableDiffers {
    /// The table.
    pub table: String,
    /// How many cells differ.
    pub cells: usize,
    /// The sum of absolute differences.
    pub moved: f64,
    /// The largest, as many as were asked for.
    pub largest: Vec<CellDiffers>,
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CellDiffers {
    /// Its codes.
    pub cell: Vec<String>,
    /// In the first.
    pub before: f64,
    /// In the second.
    pub after: f64,
}

/// How the second differs from the first, the `top` largest cells of each table listed.
///
/// # Errors
/// All faults of either.
pub fn differs(first: &str, second: &str, top: usize) -> Result<Differs, Faults> {
    Ok(told(&economies::draft(first)?.difference(&economies::draft(second)?), top))
}

pub(super) fn told(difference: &Difference, top: usize) -> Differs {
    let pair = |(a, b): &(Vec<String>, Vec<String>)| [a.clone(), b.clone()];
    let table = |(table, moved): (&'static str, f64)| {
        let cells = || difference.changes.iter().filter(move |change| change.table == table);
        let largest = cells().take(top).map(|change| CellDiffers {
            cell: change.cell.clone(),
            before: change.before,
            after: change.after,
        });
        TableDiffers { table: table.to_string(), cells: cells().count(), moved, largest: largest.collect() }
    };
    Differs {
        countries: pair(&difference.countries),
        sectors: pair(&difference.sectors),
        tables: difference.moved().into_iter().map(table).collect(),
    }
}
