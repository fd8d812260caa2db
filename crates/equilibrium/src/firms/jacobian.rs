//! How far wages and spending are from clearing, and how that moves with them: residuals and their derivatives.

use nalgebra::{DMatrix, DMatrixView};

use super::accounts::OneFactor;
use super::clear::Point;
use super::sales::{Demand, Sales};
use crate::power::exp;
use crate::threads::in_order;
use crate::widest::widest;

/// The conditions of clearing, each divided by the country's own base wages or spending.
///
/// ```text
/// wages      wL[i] ŵ[i] = Σ_{n,s} b[s] T′[n,i,s]
/// spending   X[n] X̂[n]  = wL[n] ŵ[n] + Σ_{j,s} (1−b[s]+e′) T′[j,n,s] + Σ_{i,s} τ′V′[n,i,s] + D′[n]
/// numeraire  Σ wL ŵ = Σ wL      in place of the wage condition of `anchor` (Walras)
/// ```
/// where b[s] is the wage share of sales: 1 − 1/σ with profits, 1 without; e′ is the export tax, V′ = (1+e′)T′.
pub(super) struct System<'a> {
    pub(super) base: &'a OneFactor,
    pub(super) demand: Demand,
    /// D′, in the money of the base.
    pub(super) deficit: Vec<f64>,
    /// The country whose wage condition follows from the others: the one with most wages.
    pub(super) anchor: usize,
    /// Among how many threads passes over all markets are shared out.
    threads: usize,
}

/// Residuals at one point: the first `N` are wages (the anchor's holds the numeraire), the next `N` spending.
pub(super) struct Residual {
    pub(super) relative: Vec<f64>,
    /// The wage condition that was left out, as evidence.
    pub(super) walras: f64,
}

impl<'a> System<'a> {
    pub(super) fn new(base: &'a OneFactor, log_wedge: &[f64], deficit: Vec<f64>, threads: usize) -> Self {
        Self { base, demand: Demand::under(base, log_wedge, threads), deficit, anchor: anchor(base), threads }
    }

    pub(super) fn residual(&self, point: &Point) -> Residual {
        let base = self.base;
        let n = base.countries;
        let spending = point.spending(base);
        let earned = self.demand.earnings(base, &point.log_wage, &spending, self.threads);
        let wages: Vec<f64> = (0..n).map(|i| base.wages[i] * exp(point.log_wage[i])).collect();
        let mut relative = vec![0.0; 2 * n];
        for i in 0..n {
            relative[i] = (wages[i] - earned.wages[i]) / base.wages[i];
            let income = wages[i] + earned.profits[i] + earned.revenue[i] + self.deficit[i];
            relative[n + i] = (spending[i] - income) / base.spending[i];
        }
        let walras = relative[self.anchor];
        let world: f64 = base.wages.iter().sum();
        relative[self.anchor] = wages.iter().sum::<f64>() / world - 1.0;
        Residual { relative, walras }
    }

    /// Every cell at one point.
    pub(super) fn sales(&self, point: &Point) -> Sales {
        Sales::at(self.base, &self.demand, &point.log_wage, &point.spending(self.base), self.threads)
    }
}

/// The country with most wages.
pub(super) fn anchor(base: &OneFactor) -> usize {
    let most = |a: &usize, b: &usize| base.wages[*a].total_cmp(&base.wages[*b]);
    (0..base.countries).max_by(most).unwrap_or(0)
}

/// ∂ residual / ∂ (ln ŵ, ln X̂): `2N × 2N`, row-major, rows as in [`System::residual`].
pub(super) fn jacobian(base: &OneFactor, point: &Point, sales: &Sales, threads: usize) -> Vec<f64> {
    let (n, s) = (base.countries, base.sectors);
    let (markets, width) = (n * s, 2 * n);
    let spending = point.spending(base);
    // Rows first hold what moves with each unknown by column: `columns[u·2N + row]`.
    let mut columns = vec![0.0; width * width];
    // Σ_m (1−σ) b T′[i,m] λ′[k,m]: sales won when k's wage rises, as wages, and as profits and export taxes.
    let wages = |b: f64, σ: f64, flow: f64, _: f64| b * (1.0 - σ) * flow;
    substitution(base, sales, wages, threads, &mut columns, 0);
    if sales.are_taxed() || base.labour.iter().any(|b| *b < 1.0) {
        let kept = |b: f64, σ: f64, flow: f64, landed: f64| {
            (1.0 - b) * (1.0 - σ) * flow + (1.0 - σ) * (landed - flow)
        };
        substitution(base, sales, kept, threads, &mut columns, n);
    }
    let mut own = vec![0.0; width];
    by_spending(base, &spending, sales, &mut columns, &mut own);
    for k in 0..n {
        let wage = base.wages[k] * exp(point.log_wage[k]);
        columns[k * width + k] += wage - own[k];
        columns[k * width + n + k] -= wage + own[n + k];
    }
    debug_assert_eq!(markets * n, sales.flow.len());
    let world: f64 = base.wages.iter().sum();
    let anchor = anchor(base);
    let mut rows = vec![0.0; width * width];
    for row in 0..width {
        let scale = if row < n { 1.0 / base.wages[row] } else { 1.0 / base.spending[row - n] };
        for (unknown, cell) in rows[row * width..(row + 1) * width].iter_mut().enumerate() {
            *cell = scale * columns[unknown * width + row];
        }
    }
    let numeraire = &mut rows[anchor * width..(anchor + 1) * width];
    numeraire.fill(0.0);
    for (k, cell) in numeraire[..n].iter_mut().enumerate() {
        *cell = base.wages[k] * exp(point.log_wage[k]) / world;
    }
    rows
}

