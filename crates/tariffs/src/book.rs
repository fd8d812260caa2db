//! A ledger ready to be asked about entries: every measure's versions as known on one instant, with the
//! origins and lists they speak of.

use std::collections::HashMap;

use ledger::{Exception, Ledger, Measure, Origin, Rule, Version, View};
use terms::{Country, Instant, Interval};

use crate::schedule::{Schedule, Schedules};
use crate::scope::{Scope, Scopes};

/// What does not change from question to question: the ledger, its lists by line, the schedules.
#[derive(Debug)]
pub struct Border<'l> {
    pub(crate) ledger: &'l Ledger,
    pub(crate) schedules: &'l Schedules,
    pub(crate) scopes: Scopes,
    countries: HashMap<Country, usize>,
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
    pub(crate) rules: Vec<Ranked<'b>>,
}

/// A rule with its classes by their places.
#[derive(Debug)]
pub(crate) struct Ranked<'b> {
    pub(crate) rule: &'b Rule,
    pub(crate) if_owes: Places,
    pub(crate) on: Places,
}

/// One measure and its versions.
#[derive(Debug)]
pub(crate) struct Row<'b> {
    pub(crate) measure: &'b Measure,
    /// The place of the class by which rules speak of it.
    pub(crate) class: usize,
    /// The place of its programme.
    pub(crate) programme: usize,
    pub(crate) versions: Vec<Dated>,
}

/// One version of a measure, with its origins and goods found.
#[derive(Debug)]
pub(crate) struct Dated {
    pub(crate) version: Version,
    pub(crate) origin: Origins,
    pub(crate) scope: Scope,
    /// For each exception of its terms, in order: its origins and goods.
    pub(crate) except: Vec<Found>,
    /// For each limit of its terms, in order: its origins and goods.
    pub(crate) only: Vec<Found>,
}

/// The origins and goods that an exception names.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) origin: Option<Origins>,
    pub(crate) scope: Option<Scope>,
}

/// Origins by the places of their countries.
#[derive(Debug)]
pub(crate) struct Origins {
    stated: Origin,
    /// Countries reached throughout.
    reached: Places,
    /// Countries that join or leave a group while the version holds.
    moving: Places,
}

/// A set of countries, or of measures, by their places.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(crate) struct Places([u64; 8]);

/// Names by their places, in the order met.
#[derive(Default)]
struct Names(HashMap<String, usize>);

impl Names {
    fn place(&mut self, name: &str) -> usize {
        let next = self.0.len();
        *self.0.entry(name.to_string()).or_insert(next)
    }
}

/// The members of groups at instants, found once.
type AreaPlaces = HashMap<(Country, Instant), Places>;

impl Places {
    /// Every place.
    const ALL: Self = Self([u64::MAX; 8]);

    fn of(at: usize) -> Self {
        let mut places = Self::default();
        places.put(at);
        places
    }

    fn join(&self, other: &Self) -> Self {
        let mut both = *self;
        both.0.iter_mut().zip(other.0).for_each(|(mine, theirs)| *mine |= theirs);
        both
    }

    fn less(&self, other: &Self) -> Self {
        let mut rest = *self;
        rest.0.iter_mut().zip(other.0).for_each(|(mine, theirs)| *mine &= !theirs);
        rest
    }

    /// Puts a place in; places beyond the last are left out.
    pub(crate) fn put(&mut self, at: usize) {
        if let Some(word) = self.0.get_mut(at / 64) {
            *word |= 1 << (at % 64);
        }
    }

    pub(crate) fn meet(&self, other: &Self) -> Self {
        let mut both = *self;
        both.0.iter_mut().zip(other.0).for_each(|(mine, theirs)| *mine &= theirs);
        both
    }

    pub(crate) fn has(&self, at: usize) -> bool {
        self.0.get(at / 64).is_some_and(|word| word >> (at % 64) & 1 == 1)
    }
}

impl Origins {
    /// Whether the origin meant is that of a material inside, not of the goods.
    pub(crate) fn by_content(&self) -> bool {
        self.stated.by.is_some()
    }

    /// A country they name, for the question that a shipment leaves open.
    pub(crate) fn first(&self) -> Option<&Country> {
        self.stated.take.first()
    }
}

impl<'l> Border<'l> {
    /// A ledger with its schedules.
    pub fn new(ledger: &'l Ledger, schedules: &'l Schedules) -> Self {
        let codes = ledger.areas().countries().take(64 * 8);
        let countries = codes.cloned().enumerate().map(|(at, code)| (code, at)).collect();
        Self { ledger, schedules, scopes: Scopes::of(ledger), countries }
    }

