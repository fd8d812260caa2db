//! Public formats of world tables, one file each, named by their source.
//!
//! An archive and the path of a file or folder come in, an [`Imported`] goes out: a [`Draft`] as the source
//! states it, gaps and negative cells included, and what its reader should know. [`Draft::checked`] then says
//! what does not balance, and [`Draft::repaired`] closes it on request.
//!
//! What all the big tables share (flows between nodes, read once and never held as a matrix) is in
//! `intercountry.rs`; the layout of each is described at the head of its file.

pub mod baci;
pub mod detente_har;
pub mod eora_26;
pub mod exiobase_3;
pub mod flow_table;
pub mod gtap_har;
pub mod har;
#[cfg(feature = "parquet")]
pub mod icio_parquet;
mod intercountry;
pub mod itpd_s;
mod numbers;
pub mod oecd_icio;
#[cfg(feature = "xlsx")]
mod wiod;
#[cfg(feature = "xlsx")]
pub mod wiod_2013;
#[cfg(feature = "parquet")]
pub mod wiod_2013_parquet;
#[cfg(feature = "xlsx")]
pub mod wiod_2016;
pub mod wits;

use diagnostic::{Diagnostic, Faults, help_nearest};
use terms::Archive;

use crate::Draft;
use crate::findings::Findings;

/// What came out of a source.
#[derive(Debug, Clone, PartialEq)]
pub struct Imported {
    /// The accounts as the source states them.
    pub draft: Draft,
    /// What was left out, merged or assumed, as warnings.
    pub notes: Faults,
}

/// What a source does not say about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Naming {
    /// The name of the economy.
    pub name: String,
    /// The base year; none takes the first number from 1950 to 2100 in the file's name.
    pub year: Option<i32>,
}

impl Naming {
    /// A name, and the year from the file.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), year: None }
    }

    /// The same with a year.
    #[must_use]
    pub fn in_year(mut self, year: i32) -> Self {
        self.year = Some(year);
        self
    }

    fn year_of(&self, path: &str, findings: &mut Findings) -> i32 {
        let file = path.rsplit('/').next().unwrap_or(path);
        let digits = file.split(|letter: char| !letter.is_ascii_digit()).filter(|run| run.len() == 4);
        let written = digits.filter_map(|run| run.parse().ok()).find(|year| (1950..=2100).contains(year));
        self.year.or(written).unwrap_or_else(|| {
            let fault =
                Diagnostic::error("missing-key", format!("the name of `{path}` does not tell its year"));
            findings.push(fault.help("state the base year"));
            0
        })
    }
}

type Reader = fn(&dyn Archive, &str, &Naming) -> Result<Imported, Faults>;

/// A format that can be read.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// The name, by which commands know it.
    pub name: &'static str,
    /// What it is, and what the path points at.
    pub about: &'static str,
    reader: Reader,
}

impl Format {
    /// All formats of this build.
    pub const ALL: &[Self] = &[
        Self {
            name: "oecd-icio",
            about: "OECD Inter-Country Input-Output table, CSV, any edition",
            reader: oecd_icio::read,
        },
        #[cfg(feature = "parquet")]
        Self {
            name: "icio-parquet",
            about: "an inter-country table by node in Parquet: the folder",
            reader: icio_parquet::read,
        },
        #[cfg(feature = "xlsx")]
        Self { name: "wiod-2013", about: "WIOD release 2013, workbook of one year", reader: wiod_2013::read },
        #[cfg(feature = "parquet")]
        Self {
            name: "wiod-2013-parquet",
            about: "WIOD release 2013 by node in Parquet: the file of one year",
            reader: wiod_2013_parquet::read,
        },
        #[cfg(feature = "xlsx")]
        Self {
            name: "wiod-2016",
            about: "WIOD release 2016, workbook of one year (xlsb or xlsx)",
            reader: wiod_2016::read,
        },
        Self {
            name: "exiobase-3",
            about: "EXIOBASE 3: the folder with A.txt or Z.txt, Y.txt, unit.txt",
            reader: exiobase_3::read,
        },
        Self {
            name: "eora-26",
            about: "Eora26 of one year: the folder with T, FD and labels",
            reader: eora_26::read,
        },
        Self {
            name: "gtap-har",
            about: "GTAP base data, a header array file (classic or version 7 headers)",
            reader: gtap_har::read,
        },
        Self {
            name: "detente-har",
            about: "a header array file that `economy export` wrote",
            reader: detente_har::read,
        },
        Self {
            name: "itpd-s",
            about: "ITPD-S or ITPD-E, CSV of bilateral flows with own sales",
            reader: itpd_s::read,
        },
        Self {
            name: "baci",
            about: "CEPII BACI, CSV of bilateral flows by HS6, by chapter",
            reader: baci::read,
        },
        Self {
            name: "flow-table",
            about: "a plain CSV: importer, exporter, sector, value and, if known, rate",
            reader: flow_table::read,
        },
    ];

    /// The format of that name.
    ///
    /// # Errors
    /// `unknown-format`, with the names that exist.
    pub fn named(name: &str) -> Result<Self, Diagnostic> {
        Self::ALL.iter().find(|format| format.name == name).copied().ok_or_else(|| {
            let names: Vec<&str> = Self::ALL.iter().map(|format| format.name).collect();
            Diagnostic::error("unknown-format", format!("`{name}` is not a format that can be read"))
                .note(format!("those that can are {}", names.join(", ")))
                .help_if(help_nearest(name, names))
        })
    }

    /// Reads the accounts at `path`.
    ///
    /// # Errors
    /// All faults of the source together.
    pub fn read(&self, archive: &dyn Archive, path: &str, naming: &Naming) -> Result<Imported, Faults> {
        (self.reader)(archive, path, naming)
    }
}

/// The message that a file is not what its format promises.
fn wrong_layout(path: &str, source: &str, why: impl Into<String>) -> Diagnostic {
    Diagnostic::error("wrong-layout", format!("`{path}` is not laid out as {source}")).note(why)
}

/// The bytes of a file that must be there.
fn file(archive: &dyn Archive, path: &str, findings: &mut Findings) -> Option<Vec<u8>> {
    let bytes = crate::table::bytes(archive, path, findings)?;
    if bytes.is_none() {
        findings.push(Diagnostic::error("missing-file", format!("there is no file `{path}`")));
    }
    bytes
}

/// Ends a reading: the accounts with what was noted, or all faults.
fn finish(draft: Option<Draft>, findings: Findings) -> Result<Imported, Faults> {
    let notes = findings.finish();
    match draft {
        Some(draft) if !notes.has_errors() => Ok(Imported { draft, notes }),
        _ => Err(notes),
    }
}

/// How many sectors of a list are goods where the list runs from goods to services: all before electricity.
fn before_electricity<'a>(mut names: impl Iterator<Item = &'a str>) -> Option<usize> {
    names.position(|name| {
        let name = name.to_lowercase();
        name.starts_with("electricity") || name.starts_with("production of electricity")
    })
}
