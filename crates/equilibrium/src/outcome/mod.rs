//! What a solution says, one question a file.

mod caliendo_parro_2015;
mod diversion;
mod output;
mod path;
mod prices;
mod real_income;
mod revenue;
mod trade;
mod world;

pub use caliendo_parro_2015::FirstOrder;
pub use diversion::{Diversion, Diverted};
pub use path::Split;
pub(crate) use path::romberg;
pub(crate) use real_income::consumer_price_log;
pub use trade::Traded;
pub use world::WorldMean;
