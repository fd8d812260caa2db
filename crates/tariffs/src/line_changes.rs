//! How the duty on one line of one origin moved: each step with the acts that made it.

use diagnostic::Faults;
use serde::Serialize;
use terms::{Country, Instant, Line, Points};

use crate::why::Component;
use crate::{Book, Facts};

/// A step in the duty on one line.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LineStep {
    /// The first instant, on the importer's clock.
    pub from: String,
    /// The same in the world's time.
    pub instant: Instant,
    /// Ordinary duty and additions; none where it is no single number.
    pub total_pct: Option<Points>,
    /// The same in words.
    pub total_text: String,
    /// What is charged in another way than before, or no longer; at the first step, all.
    pub changed: Vec<Moved>,
}

/// A duty that moved at a step.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Moved {
    /// The measure.
    pub measure: String,
    /// Its points before; none where it was not charged.
    pub before: Option<Points>,
    /// Its points from now on; none where it is no longer charged.
    pub after: Option<Points>,
    /// The act that set its rate, or the last rate it had.
    pub act: String,
    /// Its citation.
    pub citation: String,
}

impl Book<'_> {
    /// The steps of the duty on a line in `[from, until)`, for a shipment with these facts.
    ///
    /// # Errors
    /// As [`Book::why`], for the first instant; a later instant at which the line does not exist ends the walk.
    pub fn line_changes(
        &self,
        importer: &Country,
        origin: &Country,
        line: Line,
        (from, until): (Instant, Instant),
        facts: &Facts,
    ) -> Result<Vec<LineStep>, Faults> {
        let mut steps: Vec<LineStep> = Vec::new();
        let mut before: Vec<Component> = Vec::new();
        for on in self.instants_of_change(importer, line, (from, until)) {
            let why = match self.why(importer, origin, line, on, facts) {
                Ok(why) => why,
                Err(faults) if steps.is_empty() => return Err(faults),
                Err(_) => break,
            };
            let changed = moved(&before, &why.components);
            let same = |last: &LineStep| changed.is_empty() && last.total_text == why.total_text;
            if !steps.last().is_some_and(same) {
                let (total_pct, total_text) = (why.total_pct, why.total_text);
                steps.push(LineStep { from: why.on, instant: on, total_pct, total_text, changed });
            }
            before = why.components;
        }
        Ok(steps)
    }

    /// Every instant in `[from, until)` at which some measure, list, rule or row may change for a line.
    fn instants_of_change(
        &self,
        importer: &Country,
        line: Line,
        (from, until): (Instant, Instant),
    ) -> Vec<Instant> {
        let card = self.border.scopes.card(line);
        let rows = self.rows.get(importer).into_iter().flatten();
        let of_versions = rows.flat_map(|row| &row.versions).flat_map(|dated| {
            let during = dated.version.during;
            let entered = dated.version.terms.except.iter().filter_map(|exception| exception.entered_before);
            [Some(during.from), during.until].into_iter().flatten().chain(entered)
        });
        let of_lists = self.border.scopes.changes_of(&card);
        let rules = self.rules.iter().map(|ranked| ranked.rule);
        let of_rules = rules.flat_map(|rule| [Some(rule.from), rule.until]).flatten();
        let clock = self.border.ledger.clock(importer.as_str());
        let of_rows = self.border.schedules.get(importer).into_iter().flat_map(|schedule| {
            let ends = schedule.rows_of(line).flat_map(|row| row.ends());
            ends.filter_map(|day| clock.zone.start_of(day).ok()).collect::<Vec<_>>()
        });
        let all = of_versions.chain(of_lists).chain(of_rules).chain(of_rows);
        let mut instants: Vec<Instant> = all.filter(|at| from < *at && *at < until).collect();
        instants.push(from);
        instants.sort_unstable();
        instants.dedup();
        instants
    }
}

/// The duties that are charged in another way than before.
fn moved(before: &[Component], after: &[Component]) -> Vec<Moved> {
    let points =
        |parts: &[Component], id: &str| parts.iter().find(|part| part.measure == id).map(|part| part.points);
    let ended = before.iter().filter(|part| points(after, &part.measure).is_none());
    let other = after.iter().filter(|part| points(before, &part.measure) != Some(part.points));
    let moved = other.chain(ended).map(|part| Moved {
        measure: part.measure.clone(),
        before: points(before, &part.measure),
        after: points(after, &part.measure),
        act: part.act.clone(),
        citation: part.citation.clone(),
    });
    moved.collect()
}
