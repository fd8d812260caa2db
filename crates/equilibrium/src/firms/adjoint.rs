//! What a wage, an income and a duty are worth to a government: multipliers, and derivatives in closed form.
//!
//! A government's objective F depends on its own sectors' sales S, its revenue R and its prices P. With the
//! multipliers ν of the clearing conditions (one transposed solve for all governments together), the derivative
//! by any wedge is
//!
//! ```text
//! ∂F/∂ln(1+τ[n,k,s]) = V′ (σ q_k − (1+τ′) D)
//! ∂F/∂ln(1+e[n,k,s]) = T′ (σ (ρ[k] − ψ[k,s]) − (1+e′) ((1+τ′) D − (σ−1)(ρ[n] − ρ[k])))
//!     q_k = ρ[n] − ρ[k] + (ρ[k] − ψ[k,s]) / (1+e′)
//!     ρ[n] = ∂F/∂R[n] + ν^X[n],    ψ[k,s] = ∂F/∂S[k,s] + ν^w[k] b[s] + ν^X[k] (1−b[s])
//!     D    = (σ−1) Σᵢ qᵢV′ᵢ / (μX′) − (∂F/∂ln P[n]) / X′[n]
//! ```
//! so the best wedge of a cell is `σ q_k / D`, and the best export tax has such a form as well: relative duties across
//! exporters need no search at all. Without export taxes q_k is ρ[n] − ψ[k,s] and V′ is T′.

use std::sync::Arc;

use nalgebra::{DMatrix, DMatrixView};
use terms::{CountryId, Grid, SectorId};

use super::accounts::OneFactor;
use super::clear::Cleared;
use super::curvature::in_dollars;
use super::error::FirmsError;
use super::jacobian::jacobian;
use super::lu::Lu;
use crate::threads::in_order;

/// What one government values at the margin: the first derivatives of its objective.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnValue {
    /// Whose.
    pub country: usize,
    /// `∂F/∂S[s]`: a dollar of own sales, by sector.
    pub per_sales: Vec<f64>,
    /// ∂F/∂R: a dollar of duty or export tax collected.
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

    /// A government that values nothing: what to move values from.
    pub fn nothing(country: usize, sectors: usize) -> Self {
        let per_sales = vec![0.0; sectors];
        Self { country, per_sales, per_revenue: 0.0, per_log_spending: 0.0, per_log_price: 0.0 }
    }

    /// The same, times a number.
    #[must_use]
    pub fn times(&self, by: f64) -> Self {
        Self {
            country: self.country,
            per_sales: self.per_sales.iter().map(|value| by * value).collect(),
            per_revenue: by * self.per_revenue,
            per_log_spending: by * self.per_log_spending,
            per_log_price: by * self.per_log_price,
        }
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
    /// The numeraire's multiplier, by government: it touches no tariff, but moves with all.
    numeraire: Vec<f64>,
}

