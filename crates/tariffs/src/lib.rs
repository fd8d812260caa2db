//! What is charged at the border: scope, origin, stacking, effective rates.
//!
//! In: a ledger (what is in force on an instant, as known on an instant), schedules of ordinary duties, and for
//! averages the weights of trade. Out: the duty on an entry with its reasons, and tariffs `τ[n,i,s]`.
//!
//! For one entry of goods learn [`Border`] (a ledger with its schedules), [`Book`] (the same as known on an
//! instant), [`Facts`] (what is known of a shipment) and [`Why`] (the answer). The order in which duties apply
//! is `stacking/`; which of them give way to which is data of the ledger (`ledger/rules/`).
//!
//! For averages learn [`AllGoods`] and [`Coverage`] (a duty on all goods, and which share of a sector it
//! reaches), [`raised`] (base rates and duties to `τ[n,i,s]`), [`Book::effective`] (line by line, over flows of
//! trade), [`Laid`] (what an overlay changes of that share), [`DayTable`] (every line, origin and day) and [`RateCard`] (every rate by its name, and the
//! bridge between any two).

mod all_goods;
mod book;
mod coverage;
mod day_table;
mod derive;
mod effective;
mod facts;
mod laid;
mod law;
mod line_changes;
mod line_rate;
mod listed;
mod named;
mod open;
mod party;
mod question;
mod rate_card;
pub mod reconcile;
mod schedule;
mod scope;
mod stacking;
mod strays;
mod weights;
mod why;

pub use all_goods::{AllGoods, Duties, Territory, all_goods, groups, raised};
pub use book::{Book, Border};
pub use coverage::{Cell, Coverage, ORDINARY, Share};
pub use day_table::{DayStep, DayTable, TableSize, Unsettled};
pub use derive::{Derivation, each_subheading_once};
pub use effective::{Behaviour, Effective, Flow, Reached};
pub use facts::{Facts, KEYS as FACT_KEYS, Parcel};
pub use laid::{Laid, LineWeights, SizedAct, Weighing};
pub use law::{Law, Layer, Trade, name_of};
pub use line_changes::{LineStep, Moved};
pub use line_rate::LineRate;
pub use listed::{BASE_DAY, Listed, ListedOn};
pub use open::{OpenFact, Wanted};
pub use rate_card::{Bridge, BridgeStep, Definition, NamedRate, RateCard};
pub use schedule::{Base, Column, Edition, Found, Preference, Schedule, ScheduleRow, Schedules};
pub use scope::{LineCard, Scopes};
pub use stacking::{Charge, Clash, Entry, Fate, Reason, Stack};
pub use strays::{Stray, strays};
pub use weights::{Bought, Weights};
pub use why::{Component, Dropped, Open, Why};
