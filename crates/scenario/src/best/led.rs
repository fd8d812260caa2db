//! What an answer tells beside a leader's choice, in words and numbers.

use serde::Serialize;
use strategy::{Instruments, Lead, PlayStatus, Player};
use terms::Country;

use crate::game::{self, DeviationKind};

/// A choice at which the others' answers were worked out.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LookedAt {
    /// Which, in words.
    pub choice: String,
    /// The mover's objective there, % over the base; none where the others, or a war of all, did not come to rest.
    pub payoff_pct: Option<f64>,
}

/// The others' answers to the choice shown, begun elsewhere.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AnswersBegun {
    /// Where, in words.
    pub from: String,
    /// How their play ended.
    pub status: PlayStatus,
    /// The mover's objective there, % over the base.
    pub payoff_pct: f64,
    /// The largest difference of any rate from the answers shown, percentage points. Text calls rates the same below 1e-4.
    pub largest_difference_pp: f64,
    /// Where they differ and are at rest: the most that any of the others would gain by leaving them alone, sought as for the
    /// answers shown, % of its objective. Above 1e-6 they are no war.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub largest_gain_pct: Option<f64>,
    /// Whose it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<Country>,
}

/// What stands beside a leader's choice.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BesideLead {
    /// The starts of the climbs, and choices far from there.
    pub looked_at: Vec<LookedAt>,
    /// The answers to the choice shown, begun from several places: where they differ, the mover's payoff depends on which
    /// are played, and those shown are the ones that the climb arrived at.
    pub answers_begun: Vec<AnswersBegun>,
    /// The most that any of the others gains by moving alone from the answers shown, as `answers_deviations` says, % of its
    /// objective; none where no one else plays.
    pub answers_largest_gain_pct: Option<f64>,
    /// Whose it is.
    pub answers_by: Option<Country>,
    /// What was computed of it.
    pub answers_deviations: DeviationKind,
    /// And where it was sought from.
    pub answers_sought_from: Vec<String>,
}

impl BesideLead {
    /// What `lead` found, `followers` being those who answer and `kind` and `sought_from` how their deviations were sought.
    pub(super) fn of<S>(
        found: &Lead<S>,
        followers: &[(Player, Instruments)],
        instruments: &Instruments,
        (answers_deviations, answers_sought_from): (DeviationKind, Vec<String>),
    ) -> Self {
        let looked_at = found
            .looked_at
            .iter()
            .map(|at| LookedAt { choice: game::choice(&at.choice, instruments), payoff_pct: at.payoff_pct });
        let begun = found.branches.iter().map(|branch| AnswersBegun {
            from: game::answers_from(branch.from, instruments),
            status: branch.status,
            payoff_pct: branch.payoff_pct,
            largest_difference_pp: branch.largest_difference_pp,
            largest_gain_pct: branch.gain_pct.map(|(gain, _)| gain),
            by: branch.gain_pct.map(|(_, at)| followers[at].0.name.clone()),
        });
        let gains = followers.iter().zip(&found.answers_gain_pct);
        let worst = gains.max_by(|a, b| a.1.total_cmp(b.1));
        Self {
            looked_at: looked_at.collect(),
            answers_begun: begun.collect(),
            answers_largest_gain_pct: worst.map(|(_, gain)| *gain),
            answers_by: worst.map(|((player, _), _)| player.name.clone()),
            answers_deviations,
            answers_sought_from,
        }
    }
}
