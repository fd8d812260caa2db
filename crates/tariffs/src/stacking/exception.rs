//! Whether an exception of a measure's own text fits a shipment.

use ledger::Exception;
use terms::Instant;

use super::candidate::part_fact;
use super::{Charge, Entry, Fate, OpenFact, Reason};
use crate::Book;
use crate::scope::Reach;

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

/// A relief for goods on the water has no end in some texts; no ship is at sea for longer than this.
const LONGEST_VOYAGE_DAYS: i64 = 120;

impl Book<'_> {
    /// Whether an exception fits. The facts that are missing go to `open`, if all others hold.
    pub(super) fn fit(
        &self,
        exception: &Exception,
        entry: &Entry<'_>,
        open: &mut dyn FnMut(OpenFact),
    ) -> Fit {
        if exception.entered_before.is_some_and(|before| entry.on >= before) {
            return Fit::No;
        }
        if let Some(origin) = &exception.origin
            && !self.border.ledger.areas().reaches(origin, entry.origin, entry.on)
        {
            return Fit::No;
        }
        let mut missing: Vec<OpenFact> = Vec::new();
        if let Some(goods) = &exception.goods {
            let at = (entry.on, self.known);
            let mut part = |part: &ledger::Part| missing.push(part_fact(&part.name, part.test.as_deref()));
            match self.border.scopes.reach(goods, entry.line, at, entry.facts, &mut part) {
                Reach::Inside => {}
                Reach::OtherPart(_) if !missing.is_empty() => {}
                _ => return Fit::No,
            }
        }
        let facts = entry.facts;
        let mut ask = |known: Option<bool>, key: &'static str, value: &dyn Fn() -> String| match known {
            Some(holds) => holds,
            None => {
                missing.push((key, value()));
                true
            }
        };
        let before = |fact: Option<Instant>, limit: Instant| fact.map(|fact| fact < limit);
        let day_before = |limit: Instant| self.day_before(entry, limit);
        let mut holds = true;
        if let Some(limit) = exception.loaded_before {
            let loaded = before(facts.loaded, limit);
            let days = entry.on.duration_since(limit).as_hours() / 24;
            holds &= if loaded.is_none() && days > LONGEST_VOYAGE_DAYS {
                false
            } else {
                ask(loaded, "loaded", &|| day_before(limit))
            };
        }
        if let Some(limit) = exception.exported_before {
            holds &= ask(before(facts.exported, limit), "exported", &|| day_before(limit));
        }
        if let Some(limit) = exception.contract_before {
            holds &= ask(before(facts.contract, limit), "contract", &|| day_before(limit));
        }
        if let Some(meant) = &exception.preference {
            let claimed = facts.preference.as_ref().map(|claimed| claimed.eq_ignore_ascii_case(meant));
            holds &= ask(claimed, "preference", &|| meant.clone());
        }
        if let Some(meant) = &exception.end_use {
            let known = facts.end_use.as_deref().map(|stated| crate::facts::same_use(stated, meant));
            holds &= ask(known, "use", &|| meant.clone());
        }
        if let Some(meant) = &exception.part {
            let (key, _) = part_fact(meant, None);
            holds &= ask(facts.are_part(meant, None), key, &|| meant.clone());
        }
        if let Some(meant) = &exception.document {
            let known = facts.document.as_ref().map(|stated| stated == meant);
            holds &= ask(known, "document", &|| meant.clone());
        }
        if let Some(meant) = &exception.quota {
            let known = facts.quota.as_ref().map(|stated| stated == meant);
            holds &= ask(known, "quota", &|| meant.clone());
        }
        if let Some(meant) = &exception.parcel {
            // A shipment is a small parcel only where that is said.
            holds &= facts.parcel.as_ref().is_some_and(|parcel| parcel.fits(meant));
        }
        if let Some((material, least)) = &exception.content_at_least {
            let known = facts.share_of(material).map(|share| share >= *least);
            holds &= ask(known, content_key(material), &|| {
                format!("{}%", least.normalize() * rust_decimal::Decimal::ONE_HUNDRED)
            });
        }
        match (holds, missing.is_empty()) {
            (false, _) => Fit::No,
            (true, true) => Fit::Yes,
            (true, false) => {
                missing.into_iter().for_each(open);
                Fit::Open
            }
        }
    }

    /// Exceptions that turn on what else the goods owe, once that is known.
    pub(super) fn owed_exceptions(
        &self,
        charges: &mut [Charge<'_>],
        entry: &Entry<'_>,
        open: &mut dyn FnMut(OpenFact),
    ) {
        for at in 0..charges.len() {
            if !charges[at].is_charged() {
                continue;
            }
            let version = charges[at].version;
            for exception in version.terms.except.iter().filter(|exception| !exception.owes.is_empty()) {
                let owed = charges.iter().enumerate().any(|(other, charge)| {
                    other != at && charge.is_owed() && exception.owes.contains(&charge.measure.combines)
                });
                if owed && self.fit(exception, entry, open) == Fit::Yes {
                    charges[at].fate = Fate::Dropped(Reason::Excepted(exception));
                    break;
                }
            }
        }
    }

    fn day_before(&self, entry: &Entry<'_>, limit: Instant) -> String {
        let clock = self.border.ledger.clock(entry.importer.as_str());
        let day = clock.day_of(limit);
        day.yesterday().unwrap_or(day).to_string()
    }
}

pub(super) fn content_key(material: &str) -> &'static str {
    match material {
        "steel" => "content.steel",
        "aluminium" => "content.aluminium",
        "copper" => "content.copper",
        _ => "content.us",
    }
}
