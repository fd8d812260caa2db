//! What was computed of a point of play, and so what may be claimed of it.

use serde::Serialize;
use strategy::{Deviations, PlayStatus, Probe, Start};
use terms::Country;

/// What the numbers for deviations are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DeviationKind {
    /// Nothing was computed.
    NotSought,
    /// What each player's own next move would gain to first order, at a point where none wants to move (where others reply,
    /// the mover's, through their answers); no other reply was searched for.
    FirstOrder,
    /// What the best reply gains that a search found, begun at `deviations_sought_from` while all others hold. A reply
    /// that it did not meet may gain more.
    Searched,
}

/// The evidence behind a point of a game. Nothing in an answer claims more than stands here.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlayEvidence {
    /// How play or the search ended.
    pub status: PlayStatus,
    /// Moves made, each with one clearing; where others reply, the mover's, each with a war of the others.
    pub moves: usize,
    /// What `largest_deviation_gain_pct`, and every player's `deviation_gain_pct`, is.
    pub deviations: DeviationKind,
    /// The most that any player gains by moving alone, % of its objective, as `deviations` says; none where nothing was
    /// computed.
    pub largest_deviation_gain_pct: Option<f64>,
    /// Whose it is.
    pub by: Option<Country>,
    /// Where deviations were searched from; empty where no search was made.
    pub deviations_sought_from: Vec<String>,
    /// The largest derivative ∂ln payoff/∂ln(1+τ) left to anyone who moved, on a rate that no bound holds: zero at a
    /// stationary point, peak or not. Where others reply: the mover's through all answers, and the others' own. None where
    /// none was computed.
    pub largest_slope: Option<f64>,
    /// The largest relative excess demand left.
    pub clearing_residual: f64,
}

/// What was computed of deviations, and where a search began.
pub(crate) fn deviations(found: &Deviations) -> (DeviationKind, Vec<String>) {
    match found {
        Deviations::NotSought => (DeviationKind::NotSought, Vec::new()),
        Deviations::FirstOrder => (DeviationKind::FirstOrder, Vec::new()),
        Deviations::Searched(probe) => (DeviationKind::Searched, starts(probe)),
    }
}

/// The starts of a search, in words.
pub(crate) fn starts(probe: &Probe) -> Vec<String> {
    let mut words: Vec<String> = probe.starts.iter().map(start).collect();
    if probe.switches {
        words.push("every sector's other side".into());
    }
    words
}

/// One of them.
pub(crate) fn start(start: &Start) -> String {
    match start {
        Start::Here => "the duties played".to_string(),
        Start::At(0.0) => "free entry".to_string(),
        Start::At(rate) => format!("{} %", 100.0 * rate),
        Start::Sector(sector, rate) => format!("sector {} at {} %", sector + 1, 100.0 * rate),
    }
}
