//! What was computed of a point of play, and so what may be claimed of it.

use diagnostic::{Diagnostic, Faults};
use serde::Serialize;
use strategy::{AnswersFrom, Border, Choice, Deviations, Instruments, PlayStatus, Probe, Start};
use terms::Country;

/// What the numbers for deviations are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DeviationKind {
    /// Nothing was computed.
    NotSought,
    /// What each player's own next move would gain to first order, at a point where none wants to move; no other reply was
    /// searched for.
    FirstOrder,
    /// The most that one of the choices in `deviations_sought_from` gives over the choice shown, or the next move to first
    /// order where that is more. Where others reply, each choice was looked at with their answers worked out. What lies
    /// between was not searched.
    LookedAt,
    /// What the best reply gains that a search found, begun at `deviations_sought_from` while all others hold. A reply
    /// that it did not meet may gain more.
    Searched,
}

/// A deviation that gains more than this, in % of the objective, is told as a warning.
pub(crate) const EQUILIBRIUM: f64 = 1e-6;

/// The evidence behind a point of a game. Nothing in an answer claims more than stands here.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlayEvidence {
    /// How play or the search ended.
    pub status: PlayStatus,
    /// Moves made, each with one clearing; where others reply, the mover's, each with a war of the others.
    pub moves: usize,
    /// What `largest_deviation_gain_pct`, and every player's `deviation_gain_pct`, is.
    pub deviations: DeviationKind,
    /// The most that any player gains by moving alone, % of its objective, as `deviations` says; none where nothing was
    /// computed.
    pub largest_deviation_gain_pct: Option<f64>,
    /// Whose it is.
    pub by: Option<Country>,
    /// Where deviations were searched from; empty where no search was made.
    pub deviations_sought_from: Vec<String>,
    /// The largest derivative ∂ln payoff/∂ln(1+τ) left to anyone who moved, on a rate that no bound holds: zero at a
    /// stationary point, peak or not. Where others reply: the mover's through all answers, and the others' own. None where
    /// none was computed.
    pub largest_slope: Option<f64>,
    /// The largest relative excess demand left.
    pub clearing_residual: f64,
}

/// What was computed of deviations, and where a search began.
pub(crate) fn deviations(found: &Deviations, instruments: &Instruments) -> (DeviationKind, Vec<String>) {
    match found {
        Deviations::NotSought => (DeviationKind::NotSought, Vec::new()),
        Deviations::FirstOrder => (DeviationKind::FirstOrder, Vec::new()),
        Deviations::Searched(probe) => (DeviationKind::Searched, starts(probe, instruments)),
        Deviations::LookedAt(probe) => (DeviationKind::LookedAt, starts(probe, instruments)),
    }
}

/// A warning where a player still gains by moving alone.
pub(crate) fn shaken(held: &PlayEvidence) -> Faults {
    let gain = held.largest_deviation_gain_pct.unwrap_or_default();
    let mut faults = Faults::new();
    if gain > EQUILIBRIUM {
        let by = held.by.as_ref().map_or("a player", Country::as_str);
        let found = match held.deviations {
            DeviationKind::FirstOrder => "to first order, by its next move",
            DeviationKind::Searched | DeviationKind::LookedAt | DeviationKind::NotSought => "by moving alone",
        };
        faults.push(
            Diagnostic::warning("deviation-gains", format!("{by} still gains {gain:.1e} % {found}"))
                .note("what is reported is not an equilibrium to 1e-6 %"),
        );
    }
    faults
}

/// What else is tried where weights can give an objective two peaks.
pub(crate) const OTHER_SIDES: &str = "every sector's other side";

/// The starts of a search, in words.
pub(crate) fn starts(probe: &Probe, instruments: &Instruments) -> Vec<String> {
    let mut words: Vec<String> = probe.starts.iter().map(|begun| start(begun, instruments)).collect();
    if probe.switches {
        words.push(OTHER_SIDES.into());
    }
    words
}

/// One of them.
fn start(start: &Start, instruments: &Instruments) -> String {
    match start {
        Start::Here => "the duties played".to_string(),
        Start::At(share) => rate(*share, instruments),
        Start::LookedAt => "a choice that was looked at and gave more".to_string(),
        Start::Sector(sector, rate) => format!("sector {} at {} %", sector + 1, 100.0 * rate),
    }
}

/// One rate for all, where bounds let it be.
pub(crate) fn rate(share: f64, instruments: &Instruments) -> String {
    let (floor, cap) = (instruments.floor.as_percent(), instruments.cap.as_percent());
    match 100.0 * share {
        low if low < floor => format!("the floor, {floor} %"),
        high if high > cap => format!("the cap, {cap} %"),
        0.0 => match instruments.border {
            Border::Imports => "free entry".to_string(),
            Border::Exports => "no tax on exports".to_string(),
            Border::Both => "no duty and no tax".to_string(),
        },
        rate => format!("{rate} %"),
    }
}

/// A choice of a leader.
pub(crate) fn choice(choice: &Choice, instruments: &Instruments) -> String {
    match choice {
        Choice::Start(Start::Here) => "the duties of the base".to_string(),
        Choice::Start(begun) => start(begun, instruments),
        Choice::Unanswered => "its best reply to the duties of the base, were they held".to_string(),
        Choice::AnswersHeld => "its best reply to the answers shown, were they held".to_string(),
        Choice::War => "its rates in a war of all".to_string(),
    }
}

/// Where the others' war began.
pub(crate) fn answers_from(from: AnswersFrom, instruments: &Instruments) -> String {
    match from {
        AnswersFrom::Held => "the duties of the base".to_string(),
        AnswersFrom::At(share) => rate(share, instruments),
        AnswersFrom::WarAgainstHeld => "their war against the mover's duties of the base".to_string(),
    }
}
