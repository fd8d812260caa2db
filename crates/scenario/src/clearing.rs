//! How well the equations hold, with markets by their codes.

use diagnostic::Diagnostic;
use economy::Economy;
use equilibrium::{Feedback, Market, Solution, Status};
use serde::Serialize;
use terms::CountryId;

/// The certificate of a solution, with markets by their codes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Clearing {
    /// `cleared`, `stalled`, or `unstable`.
    pub status: String,
    /// Largest relative excess in any equation.
    pub largest_excess: f64,
    /// Where it is.
    pub market: String,
    /// Walras residual: the redundant condition, computed on its own.
    pub walras: f64,
    /// Steps taken.
    pub iterations: usize,
    /// Evaluations of all equations.
    pub evaluations: usize,
    /// By how much the parts of real income (`tot_pct`, `vot_pct`, …) miss it at worst, points; none where it was
    /// not taken apart.
    pub split_gap_pp: Option<f64>,
    /// Sectors that have left (`ENE in CHE`): costs fall with size, and a firm that stayed would not earn its cost.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub exits: Vec<String>,
    /// Under returns to scale, the strongest product of returns and trade elasticity; above one several equilibria are
    /// possible.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub strongest_returns: Option<f64>,
    /// Under returns to scale with input links, by how much sales grow where firms grow by one, along the way that feeds
    /// itself most: the base rests below one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub feedback: Option<f64>,
}

impl Clearing {
    /// The certificate of `solution` in the words of `economy`.
    pub fn of(economy: &Economy, solution: &Solution) -> Self {
        let found = &solution.certificate;
        Self {
            status: match solution.status {
                Status::Cleared => "cleared".into(),
                Status::Stalled { .. } => "stalled".into(),
                Status::Unstable { .. } => "unstable".into(),
            },
            largest_excess: found.largest_excess,
            market: market(economy, found.at),
            walras: found.walras,
            iterations: found.iterations,
            evaluations: found.evaluations,
            split_gap_pp: None,
            exits: solution
                .exits()
                .map(|(n, s)| format!("{} in {}", economy.sector(s).code, economy.country(n).code))
                .collect(),
            strongest_returns: found.strongest_returns,
            feedback: found.feedback.map(|feedback| feedback.strongest),
        }
    }
}

/// A market by its codes: `the price of MVH in USA`.
pub(crate) fn market(economy: &Economy, market: Market) -> String {
    let country = |n: CountryId| &economy.country(n).code;
    match market {
        Market::Factors(n) => format!("the factors of {}", country(n)),
        Market::Price(n, s) => format!("the price of {} in {}", economy.sector(s).code, country(n)),
        Market::Goods(n, s) => format!("the demand for {} in {}", economy.sector(s).code, country(n)),
        Market::Output(n, s) => format!("the output of {} in {}", economy.sector(s).code, country(n)),
        Market::Licences(cap) => format!("the flow under cap {cap}"),
    }
}

/// The failure of a solve that did not clear, with the market that is furthest off, or of a base that does not rest.
pub(crate) fn stalled(economy: &Economy, solution: &Solution) -> Option<Diagnostic> {
    let found = &solution.certificate;
    match solution.status {
        Status::Cleared => None,
        Status::Stalled { worst } => Some(
            Diagnostic::error(
                "stalled",
                format!(
                    "no equilibrium was reached: {} is off by {:.1e}",
                    market(economy, worst),
                    found.largest_excess
                ),
            )
            .note(format!("{} evaluations were made", found.evaluations))
            .help("try smaller changes of tariffs, or another elasticity set"),
        ),
        Status::Unstable { .. } => found.feedback.map(|feedback| unstable(economy, &feedback)),
    }
}

/// The failure of a base that firms would leave by themselves.
pub(crate) fn unstable(economy: &Economy, feedback: &Feedback) -> Diagnostic {
    let (n, s) = feedback.at;
    Diagnostic::error(
        "unstable-base",
        format!(
            "the base is no resting point of this model: {} would run off by itself",
            market(economy, Market::Output(n, s))
        ),
    )
    .note(format!(
        "costs fall as sectors grow, and what they sell to each other grows with them: firms 1 % more sell {:.2} % more along the way that feeds itself most, so more follow",
        feedback.strongest
    ))
    .note("beside such an equilibrium, changes of tariffs say nothing of where firms would go")
    .help("tie workers to sectors (`--labour specific --kappa 1.5`), leave input links out (`--links no`), or take constant returns (`--market perfect`, without `--scale`)")
}
