//! Tables from Parquet files.
//!
//! Columns are read by name through the column readers of the format, without a memory format in between:
//! codes as byte strings, numbers as doubles, floats or whole numbers, compressed with Snappy or Zstandard or
//! not at all.

use std::cell::Cell;
use std::sync::Arc;

use diagnostic::{Diagnostic, Source, help_nearest};
use parquet::basic::Type;
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::{ByteArray, DataType};
use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, SerializedFileReader};

use super::{Codes, Columns, Origin, Table};
use crate::findings::Findings;

/// How many rows are decoded at a time.
const BATCH: usize = 8192;

/// An open Parquet file.
pub(crate) struct ParquetFile {
    path: String,
    names: Vec<String>,
    reader: SerializedFileReader<bytes::Bytes>,
}

/// Why a column could not be read.
enum Unread {
    /// The file is damaged or uses what is not known here.
    Damaged(ParquetError),
    /// The column holds something else.
    OtherType(Type),
    /// A row holds nothing.
    Null(usize),
}

impl From<ParquetError> for Unread {
    fn from(error: ParquetError) -> Self {
        Self::Damaged(error)
    }
}

impl ParquetFile {
    /// Opens the bytes of a file; a fault where they are no Parquet file.
    pub fn open(path: &str, bytes: Vec<u8>, findings: &mut Findings) -> Option<Self> {
        match guarded(|| Ok(SerializedFileReader::new(bytes::Bytes::from(bytes))?)) {
            Ok(reader) => {
                let schema = reader.metadata().file_metadata().schema_descr_ptr();
                let names = schema.columns().iter().map(|column| column.path().string()).collect();
                Some(Self { path: path.to_owned(), names, reader })
            }
            Err(unread) => {
                findings.push(unread.told(path, "", ""));
                None
            }
        }
    }

    /// The names of its columns, in order; nested ones by their path.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// One column as codes; whole numbers are taken for codes too.
    pub fn codes(&self, name: &str, findings: &mut Findings) -> Option<Codes> {
        let mut codes = Codes::default();
        let read = self.column(name, |reader, row| match reader {
            ColumnReader::ByteArrayColumnReader(reader) => each(reader, row, |value: &ByteArray| {
                codes.push(value.data());
            }),
            ColumnReader::FixedLenByteArrayColumnReader(reader) => each(reader, row, |value| {
                codes.push(value.data());
            }),
            ColumnReader::Int32ColumnReader(reader) => {
                each(reader, row, |value| codes.push(value.to_string().as_bytes()))
            }
            ColumnReader::Int64ColumnReader(reader) => {
                each(reader, row, |value| codes.push(value.to_string().as_bytes()))
            }
            other => Err(Unread::OtherType(physical(&other))),
        });
        self.told(name, "a text", read, findings)?;
        Some(codes)
    }

    /// One column as finite numbers.
    pub fn numbers(&self, name: &str, findings: &mut Findings) -> Option<Vec<f64>> {
        let mut numbers: Vec<f64> = Vec::new();
        let read = self.column(name, |reader, row| match reader {
            ColumnReader::DoubleColumnReader(reader) => each(reader, row, |value| numbers.push(*value)),
            ColumnReader::FloatColumnReader(reader) => {
                each(reader, row, |value| numbers.push((*value).into()))
            }
            ColumnReader::Int32ColumnReader(reader) => {
                each(reader, row, |value| numbers.push((*value).into()))
            }
            ColumnReader::Int64ColumnReader(reader) => each(reader, row, |value| numbers.push(*value as f64)),
            other => Err(Unread::OtherType(physical(&other))),
        });
        self.told(name, "a number", read, findings)?;
        Some(numbers)
    }

    fn column(
        &self,
        name: &str,
        mut read: impl FnMut(ColumnReader, &mut usize) -> Result<(), Unread>,
    ) -> Result<(), Unread> {
        let at = self.names.iter().position(|column| column == name);
        let Some(at) = at else {
            return Err(Unread::Damaged(ParquetError::General(format!("no column `{name}`"))));
        };
        guarded(|| {
            let mut row = 0;
            for group in 0..self.reader.num_row_groups() {
                let reader = self.reader.get_row_group(group)?.get_column_reader(at)?;
                read(reader, &mut row)?;
            }
            Ok(())
        })
    }

    fn told(
        &self,
        name: &str,
        wanted: &str,
        read: Result<(), Unread>,
        findings: &mut Findings,
    ) -> Option<()> {
        read.map_err(|unread| findings.push(unread.told(&self.path, name, wanted))).ok()
    }
}

