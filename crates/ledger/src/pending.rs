//! What is still to come, as known: turns of measures, clauses due, meetings.

use serde::Serialize;
use terms::{Country, Interval, Points};

use crate::change::{Between, Change};
use crate::stamp::Stamp;
use crate::{AgreementId, ClauseId, Clocks, Ledger, TalkId};

/// Something fixed for a later day, as known.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum Pending {
    /// A turn of a measure.
    Change {
        /// Days from the day asked about, on the clock of the importer.
        in_days: i64,
        /// The points that return, where a suspension lapses.
        returns_pp: Option<Points>,
        /// The turn.
        #[serde(flatten)]
        change: Change,
    },
    /// A day on which a clause is due or ends.
    Clause {
        /// When.
        at: Stamp,
        /// Days from the day asked about.
        in_days: i64,
        /// The clause.
        clause: ClauseId,
        /// The agreement.
        agreement: AgreementId,
        /// Who owes it.
        debtors: Vec<Country>,
        /// What.
        action: String,
    },
    /// A meeting.
    Talk {
        /// When.
        at: Stamp,
        /// Days from the day asked about.
        in_days: i64,
        /// The meeting.
        talk: TalkId,
        /// What it is called.
        title: String,
        /// Where.
        venue: String,
    },
}

impl Pending {
    /// When.
    pub fn at(&self) -> &Stamp {
        match self {
            Self::Change { change, .. } => &change.at,
            Self::Clause { at, .. } | Self::Talk { at, .. } => at,
        }
    }
}

impl Ledger {
    /// What is fixed for after the day asked about, as known: turns of measures, clauses due, meetings.
    pub fn pending(&self, between: &Between, at: Clocks) -> Vec<Pending> {
        let later = Interval::since(at.on);
        let changes = self.changes(between, later, at.known, at.view).into_iter();
        let mut pending: Vec<Pending> = changes
            .filter(|change| change.at.instant() > at.on)
            .map(|change| Pending::Change {
                in_days: change.at.days_since(at.on),
                returns_pp: change.returned(),
                change,
            })
            .collect();
        pending.extend(self.clauses_due(between, at));
        pending.extend(self.talks_ahead(at));
        pending.sort_by_key(|item| item.at().instant());
        pending
    }

    /// Clauses due; of one importer, those it owes.
    fn clauses_due(&self, between: &Between, at: Clocks) -> impl Iterator<Item = Pending> {
        let owes = |debtors: &[Country]| between.importer.as_ref().is_none_or(|own| debtors.contains(own));
        self.agreements().filter(move |agreement| agreement.published <= at.known).flat_map(
            move |agreement| {
                agreement.clauses.iter().filter_map(move |clause| {
                    let until = clause.until.filter(|until| *until > at.on && owes(&clause.debtors))?;
                    let seen = at.on.min(at.known);
                    let state = clause.states.iter().rfind(|state| state.since <= seen);
                    if state.is_some_and(|state| ["lapsed", "met"].contains(&state.state.as_str())) {
                        return None;
                    }
                    let clock = match clause.debtors.as_slice() {
                        [alone] => alone.as_str(),
                        _ => agreement.clock.as_str(),
                    };
                    let due = self.stamp(clock, until);
                    Some(Pending::Clause {
                        in_days: due.days_since(at.on),
                        at: due,
                        clause: clause.id.clone(),
                        agreement: agreement.id.clone(),
                        debtors: clause.debtors.clone(),
                        action: clause.action.clone(),
                    })
                })
            },
        )
    }

    fn talks_ahead(&self, at: Clocks) -> impl Iterator<Item = Pending> {
        let clock = self.governments().next().map_or("", |government| government.code.as_str());
        self.talks.values().filter(move |talk| talk.announced <= at.known).filter_map(move |talk| {
            let begins = self.clock(clock).zone.start_of(talk.from).ok().filter(|begins| *begins > at.on)?;
            let begins = self.stamp(clock, begins);
            Some(Pending::Talk {
                in_days: begins.days_since(at.on),
                at: begins,
                talk: talk.id.clone(),
                title: talk.title.clone(),
                venue: talk.venue.clone(),
            })
        })
    }
}
