//! What the law came to on average, month by month, as a history of play in place of the headlines.

use diagnostic::Faults;
use serde::Serialize;
use tariffs::BASE_DAY;
use terms::{Country, Day};

use super::history::{history_of, month_ends};
use crate::laws::Laws;
use crate::records::Record;

/// What of the record is the history.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum HistoryOf {
    /// Duties on all goods of the other side. Both sides are told alike; lists of goods are not in it.
    #[default]
    Headlines,
    /// Every duty on top of the ordinary one, lists of goods among them, as an average over what was bought of each line in
    /// 2024 (China: each subheading once), to the nearest [`STEP_PP`] points. China's lists of 2018 to 2020 are not known by
    /// line and have no size.
    Averages,
}

/// Averages move a little in most months: a level is the nearest of so many points.
pub const STEP_PP: f64 = 5.0;

/// The levels of both sides on the last day of each month.
pub(super) struct History {
    pub months_pp: Vec<[f64; 2]>,
    /// What of these levels the base rates hold already, in points.
    pub in_base_pp: [f64; 2],
}

impl History {
    /// From the month of `from` to that of `to`.
    ///
    /// # Errors
    /// `reversed-period`, `outside-record`, `unknown-country`, `bad-date`.
    pub fn of(
        what: HistoryOf,
        record: &Record,
        parties: &[Country; 2],
        days: (Day, Day),
    ) -> Result<Self, Faults> {
        if what == HistoryOf::Headlines {
            let months_pp = history_of(&record.ledger, parties, days)?;
            return Ok(Self { months_pp, in_base_pp: [0.0; 2] });
        }
        let ends = month_ends(&record.ledger, parties, days)?;
        let [a, b] = parties;
        let mut laws = Laws::open(record, (parties, &ends), None)?;
        let mut on = |day: Day| -> Result<[f64; 2], Faults> {
            Ok([laws.law((a, b), day, None)?.additions(), laws.law((b, a), day, None)?.additions()])
        };
        // Adding nought turns minus nought, of a side without a duty, into nought.
        let in_base_pp = on(BASE_DAY)?.map(|points| points + 0.0);
        let mut months_pp = Vec::new();
        for day in ends {
            months_pp.push(on(day)?.map(|points| (points / STEP_PP).round() * STEP_PP + 0.0));
        }
        Ok(Self { months_pp, in_base_pp })
    }

    /// What a side charges on a sector at a level: its base rate and the level less what the base holds of it, and not below
    /// zero where the base is not.
    pub fn rate(&self, side: usize, base: f64, level: f64) -> f64 {
        (base + level - self.in_base_pp[side] / 100.0).max(base.min(0.0))
    }
}
