//! Who chooses: one government, or several that choose as one.

use serde::Serialize;
use terms::{Country, CountryId};

/// A government, a bloc with one external tariff, or all who sit at one table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Player {
    /// What it is called.
    pub name: Country,
    /// The countries whose duties it sets, by place in the economy.
    #[serde(skip)]
    pub members: Vec<CountryId>,
    /// What it wants.
    #[serde(skip)]
    pub aim: Aim,
}

/// What a player maximises.
#[derive(Debug, Clone, PartialEq)]
pub enum Aim {
    /// The sum of its members' payoffs in money. Duties between members stay as they are, and outsiders meet the
    /// same duty at every member's border.
    Members,
    /// Σ ω·ln payoff over the countries named: a point on the frontier of those who talk. Each member's own duties
    /// are chosen, those on other members included.
    Weighted(Vec<(CountryId, f64)>),
}

impl Player {
    /// One government.
    pub fn alone(name: Country, country: CountryId) -> Self {
        Self::bloc(name, vec![country])
    }

    /// A bloc whose members charge outsiders the same.
    pub fn bloc(name: Country, members: Vec<CountryId>) -> Self {
        Self { name, members, aim: Aim::Members }
    }

    /// Those at a table, choosing together for the weights ω on their log payoffs.
    pub fn table(weights: Vec<(CountryId, f64)>) -> Self {
        let members = weights.iter().map(|(n, _)| *n).collect();
        Self { name: "talks".into(), members, aim: Aim::Weighted(weights) }
    }

    /// Whether a country is a member.
    pub fn holds(&self, country: CountryId) -> bool {
        self.members.contains(&country)
    }

    /// The weights of its objective on log payoffs at one point; for a bloc, shares in the bloc's income.
    pub(crate) fn weights(&self, payoffs: &[f64], base_income: &[f64]) -> Vec<(CountryId, f64)> {
        match &self.aim {
            Aim::Weighted(weights) => weights.clone(),
            Aim::Members => {
                let worth = |n: &CountryId| base_income[n.at()] * payoffs[n.at()].exp();
                let total: f64 = self.members.iter().map(worth).sum();
                self.members.iter().map(|n| (*n, worth(n) / total)).collect()
            }
        }
    }

    /// ln of its payoff over its base; for a table, the weighted sum of logs.
    pub(crate) fn log_payoff(&self, payoffs: &[f64], base_income: &[f64]) -> f64 {
        match &self.aim {
            Aim::Weighted(weights) => weights.iter().map(|(n, ω)| ω * payoffs[n.at()]).sum(),
            Aim::Members => {
                let base: f64 = self.members.iter().map(|n| base_income[n.at()]).sum();
                let worth = |n: &CountryId| base_income[n.at()] * payoffs[n.at()].exp();
                (self.members.iter().map(worth).sum::<f64>() / base).ln()
            }
        }
    }
}
