//! `brief`: the page of the week.

use std::path::Path;
use std::process::ExitCode;

use diagnostic::Faults;
use scenario::{Question, Record, economies};
use terms::Country;

use crate::args::{BriefArgs, Deficits, Format, Links, ModelArgs, RecordArgs, SourceArgs};
use crate::output::{Failure, json, warn};

/// Answers.
///
/// # Errors
/// Faults of the scenario, the record or the economy; an equilibrium that was not reached.
pub fn run(args: &BriefArgs) -> Result<ExitCode, Failure> {
    let form = args.output.form(&[Format::Text, Format::Json, Format::Csv, Format::Html])?;
    let question = question(args)?;
    let record = open(&args.record.source)?;
    let (answer, warnings) = scenario::brief(&question, &record)?;
    warn(&warnings, &args.output);
    args.output.write(&match form {
        Format::Json => json(&answer)?,
        Format::Csv => report::data::countries_csv(&answer),
        Format::Html => {
            report::page::html(&answer).map_err(|error| Failure::Write(format!("no page: {error}")))?
        }
        _ => report::text::brief(&answer),
    })?;
    Ok(ExitCode::SUCCESS)
}

/// The record a command is asked of.
///
/// # Errors
/// All faults of its texts.
pub fn open(source: &SourceArgs) -> Result<Record, Failure> {
    Ok(Record::open(source.ledger.as_deref(), &source.overlay)?)
}

fn question(args: &BriefArgs) -> Result<Question, Failure> {
    let mut question = named(&args.scenario)?;
    if let (Some(first), Some(second)) = (&args.first, &args.second) {
        let parties = [Country::new(first), Country::new(second)];
        if parties != question.parties {
            // The title and the agreement of a scenario are its own parties'.
            (question.parties, question.title) = (parties, None);
            question.truce.agreement = None;
        }
    }
    set_days(&mut question, &args.record)?;
    set_model(&mut question, &args.model)?;
    Ok(question)
}

/// Puts the economy and the closure that the words name in the place of a scenario's.
///
/// # Errors
/// Faults of the economy.
pub fn set_model(question: &mut Question, args: &ModelArgs) -> Result<(), Failure> {
    if let Some(economy) = &args.economy {
        question.on_economy(economy)?;
    }
    if let Some(set) = &args.elasticity {
        question.model.elasticities = vec![set.clone()];
    }
    if let Some(links) = args.links {
        question.model.links = links == Links::Yes;
    }
    if let Some(deficits) = args.deficits {
        question.model.deficits = Deficits::closure(deficits);
    }
    Ok(())
}

/// The scenario of a name, or of a path that ends in `.toml`.
///
/// # Errors
/// `unknown-scenario`; all faults of the file.
pub fn named(scenario: &str) -> Result<Question, Failure> {
    let path = Path::new(scenario);
    Ok(if path.extension().is_some_and(|ending| ending == "toml") {
        Question::read(&economies::text_at(path)?)?
    } else {
        Question::named(scenario)?
    })
}

/// Moves the two clocks of a question to the days the words name.
///
/// # Errors
/// `bad-date` for each that is none.
pub fn set_days(question: &mut Question, args: &RecordArgs) -> Result<(), Failure> {
    let mut faults = Faults::new();
    let mut day = |text: &Option<String>| {
        let text = text.as_deref()?;
        scenario::day(text).map_err(|fault| faults.push(fault)).ok()
    };
    let (on, known_on) = (day(&args.on), day(&args.known_on));
    faults.or(())?;
    if let Some(on) = on {
        question.on = on;
        // A page for another day is written with what was known on that day, and names itself by it.
        question.known_on = on;
        question.title = None;
    }
    if let Some(known_on) = known_on {
        question.known_on = known_on;
    }
    Ok(())
}
