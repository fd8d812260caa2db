//! Whether a measure's goods hold a line: the whole line, a described part of it, or not.

use indexmap::IndexMap;
use ledger::{Entry as Listing, Goods, Ledger, LineList, ListId, Part, Piece};
use terms::{Instant, Line};

use crate::Facts;
use crate::named::codes_written;

/// The named lists of a ledger, ready to be asked by line.
#[derive(Debug, Clone, Default)]
pub struct Scopes {
    lists: IndexMap<ListId, LineList>,
    /// Every code that some list or measure names, sorted, with the listings that name it.
    codes: Vec<(Line, Vec<Listed>)>,
    /// The codes that measures write in their own text, sorted.
    written: Vec<Line>,
    /// How many digits these codes have.
    digits: Vec<usize>,
}

/// A listing by the place of its list, and its place in it.
type Listed = (u16, u16);

/// The codes that measures write in their own text count as two lists more, behind all lists: those that name a line,
/// and those that lie below it.
const WRITTEN: [u16; 2] = [u16::MAX - 1, u16::MAX];

/// A line with every listing, of any list and day, that names it or a code above it, and every code by which a measure
/// itself names it.
///
/// Two lines with the same listings are alike for every measure, on every day, as known on any.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct LineCard {
    /// The line.
    pub line: Line,
    /// The listings, by list, then in the order of their words; codes that measures write come last.
    pub(crate) listed: Vec<Listed>,
}

/// Goods with their lists found: what a measure takes in, and what it leaves out.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scope {
    all: bool,
    take: Vec<Taken>,
    leave: Vec<(Taken, Option<ListId>)>,
}

/// One piece of goods.
#[derive(Debug, Clone)]
enum Taken {
    Line(Line, Option<Part>),
    List(u16),
    Described(String, Vec<Line>),
}

/// How far goods hold a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Held<'s> {
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
pub(crate) enum Reach<'s> {
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
        let lists: IndexMap<ListId, LineList> =
            ledger.lists().map(|list| (list.id.clone(), list.clone())).collect();
        let mut pairs: Vec<(Line, Listed)> = Vec::new();
        for (list, what) in lists.values().enumerate() {
            for (at, entry) in what.entries.iter().enumerate() {
                pairs.extend(entry.lines.iter().map(|line| (*line, (list as u16, at as u16))));
            }
        }
        let written = codes_written(ledger);
        pairs.extend(written.iter().enumerate().map(|(at, line)| (*line, (WRITTEN[0], at as u16))));
        pairs.sort_unstable();
        let mut codes: Vec<(Line, Vec<Listed>)> = Vec::new();
        for (line, listed) in pairs {
            match codes.last_mut() {
                Some((last, all)) if *last == line => all.push(listed),
                _ => codes.push((line, vec![listed])),
            }
        }
        let mut digits: Vec<usize> = codes.iter().map(|(line, _)| line.digits()).collect();
        digits.sort_unstable();
        digits.dedup();
        Self { lists, codes, written, digits }
    }

    /// A line with its listings.
    pub fn card(&self, line: Line) -> LineCard {
        let above = self.digits.iter().filter(|digits| **digits <= line.digits()).map(|d| line.prefix(*d));
        let found = above.filter_map(|code| {
            let at = self.codes.binary_search_by(|(other, _)| other.cmp(&code)).ok()?;
            Some(&self.codes[at].1)
        });
        let mut listed: Vec<Listed> = found.flatten().copied().collect();
        // A short line and one below it are told apart by a code between them.
        let first_below = self.written.partition_point(|code| *code <= line);
        let below = self.written[first_below..].iter().take_while(|code| line.covers(**code));
        listed.extend((first_below..).zip(below).map(|(at, _)| (WRITTEN[1], at as u16)));
        listed.sort_unstable();
        listed.dedup();
        LineCard { line, listed }
    }

    /// Goods with their lists found. A list that does not exist holds nothing: the ledger says so when read.
    pub(crate) fn find(&self, goods: &Goods) -> Scope {
        let taken = |piece: &Piece| match piece {
            Piece::Line { line, part } => Some(Taken::Line(*line, part.clone())),
            Piece::List(list) => self.lists.get_index_of(list).map(|at| Taken::List(at as u16)),
            Piece::Described { words, within } => Some(Taken::Described(words.clone(), within.clone())),
        };
        let named = |piece: &Piece| if let Piece::List(list) = piece { Some(list.clone()) } else { None };
        let take = goods.take.iter().filter_map(taken).collect();
        let leave = goods.leave.iter().filter_map(|piece| Some((taken(piece)?, named(piece)))).collect();
        Scope { all: goods.all, take, leave }
    }

    /// What goods say of a line for a shipment at `on`, as known at `known`.
    ///
    /// Parts the facts are silent about count as not described; each is handed to `open`.
    pub(crate) fn reach<'s>(
        &'s self,
        scope: &'s Scope,
        card: &LineCard,
        (on, known): (Instant, Instant),
        facts: &Facts,
        open: &mut dyn FnMut(&'s Part),
    ) -> Reach<'s> {
        let mut fits = |part: &'s Part| {
            let fits = facts.are_part(&part.name, part.test.as_deref());
            if fits.is_none() {
                open(part);
            }
            fits == Some(true)
        };
        let mut reach = if scope.all { Reach::Inside } else { Reach::Outside };
        for piece in &scope.take {
            if reach == Reach::Inside {
                break;
            }
            match self.holds(piece, card, on, known) {
                Held::Not => {}
                Held::Whole => reach = Reach::Inside,
                Held::Part(part) if fits(part) => reach = Reach::Inside,
                Held::Part(part) => reach = Reach::OtherPart(part),
                Held::Described(words) if reach == Reach::Outside => reach = Reach::Unread(words),
                Held::Described(_) => {}
            }
        }
        if reach != Reach::Inside {
            return reach;
        }
        let spares = |(piece, _): &&'s (Taken, Option<ListId>)| match self.holds(piece, card, on, known) {
            Held::Not | Held::Described(_) => false,
            Held::Whole => true,
            Held::Part(part) => fits(part),
        };
        match scope.leave.iter().find(spares) {
            Some((_, list)) => Reach::Spared(list.as_ref()),
            None => Reach::Inside,
        }
    }

    /// How far one piece of goods holds a line.
    fn holds<'s>(&'s self, piece: &'s Taken, card: &LineCard, on: Instant, known: Instant) -> Held<'s> {
        match piece {
            Taken::Line(code, part) if code.covers(card.line) => {
                part.as_ref().map_or(Held::Whole, Held::Part)
            }
            Taken::Line(..) => Held::Not,
            Taken::List(at) => match self.lists.get_index(usize::from(*at)) {
                Some((_, list)) => held(list, *at, card, on, known),
                None => Held::Not,
            },
            Taken::Described(words, within) if may_lie(within, card.line) => Held::Described(words),
            Taken::Described(..) => Held::Not,
        }
    }

    /// The instants at which a list changes for a line.
    pub(crate) fn changes_of<'s>(&'s self, card: &'s LineCard) -> impl Iterator<Item = Instant> + 's {
        let entries = card.listed.iter().filter_map(|(list, entry)| {
            let (_, list) = self.lists.get_index(usize::from(*list))?;
            list.entries.get(usize::from(*entry))
        });
        entries.flat_map(|entry| [Some(entry.from), entry.until]).flatten()
    }

    /// The codes below `line` that goods name, in the measure's own text or in a list.
    pub(crate) fn codes_below<'s>(&'s self, scope: &'s Scope, line: Line) -> impl Iterator<Item = Line> + 's {
        let named = scope.take.iter().flat_map(|piece| -> Vec<Line> {
            match piece {
                Taken::Line(code, _) => vec![*code],
                Taken::List(at) => {
                    let list = self.lists.get_index(usize::from(*at)).map(|(_, list)| list);
                    list.into_iter().flat_map(|list| &list.entries).flat_map(|e| e.lines.to_vec()).collect()
                }
                Taken::Described(..) => Vec::new(),
            }
        });
        named.filter(move |code| line.covers(*code) && *code != line)
    }

    /// The instants at which some list changes.
    pub fn changes(&self) -> Vec<Instant> {
        let entries = self.lists.values().flat_map(|list| &list.entries);
        let mut instants: Vec<Instant> =
            entries.flat_map(|entry| [Some(entry.from), entry.until]).flatten().collect();
        instants.sort_unstable();
        instants.dedup();
        instants
    }
}

