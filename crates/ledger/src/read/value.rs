//! Values of a table by their own grammar: days, moments, intervals, countries.

use std::str::FromStr;

use diagnostic::{Diagnostic, help_nearest};
use terms::{Country, Day, Instant};

use super::table::{Table, Word};
use crate::model::{Areas, Clock};

impl Table<'_> {
    /// A text read by its type's own grammar.
    pub(super) fn parsed<T: FromStr>(&self, key: &'static str, code: &'static str, help: &str) -> Option<T>
    where
        T::Err: std::fmt::Display,
    {
        let word = self.word(key)?;
        self.parse(&word, code, help)
    }

    pub(super) fn parse<T: FromStr>(&self, word: &Word, code: &'static str, help: &str) -> Option<T>
    where
        T::Err: std::fmt::Display,
    {
        match word.text.parse() {
            Ok(value) => Some(value),
            Err(error) => {
                self.page.fault(
                    Diagnostic::error(code, format!("{error}"))
                        .at(word.place.clone(), format!("in {}", self.what))
                        .help(help),
                );
                None
            }
        }
    }

    /// A day.
    pub(super) fn day(&self, key: &'static str) -> Option<Day> {
        self.parsed(key, "impossible-date", "write a day of the calendar, such as `2025-06-09`")
    }

    /// A moment on a clock.
    pub(super) fn moment(&self, key: &'static str, clock: &Clock) -> Option<Instant> {
        let word = self.word(key)?;
        self.moment_of(&word, clock)
    }

    pub(super) fn moment_of(&self, word: &Word, clock: &Clock) -> Option<Instant> {
        match clock.read(&word.text) {
            Ok(instant) => Some(instant),
            Err(error) => {
                self.page.fault(
                    Diagnostic::error("impossible-date", error.to_string())
                        .at(word.place.clone(), format!("in {}", self.what))
                        .help(format!("a day means its first instant on the clock of {}", clock.zone.name())),
                );
                None
            }
        }
    }

    /// A moment that must be there.
    pub(super) fn needed_moment(&self, key: &'static str, clock: &Clock, example: &str) -> Instant {
        let word = self.needed(key, example);
        if word.text.is_empty() {
            return Instant::MIN;
        }
        self.moment_of(&word, clock).unwrap_or(Instant::MIN)
    }

    /// `until`, or `through` (a last day inside), as the first instant after.
    pub(super) fn end(&self, clock: &Clock) -> Option<Instant> {
        let until = self.moment("until", clock);
        let Some(word) = self.word("through") else { return until };
        if self.has("until") {
            self.page.fault(
                Diagnostic::error("two-ends", format!("{} has both `until` and `through`", self.what))
                    .at(word.place, "a second end")
                    .help("keep `until` (the first instant after) or `through` (the last day inside)"),
            );
            return until;
        }
        let day: Day =
            self.parse(&word, "impossible-date", "`through` is a whole day, such as `2025-11-09`")?;
        let next = day.tomorrow().ok()?;
        clock.zone.start_of(next).ok()
    }

    /// `from` and the end, checked against each other.
    pub(super) fn interval(&self, clock: &Clock) -> (Option<Instant>, Option<Instant>) {
        let from = self.moment("from", clock);
        let until = self.end(clock);
        self.ordered(from, until, clock);
        (from, until)
    }

    pub(super) fn ordered(&self, from: Option<Instant>, until: Option<Instant>, clock: &Clock) {
        let (Some(first), Some(end)) = (from, until) else { return };
        if end <= first {
            let place = ["until", "through"].iter().find_map(|key| self.entries.get(*key));
            let place = place.map_or(self.place(), |value| self.page.source.at(value.span()));
            self.page.fault(
                Diagnostic::error("reversed-interval", format!("{} ends before it begins", self.what))
                    .at(place, format!("the end; it begins {}", clock.zone.show(first)))
                    .help("put the later moment in `until`; an interval holds its start and not its end"),
            );
        }
    }

    /// A country or group.
    pub(super) fn country(&self, word: &Word, areas: &Areas) -> Country {
        if !areas.knows(&word.text) {
            self.page.fault(
                Diagnostic::error(
                    "unknown-country",
                    format!("`{}` is neither a country nor a group", word.text),
                )
                .at(word.place.clone(), "no country or group has this code")
                .help(
                    help_nearest(&word.text, areas.codes().map(Country::as_str))
                        .unwrap_or_else(|| "write an ISO 3166-1 alpha-3 code, such as `CHN`".into()),
                ),
            );
        }
        Country::new(&word.text)
    }

    pub(super) fn countries(&self, key: &'static str, areas: &Areas) -> Vec<Country> {
        self.words(key).iter().map(|word| self.country(word, areas)).collect()
    }
}
