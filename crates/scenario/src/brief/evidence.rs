//! How the numbers were made.

use serde::Serialize;

/// What a term on the page means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Definition {
    /// The term.
    pub term: String,
    /// Its meaning, in a sentence.
    pub meaning: String,
}

/// How the numbers were made.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Evidence {
    /// The economy: name, title, source.
    pub economy: String,
    /// Which weights the weighted rates use.
    pub weights: String,
    /// Model and closure in words.
    pub model: String,
    /// The elasticity sets behind the bands; the first makes the central number.
    pub elasticity_sets: Vec<String>,
    /// How many equilibria were solved.
    pub solves: usize,
    /// Whether every one of them cleared.
    pub all_cleared: bool,
    /// Largest relative excess demand over all solves.
    pub worst_residual: f64,
    /// The market where it is.
    pub worst_market: String,
    /// Largest relative Walras residual: the redundant condition, computed and never assumed.
    pub walras_residual: f64,
    /// Evaluations of the system in the costliest solve.
    pub evaluations: usize,
    /// What is simplified here, in sentences.
    pub caveats: Vec<String>,
}
