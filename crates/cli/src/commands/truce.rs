//! `truce`: which day it is, what a lapse returns, and whether the truce enforces itself.

use std::process::ExitCode;

use scenario::{Question, SelfEnforcement, Truce};
use serde::Serialize;

use crate::args::{Format, TruceArgs};
use crate::commands::brief::{open, set_days};
use crate::output::{Failure, json, warn};

#[derive(Serialize)]
struct Answer<'a> {
    on: terms::Day,
    known_on: Option<terms::Day>,
    truce: &'a Option<Truce>,
    self_enforcement: &'a Option<SelfEnforcement>,
}

/// Answers; exit code 1 when no truce holds the day.
///
/// # Errors
/// Faults of the words, the record or the model.
pub fn run(args: &TruceArgs) -> Result<ExitCode, Failure> {
    let form = args.output.form(&[Format::Text, Format::Json])?;
    let record = open(&args.record.source)?;
    let mut question = Question::named(&args.scenario)?;
    set_days(&mut question, &args.record)?;
    question.truce.agreement.clone_from(&args.agreement);
    let (brief, warnings) = scenario::brief(&question, &record)?;
    warn(&warnings, &args.output);
    args.output.write(&match form {
        Format::Json => json(&Answer {
            on: brief.account.on,
            known_on: brief.account.known_on,
            truce: &brief.account.truce,
            self_enforcement: &brief.self_enforcement,
        })?,
        _ => report::text::truce(&brief),
    })?;
    Ok(if brief.account.truce.is_some() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}
