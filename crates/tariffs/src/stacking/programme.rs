//! Step 5: inside one programme, one duty takes the place of another. Two that stand are a clash.

use ledger::Combination;

use super::{Charge, Clash, Entry, Fate, Reason};
use crate::Book;

/// Drops each duty whose place another that is charged takes.
pub(super) fn replace(charges: &mut [Charge<'_>]) {
    for at in 0..charges.len() {
        if !charges[at].is_charged() {
            continue;
        }
        let by = &charges[at].measure.id;
        let in_lieu_of = &charges[at].version.terms.in_lieu_of;
        if in_lieu_of.is_empty() {
            continue;
        }
        let replaced = |other: &&mut Charge<'_>| other.is_charged() && in_lieu_of.contains(&other.measure.id);
        for other in charges.iter_mut().filter(replaced) {
            other.fate = Fate::Dropped(Reason::Replaced(by));
        }
    }
}

/// Two duties of one programme that are both charged need a rule that says they add up.
pub(super) fn one_each(charges: &[Charge<'_>], book: &Book<'_>, entry: &Entry<'_>) -> Result<(), Clash> {
    let adds = |first: &Charge<'_>, second: &Charge<'_>| {
        let classes = [first.row.class, second.row.class];
        book.rules.iter().any(|ranked| {
            ranked.rule.does == Combination::Add
                && ranked.rule.importer == *entry.importer
                && ranked.rule.holds(entry.on, book.known)
                && classes.iter().all(|class| ranked.if_owes.has(*class) || ranked.on.has(*class))
        })
    };
    for (at, first) in charges.iter().enumerate().filter(|(_, charge)| charge.is_charged()) {
        for second in charges[at + 1..].iter().filter(|charge| charge.is_charged()) {
            if first.row.programme == second.row.programme && !adds(first, second) {
                return Err(Clash::Programme {
                    programme: first.measure.programme.clone(),
                    first: first.measure.id.clone(),
                    second: second.measure.id.clone(),
                });
            }
        }
    }
    Ok(())
}
