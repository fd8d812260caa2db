//! How much next month counts.

use serde::Serialize;

use super::TruceError;

/// How much next month counts beside this one: the discount factor δ per month, in `[0, 1)`.
///
/// ```
/// # use strategy::Patience;
/// // Five per cent a year is four tenths of a per cent a month.
/// assert_eq!(format!("{:.4}", Patience::from_yearly_rate(0.05).unwrap().monthly()), "0.9959");
/// assert!(Patience::per_month(1.0).is_err());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize)]
#[serde(transparent)]
pub struct Patience(f64);

impl Patience {
    /// The discount factor per month.
    ///
    /// # Errors
    /// [`TruceError::Patience`] outside `[0, 1)`.
    pub fn per_month(delta: f64) -> Result<Self, TruceError> {
        if (0.0..1.0).contains(&delta) { Ok(Self(delta)) } else { Err(TruceError::Patience(delta)) }
    }

    /// The patience behind a discount rate per year (0.05 is five per cent).
    ///
    /// # Errors
    /// [`TruceError::Patience`] when the rate is not positive.
    pub fn from_yearly_rate(rate: f64) -> Result<Self, TruceError> {
        Self::per_month((1.0 + rate).powf(-1.0 / 12.0))
    }

    /// δ per month.
    pub const fn monthly(self) -> f64 {
        self.0
    }
}
