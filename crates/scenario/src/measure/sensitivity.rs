//! How an answer leans on each sector's trade elasticity.

use diagnostic::{Diagnostic, Faults};
use economy::Economy;
use equilibrium::{Baseline, Gradients, Outcome, Settings, Solution};
use serde::Serialize;
use terms::{Country, Sector};

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
///
/// # Errors
/// `impossible-closure` with fixed firms, which have no such slopes here.
pub(super) fn thetas(
    economy: &Economy,
    solved: Option<(&Baseline, &Solution)>,
    threads: usize,
) -> Result<Vec<ThetaRow>, Faults> {
    let Some((baseline, solution)) = solved else {
        return Err(Diagnostic::error(
            "impossible-closure",
            "slopes by θ are asked for, and fixed firms have none here",
        )
        .note("draws tell how the answer leans on elasticities in every closure")
        .help("leave `--detail thetas` out, or say `--market perfect`")
        .into());
    };
    let outcomes: Vec<Outcome> = economy.country_ids().map(Outcome::log_real_income).collect();
    let gradients = Gradients::at(baseline, solution).of_all(&outcomes, &[], threads, &Settings::default());
    let mut rows = Vec::with_capacity(economy.countries().len() * economy.sectors().len());
    for (n, gradient) in economy.country_ids().zip(&gradients) {
        let level = solution.real_income_hat(n);
        for (s, slope) in economy.sector_ids().zip(gradient.by_thetas()) {
            let θ = baseline.accounts().theta[s.at()];
            rows.push(ThetaRow {
                country: economy.country(n).code.clone(),
                sector: economy.sector(s).code.clone(),
                theta: θ,
                real_income_pp: 100.0 * level * slope * θ / 10.0,
            });
        }
    }
    Ok(rows)
}
