//! What later publication changed: the same days, known on two days.

use serde::Serialize;
use terms::{Country, Instant, Interval};

use crate::stamp::{ActBrief, Stamp};
use crate::{ClaimId, Ledger, ListChange, MeasureId, TalkId, Version, View};

/// What became known between two days.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Diff {
    /// Acts published after the first day and not after the second.
    pub acts: Vec<ActBrief>,
    /// Stretches of time for which the answer is another.
    pub differences: Vec<Difference>,
    /// Codes put on lists of lines, or taken off them.
    pub lists: Vec<ListChange>,
    /// Claims made in between.
    pub claims: Vec<ClaimId>,
    /// Meetings announced in between.
    pub talks: Vec<TalkId>,
}

/// A stretch of time for which a measure's answer is another.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Difference {
    /// The measure.
    pub measure: MeasureId,
    /// What it is.
    pub title: String,
    /// At whose border.
    pub importer: Country,
    /// From when.
    pub from: Stamp,
    /// Until when.
    pub until: Option<Stamp>,
    /// What was believed first; none: not in force.
    pub before: Option<String>,
    /// What was believed later.
    pub after: Option<String>,
    /// Whether the stretch begins before the second day: the past was rewritten, not the future fixed.
    pub back_in_time: bool,
    /// The acts behind the later belief.
    pub acts: Vec<ActBrief>,
}

impl Ledger {
    /// What publication between `first` and `second` changed.
    pub fn diff(&self, first: Instant, second: Instant, view: View) -> Diff {
        let between = |known: Instant| first < known && known <= second;
        let mut differences = Vec::new();
        for measure in self.measures() {
            if !self.statements_on(&measure.id).any(|s| between(s.published))
                && !self.stays.iter().any(|stay| between(stay.published))
            {
                continue;
            }
            let before = self.versions(&measure.id, first, view);
            let after = self.versions(&measure.id, second, view);
            for (during, was, is) in compare(&before, &after) {
                let stamp = |at| self.stamp(measure.importer.as_str(), at);
                differences.push(Difference {
                    measure: measure.id.clone(),
                    title: measure.title.clone(),
                    importer: measure.importer.clone(),
                    from: stamp(during.from),
                    until: during.until.map(stamp),
                    before: was.map(words),
                    after: is.map(words),
                    back_in_time: during.from < second,
                    acts: self.news(is, &measure.id, first, second),
                });
            }
        }
        differences.sort_by(|a, b| (a.from.instant(), &a.measure).cmp(&(b.from.instant(), &b.measure)));
        Diff {
            acts: self.acts().filter(|act| between(act.published)).map(|act| self.brief_of(act)).collect(),
            differences,
            lists: self.list_changes(first, second),
            claims: self.claims.values().filter(|c| between(c.said)).map(|c| c.id.clone()).collect(),
            talks: self.talks.values().filter(|t| between(t.announced)).map(|t| t.id.clone()).collect(),
        }
    }

    /// The acts published in between that speak of the measure, those behind the version first.
    fn news(
        &self,
        version: Option<&Version>,
        measure: &MeasureId,
        first: Instant,
        second: Instant,
    ) -> Vec<ActBrief> {
        let behind = version.into_iter().flat_map(|version| version.acts.iter());
        let spoken = self.statements_on(measure).map(|statement| &statement.act);
        let fresh = |act: &&crate::ActId| {
            self.act(act.as_str()).is_some_and(|act| first < act.published && act.published <= second)
        };
        self.briefs(behind.chain(spoken).filter(fresh))
    }
}

/// What a version says, in one line.
fn words(version: &Version) -> String {
    match version.standing() {
        crate::Standing::InForce => version.terms.duty.to_string(),
        crate::Standing::Suspended => format!("{} (suspended)", version.terms.duty),
        crate::Standing::PartlySuspended => {
            format!("{} ({} less {})", version.charged(), version.terms.duty, version.suspended_points())
        }
        crate::Standing::Unsettled => format!("{} (nobody says what returns)", version.charged()),
    }
}

/// The stretches over which two lists of versions say different things.
fn compare<'v>(
    before: &'v [Version],
    after: &'v [Version],
) -> Vec<(Interval, Option<&'v Version>, Option<&'v Version>)> {
    let ends = |version: &Version| [Some(version.during.from), version.during.until];
    let mut cuts: Vec<Instant> = before.iter().chain(after).flat_map(ends).flatten().collect();
    cuts.sort_unstable();
    cuts.dedup();
    let mut different: Vec<(Interval, Option<&Version>, Option<&Version>)> = Vec::new();
    for (at, from) in cuts.iter().enumerate() {
        let holds = |versions: &'v [Version]| versions.iter().find(|v| v.during.holds(*from));
        let (was, is) = (holds(before), holds(after));
        let said = |version: Option<&Version>| version.map(|v| (v.charged(), v.standing(), v.terms.clone()));
        if said(was) == said(is) {
            continue;
        }
        let until = cuts.get(at + 1).copied();
        match different.last_mut() {
            Some((during, w, i))
                if during.until == Some(*from) && said(*w) == said(was) && said(*i) == said(is) =>
            {
                during.until = until;
            }
            _ => different.push((Interval { from: *from, until }, was, is)),
        }
    }
    different
}