widest! {
    /// Adds what an importer's spending and its duties on each seller move, and sums what every seller's own price moves:
    /// the first `N` of `own` are wages, the next profits and export taxes.
    fn by_spending(base: &OneFactor, spending: &[f64], sales: &Sales, columns: &mut [f64], own: &mut [f64]) {
        let (n, s) = (base.countries, base.sectors);
        let width = 2 * n;
        let (own_wages, own_kept) = own.split_at_mut(n);
        let mut duties = vec![0.0; n];
        for importer in 0..n {
            duties.fill(0.0);
            let mut collected = 0.0;
            let column = &mut columns[(n + importer) * width..(n + importer + 1) * width];
            let (to_wages, to_spending) = column.split_at_mut(n);
            for sector in 0..s {
                let m = importer * s + sector;
                let (b, σ) = (base.labour[sector], base.sigma[sector]);
                let spent = base.weight[m] * spending[importer];
                let revenue = sales.revenue[m];
                collected += revenue;
                let flows = &sales.flow[m * n..(m + 1) * n];
                let shares = &sales.share[m * n..(m + 1) * n];
                let landed = &sales.landed()[m * n..(m + 1) * n];
                for k in 0..n {
                    let (flow, landed, λ) = (flows[k], landed[k], shares[k]);
                    // Own price: T′ moves by (1−σ) with the seller's wage. What is not wages is profit and export tax.
                    let kept = (1.0 - b) * flow + (landed - flow);
                    own_wages[k] += b * (1.0 - σ) * flow;
                    own_kept[k] += (1.0 - b) * (1.0 - σ) * flow + (1.0 - σ) * (landed - flow);
                    // Spending of the importer scales every flow of the market.
                    to_wages[k] -= b * flow;
                    to_spending[k] -= kept;
                    // Duties follow the flows.
                    duties[k] -= (1.0 - σ) * (λ * spent - landed - revenue * λ);
                }
            }
            to_spending[importer] += spending[importer] - collected;
            for (k, duty) in duties.iter().enumerate() {
                columns[k * width + n + importer] += duty;
            }
        }
    }
}

/// Adds Σ_m part[i,m] λ′[k,m] to row `from + i` of column `k`; `part` of b, σ, T′ and V′ is 1 − σ times the value meant.
fn substitution(
    base: &OneFactor,
    sales: &Sales,
    part: impl Fn(f64, f64, f64, f64) -> f64,
    threads: usize,
    columns: &mut [f64],
    from: usize,
) {
    let (n, s) = (base.countries, base.sectors);
    let mut scaled = vec![0.0; sales.flow.len()];
    let flows = sales.flow.chunks_exact(n).zip(sales.landed().chunks_exact(n));
    for (m, (parts, (flows, landed))) in scaled.chunks_exact_mut(n).zip(flows).enumerate() {
        let (b, σ) = (base.labour[m % s], base.sigma[m % s]);
        for (to, (flow, landed)) in parts.iter_mut().zip(flows.iter().zip(landed)) {
            *to = part(b, σ, *flow, *landed);
        }
    }
    let markets = n * s;
    // Rows lie one after another, so the views stride: nothing is copied. Every sum runs over the markets in the same
    // order, whichever columns a thread is given.
    let share = DMatrixView::from_slice_with_strides(&sales.share, markets, n, n, 1);
    let parts = DMatrixView::from_slice(&scaled, n, markets);
    // A narrow product is made by other means, with other digits: no thread is given less than sixteen columns.
    let count = threads.min(n / 16).max(1);
    let blocks: Vec<(usize, usize)> =
        (0..count).map(|k| (k * n / count, (k + 1) * n / count - k * n / count)).collect();
    let products =
        in_order(threads, &blocks, |(k, width)| -> DMatrix<f64> { parts * share.columns(*k, *width) });
    let sums = products.iter().flat_map(|product| product.as_slice().chunks_exact(n));
    for (k, column) in sums.enumerate() {
        for (to, value) in columns[k * 2 * n + from..k * 2 * n + from + n].iter_mut().zip(column) {
            *to += value;
        }
    }
}
