//! What a government wants: real income, or its sectors' incomes weighted by who has its ear.

use equilibrium::firms::{Cleared, OneFactor, OwnValue};
use equilibrium::{Baseline, Solution};
use terms::{CountryId, Grid, SectorId};

use crate::tariff_game::StrategyError;

/// What governments maximise.
///
/// ```text
/// G[n] = ( Σₛ λ[n,s] E[n,s] + ρ[n] R[n] ) / P[n]
/// E[n,s] = S[n,s] + δ[n,s] (R[n] + D[n])
/// ```
/// E is what a sector's interest receives: its sales S (wages and profits) and, of the duties R handed back and of what
/// the country receives from abroad D (its deficit and payments), its share δ in the country's wages. With λ = 1 and
/// ρ = 0 this is real income. A country's λ may be scaled freely where its ρ is scaled along.
///
/// # Source
/// Ossa (2014), section I.B; Grossman and Helpman (1994) for the weights. Ossa has no D: he removes deficits first.
#[derive(Debug, Clone, PartialEq)]
pub struct Objective {
    /// λ, `N × S`.
    pub weight: Grid<f64>,
    /// ρ, `N`: what a dollar of revenue counts beyond its place in incomes.
    pub revenue_weight: Vec<f64>,
}

/// What a government's objective is made of at one equilibrium, so that it can be told for any weight on revenue.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ObjectiveParts {
    /// Σₛ λE, in money.
    pub weighted_income: f64,
    /// R, in money.
    pub revenue: f64,
    /// P, over the base year's.
    pub price_hat: f64,
}

impl ObjectiveParts {
    /// G with this weight on revenue, in money of the base year's prices.
    pub fn value(&self, revenue_weight: f64) -> f64 {
        (self.weighted_income + revenue_weight * self.revenue) / self.price_hat
    }
}

/// What flows to a country's households besides its sectors' sales.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Handed {
    /// R: duties and export taxes.
    pub(crate) revenue: f64,
    /// D: the deficit, and payments received.
    pub(crate) from_abroad: f64,
}

