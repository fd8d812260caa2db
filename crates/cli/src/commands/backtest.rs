//! `backtest`: what the model would have said of duties that came, against what trade did.

use std::process::ExitCode;

use scenario::BacktestQuestion;

use super::brief;
use crate::args::{BacktestArgs, Format};
use crate::output::{Failure, json, warn};

/// Answers.
///
/// # Errors
/// Faults of the tables, the record or the rows; a solve that did not clear.
pub fn run(args: &BacktestArgs) -> Result<ExitCode, Failure> {
    let form = args.output.form(&[Format::Text, Format::Json])?;
    let question = BacktestQuestion {
        data: args.data.clone(),
        weights: args.weights.clone(),
        importer: args.importer.clone(),
        from: args.from,
        to: args.to,
        add: args.add.clone(),
        elasticity: args.elasticity.clone(),
        record: brief::open(&args.source)?,
    };
    let (answer, warnings) = scenario::backtest(&question)?;
    warn(&warnings, &args.output);
    args.output.write(&match form {
        Format::Json => json(&answer)?,
        _ => report::backtested::text(&answer),
    })?;
    Ok(ExitCode::SUCCESS)
}
