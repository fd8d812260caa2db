//! The slack of a truce on each day up to its deadline, and the day it runs out.

use serde::Serialize;
use terms::Day;

use crate::truce::{DAYS_PER_MONTH, Patience, Truce, TruceError};

/// How much holds the truce on one day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DaySlack {
    /// The day.
    pub day: Day,
    /// Days of truce left, this one included.
    pub days_left: i32,
    /// Each side's slack, in the order of the truce's sides, % of a month's real income.
    pub slack: [f64; 2],
    /// Each side's critical monthly patience on this day.
    pub critical_patience: [Option<f64>; 2],
}

/// A truce under its deadline, day by day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TruceCalendar {
    /// δ per month.
    pub patience: Patience,
    /// The first day without the truce.
    pub deadline: Day,
    /// Every day from the one asked about to the eve of the deadline.
    pub days: Vec<DaySlack>,
    /// For each side, the first of these days on which it would gain by breaking the truce.
    pub flips_on: [Option<Day>; 2],
}

impl TruceCalendar {
    /// The first day on which either side would gain by breaking the truce.
    pub fn breaks_on(&self) -> Option<Day> {
        self.flips_on.iter().flatten().min().copied()
    }
}

impl Truce {
    /// Slack on every day from `from` up to `deadline`, the first day without the truce.
    ///
    /// # Errors
    /// [`TruceError`] when `from` is not before the deadline, or the truce itself makes no sense.
    pub fn calendar(
        &self,
        patience: Patience,
        from: Day,
        deadline: Day,
    ) -> Result<TruceCalendar, TruceError> {
        self.check()?;
        if from >= deadline {
            return Err(TruceError::PastDeadline { day: from, deadline });
        }
        let mut days = Vec::new();
        for day in from.series(jiff::Span::new().days(1)).take_while(|day| *day < deadline) {
            let days_left = day.duration_until(deadline).as_hours() / 24;
            let found = self.slack(patience, Some(days_left as f64 / DAYS_PER_MONTH))?;
            let [first, second] = found.sides;
            days.push(DaySlack {
                day,
                days_left: days_left as i32,
                slack: [first.slack, second.slack],
                critical_patience: [first.critical_patience, second.critical_patience],
            });
        }
        let flips = |side: usize| days.iter().find(|day| day.slack[side] < 0.0).map(|day| day.day);
        let flips_on = [flips(0), flips(1)];
        Ok(TruceCalendar { patience, deadline, days, flips_on })
    }

    /// The fewest days by which the deadline must move for the truce to hold on `day`, up to `at_most`;
    /// zero when it holds already, `None` when no such extension helps.
    ///
    /// # Errors
    /// As [`calendar`](Self::calendar).
    pub fn missing_extension(
        &self,
        patience: Patience,
        day: Day,
        deadline: Day,
        at_most: u32,
    ) -> Result<Option<u32>, TruceError> {
        self.check()?;
        if day >= deadline {
            return Err(TruceError::PastDeadline { day, deadline });
        }
        let days_left = day.duration_until(deadline).as_hours() / 24;
        for more in 0..=at_most {
            let months = (days_left as f64 + f64::from(more)) / DAYS_PER_MONTH;
            if self.slack(patience, Some(months))?.holds {
                return Ok(Some(more));
            }
        }
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::truce::{Rules, Side};
    use jiff::civil::date;

    fn doomed() -> Truce {
        let side = |country: &str, temptation| Side {
            country: country.into(),
            truce: 0.0,
            deviation: temptation,
            punished: -3.0,
            lapsed: -3.0,
        };
        Truce { sides: [side("A", 1.0), side("B", 0.1)], rules: Rules::default() }
    }

    #[test]
    fn the_window_of_geneva_has_64_days_left_on_9_june() {
        let patience = Patience::per_month(0.99).unwrap();
        let calendar = doomed().calendar(patience, date(2025, 6, 9), date(2025, 8, 12)).unwrap();
        assert_eq!(calendar.days.len(), 64);
        assert_eq!(calendar.days[0].days_left, 64);
        assert_eq!(calendar.days[63].day, date(2025, 8, 11));
    }

    #[test]
    fn the_more_tempted_side_flips_first_and_stays_flipped() {
        let patience = Patience::per_month(0.99).unwrap();
        let calendar = doomed().calendar(patience, date(2025, 6, 9), date(2025, 8, 12)).unwrap();
        let [a, b] = calendar.flips_on.map(Option::unwrap);
        assert!(a < b);
        assert_eq!(calendar.breaks_on(), Some(a));
        assert!(calendar.days.iter().all(|day| (day.slack[0] < 0.0) == (day.day >= a)));
    }

    #[test]
    fn the_missing_extension_is_the_shortest_that_holds() {
        let (patience, day) = (Patience::per_month(0.99).unwrap(), date(2025, 8, 1));
        let deadline = date(2025, 8, 12);
        let more = doomed().missing_extension(patience, day, deadline, 365).unwrap().unwrap();
        let held_by = |days: i64| {
            let moved = deadline.checked_add(jiff::Span::new().days(days)).unwrap();
            doomed().calendar(patience, day, moved).unwrap().flips_on.map(|flip| flip == Some(day))
        };
        assert_eq!(held_by(i64::from(more)), [false, false]);
        assert_eq!(held_by(i64::from(more) - 1), [true, false]);
        assert_eq!(doomed().missing_extension(patience, day, deadline, 2).unwrap(), None);
    }

    #[test]
    fn a_day_after_the_deadline_has_no_slack() {
        let patience = Patience::per_month(0.99).unwrap();
        let late = doomed().calendar(patience, date(2025, 8, 12), date(2025, 8, 12));
        assert!(matches!(late, Err(TruceError::PastDeadline { .. })));
    }
}
