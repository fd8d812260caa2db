//! Whether an exception of a measure's own text fits a shipment.

use ledger::Exception;
use terms::Instant;

use super::candidate::{part_fact, same_heading};
use super::{Charge, Entry, Fate, Reason};
use crate::book::Found;
use crate::open::Wanted;
use crate::scope::Reach;
use crate::{Book, Facts, OpenFact};

/// Whether all the facts an exception states hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// At least one does not.
    No,
    /// Those that are known hold; others are not known.
    Open,
    /// All hold.
    Yes,
}

/// The facts an exception asks for, one by one.
#[derive(Default)]
struct Questions<'b> {
    fails: bool,
    missing: Vec<OpenFact<'b>>,
}

impl<'b> Questions<'b> {
    fn ask(&mut self, key: &'static str, known: Option<bool>, wanted: Wanted<'b>) {
        match known {
            Some(holds) => self.fails |= !holds,
            None => self.missing.push(OpenFact { key, wanted }),
        }
    }

    fn word(&mut self, key: &'static str, known: Option<bool>, meant: &'b str) {
        self.ask(key, known, Wanted::Word(meant));
    }

    fn before(&mut self, key: &'static str, fact: Option<Instant>, limit: Instant) {
        self.ask(key, fact.map(|fact| fact < limit), Wanted::Before(limit));
    }

    /// When the goods were loaded, exported or ordered.
    fn days(&mut self, exception: &'b Exception, entry: &Entry<'_>) {
        let facts = entry.facts;
        if let Some(limit) = exception.loaded_before {
            let days = entry.on.duration_since(limit).as_hours() / 24;
            let at_sea = facts.loaded.is_some() || days <= LONGEST_VOYAGE_DAYS;
            self.before("loaded", if at_sea { facts.loaded } else { Some(entry.on) }, limit);
        }
        if let Some(limit) = exception.exported_before {
            self.before("exported", facts.exported, limit);
        }
        if let Some(limit) = exception.contract_before {
            self.before("contract", facts.contract, limit);
        }
    }

    /// What the shipment claims to be and to hold.
    fn claims(&mut self, exception: &'b Exception, facts: &Facts) {
        if let Some(meant) = &exception.preference {
            let claimed = facts.preference.as_ref().map(|claimed| claimed.eq_ignore_ascii_case(meant));
            self.word("preference", claimed, meant);
        }
        if let Some(meant) = &exception.end_use {
            let known = facts.end_use.as_deref().map(|stated| crate::facts::same_use(stated, meant));
            self.word("use", known, meant);
        }
        if let Some(meant) = &exception.part {
            self.word(part_fact(meant, None).key, facts.are_part(meant, None), meant);
        }
        if let Some(meant) = &exception.document {
            let (key, known) = document(facts, meant);
            self.word(key, known, meant);
        }
        if let Some(meant) = &exception.quota {
            self.word("quota", facts.quota.as_ref().map(|stated| stated == meant), meant);
        }
        if let Some(meant) = &exception.parcel {
            // A shipment is a small parcel only where that is said.
            self.fails |= !facts.parcel.as_ref().is_some_and(|parcel| parcel.fits(meant));
        }
        if let Some((material, least)) = &exception.content_at_least {
            let known = facts.share_of(material).map(|share| share >= *least);
            self.ask(content_key(material), known, Wanted::Share(*least));
        }
    }

    fn settle(self, open: &mut dyn FnMut(OpenFact<'b>)) -> Fit {
        if self.fails {
            return Fit::No;
        }
        if self.missing.is_empty() {
            return Fit::Yes;
        }
        self.missing.into_iter().for_each(open);
        Fit::Open
    }
}

/// A relief for goods on the water has no end in some texts; no ship is at sea for longer than this.
const LONGEST_VOYAGE_DAYS: i64 = 120;

impl Book<'_> {
    /// Whether an exception fits. The facts that are missing go to `open`, if all others hold.
    pub(super) fn fit<'b>(
        &'b self,
        exception: &'b Exception,
        found: &'b Found,
        entry: &Entry<'_>,
        open: &mut dyn FnMut(OpenFact<'b>),
    ) -> Fit {
        if exception.entered_before.is_some_and(|before| entry.on >= before) {
            return Fit::No;
        }
        if let Some(origins) = &found.origin {
            let place = self.border.place(entry.origin);
            if !place.is_some_and(|place| self.border.reaches(origins, entry.origin, place, entry.on)) {
                return Fit::No;
            }
        }
        let mut asked = Questions::default();
        if let Some(scope) = &found.scope {
            let at = (entry.on, self.known);
            let mut part =
                |part: &'b ledger::Part| asked.missing.push(part_fact(&part.name, part.test.as_deref()));
            match self.border.scopes.reach(scope, entry.card, at, entry.facts, &mut part) {
                Reach::Inside => {}
                Reach::OtherPart(_) if !asked.missing.is_empty() => {}
                _ => return Fit::No,
            }
        }
        if let Some(meant) = &exception.preference
            && !self.border.may_claim(entry.importer, entry.origin, meant)
        {
            return Fit::No;
        }
        asked.days(exception, entry);
        asked.claims(exception, entry.facts);
        asked.settle(open)
    }

    /// Exceptions that turn on what else the goods owe, once that is known.
    pub(super) fn owed_exceptions<'b>(
        &'b self,
        charges: &mut [Charge<'b>],
        entry: &Entry<'_>,
        open: &mut dyn FnMut(OpenFact<'b>),
    ) {
        for at in 0..charges.len() {
            if !charges[at].is_charged() {
                continue;
            }
            let (version, dated) = (charges[at].version, charges[at].dated);
            let on_duties = |(exception, _): &(&Exception, _)| !exception.owes.is_empty();
            for (exception, found) in version.terms.except.iter().zip(&dated.except).filter(on_duties) {
                let owed = charges.iter().enumerate().any(|(other, charge)| {
                    other != at && charge.is_owed() && exception.owes.contains(&charge.measure.combines)
                });
                if owed && self.fit(exception, found, entry, open) == Fit::Yes {
                    charges[at].fate = Fate::Dropped(Reason::Excepted(exception));
                    break;
                }
            }
        }
    }
}

/// Whether a shipment comes with a document: an exclusion by its heading, a decision on an application, or a
/// paper named by a word.
fn document(facts: &Facts, meant: &str) -> (&'static str, Option<bool>) {
    if meant.starts_with(|c: char| c.is_ascii_digit()) {
        let claimed = facts.exclusion.as_ref().map(|claimed| same_heading(claimed, meant));
        return ("exclusion", claimed);
    }
    if meant == "excluded-on-application" {
        return ("excluded-on-application", facts.excluded_on_application);
    }
    ("document", facts.document.as_ref().map(|stated| stated == meant))
}

pub(super) fn content_key(material: &str) -> &'static str {
    match material {
        "steel" => "content.steel",
        "aluminium" => "content.aluminium",
        "copper" => "content.copper",
        "abroad" => "content.abroad",
        _ => "content.us",
    }
}
