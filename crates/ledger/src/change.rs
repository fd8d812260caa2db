//! What changes when: the turns of measures over time.

use serde::Serialize;
use terms::{Country, Instant, Interval, Points};

use crate::model::{Measure, MeasureKind, OnLapse};
use crate::stamp::{ActBrief, Stamp};
use crate::{ActId, Ledger, MeasureId, Version, View, WindowId};

/// What happens to a measure at an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Turn {
    /// It begins.
    Starts,
    /// It ends.
    Ends,
    /// Its rate changes.
    Rate,
    /// It, or some of its points, begins to stand still.
    Suspended,
    /// What stood still returns.
    Returns,
    /// Something else of its terms changes: goods, origins, exceptions, the value charged.
    Terms,
}

/// One turn of one measure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// When.
    pub at: Stamp,
    /// The measure.
    pub measure: MeasureId,
    /// What it is.
    pub title: String,
    /// What it does.
    pub kind: MeasureKind,
    /// At whose border.
    pub importer: Country,
    /// What happens.
    pub turn: Turn,
    /// Whether it reaches all goods.
    pub all_goods: bool,
    /// The points charged before; none where nothing was in force, or no points are stated.
    pub before_pct: Option<Points>,
    /// The points charged after.
    pub after_pct: Option<Points>,
    /// The suspensions that begin or end here.
    pub windows: Vec<WindowId>,
    /// The acts behind it.
    pub acts: Vec<ActBrief>,
}

impl Change {
    /// The points that return, where a suspension ends.
    pub fn returned(&self) -> Option<Points> {
        let after = self.after_pct.filter(|_| self.turn == Turn::Returns)?;
        Some(after - self.before_pct.unwrap_or(Points::ZERO))
    }
}

/// Which measures are asked about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Between {
    /// Only of this importer.
    pub importer: Option<Country>,
    /// Only what reaches goods of this origin.
    pub origin: Option<Country>,
}

impl Between {
    /// One importer's measures on one origin's goods.
    pub fn pair(importer: &str, origin: &str) -> Self {
        Self { importer: Some(Country::new(importer)), origin: Some(Country::new(origin)) }
    }
}

impl Ledger {
    /// Every turn within `during`, in the order of time.
    pub fn changes(&self, between: &Between, during: Interval, known: Instant, view: View) -> Vec<Change> {
        let mut changes: Vec<Change> = Vec::new();
        for measure in self.measures() {
            if between.importer.as_ref().is_some_and(|importer| *importer != measure.importer) {
                continue;
            }
            let versions = self.versions(&measure.id, known, view);
            for turn in turns(&versions).into_iter().filter(|turn| during.holds(turn.at)) {
                if self.concerns(between, &turn) {
                    changes.push(self.change(measure, &turn));
                }
            }
        }
        changes.sort_by(|a, b| (a.at.instant(), &a.measure).cmp(&(b.at.instant(), &b.measure)));
        changes
    }

    fn concerns(&self, between: &Between, turn: &Turning<'_>) -> bool {
        let Some(origin) = &between.origin else { return true };
        let reached = |version: &Version| self.areas.reaches(&version.terms.origin, origin, turn.at);
        turn.before.is_some_and(reached) || turn.after.is_some_and(reached)
    }

    fn change(&self, measure: &Measure, turn: &Turning<'_>) -> Change {
        let points = |version: Option<&Version>| {
            let version = version.filter(|_| measure.kind == MeasureKind::Duty)?;
            if version.applies() { version.charged().points() } else { Some(Points::ZERO) }
        };
        let either = turn.after.or(turn.before);
        Change {
            at: self.stamp(measure.importer.as_str(), turn.at),
            measure: measure.id.clone(),
            title: measure.title.clone(),
            kind: measure.kind,
            importer: measure.importer.clone(),
            turn: turn.kind(),
            all_goods: either.is_some_and(|version| version.terms.goods.all),
            before_pct: points(turn.before),
            after_pct: points(turn.after),
            windows: turn.windows().into_iter().cloned().collect(),
            acts: self.briefs(&turn.acts()),
        }
    }
}

