//! `changes`: the turns of one importer's measures on one origin's goods, with the act behind each.

use std::process::ExitCode;

use scenario::{Entry, Record};
use terms::Country;

use crate::args::{ChangesArgs, Format};
use crate::commands::brief::open;
use crate::commands::record::days;
use crate::output::{Failure, json, warn};

/// Answers.
///
/// # Errors
/// Faults of the words or of the record; misuse when the period is reversed.
pub fn run(args: &ChangesArgs) -> Result<ExitCode, Failure> {
    let form = args.output.form(&[Format::Text, Format::Json])?;
    let record = open(&args.record.source)?;
    warn(&record.warnings, &args.output);
    if let Some(line) = &args.line {
        return of_line(args, &record, line, form);
    }
    let period = [&args.from, &args.to].map(|text| text.as_deref().map(scenario::day).transpose());
    let [from, to] = period;
    let pair = [Country::new(&args.importer), Country::new(&args.origin)];
    let changes =
        scenario::changes(&record.ledger, &pair, (from?, to?), days(&args.record, &record.ledger)?)?;
    args.output.write(&match form {
        Format::Json => json(&changes)?,
        _ => report::text::changes(&changes),
    })?;
    Ok(ExitCode::SUCCESS)
}

/// The steps of the duty on one line.
fn of_line(args: &ChangesArgs, record: &Record, line: &str, form: Format) -> Result<ExitCode, Failure> {
    let entry = Entry {
        importer: Country::new(&args.importer),
        origin: Country::new(&args.origin),
        line: line.to_string(),
        on: args.from.clone().unwrap_or_else(|| "2018-01-01".into()),
        known_on: args.record.known_on.as_deref().map(scenario::day).transpose()?,
        view: ledger::View::Collected,
        facts: args.fact.clone(),
    };
    let to = args.to.as_deref().map(scenario::day).transpose()?;
    let steps = scenario::line_changes(record, &entry, to)?;
    args.output.write(&match form {
        Format::Json => json(&steps)?,
        _ => report::text::line_changes(line, &steps),
    })?;
    Ok(ExitCode::SUCCESS)
}
