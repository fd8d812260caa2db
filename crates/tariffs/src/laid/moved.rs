//! Which measures of an importer an overlay moves: their terms, their goods, or what combines with them.

use std::collections::BTreeSet;

use ledger::{Ledger, ListId, Measure, MeasureKind, Piece, Terms, Version};
use terms::{Country, Instant};

use crate::Book;
use crate::book::{Dated, Row};

/// A measure that an overlay moves, as the record has it with the overlay and without.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moved<'b> {
    pub(super) measure: &'b Measure,
    /// With the overlay, where it is in force.
    pub(super) over: Option<&'b Dated>,
    /// Without it.
    pub(super) under: Option<&'b Dated>,
}

impl Moved<'_> {
    /// What it says with the overlay, where it charges anything.
    pub(super) fn charged(&self) -> Option<&Version> {
        self.over.map(|dated| &dated.version).filter(|version| version.applies())
    }

    /// Whether it falls on all goods and moves in its rate alone: what it reaches is then known without a look at lines.
    pub(super) fn in_rate_alone(&self, lists: &BTreeSet<&ListId>) -> bool {
        let of = |dated: Option<&Dated>| dated.is_none_or(|dated| on_all_goods(&dated.version.terms));
        let same = match (self.over, self.under) {
            (Some(over), Some(under)) => {
                let [a, b] = [over, under].map(|dated| &dated.version.terms);
                (&a.goods, &a.except, &a.origin, &a.base) == (&b.goods, &b.except, &b.origin, &b.base)
            }
            _ => true,
        };
        of(self.over) && of(self.under) && same && !self.names(lists)
    }

    /// Whether one of these lists is among its goods or its exceptions.
    fn names(&self, lists: &BTreeSet<&ListId>) -> bool {
        [self.over, self.under].into_iter().flatten().any(|dated| {
            let terms = &dated.version.terms;
            let of_exceptions =
                terms.except.iter().chain(&terms.only).filter_map(|exception| exception.goods.as_ref());
            let mut pieces = [&terms.goods]
                .into_iter()
                .chain(of_exceptions)
                .flat_map(|goods| goods.take.iter().chain(&goods.leave));
            pieces.any(|piece| matches!(piece, Piece::List(list) if lists.contains(list)))
        })
    }
}

/// A duty on all goods of an origin, whatever the shipment.
pub(super) fn on_all_goods(terms: &Terms) -> bool {
    terms.goods.all && terms.only.is_empty()
}

/// The duties of `importer` that say something else at `on` with an overlay (`over`) than without it (`under`), fall on goods
/// of lists that it changes, or combine by rules that it changes.
pub(super) fn moved<'b>(
    (under, over): (&'b Book<'_>, &'b Book<'_>),
    importer: &Country,
    on: Instant,
    lists: &BTreeSet<&ListId>,
) -> Vec<Moved<'b>> {
    let at = |book: &'b Book<'_>| -> Vec<(&'b Measure, &'b Dated)> {
        let rows = book.rows.get(importer).into_iter().flatten();
        let duties = rows.filter(|row| {
            row.measure.kind == MeasureKind::Duty || row.measure.kind == MeasureKind::Exclusion
        });
        duties.filter_map(|row: &'b Row<'_>| Some((row.measure, row.at(on)?))).collect()
    };
    let (before, after) = (at(under), at(over));
    let classes = ruled(under, over, importer, on);
    let find = |all: &[(&'b Measure, &'b Dated)], measure: &Measure| {
        all.iter().find(|(other, _)| other.id == measure.id).map(|(_, dated)| *dated)
    };
    let mut found: Vec<Moved<'b>> = after
        .iter()
        .map(|(measure, dated)| Moved { measure, over: Some(dated), under: find(&before, measure) })
        .collect();
    let gone = before.iter().filter(|(measure, _)| find(&after, measure).is_none());
    found.extend(gone.map(|(measure, dated)| Moved { measure, over: None, under: Some(dated) }));
    found.retain(|row| {
        let says = |dated: Option<&'b Dated>| {
            dated.map(|dated| (dated.version.charged(), dated.version.applies(), &dated.version.terms))
        };
        says(row.over) != says(row.under)
            || row.names(lists)
            || classes.contains(row.measure.combines.as_str())
    });
    found
}

/// The classes on which rules act otherwise with the overlay.
pub(super) fn ruled<'b>(
    under: &'b Book<'_>,
    over: &'b Book<'_>,
    importer: &Country,
    on: Instant,
) -> BTreeSet<&'b str> {
    let rules = |book: &'b Book<'_>| {
        let known = book.known;
        let own = book.border.ledger.rules().filter(move |rule| rule.importer == *importer);
        own.filter(move |rule| rule.holds(on, known)).collect::<Vec<_>>()
    };
    let (before, after) = (rules(under), rules(over));
    let other = |one: &[&'b ledger::Rule], all: &[&'b ledger::Rule]| -> Vec<&'b str> {
        let new = one.iter().filter(|rule| !all.contains(rule));
        new.flat_map(|rule| rule.on.iter().map(String::as_str)).collect()
    };
    other(&before, &after).into_iter().chain(other(&after, &before)).collect()
}

/// The lists whose words an overlay changes.
pub(super) fn lists<'l>(under: &'l Ledger, over: &'l Ledger) -> BTreeSet<&'l ListId> {
    let changed = |list: &&ledger::LineList| {
        under.list(list.id.as_str()).is_none_or(|other| other.entries != list.entries)
    };
    over.lists().filter(changed).map(|list| &list.id).collect()
}
