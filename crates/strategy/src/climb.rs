//! How a leader climbs: along the derivative of its payoff as answered, each point a war of its followers at rest.

use crate::anderson::Anderson;
use crate::instruments::{Instruments, Levers};
use crate::play::{Near, PlaySettings, PlayStatus, Rest, play_to_rest};
use crate::player::Player;
use crate::reaction::{Known, Reaction};
use crate::tariff_game::{StrategyError, TariffGame};

/// The largest move of a log wedge at which the leader is at rest: the accuracy of dV/dx where it rests on differences.
const AT_REST: f64 = 1e-6;
/// Moves of the leader allowed from each start.
const MOST_MOVES: usize = 60;
/// Log payoffs closer than this are not told apart: the others' war rests to 1e-9.
pub(crate) const BLURRED: f64 = 1e-10;
/// A move of the leader, in logs, beyond which the others' play is taken up from afar.
const FAR: f64 = 1e-3;
/// How many steps away a point may lie whose second derivatives decide a step.
const STALE: f64 = 3.0;
/// How well the system for λ is solved, relative to the largest λ: a hundred times sharper than the last move, between these.
const SHARP: f64 = 1e-2;
const SOLVED: (f64, f64) = (1e-6, 1e-3);

/// A leader among its followers.
pub(crate) struct Led<'a, G: TariffGame> {
    pub(crate) game: &'a G,
    pub(crate) player: &'a Player,
    pub(crate) instruments: &'a Instruments,
    pub(crate) levers: Levers,
    pub(crate) reaction: Reaction<'a, G>,
    pub(crate) settings: &'a PlaySettings,
}

impl<G: TariffGame> Led<'_, G> {
    pub(crate) fn payoff(&self, state: &G::State) -> f64 {
        self.player.log_payoff(&self.game.payoffs(state), &self.reaction.income)
    }

    /// Climbs from these wedges until dV/dx vanishes: the payoff it began with, and the rest. Its slopes are the leader's,
    /// then the followers'.
    pub(crate) fn climb(
        &self,
        from: Vec<f64>,
        near: Option<&G::State>,
        known: &mut Known,
    ) -> Result<(f64, Rest<G::State>), StrategyError> {
        let (low, high) = self.levers.bounds();
        let mut x = self.levers.read(&from);
        let mut here = self.answered(&x, &from, near)?;
        let mut payoff = self.payoff(&here.state);
        let begun = payoff;
        let mut anderson = Anderson::new(self.settings.depth);
        let mut moves = 0;
        let limit = self.settings.step_limit;
        let mut within = SOLVED.1;
        loop {
            let (slope, scale) = self.total(&here, within, known)?;
            let to = |x: f64, by: f64| (x + by.clamp(-limit, limit)).clamp(low, high);
            let step: Vec<f64> =
                x.iter().zip(slope.iter().zip(&scale)).map(|(x, (v, d))| to(*x, v / d) - x).collect();
            let size = step.iter().fold(0.0, |most: f64, step| most.max(step.abs()));
            // What looks like rest must also be rest when looked at sharply; and second derivatives from far away, for the step
            // they lead to, are taken anew.
            if within > SOLVED.0 && (size <= AT_REST || known.distance(&x) > STALE * size) {
                within = SOLVED.0;
                continue;
            }
            let mut climbed = None;
            if size > AT_REST && moves < MOST_MOVES {
                let combined = anderson.next(&x, &step);
                let mut next: Vec<f64> = x.iter().zip(combined).map(|(x, next)| to(*x, next - x)).collect();
                let mut part = 1.0;
                while part > 1e-3 {
                    let there = match self.answered(&next, &here.log_wedges, Some(&here.state)) {
                        Err(StrategyError::NoRest { .. }) => None,
                        found => Some(found?),
                    };
                    let reached = there.as_ref().map_or(f64::NEG_INFINITY, |there| self.payoff(&there.state));
                    if let Some(there) = there.filter(|_| reached > payoff - BLURRED) {
                        climbed = Some((next, there, reached));
                        break;
                    }
                    // A combined move that does not climb, or has no answer, is forgotten, and the plain one halved.
                    anderson = Anderson::new(self.settings.depth);
                    next = x.iter().zip(&step).map(|(x, step)| x + part * step).collect();
                    part *= 0.5;
                }
            }
            // Second derivatives from elsewhere may point down: those of this point decide.
            if climbed.is_none() && within > SOLVED.0 && size > AT_REST && moves < MOST_MOVES {
                within = SOLVED.0;
                continue;
            }
            let Some((next, there, reached)) = climbed else {
                let status = if size <= AT_REST { PlayStatus::AtRest } else { PlayStatus::Moving(size) };
                let free = slope.iter().zip(&step).map(|(v, step)| if *step == 0.0 { 0.0 } else { v.abs() });
                let most = free.fold(0.0, f64::max);
                here.slopes.insert(0, most);
                here.at_bounds.insert(0, x.iter().filter(|x| **x <= low || **x >= high).count());
                here.left_pct
                    .insert(0, 100.0 * slope.iter().zip(&step).map(|(v, step)| v * step).sum::<f64>());
                return Ok((begun, Rest { status, moves, ..here }));
            };
            (x, here, payoff) = (next, there, reached);
            let sharper = (SHARP * size).clamp(SOLVED.0, SOLVED.1);
            within = if self.reaction.is_formed() { SOLVED.1 } else { sharper };
            moves += 1;
        }
    }

    /// The followers' war, the leader's rates given.
    pub(crate) fn answered(
        &self,
        x: &[f64],
        near: &[f64],
        state: Option<&G::State>,
    ) -> Result<Rest<G::State>, StrategyError> {
        let mut from = near.to_vec();
        self.levers.write(x, &mut from);
        let gap = |(a, b): (&f64, &f64)| (a - b).abs();
        let far = from.iter().zip(near).map(gap).fold(0.0, f64::max) > FAR;
        let state = match state {
            None => Near::Nothing,
            Some(state) if far => Near::Around(state),
            Some(state) => Near::AtRest(state),
        };
        let rest = play_to_rest(self.game, self.reaction.followers, &from, state, self.settings)?;
        match rest.status {
            PlayStatus::AtRest => Ok(rest),
            PlayStatus::Moving(size) => Err(StrategyError::NoRest { moves: rest.moves, size }),
        }
    }

    /// dV/dx and its scale by the leader's levers, its linear system solved to `within`. Only at the sharpest are second
    /// derivatives always those of this point.
    fn total(
        &self,
        here: &Rest<G::State>,
        within: f64,
        known: &mut Known,
    ) -> Result<(Vec<f64>, Vec<f64>), StrategyError> {
        let own = self.reaction.slopes(&here.log_wedges, &here.state, self.player)?;
        let how = (within, within > SOLVED.0);
        let through = self.reaction.through(here, &own.slope, &self.levers, how, known)?;
        let direct = self.levers.sums_by_place(&own.slope);
        let slope = direct.iter().zip(through).map(|(direct, through)| direct - through).collect();
        let scale = self.levers.sums_by_place(&own.scale);
        Ok((slope, scale.into_iter().map(|d| d.max(f64::MIN_POSITIVE)).collect()))
    }
}
