//! `retaliate`: the list that hurts the other most for what it costs at home.

use std::process::ExitCode;

use scenario::RetaliationQuestion;
use strategy::Ranking;
use terms::Rate;

use crate::args::{Format, GoodsBy, RankBy, RetaliateArgs};
use crate::output::{Failure, json, warn};

/// Answers.
///
/// # Errors
/// Faults of the economy, the two, the table of lines, or the goods to spare.
pub fn run(args: &RetaliateArgs) -> Result<ExitCode, Failure> {
    let form = args.output.form(&[Format::Text, Format::Json, Format::Csv])?;
    let question = RetaliationQuestion {
        economy: args.model.economy_or_default(),
        options: args.model.options(),
        importer: args.importer.clone(),
        exporter: args.exporter.clone(),
        rate: Rate::percent(args.rate),
        cap_usd_mn: args.cap,
        spare: args.spare.clone(),
        ranking: match args.by {
            RankBy::OwnCost => Ranking::OwnCost,
            RankBy::Value => Ranking::Value,
        },
        by_sector: args.goods == Some(GoodsBy::Sectors),
        lines: args.lines.clone(),
        act_from: args.as_act.clone(),
        ledger: args.source.ledger.clone(),
        overlays: args.source.overlay.clone(),
    };
    let (answer, warnings) = scenario::retaliate_of(&question)?;
    warn(&warnings, &args.output);
    args.output.write(&match (form, &answer.act) {
        (Format::Json, _) => json(&answer)?,
        (Format::Csv, _) => report::retaliated::csv(&answer),
        (_, Some(act)) => act.clone(),
        _ => report::retaliated::text(&answer),
    })?;
    Ok(ExitCode::SUCCESS)
}
