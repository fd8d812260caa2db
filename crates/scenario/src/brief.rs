//! The outcome of the main job: one conflict between two governments, on one day, as known on one day.
//!
//! This is the contract with every door: `detente brief --format json` prints it as it stands, the page and
//! the text are made from it, and nothing in them is computed anywhere else. Each number carries its unit in
//! its name: `_pct` is per cent, `_pp` points of customs value, `_usd_mn` million US dollars.

use serde::Serialize;
use terms::{Confidence, Country, Day};

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

/// What one government charges on the other's goods.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Direction {
    /// Who charges.
    pub importer: Country,
    /// Whose goods.
    pub exporter: Country,
    /// Headline add-on: the sum of the duties on all goods, in points of customs value.
    pub headline_pp: f64,
    /// The duties that make the headline.
    pub parts: Vec<Part>,
    /// Duties in force on listed goods, on top of the headline and not in its sum.
    pub listed: Vec<Part>,
    /// Duties on all goods that ended within the year before the day, the latest first.
    pub ended: Vec<Ended>,
    /// Where the day holds another headline later: from when, and how much.
    pub later: Option<Later>,
    /// Trade-weighted statutory rate over all goods, base rates included, in per cent (weights in
    /// [`Evidence::weights`]); none where the economy does not hold both countries.
    pub trade_weighted_pct: Option<f64>,
    /// Simple mean over goods sectors, base rates included, in per cent.
    pub simple_mean_pct: Option<f64>,
    /// Share of the exporter's goods, by value, that the all-goods duties reach, in per cent.
    pub coverage_pct: Option<f64>,
    /// The headline through time, as known on the day: half-open steps.
    pub steps: Vec<Step>,
    /// The highest headline so far.
    pub peak: Peak,
}

/// A duty on all goods that fell away.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ended {
    /// The measure's id in the ledger.
    pub measure: String,
    /// What it is called.
    pub name: String,
    /// What was charged last, in points.
    pub points_pp: f64,
    /// The first day without it.
    pub on: Day,
    /// The act that ended it.
    pub act: String,
    /// Its citation.
    pub citation: String,
}

/// A second headline on the same day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Later {
    /// From when, on the importer's clock.
    pub from: String,
    /// The headline from then on, in points.
    pub headline_pp: f64,
}

/// One duty that is part of a headline.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Part {
    /// The measure's id in the ledger.
    pub measure: String,
    /// What it is called: `opioid duty`.
    pub name: String,
    /// What is charged, in points.
    pub points_pp: f64,
    /// What the text sets, before anything is suspended.
    pub full_pp: f64,
    /// What is suspended and may return.
    pub suspended_pp: f64,
    /// In force since.
    pub since: Day,
    /// The end that is written, if any.
    pub until: Option<Day>,
    /// The act that set today's rate.
    pub act: String,
    /// Its citation.
    pub citation: String,
    /// How well this is supported.
    pub confidence: Confidence,
}

/// One level of a headline rate: from `from` until just before the next step.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Step {
    /// The first day of the level, in the importer's zone.
    pub from: Day,
    /// The same as an instant.
    pub from_instant: String,
    /// The level, in points.
    pub headline_pp: f64,
    /// What changed it, short enough for a chart.
    pub label: String,
    /// The act.
    pub act: String,
    /// Whether the step lies after the day asked about (what texts foresee, not what happened).
    pub scheduled: bool,
}

/// The highest headline and when it held.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Peak {
    /// The level, in points.
    pub headline_pp: f64,
    /// The first day it held.
    pub from: Day,
}

/// A truce: an agreement whose window holds the day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Truce {
    /// The agreement's id.
    pub agreement: String,
    /// Its name.
    pub name: String,
    /// First day of the window.
    pub from: Day,
    /// The first day on which it no longer holds.
    pub until: Day,
    /// Which day of the window the day is, from one.
    pub day: i64,
    /// How many days the window has.
    pub days: i64,
    /// Days left until [`Truce::until`].
    pub days_left: i64,
    /// What returns on each side if nothing is done.
    pub returns: Vec<Return>,
    /// Prolongations known by the day.
    pub renewals: Vec<String>,
}

/// What a lapse brings back on one side.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Return {
    /// Who charges.
    pub importer: Country,
    /// Points that return.
    pub returns_pp: f64,
    /// The headline today.
    pub headline_today_pp: f64,
    /// The headline on the day of lapse.
    pub headline_after_pp: f64,
    /// The measures whose suspended points return.
    pub measures: Vec<String>,
    /// Why no more than that: what was ended and cannot return by lapse.
    pub note: String,
}

/// Something that the texts foresee after the day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pending {
    /// When.
    pub on: Day,
    /// Who.
    pub who: String,
    /// What, in a sentence.
    pub what: String,
    /// The record's id.
    pub subject: String,
    /// The act that foresees it.
    pub act: String,
}

