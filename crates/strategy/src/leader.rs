//! A mover whose move all others answer, each with its own best reply to it and to each other: the leader of von
//! Stackelberg (1934).
//!
//! The leader's payoff is V(x) = u(x, y(x)), y the others' rates at which their own first-order conditions F = 0 hold.
//! With λ from one linear system in the others' levers,
//!
//! ```text
//! dV/dx = ∂u/∂x − Σ_a λ_a ∂F_a/∂x,        Σ_a λ_a ∂F_a/∂y = ∂u/∂y,        F_a = ∂u_j/∂y_a for player j's lever a
//! ```
//! Because F holds first derivatives, Σ_a λ_a ∂F_a/∂z over one player's levers is the change of its slopes ∂u_j/∂z, by
//! every rate z of the world at once, when its own levers move along λ: two clearings and two sets of multipliers for
//! each player, however many rates the leader has.

use terms::CountryId;

use crate::anderson::Anderson;
use crate::best_response::{BestResponse, Peak, SAME_PEAK, Start};
use crate::instruments::{Instruments, Levers};
use crate::play::{PlaySettings, PlayStatus, Rest, play_to_rest};
use crate::player::Player;
use crate::tariff_game::{StrategyError, TariffGame, Wish};

/// The largest move of a log wedge at which the leader is at rest: the accuracy of the differences behind dV/dx.
const AT_REST: f64 = 1e-6;
/// Moves of the leader allowed from each start.
const MOST_MOVES: usize = 60;
/// Log payoffs closer than this are not told apart: the others' war rests to 1e-9.
const BLURRED: f64 = 1e-10;
/// How far the others' levers are moved for a difference, in logs: its square is the relative error.
const NUDGE: f64 = 1e-3;
/// How well the system for λ is solved, relative to the largest λ: a hundred times sharper than the last move, between these.
const SHARP: f64 = 1e-2;
const SOLVED: (f64, f64) = (1e-6, 1e-3);
/// Applications of it allowed.
const MOST_APPLICATIONS: usize = 60;

/// The best choice of `leader` when `followers` answer, from several starts of its levers, others beginning at `held`.
///
/// Every point is a war of the followers at rest, the leader's rates given. The leader climbs along dV/dx; where a step
/// does not climb, or the followers do not come to rest there, it is halved. A start without an answer is left out and told. A rest is a point where dV/dx vanishes on every rate that no bound holds; which is best
/// is decided by payoffs, and all are listed. The gain is over the payoff under `held`, with its sign: what the others do
/// under `held` need not be their answer to it. A follower's rate at a bound is taken to stay there.
///
/// # Errors
/// [`StrategyError`] when nothing clears, the followers do not come to rest, or a player has no lever.
pub fn lead<G: TariffGame>(
    game: &G,
    leader: (&Player, &Instruments),
    followers: &[(Player, Instruments)],
    held: &[f64],
    starts: &[Start],
    settings: &PlaySettings,
) -> Result<BestResponse<G::State>, StrategyError> {
    let (player, instruments) = leader;
    let levers = Levers::of(game, player, instruments)?;
    let theirs = followers.iter().map(|(player, own)| Levers::of(game, player, own));
    let theirs: Vec<Levers> = theirs.collect::<Result<_, _>>()?;
    let led = Led { game, player, levers, followers, theirs, income: game.base_income(), settings };
    let mut held = held.to_vec();
    led.levers.make_room(&mut held);
    led.theirs.iter().for_each(|own| own.make_room(&mut held));
    let before = led.payoff(&game.clear(&held, None)?);
    let mut best: Option<(f64, Rest<G::State>)> = None;
    let mut peaks: Vec<Peak> = Vec::new();
    let mut unanswered = Vec::new();
    let mut restless = StrategyError::Setting("a leader's choice needs at least one start".into());
    for start in starts {
        let rest = match led.climb(start.of(game, &led.levers, &held)) {
            Err(error @ StrategyError::NoRest { .. }) => {
                unanswered.push(start.clone());
                restless = error;
                continue;
            }
            climbed => climbed?,
        };
        let found = led.payoff(&rest.state);
        let payoff_pct = 100.0 * found.exp_m1();
        if peaks.iter().all(|known| (known.payoff_pct - payoff_pct).abs() > SAME_PEAK) {
            peaks.push(Peak { start: start.clone(), payoff_pct, slope: rest.slopes[0], status: rest.status });
        }
        if best.as_ref().is_none_or(|(most, _)| found > *most) {
            best = Some((found, rest));
        }
    }
    peaks.sort_by(|a, b| b.payoff_pct.total_cmp(&a.payoff_pct));
    let Some((most, rest)) = best else { return Err(restless) };
    Ok(BestResponse {
        player: player.clone(),
        rest,
        payoff_before_pct: 100.0 * before.exp_m1(),
        payoff_pct: 100.0 * most.exp_m1(),
        gain_pct: 100.0 * (most - before).exp_m1(),
        peaks,
        unanswered,
    })
}

