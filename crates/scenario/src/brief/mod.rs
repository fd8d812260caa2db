//! The outcome of the main job: one conflict between two governments, on one day, as known on one day.
//!
//! This is the contract with every door: `detente brief --format json` prints it as it stands, the page and
//! the text are made from it, and nothing in them is computed anywhere else. Each number carries its unit in
//! its name: `_pct` is per cent, `_pp` points of customs value, `_usd_mn` million US dollars.

mod cost;
mod duties;
mod evidence;
mod headlines;
mod play;
mod said;
mod window;

pub use cost::{Cost, CountryCost, SectorCost};
pub use duties::{Direction, Ended, Later, Part, Peak, Step};
pub use evidence::{Definition, Evidence};
pub use headlines::{Charged, HeadlineDeal, HeadlineGame, HeadlinePoint, MonthsPlayed, Place};
pub use play::{Cell, DaySlack, Package, Payoffs, RevenueAtStake, SelfEnforcement, Side, Verdict};
pub use said::{Claim, Clause, Control, Delegation, Lane, Talk, TimelineEvent, Version};
pub use window::{Pending, Return, Standstill, Truce};

use serde::Serialize;
use terms::{Country, Day};

use crate::manifest::Manifest;

/// The answer to the question of the week: what is in force, why, what it costs, and what happens next.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Brief {
    /// What the record says.
    #[serde(flatten)]
    pub account: Account,
    /// What the conflict costs whom, one table for each pair of policies worth telling.
    pub costs: Vec<Cost>,
    /// Both governments' real incomes for every pair of their packages.
    pub payoffs: Payoffs,
    /// Whether the truce enforces itself, where there is one.
    pub self_enforcement: Option<SelfEnforcement>,
    /// The game in headlines, where both sides charge a duty on all goods.
    pub headlines: Option<HeadlineGame>,
    /// Rules against rules over both sides' packages, where today's terms can be broken and kept.
    pub months: Option<MonthsPlayed>,
    /// How the numbers were made and how well the equations hold.
    pub evidence: Evidence,
    /// What this outcome was computed from, in one citable id.
    pub manifest: Manifest,
}

/// What the record says of two governments on one day, as known on one day. No model enters here.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Account {
    /// The scenario's title.
    pub title: String,
    /// The day asked about: what is in force at its first instant in each importer's own zone.
    pub on: Day,
    /// The last day of publication that counts: nothing published later is used; none where all is used.
    pub known_on: Option<Day>,
    /// The two governments, in the order asked.
    pub parties: [Party; 2],
    /// Both directions of duty: the first party on the second's goods, then the reverse.
    pub directions: [Direction; 2],
    /// The truce whose window holds the day, if any.
    pub truce: Option<Truce>,
    /// What ends, starts or returns after the day, soonest first.
    pub pending: Vec<Pending>,
    /// Acts, talks, claims and controls, in the order they happened.
    pub timeline: Vec<TimelineEvent>,
    /// Rounds of talks known by the day, the next one included.
    pub talks: Vec<Talk>,
    /// Who said who broke what, newest first.
    pub claims: Vec<Claim>,
    /// Clauses of the agreements between the two.
    pub clauses: Vec<Clause>,
    /// Export controls of either side that bear on the other.
    pub controls: Vec<Control>,
    /// What each term on the page means.
    pub definitions: Vec<Definition>,
}

/// One of the two governments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Party {
    /// ISO 3166-1 alpha-3.
    pub code: Country,
    /// The name for a page: `United States`.
    pub name: String,
    /// The name as an adjective: `US`, `Chinese`.
    pub adjective: String,
}

impl Account {
    /// The clauses of the agreement behind the truce that holds the day.
    pub fn clauses_of_truce(&self) -> impl Iterator<Item = &Clause> {
        let agreement = self.truce.as_ref().map(|truce| truce.name.as_str());
        self.clauses.iter().filter(move |clause| agreement == Some(clause.agreement.as_str()))
    }
}
