//! What talks answer: the deals, what stands beside them, and the evidence.

use serde::Serialize;
use strategy::{Border, PlayStatus, PlayerOutcome, Solution, TalksSearch};
use terms::{Country, Day};

use super::{IssueWorth, Threat};
use crate::game::{Bystander, TariffRow};
use crate::manifest::Manifest;

/// A deal, its gains and the evidence.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BargainAnswer {
    /// The economy's name and title.
    pub economy: String,
    /// The closure in words.
    pub model: String,
    /// What the per cents of `players` and `bystanders` are changes from, in words; gains are over the threat point.
    pub base: String,
    /// What a failure brings.
    pub threat: Threat,
    /// The day whose duties between the two stand where nothing is agreed; none: the base's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on: Option<Day>,
    /// Whether duties, export taxes or both are on the table.
    pub border: Border,
    /// One row for each country at the table, at the deal by the rule asked for, its payments made and its issues left out;
    /// deviations are from the deal.
    pub players: Vec<PlayerOutcome>,
    /// Those who are not at the table.
    pub bystanders: Vec<Bystander>,
    /// The deal by the rule asked for; with two at the table, by the other rules as well.
    pub solutions: Vec<Share>,
    /// What else is on the table, and what it is worth.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub issues: Vec<IssueWorth>,
    /// With two at the table: points of the frontier, by the planner's weight on the first; issues of the deal counted.
    pub frontier: Vec<FrontierPoint>,
    /// With two at the table: where talks could fail to, over the threat point.
    pub points: Vec<NamedPoint>,
    /// Every rate that is on the table, where asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tariffs: Option<Vec<TariffRow>>,
    /// Every export tax that is on the table, where asked for and any is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub export_taxes: Option<Vec<TariffRow>>,
    /// How far the deal is from its conditions.
    pub certificate: DealEvidence,
    /// What this was computed from.
    pub manifest: Manifest,
}

/// Gains by one sharing rule, in the order of the players.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Share {
    /// The rule.
    pub solution: Solution,
    /// Each government's gain over the threat point, %.
    pub gain_pct: Vec<f64>,
    /// The planner's weights behind it.
    pub weights: Vec<f64>,
    /// How far the sharing condition is from holding.
    pub sharing_gap: f64,
    /// With transfers: how far a dollar is from being worth the same wherever it goes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub money_gap: Option<f64>,
    /// Whether play is at rest and the condition holds to 1e-6.
    pub settled: bool,
    /// With transfers: what each receives or pays, million dollars; gains are those where markets clear with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub received_usd_mn: Option<Vec<f64>>,
    /// What each would receive or pay at these duties if payments moved no price, million dollars.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub received_at_fixed_prices_usd_mn: Option<Vec<f64>>,
    /// The issues in the deal, by name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub issues: Vec<String>,
    /// Where the deal was searched for, and what else was met.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub search: Option<TalksSearch>,
}

/// A point that talks could fail to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NamedPoint {
    /// Which.
    pub point: Threat,
    /// Each government's payoff over the threat point, %.
    pub gain_pct: [f64; 2],
}

/// A point of the frontier.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FrontierPoint {
    /// The planner's weight on the first country.
    pub weight: f64,
    /// Each government's gain over the threat point, %.
    pub gain_pct: [f64; 2],
    /// The largest slope left.
    pub largest_slope: f64,
}

/// The evidence behind a deal.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DealEvidence {
    /// How the search for the planner's duties ended.
    pub status: PlayStatus,
    /// Moves made in the last of them.
    pub moves: usize,
    /// Planner's problems solved.
    pub planner_solves: usize,
    /// How far the sharing condition is from holding: log payoffs (Nash: log weights).
    pub sharing_gap: f64,
    /// With transfers: how far a dollar is from being worth the same to the planner wherever it goes, the largest
    /// |∂Σω ln u/∂m| times the incomes of all at the table.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub money_gap: Option<f64>,
    /// The largest derivative of the planner's objective left on a rate that no bound holds.
    pub largest_slope: Option<f64>,
    /// The largest relative excess demand left.
    pub clearing_residual: f64,
    /// Rates held by a bound.
    pub at_bounds: usize,
    /// Those who gain more than the rule gives, since the others cannot hold them down.
    pub unbounded: Vec<Country>,
}
