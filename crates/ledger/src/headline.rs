//! The headline: the sum of the duties on all goods of an origin, with its parts.
//!
//! The "145" of April 2025 is 20 + 125; the "30" of May is 20 + (34 less 24 that stand still). Duties on listed
//! goods come on top and are named beside it, not summed.

use serde::Serialize;
use terms::{Confidence, Country, Instant, Points};

use crate::model::{Duty, Measure, MeasureKind, OnLapse};
use crate::stamp::{ActBrief, Stamp};
use crate::{Clocks, Ledger, MeasureId, Standing, Standstill, Version, View, WindowId};

/// The across-the-board duty of one importer on one origin, at one instant.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Headline {
    /// Who charges it.
    pub importer: Country,
    /// On whose goods.
    pub origin: Country,
    /// When.
    pub on: Stamp,
    /// As known when; none: with all that is known.
    pub known_on: Option<Stamp>,
    /// Which state of the law.
    pub view: View,
    /// The sum, in points of value.
    pub total_pct: Points,
    /// The points that stand still and could return.
    pub suspended_pp: Points,
    /// What it is made of.
    pub parts: Vec<Part>,
    /// Duties in force on listed goods, not in the sum.
    pub listed: Vec<Part>,
    /// Where the day holds another sum later: from when, and how much.
    pub later_that_day: Option<Later>,
}

/// One duty in force.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Part {
    /// The measure.
    pub measure: MeasureId,
    /// What it is.
    pub title: String,
    /// Its family.
    pub programme: String,
    /// Its place in the schedule.
    pub heading: Option<String>,
    /// What the act states, nothing suspended.
    pub stated: Duty,
    /// The points charged; none where the duty is not stated in points.
    pub charged_pct: Option<Points>,
    /// Whether it is charged on top of the base, or lifts the base to a total.
    pub in_total: bool,
    /// How it stands.
    pub standing: Standing,
    /// What of it stands still.
    pub suspended: Vec<Suspended>,
    /// Since when it says this.
    pub since: Stamp,
    /// Until when, as known.
    pub until: Option<Stamp>,
    /// The act behind the rate.
    pub act: Option<ActBrief>,
    /// How well it is supported.
    pub confidence: Confidence,
}

/// Points that stand still, and what happens at the end.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Suspended {
    /// The name of the suspension.
    pub window: WindowId,
    /// How many points; none: the whole measure.
    pub points_pp: Option<Points>,
    /// Its end, as known.
    pub until: Option<Stamp>,
    /// What happens then.
    pub on_lapse: OnLapse,
    /// The acts that made and extended it.
    pub acts: Vec<ActBrief>,
}

/// A second sum on the same day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Later {
    /// From when.
    pub from: Stamp,
    /// How much.
    pub total_pct: Points,
}

/// The duties that stand at one instant against one origin.
#[derive(Clone, Copy)]
pub(crate) struct Row<'l> {
    pub(crate) measure: &'l Measure,
    pub(crate) version: &'l Version,
}

impl Ledger {
    /// The across-the-board duty of `importer` on goods of `origin`.
    pub fn headline(&self, importer: &str, origin: &str, at: Clocks) -> Headline {
        let duties = self.duties(importer, |id| self.versions(id, at.known, at.view));
        let rows = self.standing(&duties, origin, at.on);
        let known_on = (at.known < Instant::MAX).then(|| self.stamp(importer, at.known));
        let parts: Vec<Part> =
            rows.iter().filter(|row| row.version.terms.goods.all).map(|row| self.part(row)).collect();
        Headline {
            importer: Country::new(importer),
            origin: Country::new(origin),
            on: self.stamp(importer, at.on),
            known_on,
            view: at.view,
            total_pct: total(&rows),
            suspended_pp: parts.iter().flat_map(|p| &p.suspended).filter_map(|s| s.points_pp).sum(),
            parts,
            listed: rows
                .iter()
                .filter(|row| !row.version.terms.goods.all)
                .map(|row| self.part(row))
                .collect(),
            later_that_day: self.later_that_day(&duties, importer, origin, at.on, total(&rows)),
        }
    }

    /// The sum alone.
    pub fn headline_total(&self, importer: &str, origin: &str, at: Clocks) -> Points {
        let duties = self.duties(importer, |id| self.versions(id, at.known, at.view));
        total(&self.standing(&duties, origin, at.on))
    }

