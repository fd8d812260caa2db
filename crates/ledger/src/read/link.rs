//! Names resolved across texts, and what acts say gathered by measure.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use diagnostic::{Diagnostic, Faults, Warned, help_nearest};
use indexmap::IndexMap;
use terms::{Country, Instant};

use super::event::{RawEvent, Said};
use super::goods::RawList;
use super::measure::Made;
use super::rule::{RawEnd, RawRule};
use super::table::{Page, Thing, Word};
use super::{Desk, check, programme};
use crate::model::{
    Act, Agreement, Areas, Claim, Government, LineList, MeasureKind, Statement, Stay, Talk, Verb,
};
use crate::{ActId, Ledger, MeasureId};

/// Everything the texts give, each text alone.
pub(super) struct Draft {
    pub(super) governments: IndexMap<Country, Government>,
    pub(super) areas: Arc<Areas>,
    pub(super) acts: Vec<Act>,
    pub(super) made: Vec<(ActId, Instant, Made)>,
    pub(super) events: Vec<(ActId, Instant, RawEvent)>,
    pub(super) rules: Vec<RawRule>,
    pub(super) lists: Vec<RawList>,
    pub(super) ends: Vec<RawEnd>,
    pub(super) agreements: Vec<Agreement>,
    pub(super) talks: Vec<Talk>,
    pub(super) claims: Vec<Claim>,
    pub(super) given: Vec<(Thing, Word)>,
    pub(super) used: Vec<(Thing, Word)>,
}

impl Draft {
    /// A draft on top of a ledger, whose governments and areas it knows.
    pub(super) fn on(below: &Ledger) -> Self {
        Self {
            governments: below.governments.clone(),
            areas: Arc::clone(&below.areas),
            acts: Vec::new(),
            made: Vec::new(),
            events: Vec::new(),
            rules: Vec::new(),
            lists: Vec::new(),
            ends: Vec::new(),
            agreements: Vec::new(),
            talks: Vec::new(),
            claims: Vec::new(),
            given: Vec::new(),
            used: Vec::new(),
        }
    }

    /// The ledger below with this draft on top, if no error was found.
    pub(super) fn link(self, below: &Ledger, mut faults: Faults) -> Result<Warned<Ledger>, Faults> {
        let mut ledger = below.clone();
        let names = Names::of(below, &self.given, &mut faults);
        names.resolve(&self.used, &mut faults);
        unread_lists(&self.given, &self.used, &mut faults);
        ledger.governments = self.governments;
        ledger.areas = self.areas;
        ledger.acts.extend(self.acts.into_iter().map(|act| (act.id.clone(), Arc::new(act))));
        ledger.acts.sort_by(|_, a, _, b| (a.published, &a.id).cmp(&(b.published, &b.id)));
        let acts = ledger.acts.clone();
        let published = |act: &str| acts.get(act).map_or(Instant::MAX, |act| act.published);
        let mut classes: Vec<(Word, Country)> = Vec::new();
        for RawRule { mut rule, act, ended_by, named } in self.rules {
            classes.extend(named.into_iter().map(|word| (word, rule.importer.clone())));
            rule.published = published(&act.text);
            rule.end_published = ended_by.map(|act| published(&act.text));
            ledger.rules.insert(rule.id.clone(), Arc::new(rule));
        }
        ledger.rules.sort_by(|_, a, _, b| (a.order, a.from, &a.id).cmp(&(b.order, b.from, &b.id)));
        // New lists first, then what is added to them or to those below.
        let (more, new): (Vec<RawList>, Vec<RawList>) = self.lists.into_iter().partition(|raw| raw.adds);
        for RawList { list, adds, entries } in new.into_iter().chain(more) {
            let mut list = match ledger.lists.get(&list.id) {
                Some(below) if adds => LineList::clone(below),
                _ => list,
            };
            list.entries.extend(entries.into_iter().map(|raw| {
                let mut entry = raw.entry;
                entry.published = published(&raw.act.text);
                entry
            }));
            list.entries.sort_by_key(|entry| (entry.from, entry.published));
            ledger.lists.insert(list.id.clone(), Arc::new(list));
        }
        for RawEnd { rule, act, from } in self.ends {
            if let Some(rule) = ledger.rules.get_mut(rule.text.as_str()) {
                let rule = Arc::make_mut(rule);
                rule.until = Some(from);
                rule.end_published = Some(published(act.as_str()));
                rule.ended_by = Some(act);
            }
        }
        let mut touched: BTreeSet<MeasureId> =
            self.made.iter().map(|(_, _, (made, _))| made.id.clone()).collect();
        for (_, _, event) in &self.events {
            touched.extend(names.spoken_of(event, &ledger));
        }
        for (act, published, (measure, said)) in self.made {
            for (verb, word) in said {
                let note = None;
                let (measure, act) = (measure.id.clone(), act.clone());
                ledger.say(Statement { measure, act, published, verb, note, place: word.place });
            }
            ledger.measures.insert(measure.id.clone(), Arc::new(measure));
        }
        for (act, published, event) in self.events {
            ledger.hear(act, published, event, &names);
        }
        for measure in &touched {
            let Some(statements) = ledger.statements.get_mut(measure) else { continue };
            // Stable: within one act, in the order of its text; a measure is made before it is changed.
            statements.sort_by_key(|s| (s.published, !matches!(s.verb, Verb::Make { .. })));
        }
        ledger.agreements.extend(self.agreements.into_iter().map(|a| (a.id.clone(), Arc::new(a))));
        ledger.agreements.sort_by(|_, a, _, b| a.published.cmp(&b.published));
        ledger.talks.extend(self.talks.into_iter().map(|talk| (talk.id.clone(), Arc::new(talk))));
        ledger.talks.sort_by(|_, a, _, b| a.from.cmp(&b.from));
        ledger.claims.extend(self.claims.into_iter().map(|claim| (claim.id.clone(), Arc::new(claim))));
        ledger.claims.sort_by(|_, a, _, b| a.said.cmp(&b.said));
        let touched: Vec<MeasureId> = touched.into_iter().collect();
        check::statements(&ledger, &touched, &mut faults);
        check::classes(&ledger, &classes, &mut faults);
        if !faults.has_errors() {
            programme::check(&ledger, &touched, &mut faults);
        }
        Warned::unless(faults, ledger)
    }
}

