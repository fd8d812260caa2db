//! Values of a table by their own grammar: days, moments, intervals, countries.

use std::str::FromStr;

use diagnostic::Diagnostic;
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

    /// `until`, `through` (a last day inside) or `for` (a length from `from`), as the first instant after.
    pub(super) fn end(&self, clock: &Clock) -> Option<Instant> {
        let until = self.moment("until", clock);
        let (through, length) = (self.word("through"), self.word("for"));
        let stated = [self.has("until").then_some("until"), self.has("through").then_some("through")];
        let first = stated.into_iter().flatten().next();
        let second = length.as_ref().or(through.as_ref().filter(|_| self.has("until")));
        if let (Some(first), Some(word)) = (first, second) {
            let other = if length.is_some() { "for" } else { "through" };
            self.page.fault(
                Diagnostic::error("two-ends", format!("{} has both `{first}` and `{other}`", self.what))
                    .at(word.place.clone(), "a second end")
                    .help("keep one: `until` (the first instant after), `through` (the last day inside), `for` (how long)"),
            );
            return until;
        }
        if let Some(word) = length {
            return self.after(&word, clock);
        }
        let Some(word) = through else { return until };
        let day: Day =
            self.parse(&word, "impossible-date", "`through` is a whole day, such as `2025-11-09`")?;
        let next = day.tomorrow().ok()?;
        clock.zone.start_of(next).ok()
    }

    /// A length such as `90 days` after `from`, by the calendar of the clock: the first instant after.
    fn after(&self, word: &Word, clock: &Clock) -> Option<Instant> {
        // A `from` that is no moment has its own fault already.
        let from = clock.read(&self.needed("from", "\"2025-05-14\"").text).ok();
        let length = word.text.split_once(' ').and_then(|(count, unit)| {
            let count: i64 = count.parse().ok().filter(|count| *count > 0)?;
            let span = jiff::Span::new();
            match unit.trim() {
                "day" | "days" => span.try_days(count).ok(),
                "month" | "months" => span.try_months(count).ok(),
                "year" | "years" => span.try_years(count).ok(),
                _ => None,
            }
        });
        if length.is_none() {
            self.page.fault(
                Diagnostic::error("bad-length", format!("`{}` is no length of time", word.text))
                    .at(word.place.clone(), format!("in {}", self.what))
                    .help("write `90 days`, `6 months` or `1 year`, counted from `from`"),
            );
        }
        let start = clock.zone.civil_of(from?);
        clock.zone.instant(start.checked_add(length?).ok()?).ok()
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
            let place = ["until", "through", "for"].iter().find_map(|key| self.entries.get(*key));
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
                    areas
                        .meant(&word.text)
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
