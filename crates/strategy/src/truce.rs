//! Does a truce enforce itself: what breaking it gains, what that costs later, how patient one must be.

use serde::Serialize;
use terms::Country;

use crate::payoff_matrix::PayoffMatrix;

/// Days in an average month: a Gregorian year is 365.2425 days, and law counts in days.
pub const DAYS_PER_MONTH: f64 = 365.2425 / 12.0;

/// How much next month counts beside this one: the discount factor δ per month, in `[0, 1)`.
///
/// ```
/// # use strategy::Patience;
/// // Five per cent a year is four tenths of a per cent a month.
/// assert_eq!(format!("{:.4}", Patience::from_yearly_rate(0.05).unwrap().monthly()), "0.9959");
/// assert!(Patience::per_month(1.0).is_err());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize)]
#[serde(transparent)]
pub struct Patience(f64);

impl Patience {
    /// The discount factor per month.
    ///
    /// # Errors
    /// [`TruceError::Patience`] outside `[0, 1)`.
    pub fn per_month(delta: f64) -> Result<Self, TruceError> {
        if (0.0..1.0).contains(&delta) { Ok(Self(delta)) } else { Err(TruceError::Patience(delta)) }
    }

    /// The patience behind a discount rate per year (0.05 is five per cent).
    ///
    /// # Errors
    /// [`TruceError::Patience`] when the rate is not positive.
    pub fn from_yearly_rate(rate: f64) -> Result<Self, TruceError> {
        Self::per_month((1.0 + rate).powf(-1.0 / 12.0))
    }

    /// δ per month.
    pub const fn monthly(self) -> f64 {
        self.0
    }
}

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

/// A flow that changes in steps: from each month on, so many points.
#[derive(Debug, Clone, PartialEq)]
struct Stream(Vec<(f64, f64)>);

impl Stream {
    /// The steps of `flow`, which is constant between the breaks.
    fn of_steps(breaks: [f64; 3], flow: impl Fn(f64) -> f64) -> Self {
        let mut starts: Vec<f64> = std::iter::once(0.0).chain(breaks).filter(|t| t.is_finite()).collect();
        starts.sort_by(f64::total_cmp);
        starts.dedup();
        Self(starts.into_iter().map(|start| (start, flow(start))).collect())
    }

    /// ∫ flow(t) δᵗ dt: each step from `a` to `b` adds `flow · (δᵃ − δᵇ)/(−ln δ)`.
    fn present_value(&self, δ: f64) -> f64 {
        self.steps().map(|(a, b, flow)| if flow == 0.0 { 0.0 } else { flow * weight(δ, a, b) }).sum()
    }

    fn steps(&self) -> impl Iterator<Item = (f64, f64, f64)> + '_ {
        let ends = self.0.iter().skip(1).map(|step| step.0).chain([f64::INFINITY]);
        self.0.iter().zip(ends).map(|(&(start, flow), end)| (start, end, flow))
    }

    /// The lowest δ at which the present value stops being negative; `None` when it is negative for all.
    ///
    /// The flows change sign once, from loss to gain, unless a lapse is worse than the punishment; so the
    /// present value crosses zero once (Descartes' rule of signs for the powers of δ), and bisection finds it.
    /// In the other case the first crossing is found on a grid of a thousand.
    fn critical_patience(&self) -> Option<f64> {
        let value = |δ: f64| self.present_value(δ);
        // At δ = 0 only the present moment counts.
        if self.0.first().is_none_or(|&(_, flow)| flow >= 0.0) {
            return Some(0.0);
        }
        let grid = |k: u32| f64::from(k) / 1000.0;
        let first = (1..=1000).find(|&k| value(grid(k)) >= 0.0)?;
        let (mut low, mut high) = (grid(first - 1), grid(first));
        while high - low > 1e-15 * high {
            let middle = 0.5 * (low + high);
            if middle <= low || middle >= high {
                break;
            }
            if value(middle) >= 0.0 { high = middle } else { low = middle }
        }
        (high < 1.0).then_some(high)
    }
}

/// What a flow of one from month `a` to `b` is worth today, in months.
fn weight(δ: f64, a: f64, b: f64) -> f64 {
    if δ >= 1.0 {
        b - a
    } else if δ <= 0.0 {
        0.0
    } else {
        (δ.powf(a) - δ.powf(b)) / -δ.ln()
    }
}

