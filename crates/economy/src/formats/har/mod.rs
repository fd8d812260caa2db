//! Header array files of GEMPACK: read and written.
//!
//! # Layout
//! A sequence of records, each between two copies of its length (32 bits, little-endian). An array is a record
//! of its name (four letters), a record of kind, storage, long name and sizes, then records of content:
//!
//! | kind | content |
//! |---|---|
//! | `1C` | texts of one width |
//! | `2I`, `2R` | whole or real numbers by block, columns first |
//! | `RE` | up to seven dimensions with sets: one record of set names, one of elements for each distinct set, then reals in full (`FULL`) or those that are not zero with their places (`SPSE`) |
//! | `RL` | the same without sets |
//!
//! Every record of content begins with four spaces and counts down to one. Reals are single precision, and
//! arrays run over their first dimension fastest.
//! # Source
//! Layout as in the files that GEMPACK's ViewHAR writes; Harrison and Pearson (1996), *Computational Economics*
//! 9, for the program.

mod read;
mod write;

pub use read::read;
pub use write::write;

/// The widest element of a set.
const ELEMENT: usize = 12;

/// One array of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Header {
    /// Its name: up to four letters.
    pub name: String,
    /// Its long name.
    pub long_name: String,
    /// What it holds.
    pub content: Content,
}

/// What an array holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// Texts.
    Texts(Vec<String>),
    /// Whole numbers, `rows × columns`, first dimension fastest.
    Whole {
        /// The two sizes.
        shape: [usize; 2],
        /// The numbers.
        values: Vec<i32>,
    },
    /// Real numbers, first dimension fastest.
    Real {
        /// The name of the coefficient, where the file has one.
        coefficient: String,
        /// The dimensions, first the fastest.
        dimensions: Vec<Dimension>,
        /// The numbers.
        values: Vec<f64>,
    },
}

/// One dimension of an array.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dimension {
    /// The name of its set; empty where there is none.
    pub set: String,
    /// How many elements.
    pub size: usize,
    /// The elements of the set, where the file lists them.
    pub elements: Vec<String>,
}
