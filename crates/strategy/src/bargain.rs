//! Talks: duties that leave no one at the table a gain at no one's cost, and how the gain is shared.
//!
//! Every point of the frontier is the choice of a planner with weights ω on log payoffs; a solution of the bargaining
//! problem is the ω at which its own condition holds.

use nalgebra::{DMatrix, DVector};
use serde::Serialize;
use terms::CountryId;

use crate::broyden::Broyden;
use crate::instruments::Instruments;
use crate::play::{PlaySettings, PlayStatus, Rest, play_to_rest};
use crate::player::Player;
use crate::tariff_game::{StrategyError, TariffGame};

/// How the gains from talks are shared, each from the threat point `d` in log payoffs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Solution {
    /// Everyone's payoff grows by the same per cent: Ossa's efficient talks with equal gains.
    EqualGains,
    /// The product of gains Π(u − d) is largest: Nash (1950).
    Nash,
    /// Gains stand in the ratio of the most each could get if the others got nothing: Kalai and Smorodinsky (1975).
    KalaiSmorodinsky,
}

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
}

/// The largest gap in the sharing condition at which talks count as settled.
const SETTLED: f64 = 1e-9;
/// The smallest weight: below it a country cannot be held down by the others.
const NO_WEIGHT: f64 = 1e-6;
/// The largest change of a log weight in one step; the planner's answer bends quickly beyond it.
const WEIGHT_STEP: f64 = 0.5;

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
    play_to_rest(game, &[(Player::table(weights), instruments.clone())], start, None, settings)
}

/// Talks among `table` from the threat point `threat` (log payoffs over the base, one per country at the table),
/// beginning the search at the duties `start`.
///
/// # Errors
/// [`StrategyError`] when nothing clears, shapes disagree, or no one has a lever.
pub fn talks<G: TariffGame>(
    game: &G,
    table: &[CountryId],
    threat: &[f64],
    solution: Solution,
    instruments: &Instruments,
    start: &[f64],
    settings: &PlaySettings,
) -> Result<Deal<G::State>, StrategyError> {
    if threat.len() != table.len() || table.len() < 2 {
        let what = "payoffs of the threat point, at least two";
        return Err(StrategyError::Shape { what, expected: table.len().max(2), found: threat.len() });
    }
    let ideal = match solution {
        Solution::KalaiSmorodinsky => Some(ideal_gains(game, table, threat, instruments, start, settings)?),
        _ => None,
    };
    talks_towards(game, table, threat, (solution, ideal.as_deref()), instruments, start, settings)
}

/// As [`talks`], where the most each could get is known: Kalai and Smorodinsky's ideal gains, as shares.
///
/// # Errors
/// As [`talks`].
pub(crate) fn talks_towards<G: TariffGame>(
    game: &G,
    table: &[CountryId],
    threat: &[f64],
    (solution, ideal): (Solution, Option<&[f64]>),
    instruments: &Instruments,
    start: &[f64],
    settings: &PlaySettings,
) -> Result<Deal<G::State>, StrategyError> {
    let condition = |ω: &[f64], gains: &[f64]| -> Vec<f64> {
        let of = |n: usize| match (&ideal, solution) {
            (Some(ideal), _) => gains[n].exp_m1() / ideal[n],
            // ω ∝ u/(u−d): the derivative of ln(u−d) by ln u.
            (None, Solution::Nash) => -(ω[n].ln() + (-(-gains[n]).exp_m1()).max(1e-12).ln()),
            (None, _) => gains[n],
        };
        (1..gains.len()).map(|n| of(n) - of(0)).collect()
    };
    let mut search = Search { game, table, threat, instruments, settings, solves: 0, from: start.to_vec() };
    search.share(solution, &condition)
}

