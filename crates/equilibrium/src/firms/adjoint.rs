//! What a wage, an income and a duty are worth to a government: multipliers, and derivatives in closed form.
//!
//! A government's objective F depends on its own sectors' sales S, its revenue R and its prices P. With the
//! multipliers ν of the clearing conditions (one transposed solve for all governments together), the derivative
//! by any wedge is
//!
//! ```text
//! ∂F/∂ln(1+τ[n,k,s]) = T′ (σ q_k − (1+τ′) D)
//!     q_k = κ[n] − ψ[k,s],    ψ[k,s] = ∂F/∂S[k,s] + ν^w[k] b[s] + ν^X[k] (1−b[s])
//!     κ[n] = ∂F/∂R[n] + ν^X[n]
//!     D    = (σ−1) Σᵢ qᵢT′ᵢ / (μX′) − (∂F/∂ln P[n]) / X′[n]
//! ```
//! so the best wedge of a cell is `σ q_k / D`: relative duties across exporters need no search at all.

use std::sync::Arc;

use nalgebra::{DMatrix, DMatrixView};
use terms::{CountryId, Grid, SectorId};

use super::accounts::{FirmsError, OneFactor};
use super::clear::Cleared;
use super::jacobian::{anchor, jacobian};
use super::lu::Lu;

/// What one government values at the margin: the first derivatives of its objective.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnValue {
    /// Whose.
    pub country: usize,
    /// `∂F/∂S[s]`: a dollar of own sales, by sector.
    pub per_sales: Vec<f64>,
    /// ∂F/∂R: a dollar of duty collected.
    pub per_revenue: f64,
    /// ∂F/∂ln X: its own spending, in logs.
    pub per_log_spending: f64,
    /// ∂F/∂ln P: its price index, in logs, usually −1.
    pub per_log_price: f64,
}

impl OwnValue {
    /// ln of real income, ln X − ln P. Because spending equals income where markets clear, sales and revenue need
    /// no value of their own.
    pub fn real_income(country: usize, sectors: usize) -> Self {
        let per_sales = vec![0.0; sectors];
        Self { country, per_sales, per_revenue: 0.0, per_log_spending: 1.0, per_log_price: -1.0 }
    }

    fn values_sales(&self) -> bool {
        self.per_sales.iter().any(|value| *value != 0.0)
    }
}

/// The multipliers of all conditions for several governments.
#[derive(Debug, Clone)]
pub struct Multipliers {
    values: Vec<OwnValue>,
    /// ν per dollar, `governments × 2N`, row-major.
    nu: Vec<f64>,
}

/// The derivative of an objective by one wedge, taken apart: `weight · (gain − (1+τ′)·loss)`.
///
/// `gain / loss` is the wedge at which it vanishes, other things equal.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pull {
    /// T′, the flow before duty.
    pub weight: f64,
    /// σ q.
    pub gain: f64,
    /// D.
    pub loss: f64,
}

impl Cleared {
    /// Sales of every country and sector.
    pub fn sector_sales(&self, base: &OneFactor) -> Grid<f64> {
        let (n, s) = (base.countries, base.sectors);
        let mut sales = Grid::filled(n, s, 0.0);
        for (m, market) in self.sales.flow.chunks_exact(n).enumerate() {
            for (i, flow) in market.iter().enumerate() {
                sales[(CountryId::new(i), SectorId::new(m % s))] += flow;
            }
        }
        sales
    }

    /// Duties collected, by country.
    pub fn revenue(&self, base: &OneFactor) -> Vec<f64> {
        self.sales.revenue.chunks_exact(base.sectors).map(|markets| markets.iter().sum()).collect()
    }

    /// ln P̂ of everything a country buys: Σ μ ln P̂.
    pub fn log_price(&self, base: &OneFactor) -> Vec<f64> {
        let by_country = self.sales.log_price.chunks_exact(base.sectors);
        let weights = base.weight.chunks_exact(base.sectors);
        by_country.zip(weights).map(|(p, μ)| p.iter().zip(μ).map(|(p, μ)| p * μ).sum()).collect()
    }

    /// ln of real income, counterfactual over base: X̂/P̂.
    pub fn log_real_income(&self, base: &OneFactor) -> Vec<f64> {
        let prices = self.log_price(base);
        self.point.log_spending.iter().zip(prices).map(|(x, p)| x - p).collect()
    }

    /// Spending in money, by country.
    pub fn spending(&self, base: &OneFactor) -> Vec<f64> {
        self.point.spending(base)
    }

