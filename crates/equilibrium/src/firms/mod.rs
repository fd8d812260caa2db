//! One factor, no input links, sellers with a markup or without: the closure of Ossa (2014).
//!
//! Comes in: trade before duty, duties and σ of a base year ([`OneFactor`]). Goes out: what clears under other
//! wedges ([`Cleared`]), and the multipliers of wages and incomes ([`Multipliers`]) from which every derivative
//! of every government's objective follows in closed form ([`Pull`]); and what a change of real income is made of
//! ([`OneFactor::split`]).
//!
//! With [`Market::FixedFirms`] each sector's firms are given in number and keep 1/σ of their sales as profit
//! (Krugman 1980 without entry). With [`Market::Perfect`] all sales are wages: Armington's world, the one of
//! Lashkaripour (2021). The equations are the same; they stand in `docs/method/strategy.md`.

// The indices are those of the equations.
#![allow(clippy::needless_range_loop)]

mod accounts;
mod adjoint;
mod cells;
mod clear;
mod curvature;
mod error;
mod jacobian;
#[cfg(test)]
mod laws;
mod lu;
mod path;
mod sales;

pub use accounts::{Deficits, Market, OneFactor};
pub use adjoint::{Multipliers, OwnValue, Pull};
pub use clear::{Cleared, ClearingSettings, ClearingStatus, Point};
pub use curvature::Along;
pub use error::FirmsError;
pub use sales::Sales;
