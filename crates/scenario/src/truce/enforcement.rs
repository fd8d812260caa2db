//! Whether the truce enforces itself: temptation, punishment and patience of both sides, and slack by day.

use diagnostic::{Diagnostic, Faults};
use strategy::{Length, Patience, Rules, TIE};
use terms::Day;

use super::breach::{Breach, best_breach};
use super::revenue_at_stake::Stakes;
use super::war::war_of_headlines;
use crate::brief::{DaySlack, SelfEnforcement, Side, Truce, Verdict};
use crate::months::{Month, Months};
use crate::packages::Policy;
use crate::question::{Punishment, Question, TruceRules};

/// The truce of the strategy room with its rules, and what it was made from.
#[derive(Debug, Clone)]
pub(crate) struct Judged {
    /// Payoffs and rules.
    pub truce: strategy::Truce,
    /// δ a month.
    pub patience: Patience,
    /// Each side's best breach.
    pub breaches: [Breach; 2],
    /// What answers a breach, in words.
    pub punishment: String,
    /// Points of headlines under the answer.
    pub punished_pp: [f64; 2],
    /// What both governments want, in words.
    pub judged_by: String,
    /// A month of the truce kept.
    pub kept: Month,
    /// What each side's months are made of.
    pub stakes: [Stakes; 2],
}

/// Places of packages in the lists of both sides.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Places {
    /// Today's terms.
    pub today: usize,
    /// What a lapse returns.
    pub lapse: usize,
    /// The highest so far, where it is another than today's.
    pub peak: Option<usize>,
}

impl Places {
    /// The places in `policies`; none where no window is open.
    pub(crate) fn of(policies: &[Vec<Policy>; 2]) -> Option<Self> {
        let place = |key: &str| policies[0].iter().position(|policy| policy.key == key);
        Some(Self { today: place("today")?, lapse: place("lapse")?, peak: place("peak") })
    }
}

/// The truce as a game, from the worth of months in the equilibrium.
///
/// # Errors
/// `stalled`; `truce` for rules that make no sense.
pub(crate) fn judge(
    months: &mut Months<'_, '_>,
    policies: &[Vec<Policy>; 2],
    places: Places,
    question: &Question,
) -> Result<Judged, Faults> {
    let pair = |at: usize| [&policies[0][at], &policies[1][at]];
    let held = pair(places.today);
    let none = months.without_duties();
    let kept = months.month(held)?;
    let lapsed = months.month(pair(places.lapse))?;
    let breaches = [
        best_breach(months, 0, held, &policies[0], kept.worth[0])?,
        best_breach(months, 1, held, &policies[1], kept.worth[1])?,
    ];
    let rules = question.truce.clone();
    let (punished, punished_pp, said) = match rules.punishment {
        Punishment::Peak => {
            let at = pair(places.peak.unwrap_or(places.lapse));
            (months.month(at)?, at.map(Policy::headline_pp), in_words(&rules))
        }
        Punishment::Lapse => (lapsed, pair(places.lapse).map(Policy::headline_pp), in_words(&rules)),
        Punishment::War => {
            let war = war_of_headlines(months, held)?;
            if !war.at_rest {
                return Err(Diagnostic::error("no-rest", "best replies in headlines did not come to rest")
                    .help("say `--punishment peak` or `--punishment snap-back`")
                    .into());
            }
            (war.month, war.policies.each_ref().map(Policy::headline_pp), in_words(&rules))
        }
    };
    let parties = &question.parties;
    let side = |at: usize| strategy::Side {
        country: parties[at].clone(),
        truce: kept.worth[at],
        deviation: breaches[at].worth,
        punished: punished.worth[at],
        lapsed: lapsed.worth[at],
    };
    let stakes = [0, 1].map(|at| Stakes {
        none: none[at],
        truce: kept.parts[at],
        punished: punished.parts[at],
        lapsed: lapsed.parts[at],
        breaches: breaches[at].parts.clone(),
    });
    Ok(Judged {
        truce: strategy::Truce { sides: [side(0), side(1)], rules: of(&rules) },
        patience: Patience::from_yearly_rate(rules.patience_per_year).map_err(fault)?,
        breaches,
        punishment: said,
        punished_pp,
        judged_by: months.judged_by().to_string(),
        kept,
        stakes,
    })
}

