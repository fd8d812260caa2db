//! The headline over time, as steps: what charts draw.

use serde::Serialize;
use terms::{Country, Instant, Interval, Points};

use crate::change::turns;
use crate::stamp::{ActBrief, Stamp};
use crate::{ActId, Ledger, MeasureId, View};

/// The across-the-board duty of one importer on one origin over time.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Series {
    /// Who charges it.
    pub importer: Country,
    /// On whose goods.
    pub origin: Country,
    /// The steps, each until the next.
    pub steps: Vec<Step>,
}

/// One step of the headline.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Step {
    /// From when.
    pub from: Stamp,
    /// Until when; none: no end in the period.
    pub until: Option<Stamp>,
    /// The sum, in points of value.
    pub total_pct: Points,
    /// What it is made of: measure and points charged.
    pub parts: Vec<(MeasureId, Points)>,
    /// The acts behind the step.
    pub acts: Vec<ActBrief>,
    /// A short label for a chart: the numbers of the acts.
    pub label: String,
}

impl Ledger {
    /// The headline within `during` as steps, with the acts behind each.
    pub fn headline_series(
        &self,
        importer: &str,
        origin: &str,
        during: Interval,
        known: Instant,
        view: View,
    ) -> Series {
        let place = Country::new(origin);
        let table = self.duties(importer, |id| self.versions(id, known, view));
        // Where the duties on all goods of this origin turn, and by which acts.
        let mut cuts: Vec<(Instant, Vec<ActId>)> = vec![(during.from, Vec::new())];
        for (_, versions) in &table {
            for turn in turns(versions) {
                let reached = [turn.before, turn.after].into_iter().flatten().any(|version| {
                    version.terms.goods.all && self.areas.reaches(&version.terms.origin, &place, turn.at)
                });
                if reached && during.holds(turn.at) {
                    cuts.push((turn.at, turn.acts()));
                }
            }
        }
        cuts.sort_by_key(|(at, _)| *at);
        let mut steps: Vec<Step> = Vec::new();
        let mut at = 0;
        while let Some((from, _)) = cuts.get(at) {
            let from = *from;
            let mut acts = Vec::new();
            while let Some((_, of)) = cuts.get(at).filter(|(same, _)| *same == from) {
                acts.extend(of.iter().cloned());
                at += 1;
            }
            let rows = self.standing(&table, origin, from);
            let across = rows.iter().filter(|row| row.version.terms.goods.all && row.version.applies());
            let parts: Vec<(MeasureId, Points)> = across
                .filter_map(|row| Some((row.measure.id.clone(), row.version.charged().points()?)))
                .collect();
            if steps.last().is_some_and(|step| step.parts == parts) {
                continue;
            }
            let stamp = self.stamp(importer, from);
            if let Some(last) = steps.last_mut() {
                last.until = Some(stamp.clone());
            }
            let acts = self.briefs(&acts);
            let label = acts.iter().map(ActBrief::label).collect::<Vec<_>>().join(", ");
            let total_pct = parts.iter().map(|(_, points)| *points).sum();
            steps.push(Step { from: stamp, until: None, total_pct, parts, acts, label });
        }
        if let (Some(last), Some(until)) = (steps.last_mut(), during.until) {
            last.until = Some(self.stamp(importer, until));
        }
        Series { importer: Country::new(importer), origin: place, steps }
    }
}
