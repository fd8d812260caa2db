//! `diff`: what publication between two days changed.

use std::process::ExitCode;

use ledger::View;
use scenario::Entry;
use terms::Country;

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
    let days = [scenario::day(first)?, scenario::day(second)?];
    if let Some(line) = &args.line {
        let entry = Entry {
            importer: Country::new(&args.importer),
            origin: Country::new(&args.origin),
            line: line.clone(),
            on: String::new(),
            known_on: None,
            view: View::Collected,
            facts: Vec::new(),
        };
        let found = scenario::line_diff(&record, &entry, days)?;
        args.output.write(&match form {
            Format::Json => json(&found)?,
            _ => report::diff::line(&found),
        })?;
        return Ok(ExitCode::SUCCESS);
    }
    let diff = scenario::diff(&record.ledger, days[0], days[1])?;
    args.output.write(&match form {
        Format::Json => json(&diff)?,
        _ => report::diff::text(&diff),
    })?;
    Ok(ExitCode::SUCCESS)
}
