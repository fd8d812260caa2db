//! Acts that nothing at hand shows the size of: refused, with what would be needed.

use diagnostic::{Diagnostic, Faults};
use ledger::{Duty, MeasureKind, Piece};
use terms::{Country, Day, Line};

use super::averages::{Asked, stacked};
use super::moved::{Moved, lists, moved, on_all_goods};
use super::{Laid, LineWeights};
use crate::Book;
use crate::stacking::{Fate, Reason};

impl Laid<'_> {
    /// The measures of `importer` that the overlay puts in force on `day`, charge something, and that no line at hand shows a
    /// size of, each with what would be needed.
    ///
    /// # Errors
    /// `unsized-act` for each.
    pub fn sizeable(
        &self,
        importer: &Country,
        origins: &[(Country, &LineWeights)],
        day: Day,
    ) -> Result<(), Faults> {
        let ledger = self.over.border.ledger;
        let Ok(on) = ledger.clock(importer.as_str()).zone.start_of(day) else { return Ok(()) };
        let asked = Asked { importer, day, on };
        let mut faults = Faults::new();
        for row in moved((self.under, self.over), importer, on, &lists(self.under.border.ledger, ledger)) {
            let duty = row.measure.kind == MeasureKind::Duty;
            let Some(version) = row.charged().filter(|_| duty) else { continue };
            let Some((origin, weights)) = origins.iter().find(|(origin, _)| self.reaches(&row, origin, on))
            else {
                continue;
            };
            let why = match version.charged() {
                Duty::Specific(amount) => Some(format!(
                    "it charges {} {}, and what a unit is worth is not at hand",
                    amount.value, amount.unit
                )),
                Duty::Unknown => Some("its rate is not stated yet".to_string()),
                _ if on_all_goods(&version.terms) => None,
                _ => self.no_line(&row, asked, origin, weights)?,
            };
            if let Some(why) = why {
                let message = format!("`{}` cannot be sized: {why}", row.measure.id);
                faults.push(Diagnostic::error("unsized-act", message).help(
                    "name codes under which goods are bought, or give the rates to `measure` with `--add` or `--tariffs`",
                ));
            }
        }
        faults.or(())
    }

    /// Why no line at hand is charged by a measure on listed goods; none where one is.
    fn no_line(
        &self,
        row: &Moved<'_>,
        asked: Asked<'_>,
        origin: &Country,
        weights: &LineWeights,
    ) -> Result<Option<String>, Faults> {
        let rows = std::slice::from_ref(row);
        let (mut spoken_of, mut dropped) = (false, None);
        for line in weights.lines.iter().flat_map(|(line, ..)| self.below(*line, asked, rows)) {
            if !self.speaks(rows, line) {
                continue;
            }
            spoken_of = true;
            match fate(self.over, asked, origin, line, row)? {
                Some(Fate::Dropped(reason @ (Reason::OtherPart(_) | Reason::Unread(_)))) => {
                    dropped = Some(reason.to_string());
                }
                Some(_) => return Ok(None),
                None => {}
            }
        }
        Ok(Some(match dropped {
            Some(reason) => format!("{reason}; what share of the line's value that is, is not at hand"),
            None if spoken_of => "it is limited to shipments of which nothing is known".to_string(),
            None => {
                let codes = row.over.map(|dated| codes(&dated.version.terms.goods.take)).unwrap_or_default();
                format!("no goods are known under {codes}")
            }
        }))
    }
}

/// What becomes of one measure on a line; none where it is not considered.
fn fate<'b>(
    book: &'b Book<'_>,
    asked: Asked<'_>,
    origin: &Country,
    line: Line,
    row: &Moved<'_>,
) -> Result<Option<Fate<'b>>, Faults> {
    let stacked = stacked(book, asked, origin, line, |stack| {
        let own = stack.charges.into_iter().find(|charge| charge.measure.id == row.measure.id);
        own.map(|charge| charge.fate)
    });
    stacked.map_err(|clash| book.clashed(&clash))
}

/// Codes and lists by name.
fn codes(pieces: &[Piece]) -> String {
    let named: Vec<String> = pieces
        .iter()
        .map(|piece| match piece {
            Piece::Line { line, .. } => format!("`{line}`"),
            Piece::List(list) => format!("the list `{list}`"),
            Piece::Described { words, .. } => words.clone(),
        })
        .collect();
    named.join(", ")
}
