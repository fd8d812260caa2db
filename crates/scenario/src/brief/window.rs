//! The truce, and what the texts foresee.

use serde::Serialize;
use terms::{Country, Day};

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
    /// What else stands still under the agreement: duties on listed goods, fees, controls, and duties that are gone.
    pub others: Vec<Standstill>,
    /// What the agreement lets return if something else happens, in sentences.
    pub snapbacks: Vec<String>,
    /// Prolongations known by the day.
    pub renewals: Vec<String>,
}

/// A suspension that is not part of a side's headline.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Standstill {
    /// Whose measure.
    pub importer: Country,
    /// The measure.
    pub measure: String,
    /// What it is.
    pub title: String,
    /// The points that stand still, where the measure is a duty.
    pub points_pp: Option<f64>,
    /// Whether the measure is in force at all on the day, suspended or not; none: it has not begun.
    pub in_force: Option<bool>,
    /// The first day on which it no longer stands still.
    pub until: Day,
    /// What happens then if nobody acts: `return`, `return 30 %`, `nothing`, `ask`.
    pub on_lapse: String,
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
