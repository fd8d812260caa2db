//! How an answer leans on each sector's trade elasticity.

use economy::Economy;
use equilibrium::firms::FirmsError;
use equilibrium::{Baseline, Gradients, Outcome, Settings, Solution};
use serde::Serialize;
use terms::{Country, CountryId, Sector, SectorId};

use super::bands::Asked;
use super::firms::FirmsWorld;
use super::world::Totals;

/// What a higher elasticity of one sector would do to one country's real income.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ThetaRow {
    /// The country.
    pub country: Country,
    /// The sector.
    pub sector: Sector,
    /// Its θ.
    pub theta: f64,
    /// What ten per cent more of it adds to `real_income_pct`, points, by the slope at the answer.
    pub real_income_pp: f64,
}

/// The slopes of every country's real income by every θ, from the adjoint: one transposed system a country.
///
/// ```text
/// 100 Ŵ ∂ln W/∂θ[s] · θ[s]/10
/// ```
pub(super) fn thetas(
    economy: &Economy,
    (baseline, solution): (&Baseline, &Solution),
    threads: usize,
) -> Vec<ThetaRow> {
    let outcomes: Vec<Outcome> = economy.country_ids().map(Outcome::log_real_income).collect();
    let gradients = Gradients::at(baseline, solution).of_all(&outcomes, &[], threads, &Settings::default());
    let slopes: Vec<Vec<f64>> = gradients.iter().map(|gradient| gradient.by_thetas()).collect();
    let theta = &baseline.accounts().theta;
    rows(economy, theta, |n, s| solution.real_income_hat(n) * slopes[n.at()][s.at()])
}

/// By how much of itself θ is moved to either side: the error is of its square, 1e-6 of a slope.
const NUDGE: f64 = 1e-3;

/// The same where firms are fixed, by central differences: two worlds a sector say it for all countries at once. As a
/// draw does, another θ makes another base, in which markups and so wages differ.
///
/// # Errors
/// As [`FirmsWorld::of`].
pub(super) fn thetas_of_firms(asked: &Asked<'_>, theta: &[f64]) -> Result<Vec<ThetaRow>, FirmsError> {
    let deficits = asked.closure.firms_deficits();
    let mut slopes = Vec::with_capacity(theta.len());
    for s in 0..theta.len() {
        let at = |side: f64| {
            let mut moved = theta.to_vec();
            moved[s] *= 1.0 + side * NUDGE;
            FirmsWorld::of(asked.economy, &moved, deficits, asked.versus, asked.tariffs)
        };
        let (up, down) = (at(1.0)?, at(-1.0)?);
        let slope = |n| (up.real_income_hat(n) - down.real_income_hat(n)) / (2.0 * NUDGE * theta[s]);
        slopes.push(asked.economy.country_ids().map(slope).collect::<Vec<f64>>());
    }
    Ok(rows(asked.economy, theta, |n, s| slopes[s.at()][n.at()]))
}

/// One row for each country and sector; `slope` is ∂Ŵ/∂θ.
fn rows(economy: &Economy, theta: &[f64], slope: impl Fn(CountryId, SectorId) -> f64) -> Vec<ThetaRow> {
    let cells = economy.country_ids().flat_map(|n| economy.sector_ids().map(move |s| (n, s)));
    cells
        .map(|(n, s)| ThetaRow {
            country: economy.country(n).code.clone(),
            sector: economy.sector(s).code.clone(),
            theta: theta[s.at()],
            real_income_pp: 100.0 * slope(n, s) * theta[s.at()] / 10.0,
        })
        .collect()
}
