//! Duties on listed goods, as what they add to each sector's rate beyond the base year.
//!
//! A base rate holds what was charged in its year: Section 301 and metals of 2024 with it. What such a duty adds
//! on a day is its points of the sector on that day less its points at the end of the base year.

use std::collections::{BTreeMap, BTreeSet};

use ledger::{Ledger, MeasureKind, Timetable};
use serde::Serialize;
use terms::{Country, Day, Instant, Sector};

use crate::Coverage;
use crate::all_goods::groups;
use crate::coverage::ORDINARY;

/// What a programme of listed goods adds to the rates of one pair.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Listed {
    /// The programme.
    pub programme: String,
    /// Who charges.
    pub importer: Country,
    /// Whose goods: a country, never a group.
    pub origin: Country,
    /// Whether it names this origin, and not every origin.
    pub aimed: bool,
    /// By sector, in points of its value, what it charges.
    pub points: BTreeMap<Sector, f64>,
    /// By sector, in points of its value, what it charges beyond the end of the base year; below 0 where less.
    pub added: BTreeMap<Sector, f64>,
}

/// The end of the base year of US rates, which are what customs collected in that year.
pub const BASE_DAY: Day = jiff::civil::date(2024, 12, 31);

/// Asks for listed duties of one day.
#[derive(Debug, Clone, Copy)]
pub struct ListedOn<'l> {
    /// The record.
    pub ledger: &'l Ledger,
    /// The same as known on an instant.
    pub timetable: &'l Timetable,
    /// What programmes charge.
    pub coverage: &'l Coverage,
    /// The instant asked about.
    pub on: Instant,
    /// Its day, and the last day of publication that counts.
    pub days: (Day, Day),
}

impl ListedOn<'_> {
    /// What each programme of listed goods of `importer`, or of a union it belongs to, adds to its rates on goods of
    /// `origin`.
    ///
    /// A programme that the record no longer holds in force charges nothing, whatever the table says; one that the table
    /// does not know is left out: the record names it, and it has no size here.
    pub fn between(&self, importer: &Country, origin: &Country, sectors: &[Sector]) -> Vec<Listed> {
        let programmes = self.coverage.programmes_of(importer);
        if programmes.is_empty() {
            return Vec::new();
        }
        let (mut on_all_goods, mut in_force, mut aimed) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for (id, versions) in &self.timetable.rows {
            let measure = self.ledger.measure(id.as_str());
            let own = |measure: &&ledger::Measure| {
                measure.kind == MeasureKind::Duty
                    && self.ledger.passes(&measure.importer, importer, origin, self.on)
            };
            let Some(measure) = measure.filter(own) else { continue };
            let programme = measure.programme.as_str();
            for version in versions {
                if version.terms.goods.all && version.terms.only.is_empty() {
                    on_all_goods.insert(programme);
                }
                if !version.terms.origin.all {
                    aimed.insert(programme);
                }
                if version.during.holds(self.on) && version.applies() {
                    in_force.insert(programme);
                }
            }
        }
        let groups = groups(self.ledger.areas(), origin, self.on);
        let listed = programmes.into_iter().filter(|p| *p != ORDINARY && !on_all_goods.contains(p));
        let found = listed.filter_map(|programme| {
            let origin_in = (origin, &groups[..]);
            let points = |sector: &Sector| {
                let found = self.coverage.reached(importer, programme, origin_in, sector, self.days);
                found.unwrap_or_default().points
            };
            // The base year was what it was, whatever an overlay lays on it.
            let in_base_year = |sector: &Sector| {
                let days = (BASE_DAY, Day::MAX);
                let found = self.coverage.recorded(importer, programme, origin_in, sector, days);
                found.unwrap_or_default().points
            };
            let mut listed = Listed {
                programme: programme.to_string(),
                importer: importer.clone(),
                origin: origin.clone(),
                aimed: aimed.contains(programme),
                points: BTreeMap::new(),
                added: BTreeMap::new(),
            };
            for sector in sectors {
                let charged = if in_force.contains(programme) { points(sector) } else { 0.0 };
                let before = in_base_year(sector);
                if charged != 0.0 {
                    listed.points.insert(sector.clone(), charged);
                }
                if charged != before {
                    listed.added.insert(sector.clone(), charged - before);
                }
            }
            (!listed.points.is_empty() || !listed.added.is_empty()).then_some(listed)
        });
        found.collect()
    }

    /// The same between any two members of `countries`.
    pub fn between_all(&self, countries: &[crate::Territory], sectors: &[Sector]) -> Vec<Listed> {
        let members = || countries.iter().flat_map(|territory| &territory.members);
        let importers = members().filter(|country| !self.coverage.programmes_of(country).is_empty());
        let pairs = importers.flat_map(|n| members().filter(move |i| *i != n).map(move |i| (n, i)));
        pairs.flat_map(|(importer, origin)| self.between(importer, origin, sectors)).collect()
    }
}
