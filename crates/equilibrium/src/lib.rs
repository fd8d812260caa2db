//! What clears when tariffs change: exact-hat systems, solvers, certificates, gradients.

// The symbols of the papers: σ, μ, λ keep their shape in formulas.
#![allow(mixed_script_confusables)]

pub mod firms;