    /// The multipliers for these objectives: one factorisation, one solve each.
    ///
    /// # Errors
    /// [`FirmsError::Stalled`] when the conditions are singular at this point.
    pub fn multipliers(&self, base: &OneFactor, values: Vec<OwnValue>) -> Result<Multipliers, FirmsError> {
        let (n, s) = (base.countries, base.sectors);
        let (markets, width, columns) = (n * s, 2 * n, values.len());
        let spending = self.spending(base);
        // ∂F/∂(ln ŵ, ln X̂) at given conditions: row-major, an unknown a row, an objective a column.
        let mut slope = vec![0.0; width * columns];
        if values.iter().any(OwnValue::values_sales) {
            // Sales of a government won when k's wage rises: Σ_m F_S (σ−1) T′[j,m] λ′[k,m].
            let mut valued = Vec::with_capacity(markets * columns);
            for value in &values {
                for m in 0..markets {
                    let sector = m % s;
                    let flow = self.sales.flow[m * n + value.country];
                    valued.push(value.per_sales[sector] * (base.sigma[sector] - 1.0) * flow);
                }
            }
            let share = DMatrix::from_row_slice(markets, n, &self.sales.share);
            let won = DMatrixView::from_slice(&valued, markets, columns).tr_mul(&share);
            slope[..n * columns].copy_from_slice(won.as_slice());
        }
        for (column, value) in values.iter().enumerate() {
            let j = value.country;
            let mut add = |unknown: usize, amount: f64| slope[unknown * columns + column] += amount;
            if value.values_sales() {
                for m in 0..markets {
                    let (importer, sector) = (m / s, m % s);
                    let sold = value.per_sales[sector] * self.sales.flow[m * n + j];
                    add(j, (1.0 - base.sigma[sector]) * sold);
                    add(n + importer, sold);
                }
            }
            add(n + j, value.per_log_spending);
            let mut by_wage = vec![0.0; n];
            for m in j * s..(j + 1) * s {
                let σ = base.sigma[m % s];
                let spent = base.weight[m] * spending[j];
                let revenue = self.sales.revenue[m];
                add(n + j, value.per_revenue * revenue);
                let cells = m * n..(m + 1) * n;
                let cells = self.sales.share[cells.clone()].iter().zip(&self.sales.flow[cells]);
                for (sum, (λ, flow)) in by_wage.iter_mut().zip(cells) {
                    let duty = λ * spent - flow;
                    let moved = value.per_revenue * (1.0 - σ) * (duty - revenue * λ);
                    *sum += moved + value.per_log_price * base.weight[m] * λ;
                }
            }
            by_wage.iter().enumerate().for_each(|(k, moved)| add(k, *moved));
        }
        let solved = self.factors(base)?.solve_transposed(slope, columns);
        let anchor = anchor(base);
        let mut nu = vec![0.0; columns * width];
        for (unknown, line) in solved.chunks_exact(columns).enumerate() {
            // From relative conditions back to dollars. The numeraire's multiplier touches no tariff.
            let scale = match unknown {
                row if row == anchor => 0.0,
                row if row < n => 1.0 / base.wages[row],
                row => 1.0 / base.spending[row - n],
            };
            for (column, ν) in line.iter().enumerate() {
                nu[column * width + unknown] = scale * ν;
            }
        }
        Ok(Multipliers { values, nu })
    }

    /// The factorised derivatives of the conditions at this point.
    fn factors(&self, base: &OneFactor) -> Result<Arc<Lu>, FirmsError> {
        if let Some(found) = self.factors.get() {
            return Ok(Arc::clone(found));
        }
        let matrix = jacobian(base, &self.point, &self.sales);
        let singular = FirmsError::Stalled { residual: self.residual, country: self.worst };
        let found = Arc::new(Lu::of(matrix, 2 * base.countries).ok_or(singular)?);
        Ok(Arc::clone(self.factors.get_or_init(|| found)))
    }
}

impl Multipliers {
    /// The derivatives by every wedge of the given importers, for the objective Σ weight·F over governments.
    ///
    /// `weights` goes with the objectives as handed over; `importers` chooses the markets. Cells come importer by
    /// importer, sector by sector, exporter by exporter.
    pub fn pulls(
        &self,
        base: &OneFactor,
        cleared: &Cleared,
        weights: &[(usize, f64)],
        importers: &[usize],
    ) -> Vec<Pull> {
        let (n, s) = (base.countries, base.sectors);
        let mut nu = vec![0.0; 2 * n];
        // By sector and seller, so that a market meets its sellers in a row.
        let mut flow_value = vec![0.0; n * s];
        let mut revenue_value = vec![0.0; n];
        let mut price_value = vec![0.0; n];
        for &(at, weight) in weights {
            let value = &self.values[at];
            let own = &self.nu[at * 2 * n..(at + 1) * 2 * n];
            nu.iter_mut().zip(own).for_each(|(sum, ν)| *sum += weight * ν);
            for sector in 0..s {
                flow_value[sector * n + value.country] += weight * value.per_sales[sector];
            }
            revenue_value[value.country] += weight * value.per_revenue;
            price_value[value.country] += weight * value.per_log_price;
        }
        let (ν_wage, ν_spending) = nu.split_at(n);
        for (sellers, b) in flow_value.chunks_exact_mut(n).zip(&base.labour) {
            for ((value, w), x) in sellers.iter_mut().zip(ν_wage).zip(ν_spending) {
                *value += w * b + x * (1.0 - b);
            }
        }
        revenue_value.iter_mut().zip(ν_spending).for_each(|(value, x)| *value += x);
        let spending = cleared.spending(base);
        let mut pulls = Vec::with_capacity(importers.len() * n * s);
        for &importer in importers {
            for sector in 0..s {
                let m = importer * s + sector;
                let σ = base.sigma[sector];
                let spent = base.weight[m] * spending[importer];
                let flows = &cleared.sales.flow[m * n..(m + 1) * n];
                let sellers = &flow_value[sector * n..(sector + 1) * n];
                let own = revenue_value[importer];
                let mean: f64 = flows.iter().zip(sellers).map(|(flow, value)| (own - value) * flow).sum();
                let crowding = if spent > 0.0 { (σ - 1.0) * mean / spent } else { 0.0 };
                let loss = crowding - price_value[importer] / spending[importer];
                pulls.extend(flows.iter().zip(sellers).map(|(&weight, value)| Pull {
                    weight,
                    gain: σ * (own - value),
                    loss,
                }));
            }
        }
        pulls
    }
}

impl Pull {
    /// ∂F/∂ln(1+τ) of the cell at the wedge `1 + τ`.
    pub fn slope(&self, wedge: f64) -> f64 {
        self.weight * (self.gain - wedge * self.loss)
    }
}
