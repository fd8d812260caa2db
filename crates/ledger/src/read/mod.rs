//! From the texts of a folder to a ledger, with all faults of all texts at once.
//!
//! ```text
//! texts → tables with places → records (each file alone) → names resolved across files → checks → ledger
//! ```

mod act;
mod agreement;
mod area;
mod check;
mod event;
mod goods;
mod link;
mod measure;
mod programme;
mod rule;
mod table;
mod talk;
mod value;

use std::sync::Arc;

use diagnostic::{Diagnostic, Faults, Source, Warned, help_nearest};
use indexmap::IndexMap;
use terms::{Archive, Country};
use toml::de::DeTable;

use self::link::Draft;
use self::table::{Page, Table, Word};
use crate::Ledger;
use crate::model::{Areas, Clock, Government};

impl Ledger {
    /// Reads every `.toml` text below `folder`.
    ///
    /// # Errors
    /// All faults of all texts, each with its place and what would have been right.
    pub fn read(archive: &dyn Archive, folder: &str) -> Result<Warned<Self>, Faults> {
        Self::default().overlaid(archive, folder)
    }

    /// This ledger with the texts at `path` (a folder, or one file) laid on top. The ledger below stays as it
    /// is; nothing in it is read again.
    ///
    /// # Errors
    /// All faults of the texts laid on top.
    pub fn overlaid(&self, archive: &dyn Archive, path: &str) -> Result<Warned<Self>, Faults> {
        let mut faults = Faults::new();
        let sources = sources(archive, path, &mut faults);
        self.with_texts(&sources, faults)
    }

    /// This ledger with texts already at hand laid on top.
    ///
    /// # Errors
    /// All faults of these texts.
    pub fn with(&self, texts: &[Source]) -> Result<Warned<Self>, Faults> {
        self.with_texts(texts, Faults::new())
    }

    fn with_texts(&self, sources: &[Source], mut faults: Faults) -> Result<Warned<Self>, Faults> {
        let mut texts = Vec::new();
        for source in sources {
            let (document, errors) = DeTable::parse_recoverable(source.text());
            let whole = errors.is_empty();
            for error in errors {
                let span = error.span().unwrap_or(0..0);
                faults.push(
                    Diagnostic::error("bad-toml", format!("`{}` is not valid TOML", source.name()))
                        .at(source.at(span), error.message()),
                );
            }
            texts.push((Page::new(source.clone()), document, whole));
        }
        let mut draft = Draft::on(self);
        for (page, document, _) in &texts {
            areas(page, document, &mut draft);
        }
        let (governments, known) = (draft.governments.clone(), Arc::clone(&draft.areas));
        let desk = Desk { governments: &governments, areas: &known };
        for (page, document, _) in &texts {
            records(page, document, &desk, &mut draft);
        }
        for (page, _, whole) in texts {
            // Of a text that is no TOML only that is said; what it does give is known to the others.
            if whole {
                faults.append(page.faults.into_inner());
            }
            draft.given.append(&mut page.given.into_inner());
            draft.used.append(&mut page.used.into_inner());
        }
        draft.link(self, faults)
    }
}

/// What every text is read against.
pub(crate) struct Desk<'a> {
    governments: &'a IndexMap<Country, Government>,
    areas: &'a Areas,
}

impl Desk<'_> {
    fn governs(&self, country: &str) -> bool {
        self.governments.contains_key(country)
    }

    fn first_clock(&self) -> Clock {
        let first = self.governments.values().next().map(|government| government.clock.clone());
        first.unwrap_or_else(|| Clock { zone: terms::Zone::UTC, day_begins: jiff::civil::Time::midnight() })
    }

    fn clock_of(&self, country: &str) -> Clock {
        self.governments.get(country).map_or_else(|| self.first_clock(), |g| g.clock.clone())
    }

    /// The clock of the government named, which must exist.
    fn clock(&self, table: &Table<'_>, word: &Word) -> Clock {
        if !word.text.is_empty() && !self.governs(&word.text) {
            let known = self.governments.keys().map(Country::as_str);
            table.page.fault(
                Diagnostic::error(
                    "unknown-government",
                    format!("`{}` is no government of this ledger", word.text),
                )
                .at(word.place.clone(), "its clock is not known")
                .help(help_nearest(&word.text, known.clone()).unwrap_or_else(|| {
                    format!(
                        "add it to `governments.toml`; known are {}",
                        known.collect::<Vec<_>>().join(", ")
                    )
                })),
            );
        }
        self.clock_of(&word.text)
    }
}

