//! What one party charges on the other's goods.

use serde::Serialize;
use terms::{Confidence, Country, Day};

/// What one government charges on the other's goods.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Direction {
    /// Who charges.
    pub importer: Country,
    /// Whose goods.
    pub exporter: Country,
    /// Why nothing is told of this direction: no act of the importer is on record. Nothing below is a nought then: the
    /// headlines are not numbers (`null` in JSON) and the lists empty.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unread: Option<String>,
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
    /// [`Evidence::weights`](super::Evidence::weights)); none where the economy does not hold both countries.
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

impl Direction {
    /// The headline in force on a day, in points; nought before the first step.
    pub fn headline_pp_on(&self, day: Day) -> f64 {
        let steps = self.steps.iter().filter(|step| !step.scheduled && step.from <= day);
        steps.max_by_key(|step| step.from).map_or(0.0, |step| step.headline_pp)
    }
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
