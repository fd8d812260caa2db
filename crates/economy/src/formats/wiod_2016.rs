//! World Input-Output Database, release 2016: the workbook of one year (`WIOT2014_Nov16_ROW.xlsb`).
//!
//! # Layout
//! See `wiod.rs`. 43 countries and `ROW`, 56 industries of ISIC Rev. 4 (`A01`, …, `U`), final buyers `c57` to
//! `c61`, then `GO` under `TOT`. Goods are sections A to C, the first 22 industries.
//! # Units
//! Million US dollars, basic prices.
//! # Source
//! Timmer, Dietzenbacher, Los, Stehrer and de Vries (2015), *Review of International Economics* 23; release
//! 2016, doi 10.34894/PJ2M1C; CC BY 4.0.

use diagnostic::Faults;
use terms::Archive;

use super::wiod::{Release, table};
use super::{Imported, Naming, finish};
use crate::Meta;
use crate::findings::Findings;

const RELEASE: Release = Release { goods: 22, final_from: 57, source: "a WIOD table of release 2016" };

/// Reads the workbook at `path`.
///
/// # Errors
/// All faults of the file together.
pub fn read(archive: &dyn Archive, path: &str, naming: &Naming) -> Result<Imported, Faults> {
    let mut findings = Findings::default();
    let year = naming.year_of(path, &mut findings);
    let meta = Meta {
        title: format!("WIOD release 2016, {year}"),
        source: "Timmer, Dietzenbacher, Los, Stehrer and de Vries (2015), World Input-Output Database".into(),
        licence: "CC BY 4.0".into(),
        ..Meta::new(&naming.name, year)
    };
    let draft = table(archive, path, &RELEASE, meta, &mut findings);
    finish(draft, findings)
}
