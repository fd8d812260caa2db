//! Who meets whom: meetings as they could be known, with delegations, accounts and outcome.

use serde::Serialize;
use terms::{Confidence, Country, Day};

use crate::model::{Delegate, Talk, TalkKind};
use crate::stamp::Stamp;
use crate::{Clocks, Ledger, TalkId};

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

impl Ledger {
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
