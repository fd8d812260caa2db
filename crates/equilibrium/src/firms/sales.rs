//! What everyone sells to everyone at given wages and spending: one pass over the markets.

use std::ops::Range;

use super::accounts::OneFactor;
use crate::power::{exp, ln};
use crate::threads::{each_in_order, in_order};
use crate::widest::widest;

/// Shares, sales and duties at one point, by cell `(n·S + s)·N + i` or by market `n·S + s`.
#[derive(Debug, Clone, Default)]
pub struct Sales {
    /// λ′: share of the exporter in the market's spending.
    pub share: Vec<f64>,
    /// T′: what the exporter's producers receive.
    pub flow: Vec<f64>,
    /// V′ = (1+e′) T′: the value at the border, before duty; empty where no one taxes exports and it is T′.
    pub(super) taxed: Vec<f64>,
    /// Σᵢ τ′V′: duties collected in the market.
    pub revenue: Vec<f64>,
    /// ln P̂ of the market.
    pub log_price: Vec<f64>,
}

/// What of a market does not move while wages do, by cell.
#[derive(Debug, Clone)]
pub(super) struct Demand {
    /// γ κ̂^(1−σ): what draws spending; κ̂ holds the exporter's tax as well.
    pull: Vec<f64>,
    /// The same over (1+τ′)(1+e′): what of it the exporter's producers receive.
    receipt: Vec<f64>,
    /// The same over 1+τ′: what of it reaches the border; empty where no one taxes exports.
    border: Vec<f64>,
}

/// Who earns what at one point, by country, without the cells it comes from.
pub(super) struct Earnings {
    /// Wages paid out of sales.
    pub(super) wages: Vec<f64>,
    /// Profits.
    pub(super) profits: Vec<f64>,
    /// Duties and export taxes.
    pub(super) revenue: Vec<f64>,
}

impl Demand {
    /// `log_wedge` holds ln(1+τ′) by cell and, where anyone taxes exports, ln(1+e′) by cell after them.
    pub(super) fn under(base: &OneFactor, log_wedge: &[f64], threads: usize) -> Self {
        let (log_wedge, log_tax) = log_wedge.split_at(base.cells());
        if log_tax.iter().all(|x| *x == 0.0) {
            return Self::of_duties(base, log_wedge, threads);
        }
        let both: Vec<f64> = log_wedge.iter().zip(log_tax).map(|(κ, x)| κ + x).collect();
        let Self { pull, receipt, .. } = Self::of_duties(base, &both, threads);
        let border = receipt.iter().zip(log_tax).map(|(receipt, x)| receipt * exp(*x)).collect();
        Self { pull, receipt, border }
    }

    fn of_duties(base: &OneFactor, log_wedge: &[f64], threads: usize) -> Self {
        let (mut pull, mut receipt) = (vec![0.0; base.cells()], vec![0.0; base.cells()]);
        let (each, cells) = shared_out(base, threads);
        let arrays = pull.chunks_mut(cells).zip(receipt.chunks_mut(cells)).enumerate();
        let parts = arrays.map(|(k, (pull, receipt))| (k * each, pull, receipt)).collect();
        each_in_order(threads, parts, |(from, pull, receipt)| {
            drawn_over(base, log_wedge, from, pull, receipt);
        });
        Self { pull, receipt, border: Vec::new() }
    }

