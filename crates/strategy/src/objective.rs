//! What a government wants: real income, or its sectors' incomes weighted by who has its ear.

use equilibrium::firms::{Cleared, OneFactor, OwnValue};
use terms::{CountryId, Grid, SectorId};

use crate::tariff_game::StrategyError;

/// What governments maximise.
///
/// ```text
/// G[n] = ( Σₛ λ[n,s] E[n,s] + ρ R[n] ) / P[n]
/// E[n,s] = S[n,s] + δ[n,s] R[n]
/// ```
/// E is what a sector's interest receives: its sales S (wages and profits) and, of the duties R handed back, its
/// share δ in the country's wages. With λ = 1 and ρ = 0 this is real income. A country's λ may be scaled freely.
///
/// # Source
/// Ossa (2014), section I.B; Grossman and Helpman (1994) for the weights.
#[derive(Debug, Clone, PartialEq)]
pub struct Objective {
    /// λ, `N × S`.
    pub weight: Grid<f64>,
    /// ρ: what a dollar of revenue counts beyond its place in incomes.
    pub revenue_weight: f64,
}

/// A government's objective at one point, with what it is made of.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Standing {
    /// Σ λE + ρR, in money.
    pub(crate) amount: f64,
    /// ∂amount/∂income of a sector.
    pub(crate) per_income: Vec<f64>,
    /// ∂amount/∂R.
    pub(crate) per_revenue: f64,
}

impl Objective {
    /// Real income, for every government.
    pub fn real_income(countries: usize, sectors: usize) -> Self {
        Self { weight: Grid::filled(countries, sectors, 1.0), revenue_weight: 0.0 }
    }

    /// Incomes of sectors with the political weights λ.
    pub fn political(weight: Grid<f64>) -> Self {
        Self { weight, revenue_weight: 0.0 }
    }

    /// The same with `revenue_weight` more on every dollar of revenue.
    #[must_use]
    pub fn valuing_revenue(mut self, revenue_weight: f64) -> Self {
        self.revenue_weight = revenue_weight;
        self
    }

    /// Whether it is plain real income.
    pub fn is_real_income(&self) -> bool {
        self.revenue_weight == 0.0 && self.weight.as_slice().iter().all(|λ| *λ == 1.0)
    }

    /// Whether the weights are made for this world.
    pub(crate) fn check(&self, countries: usize, sectors: usize) -> Result<(), StrategyError> {
        let wrong = |what, expected, found| Err(StrategyError::Shape { what, expected, found });
        match (self.weight.countries(), self.weight.sectors()) {
            (n, s) if (n, s) == (countries, sectors) => Ok(()),
            (n, _) if n != countries => wrong("countries of the weights", countries, n),
            (_, s) => wrong("sectors of the weights", sectors, s),
        }
    }

    /// One government's objective: `income` by sector, of which the part `labour` is wages.
    pub(crate) fn standing(&self, n: CountryId, income: &[f64], labour: &[f64], revenue: f64) -> Standing {
        let λ = self.weight.row(n);
        let sum = |of: &dyn Fn(usize) -> f64| (0..income.len()).map(of).sum::<f64>();
        let wages = sum(&|s| labour[s] * income[s]);
        let weighted = sum(&|s| λ[s] * labour[s] * income[s]);
        let per_revenue = weighted / wages + self.revenue_weight;
        // A sector that grows also draws a larger share of the revenue to its interest.
        let per_income = |s: usize| λ[s] + revenue / wages * labour[s] * (λ[s] - weighted / wages);
        Standing {
            amount: sum(&|s| λ[s] * income[s]) + per_revenue * revenue,
            per_income: (0..income.len()).map(per_income).collect(),
            per_revenue,
        }
    }

    /// The objective of every government at one point of a one-factor world.
    pub(crate) fn standings(&self, base: &OneFactor, sales: &Grid<f64>, revenue: &[f64]) -> Vec<Standing> {
        let labour = base.labour_shares();
        CountryId::all(base.countries())
            .map(|n| self.standing(n, sales.row(n), labour, revenue[n.at()]))
            .collect()
    }

    /// ln G of every government over its base, payments `received` counted as revenue.
    pub(crate) fn log_gains(
        &self,
        base: &OneFactor,
        base_amount: &[f64],
        cleared: &Cleared,
        received: &[f64],
    ) -> Vec<f64> {
        let mut revenue = cleared.revenue(base);
        revenue.iter_mut().zip(received).for_each(|(revenue, money)| *revenue += money);
        let now = self.standings(base, &cleared.sector_sales(base), &revenue);
        let prices = cleared.log_price(base);
        let gain = |n: usize| (now[n].amount / base_amount[n]).ln() - prices[n];
        (0..base.countries()).map(gain).collect()
    }

    /// Σ λE + ρR of every government in the base.
    pub(crate) fn base_amounts(&self, base: &OneFactor) -> Vec<f64> {
        let (sales, revenue) = (base.base_sales(), base.base_revenue());
        self.standings(base, &sales, &revenue).into_iter().map(|at| at.amount).collect()
    }
}

impl Standing {
    /// The derivatives of its logarithm, price included.
    pub(crate) fn own_value(&self, country: usize) -> OwnValue {
        OwnValue {
            country,
            per_sales: self.per_income.iter().map(|value| value / self.amount).collect(),
            per_revenue: self.per_revenue / self.amount,
            per_log_spending: 0.0,
            per_log_price: -1.0,
        }
    }
}

/// λ scaled so that every country's mean is one.
pub fn mean_one(weight: &Grid<f64>) -> Grid<f64> {
    let mean = |n: CountryId| weight.row(n).iter().sum::<f64>() / weight.sectors() as f64;
    Grid::from_fn(weight.countries(), weight.sectors(), |n, s: SectorId| weight[(n, s)] / mean(n))
}
