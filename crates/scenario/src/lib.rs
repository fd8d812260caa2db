//! The front door: a question, the archive it reads, the stages in order, the outcome.
//!
//! A question (a scenario file, or the flags of a command) comes in; texts and tables are read from an
//! [`archive`]; the rooms do their work in the order of the arrow; an outcome such as [`Brief`] goes out, with
//! the [`Manifest`] that says what it was computed from. Only this room opens files.

pub mod archive;
mod brief;
mod manifest;

pub use brief::*;
pub use manifest::{Manifest, hash};