/// Why the slack of a truce cannot be computed.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum TruceError {
    /// Not a discount factor.
    #[error("patience {0} per month is outside [0, 1): 0.996 is five per cent a year")]
    Patience(f64),
    /// A payoff that is not a finite number.
    #[error("a payoff of {0} is not a number")]
    NotANumber(Country),
    /// A lag that is not a positive number of months.
    #[error("the detection lag is {0} months; it must be above zero")]
    Lag(f64),
    /// A punishment that is not a positive number of months.
    #[error("the punishment lasts {0} months; it must be above zero, or for ever")]
    Length(f64),
    /// Odds that are no share.
    #[error("the odds of an extension are {0}; write a share between 0 and 1")]
    Odds(f64),
    /// Odds of branches that leave something out, or count something twice.
    #[error("the odds sum to {0}; they must sum to one, so say what becomes of the rest")]
    OddsSum(f64),
    /// A window without days.
    #[error("a window of {0} days is none")]
    Window(i64),
    /// A pair of packages that the matrix does not have.
    #[error("the matrix has no cell at row {0}, column {1}")]
    NoSuchCell(usize, usize),
    /// A day on or after the deadline.
    #[error("{day} is not before the deadline {deadline}")]
    PastDeadline {
        /// The day asked about.
        day: terms::Day,
        /// The first day without the truce.
        deadline: terms::Day,
    },
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::payoff_matrix::Package;
    use proptest::prelude::*;

    fn side(truce: f64, deviation: f64, punished: f64, lapsed: f64) -> Side {
        Side { country: "HOME".into(), truce, deviation, punished, lapsed }
    }

    fn truce(side: Side, rules: Rules) -> Truce {
        Truce { sides: [side.clone(), side], rules }
    }

    fn patience(δ: f64) -> Patience {
        Patience::per_month(δ).unwrap()
    }

    fn critical(side: Side, rules: Rules) -> Option<f64> {
        truce(side, rules).slack(patience(0.5), None).unwrap().sides[0].critical_patience
    }

    /// Friedman (1971): with a one-month lag and a grim answer, δ* = T/(T + S).
    #[test]
    fn the_grim_trigger_needs_temptation_over_temptation_plus_punishment() {
        let δ = critical(side(0.0, 1.0, -3.0, 0.0), Rules::default()).unwrap();
        assert!((δ - 0.25).abs() < 1e-12, "{δ}");
    }

    /// A lag of L months needs δ*^L = T/(T + S): slow eyes need patient minds.
    #[test]
    fn a_longer_lag_needs_the_root() {
        let rules = Rules { detection_lag: 3.0, ..Rules::default() };
        let δ = critical(side(0.0, 1.0, -3.0, 0.0), rules).unwrap();
        assert!((δ - 0.25f64.powf(1.0 / 3.0)).abs() < 1e-12, "{δ}");
    }

    /// One month of gain against k months of punishment: S·δ(1 − δᵏ) = T(1 − δ). For k = 1, δ* = T/S.
    #[test]
    fn a_punishment_of_one_month_needs_temptation_over_punishment() {
        let rules = Rules { punishment: Length::Months(1.0), ..Rules::default() };
        let δ = critical(side(0.0, 1.0, -4.0, 0.0), rules.clone()).unwrap();
        assert!((δ - 0.25).abs() < 1e-12, "{δ}");
        // With two months, S(δ + δ²) = T: the positive root of δ² + δ = 1/4.
        let two = Rules { punishment: Length::Months(2.0), ..rules };
        let δ = critical(side(0.0, 1.0, -4.0, 0.0), two).unwrap();
        assert!((δ - (2f64.sqrt() - 1.0) / 2.0).abs() < 1e-12, "{δ}");
    }

    #[test]
    fn no_patience_keeps_a_truce_whose_punishment_is_too_short() {
        let rules = Rules { punishment: Length::Months(1.0), ..Rules::default() };
        assert_eq!(critical(side(0.0, 1.0, -0.5, 0.0), rules), None);
        assert_eq!(critical(side(0.0, 1.0, 0.5, 0.0), Rules::default()), None);
    }

    #[test]
    fn without_temptation_the_most_impatient_keep_their_word() {
        assert_eq!(critical(side(0.0, 0.0, -1.0, 0.0), Rules::default()), Some(0.0));
        assert_eq!(critical(side(0.0, -1.0, -1.0, 0.0), Rules::default()), Some(0.0));
    }

    /// If nothing is lost at the deadline that is not lost anyway, a breach in the last month is free.
    #[test]
    fn a_sure_lapse_unravels_the_truce_before_the_deadline() {
        let doomed = truce(side(0.0, 1.0, -3.0, -3.0), Rules::default());
        let at = |months| doomed.slack(patience(0.99), Some(months)).unwrap();
        assert!(at(12.0).holds);
        assert!(!at(1.0).holds);
        // Slack at R: S(δ − δᴿ) − T(1 − δ) over −ln δ: zero where δᴿ⁻¹ = 1 − (1 − δ)/(3δ).
        let flip = 1.0 + (1.0 - 0.01 / (3.0 * 0.99f64)).ln() / 0.99f64.ln();
        assert!(at(flip + 1e-6).holds && !at(flip - 1e-6).holds);
    }

    #[test]
    fn a_sure_extension_is_a_truce_without_deadline() {
        let rules = Rules { extension_odds: 1.0, ..Rules::default() };
        let kept = truce(side(0.0, 1.0, -3.0, -2.0), rules);
        let endless = kept.slack(patience(0.9), None).unwrap();
        let dated = kept.slack(patience(0.9), Some(0.4)).unwrap();
        assert!((endless.sides[0].slack - dated.sides[0].slack).abs() < 1e-12);
    }

    #[test]
    fn the_missing_concession_is_just_enough() {
        let greedy = truce(side(0.0, 2.0, -1.0, -1.0), Rules::default());
        let before = greedy.slack(patience(0.6), None).unwrap();
        assert!(!before.holds);
        let missing = before.sides[0].missing_concession.unwrap();
        let Truce { sides, rules } = greedy;
        let settled = Truce { sides: sides.map(|side| side.receiving(missing)), rules };
        assert!(settled.slack(patience(0.6), None).unwrap().sides[0].slack.abs() < 1e-12);
    }

    #[test]
    fn a_matrix_gives_the_truce_its_payoffs() {
        let packages = || vec![Package::new("truce", ""), Package::new("war", "")];
        let payoffs = vec![vec![(0.0, 0.0), (-2.0, 1.0)], vec![(1.0, -2.0), (-1.0, -1.5)]];
        let game =
            PayoffMatrix::new("A".into(), "B".into(), packages(), packages(), "points", payoffs).unwrap();
        let truce = Truce::of(&game, (0, 0), (1, 1), (1, 1), Rules::default()).unwrap();
        let found = truce.slack(patience(0.99), None).unwrap();
        assert!((found.sides[0].critical_patience.unwrap() - 0.5).abs() < 1e-12);
        assert!((found.sides[1].critical_patience.unwrap() - 0.4).abs() < 1e-12);
        assert!(found.holds);
        let outside = Truce::of(&game, (0, 2), (1, 1), (1, 1), Rules::default());
        assert_eq!(outside, Err(TruceError::NoSuchCell(0, 2)));
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        let base = side(0.0, 1.0, -1.0, 0.0);
        let with = |rules| truce(base.clone(), rules).slack(patience(0.9), None);
        assert_eq!(with(Rules { detection_lag: 0.0, ..Rules::default() }), Err(TruceError::Lag(0.0)));
        assert_eq!(with(Rules { extension_odds: 1.5, ..Rules::default() }), Err(TruceError::Odds(1.5)));
        let nan = truce(side(f64::NAN, 0.0, 0.0, 0.0), Rules::default());
        assert_eq!(nan.slack(patience(0.9), None), Err(TruceError::NotANumber("HOME".into())));
    }

    proptest! {
        #[test]
        fn at_the_critical_patience_slack_is_zero_and_above_it_positive(
            temptation in 0.05..2.0f64, punishment in 0.05..4.0f64, lag in 0.2..4.0f64, k in 0.5..24.0f64,
        ) {
            let rules = Rules { detection_lag: lag, punishment: Length::Months(k), ..Rules::default() };
            let side = side(0.0, temptation, -punishment, 0.0);
            match critical(side.clone(), rules.clone()) {
                Some(δ) => {
                    let at = |δ| truce(side.clone(), rules.clone()).slack(patience(δ), None).unwrap().sides[0].slack;
                    prop_assert!(at(δ).abs() < 1e-9 * (temptation + punishment) * (1.0 + k));
                    if δ < 0.999 {
                        prop_assert!(at(δ + 0.5 * (1.0 - δ)) > 0.0);
                        prop_assert!(at(0.5 * δ) < 0.0);
                    }
                }
                None => prop_assert!(punishment * k <= temptation * lag),
            }
        }
    }
}
