//! Duties as acts print them. A printed 0 is a rate; an unnamed rate is `unknown`, never 0.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Serialize, Serializer};
use terms::{Points, RateError};

/// What an act says is to be paid.
///
/// ```
/// # use ledger::Duty;
/// # use terms::Points;
/// assert_eq!("20 %".parse(), Ok(Duty::Add(Points::whole(20))));
/// assert_eq!("15 % in total".parse(), Ok(Duty::Total(Points::whole(15))));
/// assert_eq!("5 % + 0.43 USD/kg".parse::<Duty>().unwrap().to_string(), "5 % + 0.43 USD/kg");
/// assert!("20".parse::<Duty>().is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Duty {
    /// Points of value on top of the base.
    Add(Points),
    /// The base is lifted to this; nothing is added to a base above it.
    Total(Points),
    /// The base and what is added together stay at or below this.
    Cap(Points),
    /// Money per unit.
    Specific(Amount),
    /// Points of value and money per unit.
    Compound(Points, Amount),
    /// Foreseen, and not yet named.
    Unknown,
}

/// Money per unit of quantity, such as `0.43 USD/kg`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Amount {
    /// How much.
    pub value: Decimal,
    /// Of what per what: `USD/kg`.
    pub unit: String,
}

impl Duty {
    /// The points it states, whatever they are counted from; none for money per unit and for the unknown.
    pub fn points(&self) -> Option<Points> {
        match self {
            Self::Add(points) | Self::Total(points) | Self::Cap(points) | Self::Compound(points, _) => {
                Some(*points)
            }
            Self::Specific(_) | Self::Unknown => None,
        }
    }

    /// The same duty with `suspended` of its points standing still, never below zero.
    #[must_use]
    pub fn less(&self, suspended: Points) -> Self {
        let left = |points: Points| points.above(suspended);
        match self {
            Self::Add(points) => Self::Add(left(*points)),
            Self::Total(points) => Self::Total(left(*points)),
            Self::Cap(points) => Self::Cap(left(*points)),
            Self::Compound(points, amount) => Self::Compound(left(*points), amount.clone()),
            Self::Specific(_) | Self::Unknown => self.clone(),
        }
    }
}

impl fmt::Display for Duty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Add(points) => write!(f, "{points} %"),
            Self::Total(points) => write!(f, "{points} % in total"),
            Self::Cap(points) => write!(f, "at most {points} %"),
            Self::Specific(amount) => amount.fmt(f),
            Self::Compound(points, amount) => write!(f, "{points} % + {amount}"),
            Self::Unknown => f.write_str("unknown"),
        }
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.value, self.unit)
    }
}

impl Serialize for Duty {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

/// Why a text is not a duty.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DutyError {
    /// The part that should be a rate is none.
    #[error(transparent)]
    Rate(#[from] RateError),
    /// Below zero.
    #[error("`{0}` is below zero; a duty is not a subsidy: use `suspend` or `change` to lower one")]
    Negative(String),
}

impl FromStr for Duty {
    type Err = DutyError;
    fn from_str(text: &str) -> Result<Self, DutyError> {
        let text = text.trim();
        if text == "unknown" {
            return Ok(Self::Unknown);
        }
        let points = |part: &str| {
            let points: Points = part.parse()?;
            if points < Points::ZERO { Err(DutyError::Negative(part.into())) } else { Ok(points) }
        };
        if let Some(total) = text.strip_suffix("in total") {
            return points(total).map(Self::Total);
        }
        if let Some(cap) = text.strip_prefix("at most ") {
            return points(cap).map(Self::Cap);
        }
        let compound = text.split_once(" + ").and_then(|(rate, amount)| Some((rate, Amount::read(amount)?)));
        if let Some((rate, amount)) = compound {
            return Ok(Self::Compound(points(rate)?, amount));
        }
        match Amount::read(text) {
            Some(amount) => Ok(Self::Specific(amount)),
            None => points(text).map(Self::Add),
        }
    }
}

impl Amount {
    fn read(text: &str) -> Option<Self> {
        let (value, unit) = text.trim().split_once(' ')?;
        let value = Decimal::from_str(value).ok()?;
        (unit.contains('/') && !unit.contains(' ')).then(|| Self { value, unit: unit.into() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_reads_back_as_printed() {
        for text in
            ["0 %", "7.5 %", "15 % in total", "at most 10 %", "0.43 USD/kg", "5 % + 0.43 USD/kg", "unknown"]
        {
            assert_eq!(text.parse::<Duty>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn a_rate_without_unit_is_no_duty() {
        assert!(matches!("20".parse::<Duty>(), Err(DutyError::Rate(RateError::NoUnit(_)))));
        assert!(matches!("15 in total".parse::<Duty>(), Err(DutyError::Rate(RateError::NoUnit(_)))));
        assert!(matches!("-5 %".parse::<Duty>(), Err(DutyError::Negative(_))));
    }

    #[test]
    fn twenty_four_of_thirty_four_leave_ten() {
        let april: Duty = "34 %".parse().unwrap();
        assert_eq!(april.less(Points::whole(24)), Duty::Add(Points::whole(10)));
        assert_eq!(april.less(Points::whole(40)), Duty::Add(Points::ZERO));
    }
}
