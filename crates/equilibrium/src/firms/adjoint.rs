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

use nalgebra::{DMatrix, DMatrixView, DVector};
use terms::{CountryId, Grid, SectorId};

use super::accounts::{FirmsError, OneFactor};
use super::clear::Cleared;
use super::jacobian::System;

/// What one government values at the margin: the first derivatives of its objective.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnValue {
    /// Whose.
    pub country: usize,
    /// ∂F/∂S[s]: a dollar of own sales, by sector.
    pub per_sales: Vec<f64>,
    /// ∂F/∂R: a dollar of duty collected.
    pub per_revenue: f64,
    /// ∂F/∂ln P: its price index, usually −1.
    pub per_log_price: f64,
}

/// The multipliers of all conditions for several governments.
#[derive(Debug, Clone)]
pub struct Multipliers {
    values: Vec<OwnValue>,
    /// ν: `2N × governments`, per dollar.
    nu: DMatrix<f64>,
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
        let markets = n * s;
        let system = System::new(base, &self.log_wedge, Vec::new());
        let jacobian = system.jacobian(&self.point, &self.sales);
        let spending = self.spending(base);

        // ∂F/∂(ln ŵ, ln X̂) at given conditions, a column for each objective.
        // Sales of a government lost to k's cheaper wage: Σ_m F_S (1−σ) T′[j,m] λ′[k,m].
        let mut valued = DMatrix::zeros(markets, values.len());
        for (column, value) in values.iter().enumerate() {
            for m in 0..markets {
                let sector = m % s;
                let flow = self.sales.flow[m * n + value.country];
                valued[(m, column)] = value.per_sales[sector] * (base.sigma[sector] - 1.0) * flow;
            }
        }
        let share = DMatrixView::from_slice(&self.sales.share, n, markets);
        let mut slope = DMatrix::zeros(2 * n, values.len());
        slope.view_mut((0, 0), (n, values.len())).copy_from(&(share * valued));
        for (column, value) in values.iter().enumerate() {
            let j = value.country;
            for m in 0..markets {
                let (importer, sector) = (m / s, m % s);
                let σ = base.sigma[sector];
                let sold = value.per_sales[sector] * self.sales.flow[m * n + j];
                slope[(j, column)] += (1.0 - σ) * sold;
                slope[(n + importer, column)] += sold;
            }
            for m in j * s..(j + 1) * s {
                let σ = base.sigma[m % s];
                let spent = base.weight[m] * spending[j];
                slope[(n + j, column)] += value.per_revenue * self.sales.revenue[m];
                for k in 0..n {
                    let λ = self.sales.share[m * n + k];
                    let duty = λ * spent - self.sales.flow[m * n + k];
                    slope[(k, column)] += value.per_revenue * (1.0 - σ) * (duty - self.sales.revenue[m] * λ);
                    slope[(k, column)] += value.per_log_price * base.weight[m] * λ;
                }
            }
        }
        let singular = FirmsError::Stalled { residual: f64::NAN, country: 0 };
        let mut nu = jacobian.transpose().lu().solve(&slope).ok_or(singular)?;
        // From relative conditions back to dollars. The numeraire's multiplier touches no tariff.
        for mut column in nu.column_iter_mut() {
            for i in 0..n {
                column[i] /= base.wages[i];
                column[n + i] /= base.spending[i];
            }
            column[system.anchor] = 0.0;
        }
        Ok(Multipliers { values, nu })
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
        let mut nu = DVector::zeros(2 * n);
        let mut flow_value = vec![0.0; n * s];
        let mut revenue_value = vec![0.0; n];
        let mut price_value = vec![0.0; n];
        for &(at, weight) in weights {
            let value = &self.values[at];
            nu.axpy(weight, &self.nu.column(at), 1.0);
            for sector in 0..s {
                flow_value[value.country * s + sector] += weight * value.per_sales[sector];
            }
            revenue_value[value.country] += weight * value.per_revenue;
            price_value[value.country] += weight * value.per_log_price;
        }
        for k in 0..n {
            for sector in 0..s {
                let b = base.labour[sector];
                flow_value[k * s + sector] += nu[k] * b + nu[n + k] * (1.0 - b);
            }
            revenue_value[k] += nu[n + k];
        }
        let spending = cleared.spending(base);
        let mut pulls = Vec::with_capacity(importers.len() * n * s);
        for &importer in importers {
            for sector in 0..s {
                let m = importer * s + sector;
                let σ = base.sigma[sector];
                let spent = base.weight[m] * spending[importer];
                let q = |k: usize| revenue_value[importer] - flow_value[k * s + sector];
                let flows = &cleared.sales.flow[m * n..(m + 1) * n];
                let mean: f64 = flows.iter().enumerate().map(|(k, flow)| q(k) * flow).sum();
                let crowding = if spent > 0.0 { (σ - 1.0) * mean / spent } else { 0.0 };
                let loss = crowding - price_value[importer] / spending[importer];
                pulls.extend(flows.iter().enumerate().map(|(k, &weight)| Pull {
                    weight,
                    gain: σ * q(k),
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
