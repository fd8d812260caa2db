//! What a truce can be asked wrongly.

use terms::Country;

/// Why the slack of a truce cannot be computed.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum TruceError {
    /// Not a discount factor.
    #[error("patience {0} per month is outside [0, 1): 0.996 is five per cent a year")]
    Patience(f64),
    /// A payoff that is not a finite number.
    #[error("a payoff of {0} is not a number")]
    NotANumber(Country),
    /// A lag that is not a positive number of months.
    #[error("the detection lag is {0} months; it must be above zero")]
    Lag(f64),
    /// A punishment that is not a positive number of months.
    #[error("the punishment lasts {0} months; it must be above zero, or for ever")]
    Length(f64),
    /// Odds that are no share.
    #[error("the odds of an extension are {0}; write a share between 0 and 1")]
    Odds(f64),
    /// Odds of branches that leave something out, or count something twice.
    #[error("the odds sum to {0}; they must sum to one, so say what becomes of the rest")]
    OddsSum(f64),
    /// A window without days.
    #[error("a window of {0} days is none")]
    Window(i64),
    /// A pair of packages that the matrix does not have.
    #[error("the matrix has no cell at row {0}, column {1}")]
    NoSuchCell(usize, usize),
    /// A day on or after the deadline.
    #[error("{day} is not before the deadline {deadline}")]
    PastDeadline {
        /// The day asked about.
        day: terms::Day,
        /// The first day without the truce.
        deadline: terms::Day,
    },
}
