//! The evidence a solution brings: whether everything cleared, and what is furthest from it.

use std::fmt;
use std::time::Duration;

use terms::{CountryId, SectorId};

use crate::feedback::Feedback;

/// How a solve ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Every equation holds to the tolerance asked for.
    Cleared,
    /// The evaluations ran out first; `worst` is furthest from clearing.
    Stalled {
        /// The market with the largest relative excess.
        worst: Market,
    },
    /// The baseline itself is no resting point: costs fall with size so fast that firms would leave it by themselves
    /// ([`crate::Feedback`]). Nothing was solved, since an equilibrium beside it would tell what nobody would see.
    Unstable {
        /// The sector whose output would run off first.
        runs: Market,
    },
}

impl Status {
    /// Whether every market cleared.
    pub fn cleared(self) -> bool {
        self == Self::Cleared
    }
}

/// One equation of the system, by what is bought and sold in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Market {
    /// The country's factors: what sales earn against ŵ wL.
    Factors(CountryId),
    /// The sector's price index in a country against its sources' costs.
    Price(CountryId, SectorId),
    /// The sector's spending in a country against what its users buy.
    Goods(CountryId, SectorId),
    /// The sector's output in a country against what its costs were computed with.
    Output(CountryId, SectorId),
    /// The flow that a cap limits, by the cap's place in the question: its quantity against the cap.
    Licences(usize),
}

impl fmt::Display for Market {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Factors(n) => write!(f, "the factors of country {}", n.at()),
            Self::Price(n, s) => write!(f, "the price of sector {} in country {}", s.at(), n.at()),
            Self::Output(n, s) => write!(f, "the output of sector {} in country {}", s.at(), n.at()),
            Self::Licences(cap) => write!(f, "the flow under cap {cap}"),
            Self::Goods(n, s) => write!(f, "the demand for sector {} in country {}", s.at(), n.at()),
        }
    }
}

/// What stands behind a status.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Certificate {
    /// Largest relative excess over all equations.
    pub largest_excess: f64,
    /// Where it is.
    pub at: Market,
    /// Largest gap between a country's imports before duty less its deficit and its exports, over its
    /// income. By Walras' law it vanishes with the rest; it is computed on its own.
    pub walras: f64,
    /// Steps taken.
    pub iterations: usize,
    /// Evaluations of all equations.
    pub evaluations: usize,
    /// Largest difference of log wages from a solve that began elsewhere; none if none was asked for.
    pub second_start: Option<f64>,
    /// Under returns to scale, the largest product of a sector's trade elasticity and its scale elasticity, what it
    /// buys from itself solved out. At one or below a sector's firms settle in one way only; above one there may be
    /// several equilibria, and none may be near (Kucheryavyy, Lyn and Rodríguez-Clare 2023, *American Economic
    /// Journal: Macroeconomics* 15(2)). None under constant returns.
    pub strongest_returns: Option<f64>,
    /// How strongly firms draw firms in the baseline, everything else clearing; none where that is known to be at most
    /// one.
    pub feedback: Option<Feedback>,
    /// Time taken, where a door measured it: this room has no clock.
    pub elapsed: Option<Duration>,
}
