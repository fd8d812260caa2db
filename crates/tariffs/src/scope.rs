//! Whether a measure's goods hold a line: the whole line, a described part of it, or not.

use std::collections::HashMap;
use std::sync::Arc;

use indexmap::IndexMap;
use ledger::{Goods, Ledger, LineList, ListId, Part, Piece};
use terms::{Instant, Line};

use crate::Facts;

/// The named lists of a ledger, ready to be asked by line.
#[derive(Debug, Clone, Default)]
pub struct Scopes {
    lists: IndexMap<ListId, Index>,
}

/// One list, its entries by code.
#[derive(Debug, Clone)]
struct Index {
    list: Arc<LineList>,
    /// For each code, the entries that name it, in the order of their words.
    entries: HashMap<Line, Vec<u32>>,
    /// How many digits its codes have.
    digits: Vec<usize>,
}

/// How far goods hold a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held<'s> {
    /// Not at all.
    Not,
    /// The line as a whole.
    Whole,
    /// The part described.
    Part(&'s Part),
    /// Goods known by description only: the list of codes was not read.
    Described(&'s str),
}

/// What a measure's goods say of one line, given the facts of a shipment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach<'s> {
    /// The measure does not speak of the line.
    Outside,
    /// It reaches the goods.
    Inside,
    /// Its own text spares them, by this list or code.
    Spared(Option<&'s ListId>),
    /// It reaches a part of the line, and the goods are not, or are not known to be, that part.
    OtherPart(&'s Part),
    /// It reaches goods known by description only.
    Unread(&'s str),
}

impl Scopes {
    /// The lists of a ledger.
    pub fn of(ledger: &Ledger) -> Self {
        Self { lists: ledger.lists().map(|list| (list.id.clone(), Index::of(list))).collect() }
    }

    /// What `goods` say of `line` for a shipment at `on`, as known at `known`.
    ///
    /// Parts the facts are silent about count as not described; each is handed to `open`.
    pub fn reach<'s>(
        &'s self,
        goods: &'s Goods,
        line: Line,
        (on, known): (Instant, Instant),
        facts: &Facts,
        open: &mut dyn FnMut(&'s Part),
    ) -> Reach<'s> {
        let mut reach = if goods.all { Reach::Inside } else { Reach::Outside };
        for piece in &goods.take {
            if reach == Reach::Inside {
                break;
            }
            match self.holds(piece, line, on, known) {
                Held::Not => {}
                Held::Whole => reach = Reach::Inside,
                Held::Part(part) => {
                    let fits = facts.are_part(&part.name, part.test.as_deref());
                    if fits.is_none() {
                        open(part);
                    }
                    reach = if fits == Some(true) { Reach::Inside } else { Reach::OtherPart(part) };
                }
                Held::Described(words) if reach == Reach::Outside => reach = Reach::Unread(words),
                Held::Described(_) => {}
            }
        }
        if reach != Reach::Inside {
            return reach;
        }
        for piece in &goods.leave {
            let spared = match self.holds(piece, line, on, known) {
                Held::Not | Held::Described(_) => false,
                Held::Whole => true,
                Held::Part(part) => {
                    let fits = facts.are_part(&part.name, part.test.as_deref());
                    if fits.is_none() {
                        open(part);
                    }
                    fits == Some(true)
                }
            };
            if spared {
                let list = if let Piece::List(list) = piece { Some(list) } else { None };
                return Reach::Spared(list);
            }
        }
        reach
    }

    /// How far one piece of goods holds a line.
    pub fn holds<'s>(&'s self, piece: &'s Piece, line: Line, on: Instant, known: Instant) -> Held<'s> {
        match piece {
            Piece::Line { line: code, part } if code.covers(line) => {
                part.as_ref().map_or(Held::Whole, Held::Part)
            }
            Piece::Line { .. } => Held::Not,
            Piece::List(list) => self.lists.get(list).map_or(Held::Not, |index| index.holds(line, on, known)),
            Piece::Described(words) => Held::Described(words),
        }
    }

    /// Which entries of which lists name `line` or a code above it: two lines with the same signature are
    /// alike in every list, on every day.
    pub fn signature(&self, line: Line) -> Vec<(u16, u32)> {
        let mut signature = Vec::new();
        for (at, index) in self.lists.values().enumerate() {
            let mut entries = index.named(line);
            entries.sort_unstable();
            signature.extend(entries.into_iter().map(|entry| (at as u16, entry)));
        }
        signature
    }

    /// The instants at which some list changes.
    pub fn changes(&self) -> Vec<Instant> {
        let entries = self.lists.values().flat_map(|index| &index.list.entries);
        let mut instants: Vec<Instant> =
            entries.flat_map(|entry| [Some(entry.from), entry.until]).flatten().collect();
        instants.sort_unstable();
        instants.dedup();
        instants
    }
}

impl Index {
    fn of(list: &LineList) -> Self {
        let mut entries: HashMap<Line, Vec<u32>> = HashMap::new();
        for (at, entry) in list.entries.iter().enumerate() {
            for line in entry.lines.iter() {
                entries.entry(*line).or_default().push(at as u32);
            }
        }
        let mut digits: Vec<usize> = entries.keys().map(|line| line.digits()).collect();
        digits.sort_unstable();
        digits.dedup();
        Self { list: Arc::new(list.clone()), entries, digits }
    }

    /// The entries that name the line or a code above it.
    fn named(&self, line: Line) -> Vec<u32> {
        let codes = self.digits.iter().filter(|digits| **digits <= line.digits()).map(|d| line.prefix(*d));
        codes.filter_map(|code| self.entries.get(&code)).flatten().copied().collect()
    }

    /// The last word on the line: entries are in the order of days, then of publication.
    fn holds(&self, line: Line, on: Instant, known: Instant) -> Held<'_> {
        let last = self
            .digits
            .iter()
            .filter(|digits| **digits <= line.digits())
            .filter_map(|digits| self.entries.get(&line.prefix(*digits)))
            .filter_map(|named| {
                named.iter().rev().find(|at| {
                    let entry = &self.list.entries[**at as usize];
                    entry.published <= known && entry.from <= on && entry.until.is_none_or(|until| on < until)
                })
            })
            .max();
        match last.map(|at| &self.list.entries[*at as usize]) {
            Some(entry) if entry.adds => entry.part.as_ref().map_or(Held::Whole, Held::Part),
            _ => Held::Not,
        }
    }
}