/// Two versions that meet at an instant, or one that begins or ends there.
pub(crate) struct Turning<'v> {
    pub(crate) at: Instant,
    pub(crate) before: Option<&'v Version>,
    pub(crate) after: Option<&'v Version>,
}

/// The instants at which something changes, between versions in the order of time.
pub(crate) fn turns(versions: &[Version]) -> Vec<Turning<'_>> {
    let mut turns = Vec::new();
    for (at, version) in versions.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| versions.get(at));
        let before = before.filter(|before| before.during.until == Some(version.during.from));
        turns.push(Turning { at: version.during.from, before, after: Some(version) });
        let next = versions.get(at + 1).map(|next| next.during.from);
        if let Some(until) = version.during.until.filter(|until| next != Some(*until)) {
            turns.push(Turning { at: until, before: Some(version), after: None });
        }
    }
    turns
}

impl<'v> Turning<'v> {
    fn kind(&self) -> Turn {
        let (Some(before), Some(after)) = (self.before, self.after) else {
            return match self.after {
                Some(after) if !after.applies() => Turn::Suspended,
                Some(_) => Turn::Starts,
                None => Turn::Ends,
            };
        };
        let gone =
            before.suspended.iter().any(|still| !after.suspended.iter().any(|s| s.window == still.window));
        let new =
            after.suspended.iter().any(|still| !before.suspended.iter().any(|s| s.window == still.window));
        if new {
            Turn::Suspended
        } else if gone {
            Turn::Returns
        } else if before.charged() != after.charged() {
            Turn::Rate
        } else {
            Turn::Terms
        }
    }

    fn windows(&self) -> Vec<&'v WindowId> {
        let of = |version: Option<&'v Version>| -> Vec<&'v WindowId> {
            version.into_iter().flat_map(|v| v.suspended.iter().map(|still| &still.window)).collect()
        };
        let (before, after) = (of(self.before), of(self.after));
        let mut windows: Vec<&WindowId> = before.iter().filter(|w| !after.contains(w)).copied().collect();
        windows.extend(after.iter().filter(|w| !before.contains(w)));
        windows
    }

    /// The acts behind the turn: that of the new rate, those that open a suspension here or set the end of one,
    /// that which ended the measure; else those whose words are new on the far side.
    pub(crate) fn acts(&self) -> Vec<ActId> {
        let mut acts: Vec<ActId> = Vec::new();
        let still = |version: Option<&'v Version>| version.map_or(&[][..], |v| v.suspended.as_slice());
        let (before, after) = (still(self.before), still(self.after));
        let absent =
            |window: &WindowId, from: &[crate::Standstill]| !from.iter().any(|s| s.window == *window);
        if let Some(version) = self.after {
            let same = self.before.is_some_and(|before| before.act == version.act);
            acts.extend((!same).then(|| version.act.clone()));
        } else {
            acts.extend(self.before.and_then(|before| before.ended_by.clone()));
        }
        let opened = after.iter().filter(|s| absent(&s.window, before)).filter_map(|s| s.acts.first());
        acts.extend(opened.cloned());
        if self.after.is_some() {
            let lapsed = before.iter().filter(|s| absent(&s.window, after)).filter_map(|s| s.acts.last());
            acts.extend(lapsed.cloned());
        }
        if acts.is_empty() {
            let said = |version: Option<&'v Version>| version.map_or(&[][..], |v| v.acts.as_slice());
            let (before, after) = (said(self.before), said(self.after));
            acts.extend(after.iter().filter(|act| !before.contains(act)).cloned());
        }
        if acts.is_empty() {
            acts.extend(self.before.or(self.after).map(|version| version.act.clone()));
        }
        acts
    }
}

impl OnLapse {
    /// Whether anything returns.
    pub const fn returns(&self) -> bool {
        matches!(self, Self::Return | Self::ReturnAs(_))
    }
}
