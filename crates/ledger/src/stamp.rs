//! Moments and acts as answers show them.

use std::fmt;

use serde::{Serialize, Serializer};
use terms::{Citation, Confidence, Country, Day, Instant, Zone};

use crate::model::Act;
use crate::{ActId, Ledger};

/// An instant on the clock of the government it concerns.
///
/// Written as `2025-05-14` where it is the start of a day, else with the hour; in data as
/// `2025-05-14T00:00:00-04:00`.
#[derive(Debug, Clone, PartialEq)]
pub struct Stamp {
    at: Instant,
    zone: Zone,
}

impl Stamp {
    /// An instant on a clock.
    pub const fn new(at: Instant, zone: Zone) -> Self {
        Self { at, zone }
    }

    /// The instant.
    pub const fn instant(&self) -> Instant {
        self.at
    }

    /// The day the clock shows.
    pub fn day(&self) -> Day {
        self.zone.day_of(self.at)
    }

    /// Whole days from the day of `earlier` to the day of this, on this clock.
    pub fn days_since(&self, earlier: Instant) -> i64 {
        days_between(self.zone.day_of(earlier), self.day())
    }
}

/// Whole days from one day to another; both midnights count as one.
pub(crate) fn days_between(from: Day, to: Day) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let civil = self.zone.civil_of(self.at);
        if civil.time() == jiff::civil::Time::midnight() {
            f.pad(&civil.date().to_string())
        } else {
            f.pad(&self.zone.show(self.at))
        }
    }
}

impl Serialize for Stamp {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.zone.iso(self.at))
    }
}

/// An act as answers name it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ActBrief {
    /// Its name in the ledger.
    pub id: ActId,
    /// Who issued it.
    pub issuer: Country,
    /// Its number, as printed.
    pub number: Option<String>,
    /// What it does.
    pub title: String,
    /// The day it could be known.
    pub published: Day,
    /// Where to look it up.
    pub citation: Citation,
    /// How well it is supported.
    pub confidence: Confidence,
}

impl ActBrief {
    /// The number if it has one, else where to look it up.
    pub fn label(&self) -> &str {
        self.number.as_deref().unwrap_or(self.citation.as_str())
    }
}

impl Ledger {
    /// An instant on a government's clock.
    pub fn stamp(&self, country: &str, at: Instant) -> Stamp {
        Stamp::new(at, self.clock(country).zone)
    }

    /// An act as answers name it.
    pub fn brief(&self, act: &ActId) -> Option<ActBrief> {
        self.act(act.as_str()).map(|act| self.brief_of(act))
    }

    pub(crate) fn brief_of(&self, act: &Act) -> ActBrief {
        ActBrief {
            id: act.id.clone(),
            issuer: act.issuer.clone(),
            number: act.number.clone(),
            title: act.title.clone(),
            published: self.day(act.issuer.as_str(), act.published),
            citation: act.citation.clone(),
            confidence: act.confidence,
        }
    }

    pub(crate) fn briefs<'a>(&self, acts: impl IntoIterator<Item = &'a ActId>) -> Vec<ActBrief> {
        let mut briefs: Vec<ActBrief> = Vec::new();
        for brief in acts.into_iter().filter_map(|act| self.brief(act)) {
            if !briefs.iter().any(|other| other.id == brief.id) {
                briefs.push(brief);
            }
        }
        briefs
    }
}
