//! What an entry owes: which duties apply, which give way to which, and on what part of the value.
//!
//! The order of record: candidates (a measure in force whose origin and goods hold the entry) → its own
//! exceptions → replacement inside a programme → rates and value bases → displacement between programmes, by
//! dated rules → the sum. Each duty that was considered stays in the trace, charged or dropped, with its reason.

mod candidate;
mod displacement;
mod exception;
mod fate;
mod programme;
mod value;

pub use fate::{Clash, Fate, Reason};

use ledger::{Duty, Measure, Version};
use rust_decimal::Decimal;
use terms::{Country, Instant, Line, Points};

use crate::{Book, Facts};

/// One entry of goods at a border.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'e> {
    /// At whose border.
    pub importer: &'e Country,
    /// Where the goods come from.
    pub origin: &'e Country,
    /// Their line.
    pub line: Line,
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
    /// Points of the whole value.
    pub points: Points,
    /// Charged, or dropped and why.
    pub fate: Fate<'b>,
}

impl Charge<'_> {
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
}

impl Stack<'_> {
    /// What is charged on top of the base. The sum of the trace, by construction.
    pub fn additional(&self) -> Points {
        self.charges.iter().filter(|charge| charge.is_charged()).map(|charge| charge.points).sum()
    }
}

/// A fact the law asks for and the shipment does not state, as `(key, value)` that would meet it.
pub type OpenFact = (&'static str, String);

impl Book<'_> {
    /// Stacks the duties on an entry. Facts the law asks for in vain are handed to `open`.
    ///
    /// # Errors
    /// [`Clash`] where two rules fire on one duty, two exceptions of one measure fit and differ, or two duties
    /// of one programme stand without a word on which holds: the record is silent, and nothing is guessed.
    pub fn stack(&self, entry: &Entry<'_>, open: &mut dyn FnMut(OpenFact)) -> Result<Stack<'_>, Clash> {
        let mut charges = self.candidates(entry, open)?;
        programme::replace(&mut charges);
        value::price(&mut charges, entry, open);
        self.owed_exceptions(&mut charges, entry, open);
        programme::one_each(&charges, self, entry)?;
        self.displace(&mut charges, entry)?;
        Ok(Stack { charges })
    }
}
