//! The iteration behind best replies and wars: everyone moves to where their own derivatives vanish.

use std::ops::Range;

use equilibrium::in_order;
use serde::Serialize;

use crate::anderson::Anderson;
use crate::instruments::{Instruments, Levers};
use crate::player::Player;
use crate::tariff_game::{StrategyError, TariffGame};

/// How far to play.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct PlaySettings {
    /// The largest change of any log wedge `ln(1+τ)` at which play has come to rest: 1e-9 is a ten-millionth of a
    /// percentage point.
    pub tolerance: f64,
    /// Moves allowed.
    pub max_moves: usize,
    /// How many past moves Anderson's method combines; more than eight saved no move anywhere tried.
    pub depth: usize,
    /// The largest change of a log wedge in one move; the first moves from free trade overshoot without it.
    pub step_limit: f64,
}

impl Default for PlaySettings {
    fn default() -> Self {
        Self { tolerance: 1e-9, max_moves: 400, depth: 8, step_limit: 1.0 }
    }
}

/// How play ended.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PlayStatus {
    /// No one moves by more than the tolerance.
    AtRest,
    /// Moves ran out; the last one was this large.
    Moving(f64),
}

/// Where play came to rest.
#[derive(Debug, Clone)]
pub struct Rest<S> {
    /// ln(1+τ), by cell; where anyone taxes exports, ln(1+e) by cell after them.
    pub log_wedges: Vec<f64>,
    /// What clears there.
    pub state: S,
    /// How play ended.
    pub status: PlayStatus,
    /// Moves made, each with one clearing and one set of multipliers.
    pub moves: usize,
    /// Each player's largest derivative ∂ln payoff/∂ln(1+τ) by a lever that no bound holds.
    pub slopes: Vec<f64>,
    /// What each player's own next move would still gain, to first order, in % of its payoff: Σ slope × move.
    pub left_pct: Vec<f64>,
    /// Levers at a bound, by player.
    pub at_bounds: Vec<usize>,
}

/// Clearing, and multipliers where they are solved for, are kept this much sharper than the moves they decide.
const SHARP: f64 = 1e-2;
/// The accuracy of the first move.
const LOOSE: f64 = 1e-4;

/// What clears close to where play begins.
#[derive(Debug)]
pub(crate) enum Near<'a, S> {
    /// Nothing is known.
    Nothing,
    /// Play may begin where it rests already: it is looked at sharply at once.
    AtRest(&'a S),
    /// Clearing starts from here, and play from afar.
    Around(&'a S),
}

impl<'a, S> Near<'a, S> {
    fn state(&self) -> Option<&'a S> {
        match *self {
            Self::Nothing => None,
            Self::AtRest(state) | Self::Around(state) => Some(state),
        }
    }
}