    /// What everyone earns: every cell is met, none is kept.
    ///
    /// ```text
    /// P̂[n,s]^(1−σ) = Σᵢ γ[n,i,s] (ŵᵢ κ̂[n,i,s])^(1−σ)
    /// V′[n,i,s]    = γ (ŵᵢ κ̂)^(1−σ) / P̂^(1−σ) · μ[n,s] X′[n] / (1+τ′),   T′ = V′ / (1+e′)
    /// ```
    /// κ̂ is the change of (1+τ)(1+e); the importer collects τ′V′, the exporter e′T′.
    pub(super) fn earnings(
        &self,
        base: &OneFactor,
        log_wage: &[f64],
        spending: &[f64],
        threads: usize,
    ) -> Earnings {
        let (n, s) = (base.countries, base.sectors);
        let cheapness = cheapness(base, log_wage);
        // Always in two halves, so that sums are the same on one thread as on two.
        let halves = in_order(threads, &[0..n / 2 * s, n / 2 * s..n * s], |markets| {
            // By sector and exporter first, so that wage shares are applied once.
            let (mut sold, mut revenue) = (vec![0.0; n * s], vec![0.0; n]);
            earned_over(base, self, &cheapness, spending, markets.clone(), &mut sold, &mut revenue);
            (sold, revenue)
        });
        let (mut sold, mut revenue) = (vec![0.0; n * s], vec![0.0; n]);
        for (half_sold, half_revenue) in &halves {
            sold.iter_mut().zip(half_sold).for_each(|(sum, half)| *sum += half);
            revenue.iter_mut().zip(half_revenue).for_each(|(sum, half)| *sum += half);
        }
        let (mut wages, mut profits) = (vec![0.0; n], vec![0.0; n]);
        for sector in 0..s {
            let b = base.labour[sector];
            for i in 0..n {
                let sales = sold[sector * n + i] * cheapness[sector * n + i];
                wages[i] += b * sales;
                profits[i] += (1.0 - b) * sales;
            }
        }
        Earnings { wages, profits, revenue }
    }
}

/// Markets a thread is given, whole importers of them, and their cells.
fn shared_out(base: &OneFactor, threads: usize) -> (usize, usize) {
    let markets = base.countries.div_ceil(threads.max(1)).max(1) * base.sectors;
    (markets, (markets * base.countries).max(1))
}

widest! {
    /// What draws spending and what of it producers receive, in the markets from `from` on.
    fn drawn_over(
        base: &OneFactor, log_wedge: &[f64], from: usize, pull: &mut [f64], receipt: &mut [f64]
    ) {
        let (n, s) = (base.countries, base.sectors);
        for (at, (pull, receipt)) in pull.chunks_exact_mut(n).zip(receipt.chunks_exact_mut(n)).enumerate() {
            let m = from + at;
            let elastic = 1.0 - base.sigma[m % s];
            let home = m / s;
            let wedges = &log_wedge[m * n..(m + 1) * n];
            let appeal = &base.appeal[m * n..(m + 1) * n];
            let common = wedges[if home == 0 { n - 1 } else { 0 }];
            if wedges.iter().enumerate().all(|(i, κ)| *κ == common || i == home) {
                // One duty for all partners needs one power.
                let (drawn, kept) = (exp(elastic * common), exp(-common));
                for (k, a) in appeal.iter().enumerate() {
                    pull[k] = a * drawn;
                    receipt[k] = a * drawn * kept;
                }
                pull[home] = appeal[home] * exp(elastic * wedges[home]);
                receipt[home] = pull[home] * exp(-wedges[home]);
            } else {
                for (k, (a, κ)) in appeal.iter().zip(wedges).enumerate() {
                    pull[k] = a * exp(elastic * κ);
                    receipt[k] = pull[k] * exp(-κ);
                }
            }
        }
    }
}

widest! {
    /// What each sector and exporter has sold over its cheapness, and each country's duties and export taxes, in some
    /// markets.
    fn earned_over(
        base: &OneFactor,
        demand: &Demand,
        cheapness: &[f64],
        spending: &[f64],
        markets: Range<usize>,
        sold: &mut [f64],
        revenue: &mut [f64],
    ) {
        let (n, s) = (base.countries, base.sectors);
        for m in markets {
            let (importer, sector) = (m / s, m % s);
            let cheap = &cheapness[sector * n..(sector + 1) * n];
            let total = dot(&demand.pull[m * n..(m + 1) * n], cheap);
            if total > 0.0 {
                let spent = base.weight[m] * spending[importer];
                let scale = spent / total;
                let receipt = &demand.receipt[m * n..(m + 1) * n];
                if demand.border.is_empty() {
                    revenue[importer] += spent - scale * dot(receipt, cheap);
                } else {
                    let border = &demand.border[m * n..(m + 1) * n];
                    revenue[importer] += spent - scale * dot(border, cheap);
                    for (i, (border, receipt)) in border.iter().zip(receipt).enumerate() {
                        revenue[i] += scale * (border - receipt) * cheap[i];
                    }
                }
                let by = &mut sold[sector * n..(sector + 1) * n];
                by.iter_mut().zip(receipt).for_each(|(sum, receipt)| *sum += scale * receipt);
            }
        }
    }
}

