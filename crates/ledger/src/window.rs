//! Truces: which day of the window it is, how many are left, and what a lapse returns to each side.
//!
//! ```text
//! day = date(on) − date(from) + 1      of = date(until) − date(from)      left = date(until) − date(on)
//! ```
//!
//! A window from 14 May until 12 August is 90 days: 14 May is day 1 and 11 August is day 90. On 9 June it is day
//! 27, and 64 midnights lie between that day and the end: the day itself counts on both sides, so 27 + 64 = 91.
//! Only what is suspended can return; what was ended cannot.

use serde::Serialize;
use terms::{Country, Instant, Points};

use crate::model::{Agreement, MeasureKind, OnLapse, Verb};
use crate::stamp::{ActBrief, Stamp, days_between};
use crate::{ActId, AgreementId, ClauseId, Clocks, Ledger, MeasureId, Standing, WindowId};

/// A truce at an instant: both sides' windows.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Truce {
    /// The agreement.
    pub agreement: AgreementId,
    /// What it is called.
    pub name: String,
    /// The day it was made.
    pub done: terms::Day,
    /// The instant asked about.
    pub on: Stamp,
    /// The count of days, by the first window still alive.
    pub count: Option<Count>,
    /// The windows, side by side.
    pub sides: Vec<Side>,
    /// Extensions known, in the order of time.
    pub renewals: Vec<Renewal>,
    /// What else the agreement lets return.
    pub snapbacks: Vec<crate::Snapback>,
}

/// Days of a window.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Count {
    /// First instant.
    pub from: Stamp,
    /// First instant after.
    pub until: Stamp,
    /// Whether the window is `ahead`, `running` or `over` on the day asked about.
    pub phase: &'static str,
    /// The day asked about, counted from 1; 0 before the window, the last day after it.
    pub day: i64,
    /// How many days the window has.
    pub of: i64,
    /// Midnights from the day asked about to the end; 0 after the window.
    pub left: i64,
}

/// One suspension of one side.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Side {
    /// Who suspended.
    pub debtor: Country,
    /// The clause it carries out.
    pub clause: ClauseId,
    /// The measure.
    pub measure: MeasureId,
    /// What it is.
    pub title: String,
    /// The suspension.
    pub window: WindowId,
    /// The points that stand still; none: the whole measure.
    pub points_pp: Option<Points>,
    /// How the measure stands at the instant asked about; none: it is not in force.
    pub standing: Option<Standing>,
    /// Days of the window, or of the extension, that holds the instant asked about.
    pub count: Count,
    /// What happens at the end if nobody acts.
    pub on_lapse: OnLapse,
    /// The points that would return at the end of this window.
    pub returns_pp: Points,
    /// The across-the-board duty on the other party's goods now.
    pub headline_pct: Option<Points>,
    /// The same after a lapse.
    pub headline_after_lapse_pct: Option<Points>,
    /// The acts that made the window as it stands.
    pub acts: Vec<ActBrief>,
}

/// A window made longer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Renewal {
    /// Whose.
    pub debtor: Country,
    /// Which.
    pub window: WindowId,
    /// The end before.
    pub from: Stamp,
    /// The end after.
    pub until: Stamp,
    /// The act.
    pub act: Option<ActBrief>,
}

/// One link of a suspension: as first made, or as extended.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Link {
    pub(crate) from: Instant,
    pub(crate) until: Instant,
    pub(crate) act: ActId,
}

impl Ledger {
    /// A truce as it stands: every suspension that carries out a clause of the agreement.
    pub fn truce(&self, agreement: &str, at: Clocks) -> Option<Truce> {
        let agreement = self.agreement(agreement).filter(|agreement| agreement.published <= at.known)?;
        let mut sides = Vec::new();
        let mut renewals = Vec::new();
        for clause in &agreement.clauses {
            let of = clause.windows.iter().flat_map(|w| clause.measures.iter().map(move |m| (m, w)));
            for (measure, window) in of {
                let links = self.links(measure, window, at.known);
                let debtor = self.measure(measure.as_str()).map(|measure| measure.importer.clone());
                let Some(debtor) = debtor else { continue };
                let Some(link) = self.current(&links, debtor.as_str(), at.on).cloned() else { continue };
                let stamp = |at| self.stamp(debtor.as_str(), at);
                // Renewals made before this agreement belong to the one it builds on.
                let own = |link: &&Link| {
                    self.act(link.act.as_str()).is_some_and(|act| agreement.published <= act.published)
                };
                for (before, after) in links.iter().zip(links.iter().skip(1)).filter(|(_, after)| own(after))
                {
                    renewals.push(Renewal {
                        debtor: debtor.clone(),
                        window: window.clone(),
                        from: stamp(before.until),
                        until: stamp(after.until),
                        act: self.brief(&after.act),
                    });
                }
                sides.push(self.side(agreement, &clause.id, measure, window, &debtor, &link, at));
            }
        }
        renewals.sort_by_key(|renewal| renewal.from.instant());
        let alive = sides.iter().find(|side| side.standing.is_some()).or(sides.first());
        Some(Truce {
            agreement: agreement.id.clone(),
            name: agreement.name.clone(),
            done: agreement.done,
            on: self.stamp(agreement.clock.as_str(), at.on),
            count: alive.map(|side| side.count.clone()),
            sides,
            renewals,
            snapbacks: agreement.snapbacks.clone(),
        })
    }

