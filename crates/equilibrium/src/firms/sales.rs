//! What everyone sells to everyone at given wages and spending: one pass over the markets.

use super::accounts::OneFactor;
use crate::power::{exp, ln};

/// Shares, sales and duties at one point, by cell `(n·S + s)·N + i` or by market `n·S + s`.
#[derive(Debug, Clone, Default)]
pub struct Sales {
    /// λ′: share of the exporter in the market's spending.
    pub share: Vec<f64>,
    /// T′: what the exporter receives, before duty.
    pub flow: Vec<f64>,
    /// Σᵢ τ′T′: duties collected in the market.
    pub revenue: Vec<f64>,
    /// ln P̂ of the market.
    pub log_price: Vec<f64>,
}

/// What of a market does not move while wages do: γ·κ̂^(1−σ) and 1/(1+τ′), by cell.
#[derive(Debug, Clone)]
pub(super) struct Demand {
    pull: Vec<f64>,
    inverse_wedge: Vec<f64>,
}

impl Demand {
    pub(super) fn under(base: &OneFactor, log_wedge: &[f64]) -> Self {
        let (n, s) = (base.countries, base.sectors);
        let mut pull = Vec::with_capacity(log_wedge.len());
        let mut inverse_wedge = Vec::with_capacity(log_wedge.len());
        for m in 0..n * s {
            let elastic = 1.0 - base.sigma[m % s];
            let cells = m * n..(m + 1) * n;
            let wedges = &log_wedge[cells.clone()];
            let moved = wedges.iter().zip(&base.log_wedge[cells.clone()]);
            let share = &base.share[cells];
            pull.extend(moved.zip(share).map(|((new, old), γ)| γ * exp(elastic * (new - old))));
            inverse_wedge.extend(wedges.iter().map(|κ| exp(-κ)));
        }
        Self { pull, inverse_wedge }
    }
}

impl Sales {
    /// ```text
    /// P̂[n,s]^(1−σ) = Σᵢ γ[n,i,s] (ŵᵢ κ̂[n,i,s])^(1−σ)
    /// λ′[n,i,s]    = γ (ŵᵢ κ̂)^(1−σ) / P̂^(1−σ)
    /// T′[n,i,s]    = λ′ μ[n,s] X′[n] / (1+τ′)
    /// ```
    pub(super) fn at(base: &OneFactor, demand: &Demand, log_wage: &[f64], spending: &[f64]) -> Self {
        let (n, s) = (base.countries, base.sectors);
        let cells = n * n * s;
        let mut sales = Self {
            share: Vec::with_capacity(cells),
            flow: vec![0.0; cells],
            revenue: vec![0.0; n * s],
            log_price: vec![0.0; n * s],
        };
        // ŵᵢ^(1−σ), sector by sector.
        let cheapness: Vec<f64> =
            base.sigma.iter().flat_map(|σ| log_wage.iter().map(move |w| exp((1.0 - σ) * w))).collect();
        for m in 0..n * s {
            let (importer, sector) = (m / s, m % s);
            let cells = m * n..(m + 1) * n;
            let cheap = &cheapness[sector * n..(sector + 1) * n];
            let pulls = &demand.pull[cells.clone()];
            let total: f64 = pulls.iter().zip(cheap).map(|(pull, w)| pull * w).sum();
            // A market without spending has no price and collects nothing.
            if total == 0.0 {
                sales.share.extend(std::iter::repeat_n(0.0, n));
                continue;
            }
            let spent = base.weight[m] * spending[importer];
            sales.log_price[m] = ln(total) / (1.0 - base.sigma[sector]);
            let scale = 1.0 / total;
            sales.share.extend(pulls.iter().zip(cheap).map(|(pull, w)| pull * w * scale));
            let (shares, wedges) = (&sales.share[cells.clone()], &demand.inverse_wedge[cells.clone()]);
            for ((flow, λ), inverse) in sales.flow[cells.clone()].iter_mut().zip(shares).zip(wedges) {
                *flow = λ * spent * inverse;
            }
            sales.revenue[m] = spent - sales.flow[cells].iter().sum::<f64>();
        }
        sales
    }
}
