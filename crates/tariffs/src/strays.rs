//! Codes that measures and lists name and that no edition of the schedule has: a slip of a digit reaches nothing.

use std::collections::BTreeMap;

use ledger::{Ledger, LineList, Piece};
use terms::Line;

use crate::named::goods_named;
use crate::{Schedule, Schedules};

/// A code that reaches nothing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stray {
    /// The list or measure that names it.
    pub by: String,
    /// The code.
    pub line: Line,
}

/// Every code of a measure, or of a list that a measure speaks of, that no edition of the importer's schedule has, in
/// the order of names. Chapters 98 and 99, which hold no goods, are left out; importers without a schedule too.
pub fn strays(ledger: &Ledger, schedules: &Schedules) -> Vec<Stray> {
    // The same list may serve many measures: each is read once.
    let mut named: BTreeMap<(String, Line), bool> = BTreeMap::new();
    for measure in ledger.measures() {
        let Some(schedule) = schedules.get(&measure.importer) else { continue };
        for goods in goods_named(ledger, measure) {
            for piece in goods.take.iter().chain(&goods.leave) {
                let codes: Vec<(String, Line)> = match piece {
                    Piece::Line { line, .. } => vec![(measure.id.to_string(), *line)],
                    Piece::List(id) => {
                        let list = ledger.list(id.as_str()).filter(|list| !older(list, schedule)).into_iter();
                        let added = list.flat_map(|list| &list.entries).filter(|entry| entry.adds);
                        let lines = added.flat_map(|entry| entry.lines.iter());
                        lines.map(|line| (id.to_string(), *line)).collect()
                    }
                    Piece::Described { .. } => Vec::new(),
                };
                for (by, line) in codes {
                    let known = named.entry((by, line)).or_insert(false);
                    *known = *known || schedule.knows(line);
                }
            }
        }
    }
    let goods = |line: &Line| !["98", "99"].contains(&line.prefix(2).to_string().as_str());
    let strays = named.into_iter().filter(|((_, line), known)| !known && goods(line));
    strays.map(|((by, line), _)| Stray { by, line }).collect()
}

/// Whether a list speaks of an edition earlier than any at hand (`HTSUS 2019`): its codes cannot be compared.
fn older(list: &LineList, schedule: &Schedule) -> bool {
    let year = list.edition.rsplit(' ').next().and_then(|year| year.parse::<i16>().ok());
    let first = schedule.editions.first().map(|edition| edition.from.year());
    year.zip(first).is_some_and(|(year, first)| year < first)
}
