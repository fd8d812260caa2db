//! A table of named columns, whatever file it lies in.
//!
//! Columns of codes are held as their distinct words and a place for each row; columns of numbers as numbers.
//! The same table is read from CSV and from Parquet, so what follows knows neither.

mod csv;

use std::collections::HashMap;

use diagnostic::{Diagnostic, Place, Source, help_nearest};
use terms::Archive;

use crate::findings::Findings;

/// Which columns a table must have, by kind; `spare` are numbers that may be absent.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Columns<'a> {
    pub codes: &'a [&'a str],
    pub numbers: &'a [&'a str],
    pub spare: &'a [&'a str],
}

/// A table read: `codes`, `numbers` and `spare` in the order asked for.
#[derive(Debug)]
pub(crate) struct Table {
    pub rows: usize,
    pub codes: Vec<Codes>,
    pub numbers: Vec<Vec<f64>>,
    pub spare: Vec<Option<Vec<f64>>>,
    origin: Origin,
}

/// A column of codes: row `r` holds `words[rows[r]]`.
#[derive(Debug, Default)]
pub(crate) struct Codes {
    pub words: Vec<String>,
    pub rows: Vec<u32>,
    places: HashMap<String, u32>,
}

impl Codes {
    /// Adds a row.
    pub fn push(&mut self, word: &str) {
        // Tables are sorted more often than not: the word of the row above comes first.
        let same = self.rows.last().filter(|last| self.words[**last as usize] == word).copied();
        let place = same.or_else(|| self.places.get(word).copied()).unwrap_or_else(|| {
            let place = self.words.len() as u32;
            self.words.push(word.to_owned());
            self.places.insert(word.to_owned(), place);
            place
        });
        self.rows.push(place);
    }
}

/// Where a table came from, to say where a fault is.
#[derive(Debug)]
enum Origin {
    /// A text, with the first byte of each row.
    Text { source: Source, starts: Vec<usize> },
}

impl Table {
    /// Reads the table `stem` of `folder`, from `stem.csv` or `stem.parquet`, whichever is there; none where
    /// neither is or the file has no usable columns, which `findings` then tells (absence only if `required`).
    pub fn read(
        archive: &dyn Archive,
        folder: &str,
        stem: &str,
        columns: Columns<'_>,
        required: bool,
        findings: &mut Findings,
    ) -> Option<Self> {
        let path = join(folder, &format!("{stem}.csv"));
        if let Some(source) = text(archive, &path, findings)? {
            return Self::from_csv(&source, columns, findings);
        }
        if required {
            findings.push(missing_file(folder, stem));
        }
        None
    }

    /// Reads a text of comma-separated values.
    pub fn from_csv(source: &Source, columns: Columns<'_>, findings: &mut Findings) -> Option<Self> {
        csv::table(source, columns, findings)
    }

    /// Where the cell in `row` and the column named `column` lies.
    pub fn place(&self, row: usize, column: &str) -> Place {
        match &self.origin {
            Origin::Text { source, starts } => {
                source.at(csv::cell(source.text(), starts.get(row).copied().unwrap_or(0), column))
            }
        }
    }

    /// The place in a list of each word of a column of codes; a word the list does not have is a fault.
    pub fn places(
        &self,
        column: (usize, &str),
        code: &'static str,
        what: &str,
        known: &HashMap<&str, usize>,
        findings: &mut Findings,
    ) -> Vec<Option<usize>> {
        let (at, name) = column;
        let codes = &self.codes[at];
        let find = |(place, word): (usize, &String)| {
            let found = known.get(word.as_str()).copied();
            if found.is_none() {
                let row = codes.rows.iter().position(|row| *row as usize == place).unwrap_or(0);
                let fault = Diagnostic::error(code, format!("`{word}` is not a {what} of this economy"))
                    .at(self.place(row, name), format!("no {what} has this code here"));
                findings.push(fault.help_if(help_nearest(word, known.keys().copied())));
            }
            found
        };
        codes.words.iter().enumerate().map(find).collect()
    }
}

/// A small table all of whose columns are wanted, as text: `countries.csv`, `sectors.csv`,
/// `elasticities.csv`.
#[derive(Debug)]
pub(crate) struct TextTable {
    pub header: Vec<String>,
    pub rows: Vec<Vec<String>>,
    source: Source,
    starts: Vec<usize>,
}

impl TextTable {
    /// Reads `stem.csv` of `folder`, which must have `columns`; none where it is absent or lacks one.
    pub fn read(
        archive: &dyn Archive,
        folder: &str,
        stem: &str,
        columns: &[&str],
        required: bool,
        findings: &mut Findings,
    ) -> Option<Self> {
        let path = join(folder, &format!("{stem}.csv"));
        match text(archive, &path, findings)? {
            Some(source) => csv::text_table(&source, columns, findings),
            None => {
                if required {
                    findings.push(missing_file(folder, stem));
                }
                None
            }
        }
    }

    /// The place of a column in the header.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|column| column == name)
    }

    /// Where the cell in `row` and the column named `column` lies.
    pub fn place(&self, row: usize, column: &str) -> Place {
        self.source.at(csv::cell(self.source.text(), self.starts.get(row).copied().unwrap_or(0), column))
    }

    /// The header, as a place.
    pub fn head(&self) -> Place {
        self.source.at(0..self.source.text().lines().next().map_or(0, str::len))
    }
}

/// A path inside an archive.
pub(crate) fn join(folder: &str, file: &str) -> String {
    if folder.is_empty() { file.to_owned() } else { format!("{folder}/{file}") }
}

/// A file as text. The outer `None`: it is there and cannot be read, which `findings` tells; the inner: it is
/// not there.
pub(crate) fn text(archive: &dyn Archive, path: &str, findings: &mut Findings) -> Option<Option<Source>> {
    let bytes = match archive.read(path) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => return Some(None),
        Err(error) => {
            findings.push(Diagnostic::error("unreadable-file", error.to_string()));
            return None;
        }
    };
    // Spreadsheets like to begin a text with a mark of its byte order, which no name of a column has.
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(Some(Source::new(path, text))),
        Err(error) => {
            let clean = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
            let source = Source::new(path, &*clean);
            let fault = Diagnostic::error("not-utf8", format!("`{path}` is not a text in UTF-8"))
                .at(source.at(clean.len()..clean.len()), "the first byte that is not follows here")
                .help("save the table as `CSV UTF-8`");
            findings.push(fault);
            None
        }
    }
}

fn missing_file(folder: &str, stem: &str) -> Diagnostic {
    let folder = if folder.is_empty() { "the folder" } else { folder };
    Diagnostic::error("missing-file", format!("`{folder}` has no table `{stem}`"))
        .help(format!("add `{stem}.csv`; a table without entries is its header alone"))
}
