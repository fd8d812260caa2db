//! Talks with transfers: duties that make the sum of incomes largest, and the payments that share it.

use terms::CountryId;

use crate::bargain::{Solution, planner};
use crate::instruments::Instruments;
use crate::play::{PlaySettings, PlayStatus, Rest};
use crate::tariff_game::{StrategyError, TariffGame};

/// A deal with payments.
#[derive(Debug, Clone)]
pub struct Transfers<S> {
    /// The duties and what clears under them, before payments.
    pub rest: Rest<S>,
    /// What each at the table receives (above zero) or pays, in the money of the base's incomes; they sum to zero.
    pub received: Vec<f64>,
    /// Everyone's payoff over the threat point with the payment, %.
    pub gain_pct: Vec<f64>,
    /// The weights of the sum: shares in the incomes at the deal.
    pub weights: Vec<f64>,
    /// Planner's problems solved.
    pub planner_solves: usize,
    /// What there is to share: the sum of incomes over that at the threat point, in money.
    pub surplus: f64,
}

/// Weights of the sum of incomes that change by less than this are settled.
const SETTLED: f64 = 1e-10;

/// A split: payments, and gains with them.
struct Shared {
    received: Vec<f64>,
    gain_pct: Vec<f64>,
}

/// Talks in which payments are possible, from the threat point `threat` (log payoffs over the base).
///
/// The duties make Σ y·u largest, y the base incomes: the planner's weights are then shares in incomes. With payments the
/// frontier is a line in money; equal gains give all the same per cent, and Nash's and Kalai and Smorodinsky's rules both
/// give all the same money, since each could at most get the whole surplus.
///
/// DIFFERENCE: payments are counted in money at the prices of the deal; what they do to prices themselves is left out.
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
            let failed: Vec<f64> = threat.iter().zip(&income).map(|(d, y)| y * d.exp()).collect();
            let surplus = worth.iter().sum::<f64>() - failed.iter().sum::<f64>();
            let Shared { received, gain_pct } = share(&worth, &failed, solution);
            return Ok(Transfers { rest, received, gain_pct, weights, planner_solves, surplus });
        }
    }
    Err(StrategyError::Setting("the weights of the sum of incomes did not settle".into()))
}

/// Splits the sum of `worth` over the threat `failed` by the rule.
fn share(worth: &[f64], failed: &[f64], solution: Solution) -> Shared {
    let (total, base) = (worth.iter().sum::<f64>(), failed.iter().sum::<f64>());
    let due = |d: f64| match solution {
        Solution::EqualGains => d * total / base,
        Solution::Nash | Solution::KalaiSmorodinsky => d + (total - base) / failed.len() as f64,
    };
    Shared {
        received: worth.iter().zip(failed).map(|(worth, d)| due(*d) - worth).collect(),
        gain_pct: failed.iter().map(|d| 100.0 * (due(*d) / d - 1.0)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn payments_sum_to_zero_and_share_as_the_rule_says() {
        let (worth, failed) = ([110.0, 45.0], [100.0, 50.0]);
        let equal = share(&worth, &failed, Solution::EqualGains);
        assert!((equal.received.iter().sum::<f64>()).abs() < 1e-12);
        assert!((equal.gain_pct[0] - equal.gain_pct[1]).abs() < 1e-12);
        let nash = share(&worth, &failed, Solution::Nash);
        // Five to share: two and a half each.
        assert!((nash.received[0] + 7.5).abs() < 1e-12 && (nash.received[1] - 7.5).abs() < 1e-12);
        assert!((nash.gain_pct[1] - 5.0).abs() < 1e-12);
    }
}
