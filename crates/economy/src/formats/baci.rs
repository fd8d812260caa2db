//! CEPII BACI: bilateral flows by product, reconciled from reports of both sides.
//!
//! # Layout
//! CSV with the columns `t` (year), `i` (exporter), `j` (importer), `k` (HS6), `v` (value), `q` (tons). Countries
//! are numbers; a file `country_codes….csv` beside it (columns `country_code`, `country_iso3`, `country_name`)
//! turns them into codes. Products become sectors by a file `hs6_sector.csv` beside it (columns `hs6`,
//! `sector`) where there is one, else by HS chapter (`HS01` to `HS97`).
//!
//! There are no sales at home, which a note tells.
//! # Units
//! Thousand US dollars, fob.
//! # Source
//! Gaulier and Zignago (2010), CEPII Working Paper 2010-23; Etalab 2.0.

use std::collections::HashMap;

use diagnostic::{Diagnostic, Faults};
use terms::Archive;

use super::flow_table::{Names, Recoding, SectorOf, flows};
use super::{Imported, Naming, finish};
use crate::findings::Findings;
use crate::table::TextTable;

const NAMES: Names = Names {
    importer: &["j"],
    exporter: &["i"],
    sector: &["k"],
    value: &["v"],
    rate: &[],
    sector_name: &[],
    kind: &[],
    year: &["t"],
    about: "Gaulier and Zignago (2010), BACI, CEPII",
    licence: "Etalab 2.0",
};

/// Reads the table at `path`.
///
/// # Errors
/// All faults of the file together.
pub fn read(archive: &dyn Archive, path: &str, naming: &Naming) -> Result<Imported, Faults> {
    let mut findings = Findings::default();
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let recoding = Recoding {
        countries: countries(archive, folder, &mut findings),
        sector: Some(sectors(archive, folder, &mut findings)),
    };
    let draft = flows(archive, path, naming, &NAMES, &recoding, &mut findings);
    finish(draft, findings)
}

/// Number to code and name, from the file of codes beside the table.
fn countries(
    archive: &dyn Archive,
    folder: &str,
    findings: &mut Findings,
) -> HashMap<String, (String, String)> {
    let files = archive.list(folder).unwrap_or_default();
    let is_codes = |file: &&String| {
        file.rsplit('/')
            .next()
            .is_some_and(|name| name.starts_with("country_codes") && name.ends_with(".csv"))
    };
    let Some(file) = files.iter().find(is_codes) else {
        findings.push(
            Diagnostic::warning("left-out", "countries keep the numbers of BACI")
                .help("put its file `country_codes….csv` beside the table"),
        );
        return HashMap::new();
    };
    let stem = file.trim_end_matches(".csv");
    let columns = ["country_code", "country_iso3"];
    let Some(table) = TextTable::read(archive, "", stem, &columns, true, findings) else {
        return HashMap::new();
    };
    let names: HashMap<String, String> = table.pairs("country_code", "country_name").collect();
    let name = |code: &String, iso3: &String| names.get(code).unwrap_or(iso3).clone();
    table
        .pairs("country_code", "country_iso3")
        .map(|(code, iso3)| {
            let name = name(&code, &iso3);
            (code, (iso3, name))
        })
        .collect()
}

/// Product to sector: by the concordance beside the table, else by chapter.
fn sectors(archive: &dyn Archive, folder: &str, findings: &mut Findings) -> SectorOf {
    // A product that lost its leading zero to a spreadsheet has five digits.
    let full = |product: &str| format!("{product:0>6}");
    match TextTable::read(archive, folder, "hs6_sector", &["hs6", "sector"], false, findings) {
        Some(table) => {
            let map: HashMap<String, String> =
                table.pairs("hs6", "sector").map(|(hs6, sector)| (full(&hs6), sector)).collect();
            Box::new(move |product| map.get(&full(product)).cloned().unwrap_or_else(|| "OTHER".into()))
        }
        None => Box::new(move |product| format!("HS{}", &full(product)[..2])),
    }
}
