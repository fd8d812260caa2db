//! A table as a Parquet file.

use std::sync::Arc;

use diagnostic::Diagnostic;
use parquet::basic::{Compression, ConvertedType, LogicalType, Repetition, Type as Physical, ZstdLevel};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;

use super::{Column, Sheet};

impl Sheet {
    /// The table as Parquet: strings by dictionary and doubles, compressed with Zstandard, one row group.
    ///
    /// # Errors
    /// `unwritable-parquet`, with what the writer said.
    pub fn to_parquet(&self) -> Result<Vec<u8>, Diagnostic> {
        self.parquet().map_err(|error| {
            let message = format!("the table `{}` cannot be written as Parquet", self.name);
            Diagnostic::error("unwritable-parquet", message).note(error.to_string())
        })
    }

    fn parquet(&self) -> Result<Vec<u8>, ParquetError> {
        let mut fields = Vec::with_capacity(self.columns.len());
        for (name, column) in &self.columns {
            let field = match column {
                Column::Words { .. } => Type::primitive_type_builder(name, Physical::BYTE_ARRAY)
                    .with_converted_type(ConvertedType::UTF8)
                    .with_logical_type(Some(LogicalType::String)),
                Column::Numbers(_) => Type::primitive_type_builder(name, Physical::DOUBLE),
            };
            fields.push(Arc::new(field.with_repetition(Repetition::REQUIRED).build()?));
        }
        let schema = Arc::new(Type::group_type_builder("table").with_fields(fields).build()?);
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::try_new(9)?))
            .set_created_by("detente".into())
            .build();
        let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties))?;
        let mut group = writer.next_row_group()?;
        for (_, column) in &self.columns {
            let Some(mut to) = group.next_column()? else { break };
            match column {
                Column::Words { words, rows } => {
                    let words: Vec<ByteArray> =
                        words.iter().map(|word| ByteArray::from(word.as_str())).collect();
                    let cells: Vec<ByteArray> = rows.iter().map(|row| words[*row as usize].clone()).collect();
                    to.typed::<ByteArrayType>().write_batch(&cells, None, None)?;
                }
                Column::Numbers(numbers) => {
                    to.typed::<DoubleType>().write_batch(numbers, None, None)?;
                }
            }
            to.close()?;
        }
        group.close()?;
        writer.into_inner()
    }
}
