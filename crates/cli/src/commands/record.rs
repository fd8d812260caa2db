//! `status`, `claims`, `talks`, `controls`, `pending`: what the record says of two governments.

use std::process::ExitCode;

use ledger::Ledger;
use scenario::{Account, Days, Record};
use serde::Serialize;
use terms::Country;

use crate::args::{Format, PairArgs, RecordArgs};
use crate::commands::brief::open;
use crate::output::{Failure, json, warn};

/// The day asked about when no day is named: that of the flagship scenario.
pub const LONDON: &str = "2025-06-09";

/// One part of an account: as data and as text.
pub struct Part {
    /// The data.
    pub data: fn(&Account) -> Result<String, Failure>,
    /// The text.
    pub text: fn(&Account) -> String,
}

/// Duties in force in both directions, and the truce.
pub const STATUS: Part = Part {
    data: |account| {
        #[derive(Serialize)]
        struct Status<'a> {
            on: terms::Day,
            known_on: Option<terms::Day>,
            parties: &'a [scenario::Party; 2],
            directions: &'a [scenario::Direction; 2],
            truce: &'a Option<scenario::Truce>,
        }
        json(&Status {
            on: account.on,
            known_on: account.known_on,
            parties: &account.parties,
            directions: &account.directions,
            truce: &account.truce,
        })
    },
    text: |account| {
        let truce = report::text::truce_window(account);
        format!("{}\n{}\n{truce}", report::text::head(account), report::text::status(account))
    },
};

/// Claims and their answers.
pub const CLAIMS: Part =
    Part { data: |account| json(&account.claims), text: |account| report::text::claims(account) };

/// Meetings.
pub const TALKS: Part =
    Part { data: |account| json(&account.talks), text: |account| report::text::talks(account) };

/// Export controls.
pub const CONTROLS: Part =
    Part { data: |account| json(&account.controls), text: |account| report::text::controls(account) };

/// What the texts foresee.
pub const PENDING: Part =
    Part { data: |account| json(&account.pending), text: |account| report::text::pending(account) };

/// Answers with one part of the account.
///
/// # Errors
/// Faults of the words or of the record.
pub fn run(args: &PairArgs, part: &Part) -> Result<ExitCode, Failure> {
    let form = args.output.form(&[Format::Text, Format::Json])?;
    let record = open(&args.record.source)?;
    warn(&record.warnings, &args.output);
    let parties = [Country::new(&args.first), Country::new(&args.second)];
    let account = account(&record, &parties, &args.record)?;
    args.output.write(&match form {
        Format::Json => (part.data)(&account)?,
        _ => (part.text)(&account),
    })?;
    Ok(ExitCode::SUCCESS)
}

fn account(record: &Record, parties: &[Country; 2], args: &RecordArgs) -> Result<Account, Failure> {
    Ok(scenario::account(&record.ledger, parties, days(args, &record.ledger)?)?)
}

/// The two days the words name. Where none is named: the flagship's; of another ledger, the last it was read to.
///
/// # Errors
/// `bad-date` for one that is none.
pub fn days(args: &RecordArgs, ledger: &Ledger) -> Result<Days, Failure> {
    let last_act = || ledger.acts().last().map(|act| ledger.day(act.issuer.as_str(), act.published));
    let last = || ledger.governments().filter_map(|government| government.read_until).max().or_else(last_act);
    let on = match (&args.on, args.source.ledger.as_ref().and_then(|_| last())) {
        (Some(on), _) => scenario::day(on)?,
        (None, Some(last)) => last,
        (None, None) => scenario::day(LONDON)?,
    };
    let known_on = args.known_on.as_deref().map(scenario::day).transpose()?;
    Ok(Days { on, known_on })
}
