//! What an entry owes: which duties apply, which give way to which, and on what part of the value.
//!
//! The order of record: candidates (a measure in force whose origin and goods hold the entry) → its own
//! exceptions → replacement inside a programme → rates and value bases → displacement between programmes, by
//! dated rules → the sum. Each duty that was considered stays in the trace, charged or dropped, with its reason.

mod candidate;
mod displacement;
mod exception;
mod fate;
mod parcel;
mod programme;
mod value;

pub use fate::{Clash, Fate, Reason};

use ledger::{Duty, Measure, ValueBase, Version};
use rust_decimal::Decimal;
use terms::{Country, Instant, Points};

use crate::book::{Dated, Row};
use crate::scope::LineCard;
use crate::{Book, Facts, OpenFact};

/// One entry of goods at a border.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'e> {
    /// At whose border.
    pub importer: &'e Country,
    /// Where the goods come from.
    pub origin: &'e Country,
    /// Their line, with the lists that name it: [`Scopes::card`](crate::Scopes::card).
    pub card: &'e LineCard,
    /// When they are entered.
    pub on: Instant,
    /// The ordinary duty, in points; none where it is not ad valorem, or not known.
    pub base: Option<Points>,
    /// What else is known of them.
    pub facts: &'e Facts,
}

/// One duty that was considered.
#[derive(Debug, Clone)]
pub struct Charge<'b> {
    /// The measure.
    pub measure: &'b Measure,
    /// What it says at the instant of entry.
    pub version: &'b Version,
    /// The duty, after suspensions and its own exceptions.
    pub duty: Duty,
    /// The heading it is charged under.
    pub heading: Option<&'b str>,
    /// The share of value it is charged on.
    pub share: Decimal,
    /// The part of the value to which a provision that is claimed narrows it.
    pub(crate) within: Option<&'b ValueBase>,
    /// Points of the whole value.
    pub points: Points,
    /// Charged, or dropped and why.
    pub fate: Fate<'b>,
    /// The measure with all that is found for it.
    pub(crate) row: &'b Row<'b>,
    pub(crate) dated: &'b Dated,
}

impl<'b> Charge<'b> {
    /// A duty or fee as it stands on the day, on the whole value, its points not yet counted.
    fn whole(row: &'b Row<'b>, dated: &'b Dated) -> Self {
        Self {
            measure: row.measure,
            version: &dated.version,
            duty: dated.version.charged(),
            heading: dated.version.terms.heading.as_deref(),
            share: Decimal::ONE,
            within: None,
            points: Points::ZERO,
            fate: Fate::Charged,
            row,
            dated,
        }
    }

    /// Whether it is charged, be it at 0.
    pub fn is_charged(&self) -> bool {
        self.fate == Fate::Charged
    }

    /// Whether something is owed under it: charged, and above 0.
    pub fn is_owed(&self) -> bool {
        self.is_charged() && self.points > Points::ZERO
    }
}

/// The duties on an entry, in the order of the ledger.
#[derive(Debug, Clone, Default)]
pub struct Stack<'b> {
    /// Every duty considered.
    pub charges: Vec<Charge<'b>>,
    /// What frees the goods of the ordinary duty too: a parcel below the threshold, or charged a fee instead.
    pub free: Option<&'b Measure>,
    /// The part of the value the ordinary duty is charged on, where a provision that is claimed narrows it.
    pub(crate) ordinary: Option<&'b ValueBase>,
    /// The same as a share of value; none: the whole.
    pub ordinary_share: Option<Decimal>,
}

impl Stack<'_> {
    /// What is charged on top of the base. The sum of the trace, by construction.
    pub fn additional(&self) -> Points {
        self.charges.iter().filter(|charge| charge.is_charged()).map(|charge| charge.points).sum()
    }
}

/// A measure, and what it says at the instant of entry.
pub(crate) type Asked<'b> = (&'b Row<'b>, &'b Dated);

impl Book<'_> {
    /// Stacks the duties on an entry. Facts the law asks for in vain are handed to `open`.
    ///
    /// # Errors
    /// [`Clash`] where two rules fire on one duty, two exceptions of one measure fit and differ, or two duties
    /// of one programme stand without a word on which holds: the record is silent, and nothing is guessed.
    pub fn stack<'s>(
        &'s self,
        entry: &Entry<'_>,
        open: &mut dyn FnMut(OpenFact<'s>),
    ) -> Result<Stack<'s>, Clash> {
        self.stack_of(&self.relevant(entry), entry, open)
    }

    /// The measures that speak of the origin and line of an entry, whatever the shipment's facts.
    pub(crate) fn relevant<'s>(&'s self, entry: &Entry<'_>) -> Vec<Asked<'s>> {
        let Some(place) = self.border.place(entry.origin) else { return Vec::new() };
        let rows = self.rows.get(entry.importer).into_iter().flatten();
        let speaking = rows.filter_map(|row| {
            let dated = row.at(entry.on)?;
            // Where content decides ("smelted or cast in"), the country of origin says nothing.
            let speaks = (dated.origin.by_content()
                || self.border.reaches(&dated.origin, entry.origin, place, entry.on))
                && dated.scope.ever_speaks_of(entry.card);
            speaks.then_some((row, dated))
        });
        speaking.collect()
    }

    /// The same over some of the measures: those that can reach the entry.
    pub(crate) fn stack_of<'s>(
        &'s self,
        asked: &[Asked<'s>],
        entry: &Entry<'_>,
        open: &mut dyn FnMut(OpenFact<'s>),
    ) -> Result<Stack<'s>, Clash> {
        let mut stack = self.candidates(asked, entry, open)?;
        programme::replace(&mut stack.charges);
        value::price(&mut stack, entry, open);
        self.owed_exceptions(&mut stack.charges, entry, open);
        programme::one_each(&stack.charges, self, entry)?;
        self.displace(&mut stack.charges, entry)?;
        Ok(stack)
    }
}
