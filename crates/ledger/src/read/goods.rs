//! Goods and origins: codes, lists, parts; countries and groups.

use std::sync::Arc;

use diagnostic::Diagnostic;
use terms::Line;

use super::Desk;
use super::table::{Table, Thing, Word};
use crate::ListId;
use crate::model::{Goods, LineList, Origin, Part, Piece};

const LINE: &str = "write 2 to 10 digits, with or without dots, such as `8507.60.00.20`";

/// Goods under two keys: those taken in and those left out. None when neither is written.
pub(super) fn goods(table: &Table<'_>, take: &'static str, leave: &'static str) -> Option<Goods> {
    let (taken, left) = (table.mixed(take, "a piece of goods"), table.mixed(leave, "a piece of goods"));
    if taken.is_empty() && left.is_empty() {
        return None;
    }
    let mut goods = Goods::default();
    for item in taken {
        match item {
            Ok(word) if word.text == "all" => goods.all = true,
            item => goods.take.extend(piece(table, item)),
        }
    }
    goods.leave = left.into_iter().filter_map(|item| piece(table, item)).collect();
    Some(goods)
}

/// A code, the name of a list, or a table that names a part.
fn piece(table: &Table<'_>, item: Result<Word, Table<'_>>) -> Option<Piece> {
    match item {
        Ok(word) if word.text.starts_with(|c: char| c.is_ascii_digit()) => {
            let line = table.parse(&word, "bad-line", LINE)?;
            Some(Piece::Line { line, part: None })
        }
        Ok(word) => {
            table.uses(Thing::List, &word);
            Some(Piece::List(ListId::new(word.text)))
        }
        Err(inner) => {
            let line = inner.word("line");
            let described = inner.text("described");
            let (name, test) = (inner.text("part"), inner.text("test"));
            let piece = match (line, name, described) {
                (Some(word), name, described) => {
                    let line = inner.parse(&word, "bad-line", LINE)?;
                    Some(Piece::Line { line, part: name.map(|name| Part { name, described, test }) })
                }
                (None, _, Some(words)) => Some(Piece::Described { words, within: within(&inner) }),
                (None, _, None) => {
                    inner.needed("line", "\"8426.19.00\"");
                    None
                }
            };
            inner.close();
            piece
        }
    }
}

/// Codes that bound goods known by description: `within = "2701 2709"`.
fn within(table: &Table<'_>) -> Vec<Line> {
    let words = table.words("within");
    let codes = words.iter().flat_map(|word| word.text.split_whitespace().map(move |code| (word, code)));
    let word = |(word, code): (&Word, &str)| Word { text: code.into(), place: word.place.clone() };
    codes.filter_map(|code| table.parse(&word(code), "bad-line", LINE)).collect()
}

/// Origins under two keys. None when neither is written.
pub(super) fn origin(
    table: &Table<'_>,
    desk: &Desk<'_>,
    take: &'static str,
    leave: &'static str,
) -> Option<Origin> {
    let words = table.words(take);
    let leave = table.countries(leave, desk.areas);
    if words.is_empty() && leave.is_empty() {
        return None;
    }
    let all = words.iter().any(|word| word.text == "all");
    let named = words.iter().filter(|word| word.text != "all");
    let take = named.map(|word| table.country(word, desk.areas)).collect();
    Some(Origin { all, take, leave, by: None })
}

/// An entry as read; the publication of its act is known only when all texts are.
pub(super) struct RawEntry {
    pub(super) act: Word,
    pub(super) entry: crate::model::Entry,
}

/// A list as read, or more of one.
pub(super) struct RawList {
    pub(super) list: LineList,
    pub(super) adds: bool,
    pub(super) entries: Vec<RawEntry>,
}

/// `[scope]` with `[[scope.add]]` and `[[scope.drop]]`: a new list, or more of one that another text gives
/// (`adds_to`).
pub(super) fn list(table: Table<'_>, desk: &Desk<'_>) -> RawList {
    let more = table.word("adds_to");
    let (id, title, edition) = match &more {
        Some(word) => {
            table.uses(Thing::List, word);
            (word.clone(), String::new(), String::new())
        }
        None => {
            let id = table.gives(Thing::List, "id", "\"annex-ii\"");
            let title = table.needed("title", "\"what it lists\"").text;
            (id, title, table.needed("edition", "\"HTSUS 2025\"").text)
        }
    };
    let source = table.text("source");
    let clock = match table.word("clock") {
        Some(word) => desk.clock(&table, &word),
        None => desk.first_clock(),
    };
    let shared = table.word("act");
    let mut entries = Vec::new();
    for (key, what, adds) in
        [("add", "an addition to a list", true), ("drop", "a removal from a list", false)]
    {
        for row in table.tables(key, what) {
            let act = match (row.word("act"), &shared) {
                (Some(word), _) => word,
                (None, Some(word)) => word.clone(),
                (None, None) => row.needed("act", "\"eo-14257\""),
            };
            row.uses(Thing::Act, &act);
            let (from, until) = row.interval(&clock);
            let from = from.unwrap_or_else(|| row.needed_moment("from", &clock, "\"2025-04-05\""));
            let part = row.text("part").map(|name| Part {
                name,
                described: row.text("described"),
                test: row.text("test"),
            });
            let lines = lines(&row);
            let note = row.text("note");
            row.close();
            entries.push(RawEntry {
                entry: crate::model::Entry {
                    act: crate::ActId::new(&act.text),
                    published: terms::Instant::MAX,
                    from,
                    until,
                    adds,
                    lines,
                    part,
                    note,
                },
                act,
            });
        }
    }
    if entries.is_empty() {
        table.page.fault(
            Diagnostic::error("list-without-lines", format!("the list `{}` names no lines", id.text))
                .at(table.place(), "neither `add` nor `drop`")
                .help("add `[[scope.add]]` with `act`, `from` and `lines`"),
        );
    }
    table.close();
    let list = LineList { id: ListId::new(id.text), title, edition, source, entries: Vec::new() };
    RawList { list, adds: more.is_some(), entries }
}

/// Codes in one text, between white space or commas, or in a list of texts.
fn lines(row: &Table<'_>) -> Arc<[Line]> {
    if !row.has("lines") {
        row.needed("lines", "\"8471 8473.30 8517.13.00\"");
    }
    let mut lines: Vec<Line> = Vec::new();
    for word in row.words("lines") {
        for code in word.text.split([' ', '\n', '\t', ',']).filter(|code| !code.is_empty()) {
            match code.parse() {
                Ok(line) => lines.push(line),
                Err(error) => {
                    let start = word.place.span().start;
                    let at = word.place.source().text()[word.place.span()].find(code).unwrap_or(0);
                    let place = row.page.source.at(start + at..start + at + code.len());
                    row.page.fault(
                        Diagnostic::error("bad-line", format!("{error}")).at(place, "this code").help(LINE),
                    );
                }
            }
        }
    }
    lines.sort_unstable();
    lines.dedup();
    lines.into()
}
