//! What clears when tariffs change: exact-hat systems, solvers, certificates, gradients.
//!
//! An [`economy::Economy`] comes in and becomes a [`Baseline`], once; questions to it are
//! [`Counterfactual`]s (other tariffs, other trade costs); a [`Solution`] goes out, with its [`Status`] and
//! [`Certificate`], and answers in `outcome/`, a file a question. All money is at unchanged world factor
//! income, the numeraire. Equations are numbered in `docs/method/equilibrium.md`.
//!
//! ```no_run
//! # use equilibrium::{Baseline, Counterfactual, Options, Settings, Status};
//! # fn of(world: &economy::Economy, war: terms::Cube<terms::Rate>, home: terms::CountryId)
//! # -> Result<(), diagnostic::Faults> {
//! let baseline = Baseline::of(world, &Options::default())?;
//! let solution = Counterfactual::of(&baseline).under(war).solve(&Settings::default())?;
//! match solution.status {
//!     Status::Cleared => println!("real income: {}", solution.real_income_hat(home)),
//!     Status::Stalled { worst } => println!("{worst} is furthest from clearing"),
//!     Status::Unstable { runs } => println!("{runs} would run off by itself: no base for changes"),
//! }
//! # Ok(())
//! # }
//! ```

// Symbols are those of the papers: γ beside y, α beside a.
#![allow(confusable_idents, mixed_script_confusables, uncommon_codepoints)]
// Equations run over indices that several arrays share.
#![allow(clippy::needless_range_loop)]

mod accounts;
mod anderson;
mod baseline;
mod block;
mod cost_form;
mod counterfactual;
mod dense;
mod entry_alone;
mod evidence;
mod feedback;
pub mod firms;
mod gradient;
mod home;
mod krylov;
mod layout;
#[cfg(test)]
mod made_up;
mod newton;
mod options;
mod outcome;
mod padded;
mod panel;
mod power;
mod precondition;
mod sector_blocks;
mod settings;
mod shock;
mod side_by_side;
mod solution;
mod solve;
mod solver;
mod sweep;
mod system;
mod tangent;
mod threads;
mod uncertainty;
mod unknowns;
mod wages_alone;
mod widest;

pub use accounts::Accounts;
pub use baseline::Baseline;
pub use counterfactual::Counterfactual;
pub use evidence::{Certificate, Market, Status};
pub use feedback::Feedback;
pub use firms::Pull;
pub use gradient::{Gradient, Gradients, Multipliers, Outcome};
pub use options::{Competition, Deficits, Labour, Links, Options, Revenue, Scale};
pub use outcome::{Diversion, Diverted, FirstOrder, Split, Traded, WorldMean};
pub use power::{exp, ln, power};
pub use settings::Settings;
pub use shock::{Cap, Rent};
pub use solution::Solution;
pub use solver::{Cleared, Solver};
pub use threads::in_order;
pub use uncertainty::{Band, Draws, Sequence, Spread, ensemble, ensemble_in_full};
