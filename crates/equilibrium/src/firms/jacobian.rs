//! How far wages and spending are from clearing, and how that moves with them: residuals and their derivatives.

use nalgebra::{DMatrix, DMatrixView, DVector};

use super::accounts::OneFactor;
use super::clear::Point;
use super::sales::{Demand, Sales};

/// The conditions of clearing, each divided by the country's own base wages or spending.
///
/// ```text
/// wages      wL[i] ŵ[i] = Σ_{n,s} b[s] T′[n,i,s]
/// spending   X[n] X̂[n]  = wL[n] ŵ[n] + Σ_{j,s} (1−b[s]) T′[j,n,s] + Σ_{i,s} τ′T′[n,i,s] + D′[n]
/// numeraire  Σ wL ŵ = Σ wL      in place of the wage condition of `anchor` (Walras)
/// ```
/// where b[s] is the wage share of sales: 1 − 1/σ with profits, 1 without.
pub(super) struct System<'a> {
    pub(super) base: &'a OneFactor,
    pub(super) demand: Demand,
    /// D′, in the money of the base.
    pub(super) deficit: Vec<f64>,
    /// The country whose wage condition follows from the others: the one with most wages.
    pub(super) anchor: usize,
}

/// Residuals at one point: the first `N` are wages (the anchor's holds the numeraire), the next `N` spending.
pub(super) struct Residual {
    pub(super) relative: DVector<f64>,
    /// The wage condition that was left out, as evidence.
    pub(super) walras: f64,
    pub(super) sales: Sales,
}

impl<'a> System<'a> {
    pub(super) fn new(base: &'a OneFactor, log_wedge: &[f64], deficit: Vec<f64>) -> Self {
        let most = |a: &usize, b: &usize| base.wages[*a].total_cmp(&base.wages[*b]);
        let anchor = (0..base.countries).max_by(most).unwrap_or(0);
        Self { base, demand: Demand::under(base, log_wedge), deficit, anchor }
    }

    pub(super) fn residual(&self, point: &Point) -> Residual {
        let base = self.base;
        let (n, s) = (base.countries, base.sectors);
        let spending = point.spending(base);
        let sales = Sales::at(base, &self.demand, &point.log_wage, &spending);
        let mut paid = vec![0.0; n];
        let mut profit = vec![0.0; n];
        let mut revenue = vec![0.0; n];
        for (m, market) in sales.flow.chunks_exact(n).enumerate() {
            let b = base.labour[m % s];
            revenue[m / s] += sales.revenue[m];
            for (i, flow) in market.iter().enumerate() {
                paid[i] += b * flow;
                profit[i] += (1.0 - b) * flow;
            }
        }
        let wages: Vec<f64> = (0..n).map(|i| base.wages[i] * point.log_wage[i].exp()).collect();
        let mut relative = DVector::zeros(2 * n);
        for i in 0..n {
            relative[i] = (wages[i] - paid[i]) / base.wages[i];
            let income = wages[i] + profit[i] + revenue[i] + self.deficit[i];
            relative[n + i] = (spending[i] - income) / base.spending[i];
        }
        let walras = relative[self.anchor];
        let world: f64 = base.wages.iter().sum();
        relative[self.anchor] = wages.iter().sum::<f64>() / world - 1.0;
        Residual { relative, walras, sales }
    }

    /// ∂ residual / ∂ (ln ŵ, ln X̂): `2N × 2N`, rows as in [`residual`](Self::residual).
    pub(super) fn jacobian(&self, point: &Point, sales: &Sales) -> DMatrix<f64> {
        let base = self.base;
        let (n, s) = (base.countries, base.sectors);
        let markets = n * s;
        let mut rows = DMatrix::zeros(2 * n, 2 * n);

        // Σ_m weight[m]·(1−σ)·T′[i,m]·λ′[k,m]: sales lost to k's cheaper wage, for both kinds of income.
        let substitution = |weight: &dyn Fn(usize) -> f64| {
            let mut scaled = DMatrix::from_column_slice(n, markets, &sales.flow);
            for (m, mut column) in scaled.column_iter_mut().enumerate() {
                column *= weight(m % s) * (1.0 - base.sigma[m % s]);
            }
            scaled * DMatrixView::from_slice(&sales.share, n, markets).transpose()
        };
        let wage_part = substitution(&|sector| base.labour[sector]);
        rows.view_mut((0, 0), (n, n)).copy_from(&wage_part);
        if base.labour.iter().any(|b| *b < 1.0) {
            let profit_part = substitution(&|sector| 1.0 - base.labour[sector]);
            rows.view_mut((n, 0), (n, n)).copy_from(&profit_part);
        }

        let spending = point.spending(base);
        for i in 0..n {
            let wage = base.wages[i] * point.log_wage[i].exp();
            rows[(i, i)] += wage;
            rows[(n + i, i)] -= wage;
            rows[(n + i, n + i)] += spending[i];
        }
        for m in 0..markets {
            let (importer, sector) = (m / s, m % s);
            let (b, σ) = (base.labour[sector], base.sigma[sector]);
            rows[(n + importer, n + importer)] -= sales.revenue[m];
            for k in 0..n {
                let cell = m * n + k;
                let flow = sales.flow[cell];
                // Own price: T′ moves by (1−σ) with the seller's wage.
                rows[(k, k)] -= b * (1.0 - σ) * flow;
                rows[(n + k, k)] -= (1.0 - b) * (1.0 - σ) * flow;
                // Spending of the importer scales every flow of the market.
                rows[(k, n + importer)] -= b * flow;
                rows[(n + k, n + importer)] -= (1.0 - b) * flow;
                // Duties follow the flows.
                let duty = sales.share[cell] * market_spending(base, &spending, m) - flow;
                rows[(n + importer, k)] -= (1.0 - σ) * (duty - sales.revenue[m] * sales.share[cell]);
            }
        }
        for i in 0..n {
            rows.row_mut(i).scale_mut(1.0 / base.wages[i]);
            rows.row_mut(n + i).scale_mut(1.0 / base.spending[i]);
        }
        let world: f64 = base.wages.iter().sum();
        rows.row_mut(self.anchor).fill(0.0);
        for i in 0..n {
            rows[(self.anchor, i)] = base.wages[i] * point.log_wage[i].exp() / world;
        }
        rows
    }
}

fn market_spending(base: &OneFactor, spending: &[f64], market: usize) -> f64 {
    base.weight[market] * spending[market / base.sectors]
}
