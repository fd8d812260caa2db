//! Linked issues: what else is on the table, and which of it a deal contains.

use serde::Serialize;
use terms::CountryId;

use crate::bargain::{Deal, ideal_gains, talks_towards};
use crate::instruments::Instruments;
use crate::play::PlaySettings;
use crate::sharing::{Rule, Solution};
use crate::talks_search::Starts;
use crate::tariff_game::{StrategyError, TariffGame};

/// Something beside duties that a deal may contain or leave out.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Issue {
    /// What it is called.
    pub name: String,
    /// What it adds to each payoff at the table, in logs, by seat.
    pub log_worth: Vec<f64>,
}

/// A deal and the issues in it.
#[derive(Debug, Clone)]
pub struct Agreement<S> {
    /// The deal on duties; gains count the issues.
    pub deal: Deal<S>,
    /// Which issues it contains, in the order given.
    pub contains: Vec<bool>,
}

/// The most issues that can be tried in all combinations.
const MOST: usize = 6;

/// Talks on duties and on issues together.
///
/// A deal contains an issue whole or not at all; every combination is tried, with its own duties, and the one best by
/// the rule's own measure is kept: the equal gain, the product of gains, or the common share of the ideal gains, which
/// are the most that each could get under any combination. Worths add up: an issue is worth the same whatever the duties.
///
/// # Errors
/// As [`talks`](crate::talks); more than six issues.
pub fn talks_on_issues<G: TariffGame>(
    game: &G,
    table: &[CountryId],
    threat: &[f64],
    issues: &[Issue],
    solution: Solution,
    instruments: &Instruments,
    starts: &Starts,
    settings: &PlaySettings,
) -> Result<Agreement<G::State>, StrategyError> {
    if issues.len() > MOST {
        let text = format!(
            "{} issues are {} combinations; at most {MOST} can be tried",
            issues.len(),
            1_u64 << issues.len().min(63)
        );
        return Err(StrategyError::Setting(text));
    }
    if let Some(odd) = issues.iter().find(|issue| issue.log_worth.len() != table.len()) {
        let what = "worths of an issue";
        return Err(StrategyError::Shape { what, expected: table.len(), found: odd.log_worth.len() });
    }
    let combinations = 1_usize << issues.len();
    // An issue that is in the deal lowers what the duties must reach.
    let lowered = |combination: usize| -> Vec<f64> {
        let worth = |seat: usize| {
            issues
                .iter()
                .enumerate()
                .filter(|(k, _)| combination >> k & 1 == 1)
                .map(|(_, issue)| issue.log_worth[seat])
                .sum::<f64>()
        };
        threat.iter().enumerate().map(|(seat, d)| d - worth(seat)).collect()
    };
    let mut ideal = vec![f64::NEG_INFINITY; table.len()];
    if solution == Solution::KalaiSmorodinsky {
        for combination in 0..combinations {
            let found = ideal_gains(game, table, &lowered(combination), instruments, starts, settings)?;
            ideal.iter_mut().zip(found).for_each(|(most, gain)| *most = most.max(gain));
        }
    }
    let rule = Rule::of(solution, &ideal);
    let mut best: Option<(f64, Agreement<G::State>)> = None;
    for combination in 0..combinations {
        let threat = lowered(combination);
        let deal = talks_towards(game, table, &threat, (solution, &ideal), instruments, starts, settings)?;
        let gains: Vec<f64> = deal.gain_pct.iter().map(|gain| (gain / 100.0).ln_1p()).collect();
        let score = rule.measure(&gains);
        if best.as_ref().is_none_or(|(most, _)| score > *most) {
            let contains = (0..issues.len()).map(|k| combination >> k & 1 == 1).collect();
            best = Some((score, Agreement { deal, contains }));
        }
    }
    let nothing = || StrategyError::Setting("talks need at least one combination".into());
    best.map(|(_, package)| package).ok_or_else(nothing)
}