fn sources(archive: &dyn Archive, path: &str, faults: &mut Faults) -> Vec<Source> {
    let listed = match archive.list(path) {
        Ok(listed) if listed.is_empty() => vec![path.to_string()],
        Ok(listed) => listed.into_iter().filter(|file| file.ends_with(".toml")).collect(),
        Err(error) => {
            faults.push(Diagnostic::error("unreadable-file", error.to_string()));
            Vec::new()
        }
    };
    let mut sources = Vec::new();
    for file in listed {
        let fault = match archive.read(&file) {
            Ok(Some(bytes)) => match std::str::from_utf8(&bytes) {
                Ok(text) => {
                    sources.push(Source::new(&file, text));
                    continue;
                }
                Err(_) => Diagnostic::error("not-utf8", format!("`{file}` is not UTF-8 text")),
            },
            Ok(None) => Diagnostic::error("missing-file", format!("there is no text at `{file}`"))
                .help("name a folder with `.toml` texts, or one such text"),
            Err(error) => Diagnostic::error("unreadable-file", error.to_string()),
        };
        faults.push(fault);
    }
    sources
}

/// Governments, countries and groups, which all other texts are read against.
fn areas(page: &Page, document: &serde_spanned::Spanned<DeTable<'_>>, draft: &mut Draft) {
    let top = Table::new(page, "a text", document.span(), document.get_ref());
    for table in top.tables("government", "a government") {
        if let Some(government) = area::government(table) {
            draft.governments.insert(government.code.clone(), government);
        }
    }
    for table in top.tables("country", "the table of countries") {
        area::countries(table, Arc::make_mut(&mut draft.areas));
    }
    for table in top.tables("group", "a group") {
        area::group(table, Arc::make_mut(&mut draft.areas));
    }
}

/// Everything else a text holds.
fn records(page: &Page, document: &serde_spanned::Spanned<DeTable<'_>>, desk: &Desk<'_>, draft: &mut Draft) {
    let top = Table::new(page, "a text", document.span(), document.get_ref());
    let threats = top.tables("threat", "a threat");
    let acts = top.tables("act", "an act");
    let (measures, controls) = (top.tables("measure", "a measure"), top.tables("control", "a control"));
    let events = top.tables("event", "an event");
    let rules = top.tables("rule", "a rule");
    let mut acts = acts.into_iter();
    match acts.next() {
        Some(table) => {
            let (act, clock) = act::act(table, desk, threats);
            link::check_folder(page, &act, desk);
            for rule in rules {
                draft.rules.push(rule::rule(rule, desk, Some(act.id.as_str())));
            }
            for table in measures {
                draft.made.push((act.id.clone(), act.published, measure::measure(table, desk, &act, &clock)));
            }
            for table in controls {
                draft.made.push((act.id.clone(), act.published, measure::control(table, desk, &act, &clock)));
            }
            for table in events {
                let Some(event) = event::event(table, desk, &clock) else { continue };
                if let event::Said::EndRule { from } = event.said {
                    let end = |rule| rule::RawEnd { rule, act: act.id.clone(), from };
                    draft.ends.extend(event.of.into_iter().map(end));
                } else {
                    draft.events.push((act.id.clone(), act.published, event));
                }
            }
            draft.acts.push(act);
        }
        None => {
            for rule in rules {
                draft.rules.push(rule::rule(rule, desk, None));
            }
            for orphan in measures.iter().chain(&controls).chain(&events).chain(&threats) {
                page.fault(
                    Diagnostic::error("no-act", "this text has no `[act]`, so nobody did this")
                        .at(orphan.place(), "whose?")
                        .help("put `[act]` with `id`, `issuer`, `kind`, `title`, `published`, `citation` on top"),
                );
            }
        }
    }
    for second in acts {
        page.fault(
            Diagnostic::error("two-acts", "a text holds one act")
                .at(second.place(), "a second one")
                .help("move it to a file of its own"),
        );
    }
    let mut clauses = Some(top.tables("clause", "a clause"));
    for table in top.tables("agreement", "an agreement") {
        draft.agreements.push(agreement::agreement(table, desk, clauses.take().unwrap_or_default()));
    }
    for clause in clauses.unwrap_or_default() {
        page.fault(
            Diagnostic::error("no-agreement", "this text has no `[agreement]` for the clause")
                .at(clause.place(), "of which agreement?")
                .help("put `[agreement]` on top"),
        );
    }
    draft.talks.extend(top.tables("talk", "a meeting").into_iter().map(|table| talk::talk(table, desk)));
    draft.claims.extend(top.tables("claim", "a claim").into_iter().map(|table| talk::claim(table, desk)));
    for table in top.tables("scope", "a list of lines") {
        draft.lists.push(goods::list(table, desk));
    }
    ["government", "country", "group"].into_iter().for_each(|areas| top.knows(areas));
    top.close();
}
