//! What repeated play tells: per cent and points, each unit in the name of its field.

use serde::Serialize;
use strategy::{Fit, StagePayoffs, Tournament};
use terms::Country;

/// What a month of each pair of duties gives to the two sides.
///
/// # Shapes
/// `payoff_pct[a][b]` belongs to `levels_pp[0][a]` of the first side against `levels_pp[1][b]` of the second.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stage {
    /// The two sides.
    pub sides: [Country; 2],
    /// Each side's duties on all goods of the other, on top of the base rates, points; rising.
    pub levels_pp: [Vec<f64>; 2],
    /// What each pair gives to the two sides, % of the base.
    pub payoff_pct: Vec<Vec<[f64; 2]>>,
    /// What payoffs are, in words.
    pub payoff_is: String,
}

/// Every rule against every rule.
///
/// # Shapes
/// `mean_payoff_pct[a][b]` and `kept_pct[a][b]` are of the first side playing `rules[a]`, the second `rules[b]`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Standings {
    /// The rules.
    pub rules: Vec<String>,
    /// Draws of chance over which every number is a mean.
    pub draws: usize,
    /// Both sides' mean payoff a month, % of the base.
    pub mean_payoff_pct: Vec<Vec<[f64; 2]>>,
    /// Months in which both kept the truce, %.
    pub kept_pct: Vec<Vec<f64>>,
    /// Each rule's mean payoff over all opponents, itself included, in the first chair and in the second, % of the base.
    pub score_pct: Vec<[f64; 2]>,
    /// The standard error of each score over the draws; none where there was one draw.
    pub score_error_pct: Option<Vec<[f64; 2]>>,
    /// In which world they met.
    pub conditions: PlayedUnder,
}

/// The world in which rules meet.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlayedUnder {
    /// Months played.
    pub months: usize,
    /// Months until a side sees what the other did.
    pub lag_months: usize,
    /// The odds that what was decided is not what is carried out.
    pub noise_odds: f64,
    /// The odds that a kept month is reported as broken.
    pub false_claim_odds: f64,
    /// The odds that a broken month goes unseen.
    pub missed_odds: f64,
    /// Each side's level of the truce, points.
    pub truce_pp: [f64; 2],
    /// Each side's level of war, points.
    pub war_pp: [f64; 2],
    /// The seed of all chance.
    pub seed: u64,
}

/// How well every rule tells one side of a record.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SideFit {
    /// Whose duties are told.
    pub country: Country,
    /// Months of the record.
    pub months: usize,
    /// Of these, months that were told before they came and are scored.
    pub scored_months: usize,
    /// Of these, months in which the side moved.
    pub moved_months: usize,
    /// Best first.
    pub rules: Vec<RuleTold>,
}

/// How well one rule tells one side.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RuleTold {
    /// The rule; `no change` expects the month to be as the last.
    pub rule: String,
    /// Months told right, of those scored, %.
    pub hits_pct: f64,
    /// The same among months in which the side moved; none where it never did.
    pub hits_when_moving_pct: Option<f64>,
    /// The mean log of the odds given to what came: 0 is certainty.
    pub log_score_nats: f64,
    /// The same less that of `no change`.
    pub over_no_change_nats: f64,
    /// The low end of the band that holds nine tenths of its bootstrap draws.
    pub over_no_change_low_nats: f64,
    /// The high end.
    pub over_no_change_high_nats: f64,
}

impl Stage {
    pub(super) fn of(stage: &StagePayoffs) -> Self {
        Self {
            sides: stage.sides.clone(),
            levels_pp: stage
                .levels
                .each_ref()
                .map(|side| side.iter().map(|rate| rate.as_percent()).collect()),
            payoff_pct: stage.payoffs.clone(),
            payoff_is: stage.unit.clone(),
        }
    }

    /// The points of a pair of levels, given by their places.
    pub(super) fn points(&self, [a, b]: [usize; 2]) -> [f64; 2] {
        [self.levels_pp[0][a], self.levels_pp[1][b]]
    }

    /// The least that each side would lose by any other of its levels while the other side stays at this pair; below zero
    /// it would gain. None for a side of one level.
    pub(super) fn least_loss(&self, [a, b]: [usize; 2]) -> [Option<f64>; 2] {
        let here = self.payoff_pct[a][b];
        let rows = (0..self.payoff_pct.len()).filter(|r| *r != a).map(|r| here[0] - self.payoff_pct[r][b][0]);
        let row = &self.payoff_pct[a];
        let columns = (0..row.len()).filter(|c| *c != b).map(|c| here[1] - row[c][1]);
        [rows.reduce(f64::min), columns.reduce(f64::min)]
    }
}

impl Standings {
    pub(super) fn of(played: &Tournament, stage: &Stage) -> Self {
        let world = &played.conditions;
        Self {
            rules: played.rules.clone(),
            draws: played.draws,
            mean_payoff_pct: played.mean_payoff.clone(),
            kept_pct: played.kept.iter().map(|row| row.iter().map(|share| 100.0 * share).collect()).collect(),
            score_pct: played.score.clone(),
            score_error_pct: played.score_error.clone(),
            conditions: PlayedUnder {
                months: world.months,
                lag_months: world.lag,
                noise_odds: world.noise,
                false_claim_odds: world.false_claim,
                missed_odds: world.missed,
                truce_pp: stage.points(world.truce),
                war_pp: stage.points(world.war),
                seed: world.seed,
            },
        }
    }
}

impl SideFit {
    pub(super) fn of(country: &Country, fit: &Fit) -> Self {
        let told = |rule: &strategy::RuleFit| {
            let [over, low, high] = rule.over_no_change;
            RuleTold {
                rule: rule.rule.clone(),
                hits_pct: 100.0 * rule.hits,
                hits_when_moving_pct: rule.hits_when_moving.map(|share| 100.0 * share),
                log_score_nats: rule.log_score,
                over_no_change_nats: over,
                over_no_change_low_nats: low,
                over_no_change_high_nats: high,
            }
        };
        Self {
            country: country.clone(),
            months: fit.months,
            scored_months: fit.scored,
            moved_months: fit.moved,
            rules: fit.rules.iter().map(told).collect(),
        }
    }
}
