//! Does a truce enforce itself: what breaking it gains, what that costs later, how patient one must be.

mod error;
mod patience;
mod stream;

use serde::Serialize;
use terms::Country;

pub use error::TruceError;
pub use patience::Patience;

use crate::payoff_matrix::PayoffMatrix;
use stream::Stream;

/// Days in an average month: a Gregorian year is 365.2425 days, and law counts in days.
pub const DAYS_PER_MONTH: f64 = 365.2425 / 12.0;

/// What a month is worth to one government on each path, in points of its real income (% of the baseline).
///
/// # Units
/// Flows: `0.1` means a tenth of a per cent of real income for as long as the state lasts, so one month of
/// it is a tenth of a per cent of a month's income.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Side {
    /// Whose payoffs.
    pub country: Country,
    /// While both keep the truce.
    pub truce: f64,
    /// While this side breaks it with its best package and the other still holds.
    pub deviation: f64,
    /// While the other side punishes.
    pub punished: f64,
    /// After the window closed without an extension.
    pub lapsed: f64,
}

impl Side {
    /// What a month of breaking the truce gains: T. Negative when there is nothing to gain.
    pub fn temptation(&self) -> f64 {
        self.deviation - self.truce
    }

    /// What a month of punishment costs beside a month of truce: S.
    pub fn punishment(&self) -> f64 {
        self.truce - self.punished
    }

    /// The same side when every month of truce is worth `points` more to it: a concession it receives.
    #[must_use]
    pub fn receiving(mut self, points: f64) -> Self {
        self.truce += points;
        self
    }
}

/// How a breach is answered, and for how long.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Length {
    /// The truce never comes back: the grim trigger.
    Forever,
    /// The punishment lasts so many months, then the old path resumes.
    Months(f64),
}

/// The rules under which a truce is kept or broken.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Rules {
    /// Months between a breach and its answer: time to notice and to act.
    pub detection_lag: f64,
    /// How long the answer lasts.
    pub punishment: Length,
    /// The odds, as a share, that a truce kept to its deadline is extended without end rather than lapsing.
    /// A user's judgement, never estimated here; idle when there is no deadline.
    pub extension_odds: f64,
}

impl Default for Rules {
    /// A breach is seen after one month and answered for ever; no extension is counted on.
    fn default() -> Self {
        Self { detection_lag: 1.0, punishment: Length::Forever, extension_odds: 0.0 }
    }
}

/// A truce between two governments.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Truce {
    /// Both sides' payoffs.
    pub sides: [Side; 2],
    /// How it is kept.
    pub rules: Rules,
}

/// Whether one side keeps the truce, and why.
///
/// # Units
/// Temptation and punishment in points of real income while they last; slack in % of one month's real income,
/// present value.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SideSlack {
    /// Whose.
    pub country: Country,
    /// Gain of a breach while the other holds.
    pub temptation: f64,
    /// Loss of being punished beside the truce.
    pub punishment: f64,
    /// The lowest monthly patience δ* from which this side keeps its word; `None` when no patience does.
    pub critical_patience: Option<f64>,
    /// Present value of keeping the truce less that of breaking it today.
    pub slack: f64,
    /// How much more each month of truce must be worth to this side for its slack to be zero; `0` if it holds.
    pub missing_concession: Option<f64>,
}

/// Whether a truce enforces itself at a given patience.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TruceSlack {
    /// δ per month at which slack is counted.
    pub patience: Patience,
    /// Months to the deadline; `None` for a truce without end.
    pub months_left: Option<f64>,
    /// Both sides.
    pub sides: [SideSlack; 2],
    /// Whether neither side gains by breaking it today.
    pub holds: bool,
}

