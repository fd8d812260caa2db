//! Steps 3 and 4: measures in force whose origin and goods hold the entry, less what their own text spares.

use ledger::MeasureKind;
use rust_decimal::Decimal;
use terms::Points;

use super::exception::Fit;
use super::{Charge, Clash, Entry, Fate, OpenFact, Reason};
use crate::Book;
use crate::book::{Dated, Row};
use crate::scope::Reach;

impl Book<'_> {
    pub(super) fn candidates<'b>(
        &'b self,
        entry: &Entry<'_>,
        open: &mut dyn FnMut(OpenFact),
    ) -> Result<Vec<Charge<'b>>, Clash> {
        let Some(place) = self.border.place(entry.origin) else { return Ok(Vec::new()) };
        let mut charges = Vec::new();
        let mut exclusions = Vec::new();
        for row in self.rows.iter().filter(|row| row.measure.importer == *entry.importer) {
            let Some(dated) = row.at(entry.on) else { continue };
            if !self.border.reaches(dated, entry.origin, place, entry.on) {
                continue;
            }
            match row.measure.kind {
                MeasureKind::Duty => charges.extend(self.considered(row, dated, entry, open)?),
                MeasureKind::Exclusion if dated.version.applies() => exclusions.push((row, dated)),
                _ => {}
            }
        }
        for (row, dated) in exclusions {
            self.lift(row, dated, &mut charges, entry, open);
        }
        Ok(charges)
    }

    /// One duty in force on the origin, if its scope speaks of the line.
    fn considered<'b>(
        &'b self,
        row: &'b Row<'_>,
        dated: &'b Dated,
        entry: &Entry<'_>,
        open: &mut dyn FnMut(OpenFact),
    ) -> Result<Option<Charge<'b>>, Clash> {
        let version = &dated.version;
        let terms = &*version.terms;
        let reach = self.border.scopes.reach(
            &terms.goods,
            entry.line,
            (entry.on, self.known),
            entry.facts,
            &mut |part| open(part_fact(&part.name, part.test.as_deref())),
        );
        let mut charge = Charge {
            measure: row.measure,
            version,
            duty: version.charged(),
            heading: terms.heading.as_deref(),
            share: Decimal::ONE,
            points: Points::ZERO,
            fate: Fate::Charged,
        };
        let dropped = match reach {
            Reach::Outside => return Ok(None),
            Reach::Inside if !version.applies() => Some(Reason::Suspended),
            Reach::Inside => None,
            Reach::Spared(list) => Some(Reason::Spared(list)),
            Reach::OtherPart(part) => {
                Some(Reason::OtherPart(part.described.as_deref().unwrap_or(&part.name)))
            }
            Reach::Unread(words) => Some(Reason::Unread(words)),
        };
        if let Some(reason) = dropped {
            charge.fate = Fate::Dropped(reason);
            return Ok(Some(charge));
        }
        for limit in &terms.only {
            if self.fit(limit, entry, open) != Fit::Yes {
                charge.fate = Fate::Dropped(Reason::Outside(limit));
                return Ok(Some(charge));
            }
        }
        self.own_exceptions(&mut charge, entry, open)?;
        Ok(Some(charge))
    }

    /// Step 4: exceptions that fit. The first holds; a second that leaves something else is a clash.
    fn own_exceptions(
        &self,
        charge: &mut Charge<'_>,
        entry: &Entry<'_>,
        open: &mut dyn FnMut(OpenFact),
    ) -> Result<(), Clash> {
        let exceptions = charge.version.terms.except.iter().filter(|exception| exception.owes.is_empty());
        let mut fitting = exceptions.filter(|exception| self.fit(exception, entry, open) == Fit::Yes);
        let Some(first) = fitting.next() else { return Ok(()) };
        if let Some(second) = fitting.find(|other| other.duty != first.duty) {
            // An exception that narrows another (all its facts and more) is read first in the text.
            let left =
                |duty: &Option<ledger::Duty>| duty.as_ref().map_or("nothing".into(), ToString::to_string);
            if !narrows(first, second) {
                return Err(Clash::Exceptions {
                    measure: charge.measure.id.clone(),
                    first: left(&first.duty),
                    second: left(&second.duty),
                });
            }
        }
        match &first.duty {
            Some(duty) => {
                charge.duty = duty.clone();
                charge.heading = first.heading.as_deref().or(charge.heading);
            }
            None => charge.fate = Fate::Dropped(Reason::Excepted(first)),
        }
        Ok(())
    }

    /// An exclusion that is claimed lifts the duties it names; one that is not claimed is an open fact.
    fn lift<'b>(
        &'b self,
        row: &'b Row<'_>,
        dated: &'b Dated,
        charges: &mut [Charge<'b>],
        entry: &Entry<'_>,
        open: &mut dyn FnMut(OpenFact),
    ) {
        let terms = &*dated.version.terms;
        let at = (entry.on, self.known);
        let reach = self.border.scopes.reach(&terms.goods, entry.line, at, entry.facts, &mut |_| {});
        if reach != Reach::Inside {
            return;
        }
        let lifts =
            |charge: &Charge<'_>| charge.is_charged() && row.measure.lifts.contains(&charge.measure.id);
        if !charges.iter().any(lifts) {
            return;
        }
        let limited = terms.only.iter().map(|limit| self.fit(limit, entry, open)).min();
        let claimed = match (&terms.heading, limited) {
            (_, Some(fit)) => fit == Fit::Yes,
            (Some(heading), None) => match entry.facts.exclusion.as_deref() {
                Some(claimed) => same_heading(claimed, heading),
                None => {
                    open(("exclusion", heading.clone()));
                    false
                }
            },
            (None, None) => true,
        };
        if claimed {
            for charge in charges.iter_mut().filter(|charge| lifts(charge)) {
                charge.fate = Fate::Dropped(Reason::Excluded(row.measure));
            }
        }
    }
}

/// Whether `first` asks for everything `second` asks for, and more.
fn narrows(first: &ledger::Exception, second: &ledger::Exception) -> bool {
    let asked = |exception: &ledger::Exception| {
        [
            exception.loaded_before.is_some(),
            exception.exported_before.is_some(),
            exception.entered_before.is_some(),
            exception.contract_before.is_some(),
            exception.preference.is_some(),
            exception.end_use.is_some(),
            exception.part.is_some(),
            exception.document.is_some(),
            exception.parcel.is_some(),
            exception.quota.is_some(),
            exception.content_at_least.is_some(),
            exception.origin.is_some(),
            exception.goods.is_some(),
        ]
    };
    // Loading earlier is the narrower fact: goods loaded before 5 April were also loaded before the 9th.
    let earlier = match (first.loaded_before, second.loaded_before) {
        (Some(first), Some(second)) => first < second,
        _ => false,
    };
    let pairs = asked(first).into_iter().zip(asked(second));
    let covers = pairs.clone().all(|(first, second)| first || !second);
    covers && (earlier || pairs.filter(|(first, second)| *first && !*second).count() > 0)
}

fn same_heading(a: &str, b: &str) -> bool {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    digits(a) == digits(b)
}

/// The fact that would make goods a described part.
pub(super) fn part_fact(name: &str, test: Option<&str>) -> OpenFact {
    match test {
        Some(test) => ("technical", test.into()),
        None if crate::facts::is_use(name) => ("use", name.into()),
        None => ("part", name.into()),
    }
}
