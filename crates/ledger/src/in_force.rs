//! The one function that decides what is in force, on an instant, as known on an instant.
//!
//! ```text
//! what acts said of one measure, as known   →   its life, its terms over time, what stands still   →   versions
//! ```
//!
//! Statements pile up and none edits another; [`Ledger::versions`] folds them. Everything else in this room,
//! and every duty in the next, is a question put to its answer.

use std::sync::Arc;

use serde::Serialize;
use terms::{Instant, Interval, Points};

use crate::fold::Fold;
use crate::model::{Duty, OnLapse, Terms};
use crate::{ActId, Ledger, MeasureId, WindowId};

/// Which state of the law is meant.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum View {
    /// What customs collects.
    #[default]
    Collected,
    /// What the law is: a void measure has no force from the day it is void.
    Lawful,
    /// What the schedule prints, void headings included.
    Printed,
}

impl View {
    /// All with the word the commands use.
    pub const ALL: [(&'static str, Self); 3] =
        [("collected", Self::Collected), ("lawful", Self::Lawful), ("printed", Self::Printed)];
}

/// The two clocks of a question, and the view.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct Clocks {
    /// The instant asked about.
    pub on: Instant,
    /// Acts published later are not seen.
    pub known: Instant,
    /// Which state of the law.
    pub view: View,
}

impl Clocks {
    /// On an instant, with all that is known today, as collected.
    pub const fn on(on: Instant) -> Self {
        Self { on, known: Instant::MAX, view: View::Collected }
    }

    /// The same question as it could be answered at `known`.
    #[must_use]
    pub const fn known(self, known: Instant) -> Self {
        Self { known, ..self }
    }

    /// The same question under another view.
    #[must_use]
    pub const fn view(self, view: View) -> Self {
        Self { view, ..self }
    }
}

/// What holds of a measure over one stretch of time.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Version {
    /// The stretch.
    pub during: Interval,
    /// What the measure says, nothing suspended.
    pub terms: Arc<Terms>,
    /// What of it stands still.
    pub suspended: Vec<Standstill>,
    /// The act behind the rate.
    pub act: ActId,
    /// All acts behind the terms, in the order of their words.
    pub acts: Vec<ActId>,
    /// The act behind the end of the stretch, where an act ended, extended or limited the measure.
    pub ended_by: Option<ActId>,
}

/// A suspension, as it stands in one version.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Standstill {
    /// Its name.
    pub window: WindowId,
    /// The points that stand still; none: the whole measure.
    pub points: Option<Points>,
    /// Its end as known; none: until resumed.
    pub until: Option<Instant>,
    /// What happens then.
    pub on_lapse: OnLapse,
    /// The end has passed and no text says what returns.
    pub unsettled: bool,
    /// The act that made it, then those that extended it.
    pub acts: Vec<ActId>,
}

/// How a measure stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// In force, wholly.
    InForce,
    /// In force, some of its points standing still.
    PartlySuspended,
    /// Standing still, wholly.
    Suspended,
    /// A suspension has run out and no text says what returns.
    Unsettled,
}

impl Version {
    /// How the measure stands.
    pub fn standing(&self) -> Standing {
        if self.suspended.iter().any(|still| still.unsettled) {
            Standing::Unsettled
        } else if self.suspended.iter().any(|still| still.points.is_none()) {
            Standing::Suspended
        } else if self.suspended.is_empty() {
            Standing::InForce
        } else {
            Standing::PartlySuspended
        }
    }

    /// Whether anything of it applies: not so when the whole measure stands still.
    pub fn applies(&self) -> bool {
        self.suspended.iter().all(|still| still.points.is_some())
    }

    /// The points that stand still.
    pub fn suspended_points(&self) -> Points {
        self.suspended.iter().filter_map(|still| still.points).sum()
    }

    /// What is charged: the duty less the points that stand still.
    pub fn charged(&self) -> Duty {
        self.terms.duty.less(self.suspended_points())
    }
}

impl Ledger {
    /// The versions of one measure in the order of time, as known at `known`; stretches where it is not in
    /// force are left out. A measure unknown at `known` has none.
    ///
    /// This is the one function that decides what is in force.
    pub fn versions(&self, measure: &MeasureId, known: Instant, view: View) -> Vec<Version> {
        self.versions_if(measure, known, view, None)
    }

    /// The same, if the window named ends at the instant given and is not extended.
    pub(crate) fn versions_if(
        &self,
        measure: &MeasureId,
        known: Instant,
        view: View,
        lapse: Option<(&WindowId, Instant)>,
    ) -> Vec<Version> {
        let mut fold = Fold::new(view);
        for statement in self.statements_on(measure) {
            if statement.published <= known && !self.stayed(statement, known) {
                fold.take(statement);
            }
        }
        if let Some((window, end)) = lapse {
            fold.cap(window, end);
        }
        let versions = fold.versions();
        // A measure that follows another applies only while that one does (texts cannot follow in a circle).
        match self.measures.get(measure).and_then(|measure| measure.follows.as_ref()) {
            Some(other) => during(versions, &self.versions_if(other, known, view, lapse)),
            None => versions,
        }
    }

    /// Every measure's versions, for those who ask often: read it once per known-on and view.
    pub fn timetable(&self, known: Instant, view: View) -> Timetable {
        let rows = self.measures.keys().map(|id| (id.clone(), self.versions(id, known, view)));
        Timetable { known, view, rows: rows.filter(|(_, versions)| !versions.is_empty()).collect() }
    }

    /// Everything in force at an instant, as known: each measure with what holds of it.
    pub fn in_force(&self, at: Clocks) -> Vec<(MeasureId, Version)> {
        let rows = self.measures.keys().filter_map(|id| Some((id.clone(), self.version(id, at)?)));
        rows.collect()
    }

    /// What holds of one measure at an instant.
    pub fn version(&self, measure: &MeasureId, at: Clocks) -> Option<Version> {
        self.versions(measure, at.known, at.view).into_iter().find(|version| version.during.holds(at.on))
    }
}

/// The parts of `versions` in which `other` applies.
fn during(versions: Vec<Version>, other: &[Version]) -> Vec<Version> {
    let mut parts = Vec::new();
    for version in versions {
        for leader in other.iter().filter(|leader| leader.applies()) {
            if let Some(during) = version.during.meet(&leader.during) {
                parts.push(Version { during, ..version.clone() });
            }
        }
    }
    // Where the other only says something else, this one goes on as it was.
    parts.dedup_by(|next, before| {
        let goes_on = before.during.until == Some(next.during.from) && before.same_as(next);
        if goes_on {
            before.during.until = next.during.until;
        }
        goes_on
    });
    parts
}

/// All measures with their versions, as known on one instant, in one view.
#[derive(Debug, Clone, PartialEq)]
pub struct Timetable {
    /// As known on.
    pub known: Instant,
    /// Which state of the law.
    pub view: View,
    /// Each measure with its versions, in the order of the ledger.
    pub rows: Vec<(MeasureId, Vec<Version>)>,
}

impl Timetable {
    /// What is in force at `on`.
    pub fn on(&self, on: Instant) -> impl Iterator<Item = (&MeasureId, &Version)> {
        self.rows.iter().filter_map(move |(id, versions)| {
            // Versions are in the order of time: the last that has begun is the only one that can hold.
            let begun = versions.partition_point(|version| version.during.from <= on);
            let version = versions.get(begun.checked_sub(1)?)?;
            version.during.holds(on).then_some((id, version))
        })
    }
}
