//! What a month under a pair of packages is worth to both sides, from the equilibrium.

use diagnostic::Faults;
use equilibrium::{Cap, Solution};
use strategy::{Objective, ObjectiveParts};

use crate::contest::{Contest, Solved};
use crate::hats::percent;
use crate::packages::Policy;
use crate::wants::Wants;

/// The worth of months, against a world without either side's duties of the conflict; every solve is counted.
pub(crate) struct Months<'a, 'c> {
    contest: &'c Contest<'a>,
    solved: &'c mut Solved,
    objective: Objective,
    judged_by: String,
    none: Solution,
    caps: Vec<Cap>,
}

/// A month under one pair of packages.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Month {
    /// What both governments want of it, % of what it is without either side's duties of the conflict.
    pub(crate) worth: [f64; 2],
    /// Real income of both, %.
    pub(crate) real_income: [f64; 2],
    /// What each objective is made of.
    pub(crate) parts: [ObjectiveParts; 2],
}

impl<'a, 'c> Months<'a, 'c> {
    /// Against the first package of both sides, which holds no duties, by what governments want.
    ///
    /// # Errors
    /// `stalled`.
    pub(crate) fn of(
        contest: &'c Contest<'a>,
        solved: &'c mut Solved,
        policies: &[Vec<Policy>; 2],
        wants: &Wants,
    ) -> Result<Self, Faults> {
        let objective = wants.objective(contest.economy())?;
        let none = contest.solve(solved, 0, (0, 0), [&policies[0][0], &policies[1][0]])?.clone();
        Ok(Self { contest, solved, objective, judged_by: wants.words(), none, caps: Vec::new() })
    }

    /// What both governments want, in words.
    pub(crate) fn judged_by(&self) -> &str {
        &self.judged_by
    }

    /// The same while these flows are capped.
    pub(crate) fn capped(&mut self, caps: Vec<Cap>) {
        self.caps = caps;
    }

    /// What both sides want of a month under these packages, %.
    ///
    /// # Errors
    /// `stalled`, naming the worst market.
    pub(crate) fn worth(&mut self, policies: [&Policy; 2]) -> Result<[f64; 2], Faults> {
        Ok(self.month(policies)?.worth)
    }

    /// A month under these packages.
    ///
    /// # Errors
    /// As [`worth`](Self::worth).
    pub(crate) fn month(&mut self, policies: [&Policy; 2]) -> Result<Month, Faults> {
        let cell = self.contest.solve_beside(self.solved, policies, &self.caps)?;
        let real_income = [0, 1].map(|side| self.contest.real_income_pct(side, &cell, &self.none));
        let (parts, none) = (self.parts(&cell), self.without_duties());
        let worth = |side: usize| {
            let weight = self.objective.revenue_weight[self.contest.place(side).at()];
            percent(parts[side].value(weight) / none[side].value(weight))
        };
        let worth = if self.objective.is_real_income() { real_income } else { [worth(0), worth(1)] };
        Ok(Month { worth, real_income, parts })
    }

    /// What each objective is made of without either side's duties of the conflict.
    pub(crate) fn without_duties(&self) -> [ObjectiveParts; 2] {
        self.parts(&self.none)
    }

    fn parts(&self, at: &Solution) -> [ObjectiveParts; 2] {
        let baseline = self.contest.central_baseline();
        [0, 1].map(|side| self.objective.parts_at(self.contest.place(side), baseline, at))
    }

    /// A month's real income of both sides, million dollars.
    pub(crate) fn month_usd_mn(&self) -> [f64; 2] {
        [0, 1].map(|side| self.contest.income_usd_mn(side, &self.none) / 12.0)
    }
}
