//! `changes`: the turns of one importer's measures on one origin's goods, with the act behind each.

use std::process::ExitCode;

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
    let period = [&args.from, &args.to].map(|text| text.as_deref().map(scenario::day).transpose());
    let [from, to] = period;
    let pair = [Country::new(&args.importer), Country::new(&args.origin)];
    let changes = scenario::changes(&record.ledger, &pair, (from?, to?), days(&args.record)?)?;
    args.output.write(&match form {
        Format::Json => json(&changes)?,
        _ => report::text::changes(&changes),
    })?;
    Ok(ExitCode::SUCCESS)
}
