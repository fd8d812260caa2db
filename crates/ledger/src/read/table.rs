//! A table of a text, asked key by key: every fault is noted with its place, and reading goes on.

use std::cell::RefCell;
use std::ops::Range;

use diagnostic::{Diagnostic, Faults, Place, Source, help_nearest};
use serde_spanned::Spanned;
use toml::de::{DeTable, DeValue};

/// What a name is the name of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Thing {
    Act,
    Measure,
    List,
    Rule,
    Agreement,
    Clause,
    Claim,
    Talk,
}

impl Thing {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Act => "act",
            Self::Measure => "measure",
            Self::List => "list of lines",
            Self::Rule => "rule",
            Self::Agreement => "agreement",
            Self::Clause => "clause",
            Self::Claim => "claim",
            Self::Talk => "meeting",
        }
    }

    /// The code of the message that it does not exist.
    pub(super) const fn unknown(self) -> &'static str {
        match self {
            Self::Act => "unknown-act",
            Self::Measure => "unknown-measure",
            Self::List => "unknown-list",
            Self::Rule => "unknown-rule",
            Self::Agreement => "unknown-agreement",
            Self::Clause => "unknown-clause",
            Self::Claim => "unknown-claim",
            Self::Talk => "unknown-talk",
        }
    }
}

/// A word of a text, and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) place: Place,
}

/// One text under reading: its faults, the names it gives and the names it uses.
pub(super) struct Page {
    pub(super) source: Source,
    pub(super) faults: RefCell<Faults>,
    pub(super) given: RefCell<Vec<(Thing, Word)>>,
    pub(super) used: RefCell<Vec<(Thing, Word)>>,
}

impl Page {
    pub(super) fn new(source: Source) -> Self {
        Self {
            source,
            faults: RefCell::new(Faults::new()),
            given: RefCell::default(),
            used: RefCell::default(),
        }
    }

    pub(super) fn fault(&self, fault: Diagnostic) {
        self.faults.borrow_mut().push(fault);
    }
}

/// A table under reading. Keys nobody asked for are faults when it is closed.
pub(super) struct Table<'a> {
    pub(super) page: &'a Page,
    pub(super) what: &'static str,
    span: Range<usize>,
    pub(super) entries: &'a DeTable<'a>,
    asked: RefCell<Vec<&'static str>>,
}

impl<'a> Table<'a> {
    pub(super) fn new(
        page: &'a Page,
        what: &'static str,
        span: Range<usize>,
        entries: &'a DeTable<'a>,
    ) -> Self {
        Self { page, what, span, entries, asked: RefCell::default() }
    }

    pub(super) fn place(&self) -> Place {
        self.page.source.at(self.span.clone())
    }

    fn value(&self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.asked.borrow_mut().push(key);
        self.entries.get(key)
    }

    /// Notes a key as understood, which others read.
    pub(super) fn knows(&self, key: &'static str) {
        self.asked.borrow_mut().push(key);
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.entries.contains_key(key)
    }

    fn wrong_type(&self, key: &str, value: &Spanned<DeValue<'_>>, wanted: &str, example: &str) {
        let found = value.get_ref().type_str();
        self.page.fault(
            Diagnostic::error("wrong-type", format!("`{key}` of {} should be {wanted}", self.what))
                .at(self.page.source.at(value.span()), format!("found: {found}"))
                .help(format!("write `{key} = {example}`")),
        );
    }

    fn missing(&self, key: &str, example: &str) {
        self.page.fault(
            Diagnostic::error("missing-key", format!("{} has no `{key}`", self.what))
                .at(self.place(), "in this table")
                .help(format!("add `{key} = {example}`")),
        );
    }

    /// A string, or a date written bare.
    fn word_of(&self, value: &Spanned<DeValue<'_>>) -> Option<Word> {
        let text = match value.get_ref() {
            DeValue::String(text) => text.to_string(),
            DeValue::Datetime(moment) => moment.to_string(),
            _ => return None,
        };
        Some(Word { text, place: self.page.source.at(value.span()) })
    }

    /// A rate: a text, or a bare number, which then lacks its unit.
    pub(super) fn rate(&self, key: &'static str) -> Option<Word> {
        let value = self.value(key)?;
        let number = match value.get_ref() {
            DeValue::Integer(number) => Some(number.as_str().to_string()),
            DeValue::Float(number) => Some(number.as_str().to_string()),
            _ => None,
        };
        match number {
            Some(text) => Some(Word { text, place: self.page.source.at(value.span()) }),
            None => self.word(key),
        }
    }

    pub(super) fn word(&self, key: &'static str) -> Option<Word> {
        let value = self.value(key)?;
        let word = self.word_of(value);
        if word.is_none() {
            self.wrong_type(key, value, "a text", "\"…\"");
        }
        word
    }

    pub(super) fn text(&self, key: &'static str) -> Option<String> {
        self.word(key).map(|word| word.text)
    }

    /// A text that must be there; a stand-in after the fault is noted.
    pub(super) fn needed(&self, key: &'static str, example: &str) -> Word {
        if !self.has(key) {
            self.asked.borrow_mut().push(key);
            self.missing(key, example);
        }
        self.word(key).unwrap_or_else(|| Word { text: String::new(), place: self.place() })
    }

