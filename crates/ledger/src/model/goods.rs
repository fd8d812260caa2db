//! Which goods: all, codes and prefixes, named lists, and described or tested parts of a line.

use std::sync::Arc;

use serde::Serialize;
use terms::{Instant, Line};

use crate::{ActId, ListId};

/// The goods a measure reaches: taken in, less what is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Goods {
    /// All goods, before what is left out.
    pub all: bool,
    /// Codes and lists reached.
    pub take: Vec<Piece>,
    /// Codes and lists spared.
    pub leave: Vec<Piece>,
}

/// One piece of a scope.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Piece {
    /// A code, with all codes below it; or a part of it.
    Line {
        /// The code.
        line: Line,
        /// The part, where not the whole line is meant.
        #[serde(skip_serializing_if = "Option::is_none")]
        part: Option<Part>,
    },
    /// A named list.
    List(ListId),
    /// Goods known by description only: the list of codes was not read.
    Described {
        /// What they are, in words.
        words: String,
        /// Codes outside which none of them can lie, by what the words name; empty: no bound.
        within: Vec<Line>,
    },
}

/// A part of a line that its code does not tell apart.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Part {
    /// The name a shipment claims it by, such as `sts-crane`.
    pub name: String,
    /// What it is, in words.
    pub described: Option<String>,
    /// The technical test it must pass, such as `note-39`.
    pub test: Option<String>,
}

/// A named list of tariff lines, each entry with the act that put it there.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LineList {
    /// Its name.
    pub id: ListId,
    /// What it lists.
    pub title: String,
    /// The edition its codes belong to, such as `HTSUS 2025`.
    pub edition: String,
    /// Where it was taken from.
    pub source: Option<String>,
    /// What was added and dropped, in the order of days, then of publication: the last word on a line holds.
    pub entries: Vec<Entry>,
}

/// Lines added to a list, or dropped from it, by one act from one day on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Entry {
    /// The act.
    pub act: ActId,
    /// When the act could be known.
    pub published: Instant,
    /// From when.
    pub from: Instant,
    /// Until when, where the act says so.
    pub until: Option<Instant>,
    /// Added or dropped.
    pub adds: bool,
    /// The codes.
    pub lines: Arc<[Line]>,
    /// The part of each code, where not the whole line is meant.
    pub part: Option<Part>,
    /// A condition on the use, or a remark, in words.
    pub note: Option<String>,
}

impl LineList {
    /// The last word on `line` at `on`, as known at `known`: an entry that adds it (perhaps a part of it), or
    /// none.
    pub fn entry(&self, line: Line, on: Instant, known: Instant) -> Option<&Entry> {
        let speaks = |entry: &&Entry| {
            entry.published <= known
                && entry.from <= on
                && entry.until.is_none_or(|until| on < until)
                && entry.lines.iter().any(|code| code.covers(line))
        };
        self.entries.iter().rev().find(speaks).filter(|entry| entry.adds)
    }
}
