//! What an overlay changes of the coverage table, which was derived without it.
//!
//! In: the record with the overlay and without, and what is bought by line. Each line that a moved measure speaks of is
//! charged under both, and the table's cells change as the lines do. Out: the table with the cells of the overlay on top
//! ([`Coverage::reached`] reads these first), and what was sized how ([`SizedAct`]).

mod averages;
mod moved;
mod sizeable;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use diagnostic::Faults;
use serde::Serialize;
use terms::{Country, Day, Instant, Line, Points, Sector};

use self::averages::{Asked, Averages, Kind, in_proportion};
use self::moved::{Moved, lists, moved, ruled};
use crate::Book;
use crate::coverage::Coverage;

/// What weighs the lines of a sector.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Weighing {
    /// What the importer buys of each line from the origin.
    ImportsByLine,
    /// What it buys of each line from everyone else whose lines are not at hand.
    ImportsOfOthersByLine,
    /// Nothing is known of what is bought: each subheading of a sector once.
    SubheadingsOnce,
}

/// The lines of an importer's purchases from an origin.
#[derive(Debug, Clone, PartialEq)]
pub struct LineWeights {
    /// Lines (or subheadings), the sector of each, and what is bought of it, in any one money.
    pub lines: Vec<(Line, Sector, f64)>,
    /// What these weights are.
    pub by: Weighing,
}

/// What an overlay does to one importer's duties on one origin's goods on a day, as sized.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SizedAct {
    /// The measures it moves.
    pub measures: Vec<String>,
    /// Who charges.
    pub importer: Country,
    /// Whose goods.
    pub origin: Country,
    /// The day.
    pub on: Day,
    /// What weighed the lines; none where duties on all goods move in their rate alone, which needs no lines.
    pub by: Option<Weighing>,
    /// Lines that the moved measures speak of.
    pub lines: usize,
    /// Their share of what is bought, %.
    pub share_pct: f64,
    /// What the overlay adds on them, in points of all that is bought; below zero where it takes away.
    pub added_pp: f64,
    /// Of these lines, the share that is subheadings of which only longer codes are named, %: which part of a subheading they
    /// are is not known, and all of it is taken.
    pub in_part_pct: f64,
    /// What of `added_pp` is added on these: none of it would be, were the longer codes nothing of their subheadings.
    pub added_in_part_pp: f64,
}

/// The record with an overlay and without, as known on one instant.
#[derive(Debug)]
pub struct Laid<'b> {
    /// Without.
    pub under: &'b Book<'b>,
    /// With.
    pub over: &'b Book<'b>,
}

