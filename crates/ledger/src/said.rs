//! What was promised and said: clauses, claims with their answers, meetings. No query here touches a measure.

use rust_decimal::Decimal;
use serde::Serialize;
use terms::{Confidence, Country, Day};

use crate::model::{Claim, Delegate, Talk, TalkKind};
use crate::stamp::{ActBrief, Stamp};
use crate::{AgreementId, ClaimId, ClauseId, Clocks, Ledger, MeasureId, TalkId};

/// A clause as it stands.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClauseView {
    /// The agreement.
    pub agreement: AgreementId,
    /// The clause.
    pub clause: ClauseId,
    /// Who owes it.
    pub debtors: Vec<Country>,
    /// What is owed.
    pub action: String,
    /// Its field.
    pub kind: String,
    /// From when it binds.
    pub from: Option<Stamp>,
    /// When it is due, or ends.
    pub until: Option<Stamp>,
    /// On what it depends.
    pub condition: Option<String>,
    /// The measures it is about.
    pub measures: Vec<MeasureId>,
    /// The acts that carried it out, as far as known.
    pub carried_out_by: Vec<ActBrief>,
    /// How it stands; none: no text says.
    pub state: Option<String>,
    /// Since when, and why.
    pub since: Option<Stamp>,
    /// Why, in our own words.
    pub note: Option<String>,
    /// How each side reads it.
    pub readings: Vec<Said>,
    /// How much of what was promised, and what was observed.
    pub progress: Option<Progress>,
    /// How well it is supported.
    pub confidence: Confidence,
}

/// Words of one side.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Said {
    /// Which side.
    pub party: Country,
    /// By whom.
    pub speaker: Option<String>,
    /// When.
    pub said: Stamp,
    /// What, in our own words.
    pub wording: String,
    /// Where that was read.
    pub source: Option<String>,
}

/// A quantity promised and the last that was observed of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Progress {
    /// The good.
    pub good: String,
    /// How much was promised.
    pub promised: Decimal,
    /// In what unit.
    pub unit: String,
    /// By when.
    pub by: Option<Stamp>,
    /// What was observed last: how much, when, by whom.
    pub observed: Option<(Decimal, Stamp, String)>,
}

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

/// A meeting as it could be known.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TalkView {
    /// The meeting.
    pub talk: TalkId,
    /// What it is.
    pub kind: TalkKind,
    /// Its number among the rounds.
    pub number: Option<i64>,
    /// What it is called.
    pub title: String,
    /// First day.
    pub from: Day,
    /// Last day.
    pub through: Day,
    /// Where.
    pub venue: String,
    /// Whether it is `ahead`, `under-way` or `over` on the day asked about.
    pub phase: &'static str,
    /// Days until it begins; 0 once it has.
    pub in_days: i64,
    /// Who sits there, as far as known.
    pub delegations: Vec<DelegationView>,
    /// What each side said of it.
    pub accounts: Vec<Said>,
    /// What came of it, as far as known.
    pub outcome: Option<String>,
    /// The agreement it is about.
    pub about: Option<String>,
    /// Where it was read.
    pub source: Option<String>,
    /// Remarks.
    pub note: Option<String>,
    /// How well it is supported.
    pub confidence: Confidence,
}

/// One side's people.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DelegationView {
    /// Which side.
    pub party: Country,
    /// When that was announced.
    pub announced: Stamp,
    /// The people, the head first.
    pub members: Vec<Delegate>,
    /// Mandate, or remarks.
    pub note: Option<String>,
}

