//! `rates`: every rate of two governments by its name, and the bridge between them.

use std::process::ExitCode;

use scenario::Question;
use terms::Country;

use crate::args::{Format, RatesArgs};
use crate::commands::brief::{open, set_days, set_model};
use crate::output::{Failure, json, warn};

/// Answers.
///
/// # Errors
/// Faults of the words, the record or the model.
pub fn run(asked: &RatesArgs) -> Result<ExitCode, Failure> {
    let args = &asked.pair;
    let form = args.output.form(&[Format::Text, Format::Json])?;
    let record = open(&args.record.source)?;
    warn(&record.warnings, &args.output);
    let mut question = Question::named("london-2025")?;
    question.parties = [Country::new(&args.first), Country::new(&args.second)];
    set_days(&mut question, &args.record)?;
    set_model(&mut question, &asked.model)?;
    let (rates, warnings) = scenario::rates(&question, &record, asked.between.as_deref())?;
    warn(&warnings, &args.output);
    args.output.write(&match form {
        Format::Json => json(&rates)?,
        _ => report::rates::text(&rates),
    })?;
    Ok(ExitCode::SUCCESS)
}
