//! What lines are charged with an overlay and without it, averaged by programme and sector.

use std::collections::BTreeMap;

use diagnostic::Faults;
use ledger::MeasureKind;
use terms::{Country, Day, Instant, Line, Sector};

use super::moved::Moved;
use super::{Laid, LineWeights, Weighing};
use crate::book::Origins;
use crate::coverage::Share;
use crate::effective::reach;
use crate::schedule::Base;
use crate::stacking::{Clash, Entry, Stack};
use crate::{Book, Facts};

/// What the lines say of origins that the same measures reach.
#[derive(Debug, Clone)]
pub(super) struct Averages {
    /// Programmes by sector, without the overlay and with it.
    pub(super) cells: Vec<(String, Sector, [Share; 2])>,
    /// Lines that a moved measure speaks of.
    pub(super) lines: usize,
    /// Their share of all that is bought, %.
    pub(super) share_pct: f64,
    /// What is added on them, in points of all that is bought.
    pub(super) added_pp: f64,
    /// Of these two, what subheadings hold of which only longer codes are named.
    pub(super) in_part: (f64, f64),
}

/// Origins of one kind are reached by the same measures, and weighed by the same lines.
pub(super) type Kind = (Weighing, Vec<bool>);

/// One importer on one day.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked<'a> {
    pub(super) importer: &'a Country,
    pub(super) day: Day,
    pub(super) on: Instant,
}

