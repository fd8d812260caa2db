//! Tariff lines: Harmonized System codes with national digits.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A code of two to ten digits. A shorter code is a prefix that covers every longer one.
///
/// Written with or without dots; which edition of which schedule it belongs to is said beside it.
///
/// ```
/// # use terms::Line;
/// let heading: Line = "8507.60".parse().unwrap();
/// let cell: Line = "8507600020".parse().unwrap();
/// assert!(heading.covers(cell));
/// assert_eq!(cell.to_string(), "8507.60.00.20");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Line {
    /// The digits, left-aligned in ten places: `8507.60` is 8507600000.
    aligned: u64,
    digits: u8,
}

/// Why a text is not a tariff line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LineError {
    /// Something else than digits and dots.
    #[error("`{text}` is not a tariff line: `{found}` is neither a digit nor a dot")]
    NotADigit {
        /// The text as given.
        text: String,
        /// The first character that does not belong.
        found: char,
    },
    /// Too short or too long.
    #[error("`{text}` has {digits} digits; a tariff line has 2 to 10, such as `8507.60` or `8507.60.00.20`")]
    Length {
        /// The text as given.
        text: String,
        /// How many digits it has.
        digits: usize,
    },
}

impl Line {
    /// How many digits the code has.
    pub const fn digits(self) -> usize {
        self.digits as usize
    }

    /// Whether `other` is this code or lies below it.
    pub const fn covers(self, other: Self) -> bool {
        self.digits <= other.digits && {
            let unit = 10_u64.pow(10 - self.digits as u32);
            self.aligned / unit == other.aligned / unit
        }
    }

    /// The first `digits` digits; the code itself if it has no more.
    pub const fn prefix(self, digits: usize) -> Self {
        if digits >= self.digits as usize {
            return self;
        }
        let unit = 10_u64.pow(10 - digits as u32);
        Self { aligned: self.aligned / unit * unit, digits: digits as u8 }
    }

    /// The code of two more digits below one of at most eight; none below a longer one, or above 99.
    pub const fn extended(self, suffix: u8) -> Option<Self> {
        if self.digits > 8 || suffix > 99 {
            return None;
        }
        let unit = 10_u64.pow(8 - self.digits as u32);
        Some(Self { aligned: self.aligned + suffix as u64 * unit, digits: self.digits + 2 })
    }

    /// The digits left-aligned in ten places, which sorts prefixes before what they cover.
    pub const fn aligned(self) -> u64 {
        self.aligned
    }

    /// The digits without dots.
    pub fn plain(self) -> String {
        let all = format!("{:010}", self.aligned);
        all[..self.digits as usize].to_string()
    }
}

impl FromStr for Line {
    type Err = LineError;
    fn from_str(text: &str) -> Result<Self, LineError> {
        let trimmed = text.trim();
        if let Some(found) = trimmed.chars().find(|c| !c.is_ascii_digit() && *c != '.') {
            return Err(LineError::NotADigit { text: trimmed.into(), found });
        }
        let digits = trimmed.bytes().filter(u8::is_ascii_digit).count();
        if !(2..=10).contains(&digits) {
            return Err(LineError::Length { text: trimmed.into(), digits });
        }
        let value = trimmed.bytes().filter(u8::is_ascii_digit).fold(0, |v, d| v * 10 + u64::from(d - b'0'));
        Ok(Self { aligned: value * 10_u64.pow(10 - digits as u32), digits: digits as u8 })
    }
}

impl fmt::Display for Line {
    /// With dots after 4, 6 and 8 digits, as schedules print it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plain = self.plain();
        let mut dotted = String::with_capacity(13);
        for (at, digit) in plain.chars().enumerate() {
            if matches!(at, 4 | 6 | 8) {
                dotted.push('.');
            }
            dotted.push(digit);
        }
        f.pad(&dotted)
    }
}

impl fmt::Debug for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Line({self})")
    }
}

impl Serialize for Line {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Line {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_covers_its_lines_and_no_sibling() {
        let chapter: Line = "72".parse().unwrap();
        assert!(chapter.covers("7208.10.15".parse().unwrap()));
        assert!(!chapter.covers("7308.10".parse().unwrap()));
        assert!(!"7208.10.15".parse::<Line>().unwrap().covers(chapter));
        let line: Line = "7208.10.15.00".parse().unwrap();
        assert_eq!(line.prefix(6), "7208.10".parse().unwrap());
        assert_eq!(line.prefix(8).extended(0), Some(line));
        assert_eq!(chapter.extended(8), "7208".parse().ok());
        assert_eq!(line.extended(1), None);
    }

    #[test]
    fn leading_zeros_stay() {
        let line: Line = "0207.11.00".parse().unwrap();
        assert_eq!(line.plain(), "02071100");
        assert_eq!(line.to_string(), "0207.11.00");
    }

    #[test]
    fn faults_say_what_is_wrong() {
        assert!(matches!("85O7.60".parse::<Line>(), Err(LineError::NotADigit { found: 'O', .. })));
        assert!(matches!("12345678901".parse::<Line>(), Err(LineError::Length { digits: 11, .. })));
    }
}
