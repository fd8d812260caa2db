//! Steps 3 and 4: measures in force whose origin and goods hold the entry, less what their own text spares.

use ledger::{MeasureId, MeasureKind, ValueBase};

use super::exception::Fit;
use super::{Asked, Charge, Clash, Entry, Fate, Reason, Stack, parcel};
use crate::book::{Dated, Row};
use crate::open::Wanted;
use crate::scope::Reach;
use crate::{Book, OpenFact};

impl Book<'_> {
    pub(super) fn candidates<'b>(
        &'b self,
        asked: &[Asked<'b>],
        entry: &Entry<'_>,
        open: &mut dyn FnMut(OpenFact<'b>),
    ) -> Result<Stack<'b>, Clash> {
        let mut charges = Vec::with_capacity(asked.len());
        let (mut exclusions, mut fees) = (Vec::new(), Vec::new());
        for (row, dated) in asked.iter().copied() {
            match row.measure.kind {
                MeasureKind::Duty => charges.extend(self.considered(row, dated, entry, open)?),
                MeasureKind::Exclusion if dated.version.applies() => exclusions.push((row, dated)),
                MeasureKind::Fee if entry.facts.parcel.is_some() && dated.version.applies() => {
                    fees.extend(self.fee(row, dated, entry));
                }
                _ => {}
            }
        }
        let mut stack = Stack { charges, ..Stack::default() };
        for (row, dated) in exclusions {
            self.lift(row, dated, &mut stack, entry, open);
        }
        parcel::in_place_of_all(fees, &mut stack);
        Ok(stack)
    }

    /// One duty in force on the origin, if its scope speaks of the line.
    fn considered<'b>(
        &'b self,
        row: &'b Row<'b>,
        dated: &'b Dated,
        entry: &Entry<'_>,
        open: &mut dyn FnMut(OpenFact<'b>),
    ) -> Result<Option<Charge<'b>>, Clash> {
        let version = &dated.version;
        let terms = &*version.terms;
        let reach = self.border.scopes.reach(
            &dated.scope,
            entry.card,
            (entry.on, self.known),
            entry.facts,
            &mut |part| open(part_fact(&part.name, part.test.as_deref())),
        );
        if dated.origin.by_content() && reach == Reach::Inside && !self.smelted_there(dated, entry, open) {
            return Ok(None);
        }
        let mut charge = Charge::whole(row, dated);
        let dropped = match reach {
            Reach::Outside => return Ok(None),
            Reach::Unread(_) if !version.applies() => return Ok(None),
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
        let mut limits = terms.only.iter().zip(&dated.only);
        if limits.any(|(limit, found)| self.fit(limit, found, entry, open) != Fit::Yes) {
            return Ok(None);
        }
        self.own_exceptions(&mut charge, entry, open)?;
        Ok(Some(charge))
    }

    /// Whether the metal inside was smelted or cast where a measure means; not so where no fact says it.
    fn smelted_there<'b>(
        &'b self,
        dated: &'b Dated,
        entry: &Entry<'_>,
        open: &mut dyn FnMut(OpenFact<'b>),
    ) -> bool {
        let Some(smelted) = &entry.facts.smelted else {
            let named = dated.origin.first().map(|country| Wanted::Word(country.as_str()));
            named.into_iter().for_each(|wanted| open(OpenFact { key: "smelted", wanted }));
            return false;
        };
        let place = self.border.place(smelted);
        place.is_some_and(|place| self.border.reaches(&dated.origin, smelted, place, entry.on))
    }

    /// Step 4: exceptions that fit. One that spares comes before one that sets a rate; of two rates the one
    /// that asks for more facts is meant, and where neither does, they clash.
    fn own_exceptions<'b>(
        &'b self,
        charge: &mut Charge<'b>,
        entry: &Entry<'_>,
        open: &mut dyn FnMut(OpenFact<'b>),
    ) -> Result<(), Clash> {
        let exceptions = charge.version.terms.except.iter().zip(&charge.dated.except);
        let fitting: Vec<_> = exceptions
            .filter(|(exception, _)| exception.owes.is_empty())
            .filter(|(exception, found)| self.fit(exception, found, entry, open) == Fit::Yes)
            .map(|(exception, _)| exception)
            .collect();
        // Goods that a text spares altogether owe no other rate under it.
        let spared = fitting.iter().find(|exception| exception.duty.is_none());
        let Some(first) = spared.or(fitting.first()).copied() else { return Ok(()) };
        let rival = fitting.iter().find(|other| {
            first.duty.is_some()
                && other.duty != first.duty
                && !narrows(first, other)
                && !narrows(other, first)
        });
        if let Some(rival) = rival {
            let left =
                |duty: &Option<ledger::Duty>| duty.as_ref().map_or("nothing".into(), ToString::to_string);
            return Err(Clash::Exceptions {
                measure: charge.measure.id.clone(),
                first: left(&first.duty),
                second: left(&rival.duty),
            });
        }
        // Of two rates, the exception that asks for more facts is meant.
        let first = fitting
            .iter()
            .copied()
            .find(|other| narrows(other, first))
            .filter(|_| first.duty.is_some())
            .unwrap_or(first);
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
        row: &'b Row<'b>,
        dated: &'b Dated,
        stack: &mut Stack<'b>,
        entry: &Entry<'_>,
        open: &mut dyn FnMut(OpenFact<'b>),
    ) {
        let terms = &*dated.version.terms;
        let at = (entry.on, self.known);
        let reach = self.border.scopes.reach(&dated.scope, entry.card, at, entry.facts, &mut |_| {});
        if reach != Reach::Inside {
            return;
        }
        // An exclusion that names no measure lifts every duty, the ordinary one included.
        let all = row.measure.lifts.is_empty();
        let named = |ids: &[MeasureId], id: &MeasureId| ids.iter().any(|named| means(named, id));
        let lifts = |charge: &Charge<'_>| {
            let id = &charge.measure.id;
            charge.is_charged() && (all || named(&row.measure.lifts, id)) && !named(&row.measure.keeps, id)
        };
        // A provision that leaves part of the value to be charged lifts nothing: it narrows the value.
        let narrows = terms.base != ValueBase::Full;
        if !all && !stack.charges.iter().any(lifts) {
            return;
        }
        let limits = terms.only.iter().zip(&dated.only);
        let limited = limits.map(|(limit, found)| self.fit(limit, found, entry, open)).min();
        let claimed = match (&terms.heading, limited) {
            (_, Some(fit)) => fit == Fit::Yes,
            (Some(heading), None) => match entry.facts.exclusion.as_deref() {
                Some(claimed) => same_heading(claimed, heading),
                // Any goods might come under it: whether these do is not asked of every entry.
                None if narrows => false,
                None => {
                    open(OpenFact { key: "exclusion", wanted: Wanted::Word(heading) });
                    false
                }
            },
            (None, None) => true,
        };
        if claimed && narrows {
            stack
                .charges
                .iter_mut()
                .filter(|c| lifts(c))
                .for_each(|charge| charge.within = Some(&terms.base));
            stack.ordinary = all.then_some(&terms.base);
        } else if claimed {
            for charge in stack.charges.iter_mut().filter(|charge| lifts(charge)) {
                charge.fate = Fate::Dropped(Reason::Excluded(row.measure));
            }
            if all {
                stack.free = Some(row.measure);
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

/// Whether a name, perhaps one that ends in `*`, means a measure.
fn means(name: &MeasureId, id: &MeasureId) -> bool {
    match name.as_str().strip_suffix('*') {
        Some(start) => id.as_str().starts_with(start),
        None => name == id,
    }
}

pub(super) fn same_heading(a: &str, b: &str) -> bool {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    digits(a) == digits(b)
}

/// The fact that would make goods a described part.
pub(super) fn part_fact<'b>(name: &'b str, test: Option<&'b str>) -> OpenFact<'b> {
    match test {
        Some(test) => OpenFact { key: "technical", wanted: Wanted::Word(test) },
        None if crate::facts::is_use(name) => OpenFact { key: "use", wanted: Wanted::Word(name) },
        None => OpenFact { key: "part", wanted: Wanted::Word(name) },
    }
}
