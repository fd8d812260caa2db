//! Agreements, their clauses, and how each side reads them.

use rust_decimal::Decimal;
use serde::Serialize;
use terms::{Citation, Confidence, Country, Day, Instant};

use crate::{ActId, AgreementId, ClauseId, MeasureId, WindowId};

/// What two or more governments agreed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Agreement {
    /// Its name in the ledger.
    pub id: AgreementId,
    /// What it is called.
    pub name: String,
    /// Who agreed.
    pub parties: Vec<Country>,
    /// The day it was made, on the clock its dates are read by.
    pub done: Day,
    /// When it could be known.
    pub published: Instant,
    /// The government on whose clock its dates are read.
    pub clock: Country,
    /// Agreements it builds on.
    pub depends_on: Vec<AgreementId>,
    /// Whether a joint text exists.
    pub joint_text: bool,
    /// What it says, in one line.
    pub summary: String,
    /// What each side called it.
    pub accounts: Vec<Account>,
    /// Its clauses.
    pub clauses: Vec<Clause>,
    /// What it lets happen if something else does.
    pub snapbacks: Vec<Snapback>,
    /// Where to look it up.
    pub citation: Citation,
    /// What was read.
    pub source: Option<String>,
    /// How well that supports it.
    pub confidence: Confidence,
    /// Remarks.
    pub note: Option<String>,
}

/// One side's own words about a meeting or a deal, in our paraphrase.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Account {
    /// Whose.
    pub party: Country,
    /// By whom.
    pub speaker: Option<String>,
    /// When it could be known.
    pub said: Instant,
    /// What was said.
    pub wording: String,
    /// Where that was read.
    pub source: Option<String>,
}

/// One promise of an agreement.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Clause {
    /// Its name.
    pub id: ClauseId,
    /// Who owes it.
    pub debtors: Vec<Country>,
    /// What is owed, in our own words.
    pub action: String,
    /// Its field: `tariff`, `export-control`, `purchase`, `non-tariff`, `process`, `port-fee`, `other`.
    pub kind: String,
    /// The measures it is about.
    pub measures: Vec<MeasureId>,
    /// The suspensions that carry it out.
    pub windows: Vec<WindowId>,
    /// From when it binds.
    pub from: Option<Instant>,
    /// When it is due, or ends.
    pub until: Option<Instant>,
    /// On what it depends, or what happens otherwise.
    pub condition: Option<String>,
    /// The clauses it depends on.
    pub if_kept: Vec<ClauseId>,
    /// The acts that carried it out.
    pub carried_out_by: Vec<ActId>,
    /// How it stood, in the order of days.
    pub states: Vec<ClauseState>,
    /// How each side reads it.
    pub readings: Vec<Reading>,
    /// How much of what, where it is about quantities.
    pub quantity: Option<Quantity>,
    /// How well it is supported.
    pub confidence: Confidence,
    /// What was read.
    pub source: Option<String>,
}

/// What may follow when a clause is broken, a day passes, or the other side acts.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Snapback {
    /// The clause whose breach sets it off.
    pub if_broken: Option<ClauseId>,
    /// The day that sets it off.
    pub on: Option<Instant>,
    /// The other side's measure whose return sets it off.
    pub if_in_force: Option<MeasureId>,
    /// The measure that returns or changes.
    pub measure: MeasureId,
    /// What happens to it, in our own words.
    pub effect: String,
    /// Whether it happens by itself, or needs another act.
    pub automatic: bool,
}

/// How a clause stood from an instant on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClauseState {
    /// `open`, `met`, `kept`, `late`, `broken`, `disputed`, `suspended`, `lapsed` or `unknown`.
    pub state: String,
    /// Since when, and since when that could be known.
    pub since: Instant,
    /// Why, in our own words.
    pub note: Option<String>,
}

/// One side's reading of a clause. Two readings live side by side; none is the true one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reading {
    /// Whose.
    pub party: Country,
    /// Since when it could be known.
    pub said: Instant,
    /// The reading, in our own words.
    pub wording: String,
}

/// A quantity promised, and what was observed of it. No verdict.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Quantity {
    /// The good.
    pub good: String,
    /// How much.
    pub amount: Decimal,
    /// In what unit.
    pub unit: String,
    /// By when.
    pub by: Option<Instant>,
    /// What was observed: when it could be known, how much, by whom.
    pub observed: Vec<(Instant, Decimal, String)>,
}
