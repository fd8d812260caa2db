//! The record as play: both sides' headlines, month by month.

use diagnostic::{Diagnostic, Faults};
use jiff::Span;
use ledger::Ledger;
use terms::{Country, Day};

use crate::account::{account, known_party};
use crate::clock::Days;
use crate::extent::extent;

/// What both sides charged on all goods of the other on the last day of each month from `from` to `to`, in points.
///
/// # Errors
/// `reversed-period`; `outside-record` for days before either side's first act or after the last day read; faults of the
/// record; `unknown-country`.
pub(super) fn history_of(
    ledger: &Ledger,
    parties: &[Country; 2],
    (from, to): (Day, Day),
) -> Result<Vec<[f64; 2]>, Faults> {
    let ends = month_ends(ledger, parties, (from, to))?;
    let told = account(ledger, parties, Days { on: to, known_on: None })?;
    Ok(ends.iter().map(|day| told.directions.each_ref().map(|side| side.headline_pp_on(*day))).collect())
}

/// The last day of each month of a period that the record of both sides covers.
///
/// # Errors
/// `reversed-period`; `unknown-country` for a side of whom no act is on record: what it charged is unread, not nought;
/// `outside-record`.
pub(super) fn month_ends(
    ledger: &Ledger,
    parties: &[Country; 2],
    (from, to): (Day, Day),
) -> Result<Vec<Day>, Faults> {
    if to < from {
        return Err(Diagnostic::error("reversed-period", "the period ends before it begins")
            .help("`--from` is the first day, `--to` the last")
            .into());
    }
    for code in parties {
        known_party(ledger, code)?;
    }
    inside(ledger, parties, (from, to))?;
    let mut ends = Vec::new();
    let mut month = from.first_of_month();
    while month <= to {
        let next = month.saturating_add(Span::new().months(1));
        ends.push(next.yesterday().unwrap_or(next).min(to));
        month = next;
    }
    Ok(ends)
}

/// Whether the record covers the days: of days it did not read it says nothing, and of days before the first act no duty.
fn inside(ledger: &Ledger, parties: &[Country; 2], (from, to): (Day, Day)) -> Result<(), Faults> {
    let [first, last] = extent(ledger, parties);
    let mut faults = Faults::new();
    let mut outside = |word: &str, day: Day, why: String| {
        faults.push(
            Diagnostic::error("outside-record", format!("{word} {day} lies outside the record: {why}"))
                .help("`--from` and `--to` are days that the record covers"),
        );
    };
    if let Some(first) = first.filter(|first| from.last_of_month() < first.first_of_month()) {
        outside("--from", from, format!("the first act of one of the two aimed at the other is of {first}"));
    }
    if let Some(last) = last.filter(|last| to > *last) {
        outside("--to", to, format!("it was read until {last}"));
    }
    faults.or(())
}
