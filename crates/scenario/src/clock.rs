//! From the days a person names to the instants the record is asked at.

use diagnostic::Diagnostic;
use ledger::{Clocks, Ledger, View};
use terms::{Day, Instant, MomentError};

/// The two days of a question: what is in force on one, as known on the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    /// The day asked about: its first instant on each importer's own clock.
    pub on: Day,
    /// The last day of publication that counts; none: everything known today.
    pub known_on: Option<Day>,
}

impl Days {
    /// The clocks of a question about `importer`'s border.
    ///
    /// # Errors
    /// `bad-date` when the day lies outside the calendar.
    pub fn at(self, ledger: &Ledger, importer: &str) -> Result<Clocks, Diagnostic> {
        let on = ledger.clock(importer).zone.start_of(self.on).map_err(bad_date)?;
        Ok(Clocks { on, known: self.known(ledger)?, view: View::Collected })
    }

    /// The last instant of publication that counts: the last at which the day has not ended on any
    /// government's clock, so that a text of the next day in Beijing is not yet read in Washington.
    ///
    /// # Errors
    /// `bad-date` when the day lies outside the calendar.
    pub fn known(self, ledger: &Ledger) -> Result<Instant, Diagnostic> {
        let Some(day) = self.known_on else { return Ok(Instant::MAX) };
        let next = day.tomorrow().map_err(|_| bad_date(MomentError::OutOfRange(day.to_string())))?;
        let mut ends = Vec::new();
        for government in ledger.governments() {
            ends.push(government.clock.zone.start_of(next).map_err(bad_date)?);
        }
        let first = ends.into_iter().min().map_or_else(|| terms::Zone::UTC.start_of(next), Ok);
        Ok(first.map_err(bad_date)? - jiff::Span::new().nanoseconds(1))
    }
}

/// The message about a moment that is none.
pub(crate) fn bad_date(error: MomentError) -> Diagnostic {
    Diagnostic::error("bad-date", error.to_string())
        .help("write a day as `2025-06-09`, a time as `2025-04-10T12:01` or `2025-04-10T12:01+08:00`")
}

/// Reads the day a person names.
///
/// # Errors
/// `bad-date` with the forms that are understood.
pub fn day(text: &str) -> Result<Day, Diagnostic> {
    text.trim().parse().map_err(|_| bad_date(MomentError::Unreadable(text.trim().into())))
}
