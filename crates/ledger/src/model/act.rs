//! Acts: who said or ordered what, when it was signed, and when it could be known.

use serde::Serialize;
use terms::{Citation, Confidence, Country, Day, Instant, Points};

use crate::ActId;

/// What an act is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ActKind {
    /// An executive order.
    Order,
    /// A proclamation.
    Proclamation,
    /// A memorandum or letter that binds.
    Memorandum,
    /// A notice of an agency.
    Notice,
    /// A rule of an agency.
    Rule,
    /// An announcement of a ministry or commission that has force.
    Announcement,
    /// A judgment or order of a court.
    Ruling,
    /// A statute.
    Statute,
    /// Words without force.
    Statement,
    /// The opening or finding of an inquiry.
    Investigation,
    /// A complaint before a tribunal.
    Dispute,
    /// A step of guidance or letters to firms.
    Guidance,
    /// Parties put on a list.
    Listing,
}

impl ActKind {
    /// All kinds with the word the texts use.
    pub const ALL: [(&'static str, Self); 13] = [
        ("order", Self::Order),
        ("proclamation", Self::Proclamation),
        ("memorandum", Self::Memorandum),
        ("notice", Self::Notice),
        ("rule", Self::Rule),
        ("announcement", Self::Announcement),
        ("ruling", Self::Ruling),
        ("statute", Self::Statute),
        ("statement", Self::Statement),
        ("investigation", Self::Investigation),
        ("dispute", Self::Dispute),
        ("guidance", Self::Guidance),
        ("listing", Self::Listing),
    ];
}

/// One act of one government.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Act {
    /// Its name in the ledger.
    pub id: ActId,
    /// The government whose clock its dates are read by.
    pub issuer: Country,
    /// What it is.
    pub kind: ActKind,
    /// Its number as printed, such as `EO 14298`.
    pub number: Option<String>,
    /// What it does, in one line of our own words.
    pub title: String,
    /// The day of signature, on the issuer's clock.
    pub signed: Option<Day>,
    /// The first instant at which it could be known.
    pub published: Instant,
    /// Where to look it up.
    pub citation: Citation,
    /// What was read to record it.
    pub source: Option<String>,
    /// How well that supports it.
    pub confidence: Confidence,
    /// Remarks.
    pub note: Option<String>,
    /// Whom it is aimed at, if at someone.
    pub target: Vec<Country>,
    /// Threats it utters. A threat is an event without a measure.
    pub threats: Vec<Threat>,
    /// The file it was read from.
    #[serde(skip)]
    pub file: String,
}

/// A duty or step spoken of, which no act has put into force.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Threat {
    /// Against whom.
    pub against: Vec<Country>,
    /// The rate named.
    pub rate: Option<Points>,
    /// The day named.
    pub from: Option<Instant>,
    /// What was said, in our own words.
    pub text: String,
    /// What became of it, and since when that could be known.
    pub outcome: Option<(Instant, String)>,
}
