//! `retaliate`: the list that hurts the other most for what it costs at home.

use std::process::ExitCode;

use equilibrium::Options;
use scenario::RetaliationQuestion;
use strategy::Ranking;
use terms::Rate;

use crate::args::{Deficits, Format, Links, RankBy, RetaliateArgs};
use crate::output::{Failure, json, warn};

/// Answers.
///
/// # Errors
/// Faults of the economy, the two, or the goods to spare.
pub fn run(args: &RetaliateArgs) -> Result<ExitCode, Failure> {
    let form = args.output.form(&[Format::Text, Format::Json, Format::Csv])?;
    let model = &args.model;
    let question = RetaliationQuestion {
        economy: model.economy.clone().unwrap_or_else(|| "default".into()),
        options: Options {
            links: match model.links {
                Some(Links::No) => equilibrium::Links::Absent,
                Some(Links::Yes) | None => equilibrium::Links::Recorded,
            },
            deficits: model.deficits.map_or_else(Default::default, Deficits::closure),
            elasticity: model.elasticity.clone(),
            ..Options::default()
        },
        importer: args.importer.clone(),
        exporter: args.exporter.clone(),
        rate: Rate::percent(args.rate),
        cap_usd_mn: args.cap,
        spare: args.spare.clone(),
        ranking: match args.by {
            RankBy::OwnCost => Ranking::OwnCost,
            RankBy::Value => Ranking::Value,
        },
    };
    let (answer, warnings) = scenario::retaliate_of(&question)?;
    warn(&warnings, &args.output);
    args.output.write(&match form {
        Format::Json => json(&answer)?,
        Format::Csv => report::retaliated::csv(&answer),
        _ => report::retaliated::text(&answer),
    })?;
    Ok(ExitCode::SUCCESS)
}
