//! Measures: a duty, ban, fee or exclusion, with the act that made it.

use rust_decimal::Decimal;
use serde::Serialize;
use terms::{Confidence, Country, Instant, Points};

use super::{Control, Duty, Goods, Origin};
use crate::{ActId, MeasureId};

/// What a measure does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum MeasureKind {
    /// A duty on goods.
    Duty,
    /// A fee on ships, parcels or services.
    Fee,
    /// A ban.
    Ban,
    /// A licence requirement.
    Licence,
    /// A quota.
    Quota,
    /// Goods spared from other measures.
    Exclusion,
    /// A rule on paying back what was collected.
    RefundRule,
    /// A control on exports or dealings; see [`Control`].
    Control,
}

impl MeasureKind {
    /// All kinds with the word the texts use.
    pub const ALL: [(&'static str, Self); 7] = [
        ("duty", Self::Duty),
        ("fee", Self::Fee),
        ("ban", Self::Ban),
        ("licence", Self::Licence),
        ("quota", Self::Quota),
        ("exclusion", Self::Exclusion),
        ("refund-rule", Self::RefundRule),
    ];
}

/// A measure's lasting identity. What it says on a day is in its [`Terms`].
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Measure {
    /// Its name in the ledger.
    pub id: MeasureId,
    /// What it is, in one line.
    pub title: String,
    /// What it does.
    pub kind: MeasureKind,
    /// The government at whose border it is charged.
    pub importer: Country,
    /// The family it belongs to. Within one programme, one duty takes the place of another.
    pub programme: String,
    /// The statute it rests on.
    pub authority: Option<String>,
    /// The class by which rules of combination speak of it.
    pub combines: String,
    /// The act that made it.
    pub made_by: ActId,
    /// The measures an exclusion lifts; empty: all, the ordinary duty included. One with a value base of its own does
    /// not lift them but has them charged on that part of the value.
    pub lifts: Vec<MeasureId>,
    /// The measures it leaves as they are, where it lifts all others.
    pub keeps: Vec<MeasureId>,
    /// For a retaliation that names its cause: the other side's measure.
    pub answers: Vec<MeasureId>,
    /// A measure whose state it follows: it applies only while that one does.
    pub follows: Option<MeasureId>,
    /// For a control: what, whom and how.
    pub control: Option<Control>,
    /// How well it is supported.
    pub confidence: Confidence,
    /// Remarks.
    pub note: Option<String>,
}

/// What a measure says over some stretch of time.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Terms {
    /// What is to be paid.
    pub duty: Duty,
    /// On which goods.
    pub goods: Goods,
    /// From where.
    pub origin: Origin,
    /// On which part of the value.
    pub base: ValueBase,
    /// Shipments spared, or charged another rate, by the measure's own text. The first that fits holds.
    pub except: Vec<Exception>,
    /// Shipments it is limited to; all must fit. Empty: no limit.
    pub only: Vec<Exception>,
    /// Its place in the schedule, such as `9903.01.24`.
    pub heading: Option<String>,
    /// Measures of its programme whose place it takes.
    pub in_lieu_of: Vec<MeasureId>,
}

/// The part of the customs value that a duty is charged on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ValueBase {
    /// All of it.
    #[default]
    Full,
    /// The value of one material inside.
    Content(String),
    /// All but the value of these materials.
    Without(Vec<String>),
    /// All but the content of one country, where that reaches a threshold.
    WithoutDomestic {
        /// The country.
        country: Country,
        /// The least share that counts.
        at_least: Points,
    },
}

/// Facts of a shipment that spare it, or change its rate. All that are stated must hold.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Exception {
    /// Loaded on the final vessel before this instant.
    pub loaded_before: Option<Instant>,
    /// Exported before this instant.
    pub exported_before: Option<Instant>,
    /// Entered before this instant.
    pub entered_before: Option<Instant>,
    /// Ordered under a contract made before this instant.
    pub contract_before: Option<Instant>,
    /// Claims this preference, such as `USMCA`.
    pub preference: Option<String>,
    /// Is for this use.
    pub end_use: Option<String>,
    /// Is this described part of its line.
    pub part: Option<String>,
    /// Is accompanied by this document or claim.
    pub document: Option<String>,
    /// Comes as a small parcel of this kind.
    pub parcel: Option<String>,
    /// Inside or outside a quota.
    pub quota: Option<String>,
    /// At least this share of a content, such as `("us", 20 %)`.
    pub content_at_least: Option<(String, Decimal)>,
    /// Comes from here.
    pub origin: Option<Origin>,
    /// Are these goods.
    pub goods: Option<Goods>,
    /// Owes a duty of one of these classes.
    pub owes: Vec<String>,
    /// Pays this in place of the measure's own duty; none: pays nothing under it.
    pub duty: Option<Duty>,
    /// The heading under which this is claimed.
    pub heading: Option<String>,
    /// Why, in our own words.
    pub why: Option<String>,
}

impl Exception {
    /// Whether it turns on facts of the single shipment, and not on line and origin alone.
    pub fn turns_on_the_shipment(&self) -> bool {
        self.loaded_before.is_some()
            || self.exported_before.is_some()
            || self.contract_before.is_some()
            || self.preference.is_some()
            || self.end_use.is_some()
            || self.part.is_some()
            || self.document.is_some()
            || self.parcel.is_some()
            || self.quota.is_some()
            || self.content_at_least.is_some()
    }
}