impl Scope {
    /// The places of the lists it names.
    pub(crate) fn lists(&self) -> impl Iterator<Item = usize> + '_ {
        let all = self.take.iter().chain(self.leave.iter().map(|(piece, _)| piece));
        all.filter_map(|piece| if let Taken::List(at) = piece { Some(usize::from(*at)) } else { None })
    }

    /// Whether goods may hold a line on some day: where not, the measure never speaks of it.
    pub(crate) fn ever_speaks_of(&self, card: &LineCard) -> bool {
        self.all
            || self.take.iter().any(|piece| match piece {
                Taken::Line(code, _) => code.covers(card.line),
                Taken::List(at) => card.listed.iter().any(|(list, _)| list == at),
                Taken::Described(_, within) => may_lie(within, card.line),
            })
    }
}

/// Whether goods known by description can lie in a line, by the codes that bound them.
fn may_lie(within: &[Line], line: Line) -> bool {
    within.is_empty() || within.iter().any(|code| code.covers(line) || line.covers(*code))
}

/// The last word of a list on a line: its entries are in the order of days, then of publication.
fn held<'s>(list: &'s LineList, at: u16, card: &LineCard, on: Instant, known: Instant) -> Held<'s> {
    let from = card.listed.partition_point(|(list, _)| *list < at);
    let until = card.listed.partition_point(|(list, _)| *list <= at);
    let speaks = |entry: &&Listing| {
        entry.published <= known && entry.from <= on && entry.until.is_none_or(|until| on < until)
    };
    let named = card.listed[from..until].iter().rev().map(|(_, entry)| &list.entries[usize::from(*entry)]);
    match named.clone().find(speaks) {
        Some(entry) if entry.adds => entry.part.as_ref().map_or(Held::Whole, Held::Part),
        _ => Held::Not,
    }
}
