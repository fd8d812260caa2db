//! What the texts foresee, what changed between two days, and what later texts changed.

use diagnostic::{Diagnostic, Faults};
use ledger::{Between, Ledger, Pending as Foreseen, Turn, View};
use terms::{Country, Day, Instant, Interval, Points};

use super::known_party;
use super::said::codes;
use crate::brief::Pending;
use crate::clock::{Days, bad_date};

/// The turns of one importer's measures on one origin's goods, in the order of time.
///
/// # Errors
/// `reversed-period` when it ends before it begins; `bad-date` for a day outside the calendar.
pub fn changes(
    ledger: &Ledger,
    [importer, origin]: &[Country; 2],
    (from, to): (Option<Day>, Option<Day>),
    days: Days,
) -> Result<Vec<ledger::Change>, Faults> {
    known_party(ledger, importer)?;
    let zone = ledger.clock(importer.as_str()).zone;
    let instant = |day: Day| zone.start_of(day).map_err(bad_date);
    let first = ledger.acts().map(|act| act.published).min().unwrap_or(Instant::UNIX_EPOCH);
    let from = from.map(instant).transpose()?.unwrap_or(first);
    let to = to.map(instant).transpose()?;
    let Some(during) = Interval::new(from, to) else {
        return Err(Diagnostic::error("reversed-period", "the period ends before it begins")
            .help("`--from` is the first day, `--to` the day after the last")
            .into());
    };
    let between = Between::pair(importer.as_str(), origin.as_str());
    Ok(ledger.changes(&between, during, days.known(ledger)?, View::Collected))
}

/// What publication after `first` and by the end of `second` changed.
///
/// # Errors
/// `bad-date` for a day outside the calendar.
pub fn diff(ledger: &Ledger, first: Day, second: Day) -> Result<ledger::Diff, Faults> {
    let known = |day: Day| Days { on: day, known_on: Some(day) }.known(ledger);
    Ok(ledger.diff(known(first)?, known(second)?, View::Collected))
}

/// What the texts foresee after the day for either side, soonest first.
///
/// # Errors
/// `bad-date` when a day lies outside the calendar.
pub(super) fn pending(ledger: &Ledger, parties: &[Country; 2], days: Days) -> Result<Vec<Pending>, Faults> {
    let mut all: Vec<Pending> = Vec::new();
    for (importer, origin) in [(&parties[0], &parties[1]), (&parties[1], &parties[0])] {
        let at = days.at(ledger, importer.as_str())?;
        let between = Between::pair(importer.as_str(), origin.as_str());
        for foreseen in ledger.pending(&between, at) {
            let item = pending_item(&foreseen);
            if !all.contains(&item) {
                all.push(item);
            }
        }
    }
    all.sort_by(|a, b| (a.on, &a.who, &a.subject).cmp(&(b.on, &b.who, &b.subject)));
    Ok(all)
}

fn pending_item(foreseen: &Foreseen) -> Pending {
    match foreseen {
        Foreseen::Change { change, returns_pp, .. } => {
            let points = |p: Option<Points>| p.map_or_else(|| "nothing".into(), |p| format!("{p} points"));
            let (before, after) = (points(change.before_pct), points(change.after_pct));
            let what = match (change.turn, returns_pp) {
                (Turn::Returns, Some(back)) => {
                    format!(
                        "{}: {back} points return, from {before} to {after}, unless prolonged",
                        change.title
                    )
                }
                (Turn::Returns, None) => format!("{}: the suspension ends", change.title),
                (Turn::Starts, _) => match change.after_pct {
                    Some(_) => format!("{}: begins, {after}", change.title),
                    None => format!("{}: begins", change.title),
                },
                (Turn::Ends, _) => match change.before_pct {
                    Some(_) => format!("{}: ends, {before} fall away", change.title),
                    None => format!("{}: ends", change.title),
                },
                (Turn::Suspended, _) => {
                    format!("{}: stands still in part or whole, from {before} to {after}", change.title)
                }
                (Turn::Rate, _) if before == after => format!("{}: the next step", change.title),
                (Turn::Rate, _) => format!("{}: from {before} to {after}", change.title),
                (Turn::Terms, _) => format!("{}: other goods, origins or exceptions", change.title),
            };
            Pending {
                on: change.at.day(),
                who: change.importer.to_string(),
                what,
                subject: change.measure.to_string(),
                act: change.acts.iter().map(|act| act.label()).collect::<Vec<_>>().join(", "),
            }
        }
        Foreseen::Clause { at, clause, agreement, debtors, action, .. } => Pending {
            on: at.day(),
            who: codes(debtors),
            what: format!("due or ending: {action}"),
            subject: clause.to_string(),
            act: agreement.to_string(),
        },
        Foreseen::Talk { at, talk, title, venue, .. } => Pending {
            on: at.day(),
            who: String::new(),
            what: if title.contains(venue.as_str()) { title.clone() } else { format!("{title}, {venue}") },
            subject: talk.to_string(),
            act: String::new(),
        },
    }
}
