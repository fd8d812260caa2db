//! The duty on one entry, from the record and the schedules.

use diagnostic::{Diagnostic, Faults, Source};
use ledger::{Ledger, View};
use tariffs::{Border, Facts, Schedule, Schedules, Why};
use terms::{Archive, Country, Instant, Line};

use crate::archive::Embedded;
use crate::clock::{Days, bad_date};

/// Where the product keeps base duties.
const SCHEDULES: &str = "ledger/schedules";

/// The question: whose border, whose goods, which line, when, as known when, with which facts.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// At whose border.
    pub importer: Country,
    /// Where the goods come from.
    pub origin: Country,
    /// Their line, as written.
    pub line: String,
    /// The day or instant of entry on the importer's clock, as written.
    pub on: String,
    /// Only texts published by the end of this day count; none: all.
    pub known_on: Option<terms::Day>,
    /// Which state of the law.
    pub view: View,
    /// What is known of the shipment, as `KEY=VALUE`.
    pub facts: Vec<String>,
}

/// Answers.
///
/// # Errors
/// All faults of the question together: an unknown country, a line that is none, a date that is none, an
/// unknown fact; and `clash` where two rules of combination both fire.
pub fn why(ledger: &Ledger, entry: &Entry) -> Result<Why, Faults> {
    let schedules = schedules()?;
    let mut faults = Faults::new();
    let on = ledger.moment(entry.importer.as_str(), &entry.on).map_err(bad_date);
    let on = on.unwrap_or_else(|fault| {
        faults.push(fault);
        Instant::UNIX_EPOCH
    });
    let line = entry.line.parse::<Line>().map_err(|error| {
        let text = Source::new("question", &entry.line);
        faults.push(
            Diagnostic::error("bad-line", error.to_string())
                .at(text.at(0..entry.line.len()), "this line")
                .help("write a code of the importer's schedule, such as `8507.60.00.20`"),
        );
    });
    let facts = Facts::read(entry.facts.iter().map(String::as_str), ledger, entry.importer.as_str());
    let facts = facts.unwrap_or_else(|found| {
        faults.append(found);
        Facts::default()
    });
    let days = Days { on: ledger.day(entry.importer.as_str(), on), known_on: entry.known_on };
    let known = days.known(ledger)?;
    // Without a line there is nothing to ask; `line` failing has left its fault.
    let Ok(line) = line else { return Err(faults) };
    faults.or(())?;
    let border = Border::new(ledger, &schedules);
    border.as_known(known, entry.view).why(&entry.importer, &entry.origin, line, on, &facts)
}

/// The base duties that ship with the product, by importer.
pub(crate) fn schedules() -> Result<Schedules, Faults> {
    let unreadable =
        |error: terms::ArchiveError| Faults::from(Diagnostic::error("unreadable-file", error.to_string()));
    let mut schedules = Schedules::new();
    let paths = Embedded.list(SCHEDULES).map_err(unreadable)?;
    for path in paths.iter().filter(|path| path.ends_with(".schedule")) {
        let bytes = Embedded.read(path).map_err(unreadable)?.unwrap_or_default();
        let text = Source::new(path, String::from_utf8_lossy(&bytes));
        let schedule = Schedule::read(&text)?;
        schedules.insert(schedule.importer.clone(), schedule);
    }
    Ok(schedules)
}