/// The derivative of an objective by one wedge, taken apart: `weight · (gain − (1+τ′)·loss)`; for an export tax e′ stands
/// in the place of τ′.
///
/// `gain / loss` is the wedge at which it vanishes, other things equal.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pull {
    /// What the instrument is laid on: V′ for a duty, T′ for an export tax.
    pub weight: f64,
    /// What a rise gains at the margin: σ q for a duty.
    pub gain: f64,
    /// What it loses, per wedge: D for a duty.
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

    /// Duties and export taxes collected, by country.
    pub fn revenue(&self, base: &OneFactor) -> Vec<f64> {
        let by_importer = self.sales.revenue.chunks_exact(base.sectors);
        let mut revenue: Vec<f64> = by_importer.map(|markets| markets.iter().sum()).collect();
        for (cell, landed) in self.sales.taxed.iter().enumerate() {
            revenue[cell % base.countries] += landed - self.sales.flow[cell];
        }
        revenue
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
        let factors = self.factors(base)?;
        let spending = self.spending(base);
        let parts: Vec<&[OwnValue]> = values.chunks(values.len().div_ceil(self.threads).max(1)).collect();
        let solved = in_order(self.threads, &parts, |values| {
            factors.solve_transposed(self.slopes(base, values, &spending), values.len())
        });
        let mut found = Multipliers { nu: Vec::new(), numeraire: Vec::new(), values: Vec::new() };
        for (part, solved) in parts.iter().zip(&solved) {
            for column in 0..part.len() {
                let relative: Vec<f64> = solved.iter().skip(column).step_by(part.len()).copied().collect();
                let (dollars, of_numeraire) = in_dollars(base, &relative);
                found.nu.extend(dollars);
                found.numeraire.push(of_numeraire);
            }
        }
        Ok(Multipliers { values, ..found })
    }

    /// ∂F/∂(ln ŵ, ln X̂) of these objectives at given conditions: row-major, an unknown a row, an objective a column.
    fn slopes(&self, base: &OneFactor, values: &[OwnValue], spending: &[f64]) -> Vec<f64> {
        let (n, s) = (base.countries, base.sectors);
        let (markets, columns) = (n * s, values.len());
        let landed = self.sales.landed();
        // What the government values of one of its own flows, sales and the tax on them, times `elastic`.
        let valued_of = |value: &OwnValue, m: usize, elastic: f64| {
            let cell = m * n + value.country;
            let flow = self.sales.flow[cell];
            value.per_sales[m % s] * elastic * flow + value.per_revenue * elastic * (landed[cell] - flow)
        };
        let values_flows =
            |value: &OwnValue| value.values_sales() || (self.sales.are_taxed() && value.per_revenue != 0.0);
        let mut slope = vec![0.0; 2 * n * columns];
        if values.iter().any(values_flows) {
            // Flows of a government won when k's wage rises: Σ_m (F_S + e′F_R) (σ−1) T′[j,m] λ′[k,m].
            let mut valued = Vec::with_capacity(markets * columns);
            for value in values {
                valued.extend((0..markets).map(|m| valued_of(value, m, base.sigma[m % s] - 1.0)));
            }
            let share = DMatrix::from_row_slice(markets, n, &self.sales.share);
            let won = DMatrixView::from_slice(&valued, markets, columns).tr_mul(&share);
            slope[..n * columns].copy_from_slice(won.as_slice());
        }
        for (column, value) in values.iter().enumerate() {
            let j = value.country;
            let mut add = |unknown: usize, amount: f64| slope[unknown * columns + column] += amount;
            if values_flows(value) {
                for m in 0..markets {
                    let sold = valued_of(value, m, 1.0);
                    add(j, (1.0 - base.sigma[m % s]) * sold);
                    add(n + m / s, sold);
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
                let cells = self.sales.share[cells.clone()].iter().zip(&landed[cells]);
                for (sum, (λ, landed)) in by_wage.iter_mut().zip(cells) {
                    let duty = λ * spent - landed;
                    let moved = value.per_revenue * (1.0 - σ) * (duty - revenue * λ);
                    *sum += moved + value.per_log_price * base.weight[m] * λ;
                }
            }
            by_wage.iter().enumerate().for_each(|(k, moved)| add(k, *moved));
        }
        slope
    }

    /// ln(1+e′) of a cell.
    pub(super) fn log_tax(&self, base: &OneFactor, cell: usize) -> f64 {
        self.log_wedge.get(base.cells() + cell).copied().unwrap_or(0.0)
    }

    /// The factorised derivatives of the conditions at this point.
    pub(super) fn factors(&self, base: &OneFactor) -> Result<Arc<Lu>, FirmsError> {
        if let Some(found) = self.factors.get() {
            return Ok(Arc::clone(found));
        }
        let matrix = jacobian(base, &self.point, &self.sales, self.threads);
        let singular = FirmsError::Stalled { residual: self.residual, country: self.worst };
        let found = Arc::new(Lu::of(matrix, 2 * base.countries).ok_or(singular)?);
        Ok(Arc::clone(self.factors.get_or_init(|| found)))
    }
}

/// What a dollar is worth to Σ weight·F, wherever it arrives.
pub(super) struct Worth {
    /// ψ: received by an exporter's sector, by sector and exporter, so that a market meets its sellers in a row.
    pub(super) flow: Vec<f64>,
    /// ρ: collected by a country.
    pub(super) revenue: Vec<f64>,
    /// ∂F/∂ln P, by country.
    pub(super) price: Vec<f64>,
    /// X′ in money.
    pub(super) spending: Vec<f64>,
}

