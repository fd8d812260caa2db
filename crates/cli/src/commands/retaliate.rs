//! `retaliate`: the list that hurts the other most for what it costs at home.

use std::process::ExitCode;

use diagnostic::Diagnostic;
use scenario::{Departure, Record, RetaliationQuestion};
use strategy::Ranking;
use terms::Rate;

use crate::args::{Format, FromWord, GoodsBy, RankBy, RetaliateArgs};
use crate::commands::brief::open;
use crate::commands::games::{drawn_html, drawn_svg};
use crate::commands::record::days;
use crate::output::{Failure, json, warn};

/// Answers.
///
/// # Errors
/// Faults of the economy, the two, the table of lines, or the goods to spare.
pub fn run(args: &RetaliateArgs) -> Result<ExitCode, Failure> {
    let form = args.output.form(&[Format::Text, Format::Json, Format::Csv, Format::Html, Format::Svg])?;
    if args.as_act.is_some() && matches!(form, Format::Html | Format::Svg) {
        return Err(Failure::Misuse("an act is text: leave `--as-act` or the page out".into()));
    }
    let record = open(&args.record.source)?;
    args.as_act.as_deref().map(scenario::day).transpose()?;
    let question = RetaliationQuestion {
        departure: departure(args, &record)?,
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
    };
    let (answer, warnings) = scenario::retaliate_of(&question, &record)?;
    warn(&warnings, &args.output);
    args.output.write(&match (form, &answer.act) {
        (Format::Json, _) => json(&answer)?,
        (Format::Csv, _) => report::retaliated::csv(&answer),
        (Format::Html, _) => {
            drawn_html(&report::retaliated::text(&answer), report::figures::retaliation(&answer).as_slice())
        }
        (Format::Svg, _) => drawn_svg(report::figures::retaliation(&answer).as_slice(), "goods on the list")?,
        (_, Some(act)) => act.clone(),
        _ => report::retaliated::text(&answer),
    })?;
    Ok(ExitCode::SUCCESS)
}

/// The world the words name; a day that is named is begun from, whoever acts on record.
fn departure(args: &RetaliateArgs, record: &Record) -> Result<Departure, Failure> {
    let words = [("--on", &args.record.on), ("--known-on", &args.record.known_on)];
    let named = words.iter().find(|(_, given)| given.is_some());
    match (args.from, named) {
        (Some(FromWord::Base), Some((word, _))) => Err(Diagnostic::error(
            "no-day",
            format!("`{word}` is given, and the answer begins from the base year"),
        )
        .note("the base year of an economy knows no day of the record")
        .help("leave `--from base` out, or the day")
        .into()),
        (Some(FromWord::Base), None) => Ok(Departure::BaseYear),
        (Some(FromWord::Day), _) | (None, Some(_)) => Ok(Departure::Day(days(&args.record, &record.ledger)?)),
        (None, None) => Ok(Departure::DayIfRecorded(days(&args.record, &record.ledger)?)),
    }
}
