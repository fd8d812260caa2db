//! What was said and done between the two of an account, where the record holds the acts of one alone: its talks with others,
//! and its claims against them, are no part of it.

use diagnostic::Faults;
use ledger::Ledger;

use super::timeline::timeline_between;
use crate::brief::Account;
use crate::clock::Days;

/// Keeps meetings at which both sat, claims of one on the other, and of the acts those that touch the other's goods.
///
/// # Errors
/// `bad-date` when a day lies outside the calendar.
pub(super) fn keep(account: &mut Account, ledger: &Ledger, days: Days) -> Result<(), Faults> {
    let parties = account.parties.each_ref().map(|party| party.code.clone());
    account.talks.retain(|talk| {
        parties.iter().all(|party| talk.delegations.iter().any(|delegation| delegation.party == *party))
    });
    account.claims.retain(|claim| {
        let accused = claim.accused.as_ref();
        parties.contains(&claim.side) && accused.is_some_and(|accused| parties.contains(accused))
    });
    let talks = account.talks.iter().map(|talk| talk.id.as_str());
    let said: Vec<&str> = talks.chain(account.claims.iter().map(|claim| claim.id.as_str())).collect();
    account.timeline = timeline_between(ledger, &parties, days, &said)?;
    Ok(())
}
