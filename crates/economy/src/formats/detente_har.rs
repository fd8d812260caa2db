//! A header array file as `economy export` writes it, read back into the same accounts.
//!
//! # Layout
//! Sets `REG` and `COMM`; `GOOD` (1 for goods, 0 for services, by commodity); `TRAD` and `TARF` (commodity, from, to);
//! `INPT` (input, buyer, region), absent without input links; `FINL`, `OUTP`, `VADD` (commodity, region); one `THnn` (commodity)
//! for each set of elasticities, named in its long name.
//!
//! # What does not travel
//! The format is in single precision and has no place for what an economy says about itself: names in full, further columns,
//! political weights, currency and source stay behind. Values are taken for millions of US dollars before duty, and the first
//! set of elasticities for the default.

use diagnostic::{Diagnostic, Faults};
use terms::{Archive, Cube, Grid, Rate};

use super::har::{Content, Header, read as read_har};
use super::{Imported, Naming, file, finish, wrong_layout};
use crate::findings::Findings;
use crate::{CountryEntry, Draft, Elasticities, Inputs, Meta, SectorEntry};

const SOURCE: &str = "a header array file of `economy export`";

/// Reads the file at `path`.
///
/// # Errors
/// All faults of the file together: `missing-file`, `missing-key` for a year that nothing tells, `wrong-layout`.
pub fn read(archive: &dyn Archive, path: &str, naming: &Naming) -> Result<Imported, Faults> {
    let mut findings = Findings::default();
    let year = naming.year_of(path, &mut findings);
    let draft = file(archive, path, &mut findings).and_then(|bytes| {
        let headers = read_har(path, &bytes);
        let accounts = headers.and_then(|headers| accounts(&File { path, headers: &headers }, naming, year));
        accounts.map_err(|fault| findings.push(fault)).ok()
    });
    finish(draft, findings)
}

struct File<'a> {
    path: &'a str,
    headers: &'a [Header],
}

impl<'a> File<'a> {
    fn header(&self, name: &str) -> Option<&'a Header> {
        self.headers.iter().find(|header| header.name == name)
    }

    fn set(&self, name: &str) -> Result<&'a [String], Diagnostic> {
        match self.header(name).map(|header| &header.content) {
            Some(Content::Texts(elements)) => Ok(elements),
            _ => Err(wrong_layout(self.path, SOURCE, format!("it has no set `{name}`"))),
        }
    }

    /// The numbers of an array, the first dimension the fastest, as cubes and grids are held.
    fn array(&self, name: &str, size: usize) -> Result<Vec<f64>, Diagnostic> {
        match self.header(name).map(|header| &header.content) {
            Some(Content::Real { values, .. }) if values.len() == size => Ok(values.clone()),
            Some(Content::Real { values, .. }) => {
                let why = format!("`{name}` has {} numbers where its sets make {size}", values.len());
                Err(wrong_layout(self.path, SOURCE, why))
            }
            _ => Err(wrong_layout(self.path, SOURCE, format!("it has no array `{name}` of numbers"))),
        }
    }
}

fn accounts(file: &File<'_>, naming: &Naming, year: i32) -> Result<Draft, Diagnostic> {
    let (regions, commodities) = (file.set("REG")?, file.set("COMM")?);
    let (n, s) = (regions.len(), commodities.len());
    let good = file.array("GOOD", s)?;
    let cube =
        |name: &str| Ok::<_, Diagnostic>(filled(Cube::filled(n, s, 0.0), file.array(name, n * n * s)?));
    let grid = |name: &str| {
        let mut grid = Grid::filled(n, s, 0.0);
        grid.as_mut_slice().copy_from_slice(&file.array(name, n * s)?);
        Ok::<_, Diagnostic>(grid)
    };
    let rates = cube("TARF")?;
    let inputs = match file.header("INPT") {
        None => None,
        Some(_) => {
            let mut inputs = Inputs::none(n, s);
            inputs.as_mut_slice().copy_from_slice(&file.array("INPT", n * s * s)?);
            Some(inputs)
        }
    };
    let elasticities = elasticities(file, s)?;
    let meta = Meta {
        title: naming.name.clone(),
        source: SOURCE.into(),
        elasticity: elasticities.sets().next().map(str::to_string),
        // The file is in single precision.
        tolerance: 1e-5,
        ..Meta::new(&naming.name, year)
    };
    let sector = |(code, good): (&String, f64)| SectorEntry::new(code, code.as_str(), good > 0.5);
    Ok(Draft {
        meta,
        countries: regions.iter().map(|code| CountryEntry::new(code, code.as_str())).collect(),
        sectors: commodities.iter().zip(good).map(sector).collect(),
        trade: cube("TRAD")?,
        tariffs: Cube::from_fn(n, s, |to, from, sector| Rate::share(rates[(to, from, sector)])),
        inputs,
        final_demand: grid("FINL")?,
        output: grid("OUTP")?,
        value_added: grid("VADD")?,
        elasticities,
        weights: None,
    })
}

fn filled(mut cube: Cube<f64>, values: Vec<f64>) -> Cube<f64> {
    cube.as_mut_slice().copy_from_slice(&values);
    cube
}

/// The sets of elasticities: `trade elasticity, set NAME; -1 where silent`.
fn elasticities(file: &File<'_>, sectors: usize) -> Result<Elasticities, Diagnostic> {
    let mut found = Elasticities::none();
    for header in file.headers.iter().filter(|header| header.name.starts_with("TH")) {
        let said = header.long_name.split_once(", set ").map_or("", |(_, rest)| rest);
        let name = said.split(';').next().map(str::trim).filter(|name| !name.is_empty());
        let values = file.array(&header.name, sectors)?.into_iter();
        let values = values.map(|value| (value >= 0.0).then_some(value)).collect();
        found = found.with(name.unwrap_or(&header.name), values);
    }
    Ok(found)
}
