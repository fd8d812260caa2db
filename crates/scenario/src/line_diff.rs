//! What later publication changed for the duty on one line: two states of knowledge, step by step.

use diagnostic::Faults;
use serde::Serialize;
use tariffs::{LineStep, Moved};
use terms::{Country, Day, Instant, Points};

use crate::records::Record;
use crate::why::{Entry, line_changes};

/// The duty on one line as known on two days, where they differ.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LineDiff {
    /// At whose border.
    pub importer: Country,
    /// Where the goods come from.
    pub origin: Country,
    /// The line.
    pub line: String,
    /// The two days of publication.
    pub known_on: [Day; 2],
    /// Stretches of entry for which the answer is another, in the order of time.
    pub stretches: Vec<Stretch>,
}

/// A stretch of entry for which later knowledge gives another total.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stretch {
    /// The first instant, on the importer's clock.
    pub from: String,
    /// The first instant after it; none: to the end of the time looked at.
    pub until: Option<String>,
    /// The total as first known; none where it is no single number.
    pub before_pct: Option<Points>,
    /// The total as known later.
    pub after_pct: Option<Points>,
    /// Both in words.
    pub text: [String; 2],
    /// Whether it begins before the second day.
    pub back_in_time: bool,
    /// The duties that later knowledge charges otherwise.
    pub changed: Vec<Moved>,
}

/// How far around the two days entries are looked at.
const AROUND: [i64; 2] = [1, 2];

/// Compares what was known of a line on two days, over entries from a year before the first to two years after the second.
///
/// `entry` says whose border, whose goods, which line and which facts; its own days are not read.
///
/// # Errors
/// As [`crate::why`].
pub fn line_diff(record: &Record, entry: &Entry, known_on: [Day; 2]) -> Result<LineDiff, Faults> {
    let [first, second] = known_on;
    let from = first.saturating_sub(jiff::Span::new().years(AROUND[0]));
    let to = second.saturating_add(jiff::Span::new().years(AROUND[1]));
    let steps = |known: Day| {
        let entry = Entry { on: from.to_string(), known_on: Some(known), ..entry.clone() };
        line_changes(record, &entry, Some(to))
    };
    let (before, after) = (steps(first)?, steps(second)?);
    let clock = record.ledger.clock(entry.importer.as_str());
    let mut cuts: Vec<Instant> = before.iter().chain(&after).map(|step| step.instant).collect();
    cuts.sort_unstable();
    cuts.dedup();
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut open: Option<(usize, usize)> = None;
    for on in cuts {
        let at = (place(&before, on), place(&after, on));
        let (Some(was), Some(is)) = at else { continue };
        let (old, new) = (&before[was], &after[is]);
        let from = clock.zone.show(on);
        if open.take().is_some()
            && let Some(last) = stretches.last_mut()
        {
            if last.text == [old.total_text.clone(), new.total_text.clone()] {
                open = Some((was, is));
                continue;
            }
            last.until = Some(from.clone());
        }
        if old.total_text != new.total_text {
            open = Some((was, is));
            stretches.push(Stretch {
                from,
                until: None,
                before_pct: old.total_pct,
                after_pct: new.total_pct,
                text: [old.total_text.clone(), new.total_text.clone()],
                back_in_time: clock.day_of(on) <= second,
                changed: moved(&before[..=was], &after[..=is]),
            });
        }
    }
    let (importer, origin, line) = (entry.importer.clone(), entry.origin.clone(), entry.line.clone());
    Ok(LineDiff { importer, origin, line, known_on, stretches })
}

/// The place of the step that holds at an instant.
fn place(steps: &[LineStep], on: Instant) -> Option<usize> {
    steps.partition_point(|step| step.instant <= on).checked_sub(1)
}

/// The duties that stand otherwise after the second walk than after the first.
fn moved(before: &[LineStep], after: &[LineStep]) -> Vec<Moved> {
    let standing = |steps: &[LineStep]| {
        let mut last: Vec<Moved> = Vec::new();
        for duty in steps.iter().flat_map(|step| &step.changed) {
            last.retain(|other| other.measure != duty.measure);
            last.push(duty.clone());
        }
        last
    };
    let (old, new) = (standing(before), standing(after));
    let points = |duties: &[Moved], id: &str| duties.iter().find(|d| d.measure == id).and_then(|d| d.after);
    let mut moved: Vec<Moved> = Vec::new();
    for duty in new.iter().chain(&old) {
        let (was, is) = (points(&old, &duty.measure), points(&new, &duty.measure));
        if was != is && !moved.iter().any(|other| other.measure == duty.measure) {
            moved.push(Moved { before: was, after: is, ..duty.clone() });
        }
    }
    moved
}
