//! `play`: rules against rules, month after month.

use std::process::ExitCode;

use scenario::{HistoryOf, PlayQuestion};
use terms::Rate;

use crate::args::{Format, HistoryWord, PlayArgs};
use crate::commands::games::{drawn_html, drawn_svg};
use crate::output::{Failure, json, warn};

/// Answers.
///
/// # Errors
/// Faults of the economy or the sides.
pub fn run(args: &PlayArgs) -> Result<ExitCode, Failure> {
    let drawn = [Format::Text, Format::Json, Format::Csv, Format::Html, Format::Svg];
    let form = args.output.form(&drawn)?;
    let days = [scenario::day(&args.from)?, scenario::day(&args.to)?];
    let record = match args.fit || args.observed {
        true => Some(scenario::Record::open(None, &[])?),
        false => None,
    };
    let question = PlayQuestion {
        economy: args.model.economy_or_default(),
        options: args.model.options(),
        sides: [args.first.clone(), args.second.clone()],
        levels: args.levels.iter().map(|points| Rate::percent(*points)).collect(),
        months: args.months as usize,
        lag: args.lag as usize,
        noise: args.noise,
        false_claims: args.false_claims,
        missed: args.missed,
        seed: args.seed,
        path: args.path.clone(),
        wants: args.wants.wants()?,
        observed: args.observed.then_some(days),
    };
    if let (true, Some(record)) = (args.fit, &record) {
        let history = match args.history {
            Some(HistoryWord::Averages) => HistoryOf::Averages,
            Some(HistoryWord::Headlines) | None => HistoryOf::Headlines,
        };
        let (answer, warnings) = scenario::fit_of(&question, record, days.into(), history)?;
        warn(&warnings, &args.output);
        let figure = || [report::figures::reactions(&answer)];
        args.output.write(&match form {
            Format::Json => json(&answer)?,
            Format::Csv => report::played::fit_csv(&answer),
            Format::Html => drawn_html(&report::played::fit_text(&answer), &figure()),
            Format::Svg => drawn_svg(&figure(), "a record")?,
            _ => report::played::fit_text(&answer),
        })?;
        return Ok(ExitCode::SUCCESS);
    }
    let (answer, warnings) = scenario::play_of(&question, record.as_ref())?;
    warn(&warnings, &args.output);
    args.output.write(&match form {
        Format::Json => json(&answer)?,
        Format::Csv => report::played::csv(&answer),
        Format::Html => drawn_html(&report::played::text(&answer), &[report::figures::play_path(&answer)]),
        Format::Svg => drawn_svg(&[report::figures::play_path(&answer)], "a match")?,
        _ => report::played::text(&answer),
    })?;
    Ok(ExitCode::SUCCESS)
}