impl Ledger {
    fn say(&mut self, statement: Statement) {
        self.statements.entry(statement.measure.clone()).or_default().push(Arc::new(statement));
    }

    fn hear(&mut self, act: ActId, published: Instant, event: RawEvent, names: &Names) {
        let RawEvent { of, said, note, place } = event;
        match said {
            // Rules are ended above.
            Said::EndRule { .. } => {}
            Said::Stay { from, until } => {
                for word in of {
                    let of = ActId::new(word.text);
                    self.stays.push(Stay { of, by: act.clone(), published, from, until });
                }
            }
            Said::Verb(verb) => {
                for id in of.iter().flat_map(|word| names.meant(&word.text)) {
                    let (act, verb, note) = (act.clone(), verb.clone(), note.clone());
                    let place = place.place.clone();
                    self.say(Statement { measure: MeasureId::new(id), act, published, verb, note, place });
                }
            }
        }
    }
}

/// All names that are given, here or in the ledger below.
struct Names {
    known: BTreeMap<Thing, BTreeMap<String, Option<Word>>>,
}

impl Names {
    fn of(below: &Ledger, given: &[(Thing, Word)], faults: &mut Faults) -> Self {
        let mut known: BTreeMap<Thing, BTreeMap<String, Option<Word>>> = BTreeMap::new();
        let mut add = |thing, name: &str| {
            known.entry(thing).or_default().insert(name.to_string(), None);
        };
        below.acts.keys().for_each(|id| add(Thing::Act, id.as_str()));
        below.measures.keys().for_each(|id| add(Thing::Measure, id.as_str()));
        below.lists.keys().for_each(|id| add(Thing::List, id.as_str()));
        below.rules.keys().for_each(|id| add(Thing::Rule, id.as_str()));
        below.talks.keys().for_each(|id| add(Thing::Talk, id.as_str()));
        below.claims.keys().for_each(|id| add(Thing::Claim, id.as_str()));
        for agreement in below.agreements() {
            add(Thing::Agreement, agreement.id.as_str());
            agreement.clauses.iter().for_each(|clause| add(Thing::Clause, clause.id.as_str()));
        }
        for (thing, word) in given {
            let before = known.entry(*thing).or_default().insert(word.text.clone(), Some(word.clone()));
            let Some(first) = before else { continue };
            let mut fault = Diagnostic::error(
                "duplicate-name",
                format!("two of kind {} are called `{}`", thing.word(), word.text),
            )
            .at(word.place.clone(), "the second")
            .help("a name is given once; a later act changes a measure by an `[[event]]`");
            match first {
                Some(first) => fault = fault.at(first.place, "the first"),
                None => fault = fault.note("the first is in the ledger below"),
            }
            faults.push(fault);
        }
        Self { known }
    }

