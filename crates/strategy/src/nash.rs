//! War: duties from which no government gains by moving alone.

use serde::Serialize;

use crate::best_response::{BestResponse, Start, best_response_near, switches_near};
use crate::instruments::Instruments;
use crate::play::{PlaySettings, PlayStatus, Rest, play_to_rest};
use crate::player::Player;
use crate::tariff_game::{StrategyError, TariffGame};

/// Where to look for a better reply than the one played.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Probe {
    /// The starts to search from.
    pub starts: Vec<Start>,
    /// Whether every sector's other side (a low duty against a prohibitive one) is tried as well: needed where
    /// political weights give an objective two peaks.
    pub switches: bool,
}

impl Probe {
    /// From the duties played, from free entry and from 100 %.
    pub fn thorough() -> Self {
        Self { starts: vec![Start::Here, Start::At(0.0), Start::At(1.0)], switches: false }
    }

    /// From the duties played only. A search begun where play is at rest stays there, so [`war`] makes none: what it
    /// then tells is each player's next move, to first order ([`Deviations::FirstOrder`]).
    pub fn here() -> Self {
        Self { starts: vec![Start::Here], switches: false }
    }

    /// The same with every sector's other side.
    #[must_use]
    pub fn with_switches(mut self) -> Self {
        self.switches = true;
        self
    }

    /// The best reply to the wedges `held` found this way; `near` is what clears under them, if known.
    ///
    /// # Errors
    /// As [`best_response`](crate::best_response).
    pub fn best_response<G: TariffGame>(
        &self,
        game: &G,
        player: &Player,
        instruments: &Instruments,
        held: &[f64],
        near: Option<&G::State>,
        settings: &PlaySettings,
    ) -> Result<BestResponse<G::State>, StrategyError> {
        let search = if self.switches { switches_near } else { best_response_near };
        search(game, player, instruments, held, near, &self.starts, settings)
    }
}

/// What stands behind a number for a player's deviation.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Deviations {
    /// Nothing was computed.
    NotSought,
    /// Play is at rest, and the number is what the player's own next move from there would gain to first order,
    /// Σ slope × step over its levers. No other reply was searched for.
    FirstOrder,
    /// A search from these starts, others holding: the number is the payoff of the best point it found, less the payoff
    /// played.
    Searched(Probe),
}

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

/// A deviation that gains more than this, in % of the objective, is taken up and play goes on.
const WORTH_MOVING: f64 = 1e-6;

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
    let mut rest = play_to_rest(game, players, start, None, settings)?;
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
        let mut gains = Vec::with_capacity(players.len());
        let mut better: Option<(f64, Vec<f64>)> = None;
        for (player, instruments) in players {
            let best = probe.best_response(
                game,
                player,
                instruments,
                &rest.log_wedges,
                Some(&rest.state),
                settings,
            )?;
            if best.gain_pct > better.as_ref().map_or(WORTH_MOVING, |(gain, _)| *gain) {
                better = Some((best.gain_pct, best.rest.log_wedges));
            }
            gains.push(best.gain_pct);
        }
        match better {
            Some((_, wedges)) if switches < players.len() * game.sectors() => {
                switches += 1;
                rest = play_to_rest(game, players, &wedges, None, settings)?;
            }
            _ => {
                let deviations = Deviations::Searched(probe.clone());
                return Ok(War { rest, deviation_gain_pct: gains, deviations, switches });
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
