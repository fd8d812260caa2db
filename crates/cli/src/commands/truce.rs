//! `truce`: which day it is, what a lapse returns, and whether the truce enforces itself.

use std::process::ExitCode;

use diagnostic::{Diagnostic, Faults};
use scenario::{Clause, Concession, Punishment, Question, Record, Truce, TruceQuestion, Wants};
use serde::Serialize;
use strategy::{Branch, Odds};

use crate::args::{Answer, Format, TruceArgs};
use crate::commands::brief::{open, set_days, set_model};
use crate::commands::games::{drawn_html, drawn_svg};
use crate::output::{Failure, json, warn};

/// Answers; exit code 1 when no truce holds the day.
///
/// # Errors
/// Faults of the words, the record or the model.
pub fn run(args: &TruceArgs) -> Result<ExitCode, Failure> {
    let form = args.output.form(&[Format::Text, Format::Json, Format::Csv, Format::Html, Format::Svg])?;
    let record = open(&args.record.source)?;
    let question = question(args, &record)?;
    if !scenario::is_modelled(&question.question)? {
        return of_record(args, &question.question, &record, form);
    }
    let (answer, warnings) = scenario::truce_of(&question, &record)?;
    warn(&warnings, &args.output);
    args.output.write(&match form {
        Format::Json => json(&answer)?,
        Format::Csv => report::text::truce_csv(&answer),
        Format::Html => {
            drawn_html(&report::text::truce_page(&answer), report::figures::truce_slack(&answer).as_slice())
        }
        Format::Svg => {
            drawn_svg(report::figures::truce_slack(&answer).as_slice(), "a day on which a truce holds")?
        }
        _ => report::text::truce_page(&answer),
    })?;
    Ok(if answer.truce.is_some() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// What the record says, where no economy keeps both sides apart.
fn of_record(
    args: &TruceArgs,
    question: &Question,
    record: &Record,
    form: Format,
) -> Result<ExitCode, Failure> {
    #[derive(Serialize)]
    struct Answer<'a> {
        on: terms::Day,
        known_on: Option<terms::Day>,
        truce: &'a Option<Truce>,
        clauses: Vec<&'a Clause>,
        self_enforcement: (),
    }
    let account = scenario::truce_account(question, record)?;
    args.output.write(&match form {
        Format::Json => json(&Answer {
            on: account.on,
            known_on: account.known_on,
            truce: &account.truce,
            clauses: account.clauses_of_truce().collect(),
            self_enforcement: (),
        })?,
        Format::Csv => {
            return Err(Failure::Misuse("slack by day needs an economy that knows both sides".into()));
        }
        _ => format!("{}{}", report::text::truce_window(&account), report::text::promises(&account)),
    })?;
    Ok(if account.truce.is_some() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn question(args: &TruceArgs, record: &Record) -> Result<TruceQuestion, Failure> {
    let mut question = Question::named(&args.scenario)?;
    set_days(&mut question, &args.record)?;
    set_model(&mut question, &args.model)?;
    if args.record.on.is_none() && args.record.source.ledger.is_some() {
        question.on = super::record::days(&args.record, &record.ledger)?.on;
        question.known_on = question.known_on.max(question.on);
    }
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
    let wants = args.wants.wants().unwrap_or_else(|found| {
        faults.append(found);
        Wants::default()
    });
    faults.or(())?;
    Ok(TruceQuestion {
        question: scenario::between(&question, record),
        concessions,
        extension_days: args.extend,
        odds,
        horizon_months: args.horizon,
        wants,
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
        let branch = Branch::ALL.iter().position(|branch| branch.word() == word.trim()).ok_or_else(|| {
            let branches = Branch::ALL.map(|branch| branch.word()).join(", ");
            bad(format!("no branch is called `{}`", word.trim())).note(format!("the branches: {branches}"))
        })?;
        odds[branch] = share.trim().parse().map_err(|_| bad(format!("`{share}` is no share")))?;
    }
    Odds::new(odds).map_err(|error| bad(error.to_string()))
}
