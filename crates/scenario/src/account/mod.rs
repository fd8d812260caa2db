//! The record's part of a brief: what is in force, promised, said and foreseen, between two governments.
//!
//! The ledger answers; here its answers are put in the order of a page. Nothing is decided here.

mod between;
mod duties;
mod foreseen;
mod said;
mod timeline;
mod window;

pub use foreseen::{changes, diff};

use diagnostic::{Diagnostic, Faults, help_nearest};
use ledger::Ledger;
use terms::{Country, Instant};

use self::duties::direction;
use self::foreseen::pending;
use self::said::{claims, clauses, controls, talks};
use self::timeline::timeline;
use self::window::truce;
use crate::brief::{Account, Party};
use crate::clock::Days;
use crate::words;

/// Everything the record says of two countries, at least one of which issues acts here: what the other charges is then
/// [unread](crate::Direction::unread).
///
/// # Errors
/// `unknown-country` for a code that is no country, and where neither issues acts; `bad-date` for a day outside the
/// calendar.
pub fn account(ledger: &Ledger, parties: &[Country; 2], days: Days) -> Result<Account, Faults> {
    account_of_any(ledger, parties, days, None)
}

/// The same under a title.
///
/// # Errors
/// As [`account`].
pub(crate) fn account_of_any(
    ledger: &Ledger,
    parties: &[Country; 2],
    days: Days,
    title: Option<&str>,
) -> Result<Account, Faults> {
    let recorded = |code: &Country| ledger.border(code.as_str(), Instant::MAX).is_some();
    match parties.iter().find(|code| !recorded(code)) {
        Some(stranger) if parties.iter().any(recorded) => known_country(ledger, stranger)?,
        Some(stranger) => known_party(ledger, stranger)?,
        None => {}
    }
    let mut account = told(ledger, parties, days, title, None)?;
    if account.directions.iter().any(|direction| direction.unread.is_some()) {
        between::keep(&mut account, ledger, days)?;
    }
    Ok(account)
}

/// The same of two governments under a title, and with the truce that carries out `agreement`.
///
/// # Errors
/// `unknown-country` for a party that issues no acts here; `unknown-agreement` when the record knows none of that
/// name; otherwise as [`account`].
pub(crate) fn account_of(
    ledger: &Ledger,
    parties: &[Country; 2],
    days: Days,
    title: Option<&str>,
    agreement: Option<&str>,
) -> Result<Account, Faults> {
    for code in parties {
        known_party(ledger, code)?;
    }
    told(ledger, parties, days, title, agreement)
}

fn told(
    ledger: &Ledger,
    parties: &[Country; 2],
    days: Days,
    title: Option<&str>,
    agreement: Option<&str>,
) -> Result<Account, Faults> {
    let [a, b] = parties.each_ref().map(|code| party(ledger, code));
    let truce = truce(ledger, parties, days, agreement)?;
    Ok(Account {
        title: title.map_or_else(|| format!("{} and {} on {}", a.name, b.name, days.on), str::to_string),
        on: days.on,
        known_on: days.known_on,
        directions: [
            direction(ledger, [&a.code, &b.code], days, truce.as_ref())?,
            direction(ledger, [&b.code, &a.code], days, truce.as_ref())?,
        ],
        truce,
        pending: pending(ledger, parties, days)?,
        timeline: timeline(ledger, parties, days)?,
        talks: talks(ledger, days)?,
        claims: claims(ledger, parties, days)?,
        clauses: clauses(ledger, parties, days)?,
        controls: controls(ledger, parties, days)?,
        definitions: words::definitions(),
        parties: [a, b],
    })
}

/// A government the record knows.
///
/// # Errors
/// `unknown-country`, with the nearest that issue acts.
pub fn known_party(ledger: &Ledger, code: &Country) -> Result<(), Diagnostic> {
    if ledger.governments().any(|government| government.code == *code) {
        return Ok(());
    }
    let known: Vec<&str> = ledger.governments().map(|government| government.code.as_str()).collect();
    Err(Diagnostic::error("unknown-country", format!("`{code}` is not a government of this record"))
        .help_if(help_nearest(code.as_str(), known.iter().copied()))
        .note(format!("governments whose acts are recorded: {}", known.join(", "))))
}

/// A country of the ledger's lists, whether or not it issues acts.
fn known_country(ledger: &Ledger, code: &Country) -> Result<(), Diagnostic> {
    if ledger.areas().knows(code.as_str()) {
        return Ok(());
    }
    let fault = Diagnostic::error("unknown-country", format!("`{code}` is no country of the ledger"));
    let recorded: Vec<&str> = ledger.governments().map(|government| government.code.as_str()).collect();
    let near = help_nearest(code.as_str(), recorded.iter().copied());
    let help = near.or_else(|| ledger.areas().meant(code.as_str()));
    let fault = fault.help(help.unwrap_or_else(|| "write an ISO 3166-1 alpha-3 code, such as `CHN`".into()));
    Err(fault.note(format!("governments whose acts are recorded: {}", recorded.join(", "))))
}

/// A party in words: as its government is called, else by the country's name.
fn party(ledger: &Ledger, code: &Country) -> Party {
    if let Some(found) = ledger.governments().find(|government| government.code == *code) {
        return Party { code: code.clone(), name: found.name.clone(), adjective: found.adjective.clone() };
    }
    let name = ledger.areas().name(code.as_str()).unwrap_or(code.as_str());
    Party { code: code.clone(), name: name.to_owned(), adjective: format!("{name}’s") }
}

fn known_agreement(ledger: &Ledger, name: &str) -> Result<ledger::AgreementId, Diagnostic> {
    ledger.agreement(name).map(|found| found.id.clone()).ok_or_else(|| {
        let ids = || ledger.agreements().map(|found| found.id.as_str());
        Diagnostic::error("unknown-agreement", format!("no agreement is called `{name}`"))
            .help_if(help_nearest(name, ids().map(|id| id.strip_prefix("ag-").unwrap_or(id))))
            .note(format!("on record: {}", ids().collect::<Vec<_>>().join(", ")))
    })
}
