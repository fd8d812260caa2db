//! Talks: duties that leave no one at the table a gain at no one's cost, and how the gain is shared.
//!
//! Every point of the frontier is the choice of a planner with weights ω on log payoffs; a solution of the bargaining
//! problem is the ω at which its own condition holds.

use terms::CountryId;

use crate::instruments::Instruments;
use crate::play::{Near, PlaySettings, Rest, play_to_rest};
use crate::player::Player;
use crate::sharing::{Rule, Solution};
use crate::talks_search::{Starts, Talks, TalksSearch};
use crate::tariff_game::{StrategyError, TariffGame};

/// Where talks end.
#[derive(Debug, Clone)]
pub struct Deal<S> {
    /// The sharing rule.
    pub solution: Solution,
    /// The duties and what clears under them.
    pub rest: Rest<S>,
    /// The planner's weights ω behind it, one per country at the table, summing to one.
    pub weights: Vec<f64>,
    /// Everyone's payoff over the threat point, %.
    pub gain_pct: Vec<f64>,
    /// How far the sharing condition is from holding: the largest gap, in log payoffs (Nash: in log weights).
    pub sharing_gap: f64,
    /// Planner's problems solved.
    pub planner_solves: usize,
    /// Countries whose share the others could not hold down: they gain more than the rule gives, at weight zero.
    pub unbounded: Vec<CountryId>,
    /// Where it was searched for, and what else was met.
    pub search: TalksSearch,
}

/// The smallest weight: below it a country cannot be held down by the others.
const NO_WEIGHT: f64 = 1e-6;

/// The planner's choice for weights ω on log payoffs: one point of the frontier.
///
/// # Errors
/// [`StrategyError`] when nothing clears or no one at the table has a lever.
pub fn planner<G: TariffGame>(
    game: &G,
    table: &[CountryId],
    weights: &[f64],
    instruments: &Instruments,
    start: &[f64],
    settings: &PlaySettings,
) -> Result<Rest<G::State>, StrategyError> {
    let weights = table.iter().copied().zip(weights.iter().copied()).collect();
    play_to_rest(game, &[(Player::table(weights), instruments.clone())], start, Near::Nothing, settings)
}

/// Talks among `table` from the threat point `threat` (log payoffs over the base, one per country at the table): the best deal
/// by the rule's own measure that a search from `starts` finds, and what the search met.
///
/// # Errors
/// [`StrategyError`] when nothing clears, shapes disagree, or no one has a lever.
pub fn talks<G: TariffGame>(
    game: &G,
    table: &[CountryId],
    threat: &[f64],
    solution: Solution,
    instruments: &Instruments,
    starts: &Starts,
    settings: &PlaySettings,
) -> Result<Deal<G::State>, StrategyError> {
    let ideal = match solution {
        Solution::KalaiSmorodinsky => ideal_gains(game, table, threat, instruments, starts, settings)?,
        _ => Vec::new(),
    };
    talks_towards(game, table, threat, (solution, &ideal), instruments, starts, settings)
}

/// As [`talks`], where the most each could get is known: Kalai and Smorodinsky's ideal gains, as shares.
///
/// # Errors
/// As [`talks`].
pub(crate) fn talks_towards<G: TariffGame>(
    game: &G,
    table: &[CountryId],
    threat: &[f64],
    (solution, ideal): (Solution, &[f64]),
    instruments: &Instruments,
    starts: &Starts,
    settings: &PlaySettings,
) -> Result<Deal<G::State>, StrategyError> {
    let mut talks = Talks::of(game, table, threat, instruments, starts, settings)?;
    let (met, search) = talks.best(&Rule::of(solution, ideal))?;
    let unbounded = table.iter().zip(&met.weights).filter(|(_, ω)| **ω < NO_WEIGHT).map(|(n, _)| *n);
    Ok(Deal {
        solution,
        unbounded: unbounded.collect(),
        rest: met.rest,
        weights: met.weights,
        gain_pct: met.gains.iter().map(|gain| 100.0 * gain.exp_m1()).collect(),
        sharing_gap: met.gap,
        planner_solves: talks.solves,
        search,
    })
}

/// What each could gain at most if everyone else were held to the threat point.
pub(crate) fn ideal_gains<G: TariffGame>(
    game: &G,
    table: &[CountryId],
    threat: &[f64],
    instruments: &Instruments,
    starts: &Starts,
    settings: &PlaySettings,
) -> Result<Vec<f64>, StrategyError> {
    let mut talks = Talks::of(game, table, threat, instruments, starts, settings)?;
    (0..table.len())
        .map(|favoured| {
            let (met, _) = talks.best(&Rule::Favouring(favoured))?;
            Ok(met.gains[favoured].exp_m1())
        })
        .collect()
}
