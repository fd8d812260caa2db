//! `diff`: what publication between two days changed.

use std::process::ExitCode;

use crate::args::{DiffArgs, Format};
use crate::commands::brief::open;
use crate::output::{Failure, json, warn};

/// Answers.
///
/// # Errors
/// Faults of the words or of the record; misuse when there are not two days.
pub fn run(args: &DiffArgs) -> Result<ExitCode, Failure> {
    let form = args.output.form(&[Format::Text, Format::Json])?;
    let [first, second] = args.known_on.as_slice() else {
        return Err(Failure::Misuse("`diff` compares two days: give `--known-on` twice".into()));
    };
    let record = open(&args.source)?;
    warn(&record.warnings, &args.output);
    let diff = scenario::diff(&record.ledger, scenario::day(first)?, scenario::day(second)?)?;
    args.output.write(&match form {
        Format::Json => json(&diff)?,
        _ => report::reasons::diff(&diff),
    })?;
    Ok(ExitCode::SUCCESS)
}
