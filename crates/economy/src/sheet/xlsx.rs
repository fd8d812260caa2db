//! Tables as one Excel workbook, a sheet each.

use diagnostic::Diagnostic;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

use super::{Column, Sheet};

/// The rows of a sheet of Excel, header included.
const ROWS: usize = 1_048_576;

/// The tables as the bytes of a `.xlsx` file: one sheet each under its name, header in bold and frozen. The
/// workbook's date is a fixed one, so equal tables give equal bytes.
///
/// # Errors
/// `unwritable-xlsx` when a table has more rows than a sheet of Excel, or a name that Excel refuses.
pub fn workbook(sheets: &[Sheet]) -> Result<Vec<u8>, Diagnostic> {
    if let Some(long) = sheets.iter().find(|sheet| sheet.rows() + 1 > ROWS) {
        let message =
            format!("the table `{}` has {} rows; a sheet of Excel holds 1,048,575", long.name, long.rows());
        return Err(Diagnostic::error("unwritable-xlsx", message).help("write it as CSV or Parquet"));
    }
    write(sheets).map_err(|error| {
        Diagnostic::error("unwritable-xlsx", "the workbook cannot be written").note(error.to_string())
    })
}

fn write(sheets: &[Sheet]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let date = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&date));
    let bold = Format::new().set_bold();
    for sheet in sheets {
        let page = workbook.add_worksheet();
        page.set_name(sheet.name.chars().take(31).collect::<String>())?;
        page.set_freeze_panes(1, 0)?;
        for (at, (name, column)) in sheet.columns.iter().enumerate() {
            let at = at as u16;
            page.write_string_with_format(0, at, name, &bold)?;
            for row in 0..column.len() {
                let to = row as u32 + 1;
                match column {
                    Column::Words { words, rows } => {
                        let word = &words[rows[row] as usize];
                        if !word.is_empty() {
                            page.write_string(to, at, word)?;
                        }
                    }
                    Column::Numbers(numbers) if numbers[row].is_finite() => {
                        page.write_number(to, at, numbers[row])?;
                    }
                    Column::Numbers(_) => {}
                }
            }
        }
    }
    workbook.save_to_buffer()
}
