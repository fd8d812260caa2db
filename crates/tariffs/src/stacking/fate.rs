//! Why a duty that was considered is not charged, and what cannot be decided.

use std::fmt;

use ledger::{Exception, ListId, Measure, MeasureId, Rule};
use terms::Points;

/// What became of a duty.
#[derive(Debug, Clone, PartialEq)]
pub enum Fate<'b> {
    /// It is charged, perhaps at 0.
    Charged,
    /// It is not.
    Dropped(Reason<'b>),
}

/// Why a duty is not charged.
#[derive(Debug, Clone, PartialEq)]
pub enum Reason<'b> {
    /// Its own text spares the line.
    Spared(Option<&'b ListId>),
    /// It reaches a described part of the line, and these goods are not known to be that part.
    OtherPart(&'b str),
    /// An exception of its own text fits the shipment.
    Excepted(&'b Exception),
    /// The whole measure stands still.
    Suspended,
    /// Another duty of its programme takes its place.
    Replaced(&'b MeasureId),
    /// The carrier may choose it in place of this fee.
    Choice(&'b MeasureId),
    /// An exclusion that is claimed lifts it.
    Excluded(&'b Measure),
    /// A rule of combination takes it away.
    Rule(&'b Rule),
    /// Goods known by description only: the list of codes was not read.
    Unread(&'b str),
}

impl Reason<'_> {
    /// What decided it: a list, a heading, a measure, or a rule with its act.
    pub fn rule(&self) -> String {
        match self {
            Self::Spared(list) => list.map_or_else(|| "its own scope".into(), |list| format!("list {list}")),
            Self::Excepted(exception) => exception.heading.clone().unwrap_or_else(|| "its own text".into()),
            Self::OtherPart(part) => format!("described part {part}"),
            Self::Suspended => "suspension".into(),
            Self::Replaced(by) => format!("in lieu: {by}"),
            Self::Choice(by) => format!("in lieu of {by}"),
            Self::Excluded(exclusion) => exclusion.id.to_string(),
            Self::Rule(rule) => format!("{} ({})", rule.id, rule.act),
            Self::Unread(_) => "scope not read".into(),
        }
    }
}

impl fmt::Display for Reason<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Spared(Some(list)) => write!(f, "the line is on the list {list} of goods it spares"),
            Self::Spared(None) => f.write_str("its own text spares the line"),
            Self::OtherPart(part) => write!(f, "it reaches only {part} of this line"),
            Self::Excepted(exception) => match &exception.why {
                Some(why) => f.write_str(why),
                None => f.write_str("an exception of its own text fits"),
            },
            Self::Suspended => f.write_str("the measure stands still"),
            Self::Replaced(by) => write!(f, "{by} takes its place"),
            Self::Choice(by) => write!(f, "the carrier may choose this sum in place of {by}"),
            Self::Excluded(exclusion) => write!(f, "lifted by the exclusion claimed: {}", exclusion.title),
            Self::Rule(rule) => f.write_str(&rule.why),
            Self::Unread(words) => write!(f, "reaches {words}; the list of codes was not read"),
        }
    }
}

/// What the record does not settle. Nothing is guessed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Clash {
    /// Two duties of one programme stand without a word on which holds.
    #[error(
        "`{first}` and `{second}` of the programme `{programme}` both reach these goods, and no text says which holds"
    )]
    Programme {
        /// The programme.
        programme: String,
        /// One measure.
        first: MeasureId,
        /// The other.
        second: MeasureId,
    },
    /// Two exceptions of one measure fit, and differ.
    #[error("two exceptions of `{measure}` fit this shipment: one leaves {first}, the other {second}")]
    Exceptions {
        /// The measure.
        measure: MeasureId,
        /// What one leaves.
        first: String,
        /// What the other leaves.
        second: String,
    },
    /// Two rules of one rank fire on one duty.
    #[error("the rules `{first}` and `{second}` have one rank and both fire on `{measure}`")]
    Rules {
        /// The measure.
        measure: MeasureId,
        /// One rule.
        first: String,
        /// The other.
        second: String,
    },
    /// The trace does not add up: a fault of this program, never of the record.
    #[error("the parts sum to {parts} and the total is {total}")]
    Sum {
        /// The sum of the parts.
        parts: Points,
        /// The total.
        total: Points,
    },
}

impl Clash {
    /// The act or measure to look at first.
    pub fn measure(&self) -> Option<&MeasureId> {
        match self {
            Self::Programme { second, .. } => Some(second),
            Self::Exceptions { measure, .. } | Self::Rules { measure, .. } => Some(measure),
            Self::Sum { .. } => None,
        }
    }
}
