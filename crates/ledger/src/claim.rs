//! What was said of whom: claims paired with their answers. No claim touches a measure.

use serde::Serialize;
use terms::{Confidence, Country};

use crate::model::Claim;
use crate::stamp::Stamp;
use crate::{AgreementId, ClaimId, ClauseId, Clocks, Ledger, MeasureId};

/// What claims are asked about; all that is set must fit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
    /// This agreement.
    pub agreement: Option<AgreementId>,
    /// This clause.
    pub clause: Option<ClauseId>,
    /// This measure.
    pub measure: Option<MeasureId>,
    /// This side as speaker or accused.
    pub side: Option<Country>,
}

/// A claim as it stands.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClaimView {
    /// The claim.
    pub claim: ClaimId,
    /// When it was said.
    pub said: Stamp,
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
    /// What that clause says.
    pub clause_action: Option<String>,
    /// The measures it names.
    pub measures: Vec<MeasureId>,
    /// What was said, in our own words.
    pub text: String,
    /// The grounds named.
    pub grounds: Vec<String>,
    /// How it stands.
    pub status: String,
    /// By what.
    pub note: Option<String>,
    /// Where it was read.
    pub source: Option<String>,
    /// How well it is supported.
    pub confidence: Confidence,
}

/// A claim and what the other side answered.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Exchange {
    /// The claim.
    #[serde(flatten)]
    pub claim: ClaimView,
    /// The answers, in the order of time; none yet is an empty list.
    pub answers: Vec<ClaimView>,
}

impl Ledger {
    /// Claims about something, each with the answers it got, in the order they were made.
    pub fn claims(&self, about: &About, at: Clocks) -> Vec<Exchange> {
        let seen = at.on.min(at.known);
        let said: Vec<&Claim> =
            self.claims.values().map(std::sync::Arc::as_ref).filter(|claim| claim.said <= seen).collect();
        let fits = |claim: &&&Claim| {
            let same = |wanted: &Option<Country>| {
                wanted.as_ref().is_none_or(|side| claim.side == *side || claim.accuses.as_ref() == Some(side))
            };
            about.agreement.as_ref().is_none_or(|wanted| claim.agreement.as_ref() == Some(wanted))
                && about.clause.as_ref().is_none_or(|wanted| claim.clause.as_ref() == Some(wanted))
                && about.measure.as_ref().is_none_or(|wanted| claim.measures.contains(wanted))
                && same(&about.side)
        };
        // An answer stands beside what it answers; one whose claim is not shown stands alone.
        let answers = |claim: &Claim| said.iter().any(|other| claim.answers.contains(&other.id));
        said.iter()
            .filter(fits)
            .filter(|claim| !answers(claim))
            .map(|claim| Exchange {
                claim: self.claim_view(claim, at),
                answers: said
                    .iter()
                    .filter(|other| other.answers.contains(&claim.id))
                    .map(|other| self.claim_view(other, at))
                    .collect(),
            })
            .collect()
    }

    fn claim_view(&self, claim: &Claim, at: Clocks) -> ClaimView {
        let seen = at.on.min(at.known);
        let status = claim.statuses.iter().rfind(|status| status.since <= seen);
        let clause = claim.clause.as_ref().and_then(|clause| self.clause(clause));
        ClaimView {
            claim: claim.id.clone(),
            said: self.stamp(claim.side.as_str(), claim.said),
            speaker: claim.speaker.clone(),
            side: claim.side.clone(),
            accuses: claim.accuses.clone(),
            agreement: claim.agreement.clone(),
            clause: claim.clause.clone(),
            clause_action: clause.map(|(_, clause)| clause.action.clone()),
            measures: claim.measures.clone(),
            text: claim.text.clone(),
            grounds: claim.grounds.clone(),
            status: status.map_or_else(|| "made".into(), |status| status.status.clone()),
            note: status.and_then(|status| status.note.clone()),
            source: claim.source.clone(),
            confidence: claim.confidence,
        }
    }
}
