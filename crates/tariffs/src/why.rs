//! The duty on one entry with its chain of reasons: the body of `detente why`.

use ledger::{Duty, View};
use rust_decimal::Decimal;
use serde::Serialize;
use terms::{Confidence, Country, Points};

use crate::schedule::Base;
use crate::stacking::Stack;

/// What an entry owes and why: each duty that is charged, each that was considered and dropped, and the
/// facts that would change the answer. Numbers are points of customs value.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Why {
    /// At whose border.
    pub importer: Country,
    /// Where the goods come from.
    pub origin: Country,
    /// Their line, with dots.
    pub line: String,
    /// What the line covers, in the words of the schedule, cut short.
    pub description: Option<String>,
    /// The edition of the schedule the line was found in.
    pub edition: Option<String>,
    /// The instant of entry on the importer's clock: `2025-04-10 00:00 EDT`.
    pub on: String,
    /// The last instant of publication that counts, on the importer's clock; none: all that is recorded.
    pub known_on: Option<String>,
    /// Which state of the law.
    pub view: View,
    /// The ordinary duty; none where it is not ad valorem or not in the record.
    pub base_pct: Option<Points>,
    /// The ordinary duty as the schedule prints it.
    pub base_text: Option<String>,
    /// Which column it stands in, and why.
    pub base_column: Option<String>,
    /// The sum of the duties on top; none where a duty on top is not ad valorem.
    pub additional_pct: Option<Points>,
    /// Base and additions; none where either is not ad valorem.
    pub total_pct: Option<Points>,
    /// The total in words, where it is no single number: `0.43¢/kg + 55 %`.
    pub total_text: String,
    /// The duties that are charged.
    pub components: Vec<Component>,
    /// The duties that were considered and dropped.
    pub dropped: Vec<Dropped>,
    /// Facts of the shipment that are not stated and would change the total.
    pub open_facts: Vec<Open>,
    /// What else the reader must know.
    pub notes: Vec<String>,
}

/// A duty that is charged.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Component {
    /// The measure's id.
    pub measure: String,
    /// What it is, in one line.
    pub title: String,
    /// The programme.
    pub programme: String,
    /// Points of customs value.
    pub points: Points,
    /// The duty as the act states it, less what is suspended.
    pub rate: String,
    /// The share of value it is charged on, in per cent.
    pub share_pct: Points,
    /// The heading it is charged under.
    pub heading: Option<String>,
    /// The act that set the rate.
    pub act: String,
    /// Its citation.
    pub citation: String,
    /// How well it is supported.
    pub confidence: Confidence,
}

/// A duty that was considered and dropped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Dropped {
    /// The measure's id.
    pub measure: String,
    /// The programme.
    pub programme: String,
    /// Why it is not charged.
    pub reason: String,
    /// What decided it: a heading, a list, another measure, or a rule with its act.
    pub rule: String,
    /// The heading it would be charged under.
    pub heading: Option<String>,
}

/// A fact that would change the total.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Open {
    /// The fact's key, as `--fact` takes it.
    pub key: String,
    /// A value that would change the total.
    pub value: String,
    /// The total with that fact alone; none where it is no single number.
    pub total_pct: Option<Points>,
    /// The same in a sentence.
    pub text: String,
}

impl Why {
    /// The sum of the trace: base, and every component.
    pub fn sum(&self) -> Option<Points> {
        let parts: Points = self.components.iter().map(|component| component.points).sum();
        self.base_pct.map(|base| base + parts)
    }
}

/// Base and additions together.
pub(crate) struct Total {
    /// The ordinary duty in points; none where it is not ad valorem or not in the record.
    pub(crate) base: Option<Points>,
    /// The ordinary duty as printed, or what frees the goods of it.
    pub(crate) base_text: Option<String>,
    /// Whether every duty on top is ad valorem.
    pub(crate) all_ad_valorem: bool,
    /// Whether a floor takes in an ordinary duty that is not ad valorem.
    pub(crate) takes_base_in: bool,
    /// The total, where it is one number.
    pub(crate) points: Option<Points>,
    /// The total in words.
    pub(crate) text: String,
}

impl Total {
    /// Step 8: the sum. A base that is not ad valorem stays apart (`0.43¢/kg + 55 %`), unless a floor takes
    /// the two together.
    pub(crate) fn of(base: Option<&Base>, stack: &Stack<'_>) -> Self {
        let free = stack.free.map(|by| format!("free: {}", by.title));
        let ordinary = base.and_then(|base| base.points);
        let on_part = stack.ordinary_share.filter(|_| free.is_none());
        let ordinary = on_part.map_or(ordinary, |share| ordinary.map(|points| points.on_share(share)));
        let points = if free.is_some() { Some(Points::ZERO) } else { ordinary };
        let printed = |base: &Base| match on_part {
            Some(share) => {
                format!("{} on {} % of value", base.text, (share * Decimal::ONE_HUNDRED).normalize())
            }
            None => base.text.clone(),
        };
        let base_text = free.or_else(|| base.map(printed));
        let charged = || stack.charges.iter().filter(|charge| charge.is_charged());
        let floor = charged().any(|charge| matches!(charge.duty, Duty::Total(_)) && charge.is_owed());
        let takes_base_in = points.is_none() && base.is_some() && floor;
        let all_ad_valorem =
            !charged().any(|charge| matches!(charge.duty, Duty::Specific(_) | Duty::Compound(..)));
        let additional = stack.additional();
        let total = if takes_base_in { Some(additional) } else { points.map(|base| base + additional) };
        let printed = base_text.as_deref().unwrap_or("the ordinary duty");
        let text = match (points, takes_base_in) {
            (Some(base), _) => format!("{} %", base + additional),
            (None, true) => format!("{additional} % in all, or {printed} where that is worth more"),
            (None, false) if additional.is_zero() => printed.to_string(),
            (None, false) => format!("{printed} + {additional} %"),
        };
        let points_of_all = total.filter(|_| all_ad_valorem);
        Self { base: points, all_ad_valorem, takes_base_in, points: points_of_all, text, base_text }
    }
}
