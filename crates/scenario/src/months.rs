//! What a month under a pair of packages is worth to both sides, from the equilibrium.

use diagnostic::Faults;
use equilibrium::{Cap, Solution};

use crate::contest::{Contest, Policy, Solved};

/// The worth of months, against a world without either side's duties of the conflict; every solve is counted.
pub(crate) struct Months<'a, 'c> {
    contest: &'c Contest<'a>,
    solved: &'c mut Solved,
    none: Solution,
    caps: Vec<Cap>,
}

impl<'a, 'c> Months<'a, 'c> {
    /// Against the first package of both sides, which holds no duties.
    ///
    /// # Errors
    /// `stalled`.
    pub(crate) fn of(
        contest: &'c Contest<'a>,
        solved: &'c mut Solved,
        policies: &[Vec<Policy>; 2],
    ) -> Result<Self, Faults> {
        let none = contest.solve(solved, 0, (0, 0), [&policies[0][0], &policies[1][0]])?.clone();
        Ok(Self { contest, solved, none, caps: Vec::new() })
    }

    /// The same while these flows are capped.
    pub(crate) fn capped(&mut self, caps: Vec<Cap>) {
        self.caps = caps;
    }

    /// Real income of both sides, %.
    ///
    /// # Errors
    /// `stalled`, naming the worst market.
    pub(crate) fn worth(&mut self, policies: [&Policy; 2]) -> Result<[f64; 2], Faults> {
        let cell = self.contest.solve_beside(self.solved, policies, &self.caps)?;
        Ok([0, 1].map(|side| self.contest.real_income_pct(side, &cell, &self.none)))
    }

    /// A month's real income of both sides, million dollars.
    pub(crate) fn month_usd_mn(&self) -> [f64; 2] {
        [0, 1].map(|side| self.contest.income_usd_mn(side, &self.none) / 12.0)
    }
}