    /// Every truce with a window that is open at the instant asked about, the latest agreement first.
    pub fn truces(&self, at: Clocks) -> Vec<Truce> {
        let open = |truce: &Truce| {
            truce.sides.iter().any(|side| side.standing.is_some() && side.count.phase == "running")
        };
        let begun = self.agreements().filter(|agreement| agreement.published <= at.on);
        let mut truces: Vec<Truce> =
            begun.filter_map(|agreement| self.truce(agreement.id.as_str(), at)).filter(open).collect();
        truces.reverse();
        truces
    }

    fn side(
        &self,
        agreement: &Agreement,
        clause: &ClauseId,
        measure: &MeasureId,
        window: &WindowId,
        debtor: &Country,
        link: &Link,
        at: Clocks,
    ) -> Side {
        let version = self.version(measure, at);
        let still = version.as_ref().and_then(|v| v.suspended.iter().find(|still| still.window == *window));
        let (points, on_lapse) = self.window_terms(measure, window);
        let record = self.measure(measure.as_str());
        let duty = record.is_some_and(|record| record.kind == MeasureKind::Duty);
        let across = version.as_ref().is_none_or(|version| version.terms.goods.all);
        let other = agreement.parties.iter().find(|party| *party != debtor).filter(|_| duty && across);
        let now = other.map(|other| self.headline_total(debtor.as_str(), other.as_str(), at));
        let lapsed = other
            .map(|other| self.headline_after_lapse(debtor.as_str(), other.as_str(), window, link.until, at));
        let lapse = Some((window, link.until));
        let after = self.versions_if(measure, at.known, at.view, lapse).into_iter();
        let charged = |version: &crate::Version| {
            let points = version.charged().points().filter(|_| version.applies());
            points.unwrap_or(Points::ZERO)
        };
        let after = after.filter(|v| v.during.holds(link.until)).map(|v| charged(&v)).next();
        let before = version.as_ref().filter(|_| still.is_some()).map(charged);
        Side {
            debtor: debtor.clone(),
            clause: clause.clone(),
            measure: measure.clone(),
            title: record.map(|record| record.title.clone()).unwrap_or_default(),
            window: window.clone(),
            points_pp: points,
            standing: version.as_ref().map(crate::Version::standing),
            count: self.count(debtor.as_str(), link, at.on),
            on_lapse,
            returns_pp: before.zip(after).map_or(Points::ZERO, |(before, after)| after - before),
            headline_pct: now,
            headline_after_lapse_pct: lapsed.filter(|_| version.is_some()),
            acts: still.map(|still| self.briefs(&still.acts)).unwrap_or_default(),
        }
    }

    fn window_terms(&self, measure: &MeasureId, window: &WindowId) -> (Option<Points>, OnLapse) {
        let made = self.statements_on(measure).find_map(|statement| match &statement.verb {
            Verb::Suspend { points, window: of, on_lapse, .. } if of == window => {
                Some((*points, on_lapse.clone()))
            }
            _ => None,
        });
        made.unwrap_or((None, OnLapse::Ask))
    }

    /// A suspension as a chain: as first made, then each extension, as known.
    pub(crate) fn links(&self, measure: &MeasureId, window: &WindowId, known: Instant) -> Vec<Link> {
        let mut links: Vec<Link> = Vec::new();
        let heard = |s: &&crate::Statement| s.published <= known && !self.stayed(s, known);
        for statement in self.statements_on(measure).filter(heard) {
            let act = statement.act.clone();
            match &statement.verb {
                Verb::Suspend { window: of, from, until: Some(until), .. } if of == window => {
                    links.push(Link { from: *from, until: *until, act });
                }
                Verb::Extend { window: Some(of), until } if of == window => {
                    let from = links.last().map_or(*until, |last| last.until);
                    links.push(Link { from, until: *until, act });
                }
                Verb::Resume { window: of, from } if of.as_ref().is_none_or(|of| of == window) => {
                    links.retain(|link| link.from < *from);
                    links.iter_mut().for_each(|link| link.until = link.until.min(*from));
                }
                _ => {}
            }
        }
        links
    }

    /// The link of the day asked about: the first that ends on a later day, else the last. A day on which a window
    /// ends and is prolonged counts to the new window from its start, whatever the hour.
    fn current<'k>(&self, links: &'k [Link], clock: &str, on: Instant) -> Option<&'k Link> {
        let today = self.day(clock, on);
        links.iter().find(|link| today < self.day(clock, link.until)).or(links.last())
    }

    fn count(&self, clock: &str, link: &Link, on: Instant) -> Count {
        let (from, until) = (self.stamp(clock, link.from), self.stamp(clock, link.until));
        let of = days_between(from.day(), until.day());
        let day = days_between(from.day(), self.day(clock, on)) + 1;
        let left = days_between(self.day(clock, on), until.day());
        let phase = match day {
            ..=0 => "ahead",
            day if day <= of => "running",
            _ => "over",
        };
        Count { from, until, phase, day: day.clamp(0, of), of, left: left.max(0) }
    }
}