struct Led<'a, G: TariffGame> {
    game: &'a G,
    player: &'a Player,
    levers: Levers,
    followers: &'a [(Player, Instruments)],
    theirs: Vec<Levers>,
    income: Vec<f64>,
    settings: &'a PlaySettings,
}

/// One objective's derivative by every rate of the world, by place in an array of wedges, and its own curvature in the
/// closed form, `Σ w (|gain| + (1+τ)|loss|) / 2`.
struct Slopes {
    slope: Vec<f64>,
    scale: Vec<f64>,
}

impl<G: TariffGame> Led<'_, G> {
    fn payoff(&self, state: &G::State) -> f64 {
        self.player.log_payoff(&self.game.payoffs(state), &self.income)
    }

    /// Climbs from these wedges until dV/dx vanishes. The slopes of the rest are the leader's, then the followers'.
    fn climb(&self, from: Vec<f64>) -> Result<Rest<G::State>, StrategyError> {
        let (low, high) = self.levers.bounds();
        let mut x = self.levers.read(&from);
        let mut here = self.answered(&x, &from, None)?;
        let mut payoff = self.payoff(&here.state);
        let mut anderson = Anderson::new(self.settings.depth);
        let mut λ = vec![0.0; self.theirs.iter().map(Levers::len).sum()];
        let mut moves = 0;
        let limit = self.settings.step_limit;
        let mut within = SOLVED.1;
        loop {
            let (slope, scale) = self.total(&here, &mut λ, within)?;
            let to = |x: f64, by: f64| (x + by.clamp(-limit, limit)).clamp(low, high);
            let step: Vec<f64> =
                x.iter().zip(slope.iter().zip(&scale)).map(|(x, (v, d))| to(*x, v / d) - x).collect();
            let size = step.iter().fold(0.0, |most: f64, step| most.max(step.abs()));
            // What looks like rest must also be rest when looked at sharply.
            if size <= AT_REST && within > SOLVED.0 {
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
            let Some((next, there, reached)) = climbed else {
                let status = if size <= AT_REST { PlayStatus::AtRest } else { PlayStatus::Moving(size) };
                let free = slope.iter().zip(&step).map(|(v, step)| if *step == 0.0 { 0.0 } else { v.abs() });
                let most = free.fold(0.0, f64::max);
                here.slopes.insert(0, most);
                here.at_bounds.insert(0, x.iter().filter(|x| **x <= low || **x >= high).count());
                here.left_pct
                    .insert(0, 100.0 * slope.iter().zip(&step).map(|(v, step)| v * step).sum::<f64>());
                return Ok(Rest { status, moves, ..here });
            };
            (x, here, payoff) = (next, there, reached);
            within = (SHARP * size).clamp(SOLVED.0, SOLVED.1);
            moves += 1;
        }
    }

    /// The followers' war, the leader's rates given.
    fn answered(
        &self,
        x: &[f64],
        near: &[f64],
        state: Option<&G::State>,
    ) -> Result<Rest<G::State>, StrategyError> {
        let mut from = near.to_vec();
        self.levers.write(x, &mut from);
        let rest = play_to_rest(self.game, self.followers, &from, state, self.settings)?;
        match rest.status {
            PlayStatus::AtRest => Ok(rest),
            PlayStatus::Moving(size) => Err(StrategyError::NoRest { moves: rest.moves, size }),
        }
    }

    /// dV/dx and its scale by the leader's levers; `λ` is where the linear system starts, and ends, solved to `within`.
    fn total(
        &self,
        here: &Rest<G::State>,
        λ: &mut Vec<f64>,
        within: f64,
    ) -> Result<(Vec<f64>, Vec<f64>), StrategyError> {
        let own = self.slopes(&here.log_wedges, &here.state, self.player)?;
        let mut wanted = Vec::new();
        let mut scales = Vec::new();
        for ((player, _), levers) in self.followers.iter().zip(&self.theirs) {
            wanted.extend(levers.sums_by_place(&own.slope));
            let at = self.slopes(&here.log_wedges, &here.state, player)?;
            // A rate at a bound stays there, one on no trade answers nothing.
            let (low, high) = levers.bounds();
            let settings = levers.read(&here.log_wedges);
            let scale = levers.sums_by_place(&at.scale).into_iter().zip(settings);
            scales.extend(scale.map(|(d, y)| if y > low && y < high && d > 0.0 { d } else { f64::INFINITY }));
        }
        let mut anderson = Anderson::new(self.settings.depth);
        let mut moved = vec![0.0; here.log_wedges.len()];
        for application in 0.. {
            if λ.iter().any(|λ| *λ != 0.0) {
                moved = self.along(here, λ)?;
            }
            let by_lever = self.theirs.iter().flat_map(|own| own.sums_by_place(&moved));
            let step: Vec<f64> =
                by_lever.zip(&wanted).zip(&scales).map(|((moved, wanted), d)| (moved - wanted) / d).collect();
            let most = |of: &[f64]| of.iter().fold(0.0, |most: f64, of| most.max(of.abs()));
            if most(&step) <= within * most(λ).max(SOLVED.0) {
                break;
            }
            if application == MOST_APPLICATIONS {
                let text = "the answer of all others to a small move could not be computed";
                return Err(StrategyError::NotCleared(text.into()));
            }
            *λ = anderson.next(λ, &step);
        }
        let direct = self.levers.sums_by_place(&own.slope);
        let through = self.levers.sums_by_place(&moved);
        let slope = direct.iter().zip(through).map(|(direct, through)| direct - through).collect();
        let scale = self.levers.sums_by_place(&own.scale);
        Ok((slope, scale.into_iter().map(|d| d.max(f64::MIN_POSITIVE)).collect()))
    }

    /// Σ_a λ_a ∂F_a/∂z over all followers' levers, by every place z.
    fn along(&self, here: &Rest<G::State>, λ: &[f64]) -> Result<Vec<f64>, StrategyError> {
        let mut sum = vec![0.0; here.log_wedges.len()];
        let mut from = 0;
        for ((player, _), levers) in self.followers.iter().zip(&self.theirs) {
            let own = &λ[from..from + levers.len()];
            from += levers.len();
            let longest = own.iter().fold(0.0, |most: f64, λ| most.max(λ.abs()));
            if longest == 0.0 {
                continue;
            }
            let h = NUDGE / longest;
            let settings = levers.read(&here.log_wedges);
            for sign in [1.0, -1.0] {
                let mut wedges = here.log_wedges.clone();
                let moved: Vec<f64> = settings.iter().zip(own).map(|(y, λ)| y + sign * h * λ).collect();
                levers.write(&moved, &mut wedges);
                let state = self.game.clear(&wedges, Some(&here.state))?;
                let at = self.slopes(&wedges, &state, player)?;
                sum.iter_mut().zip(at.slope).for_each(|(sum, slope)| *sum += sign * slope / (2.0 * h));
            }
        }
        Ok(sum)
    }

    /// The derivatives of one player's log payoff by every rate of the world.
    fn slopes(&self, log_wedges: &[f64], state: &G::State, player: &Player) -> Result<Slopes, StrategyError> {
        let game = self.game;
        let everyone: Vec<CountryId> = CountryId::all(game.countries()).collect();
        let taxed = log_wedges.len() > game.cells();
        let weights = player.weights(&game.payoffs(state), &self.income);
        let exporters = if taxed { everyone.clone() } else { Vec::new() };
        let wish = Wish { weights, importers: everyone, exporters };
        let pulls = game.pulls(state, &[wish], 0.0)?;
        let mut found = Slopes { slope: vec![0.0; log_wedges.len()], scale: vec![0.0; log_wedges.len()] };
        let (sectors, block) = (game.sectors(), game.countries() * game.sectors());
        for (at, pull) in pulls.iter().flatten().enumerate() {
            let place = match at.checked_sub(game.cells()) {
                None => at,
                Some(tax) => {
                    let (exporter, importer) = (tax / block, tax % block / sectors);
                    let place = (importer, exporter, terms::SectorId::new(tax % sectors));
                    game.cells() + game.cell(CountryId::new(place.0), CountryId::new(place.1), place.2)
                }
            };
            let wedge = log_wedges[place].exp();
            found.slope[place] = pull.slope(wedge);
            found.scale[place] = 0.5 * pull.weight * (pull.gain.abs() + wedge * pull.loss.abs());
        }
        Ok(found)
    }
}
