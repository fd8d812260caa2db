//! Rates of duty: a share for the engine, exact points for the law.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub};
use std::str::FromStr;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};

/// An ad valorem duty, held as a share of customs value: 25 % is `0.25`.
///
/// ```
/// # use terms::Rate;
/// assert_eq!(Rate::percent(25.0).wedge(), 1.25);
/// ```
#[derive(Debug, Default, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Rate(f64);

impl Rate {
    /// No duty.
    pub const FREE: Self = Self(0.0);

    /// A duty given as a share of value.
    pub const fn share(share: f64) -> Self {
        Self(share)
    }

    /// A duty given in per cent of value.
    pub const fn percent(percent: f64) -> Self {
        Self(percent / 100.0)
    }

    /// The share of value.
    pub const fn as_share(self) -> f64 {
        self.0
    }

    /// The per cent of value.
    pub const fn as_percent(self) -> f64 {
        self.0 * 100.0
    }

    /// The wedge `1 + τ` that the duty drives into the price at the border.
    pub const fn wedge(self) -> f64 {
        1.0 + self.0
    }
}

/// Points of customs value, exact: 7.5 % of value is `7.5`. What acts state and what adds up in law.
///
/// Read from text that carries its unit: `20 %` or `+20 pp`.
///
/// ```
/// # use terms::Points;
/// let base: Points = "16.5 %".parse().unwrap();
/// let list_4a: Points = "7.5 pp".parse().unwrap();
/// assert_eq!((base + list_4a).to_string(), "24");
/// assert!("20".parse::<Points>().is_err());
/// ```
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Points(Decimal);

impl Points {
    /// No points.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// The points as an exact decimal.
    pub const fn new(points: Decimal) -> Self {
        Self(points)
    }

    /// Whole points.
    pub fn whole(points: i64) -> Self {
        Self(Decimal::from(points))
    }

    /// The decimal nearest to a number of points that came out of [`Points::as_f64`].
    pub fn from_pp(points: f64) -> Self {
        Self(Decimal::from_f64_retain(points).unwrap_or_default().round_dp(9).normalize())
    }

    /// The exact decimal.
    pub const fn decimal(self) -> Decimal {
        self.0
    }

    /// The points as a float, for the engine and for output.
    pub fn as_f64(self) -> f64 {
        // A `Decimal` always has a nearest double.
        self.0.to_f64().unwrap_or(f64::NAN)
    }

    /// The same duty as a share of value.
    pub fn rate(self) -> Rate {
        Rate::percent(self.as_f64())
    }

    /// These points on a share of the value only (`0.5` for half), exact.
    pub fn on_share(self, share: Decimal) -> Self {
        Self(self.0 * share)
    }

    /// The part above `base`, never below zero: what a floor of `self` adds to a base duty.
    pub fn above(self, base: Self) -> Self {
        Self((self.0 - base.0).max(Decimal::ZERO))
    }

    /// Whether there is nothing to pay.
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }
}

impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0.normalize().to_string())
    }
}

impl Add for Points {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl AddAssign for Points {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl Sub for Points {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Neg for Points {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Sum for Points {
    fn sum<I: Iterator<Item = Self>>(points: I) -> Self {
        points.fold(Self::ZERO, Add::add)
    }
}

impl Serialize for Points {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_f64(self.as_f64())
    }
}

/// Why a text is not a rate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RateError {
    /// A bare number.
    #[error("`{0}` has no unit: write `{0} %` for a rate or `{0} pp` for points on top")]
    NoUnit(String),
    /// A factor, which no schedule prints.
    #[error("`{0}` is a factor; a duty is stated in `%` of value, a change in `pp`")]
    Factor(String),
    /// Not a number at all.
    #[error("`{0}` is not a rate: write a number and its unit, such as `20 %` or `+20 pp`")]
    NotANumber(String),
}

impl FromStr for Points {
    type Err = RateError;
    fn from_str(text: &str) -> Result<Self, RateError> {
        let trimmed = text.trim();
        if trimmed.starts_with(['x', 'X', '×', '*']) {
            return Err(RateError::Factor(trimmed.into()));
        }
        let (number, has_unit) = match trimmed.strip_suffix('%').or_else(|| trimmed.strip_suffix("pp")) {
            Some(number) => (number.trim(), true),
            None => (trimmed, false),
        };
        let unsigned = number.strip_prefix('+').unwrap_or(number);
        let points = Decimal::from_str(unsigned).map_err(|_| RateError::NotANumber(trimmed.into()))?;
        if has_unit { Ok(Self(points)) } else { Err(RateError::NoUnit(trimmed.into())) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_must_carry_its_unit() {
        assert_eq!("20 %".parse(), Ok(Points::whole(20)));
        assert_eq!("+20 pp".parse(), Ok(Points::whole(20)));
        assert_eq!("-24pp".parse(), Ok(Points::whole(-24)));
        assert!(matches!("20".parse::<Points>(), Err(RateError::NoUnit(_))));
        assert!(matches!("x1.2".parse::<Points>(), Err(RateError::Factor(_))));
        assert!(matches!("twenty %".parse::<Points>(), Err(RateError::NotANumber(_))));
    }

    #[test]
    fn a_floor_adds_what_is_missing_and_no_less_than_nothing() {
        let floor = Points::whole(15);
        assert_eq!(floor.above("6.5 %".parse().unwrap()), "8.5 %".parse().unwrap());
        assert_eq!(floor.above("16.5 %".parse().unwrap()), Points::ZERO);
    }
}
