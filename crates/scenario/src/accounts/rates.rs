//! Other tariffs laid on an economy, written as a new one.

use diagnostic::{Faults, Source};

use super::write::{Target, Written, write};
use crate::economies;
use crate::tariff_edits::{Edit, edit};

/// Where the rates come from.
#[derive(Debug, Clone, Copy)]
pub enum RatesFrom<'a> {
    /// Rows `importer,exporter,sector,rate` that replace the base rates of the cells they name.
    Rows(&'a Source),
    /// The export of WITS, and the sectors of its products, as `product,sector`.
    Wits(&'a Source, &'a Source),
}

/// The economy `name` with these rates in place of its own, where they speak.
///
/// # Errors
/// All faults of the economy and of the rates; `folder-taken`.
pub fn with_rates(name: &str, rates: RatesFrom<'_>, to: &Target<'_>) -> Result<(Written, Faults), Faults> {
    let economy = economies::open(name)?.economy;
    let (tariffs, notes) = match rates {
        RatesFrom::Rows(rows) => {
            let mut tariffs = economy.tariffs().clone();
            let notes = edit(&mut tariffs, &economy, rows, Edit::Replace)?;
            (tariffs, notes)
        }
        RatesFrom::Wits(table, concordance) => {
            economy::formats::wits::tariffs(economy.accounts(), table, concordance)?
        }
    };
    let mut draft = economy.into_draft();
    draft.tariffs = tariffs;
    write(draft, notes, to)
}
