//! Ordinary duties: which lines a schedule has in which edition, and what it charges on them.
//!
//! A [`Schedule`] is read from `ledger/schedules/usa.schedule`; `ledger/schedules/README.md` tells its form.

mod base;
mod read;

pub use base::{Base, Column};

use std::collections::BTreeMap;
use std::sync::Arc;

use terms::{Country, Day, Line};

/// The ordinary duties of one country's schedule over several editions.
#[derive(Debug, Clone, PartialEq)]
pub struct Schedule {
    /// Whose.
    pub importer: Country,
    /// What it is called: `HTSUS`.
    pub name: String,
    /// Its editions, in the order of days.
    pub editions: Vec<Edition>,
    /// The programmes of the special column.
    pub preferences: Vec<Preference>,
    /// The group whose goods pay column 2; none: nobody's do.
    pub column_2: Option<Country>,
    /// Rows by legal line, sorted, each code's rows in the order of days.
    rows: Vec<ScheduleRow>,
    /// Where goods of a statistical line that ended are classified since.
    links: Vec<Link>,
}

/// One edition of a schedule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    /// Its name: `2025 rev. 12`.
    pub name: String,
    /// The day it was published.
    pub published: Day,
    /// The day of its main change.
    pub from: Day,
    /// The acts it carries out.
    pub citation: String,
}

/// A programme under which goods of some countries may claim the special rate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preference {
    /// The name a shipment claims: `USMCA`.
    pub name: String,
    /// Its symbols in the special column.
    pub symbols: Vec<String>,
    /// The countries whose goods may claim it; empty: the schedule keeps their list elsewhere.
    pub countries: Vec<Country>,
}

/// A legal line (eight digits) with its rates over a stretch of days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScheduleRow {
    /// The code.
    pub line: Line,
    during: Days,
    /// Column 1, general.
    pub general: Arc<str>,
    /// Column 1, special.
    pub special: Arc<str>,
    /// Column 2.
    pub column_2: Arc<str>,
    /// What it covers, in the words of the schedule, cut short.
    pub description: Arc<str>,
    suffixes: Vec<(u8, Days)>,
}

/// From a day on and until just before another; open where none is given.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Days {
    from: Option<Day>,
    until: Option<Day>,
}

impl Days {
    fn hold(self, day: Day) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day < until)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Link {
    old: Line,
    new: Line,
    from: Day,
}

/// What a code means in the edition of a day.
#[derive(Debug, Clone, PartialEq)]
pub enum Found<'s> {
    /// A legal line, with the statistical lines below the code asked for.
    Line {
        /// The row.
        row: &'s ScheduleRow,
        /// The code: that asked for, or longer where only one line lies below it.
        line: Line,
        /// Statistical lines below a code of fewer than ten digits, where there are several.
        below: Vec<Line>,
    },
    /// Several legal lines lie below a short code.
    Several(Vec<&'s ScheduleRow>),
    /// The code is of another edition; its goods are classified in these lines now, or were.
    Moved(Vec<(Line, Day)>),
    /// No edition at hand has the code; these are near.
    Unknown(Vec<Line>),
}

impl Schedule {
    /// The edition in force on a day; the first edition for days before it.
    pub fn edition(&self, day: Day) -> Option<&Edition> {
        self.editions.iter().rev().find(|edition| edition.from <= day).or(self.editions.first())
    }

    /// The edition in force on a day, of those published by another.
    pub fn edition_known(&self, day: Day, known: Day) -> Option<&Edition> {
        let published = |edition: &&Edition| edition.from <= day && edition.published <= known;
        self.editions.iter().rev().find(published).or(self.editions.first())
    }

    /// Whether the day lies before every edition at hand, so that the first is projected back.
    pub fn projects_back(&self, day: Day) -> bool {
        self.editions.first().is_some_and(|first| day < first.from)
    }

    /// The day, or the first of the editions at hand for days before it.
    pub(crate) fn at_hand(&self, day: Day) -> Day {
        self.editions.first().map_or(day, |first| day.max(first.from))
    }