    /// One text or a list of texts.
    pub(super) fn words(&self, key: &'static str) -> Vec<Word> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let all = match value.get_ref() {
            DeValue::Array(items) => items.iter().map(|item| self.word_of(item)).collect(),
            _ => self.word_of(value).map(|word| vec![word]),
        };
        all.unwrap_or_else(|| {
            self.wrong_type(key, value, "a text or a list of texts", "[\"…\", \"…\"]");
            Vec::new()
        })
    }

    pub(super) fn texts(&self, key: &'static str) -> Vec<String> {
        self.words(key).into_iter().map(|word| word.text).collect()
    }

    pub(super) fn flag(&self, key: &'static str) -> bool {
        let Some(value) = self.value(key) else { return false };
        if let DeValue::Boolean(flag) = value.get_ref() {
            return *flag;
        }
        self.wrong_type(key, value, "true or false", "true");
        false
    }

    pub(super) fn integer(&self, key: &'static str) -> Option<i64> {
        let value = self.value(key)?;
        let number =
            value.get_ref().as_integer().and_then(|n| i64::from_str_radix(n.as_str(), n.radix()).ok());
        if number.is_none() {
            self.wrong_type(key, value, "a whole number", "1");
        }
        number
    }

    /// A table, or a list of tables, under one key.
    pub(super) fn tables(&self, key: &'static str, what: &'static str) -> Vec<Table<'a>> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let table = |span: Range<usize>, entries| Table::new(self.page, what, span, entries);
        match value.get_ref() {
            DeValue::Table(entries) => vec![table(value.span(), entries)],
            DeValue::Array(items) => {
                let mut tables = Vec::new();
                for item in items {
                    match item.get_ref() {
                        DeValue::Table(entries) => tables.push(table(item.span(), entries)),
                        _ => self.wrong_type(key, item, "a table", "{ … }"),
                    }
                }
                tables
            }
            _ => {
                self.wrong_type(key, value, "a table", "{ … }");
                Vec::new()
            }
        }
    }

    /// The items of a list of texts and tables mixed.
    pub(super) fn mixed(&self, key: &'static str, what: &'static str) -> Vec<Result<Word, Table<'a>>> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let item = |item: &'a Spanned<DeValue<'a>>| match item.get_ref() {
            DeValue::Table(entries) => Some(Err(Table::new(self.page, what, item.span(), entries))),
            _ => self.word_of(item).map(Ok),
        };
        let all: Option<Vec<_>> = match value.get_ref() {
            DeValue::Array(items) => items.iter().map(item).collect(),
            _ => item(value).map(|one| vec![one]),
        };
        all.unwrap_or_else(|| {
            self.wrong_type(key, value, "a list", "[\"…\"]");
            Vec::new()
        })
    }

    /// All pairs of a table of texts.
    pub(super) fn pairs(&self) -> Vec<(Word, Word)> {
        let mut pairs = Vec::new();
        for (key, value) in self.entries {
            let name = Word { text: key.get_ref().to_string(), place: self.page.source.at(key.span()) };
            match self.word_of(value) {
                Some(word) => pairs.push((name, word)),
                None => self.wrong_type(&name.text, value, "a text", "\"…\""),
            }
        }
        pairs
    }

    /// One of a few words.
    pub(super) fn choice<T: Copy>(&self, key: &'static str, all: &[(&'static str, T)]) -> Option<T> {
        let word = self.word(key)?;
        self.chosen(key, &word, all)
    }

    pub(super) fn choices<T: Copy>(&self, key: &'static str, all: &[(&'static str, T)]) -> Vec<T> {
        self.words(key).iter().filter_map(|word| self.chosen(key, word, all)).collect()
    }

    fn chosen<T: Copy>(&self, key: &str, word: &Word, all: &[(&'static str, T)]) -> Option<T> {
        let found = all.iter().find(|(name, _)| *name == word.text).map(|(_, value)| *value);
        if found.is_none() {
            let names: Vec<&str> = all.iter().map(|(name, _)| *name).collect();
            let near = help_nearest(&word.text, names.iter().copied());
            let help = near.unwrap_or_else(|| format!("write one of {}", names.join(", ")));
            self.page.fault(
                Diagnostic::error("unknown-word", format!("`{}` is no `{key}` of {}", word.text, self.what))
                    .at(word.place.clone(), "not a word known here")
                    .help(help),
            );
        }
        found
    }

    /// The name this table gives to a thing.
    pub(super) fn gives(&self, thing: Thing, key: &'static str, example: &str) -> Word {
        let word = self.needed(key, example);
        if !word.text.is_empty() {
            self.page.given.borrow_mut().push((thing, word.clone()));
        }
        word
    }

    /// Notes that this table speaks of a thing by name.
    pub(super) fn uses(&self, thing: Thing, word: &Word) {
        self.page.used.borrow_mut().push((thing, word.clone()));
    }

    /// The names of things under a key.
    pub(super) fn names<T: for<'n> From<&'n str>>(&self, thing: Thing, key: &'static str) -> Vec<T> {
        let words = self.words(key);
        words.iter().for_each(|word| self.uses(thing, word));
        words.iter().map(|word| T::from(word.text.as_str())).collect()
    }

    /// The name of one thing under a key.
    pub(super) fn name<T: for<'n> From<&'n str>>(&self, thing: Thing, key: &'static str) -> Option<T> {
        let word = self.word(key)?;
        self.uses(thing, &word);
        Some(T::from(word.text.as_str()))
    }

    /// Notes every key that nobody asked for.
    pub(super) fn close(self) {
        let asked = self.asked.borrow();
        for (key, _) in self.entries {
            let name: &str = key.get_ref();
            if !asked.contains(&name) {
                let mut known: Vec<&str> = asked.clone();
                known.sort_unstable();
                known.dedup();
                let help = help_nearest(name, known.iter().copied())
                    .unwrap_or_else(|| format!("{} takes {}", self.what, known.join(", ")));
                self.page.fault(
                    Diagnostic::error("unknown-key", format!("`{name}` is no key of {}", self.what))
                        .at(self.page.source.at(key.span()), "not understood here")
                        .help(help),
                );
            }
        }
    }
}
