//! Hats as the tables say them.

/// A hat x̂ = x′/x as a change in per cent: `1.25` is 25.
pub(crate) fn percent(hat: f64) -> f64 {
    100.0 * (hat - 1.0)
}