    /// What `line` means on `day`. Nothing is ever answered for a sibling.
    pub fn find(&self, line: Line, day: Day) -> Found<'_> {
        let day = self.at_hand(day);
        let legal = line.prefix(8);
        let rows: Vec<&ScheduleRow> = self.rows_below(legal).filter(|row| row.during.hold(day)).collect();
        match rows[..] {
            [] => self.elsewhere(line),
            [row] if line.digits() > 8 => match row
                .suffixes
                .iter()
                .any(|(suffix, days)| days.hold(day) && row.line.extended(*suffix) == Some(line))
            {
                true => Found::Line { row, line, below: Vec::new() },
                false => self.elsewhere(line),
            },
            [row] => {
                let below = row.statistical(day);
                match below[..] {
                    [only] => Found::Line { row, line: only, below: Vec::new() },
                    _ => Found::Line { row, line: row.line, below },
                }
            }
            _ => Found::Several(rows),
        }
    }

    /// The row of the legal line above `line` on `day`, whether or not the statistical line exists.
    pub fn row(&self, line: Line, day: Day) -> Option<&ScheduleRow> {
        let day = self.at_hand(day);
        self.rows_below(line.prefix(8)).find(|row| row.line == line.prefix(8) && row.during.hold(day))
    }

    /// Every statistical line of a day's edition with its row.
    pub fn lines(&self, day: Day) -> impl Iterator<Item = (Line, &ScheduleRow)> {
        let rows = self.rows.iter().filter(move |row| row.during.hold(day));
        rows.flat_map(move |row| row.statistical(day).into_iter().map(move |line| (line, row)))
    }

    /// Every statistical line of any edition.
    pub fn all_lines(&self) -> impl Iterator<Item = Line> {
        let mut seen = None;
        self.rows.iter().flat_map(ScheduleRow::every_statistical).filter(move |line| {
            let new = seen.is_none_or(|last| last < *line);
            seen = Some(*line);
            new
        })
    }

    /// The days on which a row or a statistical line begins or ends.
    pub fn days_of_change(&self) -> Vec<Day> {
        let of_rows = self.rows.iter().map(|row| row.during);
        let of_lines = self.rows.iter().flat_map(|row| row.suffixes.iter().map(|(_, days)| *days));
        let mut days: Vec<Day> = of_rows.chain(of_lines).flat_map(|d| [d.from, d.until]).flatten().collect();
        days.sort_unstable();
        days.dedup();
        days
    }

    /// The preference of a name, whatever its case.
    pub fn preference(&self, name: &str) -> Option<&Preference> {
        self.preferences.iter().find(|preference| preference.name.eq_ignore_ascii_case(name))
    }

    /// Whether some edition has the code, codes below it, or the line it is a part of.
    pub fn knows(&self, line: Line) -> bool {
        let legal = line.prefix(line.digits().min(8));
        let linked = || self.links.iter().any(|link| link.old == line || link.new == line);
        let mut rows = self.rows_below(legal);
        match line.digits() {
            ..=8 => rows.next().is_some(),
            _ => rows.any(|row| row.every_statistical().any(|own| own == line)) || linked(),
        }
    }

    fn rows_below(&self, legal: Line) -> impl Iterator<Item = &ScheduleRow> {
        let from = self.rows.partition_point(|row| row.line.aligned() < legal.aligned());
        self.rows[from..].iter().take_while(move |row| legal.covers(row.line))
    }

    fn elsewhere(&self, line: Line) -> Found<'_> {
        let later = self.links.iter().filter(|link| link.old == line).map(|link| (link.new, link.from));
        let earlier = self.links.iter().filter(|link| link.new == line).map(|link| (link.old, link.from));
        let moved: Vec<_> = later.chain(earlier).collect();
        if !moved.is_empty() {
            return Found::Moved(moved);
        }
        // The closest relatives: what shares the longest beginning.
        let near = [8, 6, 4].into_iter().find_map(|digits| {
            let rows: Vec<&ScheduleRow> = self.rows_below(line.prefix(digits)).take(6).collect();
            let exact: Vec<Line> = match rows[..] {
                [] => return None,
                [row] if digits == 8 => row.every_statistical().collect(),
                _ => rows.iter().map(|row| row.line).collect(),
            };
            Some(exact)
        });
        Found::Unknown(near.unwrap_or_default())
    }
}

impl Schedule {
    /// Every row, on whatever day, of the legal line above a statistical one.
    pub(crate) fn rows_of(&self, line: Line) -> impl Iterator<Item = &ScheduleRow> {
        self.rows_below(line.prefix(8))
    }
}

impl ScheduleRow {
    /// Whether the row holds on a day.
    pub(crate) fn holds(&self, day: Day) -> bool {
        self.during.hold(day)
    }

    /// The days on which it begins and ends.
    pub(crate) fn ends(&self) -> impl Iterator<Item = Day> {
        [self.during.from, self.during.until].into_iter().flatten()
    }

    /// What it charges, and when: lines with equal answers are charged alike.
    pub(crate) fn charged_as(&self) -> (&str, &str, [Option<Day>; 2]) {
        (&self.general, &self.column_2, [self.during.from, self.during.until])
    }

    /// The statistical lines of a day.
    pub fn statistical(&self, day: Day) -> Vec<Line> {
        let of_day = self.suffixes.iter().filter(|(_, days)| days.hold(day));
        of_day.filter_map(|(suffix, _)| self.line.extended(*suffix)).collect()
    }

    fn every_statistical(&self) -> impl Iterator<Item = Line> {
        self.suffixes.iter().filter_map(|(suffix, _)| self.line.extended(*suffix))
    }
}

/// Schedules by importer.
pub type Schedules = BTreeMap<Country, Schedule>;
