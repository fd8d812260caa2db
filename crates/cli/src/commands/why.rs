//! `why`: the duty on one entry, step by step.

use std::process::ExitCode;

use ledger::View;
use scenario::Entry;
use terms::Country;

use crate::args::{Format, LegalView, WhyArgs};
use crate::commands::brief::open;
use crate::output::{Failure, json, warn};

/// Answers.
///
/// # Errors
/// Faults of the question or of the record; two rules that clash.
pub fn run(args: &WhyArgs) -> Result<ExitCode, Failure> {
    let form = args.output.form(&[Format::Text, Format::Json])?;
    let record = open(&args.record.source)?;
    warn(&record.warnings, &args.output);
    let entry = Entry {
        importer: Country::new(&args.importer),
        origin: Country::new(&args.origin),
        line: args.line.clone(),
        on: match &args.record.on {
            Some(on) => on.clone(),
            None => super::record::days(&args.record, &record.ledger)?.on.to_string(),
        },
        known_on: args.record.known_on.as_deref().map(scenario::day).transpose()?,
        view: match args.view {
            LegalView::Collected => View::Collected,
            LegalView::Lawful => View::Lawful,
            LegalView::Printed => View::Printed,
        },
        facts: args.fact.clone(),
    };
    let answer = scenario::why(&record, &entry)?;
    args.output.write(&match form {
        Format::Json => json(&answer)?,
        _ => report::reasons::text(&answer),
    })?;
    Ok(ExitCode::SUCCESS)
}
