//! The goods that a measure names, in all that acts ever said of it.

use ledger::{Exception, Goods, Ledger, Measure, Piece, Terms, Verb};
use terms::Line;

/// The goods of a measure's terms, as made and as changed, and those of its exceptions and limits.
pub(crate) fn goods_named<'l>(ledger: &'l Ledger, measure: &Measure) -> Vec<&'l Goods> {
    let mut all: Vec<&Goods> = Vec::new();
    for statement in ledger.statements_on(&measure.id) {
        match &statement.verb {
            Verb::Make { terms, .. } => all.extend(of_terms(terms)),
            Verb::Change { patch, .. } | Verb::Correct { patch, .. } => {
                all.extend(
                    patch.goods.iter().chain(&patch.more_goods).chain(patch.except.iter().filter_map(of)),
                );
            }
            _ => {}
        }
    }
    all
}

/// The codes that measures write in their own text rather than in a list, bounds of goods known by description among
/// them, each once and in order.
pub(crate) fn codes_written(ledger: &Ledger) -> Vec<Line> {
    let mut codes: Vec<Line> = Vec::new();
    for measure in ledger.measures() {
        for piece in
            goods_named(ledger, measure).into_iter().flat_map(|goods| goods.take.iter().chain(&goods.leave))
        {
            match piece {
                Piece::Line { line, .. } => codes.push(*line),
                Piece::Described { within, .. } => codes.extend(within),
                Piece::List(_) => {}
            }
        }
    }
    codes.sort_unstable();
    codes.dedup();
    codes
}

fn of_terms(terms: &Terms) -> impl Iterator<Item = &Goods> {
    [&terms.goods].into_iter().chain(terms.except.iter().chain(&terms.only).filter_map(of))
}

fn of(exception: &Exception) -> Option<&Goods> {
    exception.goods.as_ref()
}
