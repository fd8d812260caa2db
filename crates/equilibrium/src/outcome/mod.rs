//! What a solution says, one question a file.

mod caliendo_parro_2015;
mod output;
mod path;
mod prices;
mod real_income;
mod revenue;
mod trade;

pub use caliendo_parro_2015::FirstOrder;
pub use path::Split;
pub(crate) use real_income::consumer_price_log;