impl Laid<'_> {
    /// What decides which measures reach an origin, and what they spare of it: alike for origins that are charged alike.
    pub(super) fn kind(&self, Asked { importer, on, .. }: Asked<'_>, origin: &Country) -> Vec<bool> {
        let mut kind = Vec::new();
        for book in [self.under, self.over] {
            let border = book.border;
            let place = border.place(origin);
            let schedule = border.schedules.get(importer);
            kind.push(schedule.is_some_and(|schedule| border.pays_column_2(schedule, origin, on)));
            let reaches =
                |origins: &Origins| place.is_some_and(|place| border.reaches(origins, origin, place, on));
            for dated in book.rows.get(importer).into_iter().flatten().filter_map(|row| row.at(on)) {
                kind.push(reaches(&dated.origin));
                let named = dated.except.iter().chain(&dated.only).filter_map(|found| found.origin.as_ref());
                kind.extend(named.map(reaches));
            }
        }
        kind
    }

    /// Charges every line that a moved measure speaks of, with the overlay and without it.
    pub(super) fn averages(
        &self,
        asked: Asked<'_>,
        origin: &Country,
        weights: &LineWeights,
        rows: &[Moved<'_>],
    ) -> Result<Averages, Faults> {
        let mut sums: BTreeMap<(String, &Sector), [Share; 2]> = BTreeMap::new();
        let mut totals: BTreeMap<&Sector, (f64, f64)> = BTreeMap::new();
        let (mut spoken, mut all, mut added, mut lines) = (0.0, 0.0, 0.0, 0);
        let mut in_part = (0.0, 0.0);
        for (line, sector, value) in &weights.lines {
            let (sum, count) = totals.entry(sector).or_default();
            (*sum, *count, all) = (*sum + value, *count + 1.0, all + value);
            let below = self.below(*line, asked, rows);
            let part = 1.0 / below.len() as f64;
            let heard: Vec<&Line> = below.iter().filter(|code| self.speaks(rows, **code)).collect();
            let (spoken_before, added_before) = (spoken, added);
            for code in &heard {
                for (at, book) in [self.under, self.over].into_iter().enumerate() {
                    let sign = if at == 0 { -1.0 } else { 1.0 };
                    for (programme, share, points) in charges(book, asked, origin, **code)? {
                        let cell = &mut sums.entry((programme, sector)).or_default()[at];
                        cell.share += value * part * share;
                        cell.points += value * part * points;
                        cell.once += part * points;
                        added += sign * value * part * points;
                    }
                }
            }
            if !heard.is_empty() {
                lines += 1;
                spoken += value * part * heard.len() as f64;
            }
            if weights.by == Weighing::SubheadingsOnce && heard.iter().all(|code| **code != *line) {
                in_part = (in_part.0 + spoken - spoken_before, in_part.1 + added - added_before);
            }
        }
        // A programme of the overlay reaches nothing of a sector without such a line; where the table has none of it, that has
        // to be said, since a duty on all goods that the table does not know reaches all of them.
        for row in rows.iter().filter(|row| row.charged().is_some()) {
            for sector in totals.keys() {
                sums.entry((row.measure.programme.clone(), *sector)).or_default();
            }
        }
        let cells = sums.into_iter().map(|((programme, sector), both)| {
            let (value, count) = totals[sector];
            let mean = |sums: Share| match value > 0.0 {
                true => {
                    Share { share: sums.share / value, points: sums.points / value, once: sums.once / count }
                }
                false => Share::default(),
            };
            (programme, sector.clone(), both.map(mean))
        });
        let of_all = |part: f64| if all > 0.0 { part / all } else { 0.0 };
        Ok(Averages {
            cells: cells.collect(),
            lines,
            share_pct: 100.0 * of_all(spoken),
            added_pp: of_all(added),
            in_part: (100.0 * of_all(in_part.0), of_all(in_part.1)),
        })
    }

    /// Whether a moved measure speaks of a line, with the overlay or without it.
    pub(super) fn speaks(&self, rows: &[Moved<'_>], line: Line) -> bool {
        let cards = [self.under, self.over].map(|book| book.border.scopes.card(line));
        rows.iter().any(|row| {
            [row.under, row.over]
                .into_iter()
                .zip(&cards)
                .any(|(dated, card)| dated.is_some_and(|dated| dated.scope.ever_speaks_of(card)))
        })
    }

    /// The statistical lines below a line where a schedule is at hand, else the codes that moved measures name below it.
    pub(super) fn below(
        &self,
        line: Line,
        Asked { importer, day, .. }: Asked<'_>,
        rows: &[Moved<'_>],
    ) -> Vec<Line> {
        let schedule = self.over.border.schedules.get(importer);
        let row = schedule.and_then(|schedule| schedule.row(line, day));
        let mut below = match schedule.zip(row) {
            Some((schedule, row)) => row.statistical(schedule.at_hand(day)),
            None => {
                let scopes = [self.under, self.over].map(|book| &book.border.scopes);
                let named = rows.iter().flat_map(|row| {
                    let of = [row.under, row.over].into_iter().zip(scopes);
                    of.flat_map(|(dated, scopes)| {
                        dated
                            .into_iter()
                            .flat_map(|dated| scopes.codes_below(&dated.scope, line))
                            .collect::<Vec<_>>()
                    })
                });
                named.collect()
            }
        };
        below.sort_unstable();
        below.dedup();
        if below.is_empty() { vec![line] } else { below }
    }
}

/// What each duty charges on a line: programme, the share of value it is charged on, points.
fn charges(
    book: &Book<'_>,
    asked: Asked<'_>,
    origin: &Country,
    line: Line,
) -> Result<Vec<(String, f64, f64)>, Faults> {
    let stacked = stacked(book, asked, origin, line, |stack| {
        let duties = stack.charges.iter().filter(|charge| charge.measure.kind == MeasureKind::Duty);
        let charged = duties.filter(|charge| charge.is_charged());
        charged.map(|c| (c.measure.programme.clone(), reach(c), c.points.as_f64())).collect()
    });
    stacked.map_err(|clash| book.clashed(&clash))
}

/// The duties on a line, nothing being known of the shipment.
pub(super) fn stacked<'b, T>(
    book: &'b Book<'_>,
    Asked { importer, day, on }: Asked<'_>,
    origin: &Country,
    line: Line,
    read: impl FnOnce(Stack<'b>) -> T,
) -> Result<T, Clash> {
    let border = book.border;
    let schedule = border.schedules.get(importer);
    let row = schedule.and_then(|schedule| schedule.row(line, day));
    let base = schedule.zip(row).and_then(|(schedule, row)| {
        Base::of(schedule, row, origin, border.pays_column_2(schedule, origin, on), None).points
    });
    let (card, facts) = (border.scopes.card(line), Facts::default());
    let entry = Entry { importer, origin, card: &card, on, base, facts: &facts };
    book.stack(&entry, &mut |_| {}).map(read)
}

/// (T8), number by number.
pub(super) fn in_proportion(table: Share, under: Share, over: Share) -> Share {
    let of = |table: f64, under: f64, over: f64| match (table == 0.0, under == 0.0) {
        _ if over == under => table,
        // What the table has none of, or lines none: the difference.
        (true, _) | (_, true) => table + over - under,
        (false, false) => table * over / under,
    };
    let share = of(table.share, under.share, over.share).clamp(0.0, 1.0);
    Share {
        share,
        points: of(table.points, under.points, over.points),
        once: of(table.once, under.once, over.once),
    }
}
