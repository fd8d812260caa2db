//! Economies as accounts: what is there, what it holds, how two differ, and how one becomes another.

mod differs;
mod export;
mod rates;
mod shown;
mod write;

pub use differs::{CellDiffers, Differs, TableDiffers, differs};
pub use export::{ExportForm, Exported, export, parquet, workbook};
pub use rates::{RatesFrom, with_rates};
pub use shown::{CountryTotals, Listed, SectorTotals, Shown, list, show};
pub use write::{Reading, Target, Written, aggregate, copy, formats, import};