fn of(rules: &TruceRules) -> Rules {
    Rules {
        detection_lag: rules.detection_lag_months,
        punishment: rules.punishment_months.map_or(Length::Forever, Length::Months),
        extension_odds: rules.extension_odds,
    }
}

/// A fault of the strategy room as a message.
pub(crate) fn fault(error: strategy::TruceError) -> Faults {
    Diagnostic::error("truce", error.to_string()).into()
}

impl Judged {
    /// The contract's words of it, under the window that ends at `until`.
    ///
    /// # Errors
    /// `truce` for rules or days that make no sense.
    pub(crate) fn told(
        &self,
        policies: &[Vec<Policy>; 2],
        on: Day,
        window: &Truce,
    ) -> Result<SelfEnforcement, Faults> {
        // Critical patience is that of a truce without end; the deadline enters day by day.
        let endless = self.truce.slack(self.patience, None).map_err(fault)?;
        let calendar = self.truce.calendar(self.patience, on, window.until).map_err(fault)?;
        let months_left = f64::from(calendar.days[0].days_left) / strategy::DAYS_PER_MONTH;
        let at_stake =
            |at: usize| self.stakes[at].at(&self.truce, at, (self.patience, months_left)).map_err(fault);
        let revenue_at_stake = [at_stake(0)?, at_stake(1)?];
        let side = |at: usize| {
            let found = &endless.sides[at];
            let breach = &self.breaches[at];
            let is_package = |policy: &&Policy| (policy.headline_pp() - breach.headline_pp).abs() < 1e-9;
            // Where a breach is answered by less than the truce costs, the impatient hold and the patient do not: no
            // patience is the least.
            let least = |least: Option<f64>, slack: f64| {
                least.filter(|least| slack >= 0.0 || *least > self.patience.monthly())
            };
            let today = &calendar.days[0];
            let key = policies[at].iter().find(is_package).map_or("raise", |policy| policy.key);
            Side {
                party: found.country.clone(),
                temptation_pct: found.temptation,
                deviation: key.into(),
                deviation_pp: breach.headline_pp,
                sought_pp: breach.sought_pp.clone(),
                punishment_pct: found.punishment,
                critical_patience: least(found.critical_patience, found.slack),
                slack_today_pct: today.slack[at],
                critical_patience_today: least(today.critical_patience[at], today.slack[at]),
                flips_on: calendar.flips_on[at],
                revenue_at_stake: revenue_at_stake[at],
            }
        };
        let sides = [side(0), side(1)];
        let verdict = if sides.iter().all(|side| side.temptation_pct <= TIE && side.punishment_pct >= -TIE) {
            Verdict::HoldsAtAnyPatience
        } else if sides.iter().all(|side| side.critical_patience.is_some()) && endless.holds {
            Verdict::HoldsIfPatient
        } else {
            Verdict::DoesNotHold
        };
        Ok(SelfEnforcement {
            judged_by: self.judged_by.clone(),
            sides,
            lag_months: self.truce.rules.detection_lag,
            punishment: self.punishment.clone(),
            punished_pp: self.punished_pp,
            monthly_patience: self.patience.monthly(),
            verdict,
            holds_today: calendar.days[0].slack.iter().all(|slack| *slack >= 0.0),
            flips_on: calendar.breaks_on(),
            by_day: calendar
                .days
                .into_iter()
                .map(|day| DaySlack { day: day.day, slack_pct: day.slack })
                .collect(),
        })
    }
}

/// What follows a breach, and for how long.
fn in_words(rules: &TruceRules) -> String {
    let what = match rules.punishment {
        Punishment::Peak => "both sides return to their highest duties so far",
        Punishment::Lapse => "both sides return to what a lapse brings back",
        Punishment::War => "both sides charge their best replies to each other on all goods",
    };
    match rules.punishment_months {
        None => format!("{what}, for good"),
        Some(1.0) => format!("{what}, for a month"),
        Some(months) => format!("{what}, for {months} months"),
    }
}
