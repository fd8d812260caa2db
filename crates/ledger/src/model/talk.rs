//! Meetings: who sits there, when that was announced, what each side said of them.

use serde::Serialize;
use terms::{Confidence, Country, Day, Instant};

use super::Account;
use crate::TalkId;

/// What kind of meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TalkKind {
    /// A round of negotiation.
    Round,
    /// Leaders in person.
    Leaders,
    /// Leaders by telephone.
    Call,
    /// A signing.
    Signing,
}

impl TalkKind {
    /// All with the word the texts use.
    pub const ALL: [(&'static str, Self); 4] = [
        ("round", Self::Round),
        ("leaders", Self::Leaders),
        ("call", Self::Call),
        ("signing", Self::Signing),
    ];
}

/// One meeting.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Talk {
    /// Its name in the ledger.
    pub id: TalkId,
    /// What it is.
    pub kind: TalkKind,
    /// Its number among the rounds.
    pub number: Option<i64>,
    /// What it is called.
    pub title: String,
    /// First day, where it is held.
    pub from: Day,
    /// Last day.
    pub through: Day,
    /// Where.
    pub venue: String,
    /// When it could first be known that it would take place.
    pub announced: Instant,
    /// Who sits there.
    pub delegations: Vec<Delegation>,
    /// What each side said of it.
    pub accounts: Vec<Account>,
    /// What came of it, and since when that could be known.
    pub outcome: Option<(Instant, String)>,
    /// The agreement it led to or is about.
    pub about: Option<String>,
    /// What was read.
    pub source: Option<String>,
    /// How well that supports it.
    pub confidence: Confidence,
    /// Remarks.
    pub note: Option<String>,
}

/// One side's people at a meeting.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Delegation {
    /// Which side.
    pub party: Country,
    /// When it could be known who sits there.
    pub announced: Instant,
    /// The people, the head first.
    pub members: Vec<Delegate>,
    /// Their mandate, or remarks.
    pub note: Option<String>,
}

/// One person and the office held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Delegate {
    /// The person.
    pub name: String,
    /// The office.
    pub office: Option<String>,
}
