//! `reconcile`: why another tracker's numbers differ from ours.

use std::process::ExitCode;

use diagnostic::{Diagnostic, Faults, Source};
use terms::Country;

use crate::args::{Format, ReconcileArgs};
use crate::commands::brief::open;
use crate::output::{Failure, json, warn};

/// Answers.
///
/// # Errors
/// Faults of the series or of the record.
pub fn run(args: &ReconcileArgs) -> Result<ExitCode, Failure> {
    let form = args.output.form(&[Format::Text, Format::Json])?;
    let text = std::fs::read_to_string(&args.series).map_err(|error| {
        let fault = Diagnostic::error("unreadable-file", format!("{}: {error}", args.series.display()));
        Faults::from(fault.help("give the path of a CSV file with columns `date` and `rate`"))
    })?;
    let name = args.series.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let record = open(&args.source)?;
    warn(&record.warnings, &args.output);
    let parties = [Country::new(&args.importer), Country::new(&args.exporter)];
    let known_on = args.known_on.as_deref().map(scenario::day).transpose()?;
    let series = Source::new(name, text);
    let (found, warnings) =
        scenario::reconcile(&record, &series, [&parties[0], &parties[1]], known_on, args.tolerance)?;
    warn(&warnings, &args.output);
    args.output.write(&match form {
        Format::Json => json(&found)?,
        _ => report::reconcile::text(&found),
    })?;
    Ok(ExitCode::SUCCESS)
}