/// Everyone in `players` moves at once, from `start`, until no one wants to.
///
/// Each move sets every lever to `Σ w·gain / Σ w·loss`, where its own derivative would vanish, all at once for all
/// players; Anderson's method combines the moves. From afar multipliers go one step with each move, and Anderson's weights
/// mix them as they mix the duties: both come to rest together. Where they seem to, multipliers are solved for, and play
/// goes on with sharp ones until no one moves. Rest is a point where every first-order condition holds.
pub(crate) fn play_to_rest<G: TariffGame>(
    game: &G,
    players: &[(Player, Instruments)],
    start: &[f64],
    near: Near<'_, G::State>,
    settings: &PlaySettings,
) -> Result<Rest<G::State>, StrategyError> {
    for (at, (a, _)) in players.iter().enumerate() {
        for (b, _) in &players[at + 1..] {
            if let Some(both) = a.members.iter().find(|n| b.holds(**n)) {
                let (first, second) = (a.name.clone(), b.name.clone());
                return Err(StrategyError::TwoPlayers { country: both.at(), first, second });
            }
        }
    }
    let levers: Vec<Levers> = players
        .iter()
        .map(|(player, instruments)| Levers::of(game, player, instruments))
        .collect::<Result<_, _>>()?;
    let base_income = game.base_income();
    let mut log_wedges = start.to_vec();
    levers.iter().for_each(|own| own.make_room(&mut log_wedges));
    let mut x: Vec<f64> = levers.iter().flat_map(|own| own.read(&log_wedges)).collect();
    // Where each player's own settings stand in `x`.
    let ends = levers.iter().scan(0, |end, own| {
        *end += own.len();
        Some(*end)
    });
    let spans: Vec<Range<usize>> = ends.zip(&levers).map(|(end, own)| end - own.len()..end).collect();
    let numbers: Vec<usize> = (0..levers.len()).collect();
    let low: Vec<f64> = levers.iter().flat_map(|own| vec![own.bounds().0; own.len()]).collect();
    let high: Vec<f64> = levers.iter().flat_map(|own| vec![own.bounds().1; own.len()]).collect();
    let mut anderson = Anderson::new(settings.depth);
    let mut approaching = !matches!(near, Near::AtRest(_));
    let mut within = if approaching { LOOSE } else { SHARP * settings.tolerance };
    let mut past: Vec<G::State> = Vec::new();
    // What to search from, where it is neither the newest state nor the neighbour.
    let mut nearer: Option<G::State> = None;
    let mut moves = 0;
    loop {
        for (own, span) in levers.iter().zip(&spans) {
            own.write(&x[span.clone()], &mut log_wedges);
        }
        let now = game.clear_within(&log_wedges, nearer.as_ref().or(past.last()).or(near.state()), within)?;
        let payoffs = game.payoffs(&now);
        let objectives: Vec<_> = players
            .iter()
            .zip(&levers)
            .map(|((player, _), own)| own.wish(player.weights(&payoffs, &base_income)))
            .collect();
        let pulls = game.pulls(&now, &objectives, if approaching { f64::INFINITY } else { within })?;
        let targets = in_order(game.threads_in_a_move(), &numbers, |player| {
            levers[*player].targets(&x[spans[*player].clone()], &pulls[*player])
        });
        let mut step: Vec<f64> = targets.iter().flatten().zip(&x).map(|(to, x)| to - x).collect();
        let size = step.iter().fold(0.0, |worst: f64, f| worst.max(f.abs()));
        // What looks like rest must also be rest when looked at sharply.
        if approaching && moves == settings.max_moves {
            (approaching, within) = (false, SHARP * settings.tolerance);
            nearer = Some(now);
            continue;
        }
        let sharp = !approaching && within <= SHARP * settings.tolerance;
        if (size <= settings.tolerance && sharp) || moves == settings.max_moves {
            let (mut slopes, mut left_pct) = (Vec::new(), Vec::new());
            let mut at_bounds = Vec::new();
            for ((own, span), pulls) in levers.iter().zip(&spans).zip(&pulls) {
                let (chosen, wanted) = (&x[span.clone()], &step[span.clone()]);
                let own_slopes = own.slopes(chosen, pulls);
                slopes.push(own_slopes.iter().fold(0.0, |a: f64, b| a.max(b.abs())));
                let gains = own_slopes.iter().zip(wanted).map(|(slope, step)| slope * step);
                left_pct.push(100.0 * gains.sum::<f64>().max(0.0));
                at_bounds.push(chosen.iter().filter(|x| !own.is_free(**x)).count());
            }
            let status =
                if size <= settings.tolerance { PlayStatus::AtRest } else { PlayStatus::Moving(size) };
            let state = game.clear(&log_wedges, Some(&now))?;
            return Ok(Rest { log_wedges, state, status, moves, slopes, left_pct, at_bounds });
        }
        approaching &= size > settings.tolerance;
        let shrink = (settings.step_limit / size).min(1.0);
        step.iter_mut().for_each(|f| *f *= shrink);
        let next = anderson.next(&x, &step);
        for (at, (x, next)) in x.iter_mut().zip(next).enumerate() {
            let kept = next.clamp(*x - settings.step_limit, *x + settings.step_limit);
            *x = kept.clamp(low[at], high[at]);
        }
        within = (SHARP * size.max(settings.tolerance)).min(LOOSE);
        past.push(now);
        past.drain(..past.len().saturating_sub(anderson.mix().len()));
        let mix: Vec<_> = anderson.mix().iter().copied().zip(&past).collect();
        nearer = game.mixed(&mix);
        moves += 1;
    }
}
