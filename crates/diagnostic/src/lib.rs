//! Messages about texts: what is wrong, where, and what would have been right.
//!
//! A room that reads a text gathers its faults as [`Diagnostic`]s in a [`Faults`] list, all of them, and
//! hands the list up. A door renders it with [`Faults::render`]. Each message has a code (`unknown-country`)
//! that names a page under `docs/errors/`.

mod faults;
mod message;
mod nearest;
mod render;
mod source;
mod warned;

pub use faults::Faults;
pub use message::{Diagnostic, Severity};
pub use nearest::{help_nearest, nearest};
pub use source::{Place, Source};
pub use warned::Warned;