impl Truce {
    /// The truce between the players of a matrix: packages by place, as `(row package, column package)`.
    ///
    /// The deviation of each side is its best reply in the matrix to the other's package under the truce.
    ///
    /// # Errors
    /// [`TruceError::NoSuchCell`] when a place lies outside the matrix.
    pub fn of(
        game: &PayoffMatrix,
        truce: (usize, usize),
        punished: (usize, usize),
        lapsed: (usize, usize),
        rules: Rules,
    ) -> Result<Self, TruceError> {
        let cell = |(r, c)| game.cell(r, c).ok_or(TruceError::NoSuchCell(r, c));
        let (now, war, after) = (cell(truce)?, cell(punished)?, cell(lapsed)?);
        let row = Side {
            country: game.row.clone(),
            truce: now.row_payoff,
            deviation: now.row_payoff + game.row_temptation(truce.0, truce.1),
            punished: war.row_payoff,
            lapsed: after.row_payoff,
        };
        let column = Side {
            country: game.column.clone(),
            truce: now.column_payoff,
            deviation: now.column_payoff + game.column_temptation(truce.0, truce.1),
            punished: war.column_payoff,
            lapsed: after.column_payoff,
        };
        Ok(Self { sides: [row, column], rules })
    }

    /// Whether the truce enforces itself today, `months_left` before its deadline (`None`: no deadline).
    ///
    /// # Errors
    /// [`TruceError`] when a payoff, the lag, the punishment's length or the odds make no sense.
    pub fn slack(&self, patience: Patience, months_left: Option<f64>) -> Result<TruceSlack, TruceError> {
        self.check()?;
        let sides = self.sides.each_ref().map(|side| self.rules.slack_of(side, patience, months_left));
        let holds = sides.iter().all(|side| side.slack >= 0.0);
        Ok(TruceSlack { patience, months_left, sides, holds })
    }

    pub(crate) fn check(&self) -> Result<(), TruceError> {
        for side in &self.sides {
            let payoffs = [side.truce, side.deviation, side.punished, side.lapsed];
            if payoffs.iter().any(|payoff| !payoff.is_finite()) {
                return Err(TruceError::NotANumber(side.country.clone()));
            }
        }
        let Rules { detection_lag, punishment, extension_odds } = self.rules;
        if !(detection_lag > 0.0 && detection_lag.is_finite()) {
            return Err(TruceError::Lag(detection_lag));
        }
        if let Length::Months(months) = punishment
            && !(months > 0.0 && months.is_finite())
        {
            return Err(TruceError::Length(months));
        }
        if !(0.0..=1.0).contains(&extension_odds) {
            return Err(TruceError::Odds(extension_odds));
        }
        Ok(())
    }
}

impl Rules {
    fn slack_of(&self, side: &Side, patience: Patience, months_left: Option<f64>) -> SideSlack {
        let δ = patience.monthly();
        let slack = self.advantage(side, months_left).present_value(δ);
        // Slack is linear in what a month of truce is worth.
        let per_point = self.advantage(&side.clone().receiving(1.0), months_left).present_value(δ) - slack;
        let missing = (per_point > 0.0).then(|| -slack / per_point);
        SideSlack {
            country: side.country.clone(),
            temptation: side.temptation(),
            punishment: side.punishment(),
            critical_patience: self.advantage(side, months_left).critical_patience(),
            slack,
            missing_concession: if slack >= 0.0 { Some(0.0) } else { missing },
        }
    }

    /// The stream "keep the truce less break it today", month by month from today.
    ///
    /// ```text
    /// keep(t)  = truce before the deadline R, then p·truce + (1−p)·lapsed
    /// break(t) = deviation until it is answered at L (after R: p·deviation + (1−p)·lapsed),
    ///            then punished for k months, then keep(t)
    /// ```
    fn advantage(&self, side: &Side, months_left: Option<f64>) -> Stream {
        let (p, lag) = (self.extension_odds, self.detection_lag);
        let deadline = months_left.unwrap_or(f64::INFINITY).max(0.0);
        let pardon = match self.punishment {
            Length::Forever => f64::INFINITY,
            Length::Months(k) => lag + k,
        };
        let after = |while_kept: f64| p * while_kept + (1.0 - p) * side.lapsed;
        let keep = |t: f64| if t < deadline { side.truce } else { after(side.truce) };
        let breach = |t: f64| match t {
            t if t >= pardon => keep(t),
            t if t >= lag => side.punished,
            t if t < deadline => side.deviation,
            _ => after(side.deviation),
        };
        Stream::of_steps([deadline, lag, pardon], |t| keep(t) - breach(t))
    }
}

#[cfg(test)]
mod tests;