impl Laid<'_> {
    /// The days on which a measure that the overlay moves begins or ends to say what it says, with it.
    pub fn days(&self, importer: &Country) -> BTreeSet<Day> {
        let clock = self.over.border.ledger.clock(importer.as_str());
        let rows = |book: &'_ Book<'_>| {
            let rows = book.rows.get(importer).into_iter().flatten();
            let said = rows.map(|row| {
                let versions = row.versions.iter().map(|dated| dated.version.clone());
                (row.measure.id.clone(), versions.collect::<Vec<_>>())
            });
            said.collect::<BTreeMap<_, _>>()
        };
        let (before, after) = (rows(self.under), rows(self.over));
        let moved = after.iter().filter(|(id, versions)| before.get(*id) != Some(*versions));
        let during = moved.flat_map(|(_, versions)| versions.iter().map(|version| version.during));
        let instants = during.flat_map(|during| [Some(during.from), during.until]).flatten();
        instants.filter(|at| *at < Instant::MAX && *at > Instant::MIN).map(|at| clock.day_of(at)).collect()
    }

    /// The measures of an importer that the overlay moves and that charge something on a day.
    pub fn charges_on(&self, importer: &Country, day: Day) -> Vec<&ledger::MeasureId> {
        let ledger = self.over.border.ledger;
        let Ok(on) = ledger.clock(importer.as_str()).zone.start_of(day) else { return Vec::new() };
        let changed = lists(self.under.border.ledger, ledger);
        let rows = moved((self.under, self.over), importer, on, &changed);
        rows.into_iter().filter(|row| row.charged().is_some()).map(|row| &row.measure.id).collect()
    }

    /// Whether the overlay changes, on one of these days, how duties of an importer combine, or what is on a list.
    pub fn combines_otherwise(&self, importer: &Country, days: &[Day]) -> bool {
        let ledger = self.over.border.ledger;
        let zone = ledger.clock(importer.as_str()).zone;
        let mut instants = days.iter().filter_map(|day| zone.start_of(*day).ok());
        !lists(self.under.border.ledger, ledger).is_empty()
            || instants.any(|on| !ruled(self.under, self.over, importer, on).is_empty())
    }

    /// Lays what the overlay changes on these days on the table, for one importer and each origin with its lines. What a union
    /// charges is laid for those of `buyers` that belong to it.
    ///
    /// ```text
    /// (T8)  c′ = c · c_over / c_under        c + c_over − c_under where the table, or the lines without it, have none
    /// ```
    ///
    /// for the share c that a programme reaches and the points it charges: `c_over` and `c_under` are averages over the lines
    /// of a sector, charged with the overlay and without it, nothing being known of shipments. So what the table knows of
    /// behaviour and content stays, in proportion.
    ///
    /// # Errors
    /// `clash` where the record with the overlay does not settle a duty.
    pub fn lay(
        &self,
        table: &mut Coverage,
        (importer, buyers): (&Country, &[Country]),
        origins: &[(Country, &LineWeights)],
        (days, known): (&BTreeSet<Day>, Day),
    ) -> Result<Vec<SizedAct>, Faults> {
        let ledger = self.over.border.ledger;
        let changed = lists(self.under.border.ledger, ledger);
        let mut acts = Vec::new();
        for day in days.iter().copied() {
            let Ok(on) = ledger.clock(importer.as_str()).zone.start_of(day) else { continue };
            let asked = Asked { importer, day, on };
            let rows = moved((self.under, self.over), importer, on, &changed);
            let mut kinds: HashMap<Kind, Averages> = HashMap::new();
            for (origin, weights) in origins {
                let passes = |buyer: &&Country| ledger.passes(importer, buyer, origin, on);
                let buyers: Vec<&Country> = buyers.iter().filter(passes).collect();
                for buyer in &buyers {
                    table.clear(buyer, origin, day);
                }
                let reached: Vec<Moved<'_>> =
                    rows.iter().filter(|row| self.reaches(row, origin, on)).copied().collect();
                if reached.is_empty() || buyers.is_empty() {
                    continue;
                }
                let mut act = SizedAct {
                    measures: reached.iter().map(|row| row.measure.id.to_string()).collect(),
                    importer: importer.clone(),
                    origin: origin.clone(),
                    on: day,
                    by: None,
                    lines: 0,
                    share_pct: 100.0,
                    added_pp: reached.iter().map(moved_points).sum(),
                    in_part_pct: 0.0,
                    added_in_part_pp: 0.0,
                };
                if !reached.iter().all(|row| row.in_rate_alone(&changed)) {
                    let kind = (weights.by, self.kind(asked, origin));
                    if !kinds.contains_key(&kind) {
                        kinds.insert(kind.clone(), self.averages(asked, origin, weights, &reached)?);
                    }
                    let found = &kinds[&kind];
                    (act.by, act.lines) = (Some(weights.by), found.lines);
                    (act.share_pct, act.added_pp) = (found.share_pct, found.added_pp);
                    (act.in_part_pct, act.added_in_part_pp) = found.in_part;
                    let groups = crate::all_goods::groups(ledger.areas(), origin, on);
                    for buyer in buyers {
                        for (programme, sector, [under, over]) in &found.cells {
                            let recorded =
                                table.recorded(buyer, programme, (origin, &groups), sector, (day, known));
                            let share = in_proportion(recorded.unwrap_or_default(), *under, *over);
                            let cell = (buyer.clone(), origin.clone(), programme.clone(), sector.clone());
                            table.lay(cell, day, share);
                        }
                    }
                }
                acts.push(act);
            }
        }
        Ok(acts)
    }

    fn reaches(&self, row: &Moved<'_>, origin: &Country, on: Instant) -> bool {
        let reaches = |book: &Book<'_>, dated: Option<&crate::book::Dated>| {
            let (Some(dated), Some(place)) = (dated, book.border.place(origin)) else { return false };
            book.border.reaches(&dated.origin, origin, place, on)
        };
        reaches(self.over, row.over) || reaches(self.under, row.under)
    }
}

/// What a measure on all goods charges with the overlay less what it charges without.
fn moved_points(row: &Moved<'_>) -> f64 {
    let charged = |dated: Option<&crate::book::Dated>| {
        let version = dated.map(|dated| &dated.version).filter(|version| version.applies());
        version.and_then(|version| version.charged().points()).map_or(0.0, Points::as_f64)
    };
    charged(row.over) - charged(row.under)
}
