//! World Input-Output Database, release 2013, one year by node in Parquet.
//!
//! # Layout
//! `node` (`AUS_c1`), one column for each buying node, final buyers `AUS_HFCE`, `AUS_NPISH`, `AUS_GGFC`,
//! `AUS_GFCF`, `AUS_INVNT`, and `OUT`, the output. 41 economies, 35 industries (ISIC Rev. 3), `c1` to `c16`
//! goods. Cells are whole millions cut downwards, so rows miss output by a little: ask for a repair.
//! # Units
//! Million US dollars, basic prices.
//! # Source
//! Timmer, Dietzenbacher, Los, Stehrer and de Vries (2015), *Review of International Economics* 23; CC BY 4.0.

use std::collections::HashMap;

use diagnostic::Faults;
use terms::{Archive, CountryId, SectorId};

use super::intercountry::{Codes, Intercountry, countries};
use super::{Imported, Naming, file, finish, wrong_layout};
use crate::findings::Findings;
use crate::table::TextTable;
use crate::table::parquet::ParquetFile;
use crate::{Draft, Meta, SectorEntry};

const SOURCE: &str = "a WIOD table of release 2013 in Parquet";
/// Goods are `c1` (agriculture) to `c16` (manufacturing not elsewhere classified).
pub(super) const GOODS: usize = 16;
const FINAL: [&str; 5] = ["HFCE", "NPISH", "GGFC", "GFCF", "INVNT"];

/// Reads the file at `path`; names of sectors from `sectors.csv` beside it, where that is there.
///
/// # Errors
/// All faults of the file together.
pub fn read(archive: &dyn Archive, path: &str, naming: &Naming) -> Result<Imported, Faults> {
    let mut findings = Findings::default();
    let year = naming.year_of(path, &mut findings);
    let draft = table(archive, path, naming, year, &mut findings);
    finish(draft, findings)
}

fn table(
    archive: &dyn Archive,
    path: &str,
    naming: &Naming,
    year: i32,
    findings: &mut Findings,
) -> Option<Draft> {
    let bytes = file(archive, path, findings)?;
    let parquet = ParquetFile::open(path, bytes, findings)?;
    let names = parquet.names();
    let (mut lists, mut wanting) = ((Codes::default(), Codes::default()), Vec::new());
    for name in names {
        match name.split_once('_') {
            Some((country, code)) if !FINAL.contains(&code) => {
                lists.0.place(country);
                lists.1.place(code);
            }
            _ => wanting.push(name),
        }
    }
    if lists.0.0.is_empty() || !names.iter().any(|name| name == "node") {
        findings.push(wrong_layout(path, SOURCE, "it has no column `node` and none like `USA_c14`"));
        return None;
    }
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let listed = TextTable::read(archive, folder, "sectors", &["code", "name"], false, findings);
    let named: HashMap<String, String> =
        listed.iter().flat_map(|table| table.pairs("code", "name")).collect();
    let sector = |(at, code): (usize, &str)| {
        SectorEntry::new(code, named.get(code).map_or(code, String::as_str), at < GOODS)
    };
    let sectors = lists.1.iter().enumerate().map(sector).collect();
    let mut table = Intercountry::new(countries(&lists.0, &HashMap::new()), sectors);
    let node = |label: &str| {
        let (country, code) = label.split_once('_')?;
        Some((CountryId::new(lists.0.get(country)?), SectorId::new(lists.1.get(code)?)))
    };
    let rows = parquet.codes("node", findings)?;
    let mut sellers = Vec::with_capacity(rows.rows.len());
    for row in &rows.rows {
        let label = &rows.words[*row as usize];
        let Some(seller) = node(label) else {
            findings.push(wrong_layout(path, SOURCE, format!("the row `{label}` is no node")));
            return None;
        };
        sellers.push(seller);
    }
    for name in names.iter().filter(|name| *name != "node") {
        let buyer = node(name);
        let country = name.split_once('_').and_then(|(country, _)| lists.0.get(country)).map(CountryId::new);
        for (seller, value) in sellers.iter().zip(parquet.numbers(name, findings)?) {
            match (buyer, country) {
                (Some(buyer), _) => table.input(*seller, buyer, value),
                (None, Some(country)) => table.purchase(*seller, country, value),
                (None, None) if name == "OUT" => table.makes(*seller, value),
                (None, None) => {}
            }
        }
    }
    Some(table.draft(Meta {
        title: format!("WIOD release 2013, {year}"),
        source: "Timmer, Dietzenbacher, Los, Stehrer and de Vries (2015), World Input-Output Database".into(),
        licence: "CC BY 4.0".into(),
        ..Meta::new(&naming.name, year)
    }))
}
