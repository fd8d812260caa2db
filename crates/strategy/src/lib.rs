//! What each government would do: payoffs, best replies, war, bargain, truce.
//!
//! Payoffs come in as numbers with a unit, computed by the equilibrium room under each policy; choices and
//! their certificates go out. Nothing here types a payoff in.
//!
//! Learn first [`PayoffMatrix`] (two governments, a few named packages each, best replies marked) and [`Truce`]
//! with [`TruceSlack`] (temptation, punishment, critical patience) and [`TruceCalendar`] (slack by day).

// The symbols of the papers: δ, τ, σ keep their shape in formulas.
#![allow(mixed_script_confusables)]

mod payoff_matrix;
mod truce;
mod truce_calendar;

pub use payoff_matrix::{Cell, GameError, Package, PayoffMatrix, TIE};
pub use truce::{DAYS_PER_MONTH, Length, Patience, Rules, Side, SideSlack, Truce, TruceError, TruceSlack};
pub use truce_calendar::{DaySlack, TruceCalendar};
