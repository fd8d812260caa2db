//! Talks with transfers: duties and payments chosen together, and shared by the rule.

use nalgebra::{DMatrix, DVector};
use terms::CountryId;

use crate::bargain::planner;
use crate::broyden::Broyden;
use crate::instruments::Instruments;
use crate::play::{PlaySettings, PlayStatus, Rest};
use crate::sharing::{Rule, Solution};
use crate::talks_search::{Met, Starts, Talks, TalksSearch};
use crate::tariff_game::{StrategyError, TariffGame};

/// A deal with payments.
#[derive(Debug, Clone)]
pub struct Transfers<S> {
    /// The duties, and what clears under them with the payments made.
    pub rest: Rest<S>,
    /// What each at the table receives (above zero) or pays, in the money of the base's incomes, world factor income
    /// being the numeraire; they sum to zero.
    pub received: Vec<f64>,
    /// What each would receive if payments moved no price.
    pub received_at_fixed_prices: Vec<f64>,
    /// Everyone's payoff over the threat point where the payments are made and markets clear, %.
    pub gain_pct: Vec<f64>,
    /// How far the rule is from holding there, as in [`Deal`](crate::Deal).
    pub sharing_gap: f64,
    /// How far a payment is from being worth the same wherever it goes: the largest `|∂Σω ln u/∂m|` of money moved from the
    /// first at the table to another, times the incomes of all at the table.
    pub money_gap: f64,
    /// The planner's weights ω, summing to one.
    pub weights: Vec<f64>,
    /// Planner's problems solved.
    pub planner_solves: usize,
    /// Where it was searched for, and what else was met.
    pub search: TalksSearch,
}

/// Talks in which payments are possible, from the threat point `threat` (log payoffs over the base).
///
/// An efficient deal makes Σω·ln u largest over duties and over payments m that sum to zero: at its payments the duties are the
/// planner's for ω, and a dollar is worth the same to the planner wherever it goes, prices moving as they do (the transfer
/// problem):
///
/// ```text
/// Σₙ ωₙ ∂ln uₙ/∂m_k  is the same for all k at the table
/// ```
///
/// If payments moved no price that would be ω ∝ income. Duties, payments by the rule and weights are found in turn until none
/// moves; where they do not come to rest the gaps say so. Kalai and Smorodinsky's ideal gains are those with payments.
///
/// # Errors
/// [`StrategyError`] when nothing clears, shapes disagree, or no one has a lever.
pub fn talks_with_transfers<G: TariffGame>(
    game: &G,
    table: &[CountryId],
    threat: &[f64],
    solution: Solution,
    instruments: &Instruments,
    starts: &Starts,
    settings: &PlaySettings,
) -> Result<Transfers<G::State>, StrategyError> {
    let mut talks = Talks::of(game, table, threat, instruments, starts, settings)?.paying();
    let ideal = match solution {
        Solution::KalaiSmorodinsky => {
            let most = |seat| Ok(talks.best(&Rule::Favouring(seat))?.0.gains[seat].exp_m1());
            (0..table.len()).map(most).collect::<Result<Vec<f64>, StrategyError>>()?
        }
        _ => Vec::new(),
    };
    let rule = Rule::of(solution, &ideal);
    let (met, search) = talks.best(&rule)?;
    let bare = game.clear(&met.rest.log_wedges, Some(&met.rest.state))?;
    Ok(Transfers {
        received_at_fixed_prices: talks.split(&rule, &talks.gains(game, &bare)),
        gain_pct: met.gains.iter().map(|g| 100.0 * g.exp_m1()).collect(),
        rest: met.rest,
        received: met.received,
        sharing_gap: met.gap,
        money_gap: met.money_gap,
        weights: met.weights,
        planner_solves: talks.solves,
        search,
    })
}