/// What a pair of policies costs, country by country, against the same world without either side's duties
/// of the conflict.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cost {
    /// A key: `today`, `lapse`, `peak`.
    pub key: String,
    /// What it is called on the page.
    pub name: String,
    /// Headlines of the two packages, in the order of [`Brief::parties`].
    pub headlines_pp: [f64; 2],
    /// One row for each country, in the order of the economy.
    pub countries: Vec<CountryCost>,
    /// What happens to the trade between the two: goods imports of each from the other, in per cent.
    pub bilateral_imports_pct: [f64; 2],
    /// Sectors hit hardest, by the importer's price, for each party.
    pub sectors: Vec<SectorCost>,
}

/// One country's row.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CountryCost {
    /// Code.
    pub country: Country,
    /// Name.
    pub name: String,
    /// Real income, per cent.
    pub real_income_pct: f64,
    /// The same as money of the base year: per cent times final spending at baseline.
    pub real_income_usd_mn: f64,
    /// Lowest over the elasticity sets, per cent.
    pub low_pct: f64,
    /// Highest over the elasticity sets, per cent.
    pub high_pct: f64,
    /// Real wage, per cent.
    pub real_wage_pct: f64,
    /// Tariff revenue, change, million dollars.
    pub revenue_usd_mn: f64,
    /// Imports of goods and services at border prices, per cent.
    pub imports_pct: f64,
    /// Exports of goods and services, per cent.
    pub exports_pct: f64,
}

/// One sector's row for one importer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SectorCost {
    /// Who buys.
    pub importer: Country,
    /// Sector code.
    pub sector: String,
    /// Sector name.
    pub name: String,
    /// Price the importer pays over all sources, relative to its consumer prices, per cent.
    pub price_pct: f64,
    /// Imports from the other party, per cent.
    pub imports_pct: f64,
}

/// A bimatrix over real policy packages.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Payoffs {
    /// The row player's packages (first party).
    pub rows: Vec<Package>,
    /// The column player's packages (second party).
    pub columns: Vec<Package>,
    /// `cells[row][column]`.
    pub cells: Vec<Vec<Cell>>,
    /// The cell in force on the day.
    pub today: Option<(usize, usize)>,
    /// Cells from which neither side gains by moving alone.
    pub equilibria: Vec<(usize, usize)>,
}

/// One side's policy.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Package {
    /// `none`, `today`, `lapse`, `peak`.
    pub key: String,
    /// What the page calls it.
    pub name: String,
    /// Its headline, in points.
    pub headline_pp: f64,
}

/// One pair of policies.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cell {
    /// Real income of both parties, per cent against no duties of the conflict on either side.
    pub real_income_pct: [f64; 2],
    /// Whether each party's package is its best reply to the other's.
    pub best_reply: [bool; 2],
}

/// Whether the truce holds by the parties' own interest.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SelfEnforcement {
    /// One for each party.
    pub sides: [Side; 2],
    /// How long a breach goes unanswered, in months.
    pub lag_months: f64,
    /// What follows a breach, in words.
    pub punishment: String,
    /// The sentence a negotiator reads first.
    pub verdict: Verdict,
    /// Slack through the window: for each day, whether each side would rather wait.
    pub by_day: Vec<DaySlack>,
}

/// One side's temptation and what holds it back. Per cent of a month's real income.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Side {
    /// Who.
    pub party: Country,
    /// What the best deviation gains a month while the other still holds.
    pub temptation_pct: f64,
    /// The deviation: a package key.
    pub deviation: String,
    /// What punishment costs a month against the truce.
    pub punishment_pct: f64,
    /// The least monthly discount factor at which holding pays; none when no patience suffices.
    pub critical_patience: Option<f64>,
}

/// What the comparison of temptation and punishment says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Neither side gains by breaking, at any patience.
    HoldsAtAnyPatience,
    /// Both hold if patient enough.
    HoldsIfPatient,
    /// At least one side gains by breaking however patient.
    DoesNotHold,
}

/// Slack on one day of the window, per cent of a month's real income, one number a party.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DaySlack {
    /// The day.
    pub day: Day,
    /// Loss from punishment less gain from breaking, discounted to the day; positive holds.
    pub slack_pct: [f64; 2],
}

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
    /// The instrument.
    pub instrument: String,
    /// What is controlled.
    pub items: String,
    /// In force since.
    pub since: Option<Day>,
    /// Where it stands on the day.
    pub state: String,
    /// How well it is supported.
    pub confidence: Confidence,
}

/// What a term on the page means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Definition {
    /// The term.
    pub term: String,
    /// Its meaning, in a sentence.
    pub meaning: String,
}

/// How the numbers were made.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Evidence {
    /// The economy: name, title, source.
    pub economy: String,
    /// Which weights the weighted rates use.
    pub weights: String,
    /// Model and closure in words.
    pub model: String,
    /// The elasticity sets behind the bands; the first makes the central number.
    pub elasticity_sets: Vec<String>,
    /// How many equilibria were solved.
    pub solves: usize,
    /// Whether every one of them cleared.
    pub all_cleared: bool,
    /// Largest relative excess demand over all solves.
    pub worst_residual: f64,
    /// The market where it is.
    pub worst_market: String,
    /// Largest relative Walras residual: the redundant condition, computed and never assumed.
    pub walras_residual: f64,
    /// Evaluations of the system in the costliest solve.
    pub evaluations: usize,
    /// What is simplified here, in sentences.
    pub caveats: Vec<String>,
}
