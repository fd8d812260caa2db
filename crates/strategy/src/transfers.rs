//! Talks with transfers: duties that make the sum of incomes largest, and the payments that share it.

use nalgebra::{DMatrix, DVector};
use terms::CountryId;

use crate::bargain::planner;
use crate::broyden::Broyden;
use crate::instruments::Instruments;
use crate::play::{PlaySettings, PlayStatus, Rest};
use crate::sharing::Solution;
use crate::tariff_game::{StrategyError, TariffGame};

/// A deal with payments.
#[derive(Debug, Clone)]
pub struct Transfers<S> {
    /// The duties and what clears under them, before payments.
    pub rest: Rest<S>,
    /// What clears under the same duties when the payments are made.
    pub paid: S,
    /// What each at the table receives (above zero) or pays, in the money of the base's incomes, world factor income
    /// being the numeraire; they sum to zero.
    pub received: Vec<f64>,
    /// What each would receive if payments moved no price.
    pub received_at_fixed_prices: Vec<f64>,
    /// Everyone's payoff over the threat point where the payments are made and markets clear, %.
    pub gain_pct: Vec<f64>,
    /// How far the rule is from holding there: the largest gap between two neighbours at the table, as a share of the
    /// payoffs they started from.
    pub sharing_gap: f64,
    /// The weights of the sum: shares in the incomes at the deal.
    pub weights: Vec<f64>,
    /// Planner's problems solved.
    pub planner_solves: usize,
    /// What there was to share before payments: the sum of incomes over that at the threat point, in money.
    pub surplus: f64,
}

/// Weights of the sum of incomes that change by less than this are settled.
const SETTLED: f64 = 1e-10;
/// The search for payments that keep the promise: gaps in shares of payoffs, steps in shares of the threat's incomes.
const PROMISE: Broyden = Broyden { settled: 1e-9, longest: 0.1, steps: 40 };

/// Talks in which payments are possible, from the threat point `threat` (log payoffs over the base).
///
/// The duties make Σ y·u largest, y the base incomes: the planner's weights are then shares in incomes. At fixed prices the
/// frontier with payments is a line in money. A payment moves demand, and with it wages and prices (the transfer problem):
/// the equilibrium is solved again with it, and the payments are those at which the rule holds there. Equal gains give all
/// the same per cent; Nash's and Kalai and Smorodinsky's rules both give all the same money, on the line where each could
/// get the whole surplus.
///
/// DIFFERENCE: duties are not chosen anew for the prices that payments make, and the slope of the frontier at the payments
/// is taken as that of the line.
///
/// # Errors
/// [`StrategyError`] when nothing clears, shapes disagree, or no one has a lever.
pub fn talks_with_transfers<G: TariffGame>(
    game: &G,
    table: &[CountryId],
    threat: &[f64],
    solution: Solution,
    instruments: &Instruments,
    start: &[f64],
    settings: &PlaySettings,
) -> Result<Transfers<G::State>, StrategyError> {
    if threat.len() != table.len() || table.len() < 2 {
        let what = "payoffs of the threat point, at least two";
        return Err(StrategyError::Shape { what, expected: table.len().max(2), found: threat.len() });
    }
    let income: Vec<f64> = {
        let all = game.base_income();
        table.iter().map(|n| all[n.at()]).collect()
    };
    let shares = |worth: &[f64]| {
        let total: f64 = worth.iter().sum();
        worth.iter().map(|worth| worth / total).collect::<Vec<f64>>()
    };
    let failed: Vec<f64> = threat.iter().zip(&income).map(|(d, y)| y * d.exp()).collect();
    let mut weights = shares(&income);
    let mut from = start.to_vec();
    for planner_solves in 1..=60 {
        let rest = planner(game, table, &weights, instruments, &from, settings)?;
        let payoffs = game.payoffs(&rest.state);
        let worth: Vec<f64> = table.iter().zip(&income).map(|(n, y)| y * payoffs[n.at()].exp()).collect();
        let next = shares(&worth);
        let moved = next.iter().zip(&weights).fold(0.0, |most: f64, (a, b)| most.max((a - b).abs()));
        weights = next;
        if rest.status == PlayStatus::AtRest {
            from.clone_from(&rest.log_wedges);
        }
        if moved <= SETTLED {
            let surplus = worth.iter().sum::<f64>() - failed.iter().sum::<f64>();
            let naive = split(&worth, &failed, solution);
            let payment = Payment { game, table, income: &income, failed: &failed, solution, rest: &rest };
            let Paid { state, received, worth, gap } = payment.keeping_the_promise(&naive)?;
            return Ok(Transfers {
                paid: state,
                received,
                received_at_fixed_prices: naive,
                gain_pct: worth.iter().zip(&failed).map(|(worth, d)| 100.0 * (worth / d - 1.0)).collect(),
                sharing_gap: gap,
                weights,
                planner_solves,
                surplus,
                rest,
            });
        }
    }
    Err(StrategyError::Setting("the weights of the sum of incomes did not settle".into()))
}

