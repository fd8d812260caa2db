//! Everything that happened, in lanes.

use diagnostic::Faults;
use ledger::Ledger;
use terms::{Country, Interval};

use super::duties::MARGIN;
use crate::brief::{Lane, TimelineEvent};
use crate::clock::{Days, bad_date};

/// Acts, talks, claims and controls known by the day, in the order they became public.
///
/// # Errors
/// `bad-date` when a day lies outside the calendar.
pub(super) fn timeline(
    ledger: &Ledger,
    parties: &[Country; 2],
    days: Days,
) -> Result<Vec<TimelineEvent>, Faults> {
    let at = days.at(ledger, parties[0].as_str())?;
    // Announced meetings lie ahead of the day; what happened later is not known by its text.
    let ahead = days.on.saturating_add(jiff::Span::new().days(MARGIN));
    let until = ledger.clock(parties[0].as_str()).zone.start_of(ahead).map_err(bad_date)?;
    let from = ledger.acts().map(|act| act.published).min().unwrap_or(at.on);
    let Some(during) = Interval::new(from.min(at.on), Some(until)) else { return Ok(Vec::new()) };
    let events = ledger.timeline(during, at.known).into_iter();
    let ours = events.filter(|event| event.side.as_ref().is_none_or(|side| parties.contains(side)));
    Ok(ours.map(|event| timeline_event(ledger, event)).collect())
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
