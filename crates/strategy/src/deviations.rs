//! Deviations: what a player would gain by moving alone, and what was computed of it.

use equilibrium::in_order;
use serde::Serialize;

use crate::best_response::{BestResponse, Start, best_response_near, switches_near};
use crate::instruments::{Instruments, Levers};
use crate::play::{PlaySettings, Rest};
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
    /// Whether a search climbs from the starts; without it only the payoffs at them are looked at.
    pub climbs: bool,
}

impl Probe {
    /// From the duties played, from free entry and from 100 %.
    pub fn thorough() -> Self {
        Self { starts: vec![Start::Here, Start::At(0.0), Start::At(1.0)], switches: false, climbs: true }
    }

    /// From free entry and from 100 %: at rest a search from the duties played stays there.
    pub fn far() -> Self {
        Self { starts: vec![Start::At(0.0), Start::At(1.0)], switches: false, climbs: true }
    }

    /// At free entry and at 100 % the payoffs only, one clearing each; a start that gives more is climbed from.
    pub fn looking() -> Self {
        Self { climbs: false, ..Self::far() }
    }

    /// From the duties played only. A search begun where play is at rest stays there, so [`war`](crate::war) makes none: what it
    /// then tells is each player's next move, to first order ([`Deviations::FirstOrder`]).
    pub fn here() -> Self {
        Self { starts: vec![Start::Here], switches: false, climbs: true }
    }

    /// The same with every sector's other side.
    #[must_use]
    pub fn with_switches(mut self) -> Self {
        self.switches = true;
        self
    }

    /// The best reply to the wedges `held` found by climbing from the starts; `near` is what clears under them, if known.
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
    /// The payoffs at these starts, others holding: the number is the most that one of them gives over the payoff played,
    /// or what the player's own next move would gain to first order, if that is more. Nothing was climbed.
    LookedAt(Probe),
}

/// A deviation that gains more than this, in % of the objective, is taken up and play goes on.
const WORTH_MOVING: f64 = 1e-6;

/// What was found of deviations from one point.
pub(crate) struct Found {
    /// By player, % of its objective.
    pub(crate) gain_pct: Vec<f64>,
    /// The wedges after the one that gains most, where it is worth moving.
    pub(crate) better: Option<Vec<f64>>,
}

/// What each player would gain by moving alone from `rest`, while all others hold, as `probe` looks for it; players are
/// independent of each other, and are shared out among the game's threads.
///
/// # Errors
/// As [`best_response`](crate::best_response).
pub fn deviation_gains<G: TariffGame>(
    game: &G,
    players: &[(Player, Instruments)],
    rest: &Rest<G::State>,
    probe: &Probe,
    settings: &PlaySettings,
) -> Result<Vec<f64>, StrategyError> {
    Ok(found(game, players, rest, probe, settings)?.gain_pct)
}

pub(crate) fn found<G: TariffGame>(
    game: &G,
    players: &[(Player, Instruments)],
    rest: &Rest<G::State>,
    probe: &Probe,
    settings: &PlaySettings,
) -> Result<Found, StrategyError> {
    let (held, near) = (&rest.log_wedges, Some(&rest.state));
    let search = |(player, instruments): &(Player, Instruments)| {
        let mut climbing = probe.clone();
        if !probe.climbs {
            let (gain, start) = looked(game, player, instruments, rest, &probe.starts)?;
            match start.filter(|_| gain > WORTH_MOVING) {
                None => return Ok((gain, None)),
                Some(start) => climbing.starts = vec![start],
            }
        }
        let best = climbing.best_response(game, player, instruments, held, near, settings)?;
        Ok::<_, StrategyError>((best.gain_pct, Some(best.rest.log_wedges)))
    };
    let mut all = Found { gain_pct: Vec::with_capacity(players.len()), better: None };
    let mut most = WORTH_MOVING;
    for ((gain, wedges), left) in in_order(game.threads(), players, search)
        .into_iter()
        .zip(rest.left_pct.iter().copied().chain(std::iter::repeat(0.0)))
        .map(|(found, left)| found.map(|found| (found, left)))
        .collect::<Result<Vec<_>, _>>()?
    {
        if gain > most && wedges.is_some() {
            (most, all.better) = (gain, wedges);
        }
        // What the next move gains to first order is known at a rest; a search that began elsewhere may have missed it.
        all.gain_pct.push(gain.max(left));
    }
    Ok(all)
}

/// A start that gives less than is played by this much of the log payoff, as looked at with markets cleared to
/// [`ROUGHLY`], is not looked at more sharply: it is a thousand times what is left in the markets.
const PLAINLY_WORSE: f64 = 1e-3;
/// The relative excess demand that a first look leaves.
const ROUGHLY: f64 = 1e-6;

/// The most that one of the starts gives a player over what it has at `rest`, %, and which: below zero where all give less.
fn looked<G: TariffGame>(
    game: &G,
    player: &Player,
    instruments: &Instruments,
    rest: &Rest<G::State>,
    starts: &[Start],
) -> Result<(f64, Option<Start>), StrategyError> {
    let levers = Levers::of(game, player, instruments)?;
    let income = game.base_income();
    let payoff = |state: &G::State| player.log_payoff(&game.payoffs(state), &income);
    let here = payoff(&rest.state);
    let mut most = (f64::NEG_INFINITY, None);
    for start in starts {
        let wedges = start.of(game, &levers, &rest.log_wedges);
        let roughly = game.clear_within(&wedges, Some(&rest.state), ROUGHLY)?;
        let mut there = payoff(&roughly);
        if there - here > -PLAINLY_WORSE {
            there = payoff(&game.clear(&wedges, Some(&roughly))?);
        }
        if there - here > most.0 {
            most = (there - here, Some(start.clone()));
        }
    }
    Ok((100.0 * most.0.exp_m1(), most.1))
}