/// What each could gain at most if everyone else were held to the threat point.
pub(crate) fn ideal_gains<G: TariffGame>(
    game: &G,
    table: &[CountryId],
    threat: &[f64],
    instruments: &Instruments,
    start: &[f64],
    settings: &PlaySettings,
) -> Result<Vec<f64>, StrategyError> {
    (0..table.len())
        .map(|favoured| {
            // Gains of all others are zero: as conditions between neighbours, the favoured one's left out.
            let condition = |_: &[f64], gains: &[f64]| -> Vec<f64> {
                (0..gains.len()).filter(|n| *n != favoured).map(|n| gains[n]).collect()
            };
            let mut search =
                Search { game, table, threat, instruments, settings, solves: 0, from: start.to_vec() };
            let deal = search.share(Solution::KalaiSmorodinsky, &condition)?;
            Ok(deal.gain_pct[favoured] / 100.0)
        })
        .collect()
}

struct Search<'a, G: TariffGame> {
    game: &'a G,
    table: &'a [CountryId],
    threat: &'a [f64],
    instruments: &'a Instruments,
    settings: &'a PlaySettings,
    solves: usize,
    /// The last planner's duties: the next search starts there.
    from: Vec<f64>,
}

/// The sharing rule as conditions on weights and log gains, all zero where it holds.
type Condition<'a> = dyn Fn(&[f64], &[f64]) -> Vec<f64> + 'a;
/// A planner's choice, its weights, and everyone's log gain.
type Trial<S> = (Rest<S>, Vec<f64>, Vec<f64>);

impl<G: TariffGame> Search<'_, G> {
    /// Broyden's method on the log weights (the first country's is fixed), from equal weights.
    fn share(
        &mut self,
        solution: Solution,
        condition: &Condition<'_>,
    ) -> Result<Deal<G::State>, StrategyError> {
        let free = self.table.len() - 1;
        let z = DVector::zeros(free);
        let first = self.planner(&z)?;
        let gap = DVector::from_vec(condition(&first.1, &first.2));
        let slope = self.slopes(&z, &gap, condition)?;
        let method = Broyden { settled: SETTLED, longest: WEIGHT_STEP, steps: 80 };
        let ((rest, weights, gains), gap) = method.search((z, first, gap), slope, |z| {
            let trial = self.planner(z)?;
            let gap = DVector::from_vec(condition(&trial.1, &trial.2));
            Ok::<_, StrategyError>((trial, gap))
        })?;
        let unbounded =
            self.table.iter().zip(&weights).filter(|(_, ω)| **ω < NO_WEIGHT).map(|(n, _)| *n).collect();
        Ok(Deal {
            solution,
            rest,
            weights,
            gain_pct: gains.iter().map(|gain| 100.0 * gain.exp_m1()).collect(),
            sharing_gap: gap.amax(),
            planner_solves: self.solves,
            unbounded,
        })
    }

    /// The planner's choice at log weights `z`, its weights, and everyone's log gain over the threat point.
    fn planner(&mut self, z: &DVector<f64>) -> Result<Trial<G::State>, StrategyError> {
        let raw: Vec<f64> = std::iter::once(1.0).chain(z.iter().map(|z| z.exp())).collect();
        let total: f64 = raw.iter().sum();
        let weights: Vec<f64> = raw.iter().map(|ω| ω / total).collect();
        let rest = planner(self.game, self.table, &weights, self.instruments, &self.from, self.settings)?;
        self.solves += 1;
        if rest.status == PlayStatus::AtRest {
            self.from.clone_from(&rest.log_wedges);
        }
        let payoffs = self.game.payoffs(&rest.state);
        let gains = self.table.iter().zip(self.threat).map(|(n, d)| payoffs[n.at()] - d).collect();
        Ok((rest, weights, gains))
    }

    /// The first picture of how the conditions move with the log weights, one planner each.
    fn slopes(
        &mut self,
        z: &DVector<f64>,
        gap: &DVector<f64>,
        condition: &Condition<'_>,
    ) -> Result<DMatrix<f64>, StrategyError> {
        const NUDGE: f64 = 0.05;
        let mut slope = DMatrix::zeros(gap.len(), z.len());
        for k in 0..z.len() {
            let mut nudged = z.clone();
            nudged[k] += NUDGE;
            let (_, weights, gains) = self.planner(&nudged)?;
            let moved = DVector::from_vec(condition(&weights, &gains));
            slope.set_column(k, &((moved - gap) / NUDGE));
        }
        Ok(slope)
    }
}
