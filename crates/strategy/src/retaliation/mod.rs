//! A list of goods to answer with: what hurts the other most for what it costs at home, under a cap on its value.
//!
//! [`Candidate`]s come in, sectors or tariff lines ([`divided`] makes lines of a sector); a [`RetaliationList`] goes out,
//! with the most that any list under the same limits could do.

mod relaxation;
mod tariff_line;

use serde::Serialize;

pub use tariff_line::{LineOfSector, divided};

use relaxation::Relaxation;

/// One candidate: a sector, or a line.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Imports it covers, in money.
    pub value: f64,
    /// What a duty on all of it costs the other, in money.
    pub harm: f64,
    /// What it costs at home, in money; below zero where the duty pays.
    pub own_cost: f64,
}

/// What a list is ranked by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ranking {
    /// The whole list's harm per own cost.
    OwnCost,
    /// Its harm.
    Value,
}

/// Whether a candidate can be listed in part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pieces {
    /// A sector: some of its lines.
    Parts,
    /// A tariff line: whole or not at all.
    Whole,
}

/// A list, and how far it can be from the best one.
#[derive(Debug, Clone, PartialEq)]
pub struct RetaliationList {
    /// The share of each candidate on the list, in their order.
    pub shares: Vec<f64>,
    /// Imports on it, in money.
    pub value: f64,
    /// The sum of its harms.
    pub harm: f64,
    /// The sum of its own costs.
    pub own_cost: f64,
    /// The harm that a dollar of own cost has to buy (μ): the list is ranked by (harm − μ own cost) per value.
    pub price_of_cost: f64,
    /// No list of goods that hurt has a larger sum of harms, if it is within the cap and, where ranked by own cost, worth at
    /// least [`RetaliationList::least_value`] and no dearer at home than this one.
    pub bound: f64,
    /// What the lists of the bound are worth at least: this one's value where the cap is to be filled, else 0.
    pub least_value: f64,
}

/// The list within `cap` that is best by `ranking`. Candidates that do not hurt are left out.
///
/// With x the shares, v value, h harm, k own cost:
///
/// ```text
/// Value      max h·x               subject to v·x ≤ cap
/// OwnCost    max h·x               subject to v·x ≤ cap, k·x ≤ 0     if the cap can be filled at no own cost
///            max h·x / k·x         subject to v·x = cap              else
/// ```
///
/// Each is solved exactly over shares: given the price μ of own cost, the best are taken by (h − μk)/v until the cap is
/// reached (Dantzig 1957: the divisible knapsack); μ is 0, the multiplier of k·x ≤ 0, or the ratio itself (Dinkelbach
/// 1967). Lines are whole: those cut are dropped and the room is filled with the next that fit. What that can lose is
/// [`RetaliationList::bound`], the least value of the Lagrangian dual at this list's own cost and value.
///
/// # Units
/// All in one money; the cap may be infinite.
/// # Example
/// ```
/// # use strategy::{Candidate, Pieces, Ranking, retaliation_list};
/// let goods = [(10.0, 4.0, 1.0), (10.0, 6.0, 3.0), (10.0, 1.0, 0.1)]
///     .map(|(value, harm, own_cost)| Candidate { value, harm, own_cost });
/// let most = retaliation_list(&goods, 20.0, Ranking::Value, Pieces::Whole);
/// assert_eq!((most.shares, most.bound), (vec![1.0, 1.0, 0.0], 10.0));
/// let dearest = retaliation_list(&goods, 20.0, Ranking::OwnCost, Pieces::Whole);
/// assert_eq!(dearest.shares, [1.0, 0.0, 1.0]);
/// ```
pub fn retaliation_list(
    candidates: &[Candidate],
    cap: f64,
    ranking: Ranking,
    pieces: Pieces,
) -> RetaliationList {
    let relaxation = Relaxation::of(candidates, cap, pieces);
    let best = match ranking {
        Ranking::Value => relaxation.most_harm(),
        Ranking::OwnCost => relaxation.most_per_own_cost(),
    };
    let shares = match pieces {
        Pieces::Parts => best.shares,
        Pieces::Whole => relaxation.whole(&best),
    };
    let [value, harm, own_cost] = relaxation.sums(&shares);
    let (limit, least_value) = match ranking {
        Ranking::Value => (f64::INFINITY, 0.0),
        Ranking::OwnCost => (own_cost, if best.filled { value } else { 0.0 }),
    };
    let bound = relaxation.bound(limit, least_value).max(harm);
    RetaliationList { shares, value, harm, own_cost, price_of_cost: best.price, bound, least_value }
}

#[cfg(test)]
mod tests;
