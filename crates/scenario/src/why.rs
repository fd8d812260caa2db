//! The duty on one entry, from the record and the schedules.

use diagnostic::{Diagnostic, Faults, Source};
use ledger::View;
use tariffs::{Border, Facts, LineStep, Schedules, Why};
use terms::{Country, Day, Instant, Line};

use crate::clock::{Days, bad_date};
use crate::records::Record;

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
    pub known_on: Option<Day>,
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
pub fn why(record: &Record, entry: &Entry) -> Result<Why, Faults> {
    let schedules = record.schedules()?;
    let asked = entry.asked(record, &schedules)?;
    let border = Border::new(&record.ledger, &schedules);
    let book = border.as_known(asked.known, entry.view);
    book.why(&entry.importer, &entry.origin, asked.line, asked.on, &asked.facts)
}

/// The steps of the duty on a line from the day of the question until `to` (none: the last day the record was read
/// to, and a year more).
///
/// # Errors
/// As [`why`]; `reversed-period` when it ends before it begins.
pub fn line_changes(record: &Record, entry: &Entry, to: Option<Day>) -> Result<Vec<LineStep>, Faults> {
    let ledger = &record.ledger;
    let schedules = record.schedules()?;
    let asked = entry.asked(record, &schedules)?;
    let clock = ledger.clock(entry.importer.as_str());
    let read = ledger.border(entry.importer.as_str(), asked.on).and_then(|border| border.read_until);
    let last = read.unwrap_or_else(|| clock.day_of(asked.on));
    let to = to.unwrap_or_else(|| last.saturating_add(jiff::Span::new().years(1)));
    let until = clock.zone.start_of(to).map_err(bad_date)?;
    if until <= asked.on {
        return Err(Diagnostic::error("reversed-period", "the period ends before it begins")
            .help("`--from` is the first day, `--to` the day after the last")
            .into());
    }
    let border = Border::new(ledger, &schedules);
    let book = border.as_known(asked.known, entry.view);
    let during = (asked.on, until);
    book.line_changes(&entry.importer, &entry.origin, asked.line, during, &asked.facts)
}

/// A question whose words are read.
struct Asked {
    line: Line,
    on: Instant,
    known: Instant,
    facts: Facts,
}

impl Entry {
    fn asked(&self, record: &Record, schedules: &Schedules) -> Result<Asked, Faults> {
        let ledger = &record.ledger;
        let mut faults = Faults::new();
        let on = ledger.moment(self.importer.as_str(), &self.on).map_err(bad_date);
        let on = on.unwrap_or_else(|fault| {
            faults.push(fault);
            Instant::UNIX_EPOCH
        });
        let line = self.line.parse::<Line>().map_err(|error| {
            let text = Source::new("question", &self.line);
            faults.push(
                Diagnostic::error("bad-line", error.to_string())
                    .at(text.at(0..self.line.len()), "this line")
                    .help("write a code of the importer's schedule, such as `8507.60.00.20`"),
            );
        });
        let words = self.facts.iter().map(String::as_str);
        let facts = Facts::read(words, ledger, schedules, self.importer.as_str());
        let facts = facts.unwrap_or_else(|found| {
            faults.append(found);
            Facts::default()
        });
        let days = Days { on: ledger.day(self.importer.as_str(), on), known_on: self.known_on };
        let known = days.known(ledger)?;
        // Without a line there is nothing to ask; `line` failing has left its fault.
        let Ok(line) = line else { return Err(faults) };
        faults.or(Asked { line, on, known, facts })
    }
}