/// The payments that split the sum of `worth` over the threat `failed` by the rule, at fixed prices.
fn split(worth: &[f64], failed: &[f64], solution: Solution) -> Vec<f64> {
    let (total, base) = (worth.iter().sum::<f64>(), failed.iter().sum::<f64>());
    let due = |d: f64| match solution {
        Solution::EqualGains => d * total / base,
        Solution::Nash | Solution::KalaiSmorodinsky => d + (total - base) / failed.len() as f64,
    };
    worth.iter().zip(failed).map(|(worth, d)| due(*d) - worth).collect()
}

/// What payments at agreed duties do.
struct Payment<'a, G: TariffGame> {
    game: &'a G,
    table: &'a [CountryId],
    /// y, and y·d, at the table.
    income: &'a [f64],
    failed: &'a [f64],
    solution: Solution,
    rest: &'a Rest<G::State>,
}

/// Payments made.
struct Paid<S> {
    state: S,
    received: Vec<f64>,
    /// y·u.
    worth: Vec<f64>,
    gap: f64,
}

impl<G: TariffGame> Payment<'_, G> {
    /// The payments at which the rule holds where markets clear with them, searched from those at fixed prices.
    fn keeping_the_promise(&self, naive: &[f64]) -> Result<Paid<G::State>, StrategyError> {
        // Free are the payments of all but the first, in shares of their threat incomes: the first pays what is left.
        let free = self.table.len() - 1;
        let place = DVector::from_fn(free, |k, _| naive[k + 1] / self.failed[k + 1]);
        let (paid, gaps) = self.made(&place)?;
        // At fixed prices a payment is worth itself, to who receives it and to the first.
        let own = |n: usize| match self.solution {
            Solution::EqualGains => 1.0 / self.failed[n],
            Solution::Nash | Solution::KalaiSmorodinsky => 1.0 / self.failed[0],
        };
        let slope = DMatrix::from_fn(free, free, |row, k| {
            self.failed[k + 1] * (own(0) + if row == k { own(k + 1) } else { 0.0 })
        });
        let (paid, gaps) = PROMISE.search((place, paid, gaps), slope, |place| self.made(place))?;
        Ok(Paid { gap: gaps.amax(), ..paid })
    }

    /// What clears with these payments, and how far each at the table is from what the rule gives it beside the first.
    fn made(&self, place: &DVector<f64>) -> Result<(Paid<G::State>, DVector<f64>), StrategyError> {
        let mut received = vec![0.0];
        received.extend(place.iter().zip(&self.failed[1..]).map(|(share, d)| share * d));
        received[0] = -received.iter().sum::<f64>();
        let mut everyone = vec![0.0; self.game.countries()];
        self.table.iter().zip(&received).for_each(|(n, money)| everyone[n.at()] = *money);
        let (state, payoffs) =
            self.game.clear_paying(&self.rest.log_wedges, &everyone, Some(&self.rest.state))?;
        let seats = self.table.iter().zip(self.income);
        let worth: Vec<f64> = seats.map(|(n, y)| y * payoffs[n.at()].exp()).collect();
        let gained = |n: usize| match self.solution {
            Solution::EqualGains => worth[n] / self.failed[n],
            Solution::Nash | Solution::KalaiSmorodinsky => (worth[n] - self.failed[n]) / self.failed[0],
        };
        let gaps = DVector::from_fn(place.len(), |k, _| gained(k + 1) - gained(0));
        Ok((Paid { state, received, worth, gap: gaps.amax() }, gaps))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn payments_at_fixed_prices_sum_to_zero_and_share_as_the_rule_says() {
        let (worth, failed) = ([110.0, 45.0], [100.0, 50.0]);
        let equal = split(&worth, &failed, Solution::EqualGains);
        assert!((equal.iter().sum::<f64>()).abs() < 1e-12);
        let gain = |n: usize| (worth[n] + equal[n]) / failed[n];
        assert!((gain(0) - gain(1)).abs() < 1e-12);
        let nash = split(&worth, &failed, Solution::Nash);
        // Five to share: two and a half each.
        assert!((nash[0] + 7.5).abs() < 1e-12 && (nash[1] - 7.5).abs() < 1e-12);
    }
}