    fn resolve(&self, used: &[(Thing, Word)], faults: &mut Faults) {
        for (thing, word) in used {
            let found = match (thing, word.text.ends_with('*')) {
                (Thing::Measure, true) => !self.meant(&word.text).is_empty(),
                _ => self.known.get(thing).is_some_and(|names| names.contains_key(&word.text)),
            };
            if !found {
                let names = self.known.get(thing).into_iter().flat_map(BTreeMap::keys).map(String::as_str);
                let what = thing.word();
                faults.push(
                    Diagnostic::error(thing.unknown(), format!("there is no {what} called `{}`", word.text))
                        .at(word.place.clone(), "no text gives this name")
                        .help_if(help_nearest(&word.text, names).or(match thing {
                            Thing::List => Some(
                                "goods are codes such as `1201.90`, or the name of a list of lines".into(),
                            ),
                            _ => None,
                        })),
                );
            }
        }
    }

    /// The measures an event is about; for a stay, those of which the stayed act speaks.
    fn spoken_of(&self, event: &RawEvent, below: &Ledger) -> Vec<MeasureId> {
        match &event.said {
            Said::Verb(_) => {
                event.of.iter().flat_map(|word| self.meant(&word.text)).map(MeasureId::new).collect()
            }
            Said::EndRule { .. } => Vec::new(),
            Said::Stay { .. } => {
                let stayed = |act: &ActId| event.of.iter().any(|word| *act == *word.text);
                let said = below.statements.iter().filter(|(_, said)| said.iter().any(|s| stayed(&s.act)));
                said.map(|(measure, _)| measure.clone()).collect()
            }
        }
    }

    /// The measures a name means; one that ends in `*` means all that begin so.
    fn meant(&self, name: &str) -> Vec<&str> {
        let Some(measures) = self.known.get(&Thing::Measure) else { return Vec::new() };
        match name.strip_suffix('*') {
            Some(start) => measures.keys().map(String::as_str).filter(|id| id.starts_with(start)).collect(),
            None => measures.get_key_value(name).map(|(id, _)| id.as_str()).into_iter().collect(),
        }
    }
}

/// A list that no measure, exclusion or exception speaks of reaches nothing: perhaps a name was misspelt.
fn unread_lists(given: &[(Thing, Word)], used: &[(Thing, Word)], faults: &mut Faults) {
    let lists = given.iter().filter(|(thing, _)| *thing == Thing::List);
    for (_, word) in lists {
        if !used.iter().any(|(thing, name)| *thing == Thing::List && name.text == word.text) {
            faults.push(
                Diagnostic::warning(
                    "list-without-measure",
                    format!("no measure speaks of the list `{}`", word.text),
                )
                .at(word.place.clone(), "its lines reach nothing")
                .help("name it under `goods` or `not_goods` of a measure, or remove it"),
            );
        }
    }
}

/// An act lies in the folder of its issuer, or in one that belongs to no government.
pub(super) fn check_folder(page: &Page, act: &Act, desk: &Desk<'_>) {
    let name = page.source.name();
    let mut folders = name.rsplit('/').skip(1).map(str::to_uppercase);
    let Some(folder) = folders.find(|folder| desk.governments.contains_key(folder.as_str())) else { return };
    if act.issuer != *folder.as_str() && !act.issuer.as_str().is_empty() {
        page.fault(
            Diagnostic::error(
                "wrong-folder",
                format!("`{}` is an act of `{}` in the folder of `{folder}`", act.id, act.issuer),
            )
            .at(page.source.whole(), "this text")
            .help(format!(
                "move it to `{}/`, or set `issuer = \"{folder}\"`",
                act.issuer.as_str().to_lowercase()
            )),
        );
    }
}

/// Whether a kind of measure carries a rate.
pub(super) const fn is_duty(kind: MeasureKind) -> bool {
    matches!(kind, MeasureKind::Duty)
}
