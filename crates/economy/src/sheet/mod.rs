//! Tables of named columns: written as CSV, Parquet, an Excel workbook or a Stata file, read from CSV and Parquet.
//!
//! A [`Sheet`] knows nothing of economies: accounts become sheets in `export.rs`, and any other table of
//! words and numbers can.

mod csv;
mod dta;
#[cfg(feature = "parquet")]
mod parquet;
mod read;
#[cfg(feature = "xlsx")]
mod xlsx;

use std::collections::HashMap;

#[cfg(feature = "xlsx")]
pub use xlsx::workbook;

/// A table to be written: columns of one length, in order.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    name: String,
    columns: Vec<(String, Column)>,
}

/// One column.
#[derive(Debug, Clone, PartialEq)]
pub enum Column {
    /// Words: row `r` holds `words[rows[r]]`.
    Words {
        /// The distinct words, in the order in which they first come.
        words: Vec<String>,
        /// The place of each row's word.
        rows: Vec<u32>,
    },
    /// Numbers; NaN stands for a cell left empty.
    Numbers(Vec<f64>),
}

impl Column {
    /// A column of words.
    pub fn words<T: AsRef<str>>(cells: impl IntoIterator<Item = T>) -> Self {
        let (mut words, mut rows) = (Vec::new(), Vec::new());
        let mut places: HashMap<String, u32> = HashMap::new();
        for cell in cells {
            let cell = cell.as_ref();
            let place = places.get(cell).copied().unwrap_or_else(|| {
                let place = words.len() as u32;
                words.push(cell.to_owned());
                places.insert(cell.to_owned(), place);
                place
            });
            rows.push(place);
        }
        Self::Words { words, rows }
    }

    /// How many rows.
    pub fn len(&self) -> usize {
        match self {
            Self::Words { rows, .. } => rows.len(),
            Self::Numbers(numbers) => numbers.len(),
        }
    }

    /// Whether it has no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// One cell as text, as CSV shows it.
    fn cell(&self, row: usize) -> String {
        match self {
            Self::Words { words, rows } => words[rows[row] as usize].clone(),
            Self::Numbers(numbers) => number(numbers[row]),
        }
    }
}

/// The shortest text that reads back as the same number; nothing for NaN.
fn number(value: f64) -> String {
    if value.is_nan() { String::new() } else { format!("{value}") }
}

impl Sheet {
    /// A table without columns.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), columns: Vec::new() }
    }

    /// The same with one more column. A column shorter than the table is filled with empty cells, a longer
    /// one fills the others.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, column: Column) -> Self {
        self.columns.push((name.into(), column));
        let rows = self.rows();
        for (_, column) in &mut self.columns {
            match column {
                Column::Numbers(numbers) => numbers.resize(rows, f64::NAN),
                Column::Words { words, rows: places } if places.len() < rows => {
                    let empty = words.iter().position(String::is_empty).unwrap_or_else(|| {
                        words.push(String::new());
                        words.len() - 1
                    });
                    places.resize(rows, empty as u32);
                }
                Column::Words { .. } => {}
            }
        }
        self
    }

    /// Its name, which becomes the name of its file or of its sheet in a workbook.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its columns.
    pub fn columns(&self) -> &[(String, Column)] {
        &self.columns
    }

    /// How many rows.
    pub fn rows(&self) -> usize {
        self.columns.iter().map(|(_, column)| column.len()).max().unwrap_or(0)
    }
}
