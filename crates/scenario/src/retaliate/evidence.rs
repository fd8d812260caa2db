//! What was computed of a list, and so what may be claimed of it.

use serde::Serialize;
use strategy::RetaliationList;

use super::charged::Loss;

/// The evidence behind a list: how far it is from the best one, and how far the numbers that rank add up.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ListEvidence {
    /// The sum of the listed goods' harms, each good's duty alone, million dollars.
    pub sum_of_harms_usd_mn: f64,
    /// The sum of their own costs, million dollars.
    pub sum_of_own_costs_usd_mn: f64,
    /// No list of the goods offered within the cap has a larger sum of harms; ranked by own cost, no list that is worth
    /// `bound_from_usd_mn` and no dearer at home.
    pub bound_usd_mn: f64,
    /// What the lists of the bound are worth at least.
    pub bound_from_usd_mn: f64,
    /// The sum of harms, % of the bound: at 100 no such list does better. None where nothing offered hurts.
    pub of_bound_pct: Option<f64>,
    /// The dollars of harm that a dollar of own cost had to buy; zero where own cost did not decide.
    pub price_of_own_cost: f64,
    /// The sum of harms over what the whole list does at once, less one, %.
    pub sum_over_harm_pct: Option<f64>,
    /// The same of own costs.
    pub sum_over_own_cost_pct: Option<f64>,
    /// Equilibria solved.
    pub solves: usize,
    /// The largest relative excess demand left in any.
    pub clearing_residual: f64,
    /// How far the claims reach.
    pub limits: Vec<String>,
}

impl ListEvidence {
    /// Of a list whose goods were charged one at a time, and then at once.
    pub(super) fn of(
        list: &RetaliationList,
        [harm, own]: &[Loss; 2],
        (solves, clearing_residual): (usize, f64),
    ) -> Self {
        let over = |sum: f64, whole: f64| (whole != 0.0).then(|| 100.0 * (sum / whole - 1.0));
        let limits = [
            "the other does not answer",
            "one duty is laid on every good of the list",
            "the bound is on sums of what each good does alone",
        ];
        Self {
            sum_of_harms_usd_mn: list.harm,
            sum_of_own_costs_usd_mn: list.own_cost,
            bound_usd_mn: list.bound,
            bound_from_usd_mn: list.least_value,
            of_bound_pct: (list.bound > 0.0).then(|| 100.0 * list.harm / list.bound),
            price_of_own_cost: list.price_of_cost,
            sum_over_harm_pct: over(list.harm, harm.usd_mn),
            sum_over_own_cost_pct: over(list.own_cost, own.usd_mn),
            solves,
            clearing_residual,
            limits: limits.map(String::from).into(),
        }
    }
}

/// A list taken good by good, those first that hurt most for what they cost at home: what is on it so far.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ListStep {
    /// The line or the sector that comes on.
    pub goods: String,
    /// Imports on the list so far, million dollars a year.
    pub value_usd_mn: f64,
    /// The sum of harms so far, million dollars a year.
    pub harm_usd_mn: f64,
    /// The sum of own costs so far, million dollars a year; below zero where duties pay.
    pub own_cost_usd_mn: f64,
}

/// Goods on a list as steps, those that pay at home first, then by harm per own cost.
pub(super) fn steps(mut goods: Vec<ListStep>) -> Vec<ListStep> {
    let pays = |of: &ListStep| of.own_cost_usd_mn <= 0.0;
    let per_cost = |of: &ListStep| of.harm_usd_mn / of.own_cost_usd_mn;
    goods.sort_by(|a, b| match (pays(a), pays(b)) {
        (true, true) => a.own_cost_usd_mn.total_cmp(&b.own_cost_usd_mn),
        (false, false) => per_cost(b).total_cmp(&per_cost(a)),
        (a, b) => b.cmp(&a),
    });
    let (mut value, mut harm, mut own) = (0.0, 0.0, 0.0);
    for step in &mut goods {
        (value, harm, own) = (value + step.value_usd_mn, harm + step.harm_usd_mn, own + step.own_cost_usd_mn);
        (step.value_usd_mn, step.harm_usd_mn, step.own_cost_usd_mn) = (value, harm, own);
    }
    goods
}