impl Sales {
    /// Every cell of [`Demand::earnings`].
    pub(super) fn at(
        base: &OneFactor,
        demand: &Demand,
        log_wage: &[f64],
        spending: &[f64],
        threads: usize,
    ) -> Self {
        let (each, cells) = shared_out(base, threads);
        let mut sales = Self {
            share: vec![0.0; base.cells()],
            flow: vec![0.0; base.cells()],
            taxed: vec![0.0; demand.border.len()],
            revenue: vec![0.0; base.countries * base.sectors],
            log_price: vec![0.0; base.countries * base.sectors],
        };
        let cheapness = cheapness(base, log_wage);
        let mut taxed = sales.taxed.chunks_mut(cells);
        let markets = sales.revenue.chunks_mut(each).zip(sales.log_price.chunks_mut(each));
        let arrays = sales.share.chunks_mut(cells).zip(sales.flow.chunks_mut(cells)).zip(markets);
        let parts = arrays.enumerate().map(|(k, ((share, flow), (revenue, log_price)))| SomeSales {
            from: k * each,
            share,
            flow,
            taxed: taxed.next().unwrap_or_default(),
            revenue,
            log_price,
        });
        each_in_order(threads, parts.collect(), |part| sold_over(base, demand, &cheapness, spending, part));
        sales
    }

    /// V′: values at the border, before duty, by cell.
    pub fn landed(&self) -> &[f64] {
        if self.taxed.is_empty() { &self.flow } else { &self.taxed }
    }

    /// Whether anyone taxes exports.
    pub(super) fn are_taxed(&self) -> bool {
        !self.taxed.is_empty()
    }
}

/// [`Sales`] in the markets from `from` on.
struct SomeSales<'a> {
    from: usize,
    share: &'a mut [f64],
    flow: &'a mut [f64],
    taxed: &'a mut [f64],
    revenue: &'a mut [f64],
    log_price: &'a mut [f64],
}

widest! {
    /// The cells of some markets, from noughts.
    fn sold_over(
        base: &OneFactor, demand: &Demand, cheapness: &[f64], spending: &[f64], part: SomeSales<'_>
    ) {
        let (n, s) = (base.countries, base.sectors);
        let SomeSales { from, share, flow, taxed, revenue, log_price } = part;
        for at in 0..revenue.len() {
            let m = from + at;
            let (importer, sector) = (m / s, m % s);
            let (own, cells) = (at * n..(at + 1) * n, m * n..(m + 1) * n);
            let cheap = &cheapness[sector * n..(sector + 1) * n];
            let pull = &demand.pull[cells.clone()];
            let total = dot(pull, cheap);
            // A market without spending has no price and collects nothing.
            if total == 0.0 {
                continue;
            }
            let spent = base.weight[m] * spending[importer];
            let scale = spent / total;
            log_price[at] = ln(total) / (1.0 - base.sigma[sector]);
            let receipt = &demand.receipt[cells.clone()];
            for (to, (pull, w)) in share[own.clone()].iter_mut().zip(pull.iter().zip(cheap)) {
                *to = pull * w / total;
            }
            for (to, (receipt, w)) in flow[own.clone()].iter_mut().zip(receipt.iter().zip(cheap)) {
                *to = receipt * w * scale;
            }
            let mut border = receipt;
            if !demand.border.is_empty() {
                border = &demand.border[cells];
                for (to, (border, w)) in taxed[own].iter_mut().zip(border.iter().zip(cheap)) {
                    *to = border * w * scale;
                }
            }
            revenue[at] = spent - scale * dot(border, cheap);
        }
    }
}

/// ŵᵢ^(1−σ), sector by sector.
fn cheapness(base: &OneFactor, log_wage: &[f64]) -> Vec<f64> {
    base.sigma.iter().flat_map(|σ| log_wage.iter().map(move |w| exp((1.0 - σ) * w))).collect()
}

/// Σ a b in four strands, so that additions overlap; always in the same order.
#[inline(always)]
fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut strands = [0.0; 4];
    let (a4, a1) = a.as_chunks::<4>();
    let (b4, b1) = b.as_chunks::<4>();
    for (a, b) in a4.iter().zip(b4) {
        for k in 0..4 {
            strands[k] += a[k] * b[k];
        }
    }
    let rest: f64 = a1.iter().zip(b1).map(|(a, b)| a * b).sum();
    (strands[0] + strands[1]) + (strands[2] + strands[3]) + rest
}
