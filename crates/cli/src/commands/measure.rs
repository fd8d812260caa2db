//! `measure`: what a change of tariffs costs whom.

use std::process::ExitCode;

use diagnostic::{Diagnostic, Faults};
use equilibrium::Sequence;
use scenario::{
    Closure, Detail, DrawsQuestion, MarketWord, MeasureQuestion, Measured, RecordDays, accounts, economies,
};

use super::brief;
use crate::args::{Deficits, DetailWord, Format, Labour, Links, Market, MeasureArgs, SequenceWord};
use crate::output::{Failure, json, warn};

/// Answers.
///
/// # Errors
/// Faults of the economy, the record or the tariffs; a closure that does not combine; a solve that did not clear.
pub fn run(args: &MeasureArgs) -> Result<ExitCode, Failure> {
    let forms = [Format::Text, Format::Json, Format::Csv, Format::Parquet, Format::Xlsx, Format::Dta];
    let form = args.output.form(&forms)?;
    let question = question(args)?;
    let (answer, warnings) = scenario::measure(&question)?;
    warn(&warnings, &args.output);
    match form {
        Format::Json => args.output.write(&json(&answer)?)?,
        Format::Text | Format::Html => args.output.write(&report::measured::text(&answer))?,
        table => args.output.write_bytes(&bytes(&answer, table)?)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// The answer as a table: the countries, or the detail asked for; a workbook holds all of them.
fn bytes(answer: &Measured, form: Format) -> Result<Vec<u8>, Failure> {
    Ok(match form {
        Format::Parquet => accounts::parquet(&report::measured::sheet(answer))?,
        Format::Xlsx => accounts::workbook(&report::measured::sheets(answer))?,
        Format::Dta => report::measured::sheet(answer).to_dta()?,
        _ => report::measured::sheet(answer).to_csv(),
    })
}

/// The question the words mean: a scenario where one is named, each flag in place of what it says.
fn question(args: &MeasureArgs) -> Result<MeasureQuestion, Failure> {
    let named = args.scenario.as_deref().map(brief::named).transpose()?;
    let model = &args.model;
    let links = match (model.links, &named) {
        (Some(links), _) => Some(links == Links::Yes),
        // Fixed firms know no links: a scenario made for the general system does not ask for them here.
        (None, Some(question)) if args.market != Market::Firms => (!question.model.links).then_some(false),
        (None, _) => None,
    };
    let deficits = model.deficits.map(Deficits::closure);
    let mut elasticities: Vec<String> = model
        .elasticity
        .iter()
        .flat_map(|words| words.split(',').map(|word| word.trim().to_string()))
        .collect();
    if elasticities.is_empty() {
        elasticities.extend(named.iter().flat_map(|question| question.model.elasticities.clone()));
    }
    let economy =
        model.economy.clone().or_else(|| named.as_ref().map(|question| question.model.economy.clone()));
    Ok(MeasureQuestion {
        economy: economy.unwrap_or_else(|| "default".into()),
        closure: Closure {
            links,
            deficits: deficits
                .or_else(|| named.as_ref().map(|question| question.model.deficits))
                .unwrap_or_default(),
            market: match args.market {
                Market::Perfect => MarketWord::Perfect,
                Market::Entry => MarketWord::Entry,
                Market::Firms => MarketWord::Firms,
            },
            specific: args.labour == Labour::Specific,
            kappa: args.kappa,
            scale: args.scale,
        },
        elasticities,
        days: days(args, named.as_ref())?,
        tariffs: args.tariffs.as_deref().map(economies::text_at).transpose()?,
        add: args.add.clone(),
        draws: DrawsQuestion {
            count: args.draws,
            seed: args.seed,
            sequence: match args.sequence {
                SequenceWord::Even => Sequence::Even,
                SequenceWord::Random => Sequence::Random,
            },
            spread: args.spread,
            threads: args
                .threads
                .unwrap_or_else(|| std::thread::available_parallelism().map_or(1, std::num::NonZero::get)),
        },
        details: args.detail.iter().map(|word| word.detail()).collect(),
    })
}

/// The days of the record that the words name; none where they name none.
fn days(args: &MeasureArgs, named: Option<&scenario::Question>) -> Result<Option<RecordDays>, Failure> {
    let mut faults = Faults::new();
    let mut day = |text: &Option<String>| {
        let text = text.as_deref()?;
        scenario::day(text).map_err(|fault| faults.push(fault)).ok()
    };
    let (on, versus, known) = (day(&args.record.on), day(&args.versus), day(&args.record.known_on));
    faults.or(())?;
    let Some(on) = on.or_else(|| named.map(|question| question.on)) else {
        let alone = [("--versus", versus.is_some()), ("--known-on", known.is_some())];
        return match alone.iter().find(|(_, given)| *given) {
            None => Ok(None),
            Some((word, _)) => {
                Err(Diagnostic::error("no-day", format!("`{word}` is given, and no day is asked about"))
                    .note("the record's tariffs are read where a day is named")
                    .help("add `--on DATE`, or `--scenario SCENARIO`, which names its day")
                    .into())
            }
        };
    };
    let own = named.filter(|_| args.record.on.is_none()).map(|question| question.known_on);
    Ok(Some(RecordDays { record: brief::open(&args.record.source)?, on, versus, known_on: known.or(own) }))
}

impl DetailWord {
    const fn detail(self) -> Detail {
        match self {
            Self::Sectors => Detail::Sectors,
            Self::Bilateral => Detail::Bilateral,
            Self::Flows => Detail::Flows,
            Self::Thetas => Detail::Thetas,
        }
    }
}

impl Deficits {
    /// The closure this word means.
    pub const fn closure(self) -> equilibrium::Deficits {
        match self {
            Self::Held => equilibrium::Deficits::Held,
            Self::Scaled => equilibrium::Deficits::Scaled,
            Self::Removed => equilibrium::Deficits::Removed,
        }
    }
}
