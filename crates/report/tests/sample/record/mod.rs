//! The record behind the sample, in our own words.

mod duties;
mod promised;
mod said;
mod timeline;
mod window;

pub use duties::{directions, later_steps};
pub use promised::{clauses, controls};
pub use said::{claims, talks};
pub use timeline::timeline;
pub use window::{pending, truce};