    /// The same as known on an instant, in a view.
    pub fn as_known<'b>(&'b self, known: Instant, view: View) -> Book<'b>
    where
        'l: 'b,
    {
        let timetable = self.ledger.timetable(known, view);
        let mut rows: HashMap<Country, Vec<Row<'b>>> = HashMap::new();
        let (mut names, mut areas) = (Names::default(), AreaPlaces::new());
        for (id, versions) in timetable.rows {
            let Some(measure) = self.ledger.measure(id.as_str()) else { continue };
            let (class, programme) = (names.place(&measure.combines), names.place(&measure.programme));
            let versions = versions.into_iter().map(|version| self.dated(version, &mut areas)).collect();
            rows.entry(measure.importer.clone()).or_default().push(Row {
                measure,
                class,
                programme,
                versions,
            });
        }
        let mut places = |names_of: &[String]| {
            let mut places = Places::default();
            names_of.iter().for_each(|name| places.put(names.place(name)));
            places
        };
        let known_rules = self.ledger.rules().filter(|rule| rule.published <= known);
        let rules = known_rules
            .map(|rule| Ranked { rule, if_owes: places(&rule.if_owes), on: places(&rule.on) })
            .collect();
        Book { border: self, known, view, rows, rules }
    }

    fn dated(&self, version: Version, areas: &mut AreaPlaces) -> Dated {
        let during = version.during;
        let mut found = |exception: &Exception| Found {
            origin: exception.origin.as_ref().map(|origin| self.origins(origin, during, areas)),
            scope: exception.goods.as_ref().map(|goods| self.scopes.find(goods)),
        };
        let except = version.terms.except.iter().map(&mut found).collect();
        let only = version.terms.only.iter().map(&mut found).collect();
        let origin = self.origins(&version.terms.origin, during, areas);
        Dated { origin, scope: self.scopes.find(&version.terms.goods), except, only, version }
    }

    fn origins(&self, stated: &Origin, during: Interval, areas: &mut AreaPlaces) -> Origins {
        let (start, end) = (during.from, during.until.unwrap_or(Instant::MAX));
        let mut reached_at = |on: Instant| {
            let mut reached = if stated.all { Places::ALL } else { Places::default() };
            for area in &stated.take {
                reached = reached.join(&self.places_of(area, on, areas));
            }
            for area in &stated.leave {
                reached = reached.less(&self.places_of(area, on, areas));
            }
            reached
        };
        let (at_start, at_end) = (reached_at(start), reached_at(end));
        let reached = at_start.meet(&at_end);
        Origins { stated: stated.clone(), moving: at_start.join(&at_end).less(&reached), reached }
    }

    /// The places of a country, or of a group's members at an instant.
    fn places_of(&self, area: &Country, on: Instant, areas: &mut AreaPlaces) -> Places {
        if let Some(at) = self.place(area) {
            return Places::of(at);
        }
        let find = || {
            let members = self.countries.iter().filter(|(c, _)| self.ledger.areas().holds(area, c, on));
            members.fold(Places::default(), |all, (_, at)| all.join(&Places::of(*at)))
        };
        *areas.entry((area.clone(), on)).or_insert_with(find)
    }

    /// The ledger it was made from.
    pub const fn ledger(&self) -> &'l Ledger {
        self.ledger
    }

    /// Whether goods of an origin pay column 2 of a schedule at an instant.
    pub(crate) fn pays_column_2(&self, schedule: &Schedule, origin: &Country, on: Instant) -> bool {
        schedule.column_2.as_ref().is_some_and(|group| self.ledger.areas().holds(group, origin, on))
    }

    /// The place of a country, if the ledger knows it.
    pub(crate) fn place(&self, country: &Country) -> Option<usize> {
        self.countries.get(country).copied()
    }

    /// Every country of the ledger.
    pub fn countries(&self) -> impl Iterator<Item = &Country> {
        self.countries.keys()
    }

    /// A country, or for a group the first of its members: where a group pays one rate, each stands for all.
    pub(crate) fn one_of(&self, area: &Country, on: Instant) -> Country {
        let members = self.countries.keys().filter(|country| self.ledger.areas().holds(area, country, on));
        if self.place(area).is_some() { area.clone() } else { members.min().unwrap_or(area).clone() }
    }

    /// Whether goods of an origin may claim a preference at all, as far as the schedule keeps its countries.
    pub(crate) fn may_claim(&self, importer: &Country, origin: &Country, preference: &str) -> bool {
        let known = self.schedules.get(importer).and_then(|schedule| schedule.preference(preference));
        known.is_none_or(|known| known.countries.is_empty() || known.countries.contains(origin))
    }

    pub(crate) fn reaches(&self, origins: &Origins, origin: &Country, place: usize, on: Instant) -> bool {
        origins.reached.has(place)
            || (origins.moving.has(place) && self.ledger.areas().reaches(&origins.stated, origin, on))
    }
}

impl Dated {
    /// The places of the lists that it, its exceptions and its limits name.
    pub(crate) fn lists(&self) -> impl Iterator<Item = usize> + '_ {
        let found = self.except.iter().chain(&self.only).filter_map(|found| found.scope.as_ref());
        [&self.scope].into_iter().chain(found).flat_map(Scope::lists)
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
