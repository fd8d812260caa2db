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
    let mut all: Vec<(usize, u8, Pending)> = Vec::new();
    for (importer, origin) in [(&parties[0], &parties[1]), (&parties[1], &parties[0])] {
        let at = days.at(ledger, importer.as_str())?;
        let between = Between::pair(importer.as_str(), origin.as_str());
        for foreseen in ledger.pending(&between, at) {
            let item = pending_item(ledger, &foreseen);
            let whose = parties.iter().position(|party| item.who == party.as_str()).unwrap_or(parties.len());
            if !all.iter().any(|(.., other)| *other == item) {
                all.push((whose, rank(&foreseen), item));
            }
        }
    }
    // Day by day, one side after the other, duties before all else.
    all.sort_by(|(a, rank_a, x), (b, rank_b, y)| {
        (x.on, a, &x.who, rank_a, &x.subject).cmp(&(y.on, b, &y.who, rank_b, &y.subject))
    });
    Ok(all.into_iter().map(|(.., item)| item).collect())
}

/// Duties, then what lifts them, then other measures, clauses, meetings.
fn rank(foreseen: &Foreseen) -> u8 {
    match foreseen {
        Foreseen::Change { change, .. } => match change.kind {
            ledger::MeasureKind::Duty => 0,
            ledger::MeasureKind::Exclusion => 1,
            _ => 2,
        },
        Foreseen::Clause { .. } => 3,
        Foreseen::Talk { .. } => 4,
    }
}

fn pending_item(ledger: &Ledger, foreseen: &Foreseen) -> Pending {
    match foreseen {
        Foreseen::Change { change, returns_pp, .. } => {
            let points =
                |p: Option<Points>| p.map_or_else(|| "a rate not named yet".into(), |p| format!("{p} %"));
            let (before, after) = (points(change.before_pct), points(change.after_pct));
            let what = match (change.turn, returns_pp) {
                (Turn::Returns, Some(back)) => {
                    format!(
                        "{}: {back} points return, from {before} to {after}, unless prolonged",
                        change.title
                    )
                }
                (Turn::Returns, None) => format!("{}: returns, unless prolonged", change.title),
                (Turn::Starts, _) => match change.after_pct {
                    Some(_) => format!("{}: begins, {after}", change.title),
                    None => format!("{}: begins", change.title),
                },
                (Turn::Ends, _) => match change.before_pct {
                    Some(_) => format!("{}: ends, {before} falls away", change.title),
                    None => format!("{}: ends", change.title),
                },
                (Turn::Suspended, _) => {
                    format!("{}: stands still in part or whole, from {before} to {after}", change.title)
                }
                (Turn::Rate, _) if change.kind != ledger::MeasureKind::Duty => {
                    format!("{}: the next step of its rate", change.title)
                }
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
            what: format!("clause due or ending: {action}"),
            subject: clause.to_string(),
            act: ledger
                .agreement(agreement.as_str())
                .map_or_else(|| agreement.to_string(), |found| found.name.clone()),
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
