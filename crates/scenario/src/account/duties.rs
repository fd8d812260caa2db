//! What one party charges on the other's goods, how it came to that, and what fell away.

use diagnostic::Faults;
use ledger::{Between, Ledger, Turn, View};
use terms::{Country, Day, Interval, Points};

use crate::brief::{Direction, Ended, Later, Part, Peak, Step, Truce};
use crate::clock::{Days, bad_date};

/// Days a chart shows before the first duty of the conflict, and after the last day of interest.
pub(super) const MARGIN: i64 = 21;

/// What one party charges on the other's goods, and how it came to that.
///
/// # Errors
/// `bad-date` when a day lies outside the calendar.
pub(super) fn direction(
    ledger: &Ledger,
    [importer, origin]: [&Country; 2],
    days: Days,
    truce: Option<&Truce>,
) -> Result<Direction, Faults> {
    let at = days.at(ledger, importer.as_str())?;
    if ledger.border(importer.as_str(), at.on).is_none() {
        return Ok(unread(ledger, [importer, origin], days.on));
    }
    let headline = ledger.headline(importer.as_str(), origin.as_str(), at);
    let year = at.on - jiff::SignedDuration::from_hours(24 * 365);
    let ended = Interval::new(year, Some(at.on)).map_or_else(Vec::new, |during| {
        let between = Between::pair(importer.as_str(), origin.as_str());
        ledger.changes(&between, during, at.known, at.view)
    });
    let mut ended: Vec<Ended> = ended
        .iter()
        .filter(|change| change.all_goods && change.turn == Turn::Ends)
        .filter(|change| !headline.parts.iter().any(|part| part.measure == change.measure))
        .map(fell_away)
        .collect();
    // What another duty had replaced charged nothing of its own when it ended.
    ended.retain(|duty| {
        ledger.measure(&duty.measure).is_some_and(|measure| !replaced(ledger, measure, origin, duty.on, at))
    });
    ended.reverse();
    let end = truce.map_or(days.on, |truce| truce.until).max(days.on);
    let steps = steps(ledger, [importer, origin], days, end)?;
    let past = || steps.iter().filter(|step| !step.scheduled);
    let top = past().map(|step| step.headline_pp).fold(0.0, f64::max);
    let first = past().find(|step| step.headline_pp == top);
    Ok(Direction {
        importer: importer.clone(),
        exporter: origin.clone(),
        unread: None,
        headline_pp: headline.total_pct.as_f64(),
        parts: headline.parts.iter().map(part).collect(),
        listed: headline.listed.iter().map(part).collect(),
        ended,
        later: headline
            .later_that_day
            .map(|later| Later { from: later.from.to_string(), headline_pp: later.total_pct.as_f64() }),
        trade_weighted_pct: None,
        simple_mean_pct: None,
        coverage_pct: None,
        peak: Peak { headline_pp: top, from: first.map_or(days.on, |step| step.from) },
        steps,
    })
}

/// What an importer charges of which no act is on record: not nought, but unknown.
fn unread(ledger: &Ledger, [importer, origin]: [&Country; 2], on: Day) -> Direction {
    Direction {
        importer: importer.clone(),
        exporter: origin.clone(),
        unread: Some(no_acts_of(ledger, importer)),
        headline_pp: f64::NAN,
        parts: Vec::new(),
        listed: Vec::new(),
        ended: Vec::new(),
        later: None,
        trade_weighted_pct: None,
        simple_mean_pct: None,
        coverage_pct: None,
        peak: Peak { headline_pp: f64::NAN, from: on },
        steps: Vec::new(),
    }
}

/// Why a country's duties are unread.
fn no_acts_of(ledger: &Ledger, country: &Country) -> String {
    let name = ledger.areas().name(country.as_str()).unwrap_or(country.as_str());
    format!("no act of {name}, nor of a union it belongs to, is on record")
}

fn fell_away(change: &ledger::Change) -> Ended {
    let act = change.acts.first();
    Ended {
        measure: change.measure.to_string(),
        name: change.title.clone(),
        points_pp: change.before_pct.map_or(0.0, |points| points.as_f64()),
        on: change.at.day(),
        act: act.map_or_else(String::new, |act| act.label().to_string()),
        citation: act.map_or_else(String::new, |act| act.citation.to_string()),
    }
}

/// Whether another duty held the place of `measure` on the eve of `day`.
fn replaced(
    ledger: &Ledger,
    measure: &ledger::Measure,
    origin: &Country,
    day: Day,
    at: ledger::Clocks,
) -> bool {
    let importer = measure.importer.as_str();
    let Ok(end) = ledger.clock(importer).zone.start_of(day) else { return false };
    let eve = ledger::Clocks { on: end - jiff::SignedDuration::from_secs(1), ..at };
    let headline = ledger.headline(importer, origin.as_str(), eve);
    !headline.parts.iter().any(|part| part.measure == measure.id)
}

fn part(part: &ledger::HeadlinePart) -> Part {
    let act = part.act.as_ref();
    let stated = part.stated.points().map_or(0.0, |points| points.as_f64());
    Part {
        measure: part.measure.to_string(),
        name: part.title.clone(),
        points_pp: part.charged_pct.map_or(0.0, |points| points.as_f64()),
        full_pp: stated,
        suspended_pp: part.suspended.iter().filter_map(|s| s.points_pp).sum::<Points>().as_f64(),
        since: part.since.day(),
        until: part.until.as_ref().map(ledger::Stamp::day),
        act: act.map_or_else(String::new, |act| act.label().to_string()),
        citation: act.map_or_else(String::new, |act| act.citation.to_string()),
        confidence: part.confidence,
    }
}

/// The headline through time, from shortly before it first left zero until shortly after `end`.
fn steps(
    ledger: &Ledger,
    [importer, origin]: [&Country; 2],
    days: Days,
    end: Day,
) -> Result<Vec<Step>, Faults> {
    let at = days.at(ledger, importer.as_str())?;
    let zone = ledger.clock(importer.as_str()).zone;
    let shift = |day: Day, by: i64| day.saturating_add(jiff::Span::new().days(by));
    let until = zone.start_of(shift(end, MARGIN)).map_err(bad_date)?;
    let first_act = ledger.acts().map(|act| act.published).min().unwrap_or(at.on).min(at.on);
    let Some(during) = Interval::new(first_act, Some(until)) else { return Ok(Vec::new()) };
    let series =
        ledger.headline_series(importer.as_str(), origin.as_str(), during, at.known, View::Collected);
    let mut steps: Vec<Step> = series
        .steps
        .iter()
        .map(|step| Step {
            from: step.from.day(),
            from_instant: step.from.instant().to_string(),
            headline_pp: step.total_pct.as_f64(),
            label: step.label.clone(),
            act: step.acts.first().map_or_else(String::new, |act| act.citation.to_string()),
            scheduled: step.from.instant() > at.on,
        })
        .collect();
    // The long quiet before the first duty is shown in part.
    if let [zero, first, ..] = steps.as_mut_slice()
        && zero.headline_pp == 0.0
    {
        zero.from = shift(first.from, -MARGIN);
        zero.from_instant = zone.start_of(zero.from).map_err(bad_date)?.to_string();
    }
    Ok(steps)
}
