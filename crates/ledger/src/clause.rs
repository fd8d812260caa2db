//! What was promised: clauses as they stand, both readings, and quantities without a verdict.

use rust_decimal::Decimal;
use serde::Serialize;
use terms::{Confidence, Country};

use crate::stamp::{ActBrief, Stamp};
use crate::talk::Said;
use crate::{AgreementId, ClauseId, Clocks, Ledger, MeasureId};

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
}
