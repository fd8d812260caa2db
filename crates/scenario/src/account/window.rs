//! The truce whose window holds the day, and what its lapse returns.

use diagnostic::Faults;
use ledger::Ledger;
use terms::Country;

use super::{known_agreement, party};
use crate::brief::{Return, Truce};
use crate::clock::Days;

/// The truce between the parties whose window holds the day, if any.
///
/// # Errors
/// `bad-date` when a day lies outside the calendar.
pub(super) fn truce(
    ledger: &Ledger,
    parties: &[Country; 2],
    days: Days,
    agreement: Option<&str>,
) -> Result<Option<Truce>, Faults> {
    let at = days.at(ledger, parties[0].as_str())?;
    let wanted = agreement.map(|name| known_agreement(ledger, name)).transpose()?;
    let open = ledger.truces(at).into_iter().find(|truce| {
        let between = ledger.agreement(truce.agreement.as_str());
        wanted.as_ref().is_none_or(|wanted| truce.agreement == *wanted)
            && between.is_some_and(|found| parties.iter().all(|party| found.parties.contains(party)))
            && truce.sides.iter().any(|side| side.headline_pct.is_some())
    });
    let Some(found) = open else { return Ok(None) };
    let Some(count) = found.count else { return Ok(None) };
    let mut returns: Vec<Return> = Vec::new();
    for party in parties {
        // Each side's points are read on its own clock.
        let own = ledger.truce(found.agreement.as_str(), days.at(ledger, party.as_str())?);
        let sides = own.into_iter().flat_map(|truce| truce.sides).filter(|side| side.debtor == *party);
        for side in sides.filter(|side| side.headline_pct.is_some() && side.standing.is_some()) {
            let (Some(now), Some(after)) = (side.headline_pct, side.headline_after_lapse_pct) else {
                continue;
            };
            returns.push(Return {
                importer: party.clone(),
                returns_pp: side.returns_pp.as_f64(),
                headline_today_pp: now.as_f64(),
                headline_after_pp: after.as_f64(),
                measures: vec![side.measure.to_string()],
                note: "only what is suspended can return; steps that were ended cannot".into(),
            });
        }
    }
    let renewals = found.renewals.iter().map(|renewal| {
        let act = renewal.act.as_ref().map_or_else(String::new, |act| format!(" ({})", act.label()));
        let who = party(ledger, &renewal.debtor).name;
        format!("{who} to {}{act}", renewal.until.day().strftime("%-d %B %Y"))
    });
    Ok(Some(Truce {
        agreement: found.agreement.to_string(),
        name: found.name,
        from: count.from.day(),
        until: count.until.day(),
        day: count.day,
        days: count.of,
        days_left: count.left,
        returns,
        renewals: renewals.collect(),
    }))
}
