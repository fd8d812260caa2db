//! Everything that happened, in lanes: acts, threats, meetings, agreements, claims.

use serde::Serialize;
use terms::{Confidence, Country, Instant, Interval};

use crate::Ledger;
use crate::model::{ActKind, MeasureKind};
use crate::stamp::Stamp;

/// The lane of a chart an event belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lane {
    /// Duties and fees.
    Duty,
    /// Controls and listings.
    Control,
    /// Courts and inquiries.
    Court,
    /// Words without force.
    Statement,
    /// Duties threatened and not put into law.
    Threat,
    /// Meetings.
    Talk,
    /// Agreements.
    Agreement,
    /// Claims and answers.
    Claim,
}

/// One event.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Event {
    /// When it happened, or could be known.
    pub at: Stamp,
    /// Its lane.
    pub lane: Lane,
    /// Which side; none: both.
    pub side: Option<Country>,
    /// Its name in the ledger.
    pub id: String,
    /// What it is.
    pub title: String,
    /// Its number, place or speaker.
    pub detail: Option<String>,
    /// How well it is supported.
    pub confidence: Confidence,
}

impl Ledger {
    /// All events within `during`, as known, in the order of time.
    pub fn timeline(&self, during: Interval, known: Instant) -> Vec<Event> {
        let seen = |at: Instant| during.holds(at) && at <= known;
        let first = self.governments().next().map_or("", |government| government.code.as_str());
        let mut events = Vec::new();
        for act in self.acts().filter(|act| seen(act.published)) {
            let event = |lane, title: &str, detail: Option<String>| Event {
                at: self.stamp(act.issuer.as_str(), act.published),
                lane,
                side: Some(act.issuer.clone()),
                id: act.id.to_string(),
                title: title.into(),
                detail,
                confidence: act.confidence,
            };
            if act.threats.is_empty() {
                events.push(event(self.lane_of(act), &act.title, act.number.clone()));
            }
            for threat in &act.threats {
                let rate = threat.rate.map(|rate| format!("{rate} %"));
                events.push(event(Lane::Threat, &threat.text, rate));
            }
        }
        for agreement in self.agreements().filter(|agreement| seen(agreement.published)) {
            events.push(Event {
                at: self.stamp(agreement.clock.as_str(), agreement.published),
                lane: Lane::Agreement,
                side: None,
                id: agreement.id.to_string(),
                title: agreement.name.clone(),
                detail: Some(agreement.summary.clone()),
                confidence: agreement.confidence,
            });
        }
        for talk in self.talks.values().filter(|talk| talk.announced <= known) {
            let Ok(at) = self.clock(first).zone.start_of(talk.from) else { continue };
            if during.holds(at) {
                events.push(Event {
                    at: self.stamp(first, at),
                    lane: Lane::Talk,
                    side: None,
                    id: talk.id.to_string(),
                    title: talk.title.clone(),
                    detail: Some(talk.venue.clone()),
                    confidence: talk.confidence,
                });
            }
        }
        for claim in self.claims.values().filter(|claim| seen(claim.said)) {
            events.push(Event {
                at: self.stamp(claim.side.as_str(), claim.said),
                lane: Lane::Claim,
                side: Some(claim.side.clone()),
                id: claim.id.to_string(),
                title: claim.text.clone(),
                detail: Some(claim.speaker.clone()),
                confidence: claim.confidence,
            });
        }
        events.sort_by(|a, b| (a.at.instant(), a.lane, &a.id).cmp(&(b.at.instant(), b.lane, &b.id)));
        events
    }

    fn lane_of(&self, act: &crate::Act) -> Lane {
        match act.kind {
            ActKind::Ruling | ActKind::Investigation | ActKind::Dispute => return Lane::Court,
            ActKind::Statement => return Lane::Statement,
            ActKind::Listing | ActKind::Guidance => return Lane::Control,
            _ => {}
        }
        let spoken = self.statements.iter().filter(|(_, said)| said.iter().any(|s| s.act == act.id));
        let mut kinds = spoken.filter_map(|(id, _)| self.measures.get(id)).map(|measure| measure.kind);
        if kinds.any(|kind| kind == MeasureKind::Control) { Lane::Control } else { Lane::Duty }
    }
}
