//! What was computed of repeated play, and so what may be claimed of it.

use serde::Serialize;
use strategy::{TRAINING_MONTHS, Tournament};
use terms::Country;

use super::Tabulated;
use super::told::Stage;

/// The evidence behind a tournament. Nothing in an answer claims more than stands here.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TournamentEvidence {
    /// How the payoffs were solved.
    #[serde(flatten)]
    pub table: TableEvidence,
    /// The pairs of levels from which neither side gains by another of its levels, each tried against each.
    pub rests: Vec<StageRest>,
    /// The rule that scores best in each chair, and by how much.
    pub leads: [RuleLead; 2],
    /// How far the claims reach.
    pub limits: Vec<String>,
}

/// The evidence behind a fit to the record.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FitEvidence {
    /// How the payoffs were solved.
    #[serde(flatten)]
    pub table: TableEvidence,
    /// The first months of the record: rules learn from them how often they err, and none of them is scored.
    pub training_months: usize,
    /// How far the claims reach.
    pub limits: Vec<String>,
}

/// How well the equations behind a table of payoffs hold.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TableEvidence {
    /// Equilibria solved: every pair of levels, and the middle between each four.
    pub solves: usize,
    /// The largest relative excess demand left in any.
    pub clearing_residual: f64,
    /// By how much payoffs interpolated between levels would be off in those middles, points of payoff. No payoff between
    /// levels is used.
    pub interpolation_error_pct: Option<f64>,
}

/// A pair of levels at rest.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StageRest {
    /// The pair, points.
    pub levels_pp: [f64; 2],
    /// The least that each side would lose a month by any other of its levels, points of payoff.
    pub least_loss_pct: [Option<f64>; 2],
}

/// The rule that scores best in one chair.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RuleLead {
    /// Who plays it.
    pub country: Country,
    /// The rule.
    pub rule: String,
    /// The rule next to it.
    pub next: String,
    /// Its score less the next one's, points of payoff a month.
    pub lead_pct: f64,
    /// The standard error of that lead; none where there was one draw.
    pub lead_error_pct: Option<f64>,
}

impl TableEvidence {
    pub(super) fn of(table: &Tabulated) -> Self {
        Self {
            solves: table.solves,
            clearing_residual: table.largest_excess,
            interpolation_error_pct: table.stage.interpolation_error,
        }
    }
}

impl TournamentEvidence {
    pub(super) fn of(table: &Tabulated, stage: &Stage, played: &Tournament) -> Self {
        let rest = |pair| StageRest { levels_pp: stage.points(pair), least_loss_pct: stage.least_loss(pair) };
        Self {
            table: TableEvidence::of(table),
            rests: table.stage.equilibria().into_iter().map(rest).collect(),
            leads: [0, 1].map(|side| RuleLead::of(played, side, &stage.sides[side])),
            limits: [
                "other levels and other rules were not played, and a score depends on who else plays",
                "every month counts alike",
            ]
            .map(String::from)
            .into(),
        }
    }
}

impl FitEvidence {
    pub(super) fn of(table: &Tabulated) -> Self {
        Self {
            table: TableEvidence::of(table),
            training_months: TRAINING_MONTHS,
            limits: [
                "best replies are the best among the levels that occurred",
                "the levels a rule may say, and war as the highest of them, are the whole record's: that much is told with \
                 hindsight",
            ]
            .map(String::from)
            .into(),
        }
    }
}

impl RuleLead {
    fn of(played: &Tournament, side: usize, country: &Country) -> Self {
        let order = played.ranking(side);
        let (best, next) = (order[0], order[order.len().min(2) - 1]);
        let error = played.score_error.as_ref();
        Self {
            country: country.clone(),
            rule: played.rules[best].clone(),
            next: played.rules[next].clone(),
            lead_pct: played.score[best][side] - played.score[next][side],
            lead_error_pct: error.map(|errors| errors[best][side].hypot(errors[next][side])),
        }
    }
}
