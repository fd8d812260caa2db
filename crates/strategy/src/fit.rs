//! Which rule fits a record of play: each month told before it comes, scored out of sample, with its uncertainty.

use serde::Serialize;

use crate::random::Stream;
use crate::repeated_play::Conditions;
use crate::stage_payoffs::StagePayoffs;
use crate::strategies::{Memory, Strategy, View};

/// How well one rule told one side's moves.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RuleFit {
    /// The rule; `no change` is the peer that expects the month to be as the last.
    pub rule: String,
    /// Months told right, out of sample, as a share.
    pub hits: f64,
    /// The same among months in which the side moved; none when it never did.
    pub hits_when_moving: Option<f64>,
    /// Mean log score a month out of sample: 0 is certainty, ln(1/levels) a blind guess.
    pub log_score: f64,
    /// The log score less that of `no change`: its mean, and the band that holds nine tenths of its bootstrap draws.
    pub over_no_change: [f64; 3],
}

/// The fit of every rule to one side of a record.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fit {
    /// Months of the record.
    pub months: usize,
    /// Of these, months that were told out of sample.
    pub scored: usize,
    /// Of these, months in which the side moved.
    pub moved: usize,
    /// Best first.
    pub rules: Vec<RuleFit>,
}

/// Months before the first that is scored: a shorter record scores none.
pub const TRAINING_MONTHS: usize = 12;
/// Months that the bootstrap draws together, since moves come in runs.
const BLOCK: usize = 6;
/// Draws of the bootstrap.
const DRAWS: usize = 2000;

/// The fit of `rules` to side `side` of a history of levels, month by month.
///
/// In each month a rule sees what was in fact played up to `lag` months before and says a level. The odds that it errs
/// are learnt from the months before (Laplace's rule of succession, so one miss is never fatal); what is scored is the log
/// of the odds given to what came, the errors spread evenly over the other levels. The first twelve months train only.
/// Uncertainty: a bootstrap over blocks of six months, drawn by `conditions.seed`.
pub fn fit_rules(
    stage: &StagePayoffs,
    history: &[[u8; 2]],
    side: usize,
    rules: &[Strategy],
    conditions: &Conditions,
) -> Fit {
    let levels = stage.levels[side].len();
    let own: Vec<u8> = history.iter().map(|month| month[side]).collect();
    let told = |rule: Option<&Strategy>| -> Vec<u8> {
        match rule {
            Some(rule) => replies(stage, history, side, rule, conditions),
            None => (0..own.len()).map(|t| own[t.saturating_sub(1)]).collect(),
        }
    };
    let scores = |told: &[u8]| -> Vec<f64> {
        let (mut misses, mut seen) = (0.0, 0.0);
        let mut scores = Vec::new();
        for (t, (told, came)) in told.iter().zip(&own).enumerate() {
            let error = (misses + 1.0) / (seen + 2.0);
            let odds = if told == came { 1.0 - error } else { error / (levels.max(2) - 1) as f64 };
            if t >= TRAINING_MONTHS {
                scores.push(odds.ln());
            }
            misses += f64::from(u8::from(told != came));
            seen += 1.0;
        }
        scores
    };
    let peer = scores(&told(None));
    let moves = |t: usize| t > 0 && own[t] != own[t - 1];
    let scored = own.len().saturating_sub(TRAINING_MONTHS);
    let judge = |rule: Option<&Strategy>| {
        let told = told(rule);
        let own_scores = scores(&told);
        let over: Vec<f64> = own_scores.iter().zip(&peer).map(|(a, b)| a - b).collect();
        let months = TRAINING_MONTHS.min(own.len())..own.len();
        let right = |t: &usize| told[*t] == own[*t];
        let moving: Vec<usize> = months.clone().filter(|t| moves(*t)).collect();
        let share = |hits: usize, of: usize| hits as f64 / of.max(1) as f64;
        RuleFit {
            rule: rule.map_or_else(|| "no change".into(), Strategy::name),
            hits: share(months.clone().filter(right).count(), scored),
            hits_when_moving: (!moving.is_empty())
                .then(|| share(moving.iter().filter(|t| right(t)).count(), moving.len())),
            log_score: mean(&own_scores),
            over_no_change: bootstrap(&over, conditions.seed),
        }
    };
    let mut fits: Vec<RuleFit> = rules.iter().map(Some).chain([None]).map(judge).collect();
    fits.sort_by(|a, b| b.log_score.total_cmp(&a.log_score));
    let moved = (TRAINING_MONTHS.min(own.len())..own.len()).filter(|t| moves(*t)).count();
    Fit { months: own.len(), scored, moved, rules: fits }
}