impl Handed {
    /// Country by country.
    pub(crate) fn of(revenue: &[f64], from_abroad: &[f64]) -> Vec<Self> {
        let of = |(revenue, from_abroad): (&f64, &f64)| Self { revenue: *revenue, from_abroad: *from_abroad };
        revenue.iter().zip(from_abroad).map(of).collect()
    }
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
        Self { weight: Grid::filled(countries, sectors, 1.0), revenue_weight: vec![0.0; countries] }
    }

    /// Incomes of sectors with the political weights λ.
    pub fn political(weight: Grid<f64>) -> Self {
        let revenue_weight = vec![0.0; weight.countries()];
        Self { weight, revenue_weight }
    }

    /// The same with so much more on every dollar of a government's revenue; `revenue_weight` is `N`.
    #[must_use]
    pub fn valuing_revenue(mut self, revenue_weight: Vec<f64>) -> Self {
        self.revenue_weight = revenue_weight;
        self
    }

    /// Whether it is plain real income.
    pub fn is_real_income(&self) -> bool {
        self.revenue_weight.iter().all(|ρ| *ρ == 0.0) && self.weight.as_slice().iter().all(|λ| *λ == 1.0)
    }

    /// Whether the weights are made for this world.
    pub(crate) fn check(&self, countries: usize, sectors: usize) -> Result<(), StrategyError> {
        let wrong = |what, expected, found| Err(StrategyError::Shape { what, expected, found });
        match (self.weight.countries(), self.weight.sectors()) {
            (n, s) if (n, s) == (countries, sectors) => match self.revenue_weight.len() {
                n if n == countries => Ok(()),
                n => wrong("countries of the weights on revenue", countries, n),
            },
            (n, _) if n != countries => wrong("countries of the weights", countries, n),
            (_, s) => wrong("sectors of the weights", sectors, s),
        }
    }

    /// One government's objective: `income` by sector, of which the part `labour` is wages.
    pub(crate) fn standing(
        &self,
        n: CountryId,
        income: &[f64],
        labour: &[f64],
        Handed { revenue, from_abroad }: Handed,
    ) -> Standing {
        let λ = self.weight.row(n);
        let sum = |of: &dyn Fn(usize) -> f64| (0..income.len()).map(of).sum::<f64>();
        let wages = sum(&|s| labour[s] * income[s]);
        let weighted = sum(&|s| λ[s] * labour[s] * income[s]);
        let per_dollar = weighted / wages;
        let handed = revenue + from_abroad;
        let ρ = self.revenue_weight[n.at()];
        // A sector that grows also draws a larger share of what is handed out to its interest.
        let per_income = |s: usize| λ[s] + handed / wages * labour[s] * (λ[s] - per_dollar);
        Standing {
            amount: sum(&|s| λ[s] * income[s]) + per_dollar * handed + ρ * revenue,
            per_income: (0..income.len()).map(per_income).collect(),
            per_revenue: per_dollar + ρ,
        }
    }

    /// The parts of one government's objective at an equilibrium of the full system, where a sector's income is its
    /// factor income γᵛY: with links, sales are not income.
    pub fn parts_at(&self, n: CountryId, baseline: &Baseline, solution: &Solution) -> ObjectiveParts {
        let output = outputs(n, solution);
        let factors = baseline.accounts().factor_share.row(n);
        let earned: f64 = factors.iter().zip(&output).map(|(γᵛ, y)| γᵛ * y).sum();
        let revenue = solution.revenue(n);
        // All that is neither earned nor collected: the deficit, payments, rents of quotas.
        let handed = Handed { revenue, from_abroad: solution.income(n) - earned - revenue };
        let amount = self.standing_of_factors(n, baseline, &output, handed).amount;
        ObjectiveParts {
            weighted_income: amount - self.revenue_weight[n.at()] * revenue,
            revenue,
            price_hat: solution.consumer_price_hat(n),
        }
    }

    /// One government's objective at an equilibrium of the full system without quotas.
    pub(crate) fn standing_at(&self, n: CountryId, baseline: &Baseline, solution: &Solution) -> Standing {
        let handed = Handed { revenue: solution.revenue(n), from_abroad: solution.deficit(n) };
        self.standing_of_factors(n, baseline, &outputs(n, solution), handed)
    }

    /// [`standing`](Self::standing) over factor incomes γᵛY of the full system.
    pub(crate) fn standing_of_factors(
        &self,
        n: CountryId,
        baseline: &Baseline,
        output: &[f64],
        handed: Handed,
    ) -> Standing {
        let factors = baseline.accounts().factor_share.row(n);
        let income: Vec<f64> = factors.iter().zip(output).map(|(γᵛ, y)| γᵛ * y).collect();
        self.standing(n, &income, &vec![1.0; income.len()], handed)
    }

    /// The moves of a government's [`OwnValue`] and of ln of its objective without prices, at `at`, when incomes and
    /// revenue move by these and what comes from abroad stays.
    pub(crate) fn moved(
        &self,
        n: CountryId,
        at: &Standing,
        (income, labour, handed): (&[f64], &[f64], Handed),
        (income_moved, revenue_moved): (&[f64], f64),
    ) -> (OwnValue, f64) {
        let λ = self.weight.row(n);
        let sum = |of: &dyn Fn(usize) -> f64| (0..income.len()).map(of).sum::<f64>();
        let wages = sum(&|s| labour[s] * income[s]);
        let wages_moved = sum(&|s| labour[s] * income_moved[s]);
        // Mean λ in wages, and what is handed out per wage.
        let mean = sum(&|s| λ[s] * labour[s] * income[s]) / wages;
        let mean_moved = (sum(&|s| λ[s] * labour[s] * income_moved[s]) - mean * wages_moved) / wages;
        let handed = handed.revenue + handed.from_abroad;
        let share = handed / wages;
        let share_moved = (revenue_moved - share * wages_moved) / wages;
        let amount_moved =
            sum(&|s| λ[s] * income_moved[s]) + at.per_revenue * revenue_moved + mean_moved * handed;
        let log_amount = amount_moved / at.amount;
        let per_income = |s: usize| {
            let moved = labour[s] * (share_moved * (λ[s] - mean) - share * mean_moved);
            (moved - at.per_income[s] * log_amount) / at.amount
        };
        let value = OwnValue {
            country: n.at(),
            per_sales: (0..income.len()).map(per_income).collect(),
            per_revenue: (mean_moved - at.per_revenue * log_amount) / at.amount,
            per_log_spending: 0.0,
            per_log_price: 0.0,
        };
        (value, log_amount)
    }

    /// The objective of every government at one point of a one-factor world.
    pub(crate) fn standings(&self, base: &OneFactor, sales: &Grid<f64>, handed: &[Handed]) -> Vec<Standing> {
        let labour = base.labour_shares();
        CountryId::all(base.countries())
            .map(|n| self.standing(n, sales.row(n), labour, handed[n.at()]))
            .collect()
    }

    /// ln G of every government over its base, when countries receive `from_abroad` besides what they sell.
    pub(crate) fn log_gains(
        &self,
        base: &OneFactor,
        base_amount: &[f64],
        cleared: &Cleared,
        from_abroad: &[f64],
    ) -> Vec<f64> {
        let handed = Handed::of(&cleared.revenue(base), from_abroad);
        let now = self.standings(base, &cleared.sector_sales(base), &handed);
        let prices = cleared.log_price(base);
        let gain = |n: usize| (now[n].amount / base_amount[n]).ln() - prices[n];
        (0..base.countries()).map(gain).collect()
    }

    /// Σ λE + ρR of every government in the base.
    pub(crate) fn base_amounts(&self, base: &OneFactor) -> Vec<f64> {
        let handed = Handed::of(&base.base_revenue(), base.deficit());
        self.standings(base, &base.base_sales(), &handed).into_iter().map(|at| at.amount).collect()
    }
}

/// Y′ of one country's sectors.
fn outputs(n: CountryId, solution: &Solution) -> Vec<f64> {
    SectorId::all(solution.before().sectors()).map(|s| solution.output(n, s)).collect()
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