impl Multipliers {
    /// The derivatives by every duty of the given importers, for the objective Σ weight·F over governments.
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
        let worth = self.worth(base, cleared, weights);
        let mut pulls = Vec::with_capacity(importers.len() * n * s);
        let mut lost = vec![0.0; n];
        for m in importers.iter().flat_map(|importer| importer * s..(importer + 1) * s) {
            let σ = base.sigma[m % s];
            let loss = worth.market(base, cleared, m, &mut lost);
            let landed = &cleared.sales.landed()[m * n..(m + 1) * n];
            pulls.extend(landed.iter().zip(&lost).map(|(&weight, q)| Pull { weight, gain: σ * q, loss }));
        }
        pulls
    }

    /// The derivatives by every export tax of the given exporters, for the same objective. Cells come exporter by
    /// exporter, importer by importer, sector by sector.
    pub fn export_pulls(
        &self,
        base: &OneFactor,
        cleared: &Cleared,
        weights: &[(usize, f64)],
        exporters: &[usize],
    ) -> Vec<Pull> {
        let (n, s) = (base.countries, base.sectors);
        if exporters.is_empty() {
            return Vec::new();
        }
        let worth = self.worth(base, cleared, weights);
        let mut lost = vec![0.0; n];
        let losses: Vec<f64> = (0..n * s).map(|m| worth.market(base, cleared, m, &mut lost)).collect();
        let pull = |k: usize, m: usize| {
            let (importer, sector, cell) = (m / s, m % s, m * n + k);
            let σ = base.sigma[sector];
            let (collected, received) = (worth.revenue[k], worth.flow[sector * n + k]);
            Pull {
                weight: cleared.sales.flow[cell],
                gain: σ * (collected - received),
                loss: cleared.log_wedge[cell].exp() * losses[m]
                    - (σ - 1.0) * (worth.revenue[importer] - collected),
            }
        };
        exporters.iter().flat_map(|k| (0..n * s).map(move |m| (*k, m))).map(|(k, m)| pull(k, m)).collect()
    }

    /// What a dollar is worth to the objective Σ weight·F.
    pub(super) fn worth(&self, base: &OneFactor, cleared: &Cleared, weights: &[(usize, f64)]) -> Worth {
        let values: Vec<OwnValue> =
            weights.iter().map(|(at, weight)| self.values[*at].times(*weight)).collect();
        let mut worth = Worth::of_values(base, &values, cleared.spending(base));
        worth.add_multipliers(base, &self.summed(base, weights).0);
        worth
    }

    /// Σ weight·ν, and the same of the numeraire's.
    pub(super) fn summed(&self, base: &OneFactor, weights: &[(usize, f64)]) -> (Vec<f64>, f64) {
        let width = 2 * base.countries;
        let (mut nu, mut numeraire) = (vec![0.0; width], 0.0);
        for &(at, weight) in weights {
            let own = &self.nu[at * width..(at + 1) * width];
            nu.iter_mut().zip(own).for_each(|(sum, ν)| *sum += weight * ν);
            numeraire += weight * self.numeraire[at];
        }
        (nu, numeraire)
    }
}

impl Worth {
    /// What dollars are worth before anything clears: the objective's own values.
    pub(super) fn of_values(base: &OneFactor, values: &[OwnValue], spending: Vec<f64>) -> Self {
        let (n, s) = (base.countries, base.sectors);
        let (mut flow, mut revenue, mut price) = (vec![0.0; n * s], vec![0.0; n], vec![0.0; n]);
        for value in values {
            for sector in 0..s {
                flow[sector * n + value.country] += value.per_sales[sector];
            }
            revenue[value.country] += value.per_revenue;
            price[value.country] += value.per_log_price;
        }
        Self { flow, revenue, price, spending }
    }

    /// And what they are worth through wages and incomes.
    pub(super) fn add_multipliers(&mut self, base: &OneFactor, nu: &[f64]) {
        let n = base.countries;
        let (ν_wage, ν_spending) = nu.split_at(n);
        for (sellers, b) in self.flow.chunks_exact_mut(n).zip(&base.labour) {
            for ((value, w), x) in sellers.iter_mut().zip(ν_wage).zip(ν_spending) {
                *value += w * b + x * (1.0 - b);
            }
        }
        self.revenue.iter_mut().zip(ν_spending).for_each(|(value, x)| *value += x);
    }

    /// D of one market; `lost` is filled with q, what a dollar that no longer lands from each exporter gains.
    fn market(&self, base: &OneFactor, cleared: &Cleared, m: usize, lost: &mut [f64]) -> f64 {
        let (n, s) = (base.countries, base.sectors);
        let (importer, sector) = (m / s, m % s);
        self.lost(base, cleared, m, lost);
        let landed = &cleared.sales.landed()[m * n..(m + 1) * n];
        let spent = base.weight[m] * self.spending[importer];
        let mean: f64 = landed.iter().zip(lost).map(|(landed, q)| *q * landed).sum();
        let crowding = if spent > 0.0 { (base.sigma[sector] - 1.0) * mean / spent } else { 0.0 };
        crowding - self.price[importer] / self.spending[importer]
    }

    /// q of one market.
    pub(super) fn lost(&self, base: &OneFactor, cleared: &Cleared, m: usize, lost: &mut [f64]) {
        let (n, s) = (base.countries, base.sectors);
        let collected = self.revenue[m / s];
        let sellers = &self.flow[(m % s) * n..(m % s + 1) * n];
        lost.iter_mut().zip(sellers).for_each(|(q, value)| *q = collected - value);
        if cleared.sales.are_taxed() {
            for (k, q) in lost.iter_mut().enumerate() {
                let taxed = self.revenue[k];
                *q = collected - taxed + (taxed - sellers[k]) * (-cleared.log_tax(base, m * n + k)).exp();
            }
        }
    }
}

impl Pull {
    /// ∂F/∂ln(1+τ), or ∂F/∂ln(1+e), of the cell at the wedge `1 + τ` or `1 + e`.
    pub fn slope(&self, wedge: f64) -> f64 {
        self.weight * (self.gain - wedge * self.loss)
    }

    /// What the derivative falls by per log of the wedge where it vanishes, other things equal, taken with either sign of
    /// its terms: `weight (|gain| + wedge |loss|) / 2`.
    pub fn scale(&self, wedge: f64) -> f64 {
        0.5 * self.weight * (self.gain.abs() + wedge * self.loss.abs())
    }
}