/// Weights and payments (as shares of the incomes at the table) that change by less than this are at rest.
const SETTLED: f64 = 1e-10;
/// Rounds of duties, payments and weights.
const ROUNDS: usize = 60;
/// The search for payments: gaps of the rule, steps in shares of threat incomes.
const BY_RULE: Broyden = Broyden { settled: 1e-11, longest: 0.1, steps: 40 };
/// The payment, as a share of the smaller of two incomes, over which the worth of money is taken.
const NUDGE: f64 = 1e-3;

/// What clears with payments, and everyone's log gain.
type Paid<S> = (S, Vec<f64>);

impl<G: TariffGame> Talks<'_, G> {
    /// Duties, payments and weights at rest together, begun at the duties `from` and weights that are shares in incomes.
    pub(crate) fn share_paying(&mut self, rule: &Rule, from: &[f64]) -> Result<Met<G::State>, StrategyError> {
        let income = self.incomes();
        let total: f64 = income.iter().sum();
        let mut weights: Vec<f64> = income.iter().map(|y| y / total).collect();
        let mut received = vec![0.0; income.len()];
        let mut from = from.to_vec();
        let mut round = 0;
        loop {
            let game = self.game.paying(&self.by_country(&received));
            let rest = planner(&game, self.table, &weights, self.instruments, &from, self.settings)?;
            self.solves += 1;
            if rest.status == PlayStatus::AtRest {
                from.clone_from(&rest.log_wedges);
            }
            let gains = self.gains(&game, &rest.state);
            let worth = self.worth_of_money(&rest, &received)?;
            let towards = self.evenly_worth(&worth);
            let money_gap = self.money_gap(&worth, &weights);
            let first = if round == 0 { self.split(rule, &gains) } else { received.clone() };
            let next = self.payments(rule, &towards, &rest, &first, &worth)?;
            let changed =
                |a: &[f64], b: &[f64]| a.iter().zip(b).fold(0.0, |most: f64, (a, b)| most.max((a - b).abs()));
            let moved = changed(&towards, &weights).max(changed(&next, &received) / total);
            if moved <= SETTLED || round == ROUNDS {
                let gap = rule.gaps(&weights, &gains).iter().fold(0.0, |most: f64, gap| most.max(gap.abs()));
                return Ok(Met { rest, weights, gains, gap, received, money_gap });
            }
            (weights, received, round) = (towards, next, round + 1);
        }
    }

    /// Incomes of the base, by seat.
    fn incomes(&self) -> Vec<f64> {
        let all = self.game.base_income();
        self.table.iter().map(|n| all[n.at()]).collect()
    }

    /// Incomes at the threat point, by seat.
    fn failed(&self) -> Vec<f64> {
        self.incomes().iter().zip(self.threat).map(|(y, d)| y * d.exp()).collect()
    }

    /// Payments by seat as payments by country.
    pub(crate) fn by_country(&self, received: &[f64]) -> Vec<f64> {
        let mut everyone = vec![0.0; self.game.countries()];
        self.table.iter().zip(received).for_each(|(n, money)| everyone[n.at()] = *money);
        everyone
    }

    /// The payments that share the sum of incomes by the rule if they moved no price, where gains are `g` without them.
    fn split(&self, rule: &Rule, g: &[f64]) -> Vec<f64> {
        let failed = self.failed();
        let reached: Vec<f64> = failed.iter().zip(g).map(|(d, g)| d * g.exp()).collect();
        let surplus = reached.iter().sum::<f64>() - failed.iter().sum::<f64>();
        let parts: Vec<f64> = (0..failed.len())
            .map(|n| match rule {
                Rule::EqualGains => failed[n],
                Rule::Nash => 1.0,
                Rule::InRatio(ideal) => failed[n] * ideal[n],
                Rule::Favouring(favoured) => f64::from(u8::from(n == *favoured)),
            })
            .collect();
        let all: f64 = parts.iter().sum();
        (0..failed.len()).map(|n| failed[n] + surplus * parts[n] / all - reached[n]).collect()
    }

    fn made(&self, rest: &Rest<G::State>, received: &[f64]) -> Result<Paid<G::State>, StrategyError> {
        let game = self.game.paying(&self.by_country(received));
        let state = game.clear(&rest.log_wedges, Some(&rest.state))?;
        let gains = self.gains(&game, &state);
        Ok((state, gains))
    }

    /// How everyone's log gain moves with a dollar from the first seat to each other: central differences, extrapolated.
    fn worth_of_money(&self, rest: &Rest<G::State>, received: &[f64]) -> Result<DMatrix<f64>, StrategyError> {
        let income = self.incomes();
        let seats = income.len();
        let mut worth = DMatrix::zeros(seats - 1, seats);
        for k in 1..seats {
            let step = NUDGE * income[0].min(income[k]);
            let slope = |h: f64| {
                let moved = |h: f64| {
                    let mut received = received.to_vec();
                    (received[0], received[k]) = (received[0] - h, received[k] + h);
                    Ok::<_, StrategyError>(self.made(rest, &received)?.1)
                };
                let (up, down) = (moved(h)?, moved(-h)?);
                let slope = up.iter().zip(&down).map(|(up, down)| (up - down) / (2.0 * h));
                Ok::<_, StrategyError>(slope.collect::<Vec<f64>>())
            };
            let (wide, narrow) = (slope(step)?, slope(0.5 * step)?);
            for n in 0..seats {
                worth[(k - 1, n)] = (4.0 * narrow[n] - wide[n]) / 3.0;
            }
        }
        Ok(worth)
    }

    /// The weights, summing to one, at which a dollar is worth the same wherever it goes.
    fn evenly_worth(&self, worth: &DMatrix<f64>) -> Vec<f64> {
        let seats = worth.ncols();
        let total: f64 = self.incomes().iter().sum();
        let mut conditions = DMatrix::from_element(seats, seats, 1.0);
        conditions.view_mut((1, 0), (seats - 1, seats)).copy_from(&(worth * total));
        let mut right = DVector::zeros(seats);
        right[0] = 1.0;
        let even = DVector::from_element(seats, 1.0 / seats as f64);
        conditions.lu().solve(&right).unwrap_or(even).iter().copied().collect()
    }

    /// The largest `|∂Σω·g/∂m|` of money moved from the first seat to another, times the incomes at the table.
    fn money_gap(&self, worth: &DMatrix<f64>, weights: &[f64]) -> f64 {
        let total: f64 = self.incomes().iter().sum();
        (worth * DVector::from_column_slice(weights) * total).amax()
    }

    /// The payments by the rule at given duties and weights, where markets clear with them.
    fn payments(
        &self,
        rule: &Rule,
        weights: &[f64],
        rest: &Rest<G::State>,
        first: &[f64],
        worth: &DMatrix<f64>,
    ) -> Result<Vec<f64>, StrategyError> {
        // Free are the payments of all but the first, in shares of their threat incomes: the first pays what is left.
        let failed = self.failed();
        let free = failed.len() - 1;
        let at = |place: &DVector<f64>| {
            let mut received = vec![0.0];
            received.extend(place.iter().zip(&failed[1..]).map(|(share, d)| share * d));
            received[0] = -received.iter().sum::<f64>();
            let (_, gains) = self.made(rest, &received)?;
            let gaps = DVector::from_vec(rule.gaps(weights, &gains));
            Ok::<_, StrategyError>(((received, gains), gaps))
        };
        let place = DVector::from_fn(free, |k, _| first[k + 1] / failed[k + 1]);
        let (made, gaps) = at(&place)?;
        // How the rule's gaps move with payments, by way of the gains.
        let ε = 1e-6;
        let mut slope = DMatrix::zeros(free, free);
        for k in 0..free {
            let moved: Vec<f64> =
                made.1.iter().enumerate().map(|(n, g)| g + ε * failed[k + 1] * worth[(k, n)]).collect();
            let there = DVector::from_vec(rule.gaps(weights, &moved));
            slope.set_column(k, &((there - &gaps) / ε));
        }
        let ((received, _), _) = BY_RULE.search((place, made, gaps), slope, at)?;
        Ok(received)
    }
}
