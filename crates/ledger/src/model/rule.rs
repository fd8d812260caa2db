//! How duties combine: rules as dated data, each with its act and reason.

use serde::Serialize;
use terms::{Country, Instant};

use crate::{ActId, RuleId};

/// One rule: on a line that owes one class of duty, what becomes of another.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Rule {
    /// Its name.
    pub id: RuleId,
    /// At whose border.
    pub importer: Country,
    /// The act behind it.
    pub act: ActId,
    /// When it could be known.
    pub published: Instant,
    /// Its first instant.
    pub from: Instant,
    /// The first instant after it.
    pub until: Option<Instant>,
    /// The act that ended it, before whose publication the end is not known.
    pub ended_by: Option<ActId>,
    /// When that could be known.
    pub end_published: Option<Instant>,
    /// Rules are tried in this order.
    pub order: i64,
    /// What it does.
    pub does: Combination,
    /// The classes that must be owed.
    pub if_owes: Vec<String>,
    /// The classes it acts on.
    pub on: Vec<String>,
    /// Why, in our own words, with the article.
    pub why: String,
}

/// What a rule does to the classes it acts on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Combination {
    /// They are not charged.
    Drop,
    /// They are charged on the rest of the value only.
    OnRest,
    /// They are charged as well: said where silence would be read otherwise.
    Add,
    /// Only the highest of all is charged.
    Max,
}

impl Combination {
    /// All with the word the texts use.
    pub const ALL: [(&'static str, Self); 4] =
        [("drop", Self::Drop), ("on-rest", Self::OnRest), ("add", Self::Add), ("max", Self::Max)];
}

impl Rule {
    /// Whether it is in force at `on`, as known at `known`.
    pub fn holds(&self, on: Instant, known: Instant) -> bool {
        let end_known = self.end_published.is_none_or(|published| published <= known);
        let ended = end_known && self.until.is_some_and(|until| until <= on);
        self.published <= known && self.from <= on && !ended
    }
}