impl Ledger {
    /// The clauses of one agreement, or of all, as they stand.
    pub fn clauses(&self, agreement: Option<&str>, at: Clocks) -> Vec<ClauseView> {
        let one = agreement.and_then(|id| self.agreement(id)).map(|found| found.id.clone());
        let seen = at.on.min(at.known);
        let meant = self
            .agreements()
            .filter(|a| a.published <= seen && (agreement.is_none() || one.as_ref() == Some(&a.id)));
        let mut views = Vec::new();
        for agreement in meant {
            for clause in &agreement.clauses {
                let clock = match clause.debtors.as_slice() {
                    [alone] if self.governments.contains_key(alone) => alone.as_str(),
                    _ => agreement.clock.as_str(),
                };
                let stamp = |at| self.stamp(clock, at);
                let state = clause.states.iter().rfind(|state| state.since <= seen);
                let known =
                    |act: &&crate::ActId| self.act(act.as_str()).is_some_and(|act| act.published <= seen);
                views.push(ClauseView {
                    agreement: agreement.id.clone(),
                    clause: clause.id.clone(),
                    debtors: clause.debtors.clone(),
                    action: clause.action.clone(),
                    kind: clause.kind.clone(),
                    from: clause.from.map(stamp),
                    until: clause.until.map(stamp),
                    condition: clause.condition.clone(),
                    measures: clause.measures.clone(),
                    carried_out_by: self.briefs(clause.carried_out_by.iter().filter(known)),
                    state: state.map(|state| state.state.clone()),
                    since: state.map(|state| stamp(state.since)),
                    note: state.and_then(|state| state.note.clone()),
                    readings: clause
                        .readings
                        .iter()
                        .filter(|reading| reading.said <= seen)
                        .map(|reading| Said {
                            party: reading.party.clone(),
                            speaker: None,
                            said: stamp(reading.said),
                            wording: reading.wording.clone(),
                            source: None,
                        })
                        .collect(),
                    progress: clause.quantity.as_ref().map(|quantity| {
                        let last = quantity.observed.iter().rfind(|(on, ..)| *on <= seen);
                        Progress {
                            good: quantity.good.clone(),
                            promised: quantity.amount,
                            unit: quantity.unit.clone(),
                            by: quantity.by.map(stamp),
                            observed: last.map(|(on, much, by)| (*much, stamp(*on), by.clone())),
                        }
                    }),
                    confidence: clause.confidence,
                });
            }
        }
        views
    }

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

    /// Meetings that could be known of, in the order of days.
    pub fn talks(&self, at: Clocks) -> Vec<TalkView> {
        let known = self.talks.values().filter(|talk| talk.announced <= at.known);
        known.map(|talk| self.talk_view(talk, at)).collect()
    }

    fn talk_view(&self, talk: &Talk, at: Clocks) -> TalkView {
        let clock = self.governments().next().map_or("", |government| government.code.as_str());
        let today = self.day(clock, at.on);
        let phase = match today {
            day if day < talk.from => "ahead",
            day if day <= talk.through => "under-way",
            _ => "over",
        };
        let accounts = talk.accounts.iter().filter(|account| account.said <= at.known);
        let delegations = talk.delegations.iter().filter(|side| side.announced <= at.known);
        TalkView {
            talk: talk.id.clone(),
            kind: talk.kind,
            number: talk.number,
            title: talk.title.clone(),
            from: talk.from,
            through: talk.through,
            venue: talk.venue.clone(),
            phase,
            in_days: crate::stamp::days_between(today, talk.from).max(0),
            delegations: delegations
                .map(|side| DelegationView {
                    party: side.party.clone(),
                    announced: self.stamp(side.party.as_str(), side.announced),
                    members: side.members.clone(),
                    note: side.note.clone(),
                })
                .collect(),
            accounts: accounts.map(|account| self.account_view(account)).collect(),
            outcome: talk.outcome.as_ref().filter(|(known, _)| *known <= at.known).map(|(_, o)| o.clone()),
            about: talk.about.clone(),
            source: talk.source.clone(),
            note: talk.note.clone(),
            confidence: talk.confidence,
        }
    }

    pub(crate) fn account_view(&self, account: &crate::model::Account) -> Said {
        Said {
            party: account.party.clone(),
            speaker: account.speaker.clone(),
            said: self.stamp(account.party.as_str(), account.said),
            wording: account.wording.clone(),
            source: account.source.clone(),
        }
    }
}
