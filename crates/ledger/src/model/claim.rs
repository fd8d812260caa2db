//! Claims: who says what about whom. A claim never edits a measure, and the ledger takes no side.

use serde::Serialize;
use terms::{Confidence, Country, Instant};

use crate::{AgreementId, ClaimId, ClauseId, MeasureId};

/// One accusation, reply or assertion.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Claim {
    /// Its name in the ledger.
    pub id: ClaimId,
    /// When it was said, and could be known.
    pub said: Instant,
    /// Who said it.
    pub speaker: String,
    /// For which side.
    pub side: Country,
    /// Whom it accuses.
    pub accuses: Option<Country>,
    /// The agreement it is about.
    pub agreement: Option<AgreementId>,
    /// The clause it is about.
    pub clause: Option<ClauseId>,
    /// The measures it is about.
    pub measures: Vec<MeasureId>,
    /// What was said, in our own words.
    pub text: String,
    /// The grounds named, one by one.
    pub grounds: Vec<String>,
    /// The claims it answers.
    pub answers: Vec<ClaimId>,
    /// How it stood, in the order of days.
    pub statuses: Vec<ClaimStatus>,
    /// Where it was read.
    pub source: Option<String>,
    /// How well that supports it.
    pub confidence: Confidence,
}

/// How a claim stood from an instant on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClaimStatus {
    /// `made`, `denied`, `conceded`, `disputed`, `tested`, `settled`, `superseded`, `withdrawn`.
    pub status: String,
    /// Since when.
    pub since: Instant,
    /// By what.
    pub note: Option<String>,
}
