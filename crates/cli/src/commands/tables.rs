//! Tables in the forms that a build can be without.

use diagnostic::Diagnostic;
use scenario::sheet::Sheet;

use crate::output::Failure;

/// One table as Parquet.
///
/// # Errors
/// `unwritable-parquet`; `parquet-left-out` where the build does not write it.
#[cfg(feature = "parquet")]
pub fn parquet(sheet: &Sheet) -> Result<Vec<u8>, Failure> {
    Ok(sheet.to_parquet()?)
}

/// As above, in a build without Parquet.
#[cfg(not(feature = "parquet"))]
pub fn parquet(_: &Sheet) -> Result<Vec<u8>, Failure> {
    Err(Diagnostic::error("parquet-left-out", "this build does not write Parquet")
        .help("build with the feature `parquet`, or write CSV")
        .into())
}

/// Tables as the sheets of one workbook.
///
/// # Errors
/// `unwritable-xlsx`; `xlsx-left-out` where the build does not write workbooks.
#[cfg(feature = "xlsx")]
pub fn workbook(sheets: &[Sheet]) -> Result<Vec<u8>, Failure> {
    Ok(scenario::sheet::workbook(sheets)?)
}

/// As above, in a build without workbooks.
#[cfg(not(feature = "xlsx"))]
pub fn workbook(_: &[Sheet]) -> Result<Vec<u8>, Failure> {
    Err(Diagnostic::error("xlsx-left-out", "this build does not write workbooks")
        .help("build with the feature `xlsx`, or write CSV, Parquet or dta")
        .into())
}
