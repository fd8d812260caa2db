//! Moments with a zone, days, and half-open intervals between moments.
//!
//! Signature, publication and force are three different moments of an act. All are instants of the world;
//! each government writes them in its own zone.

use std::fmt;
use std::str::FromStr;

use jiff::civil;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

/// A point in time, the same everywhere.
pub type Instant = jiff::Timestamp;

/// A calendar day, which begins and ends at different instants in different zones.
pub type Day = civil::Date;

/// The clock an act is written by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone(TimeZone);

impl Zone {
    /// The zone by its IANA name, such as `America/New_York`.
    ///
    /// # Errors
    /// [`MomentError::UnknownZone`] when no such zone exists.
    pub fn named(name: &str) -> Result<Self, MomentError> {
        TimeZone::get(name).map(Self).map_err(|_| MomentError::UnknownZone(name.into()))
    }

    /// Coordinated universal time.
    pub const UTC: Self = Self(TimeZone::UTC);

    /// The IANA name.
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }

    /// The first instant of `day` on this clock.
    ///
    /// # Errors
    /// [`MomentError::OutOfRange`] outside the years the calendar can hold.
    pub fn start_of(&self, day: Day) -> Result<Instant, MomentError> {
        self.instant(day.at(0, 0, 0, 0))
    }

    /// The instant at which this clock shows `civil`.
    ///
    /// # Errors
    /// [`MomentError::OutOfRange`] outside the years the calendar can hold.
    pub fn instant(&self, civil: civil::DateTime) -> Result<Instant, MomentError> {
        civil
            .to_zoned_datetime(self.0.clone())
            .map(|zoned| zoned.timestamp())
            .map_err(|_| MomentError::OutOfRange(civil.to_string()))
    }

    /// The day this clock shows at `instant`.
    pub fn day_of(&self, instant: Instant) -> Day {
        instant.to_zoned_datetime(self.0.clone()).date()
    }

    /// What this clock shows at `instant`.
    pub fn civil_of(&self, instant: Instant) -> civil::DateTime {
        instant.to_zoned_datetime(self.0.clone()).datetime()
    }

    /// `instant` as this clock shows it, to the minute: `2025-04-10 00:01 EDT`.
    pub fn show(&self, instant: Instant) -> String {
        instant.to_zoned_datetime(self.0.clone()).strftime("%Y-%m-%d %H:%M %Z").to_string()
    }

    /// `instant` as this clock shows it, with its offset: `2025-04-10T00:01:00-04:00`.
    pub fn iso(&self, instant: Instant) -> String {
        instant.to_zoned_datetime(self.0.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
    }

    /// Reads `2025-04-10` (start of that day here), `2025-04-10T12:01` (this clock) or
    /// `2025-04-10T12:01+08:00` (any clock).
    ///
    /// # Errors
    /// [`MomentError::Unreadable`] with the forms that are understood.
    pub fn read(&self, text: &str) -> Result<Instant, MomentError> {
        let trimmed = text.trim();
        if let Ok(instant) = Instant::from_str(trimmed) {
            return Ok(instant);
        }
        // A civil day first: `civil::DateTime` would also read one, as midnight.
        if let Ok(day) = trimmed.parse::<Day>()
            && !trimmed.contains(['T', 't', ' '])
        {
            return self.start_of(day);
        }
        match trimmed.parse::<civil::DateTime>() {
            Ok(civil) => self.instant(civil),
            Err(_) => Err(MomentError::Unreadable(trimmed.into())),
        }
    }
}

impl Serialize for Zone {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Zone {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let name = String::deserialize(from)?;
        Self::named(&name).map_err(serde::de::Error::custom)
    }
}

/// Why a text is not a moment.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MomentError {
    /// No IANA zone has this name.
    #[error("`{0}` is not a time zone: use an IANA name such as `America/New_York` or `Asia/Shanghai`")]
    UnknownZone(String),
    /// Neither a day nor a time.
    #[error("`{0}` is not a date: write `2025-06-09`, `2025-04-10T12:01` or `2025-04-10T12:01+08:00`")]
    Unreadable(String),
    /// A day no calendar here holds.
    #[error("`{0}` lies outside the calendar")]
    OutOfRange(String),
}

/// A stretch of time that holds its first instant and not its last: `[from, until)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Interval {
    /// The first instant inside.
    pub from: Instant,
    /// The first instant after; none when no end is set.
    pub until: Option<Instant>,
}

impl Interval {
    /// From `from` on, without end.
    pub const fn since(from: Instant) -> Self {
        Self { from, until: None }
    }

    /// From `from` until just before `until`; none if that is empty or reversed.
    pub fn new(from: Instant, until: Option<Instant>) -> Option<Self> {
        match until {
            Some(until) if until <= from => None,
            _ => Some(Self { from, until }),
        }
    }

    /// Whether `instant` lies inside.
    pub fn holds(&self, instant: Instant) -> bool {
        self.from <= instant && self.until.is_none_or(|until| instant < until)
    }

    /// What lies in both, if anything.
    pub fn meet(&self, other: &Self) -> Option<Self> {
        let until = match (self.until, other.until) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        Self::new(self.from.max(other.from), until)
    }
}

impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.until {
            Some(until) => write!(f, "[{}, {until})", self.from),
            None => write!(f, "[{}, …)", self.from),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_minute_past_midnight_in_washington_is_noon_and_one_minute_in_beijing_in_summer() {
        let washington = Zone::named("America/New_York").unwrap();
        let beijing = Zone::named("Asia/Shanghai").unwrap();
        let summer = washington.read("2025-05-14T00:01").unwrap();
        assert_eq!(summer, beijing.read("2025-05-14T12:01").unwrap());
        let winter = washington.read("2025-11-10T00:01").unwrap();
        assert_eq!(winter, beijing.read("2025-11-10T13:01").unwrap());
        assert_eq!(summer, beijing.read("2025-05-14T04:01Z").unwrap());
        assert_eq!(beijing.day_of(summer), "2025-05-14".parse().unwrap());
    }

    #[test]
    fn a_day_is_read_as_its_first_instant() {
        let beijing = Zone::named("Asia/Shanghai").unwrap();
        assert_eq!(beijing.read("2025-04-10").unwrap().to_string(), "2025-04-09T16:00:00Z");
        assert!(matches!(beijing.read("2025-02-30"), Err(MomentError::Unreadable(_))));
        assert!(matches!(Zone::named("Mars/Olympus"), Err(MomentError::UnknownZone(_))));
    }

    #[test]
    fn an_interval_holds_its_start_and_not_its_end() {
        let at = |s| Instant::from_second(s).unwrap();
        let window = Interval::new(at(10), Some(at(20))).unwrap();
        assert!(window.holds(at(10)) && window.holds(at(19)) && !window.holds(at(20)));
        assert_eq!(Interval::new(at(20), Some(at(10))), None);
        assert_eq!(Interval::since(at(15)).meet(&window), Interval::new(at(15), Some(at(20))));
        assert_eq!(Interval::since(at(20)).meet(&window), None);
    }
}
