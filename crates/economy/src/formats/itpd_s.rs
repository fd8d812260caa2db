//! ITPD-S and ITPD-E: the international trade and production databases for simulation and estimation.
//!
//! # Layout
//! CSV with the columns `exporter_iso3`, `importer_iso3`, `year`, `industry_id`, `industry_descr`,
//! `broad_sector`, `trade` and others. Own sales are inside. Industries of the broad sector `Services` are
//! services. One year is taken; state which.
//! # Units
//! Million US dollars.
//! # Source
//! Borchert, Larch, Shikher and Yotov (2021; 2022), US International Trade Commission; public.

use diagnostic::Faults;
use terms::Archive;

use super::flow_table::{Names, Recoding, flows};
use super::{Imported, Naming, finish};
use crate::findings::Findings;

const NAMES: Names = Names {
    importer: &["importer_iso3"],
    exporter: &["exporter_iso3"],
    sector: &["industry_id"],
    value: &["trade"],
    rate: &[],
    sector_name: &["industry_descr"],
    kind: &["broad_sector"],
    year: &["year"],
    about: "Borchert, Larch, Shikher and Yotov, International Trade and Production Database (USITC)",
    licence: "public",
};

/// Reads the table at `path`.
///
/// # Errors
/// All faults of the file together.
pub fn read(archive: &dyn Archive, path: &str, naming: &Naming) -> Result<Imported, Faults> {
    let mut findings = Findings::default();
    let draft = flows(archive, path, naming, &NAMES, &Recoding::default(), &mut findings);
    finish(draft, findings)
}
