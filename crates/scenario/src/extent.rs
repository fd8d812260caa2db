//! The days that a record covers, and what is said of days that it does not.

use diagnostic::Diagnostic;
use ledger::{Act, Ledger};
use terms::{Country, Day};

/// The day of the first act of one of these governments aimed at the other (where none is, of their first), and the last
/// day to which the record of both was read (else that of their last act).
pub(crate) fn extent(ledger: &Ledger, parties: &[Country; 2]) -> [Option<Day>; 2] {
    let issued: Vec<&Act> = ledger.acts().filter(|act| parties.contains(&act.issuer)).collect();
    let day = |act: &&Act| ledger.day(act.issuer.as_str(), act.published);
    let aimed = issued.iter().filter(|act| parties.iter().any(|party| act.target.contains(party)));
    let first = aimed.map(day).min().or(issued.iter().map(day).min());
    let read = ledger.governments().filter(|government| parties.contains(&government.code));
    let last = read.filter_map(|government| government.read_until).min();
    [first, last.or(issued.iter().map(day).max())]
}

/// What is to be said of a day before the first act, or after the last day read; nothing of a day between.
pub(crate) fn beyond(ledger: &Ledger, parties: &[Country; 2], day: Day) -> Option<Diagnostic> {
    let [first, last] = extent(ledger, parties);
    let why = match (first, last) {
        (Some(first), _) if day < first => {
            format!("the first act of one of the two aimed at the other is of {first}")
        }
        (_, Some(last)) if day > last => {
            format!("it was read until {last}, and later acts are unknown to it")
        }
        _ => return None,
    };
    Some(Diagnostic::warning("outside-record", format!("{day} lies outside the record: {why}")))
}
