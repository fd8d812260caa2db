//! What happened, was promised and was said.

use serde::Serialize;
use terms::{Confidence, Country, Day};

/// One mark on the timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TimelineEvent {
    /// The day it took effect, or happened.
    pub on: Day,
    /// The day it became public.
    pub published: Day,
    /// Its lane.
    pub lane: Lane,
    /// Who acted: a country code, or both joined by `/`.
    pub who: String,
    /// Short enough for a chart.
    pub label: String,
    /// A sentence.
    pub text: String,
    /// Where this is from.
    pub citation: String,
    /// How well it is supported.
    pub confidence: Confidence,
}

/// The lanes of the timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lane {
    /// Duties imposed, changed, suspended, ended.
    Acts,
    /// Announcements and threats that made no measure.
    Threats,
    /// Rounds of talks, calls, agreements.
    Talks,
    /// Claims of breach and their answers.
    Claims,
    /// Export controls and listings.
    Controls,
}

/// A round of talks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Talk {
    /// The record's id.
    pub id: String,
    /// First day.
    pub start: Day,
    /// Last day, where known on the day.
    pub end: Option<Day>,
    /// Whether it is not over by the day asked about: still to come, or under way.
    pub ahead: bool,
    /// What kind: `round 2`, `leaders call`.
    pub kind: String,
    /// Where.
    pub venue: String,
    /// Who sits there, by party.
    pub delegations: Vec<Delegation>,
    /// What came of it, or what each side said it was.
    pub outcome: String,
    /// Each side's own account, where they differ.
    pub accounts: Vec<Version>,
    /// Where this is from.
    pub source: String,
}

/// Who sits for one party.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Delegation {
    /// The party.
    pub party: Country,
    /// The head first; each with an office where known.
    pub members: Vec<String>,
    /// What they may do, or how they were announced.
    pub mandate: String,
}

/// One side's own version of a meeting or a clause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Version {
    /// Whose.
    pub party: Country,
    /// What it says, in our own words.
    pub text: String,
    /// Where.
    pub source: String,
}

/// A claim of breach, with its answer beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Claim {
    /// The record's id.
    pub id: String,
    /// When it was said.
    pub said: Day,
    /// Who said it.
    pub speaker: String,
    /// For which side.
    pub side: Country,
    /// Of whom.
    pub accused: Option<Country>,
    /// The agreement and clause it is about, where it names one.
    pub about: Option<String>,
    /// What is claimed, in our own words.
    pub text: String,
    /// The grounds given.
    pub grounds: String,
    /// Claims that answer this one, by id.
    pub answered_by: Vec<String>,
    /// Where it stands.
    pub status: String,
    /// Where this is from.
    pub source: String,
    /// How well it is supported.
    pub confidence: Confidence,
}

/// A clause of an agreement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Clause {
    /// The agreement's name.
    pub agreement: String,
    /// The clause's id.
    pub id: String,
    /// Who owes it.
    pub debtor: String,
    /// What is owed, in our own words.
    pub text: String,
    /// Until when, if there is a window.
    pub until: Option<Day>,
    /// Where it stands.
    pub state: String,
    /// Since when it stands so.
    pub since: Option<Day>,
    /// Why, in our own words.
    pub note: Option<String>,
    /// The acts that carried it out, as far as known.
    pub carried_out_by: Vec<String>,
    /// For a clause on quantities: what was promised, and what was observed last. No verdict.
    pub progress: Option<String>,
    /// What each side reads in it, where they differ.
    pub readings: Vec<Version>,
}

/// An export control.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Control {
    /// The record's id.
    pub id: String,
    /// Who controls.
    pub issuer: Country,
    /// What it is, in one line.
    pub title: String,
    /// The instrument; empty where it has no name of its own.
    pub instrument: String,
    /// What is controlled.
    pub items: String,
    /// What is decided on asking: `ban`, `presume-no`, `case-by-case`, `general-licence` or `unknown`.
    pub policy: String,
    /// In force since.
    pub since: Option<Day>,
    /// Where it stands on the day.
    pub state: String,
    /// How well it is supported.
    pub confidence: Confidence,
}
