//! The record's part of a truce, for any ledger: which two governments it is between, and what it says of them.

use diagnostic::Faults;
use serde::Serialize;
use terms::{Country, Day};

use crate::account::account_of;
use crate::brief::Account;
use crate::clock::Days;
use crate::economies;
use crate::question::Question;
use crate::records::Record;

/// The question between the parties of the agreement it names; else between its own, where they issue acts in this
/// record; else between the record's first two governments.
pub fn between(question: &Question, record: &Record) -> Question {
    let ledger = &record.ledger;
    let mut question = question.clone();
    let named = question.truce.agreement.as_deref().and_then(|name| ledger.agreement(name));
    let governs = |code: &Country| ledger.governments().any(|government| government.code == *code);
    let mut own = ledger.governments().map(|government| government.code.clone());
    if let Some([first, second, ..]) = named.map(|agreement| &agreement.parties[..]) {
        question.parties = [first.clone(), second.clone()];
    } else if !question.parties.iter().all(governs)
        && let (Some(first), Some(second)) = (own.next(), own.next())
    {
        question.parties = [first, second];
    }
    question
}

/// Whether the economy of the question keeps both parties apart, so that breaking a truce has a price.
///
/// # Errors
/// All faults of the economy.
pub fn is_modelled(question: &Question) -> Result<bool, Faults> {
    let economy = economies::open(&question.model.economy)?.economy;
    Ok(question.parties.iter().all(|party| economy.country_id(party.as_str()).is_some()))
}

/// A window that does not hold the day asked about, as it stands on that day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OtherWindow {
    /// The agreement's name in the record.
    pub agreement: String,
    /// What it is called.
    pub name: String,
    /// Its first day.
    pub from: Day,
    /// The first day after it.
    pub until: Day,
    /// `ahead`, `over`, or `running` where it suspends no duty on all goods.
    pub phase: &'static str,
}

/// The windows of the agreement asked about, or of all between the parties, that were public by the day of knowing.
///
/// # Errors
/// `bad-date`.
pub(super) fn other_windows(question: &Question, record: &Record) -> Result<Vec<OtherWindow>, Faults> {
    let ledger = &record.ledger;
    let days = Days { on: question.on, known_on: Some(question.known_on) };
    let at = days.at(ledger, question.parties[0].as_str())?;
    let named = question.truce.agreement.as_deref().and_then(|name| ledger.agreement(name));
    let wanted = ledger.agreements().filter(|found| {
        named.is_none_or(|named| named.id == found.id)
            && question.parties.iter().all(|party| found.parties.contains(party))
    });
    let window = |id: &str| {
        let truce = ledger.truce(id, at)?;
        let count = truce.count?;
        Some(OtherWindow {
            agreement: truce.agreement.to_string(),
            name: truce.name,
            from: count.from.day(),
            until: count.until.day(),
            phase: count.phase,
        })
    };
    Ok(wanted.filter_map(|found| window(found.id.as_str())).collect())
}

/// What the record says of the truce: days, what returns, what else stands still, clauses.
///
/// # Errors
/// `unknown-country`, `bad-date`; `unknown-agreement` when the record knows none of that name.
pub fn truce_account(question: &Question, record: &Record) -> Result<Account, Faults> {
    let days = Days { on: question.on, known_on: Some(question.known_on) };
    account_of(&record.ledger, &question.parties, days, None, question.truce.agreement.as_deref())
}
