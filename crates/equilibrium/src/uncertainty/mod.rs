//! How sure a number is: draws of the trade elasticities, and the bands they give.
//!
//! [`Draws`] turn a central θ by sector into many, by a stated distribution and a seed; [`ensemble`] asks one
//! question under each of them, on as many threads as the caller grants and with the same digits for any number;
//! [`Band`] sums up what comes back. Published sets side by side are an ensemble as well: one draw a set.

mod band;
mod draws;
mod ensemble;
mod normal;

pub use band::Band;
pub use draws::{Draws, Sequence, Spread};
pub use ensemble::{ensemble, ensemble_in_full};
