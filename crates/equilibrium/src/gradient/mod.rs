//! Exact gradients of outcomes with respect to every tariff and trade cost of the world.
//!
//! [`Gradients::at`] linearises the system at a solution once. [`Gradients::of`] then solves one transposed
//! system for an [`Outcome`], which costs about as much as one equilibrium whatever the number of
//! instruments, and gives a [`Gradient`] that reads off the slope by each of them, cell by cell;
//! [`Gradients::of_all`] does it for many outcomes together, [`Gradients::one_step`] one step of the way.
//!
//! ```no_run
//! # use equilibrium::{Baseline, Gradients, Outcome, Settings, Solution};
//! # use terms::{CountryId, SectorId};
//! # fn of(baseline: &Baseline, solution: &Solution, us: CountryId, china: CountryId, chips: SectorId) {
//! let gradients = Gradients::at(baseline, solution);
//! let gradient = gradients.of(&Outcome::log_real_income(us), &Settings::default());
//! let slope = gradient.by_tariff(us, china, chips); // d ln W[USA] / d τ[USA, CHN, chips]
//! # }
//! ```

mod adjoint;
mod caps;
mod elasticities;
mod multipliers;
mod outcome;
mod slopes;
mod together;

pub use adjoint::Gradients;
use caps::CapGradients;
pub use multipliers::Multipliers;
pub use outcome::Outcome;
pub use slopes::Gradient;
