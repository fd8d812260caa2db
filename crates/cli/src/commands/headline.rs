//! `headline`: the across-the-board duty of one importer on one origin, with its parts.

use std::process::ExitCode;

use terms::Country;

use crate::args::{Format, PairArgs};
use crate::commands::brief::open;
use crate::commands::record::days;
use crate::output::{Failure, json, warn};

/// Answers.
///
/// # Errors
/// Faults of the words or of the record.
pub fn run(args: &PairArgs) -> Result<ExitCode, Failure> {
    let form = args.output.form(&[Format::Text, Format::Json])?;
    let record = open(&args.record.source)?;
    warn(&record.warnings, &args.output);
    let importer = Country::new(&args.first);
    scenario::known_party(&record.ledger, &importer)?;
    let at = days(&args.record, &record.ledger)?.at(&record.ledger, &args.first)?;
    let headline = record.ledger.headline(&args.first, &args.second, at);
    args.output.write(&match form {
        Format::Json => json(&headline)?,
        _ => report::reasons::headline(&headline),
    })?;
    Ok(ExitCode::SUCCESS)
}
