//! What is charged at the border: scope, origin, stacking, effective rates.
//!
//! In: a ledger (what is in force on an instant, as known on an instant), the coverage table, an economy's
//! base rates and trade as arrays. Out: the duty on an entry with its reasons, and tariffs `τ[n,i,s]`.
//!
//! Learn first [`AllGoods`] (a duty on all goods that is in force), [`Coverage`] (which share of a sector
//! it reaches), [`raised`] (base rates and duties to `τ[n,i,s]`), and [`RateCard`] (every rate by its name,
//! and the bridge between any two).

mod all_goods;
mod book;
mod coverage;
mod day_table;
mod facts;
mod open;
mod question;
mod rate_card;
mod schedule;
mod scope;
mod stacking;
mod why;

pub use all_goods::{AllGoods, Territory, all_goods, raised};
pub use book::{Book, Border};
pub use coverage::Coverage;
pub use day_table::{DayStep, DayTable, TableSize, Unsettled};
pub use facts::{Facts, KEYS as FACT_KEYS, Parcel};
pub use open::{OpenFact, Wanted};
pub use rate_card::{Bridge, BridgeStep, Definition, NamedRate, RateCard};
pub use schedule::{Base, Column, Edition, Found, Preference, Schedule, ScheduleRow, Schedules};
pub use scope::{LineCard, Scopes};
pub use stacking::{Charge, Clash, Entry, Fate, Reason, Stack};
pub use why::{Component, Dropped, Open, Why};
