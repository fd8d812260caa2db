//! A ledger ready to be asked about entries: every measure's versions as known on one instant, with the
//! origins and lists they speak of.

use std::collections::HashMap;

use ledger::{Ledger, Measure, MeasureId, Rule, Version, View};
use terms::{Country, Instant};

use crate::schedule::Schedules;
use crate::scope::Scopes;

/// What does not change from question to question: the ledger, its lists by line, the schedules.
#[derive(Debug)]
pub struct Border<'l> {
    pub(crate) ledger: &'l Ledger,
    pub(crate) schedules: &'l Schedules,
    pub(crate) scopes: Scopes,
    countries: HashMap<Country, usize>,
    /// The group whose goods pay column 2 of a schedule.
    pub(crate) column_2: Country,
}

/// All that was known on one instant, in one view.
#[derive(Debug)]
pub struct Book<'b> {
    pub(crate) border: &'b Border<'b>,
    /// Acts published later are not seen.
    pub known: Instant,
    /// Which state of the law.
    pub view: View,
    pub(crate) rows: HashMap<Country, Vec<Row<'b>>>,
    pub(crate) rules: Vec<&'b Rule>,
}

/// One measure and its versions.
#[derive(Debug)]
pub(crate) struct Row<'b> {
    pub(crate) measure: &'b Measure,
    pub(crate) versions: Vec<Dated>,
}

/// One version of a measure, with the origins it reaches.
#[derive(Debug)]
pub(crate) struct Dated {
    pub(crate) version: Version,
    /// Places of countries reached whenever the version holds.
    reached: Places,
    /// Places of countries that join or leave a group of its origin while it holds.
    moving: Places,
}

/// A set of countries by their places.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(crate) struct Places([u64; 5]);

impl Places {
    fn put(&mut self, at: usize) {
        self.0[at / 64] |= 1 << (at % 64);
    }

    pub(crate) fn has(&self, at: usize) -> bool {
        self.0[at / 64] >> (at % 64) & 1 == 1
    }
}

impl<'l> Border<'l> {
    /// A ledger with its schedules.
    pub fn new(ledger: &'l Ledger, schedules: &'l Schedules) -> Self {
        let codes = ledger.areas().codes().filter(|code| code.as_str().len() == 3).take(64 * 5);
        let countries = codes.cloned().enumerate().map(|(at, code)| (code, at)).collect();
        Self { ledger, schedules, scopes: Scopes::of(ledger), countries, column_2: Country::new("COL2") }
    }

    /// The same as known on an instant, in a view.
    pub fn as_known<'b>(&'b self, known: Instant, view: View) -> Book<'b>
    where
        'l: 'b,
    {
        let timetable = self.ledger.timetable(known, view);
        let mut rows: HashMap<Country, Vec<Row<'b>>> = HashMap::new();
        for row in timetable.rows.into_iter().filter_map(|(id, versions)| self.row(&id, versions)) {
            rows.entry(row.measure.importer.clone()).or_default().push(row);
        }
        let rules = self.ledger.rules().filter(|rule| rule.published <= known).collect();
        Book { border: self, known, view, rows, rules }
    }

    fn row(&self, id: &MeasureId, versions: Vec<Version>) -> Option<Row<'_>> {
        let measure = self.ledger.measure(id.as_str())?;
        let versions = versions.into_iter().map(|version| self.dated(version)).collect();
        Some(Row { measure, versions })
    }

    fn dated(&self, version: Version) -> Dated {
        let (mut reached, mut moving) = (Places::default(), Places::default());
        let areas = self.ledger.areas();
        let until = version.during.until.unwrap_or(Instant::MAX);
        for (country, at) in &self.countries {
            let at_start = areas.reaches(&version.terms.origin, country, version.during.from);
            let at_end = areas.reaches(&version.terms.origin, country, until);
            match (at_start, at_end) {
                (true, true) => reached.put(*at),
                (false, false) => {}
                _ => moving.put(*at),
            }
        }
        Dated { version, reached, moving }
    }

    /// The place of a country, if the ledger knows it.
    pub(crate) fn place(&self, country: &Country) -> Option<usize> {
        self.countries.get(country).copied()
    }

    /// Every country of the ledger.
    pub fn countries(&self) -> impl Iterator<Item = &Country> {
        self.countries.keys()
    }

    /// Whether goods of an origin may claim a preference at all, as far as the schedule keeps its countries.
    pub(crate) fn may_claim(&self, importer: &Country, origin: &Country, preference: &str) -> bool {
        let known = self.schedules.get(importer).and_then(|schedule| schedule.preference(preference));
        known.is_none_or(|known| known.countries.is_empty() || known.countries.contains(origin))
    }

    pub(crate) fn reaches(&self, dated: &Dated, origin: &Country, place: usize, on: Instant) -> bool {
        dated.reached.has(place)
            || (dated.moving.has(place)
                && self.ledger.areas().reaches(&dated.version.terms.origin, origin, on))
    }
}

impl Row<'_> {
    /// The version that holds at an instant.
    pub(crate) fn at(&self, on: Instant) -> Option<&Dated> {
        let begun = self.versions.partition_point(|dated| dated.version.during.from <= on);
        let dated = self.versions.get(begun.checked_sub(1)?)?;
        dated.version.during.holds(on).then_some(dated)
    }
}
