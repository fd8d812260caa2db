//! Governments and their clocks; countries, and groups with dated membership.

use std::collections::BTreeMap;

use diagnostic::help_nearest;
use indexmap::IndexMap;
use jiff::civil;
use serde::Serialize;
use terms::{Country, Day, Instant, MomentError, Zone};

/// A government that issues acts.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Government {
    /// ISO 3166-1 alpha-3.
    pub code: Country,
    /// Its common name.
    pub name: String,
    /// The name as an adjective, as in "US duties"; the name itself where the texts give none.
    pub adjective: String,
    /// The clock its acts are written by.
    pub clock: Clock,
    /// The last day whose acts were looked for; none: the texts do not say.
    pub read_until: Option<Day>,
}

/// A government's clock, with the minute at which its law lets a day begin.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Clock {
    /// The zone.
    pub zone: Zone,
    /// `00:01` where acts say "12:01 a.m." for the start of a day, else midnight.
    pub day_begins: civil::Time,
}

impl Clock {
    /// Reads a day (its first instant here), a time on this clock, or a time with its own offset.
    ///
    /// DIFFERENCE: where acts begin "12:01 a.m.", that minute is read as the start of the day. Otherwise a
    /// question about a day, which means its first instant, would be answered with the day before.
    ///
    /// # Errors
    /// [`MomentError`] with the forms that are understood.
    pub fn read(&self, text: &str) -> Result<Instant, MomentError> {
        let instant = self.zone.read(text)?;
        let shown = self.zone.civil_of(instant);
        let begins = shown.time() == self.day_begins && self.day_begins != civil::Time::midnight();
        if begins { self.zone.start_of(shown.date()) } else { Ok(instant) }
    }

    /// The day this clock shows.
    pub fn day_of(&self, instant: Instant) -> Day {
        self.zone.day_of(instant)
    }
}

/// Where goods must come from to be reached.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Origin {
    /// Any country at all, before what is left out.
    pub all: bool,
    /// Countries and groups reached.
    pub take: Vec<Country>,
    /// Countries and groups spared.
    pub leave: Vec<Country>,
    /// A content rule in place of ordinary origin, such as `smelted or cast`.
    pub by: Option<String>,
}

/// Countries, and groups with dated membership.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Areas {
    pub(crate) countries: BTreeMap<Country, String>,
    pub(crate) groups: IndexMap<Country, Group>,
}

/// A group of countries: who joined and who left, in the order of days.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Group {
    pub(crate) name: String,
    pub(crate) changes: Vec<Membership>,
}

/// A change of membership from a day on (the start of that day on the group's clock).
#[derive(Debug, Clone, PartialEq)]
pub struct Membership {
    pub(crate) from: Instant,
    pub(crate) country: Country,
    pub(crate) joins: bool,
}

impl Areas {
    /// Whether a country or group of this code exists.
    pub fn knows(&self, code: &str) -> bool {
        self.countries.contains_key(code) || self.groups.contains_key(code)
    }

    /// The common name of a country or group.
    pub fn name(&self, code: &str) -> Option<&str> {
        let group = || self.groups.get(code).map(|group| group.name.as_str());
        self.countries.get(code).map(String::as_str).or_else(group)
    }

    /// The code of the country or group that a text names, by its code or its common name in any case.
    pub fn code_of(&self, text: &str) -> Option<&Country> {
        let groups = self.groups.iter().map(|(code, group)| (code, &group.name));
        let mut all = self.countries.iter().chain(groups);
        all.find(|(code, name)| code.as_str() == text || name.to_lowercase() == text.to_lowercase())
            .map(|(code, _)| code)
    }

    /// Every country, no group.
    pub fn countries(&self) -> impl Iterator<Item = &Country> {
        self.countries.keys()
    }

    /// All codes, countries first.
    pub fn codes(&self) -> impl Iterator<Item = &Country> {
        self.countries.keys().chain(self.groups.keys())
    }

    /// Whether `country` is `area` or belongs to it at `on`.
    pub fn holds(&self, area: &Country, country: &Country, on: Instant) -> bool {
        if area == country {
            return true;
        }
        let Some(group) = self.groups.get(area) else { return false };
        let last = group.changes.iter().rfind(|change| change.country == *country && change.from <= on);
        last.is_some_and(|change| change.joins)
    }

    /// What a reader who wrote `word` for a country may have meant, as a line of help: a group by its members, a
    /// name or two letters by the code, else the nearest code.
    pub fn meant(&self, word: &str) -> Option<String> {
        let upper = word.to_uppercase();
        if let Some(group) = self.groups.get(upper.as_str()) {
            let mut members: Vec<&str> = Vec::new();
            for change in &group.changes {
                members.retain(|member| *member != change.country.as_str());
                members.extend(change.joins.then_some(change.country.as_str()));
            }
            members.sort_unstable();
            return Some(format!("`{upper}` is a group: name one of its members: {}", members.join(", ")));
        }
        if self.countries.contains_key(upper.as_str()) {
            return Some(format!("write `{upper}`"));
        }
        let plain = |text: &str| text.to_lowercase();
        let called = |(_, name): &(&Country, &String)| {
            plain(name) == plain(word) || (word.len() > 3 && plain(name).contains(&plain(word)))
        };
        let begins = |(code, _): &(&Country, &String)| upper.len() == 2 && code.as_str().starts_with(&upper);
        let found = self.countries.iter().find(called).or_else(|| self.countries.iter().find(begins));
        match found {
            Some((code, name)) => Some(format!("the code of {name} is `{code}`")),
            None => help_nearest(word, self.codes().map(Country::as_str)),
        }
    }

    /// Whether goods of `country` are reached at `on`.
    pub fn reaches(&self, origin: &Origin, country: &Country, on: Instant) -> bool {
        let any = |list: &[Country]| list.iter().any(|area| self.holds(area, country, on));
        (origin.all || any(&origin.take)) && !any(&origin.leave)
    }
}
