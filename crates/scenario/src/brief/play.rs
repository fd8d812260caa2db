//! The game of the two, and whether the truce enforces itself.

use serde::Serialize;
use terms::{Country, Day};

/// A bimatrix over real policy packages; empty where the duties of a side are unread.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
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
    /// What both governments want, in words: every per cent below is of what a month brings them of it.
    pub judged_by: String,
    /// One for each party.
    pub sides: [Side; 2],
    /// How long a breach goes unanswered, in months.
    pub lag_months: f64,
    /// What follows a breach, in words.
    pub punishment: String,
    /// Both sides' headlines under it, in points.
    pub punished_pp: [f64; 2],
    /// What the next month counts beside this one, for both sides: a user's setting.
    pub monthly_patience: f64,
    /// The sentence a negotiator reads first.
    pub verdict: Verdict,
    /// Whether neither side gains by breaking it on the day asked about, under the deadline and at that patience.
    pub holds_today: bool,
    /// The first day of the window, from the day asked about, on which a side gains by breaking it.
    pub flips_on: Option<Day>,
    /// Slack through the window: for each day, whether each side would rather wait.
    pub by_day: Vec<DaySlack>,
}

/// One side's temptation and what holds it back. Per cent of what it wants of a month: real income, unless said otherwise.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Side {
    /// Who.
    pub party: Country,
    /// What the best deviation gains a month while the other still holds.
    pub temptation_pct: f64,
    /// The deviation: a package key, or `raise` where it is none of the packages.
    pub deviation: String,
    /// The headline of the deviation, in points: the best of those tried above today's.
    pub deviation_pp: f64,
    /// The headlines tried.
    pub sought_pp: Vec<f64>,
    /// What punishment costs a month against the truce.
    pub punishment_pct: f64,
    /// The least monthly discount factor at which holding pays, without a deadline; none when no patience suffices.
    pub critical_patience: Option<f64>,
    /// What holding on the day asked about is worth beside breaking, under the deadline, % of a month.
    pub slack_today_pct: f64,
    /// The least monthly discount factor at which holding pays on that day, under the deadline.
    pub critical_patience_today: Option<f64>,
    /// The first day on which this side gains by breaking it.
    pub flips_on: Option<Day>,
    /// The least weights on revenue at which it would not keep the truce.
    pub revenue_at_stake: RevenueAtStake,
}

/// The least weights on revenue at which one side would no longer keep the truce, whatever weight it was asked about
/// with; none: no weight up to ten.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct RevenueAtStake {
    /// The least ρ at which one of the breaches tried gains while the other side holds.
    pub tempts_from: Option<f64>,
    /// The least ρ at which the side would break the truce on the day asked about, answer and deadline counted.
    pub breaks_from: Option<f64>,
}

/// What the comparison of temptation and punishment says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Neither side gains by any breach tried, at any patience.
    HoldsAtAnyPatience,
    /// Both hold if patient enough.
    HoldsIfPatient,
    /// At least one side gains by breaking at the patience assumed.
    DoesNotHold,
}

/// Slack on one day of the window, per cent of a month, one number a party.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DaySlack {
    /// The day.
    pub day: Day,
    /// Loss from punishment less gain from breaking, discounted to the day; positive holds.
    pub slack_pct: [f64; 2],
}
