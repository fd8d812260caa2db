//! `truce`: which day it is, what a lapse returns, and whether the truce enforces itself.

use std::process::ExitCode;

use diagnostic::{Diagnostic, Faults};
use scenario::{Concession, Punishment, Question, TruceQuestion};
use strategy::{Branch, Odds};

use crate::args::{Answer, Format, TruceArgs};
use crate::commands::brief::{open, set_days};
use crate::output::{Failure, json, warn};

/// Answers; exit code 1 when no truce holds the day.
///
/// # Errors
/// Faults of the words, the record or the model.
pub fn run(args: &TruceArgs) -> Result<ExitCode, Failure> {
    let form = args.output.form(&[Format::Text, Format::Json, Format::Csv])?;
    let record = open(&args.record.source)?;
    let (answer, warnings) = scenario::truce_of(&question(args)?, &record)?;
    warn(&warnings, &args.output);
    args.output.write(&match form {
        Format::Json => json(&answer)?,
        Format::Csv => report::text::truce_csv(&answer),
        _ => report::text::truce_page(&answer),
    })?;
    Ok(if answer.truce.is_some() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn question(args: &TruceArgs) -> Result<TruceQuestion, Failure> {
    let mut question = Question::named(&args.scenario)?;
    set_days(&mut question, &args.record)?;
    let rules = &mut question.truce;
    rules.agreement.clone_from(&args.agreement);
    if let Some(answer) = args.punishment {
        rules.punishment = match answer {
            Answer::Peak => Punishment::Peak,
            Answer::SnapBack => Punishment::Lapse,
            Answer::War => Punishment::War,
        };
    }
    rules.punishment_months = args.months.or(rules.punishment_months);
    rules.detection_lag_months = args.lag.unwrap_or(rules.detection_lag_months);
    rules.patience_per_year = args.discount.map_or(rules.patience_per_year, |percent| percent / 100.0);
    rules.extension_odds = args.extension_odds.unwrap_or(rules.extension_odds);
    let mut faults = Faults::new();
    let mut concessions = Vec::new();
    for text in &args.concession {
        match Concession::read(text) {
            Ok(concession) => concessions.push(concession),
            Err(fault) => faults.push(fault),
        }
    }
    let odds = args.odds.as_deref().map(odds).transpose().unwrap_or_else(|fault| {
        faults.push(fault);
        None
    });
    faults.or(())?;
    Ok(TruceQuestion {
        question,
        concessions,
        extension_days: args.extend,
        odds,
        horizon_months: args.horizon,
    })
}

/// `hold=0.5,lapse=0.5`.
fn odds(text: &str) -> Result<Odds, Diagnostic> {
    let bad = |why: String| {
        Diagnostic::error("bad-odds", format!("`{text}`: {why}"))
            .help("write shares that sum to one: `--odds hold=0.5,lapse=0.3,extend=0.1,deal=0.1`")
    };
    let mut odds = [0.0; 5];
    for part in text.split(',') {
        let (word, share) =
            part.split_once('=').ok_or_else(|| bad(format!("`{part}` names no branch and share")))?;
        let branch = Branch::ALL
            .iter()
            .position(|branch| branch.word() == word.trim())
            .ok_or_else(|| bad(format!("no branch is called `{}`", word.trim())))?;
        odds[branch] = share.trim().parse().map_err(|_| bad(format!("`{share}` is no share")))?;
    }
    Odds::new(odds).map_err(|error| bad(error.to_string()))
}