impl Unread {
    /// The message, about the column `name` of the file at `path` that should have held `wanted`.
    fn told(self, path: &str, name: &str, wanted: &str) -> Diagnostic {
        match self {
            Self::Damaged(error) => {
                Diagnostic::error("unreadable-parquet", format!("`{path}` cannot be read as Parquet"))
                    .note(error.to_string())
                    .help(
                        "write it again, with Snappy, Zstandard or no compression; or give the table as CSV",
                    )
            }
            Self::OtherType(found) => Diagnostic::error(
                "wrong-column-type",
                format!("the column `{name}` of `{path}` is {found}, not {wanted}"),
            )
            .help("codes are strings; values are DOUBLE, FLOAT, INT32 or INT64"),
            Self::Null(row) => {
                let source = Source::new(path, format!("row {}: {name} is empty", row + 1));
                let place = source.at(0..source.text().len());
                Diagnostic::error("not-a-number", format!("the column `{name}` of `{path}` has gaps"))
                    .at(place, format!("{wanted} belongs here"))
                    .help("leave a row out for zero")
            }
        }
    }
}

/// Runs a reading in which the decoders of a damaged file may panic: some counts and places in a file are
/// trusted by them, and a fault of the file is to be told like any other.
fn guarded<T>(read: impl FnOnce() -> Result<T, Unread>) -> Result<T, Unread> {
    let unwound = |_| Err(Unread::Damaged(ParquetError::General("its pages contradict its header".into())));
    DECODING.set(true);
    let read = std::panic::catch_unwind(std::panic::AssertUnwindSafe(read)).unwrap_or_else(unwound);
    DECODING.set(false);
    read
}

thread_local! {
    static DECODING: Cell<bool> = const { Cell::new(false) };
}

/// Whether this thread is decoding a file of which a panic will be told as a fault, so that a door's panic hook can
/// keep silent.
pub(crate) fn is_decoding() -> bool {
    DECODING.get()
}

/// Hands every value of one chunk on, in order. `row` counts the rows of all chunks.
fn each<T: DataType>(
    mut reader: ColumnReaderImpl<T>,
    row: &mut usize,
    mut take: impl FnMut(&T::T),
) -> Result<(), Unread> {
    let (mut values, mut levels) = (Vec::with_capacity(BATCH), Vec::with_capacity(BATCH));
    loop {
        values.clear();
        levels.clear();
        let (records, read, _) = reader.read_records(BATCH, Some(&mut levels), None, &mut values)?;
        if records == 0 {
            return Ok(());
        }
        if read < records {
            let empty = levels.iter().position(|level| *level == 0).unwrap_or(0);
            return Err(Unread::Null(*row + empty));
        }
        *row += records;
        values.iter().for_each(&mut take);
    }
}

fn physical(reader: &ColumnReader) -> Type {
    match reader {
        ColumnReader::BoolColumnReader(_) => Type::BOOLEAN,
        ColumnReader::Int32ColumnReader(_) => Type::INT32,
        ColumnReader::Int64ColumnReader(_) => Type::INT64,
        ColumnReader::Int96ColumnReader(_) => Type::INT96,
        ColumnReader::FloatColumnReader(_) => Type::FLOAT,
        ColumnReader::DoubleColumnReader(_) => Type::DOUBLE,
        ColumnReader::ByteArrayColumnReader(_) => Type::BYTE_ARRAY,
        ColumnReader::FixedLenByteArrayColumnReader(_) => Type::FIXED_LEN_BYTE_ARRAY,
    }
}

/// A table of codes and numbers.
pub(super) fn table(
    path: &str,
    bytes: Vec<u8>,
    columns: Columns<'_>,
    findings: &mut Findings,
) -> Option<Table> {
    let file = ParquetFile::open(path, bytes, findings)?;
    let header = file.names();
    let wanted = columns.codes.iter().chain(columns.numbers);
    let absent: Vec<&&str> = wanted.filter(|name| !header.iter().any(|column| column == **name)).collect();
    for name in &absent {
        let fault = Diagnostic::error("missing-column", format!("`{path}` has no column `{name}`"))
            .note(format!("its columns are {}", header.join(", ")));
        findings.push(fault.help_if(help_nearest(name, header.iter().map(String::as_str))));
    }
    if !absent.is_empty() {
        return None;
    }
    let codes: Vec<_> = columns.codes.iter().map(|name| file.codes(name, findings)).collect();
    let numbers: Vec<_> = columns.numbers.iter().map(|name| file.numbers(name, findings)).collect();
    let spare = columns.spare.iter().map(|name| match header.iter().any(|column| column == name) {
        true => file.numbers(name, findings),
        false => None,
    });
    let spare: Vec<_> = spare.collect();
    let codes: Vec<Codes> = codes.into_iter().collect::<Option<_>>()?;
    let numbers: Vec<Vec<f64>> = numbers.into_iter().collect::<Option<_>>()?;
    let rows = codes.first().map_or(0, |column| column.rows.len());
    let names = columns.codes.iter().chain(columns.numbers).map(|name| (*name).to_owned());
    let table = Table {
        rows,
        codes,
        numbers,
        spare,
        origin: Origin::Rows { path: Arc::from(path), names: names.collect() },
    };
    for (name, column) in columns.numbers.iter().zip(&table.numbers) {
        for (row, value) in column.iter().enumerate().filter(|(_, value)| !value.is_finite()) {
            let fault = Diagnostic::error("not-a-number", format!("`{value}` in the column `{name}`"))
                .at(table.place(row, name), "a finite number belongs here");
            findings.push(fault);
        }
    }
    Some(table)
}
