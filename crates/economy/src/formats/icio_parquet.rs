//! An inter-country table by node, as a folder of Parquet files.
//!
//! # Layout
//! | file | columns |
//! |---|---|
//! | `z.parquet` | `node`, then one column for each buying node; rows are selling nodes, `USA_C26` |
//! | `final_demand.parquet` | `node`, then one column for each country |
//! | `nodes.parquet` | `node`, `country`, `sector`, `output`, `value_added` |
//! | `tariffs.parquet` | `importer`, `exporter`, `sector`, `rate`; optional |
//! | `countries.csv`, `sectors.csv` | as in an economy folder |
//!
//! This is how OECD ICIO 2022 (edition 2025) is put together from its compact carriers.
//! # Units
//! Thousand US dollars, basic prices.

use std::collections::HashMap;

use diagnostic::{Diagnostic, Faults};
use terms::{Archive, CountryId, SectorId};

use super::intercountry::{Intercountry, Node};
use super::{Imported, Naming, file, finish, wrong_layout};
use crate::findings::Findings;
use crate::read::{Cells, read_countries, read_sectors};
use crate::table::join;
use crate::table::parquet::ParquetFile;
use crate::{Draft, Meta, Unit};

const SOURCE: &str = "an inter-country table in Parquet";

/// Reads the folder at `path`.
///
/// # Errors
/// All faults of the folder together.
pub fn read(archive: &dyn Archive, path: &str, naming: &Naming) -> Result<Imported, Faults> {
    let mut findings = Findings::default();
    let year = naming.year_of(path, &mut findings);
    let draft = folder(archive, path, naming, year, &mut findings);
    finish(draft, findings)
}

fn folder(
    archive: &dyn Archive,
    path: &str,
    naming: &Naming,
    year: i32,
    findings: &mut Findings,
) -> Option<Draft> {
    let countries = read_countries(archive, path, findings);
    let sectors = read_sectors(archive, path, findings);
    let (countries, sectors) = (countries?, sectors?);
    let mut nodes: HashMap<String, Node> = HashMap::new();
    for (n, country) in countries.iter().enumerate() {
        for (s, sector) in sectors.iter().enumerate() {
            nodes.insert(format!("{}_{}", country.code, sector.code), (CountryId::new(n), SectorId::new(s)));
        }
    }
    let mut open = |name: &str| {
        let path = join(path, name);
        file(archive, &path, findings).and_then(|bytes| ParquetFile::open(&path, bytes, findings))
    };
    let (z, finals, stated) = (open("z.parquet"), open("final_demand.parquet"), open("nodes.parquet"));
    let (z, finals, stated) = (z?, finals?, stated?);
    let mut table = Intercountry::new(countries.clone(), sectors.clone());

    let sellers = rows(&z, path, &nodes, findings)?;
    for column in z.names().iter().filter(|name| *name != "node") {
        let Some(buyer) = nodes.get(column) else {
            findings.push(unknown(path, "z.parquet", column));
            continue;
        };
        for (seller, value) in sellers.iter().zip(z.numbers(column, findings)?) {
            table.input(*seller, *buyer, value);
        }
    }
    let sellers = rows(&finals, path, &nodes, findings)?;
    for column in finals.names().iter().filter(|name| *name != "node") {
        let Some(buyer) = countries.iter().position(|entry| entry.code == **column) else {
            findings.push(unknown(path, "final_demand.parquet", column));
            continue;
        };
        for (seller, value) in sellers.iter().zip(finals.numbers(column, findings)?) {
            table.purchase(*seller, CountryId::new(buyer), value);
        }
    }
    let makers = rows(&stated, path, &nodes, findings)?;
    for (maker, value) in makers.iter().zip(stated.numbers("output", findings)?) {
        table.makes(*maker, value);
    }
    let mut draft = table.draft(Meta {
        title: format!("{} economies, {} industries, {year}", countries.len(), sectors.len()),
        unit: Unit::Thousand,
        source: "OECD, Inter-Country Input-Output Tables".into(),
        licence: "OECD data: attribution".into(),
        ..Meta::new(&naming.name, year)
    });
    if matches!(archive.read(&join(path, "tariffs.parquet")), Ok(Some(_))) {
        draft.tariffs = Cells::new(archive, path, &countries, &sectors, findings).tariffs()?;
    }
    Some(draft)
}

/// The nodes of the rows.
fn rows(
    file: &ParquetFile,
    path: &str,
    nodes: &HashMap<String, Node>,
    findings: &mut Findings,
) -> Option<Vec<Node>> {
    let codes = file.codes("node", findings)?;
    let node = |word: &String| {
        let node = nodes.get(word).copied();
        if node.is_none() {
            findings.push(unknown(path, "the rows", word));
        }
        node
    };
    let known: Option<Vec<Node>> = codes.words.iter().map(node).collect();
    let known = known?;
    Some(codes.rows.iter().map(|row| known[*row as usize]).collect())
}

fn unknown(path: &str, file: &str, word: &str) -> Diagnostic {
    let why = format!("{file} name `{word}`, which is no node of `countries.csv` and `sectors.csv`");
    wrong_layout(path, SOURCE, why)
}