    /// The sum at `end`, if the suspension named ends there and nobody extends it.
    pub fn headline_after_lapse(
        &self,
        importer: &str,
        origin: &str,
        window: &WindowId,
        end: Instant,
        at: Clocks,
    ) -> Points {
        let lapse = Some((window, end));
        let duties = self.duties(importer, |id| self.versions_if(id, at.known, at.view, lapse));
        total(&self.standing(&duties, origin, end))
    }

    /// The duties of one importer, each with its versions.
    pub(crate) fn duties(
        &self,
        importer: &str,
        versions: impl Fn(&MeasureId) -> Vec<Version>,
    ) -> Vec<(&Measure, Vec<Version>)> {
        let duties = self.measures().filter(|m| m.kind == MeasureKind::Duty && m.importer == *importer);
        duties.map(|measure| (measure, versions(&measure.id))).collect()
    }

    /// Every duty that stands at `on` against goods of `origin`, less those whose place a duty on all goods takes:
    /// a duty on a list takes the place of another only on the lines of that list.
    pub(crate) fn standing<'d>(
        &self,
        duties: &'d [(&'d Measure, Vec<Version>)],
        origin: &str,
        on: Instant,
    ) -> Vec<Row<'d>> {
        let origin = Country::new(origin);
        let standing = duties.iter().filter_map(|(measure, versions)| {
            let version = versions.iter().find(|v| v.during.holds(on))?;
            let reached = self.areas.reaches(&version.terms.origin, &origin, on);
            reached.then_some(Row { measure, version })
        });
        let rows: Vec<Row<'_>> = standing.collect();
        let replaced: Vec<&MeasureId> = rows
            .iter()
            .filter(|row| row.version.applies() && row.version.terms.goods.all)
            .flat_map(|row| row.version.terms.in_lieu_of.iter())
            .collect();
        rows.iter().filter(|row| !replaced.contains(&&row.measure.id)).copied().collect()
    }

    /// The next instant of the same day, on the importer's clock, from which the sum is another.
    fn later_that_day(
        &self,
        duties: &[(&Measure, Vec<Version>)],
        importer: &str,
        origin: &str,
        on: Instant,
        now: Points,
    ) -> Option<Later> {
        let end = self.clock(importer).zone.start_of(self.day(importer, on).tomorrow().ok()?).ok()?;
        let versions = duties.iter().flat_map(|(_, versions)| versions);
        let ends = versions.flat_map(|v| [Some(v.during.from), v.during.until]).flatten();
        let mut cuts: Vec<Instant> = ends.filter(|cut| on < *cut && *cut < end).collect();
        cuts.sort_unstable();
        cuts.dedup();
        cuts.into_iter().find_map(|cut| {
            let total_pct = total(&self.standing(duties, origin, cut));
            (total_pct != now).then(|| Later { from: self.stamp(importer, cut), total_pct })
        })
    }

    /// A duty as answers show it.
    pub(crate) fn part(&self, row: &Row<'_>) -> Part {
        let Row { measure, version } = row;
        let importer = measure.importer.as_str();
        Part {
            measure: measure.id.clone(),
            title: measure.title.clone(),
            programme: measure.programme.clone(),
            heading: version.terms.heading.clone(),
            stated: version.terms.duty.clone(),
            charged_pct: if version.applies() { version.charged().points() } else { Some(Points::ZERO) },
            in_total: matches!(version.terms.duty, Duty::Total(_)),
            standing: version.standing(),
            suspended: version.suspended.iter().map(|still| self.suspended(importer, still)).collect(),
            since: self.stamp(importer, version.during.from),
            until: version.during.until.map(|until| self.stamp(importer, until)),
            act: self.brief(&version.act),
            confidence: measure.confidence,
        }
    }

    pub(crate) fn suspended(&self, importer: &str, still: &Standstill) -> Suspended {
        Suspended {
            window: still.window.clone(),
            points_pp: still.points,
            until: still.until.map(|until| self.stamp(importer, until)),
            on_lapse: still.on_lapse.clone(),
            acts: self.briefs(&still.acts),
        }
    }
}

/// The sum over the duties that reach all goods. A duty "in total" counts as what the press calls it.
fn total(rows: &[Row<'_>]) -> Points {
    let across = rows.iter().filter(|row| row.version.terms.goods.all && row.version.applies());
    across.filter_map(|row| row.version.charged().points()).sum()
}
