//! Which items the page shows, in which order, and which of them wait behind a line.

use scenario::{Claim, Clause, Cost, Direction, Part, Pending, SectorCost, TimelineEvent};
use terms::Country;

use super::Page;
use crate::sentence;

/// How many coming events stand open.
const COMING: usize = 6;

/// How many sectors of each buyer the page names.
const SECTORS: usize = 4;

/// How many events a phone lists at once.
const LISTED: usize = 12;

impl Page<'_> {
    /// On a phone a list takes the place of the lanes: its older part waits behind a line.
    pub(super) fn split_recent(&self) -> (&[&TimelineEvent], &[&TimelineEvent]) {
        self.recent.split_at(self.recent.len().saturating_sub(LISTED))
    }

    pub(super) fn one_is_unread(&self) -> bool {
        self.brief.account.directions.iter().any(|direction| direction.unread.is_some())
    }

    pub(super) fn listed<'d>(&self, direction: &'d Direction) -> Vec<&'d Part> {
        sentence::listed(direction).collect()
    }

    /// The share of the truce that has passed, for a meter.
    pub(super) fn passed(&self) -> i64 {
        self.brief.account.truce.as_ref().map_or(0, |t| 100 * t.day / t.days.max(1))
    }

    /// Sides of a conversation that have said nothing in it.
    pub(super) fn silent(&self, thread: &[&Claim]) -> Vec<usize> {
        let parties = self.brief.account.parties.iter().enumerate();
        parties.filter(|(_, p)| thread.iter().all(|c| c.side != p.code)).map(|(k, _)| k).collect()
    }

    /// The sectors that move most, by buyer in the order of the parties.
    pub(super) fn sectors<'c>(&self, cost: &'c Cost) -> Vec<(Country, Vec<&'c SectorCost>)> {
        let of = |code: &Country| cost.sectors.iter().filter(|s| s.importer == *code).take(SECTORS).collect();
        let parties = self.brief.account.parties.iter();
        parties
            .map(|p| (p.code.clone(), of(&p.code)))
            .filter(|(_, sectors): &(_, Vec<_>)| !sectors.is_empty())
            .collect()
    }

    /// Clauses by agreement, in the order given.
    pub(super) fn agreements(&self) -> Vec<(&str, Vec<&Clause>)> {
        let mut all: Vec<(&str, Vec<&Clause>)> = Vec::new();
        for clause in &self.brief.account.clauses {
            match all.iter_mut().find(|(name, _)| *name == clause.agreement) {
                Some((_, clauses)) => clauses.push(clause),
                None => all.push((&clause.agreement, vec![clause])),
            }
        }
        all
    }

    /// What comes next: of one day first what a lapse returns; clauses of the truce itself stand in its own box.
    pub(super) fn coming(&self) -> Vec<&Pending> {
        let account = &self.brief.account;
        let returns = |item: &Pending| {
            account.truce.iter().flat_map(|t| &t.returns).any(|r| r.measures.contains(&item.subject))
        };
        let said_above = |item: &Pending| {
            account.truce.as_ref().is_some_and(|t| t.until == item.on && t.agreement == item.act)
        };
        let mut coming: Vec<&Pending> = account.pending.iter().filter(|item| !said_above(item)).collect();
        coming.sort_by_key(|item| (item.on, !returns(item)));
        coming
    }

    /// The same, those that stand open and those that wait behind a line.
    pub(super) fn split_coming(&self) -> (Vec<&Pending>, Vec<&Pending>) {
        let mut soon = self.coming();
        let later = soon.split_off(soon.len().min(COMING));
        (soon, later)
    }

    pub(super) fn has_rates(&self) -> bool {
        self.brief
            .account
            .directions
            .iter()
            .any(|d| d.trade_weighted_pct.or(d.simple_mean_pct).or(d.coverage_pct).is_some())
    }
}
