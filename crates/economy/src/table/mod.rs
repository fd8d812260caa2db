//! A table of named columns, whatever file it lies in.
//!
//! Columns of codes are held as their distinct words and a place for each row; columns of numbers as numbers.
//! The same table is read from CSV and from Parquet, so what follows knows neither.

mod csv;
#[cfg(feature = "parquet")]
pub(crate) mod parquet;

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
    /// For each word, the one that followed it last.
    follower: Vec<u32>,
}

impl Codes {
    /// Adds a row: a code in bytes, white space around it not counted.
    pub fn push(&mut self, word: &[u8]) {
        // Tables run through their codes in some order again and again, so the word that came after the last
        // one before is the first guess; looking words up by hash would take most of the time of reading.
        let last = self.rows.last().map(|last| *last as usize);
        let guess = last.map(|last| self.follower[last]);
        let guess = guess.filter(|guess| self.words[*guess as usize].as_bytes() == word);
        let place = guess.unwrap_or_else(|| self.place(String::from_utf8_lossy(word).trim()));
        if let Some(last) = last {
            self.follower[last] = place;
        }
        self.rows.push(place);
    }

    fn place(&mut self, word: &str) -> u32 {
        if let Some(place) = self.places.get(word) {
            return *place;
        }
        let place = self.words.len() as u32;
        self.words.push(word.to_owned());
        self.follower.push(place);
        self.places.insert(word.to_owned(), place);
        place
    }
}

/// Where a table came from, to say where a fault is.
#[derive(Debug)]
enum Origin {
    /// A text, with the first byte of each row.
    Text { source: Source, starts: Vec<usize> },
    /// A file of rows without text, with the names of its columns, codes first.
    #[cfg(feature = "parquet")]
    Rows { path: std::sync::Arc<str>, names: Vec<String> },
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
        let (csv, parquet) = (join(folder, &format!("{stem}.csv")), join(folder, &format!("{stem}.parquet")));
        let source = text(archive, &csv, findings)?;
        let bytes = bytes(archive, &parquet, findings)?;
        match (source, bytes) {
            (Some(_), Some(_)) => {
                let message = format!("the table `{stem}` is there twice: `{csv}` and `{parquet}`");
                findings.push(Diagnostic::error("two-tables", message).help("leave one of the files out"));
                None
            }
            (Some(source), None) => Self::from_csv(&source, columns, findings),
            (None, Some(bytes)) => Self::from_parquet(&parquet, bytes, columns, findings),
            (None, None) => {
                if required {
                    findings.push(missing_file(folder, stem));
                }
                None
            }
        }
    }

    /// Reads the bytes of a Parquet file.
    #[cfg(feature = "parquet")]
    pub fn from_parquet(
        path: &str,
        bytes: Vec<u8>,
        columns: Columns<'_>,
        findings: &mut Findings,
    ) -> Option<Self> {
        parquet::table(path, bytes, columns, findings)
    }

    /// Says that this build reads no Parquet file.
    #[cfg(not(feature = "parquet"))]
    pub fn from_parquet(path: &str, _: Vec<u8>, _: Columns<'_>, findings: &mut Findings) -> Option<Self> {
        findings.push(
            Diagnostic::error(
                "parquet-left-out",
                format!("`{path}` is Parquet, which this build does not read"),
            )
            .help("build with the feature `parquet`, or give the table as CSV"),
        );
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
            #[cfg(feature = "parquet")]
            Origin::Rows { path, names } => {
                let codes = self.codes.iter().map(|codes| codes.words[codes.rows[row] as usize].clone());
                let numbers = self.numbers.iter().map(|numbers| numbers[row].to_string());
                let cells: Vec<String> = codes.chain(numbers).collect();
                let from = format!("row {}: ", row + 1).len();
                let source = Source::new(path, format!("row {}: {}", row + 1, cells.join(",")));
                let mut at = from;
                for (name, cell) in names.iter().zip(&cells) {
                    if name == column {
                        return source.at(at..at + cell.len());
                    }
                    at += cell.len() + 1;
                }
                source.at(from..source.text().len())
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

    /// Reads a text.
    pub fn from_csv(source: &Source, columns: &[&str], findings: &mut Findings) -> Option<Self> {
        csv::text_table(source, columns, findings)
    }

    /// The cells of two columns, row by row; nothing where one of them is not there.
    pub fn pairs<'a>(&'a self, from: &str, to: &str) -> impl Iterator<Item = (String, String)> + use<'a> {
        let columns = self.column(from).zip(self.column(to));
        let pair = move |row: &'a Vec<String>| columns.map(|(a, b)| (row[a].clone(), row[b].clone()));
        self.rows.iter().filter_map(pair)
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

/// A file's bytes. The outer `None`: it is there and cannot be read, which `findings` tells; the inner: it is
/// not there.
pub(crate) fn bytes(archive: &dyn Archive, path: &str, findings: &mut Findings) -> Option<Option<Vec<u8>>> {
    match archive.read(path) {
        Ok(bytes) => Some(bytes.map(std::borrow::Cow::into_owned)),
        Err(error) => {
            findings.push(Diagnostic::error("unreadable-file", error.to_string()));
            None
        }
    }
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
