//! Everything that happened, in lanes.

use std::collections::BTreeSet;

use diagnostic::Faults;
use ledger::{Between, Ledger, View};
use terms::{Country, Interval};

use super::duties::MARGIN;
use crate::brief::{Lane, TimelineEvent};
use crate::clock::{Days, bad_date};

/// Acts, talks, claims and controls known by the day, in the order they became public; acts on others' goods
/// alone are left out.
///
/// # Errors
/// `bad-date` when a day lies outside the calendar.
pub(super) fn timeline(
    ledger: &Ledger,
    parties: &[Country; 2],
    days: Days,
) -> Result<Vec<TimelineEvent>, Faults> {
    let elsewhere = acts_on_others(ledger, parties, days)?;
    chosen(ledger, parties, days, |id| !elsewhere.contains(id))
}

/// The same of acts on the other's goods alone, with what was `said` between the two.
///
/// # Errors
/// `bad-date` when a day lies outside the calendar.
pub(super) fn timeline_between(
    ledger: &Ledger,
    parties: &[Country; 2],
    days: Days,
    said: &[&str],
) -> Result<Vec<TimelineEvent>, Faults> {
    let mut here = BTreeSet::new();
    for (importer, origin) in [(&parties[0], &parties[1]), (&parties[1], &parties[0])] {
        here.extend(acts(ledger, &Between::pair(importer.as_str(), origin.as_str()), importer, days)?);
    }
    chosen(ledger, parties, days, |id| here.contains(id) || said.contains(&id))
}

/// Events of either side, or of both, whose names are wanted.
fn chosen(
    ledger: &Ledger,
    parties: &[Country; 2],
    days: Days,
    wanted: impl Fn(&str) -> bool,
) -> Result<Vec<TimelineEvent>, Faults> {
    let at = days.at(ledger, parties[0].as_str())?;
    // Announced meetings lie ahead of the day; what happened later is not known by its text.
    let ahead = days.on.saturating_add(jiff::Span::new().days(MARGIN));
    let until = ledger.clock(parties[0].as_str()).zone.start_of(ahead).map_err(bad_date)?;
    let from = ledger.acts().map(|act| act.published).min().unwrap_or(at.on);
    let Some(during) = Interval::new(from.min(at.on), Some(until)) else { return Ok(Vec::new()) };
    let events = ledger.timeline(during, at.known).into_iter();
    let ours = events.filter(|event| event.side.as_ref().is_none_or(|side| parties.contains(side)));
    Ok(ours.filter(|event| wanted(&event.id)).map(|event| timeline_event(ledger, event)).collect())
}

/// Acts of a party that changed measures on other origins and none on the other party's goods.
///
/// # Errors
/// `bad-date` when a day lies outside the calendar.
fn acts_on_others(ledger: &Ledger, parties: &[Country; 2], days: Days) -> Result<BTreeSet<String>, Faults> {
    let mut elsewhere = BTreeSet::new();
    for (importer, origin) in [(&parties[0], &parties[1]), (&parties[1], &parties[0])] {
        let all = acts(ledger, &Between { importer: Some(importer.clone()), origin: None }, importer, days)?;
        let here = acts(ledger, &Between::pair(importer.as_str(), origin.as_str()), importer, days)?;
        elsewhere.extend(all.difference(&here).cloned());
    }
    Ok(elsewhere)
}

/// The acts behind every change of an importer's measures.
fn acts(
    ledger: &Ledger,
    between: &Between,
    importer: &Country,
    days: Days,
) -> Result<BTreeSet<String>, Faults> {
    let at = days.at(ledger, importer.as_str())?;
    let first = ledger.acts().map(|act| act.published).min().unwrap_or(at.on);
    let changes = ledger.changes(between, Interval::since(first), at.known, View::Collected);
    Ok(changes.iter().flat_map(|change| &change.acts).map(|act| act.id.to_string()).collect())
}

fn timeline_event(ledger: &Ledger, event: ledger::Event) -> TimelineEvent {
    let lane = match event.lane {
        ledger::Lane::Duty | ledger::Lane::Court => Lane::Acts,
        ledger::Lane::Control => Lane::Controls,
        ledger::Lane::Statement | ledger::Lane::Threat => Lane::Threats,
        ledger::Lane::Talk | ledger::Lane::Agreement => Lane::Talks,
        ledger::Lane::Claim => Lane::Claims,
    };
    let citation = ledger.act(&event.id).map_or_else(String::new, |act| act.citation.to_string());
    TimelineEvent {
        on: event.at.day(),
        published: event.at.day(),
        lane,
        who: event.side.as_ref().map_or_else(String::new, Country::to_string),
        label: event.detail.clone().unwrap_or_else(|| event.title.clone()),
        text: event.title,
        citation,
        confidence: event.confidence,
    }
}