/// What a rule would have charged in each month of the record, given what was in fact played before.
fn replies(
    stage: &StagePayoffs,
    history: &[[u8; 2]],
    side: usize,
    rule: &Strategy,
    conditions: &Conditions,
) -> Vec<u8> {
    let own: Vec<u8> = history.iter().map(|month| month[side]).collect();
    let seen: Vec<u8> = history.iter().map(|month| month[1 - side]).collect();
    let got: Vec<f64> =
        history.iter().map(|[a, b]| stage.payoffs[usize::from(*a)][usize::from(*b)][side]).collect();
    let level = |level: usize| level.min(255) as u8;
    let [truce, war] = [conditions.truce, conditions.war].map(|of| [level(of[side]), level(of[1 - side])]);
    let cap = level(stage.levels[side].len() - 1);
    let kept = stage.payoffs[conditions.truce[0]][conditions.truce[1]][side];
    let mut memory = Memory::default();
    let mut chance = Stream::new(conditions.seed, side as u64, 0);
    (0..history.len())
        .map(|t| {
            let known = (t + 1).saturating_sub(conditions.lag.max(1));
            let view = View {
                own: &own[..t],
                seen: &seen[..known],
                got: &got[..known],
                truce,
                war,
                cap,
                truce_payoff: kept,
            };
            rule.choose(&mut memory, view, &mut chance).min(cap)
        })
        .collect()
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

/// The mean, and the fifth and ninety-fifth hundredth of the means of draws of blocks.
fn bootstrap(values: &[f64], seed: u64) -> [f64; 3] {
    if values.is_empty() {
        return [0.0; 3];
    }
    let mut chance = Stream::new(seed, values.len() as u64, BLOCK as u64);
    let mut means: Vec<f64> = (0..DRAWS)
        .map(|_| {
            let mut sum = 0.0;
            for _ in 0..values.len().div_ceil(BLOCK) {
                let from = chance.below(values.len());
                sum += (0..BLOCK).map(|k| values[(from + k) % values.len()]).sum::<f64>();
            }
            sum / (values.len().div_ceil(BLOCK) * BLOCK) as f64
        })
        .collect();
    means.sort_by(f64::total_cmp);
    let at = |share: f64| means[((share * DRAWS as f64) as usize).min(DRAWS - 1)];
    [mean(values), at(0.05), at(0.95)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repeated_play::play_match;
    use crate::stage_payoffs::tests::dilemma;

    /// A record made by tit for tat against a restless opponent is told by tit for tat, and by no other rule as well.
    #[test]
    fn the_rule_that_made_a_record_fits_it_best() {
        let stage = dilemma(4);
        let mut conditions = Conditions::plain(&stage, 120);
        conditions.seed = 5;
        let restless: Vec<u8> = (0..120u32).map(|t| ((t / 5 * 7 + t % 3) % 4) as u8).collect();
        let rules = [&Strategy::TitForTat, &Strategy::Observed(restless)];
        let record = play_match(&stage, rules, &conditions, (0, 0), true).path;
        let fit = fit_rules(&stage, &record, 0, &Strategy::all(), &conditions);
        assert_eq!(fit.rules[0].rule, "tit for tat");
        assert_eq!(fit.rules[0].hits, 1.0);
        assert!(fit.rules[0].over_no_change[1] > 0.0, "above the peer beyond doubt: {:?}", fit.rules[0]);
    }

    #[test]
    fn no_change_is_no_better_than_itself() {
        let stage = dilemma(4);
        let record: Vec<[u8; 2]> = (0..60).map(|t| [u8::from(t > 30), 0]).collect();
        let fit = fit_rules(&stage, &record, 0, &[Strategy::Always], &Conditions::plain(&stage, 60));
        let peer = fit.rules.iter().find(|rule| rule.rule == "no change").unwrap();
        assert_eq!(peer.over_no_change, [0.0; 3]);
        assert_eq!((fit.scored, fit.moved), (48, 1));
    }
}
