//! Transcripts of `best`, `war`, `bargain` and `play`: command, exit code, and what is said on both streams.
//!
//! On shared economies where they are at hand, with a line where they are not; the embedded one else. A file a
//! command, and one for the words that they share; together they are one program to link.

#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test a panic is the message")]

#[path = "../door/mod.rs"]
mod door;

mod bargain;
mod best;
mod play;
mod war;
mod words;

use serde_json::Value;

/// The economy of three invented countries, small enough for every combination.
const THREE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/three-countries");

/// The row of a player.
fn row<'a>(of: &'a Value, country: &str) -> &'a Value {
    of["players"].as_array().unwrap().iter().find(|row| row["country"] == country).unwrap()
}
