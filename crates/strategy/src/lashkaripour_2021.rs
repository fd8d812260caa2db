//! The tariff war by formula: each country's one rate is the inverse of the elasticity of demand for its exports.
//!
//! # Source
//! Lashkaripour (2021), "The cost of a global tariff war: a sufficient-statistics approach", *Journal of
//! International Economics* 131, equations 6, 7 and 14; as coded in the public package `tariffwar`.

use equilibrium::firms::{Cleared, ClearingSettings, Deficits, OneFactor};
use terms::{CountryId, SectorId};

use crate::anderson::Anderson;
use crate::play::{PlaySettings, PlayStatus};
use crate::tariff_game::StrategyError;

/// Where the formula war comes to rest.
#[derive(Debug, Clone)]
pub struct FormulaWar {
    /// ln(1+τ) of each country's one rate.
    pub log_wedge: Vec<f64>,
    /// What clears there.
    pub cleared: Cleared,
    /// How the iteration ended.
    pub status: PlayStatus,
    /// Moves made.
    pub moves: usize,
}

/// The war in which every country charges all others, on everything, services included, the rate of the formula.
///
/// ```text
/// 1 + τ[i] = 1 + 1/max(A[i], 1)
/// A[i]     = Σₛ (σ[s]−1) Σ_{n≠i} χ[n,i,s] (1 − λ′[n,i,s])
/// ```
/// χ is the flow's share in `i`'s exports before duty; the rate is capped at 100 %. The formula is no best reply: it
/// holds foreign wages and incomes fixed. [`war`](crate::war) with one rate per country is the exact counterpart, and
/// the difference between the two is worth reporting.
///
/// # Errors
/// [`StrategyError::NotCleared`] when nothing clears.
pub fn formula_war(base: &OneFactor, settings: &PlaySettings) -> Result<FormulaWar, StrategyError> {
    let n = base.countries();
    let clearing = ClearingSettings::default();
    let mut anderson = Anderson::new(settings.depth);
    let mut x = vec![0.0; n];
    let mut near: Option<Cleared> = None;
    let mut moves = 0;
    loop {
        let wedges = one_rate_each(base, &x);
        let cleared = base.clear(&wedges, Deficits::Removed, near.as_ref(), &clearing)?;
        let step: Vec<f64> = formula(base, &cleared).iter().zip(&x).map(|(to, x)| to - x).collect();
        let size = step.iter().fold(0.0, |worst: f64, f| worst.max(f.abs()));
        if size <= settings.tolerance || moves == settings.max_moves {
            let status =
                if size <= settings.tolerance { PlayStatus::AtRest } else { PlayStatus::Moving(size) };
            return Ok(FormulaWar { log_wedge: x, cleared, status, moves });
        }
        x = anderson.next(&x, &step);
        x.iter_mut().for_each(|x| *x = x.clamp(0.0, 2.0_f64.ln()));
        near = Some(cleared);
        moves += 1;
    }
}

/// The wedges when country `n` charges `log_wedge[n]` on everything foreign.
pub fn one_rate_each(base: &OneFactor, log_wedge: &[f64]) -> Vec<f64> {
    let rate = |cell| {
        let (n, i, _) = base.place(cell);
        if n == i { 0.0 } else { log_wedge[n.at()] }
    };
    (0..base.log_wedges().len()).map(rate).collect()
}

/// ln(1+τ) of the formula at one point.
fn formula(base: &OneFactor, cleared: &Cleared) -> Vec<f64> {
    let countries = CountryId::all(base.countries());
    countries
        .clone()
        .map(|i| {
            let (mut exports, mut elasticity) = (0.0, 0.0);
            for n in countries.clone().filter(|n| *n != i) {
                for s in SectorId::all(base.sectors()) {
                    let cell = base.cell(n, i, s);
                    let flow = cleared.sales.flow[cell];
                    exports += flow;
                    elasticity += (base.sigma()[s.at()] - 1.0) * flow * (1.0 - cleared.sales.share[cell]);
                }
            }
            (1.0 + 1.0 / (elasticity / exports).max(1.0)).ln()
        })
        .collect()
}
