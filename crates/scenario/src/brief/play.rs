//! The game of the two, and whether the truce enforces itself.

use serde::Serialize;
use terms::{Country, Day};

/// A bimatrix over real policy packages.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Payoffs {
    /// The row player's packages (first party).
    pub rows: Vec<Package>,
    /// The column player's packages (second party).
    pub columns: Vec<Package>,
    /// `cells[row][column]`.
    pub cells: Vec<Vec<Cell>>,
    /// The cell in force on the day.
    pub today: Option<(usize, usize)>,
    /// Cells from which neither side gains by moving alone.
    pub equilibria: Vec<(usize, usize)>,
}

/// One side's policy.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Package {
    /// `none`, `today`, `lapse`, `peak`.
    pub key: String,
    /// What the page calls it.
    pub name: String,
    /// Its headline, in points.
    pub headline_pp: f64,
}

/// One pair of policies.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cell {
    /// Real income of both parties, per cent against no duties of the conflict on either side.
    pub real_income_pct: [f64; 2],
    /// Whether each party's package is its best reply to the other's.
    pub best_reply: [bool; 2],
}

/// Whether the truce holds by the parties' own interest.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SelfEnforcement {
    /// One for each party.
    pub sides: [Side; 2],
    /// How long a breach goes unanswered, in months.
    pub lag_months: f64,
    /// What follows a breach, in words.
    pub punishment: String,
    /// The sentence a negotiator reads first.
    pub verdict: Verdict,
    /// Slack through the window: for each day, whether each side would rather wait.
    pub by_day: Vec<DaySlack>,
}

/// One side's temptation and what holds it back. Per cent of a month's real income.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Side {
    /// Who.
    pub party: Country,
    /// What the best deviation gains a month while the other still holds.
    pub temptation_pct: f64,
    /// The deviation: a package key.
    pub deviation: String,
    /// What punishment costs a month against the truce.
    pub punishment_pct: f64,
    /// The least monthly discount factor at which holding pays; none when no patience suffices.
    pub critical_patience: Option<f64>,
}

/// What the comparison of temptation and punishment says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Neither side gains by breaking, at any patience.
    HoldsAtAnyPatience,
    /// Both hold if patient enough.
    HoldsIfPatient,
    /// At least one side gains by breaking however patient.
    DoesNotHold,
}

/// Slack on one day of the window, per cent of a month's real income, one number a party.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DaySlack {
    /// The day.
    pub day: Day,
    /// Loss from punishment less gain from breaking, discounted to the day; positive holds.
    pub slack_pct: [f64; 2],
}
