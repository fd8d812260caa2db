//! The futures of a truce as a branching calendar: at every deadline it holds, lapses, is extended, becomes a deal or
//! gives way to escalation, with the odds of a user, and what each month is then expected to be worth.

use jiff::Span;
use serde::Serialize;
use terms::Day;

use crate::truce::TruceError;

/// What can become of a truce at its deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Branch {
    /// Its terms stay, without a further deadline.
    Hold,
    /// The suspensions end.
    Lapse,
    /// Another window of the same terms, at whose end the same odds are drawn again.
    Extend,
    /// Both sides sign an end to the conflict.
    Deal,
    /// Both sides go to the highest duties.
    Escalate,
}

impl Branch {
    /// All of them, in the order of [`Odds`].
    pub const ALL: [Self; 5] = [Self::Hold, Self::Lapse, Self::Extend, Self::Deal, Self::Escalate];

    /// Its word on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Hold => "hold",
            Self::Lapse => "lapse",
            Self::Extend => "extend",
            Self::Deal => "deal",
            Self::Escalate => "escalate",
        }
    }
}

/// The odds of each branch at a deadline, as shares that sum to one: a user's judgement, never estimated here.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Odds(pub [f64; 5]);

impl Odds {
    /// The odds, in the order of [`Branch::ALL`].
    ///
    /// # Errors
    /// [`TruceError::Odds`] for one that is no share; [`TruceError::OddsSum`] when they do not sum to one.
    pub fn new(odds: [f64; 5]) -> Result<Self, TruceError> {
        if let Some(wrong) = odds.iter().find(|odds| !(0.0..=1.0).contains(*odds)) {
            return Err(TruceError::Odds(*wrong));
        }
        let sum: f64 = odds.iter().sum();
        if (sum - 1.0).abs() > 1e-9 { Err(TruceError::OddsSum(sum)) } else { Ok(Self(odds)) }
    }

    fn of(&self, branch: Branch) -> f64 {
        self.0[branch as usize]
    }
}

/// What a month on each path is worth to both sides, in one unit.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Paths {
    /// Under the truce's terms, deadline or none.
    pub truce: [f64; 2],
    /// After a lapse.
    pub lapse: [f64; 2],
    /// After a deal.
    pub deal: [f64; 2],
    /// After escalation.
    pub escalate: [f64; 2],
}

/// One stretch of the calendar, between two deadlines.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stretch {
    /// Its first day.
    pub from: Day,
    /// The first day after it.
    pub until: Day,
    /// The odds of still being in a window, and of having held, lapsed, made a deal or escalated by then.
    pub in_window: f64,
    /// As above.
    pub held: f64,
    /// As above.
    pub lapsed: f64,
    /// As above.
    pub dealt: f64,
    /// As above.
    pub escalated: f64,
    /// The expected worth of a month to both sides, in the unit of the paths.
    pub expected: [f64; 2],
}

/// The stretches from `from` up to `horizon`: the first ends at `deadline`, every later one `window_days` on.
///
/// ```text
/// window(k+1) = window(k) · extend        held(k+1) = held(k) + window(k) · hold        and so on
/// expected(k) = (window + held) · truce + lapsed · lapse + dealt · deal + escalated · escalate
/// ```
///
/// # Errors
/// [`TruceError::PastDeadline`] when `from` is not before the deadline; [`TruceError::Window`] for a window of no days.
pub fn futures(
    paths: &Paths,
    odds: &Odds,
    (from, deadline, horizon): (Day, Day, Day),
    window_days: i64,
) -> Result<Vec<Stretch>, TruceError> {
    if from >= deadline {
        return Err(TruceError::PastDeadline { day: from, deadline });
    }
    if window_days < 1 {
        return Err(TruceError::Window(window_days));
    }
    // In a window, held, lapsed, dealt, escalated.
    let mut mass = [1.0, 0.0, 0.0, 0.0, 0.0];
    let (mut start, mut end) = (from, deadline);
    let mut calendar = Vec::new();
    while start < horizon {
        let [window, held, lapsed, dealt, escalated] = mass;
        let worth = |side: usize| {
            (window + held) * paths.truce[side]
                + lapsed * paths.lapse[side]
                + dealt * paths.deal[side]
                + escalated * paths.escalate[side]
        };
        calendar.push(Stretch {
            from: start,
            until: end.min(horizon),
            in_window: window,
            held,
            lapsed,
            dealt,
            escalated,
            expected: [worth(0), worth(1)],
        });
        mass = [
            window * odds.of(Branch::Extend),
            held + window * odds.of(Branch::Hold),
            lapsed + window * odds.of(Branch::Lapse),
            dealt + window * odds.of(Branch::Deal),
            escalated + window * odds.of(Branch::Escalate),
        ];
        start = end;
        end = end.checked_add(Span::new().days(window_days)).unwrap_or(Day::MAX);
    }
    Ok(calendar)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    const PATHS: Paths =
        Paths { truce: [-0.2, -0.3], lapse: [-0.3, -0.4], deal: [0.0, 0.0], escalate: [-0.5, -0.6] };

    fn calendar(odds: [f64; 5]) -> Vec<Stretch> {
        let days = (date(2025, 6, 9), date(2025, 8, 12), date(2026, 6, 9));
        futures(&PATHS, &Odds::new(odds).unwrap(), days, 90).unwrap()
    }

    #[test]
    fn a_sure_lapse_costs_the_truce_until_the_deadline_and_the_lapse_after() {
        let found = calendar([0.0, 1.0, 0.0, 0.0, 0.0]);
        assert_eq!((found[0].until, found[0].expected), (date(2025, 8, 12), PATHS.truce));
        assert!(found[1..].iter().all(|stretch| stretch.expected == PATHS.lapse));
        assert_eq!(found.last().unwrap().until, date(2026, 6, 9));
    }

    #[test]
    fn even_odds_at_two_deadlines_are_a_tree() {
        let found = calendar([0.0, 0.25, 0.5, 0.25, 0.0]);
        let third = &found[2];
        assert_eq!((third.in_window, third.lapsed, third.dealt), (0.25, 0.375, 0.375));
        assert!((third.expected[0] - (0.25 * -0.2 + 0.375 * -0.3)).abs() < 1e-15);
    }

    #[test]
    fn odds_that_leave_something_out_are_refused() {
        assert_eq!(Odds::new([0.5, 0.0, 0.0, 0.0, 0.0]), Err(TruceError::OddsSum(0.5)));
        assert_eq!(Odds::new([-0.5, 1.0, 0.5, 0.0, 0.0]), Err(TruceError::Odds(-0.5)));
    }

    proptest! {
        #[test]
        fn every_stretch_holds_all_the_odds(raw in prop::array::uniform5(0.0..1.0f64)) {
            let sum: f64 = raw.iter().sum();
            prop_assume!(sum > 0.1);
            for stretch in calendar(raw.map(|odds| odds / sum)) {
                let all = stretch.in_window + stretch.held + stretch.lapsed + stretch.dealt + stretch.escalated;
                prop_assert!((all - 1.0).abs() < 1e-12);
            }
        }
    }
}
