//! Duties of one programme: two at once need a word on which holds, and a day between two is told.

use std::collections::BTreeSet;

use diagnostic::{Diagnostic, Faults};
use terms::{Country, Instant};

use super::link::is_duty;
use crate::model::Measure;
use crate::{Ledger, MeasureId, Version, View};

/// Two all-goods duties of one programme on one origin at one time need a word on which holds.
///
/// Only programmes in which a measure is among those `touched` are looked at again.
pub(super) fn check(ledger: &Ledger, touched: &[MeasureId], faults: &mut Faults) {
    let family = |measure: &Measure| (measure.importer.clone(), measure.programme.clone());
    let families: BTreeSet<(Country, String)> =
        touched.iter().filter_map(|id| ledger.measure(id.as_str())).map(family).collect();
    for family_of in &families {
        let duties = ledger.measures().filter(|m| is_duty(m.kind) && family(m) == *family_of);
        let across: Vec<Across<'_>> = duties.flat_map(|measure| across(ledger, measure)).collect();
        let mut said: BTreeSet<(&MeasureId, &MeasureId)> = BTreeSet::new();
        for (at, first) in across.iter().enumerate() {
            for second in &across[at + 1..] {
                let Some(fault) = clash(ledger, first, second) else { continue };
                if said.insert((&first.measure.id, &second.measure.id)) {
                    faults.push(fault);
                }
            }
        }
        across.iter().filter_map(|ended| gap(ledger, ended, &across)).for_each(|fault| faults.push(fault));
    }
}

/// A stretch over which a measure reaches all goods of some countries.
struct Across<'l> {
    measure: &'l Measure,
    version: Version,
    /// Which countries, one bit each in the order of the ledger.
    reached: Vec<u64>,
}

fn across<'l>(ledger: &'l Ledger, measure: &'l Measure) -> Vec<Across<'l>> {
    let versions = ledger.versions(&measure.id, Instant::MAX, View::Collected);
    let applying = versions.into_iter().filter(|version| version.terms.goods.all && version.applies());
    applying
        .map(|version| {
            let mut reached = vec![0_u64; ledger.areas.countries.len() / 64 + 1];
            for (at, country) in ledger.areas.countries.keys().enumerate() {
                if ledger.areas.reaches(&version.terms.origin, country, version.during.from) {
                    reached[at / 64] |= 1 << (at % 64);
                }
            }
            Across { measure, version, reached }
        })
        .collect()
}

/// A programme that ends on a day and begins again within weeks, on the same origins, has perhaps lost a day.
fn gap(ledger: &Ledger, ended: &Across<'_>, family: &[Across<'_>]) -> Option<Diagnostic> {
    const WEEKS: i64 = 5;
    let until = ended.version.during.until?;
    let shares = |other: &&Across<'_>| other.reached.iter().zip(&ended.reached).any(|(a, b)| a & b != 0);
    let holds = family.iter().filter(shares).any(|other| other.version.during.holds(until));
    let next = family.iter().filter(shares).map(|other| &other.version.during).filter(|d| d.from > until);
    let next = next.map(|during| during.from).min()?;
    let apart = next.duration_since(until).as_hours();
    if holds || apart > WEEKS * 7 * 24 {
        return None;
    }
    let place = ledger.statements_on(&ended.measure.id).last()?.place.clone();
    let zone = ledger.clock(ended.measure.importer.as_str()).zone;
    Some(
        Diagnostic::warning(
            "gap-in-programme",
            format!(
                "nothing of the programme `{}` is in force from {} until {}",
                ended.measure.programme,
                zone.show(until),
                zone.show(next)
            ),
        )
        .at(place, format!("`{}` ends here, and the programme begins again soon", ended.measure.id))
        .help("check the two days: an interval holds its start and not its end"),
    )
}

fn clash(ledger: &Ledger, first: &Across<'_>, second: &Across<'_>) -> Option<Diagnostic> {
    if first.measure.id == second.measure.id {
        return None;
    }
    let both = first.version.during.meet(&second.version.during)?;
    let (a, b) = (&first.version.terms, &second.version.terms);
    if a.in_lieu_of.contains(&second.measure.id) || b.in_lieu_of.contains(&first.measure.id) {
        return None;
    }
    let shared = first.reached.iter().zip(&second.reached).map(|(a, b)| a & b);
    let at = shared.enumerate().find(|(_, bits)| *bits != 0)?;
    let country = ledger.areas.countries.keys().nth(at.0 * 64 + at.1.trailing_zeros() as usize)?;
    let place = ledger.statements_on(&second.measure.id).next()?.place.clone();
    let zone = ledger.clock(first.measure.importer.as_str()).zone;
    Some(
        Diagnostic::error(
            "overlap-in-programme",
            format!(
                "`{}` and `{}` of the programme `{}` both reach {country} from {}",
                first.measure.id,
                second.measure.id,
                first.measure.programme,
                zone.show(both.from)
            ),
        )
        .at(place, "one of the two")
        .help(format!(
            "say which holds: `in_lieu_of = [\"{}\"]`, or give one its own `programme`",
            first.measure.id
        )),
    )
}
