//! War: duties from which no government gains by moving alone.

use serde::Serialize;

use crate::deviations::{Deviations, Probe, found};
use crate::instruments::Instruments;
use crate::play::{Near, PlaySettings, PlayStatus, Rest, play_to_rest};
use crate::player::Player;
use crate::tariff_game::{StrategyError, TariffGame};

/// A tariff war and the evidence that it is one.
#[derive(Debug, Clone)]
pub struct War<S> {
    /// Where all came to rest.
    pub rest: Rest<S>,
    /// What each player would gain by moving alone, in % of its objective, in the sense of `deviations`. Empty when
    /// none was sought.
    pub deviation_gain_pct: Vec<f64>,
    /// What was computed of deviations.
    pub deviations: Deviations,
    /// How often a player moved to a better reply that the search had found, and play went on.
    pub switches: usize,
}

/// The evidence in short, for outcomes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Certificate {
    /// How play ended.
    pub status: PlayStatus,
    /// Moves made.
    pub moves: usize,
    /// The largest gain of any player by moving alone, in the sense of `deviations`, % of its objective; none when none
    /// was sought.
    pub largest_deviation_gain_pct: Option<f64>,
    /// Whose it is.
    pub by: Option<terms::Country>,
    /// The largest derivative ∂ln payoff/∂ln(1+τ) left on a free lever.
    pub largest_slope: f64,
    /// The largest relative excess demand left in the clearing.
    pub clearing_residual: f64,
    /// What was computed of deviations.
    pub deviations: Deviations,
}

/// All players at once, from the wedges `start`, until no one wants to move; then everyone's deviations.
///
/// At rest with [`Probe::here`] no search is made, and deviations are told to first order. A deviation found that gains is taken up and play goes on from there, at most once per player and sector.
///
/// # Errors
/// [`StrategyError`] when nothing clears, a country plays twice, or a player has no lever.
pub fn war<G: TariffGame>(
    game: &G,
    players: &[(Player, Instruments)],
    start: &[f64],
    probe: Option<&Probe>,
    settings: &PlaySettings,
) -> Result<War<G::State>, StrategyError> {
    let mut rest = play_to_rest(game, players, start, Near::Nothing, settings)?;
    let mut switches = 0;
    let Some(probe) = probe else {
        return Ok(War { rest, deviation_gain_pct: Vec::new(), deviations: Deviations::NotSought, switches });
    };
    // At rest a search begun at the duties played stays there: what it would gain is what the next move would.
    if rest.status == PlayStatus::AtRest && *probe == Probe::here() {
        let deviation_gain_pct = rest.left_pct.clone();
        return Ok(War { rest, deviation_gain_pct, deviations: Deviations::FirstOrder, switches });
    }
    loop {
        let found = found(game, players, &rest, probe, settings)?;
        match found.better {
            Some(wedges) if switches < players.len() * game.sectors() => {
                switches += 1;
                rest = play_to_rest(game, players, &wedges, Near::Nothing, settings)?;
            }
            _ => {
                let told = if probe.climbs { Deviations::Searched } else { Deviations::LookedAt };
                let (deviation_gain_pct, deviations) = (found.gain_pct, told(probe.clone()));
                return Ok(War { rest, deviation_gain_pct, deviations, switches });
            }
        }
    }
}

impl<S: Clone> War<S> {
    /// The evidence in short.
    pub fn certificate<G: TariffGame<State = S>>(
        &self,
        game: &G,
        players: &[(Player, Instruments)],
    ) -> Certificate {
        let gains = players.iter().zip(&self.deviation_gain_pct);
        let worst = gains.max_by(|a, b| a.1.total_cmp(b.1));
        Certificate {
            status: self.rest.status,
            moves: self.rest.moves,
            largest_deviation_gain_pct: worst.map(|(_, gain)| *gain),
            by: worst.map(|((player, _), _)| player.name.clone()),
            largest_slope: self.rest.slopes.iter().copied().fold(0.0, f64::max),
            clearing_residual: game.residual(&self.rest.state),
            deviations: self.deviations.clone(),
        }
    }
}
