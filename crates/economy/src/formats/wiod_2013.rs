//! World Input-Output Database, release 2013: the workbook of one year.
//!
//! # Layout
//! See `wiod.rs`. 40 countries and `RoW`, 35 industries of ISIC Rev. 3 under NACE codes (`AtB`, `C`, `15t16`, …),
//! final buyers `c37` to `c42`, then `Total output` without a number. Goods are the first 16 industries.
//! # Units
//! Million US dollars, basic prices.
//! # Source
//! Timmer, Dietzenbacher, Los, Stehrer and de Vries (2015), *Review of International Economics* 23; CC BY 4.0.

use diagnostic::Faults;
use terms::Archive;

use super::wiod::{Release, table};
use super::{Imported, Naming, finish};
use crate::Meta;
use crate::findings::Findings;

const RELEASE: Release = Release { goods: 16, final_from: 37, source: "a WIOD table of release 2013" };

/// Reads the workbook at `path`.
///
/// # Errors
/// All faults of the file together.
pub fn read(archive: &dyn Archive, path: &str, naming: &Naming) -> Result<Imported, Faults> {
    let mut findings = Findings::default();
    // The official name counts years in two digits: `wiot09_row_sep12.xlsx`.
    let file = path.rsplit('/').next().unwrap_or(path);
    let short =
        file.strip_prefix("wiot").and_then(|rest| rest.get(..2)).and_then(|two| two.parse::<i32>().ok());
    let short = short.map(|two| if two >= 90 { 1900 + two } else { 2000 + two });
    let year = naming.year.or(short).unwrap_or_else(|| naming.year_of(path, &mut findings));
    let meta = Meta {
        title: format!("WIOD release 2013, {year}"),
        source: "Timmer, Dietzenbacher, Los, Stehrer and de Vries (2015), World Input-Output Database".into(),
        licence: "CC BY 4.0".into(),
        ..Meta::new(&naming.name, year)
    };
    let draft = table(archive, path, &RELEASE, meta, &mut findings);
    finish(draft, findings)
}
