//! What the law of a day charges on a tariff line, as shares of value.

use diagnostic::Faults;
use terms::{Country, Instant, Line};

use crate::schedule::Base;
use crate::stacking::Entry;
use crate::{Book, Facts};

/// The duties on one line of goods.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct LineRate {
    /// The ordinary duty, as a share of value; none where it is not ad valorem, or the line is in no edition at hand.
    pub ordinary: Option<f64>,
    /// What is charged on top, as a share of value.
    pub additional: f64,
}

impl LineRate {
    /// All of it; an ordinary duty that is no share of value counts as nothing.
    pub fn total(self) -> f64 {
        self.ordinary.unwrap_or(0.0) + self.additional
    }
}

impl Book<'_> {
    /// What `importer` charges on goods of `origin` of a legal line at `on`, nothing being known of the shipment.
    ///
    /// Where the edition of the day divides the line into statistical lines, these count alike: the law may name one and
    /// not its sibling. A line of another edition is charged by the lists that name the codes above it.
    ///
    /// # Units
    /// Shares of customs value.
    /// # Errors
    /// `clash` where the record does not settle the duty on a line.
    pub fn line_rate(
        &self,
        importer: &Country,
        origin: &Country,
        line: Line,
        on: Instant,
    ) -> Result<LineRate, Faults> {
        let border = self.border;
        let day = border.ledger.day(importer.as_str(), on);
        let schedule = border.schedules.get(importer);
        let row = schedule.and_then(|schedule| schedule.row(line, day));
        let base = schedule.zip(row).and_then(|(schedule, row)| {
            Base::of(schedule, row, origin, border.pays_column_2(schedule, origin, on), None).points
        });
        let below = schedule.zip(row).map(|(schedule, row)| row.statistical(schedule.at_hand(day)));
        let lines = below.filter(|below| !below.is_empty()).unwrap_or_else(|| vec![line]);
        let facts = Facts::default();
        let mut additional = 0.0;
        for line in &lines {
            let card = border.scopes.card(*line);
            let entry = Entry { importer, origin, card: &card, on, base, facts: &facts };
            let stack = self.stack(&entry, &mut |_| {}).map_err(|clash| self.clashed(&clash))?;
            additional += stack.additional().rate().as_share() / lines.len() as f64;
        }
        let ordinary = base.map(|points| points.rate().as_share());
        Ok(LineRate { ordinary, additional })
    }
}
