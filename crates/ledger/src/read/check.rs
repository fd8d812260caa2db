//! What only shows when all texts are together: windows that do not exist, more suspended than stated, two
//! duties of one programme at once.

use std::collections::BTreeSet;
use std::sync::Arc;

use diagnostic::{Diagnostic, Faults, help_nearest};
use terms::{Country, Instant, Points};

use super::link::is_duty;
use crate::model::{Measure, Statement, Verb};
use crate::{Ledger, MeasureId, Version, View, WindowId};

/// Every statement on the measures touched, against the others on its measure.
pub(super) fn statements(ledger: &Ledger, touched: &[MeasureId], faults: &mut Faults) {
    let of = |measure: &MeasureId| ledger.statements.get_key_value(measure);
    for (measure, statements) in touched.iter().filter_map(of) {
        let windows: Vec<&WindowId> = statements.iter().filter_map(|s| window_made(s)).collect();
        twice(measure, statements, faults);
        let made = statements.iter().find(|s| matches!(s.verb, Verb::Make { .. }));
        for statement in statements {
            let Some(window) = window_named(statement) else { continue };
            if !windows.contains(&window) {
                let names = windows.iter().map(|window| window.as_str());
                faults.push(
                    Diagnostic::error(
                        "unknown-window",
                        format!("no suspension of `{measure}` is called `{window}`"),
                    )
                    .at(statement.place.clone(), "speaks of that window")
                    .help_if(help_nearest(window.as_str(), names).or_else(|| {
                        windows.first().map(|window| format!("its suspension is called `{window}`"))
                    }))
                    .note("a window is named by `window` in the `suspend` that opens it"),
                );
            }
        }
        statements.iter().filter_map(|s| unlikely(ledger, s)).for_each(|fault| faults.push(fault));
        for early in statements.iter().filter(|s| made.is_some_and(|made| s.published < made.published)) {
            faults.push(
                Diagnostic::error(
                    "event-before-measure",
                    format!("`{}` speaks of `{measure}` before any act made it", early.act),
                )
                .at(early.place.clone(), "published earlier than the act that makes the measure")
                .help("check the two `published` days"),
            );
        }
    }
    if !circles(ledger, faults) {
        touched.iter().for_each(|measure| oversuspended(ledger, measure, faults));
    }
    let opened: BTreeSet<&WindowId> =
        ledger.statements.values().flatten().filter_map(|statement| window_made(statement)).collect();
    for clause in ledger.agreements().flat_map(|agreement| &agreement.clauses) {
        for window in clause.windows.iter().filter(|window| !opened.contains(window)) {
            faults.push(
                Diagnostic::error(
                    "unknown-window",
                    format!("clause `{}` speaks of the window `{window}`, which no act opens", clause.id),
                )
                .help_if(help_nearest(window.as_str(), opened.iter().map(|window| window.as_str()))),
            );
        }
    }
}

/// Measures that follow each other in a circle have no first one to ask.
fn circles(ledger: &Ledger, faults: &mut Faults) -> bool {
    let mut found = false;
    for measure in ledger.measures() {
        let mut at = measure.follows.as_ref();
        let mut steps = 0;
        while let Some(next) = at.filter(|next| **next != measure.id && steps <= ledger.measures.len()) {
            at = ledger.measure(next.as_str()).and_then(|measure| measure.follows.as_ref());
            steps += 1;
        }
        if at == Some(&measure.id) {
            found = true;
            let place = ledger.statements_on(&measure.id).next().map(|s| s.place.clone());
            let mut fault = Diagnostic::error("circle", format!("`{}` follows itself", measure.id))
                .help("`follows` names the measure that comes first; that one follows nothing");
            if let Some(place) = place {
                fault = fault.at(place, "follows others that follow it");
            }
            faults.push(fault);
        } else if at.is_some() {
            found = true;
        }
    }
    found
}

/// Most acts take effect within a few years of their publication; a slip of a digit does not.
fn unlikely(ledger: &Ledger, statement: &Statement) -> Option<Diagnostic> {
    const YEARS: i64 = 15;
    let apart = statement.effect().duration_since(statement.published).as_hours() / (24 * 365);
    (apart.abs() > YEARS).then(|| {
        let zone =
            ledger.clock(ledger.act(statement.act.as_str()).map_or("", |act| act.issuer.as_str())).zone;
        Diagnostic::warning(
            "unlikely-date",
            format!("`{}` takes effect {} years from its publication", statement.act, apart.abs()),
        )
        .at(
            statement.place.clone(),
            format!(
                "published {}, takes effect {}",
                zone.show(statement.published),
                zone.show(statement.effect())
            ),
        )
        .help("check the year")
    })
}

fn window_made(statement: &Statement) -> Option<&WindowId> {
    match &statement.verb {
        Verb::Suspend { window, .. } => Some(window),
        _ => None,
    }
}

fn window_named(statement: &Statement) -> Option<&WindowId> {
    match &statement.verb {
        Verb::Resume { window, .. } | Verb::Extend { window, .. } => window.as_ref(),
        _ => None,
    }
}

/// A window is opened once; a second suspension needs a name of its own, or nobody could say which is extended.
fn twice(measure: &MeasureId, statements: &[Arc<Statement>], faults: &mut Faults) {
    for (at, second) in statements.iter().enumerate() {
        let Some(window) = window_made(second) else { continue };
        let Some(first) = statements[..at].iter().find(|first| window_made(first) == Some(window)) else {
            continue;
        };
        faults.push(
            Diagnostic::error(
                "duplicate-name",
                format!("two suspensions of `{measure}` are called `{window}`"),
            )
            .at(second.place.clone(), "the second")
            .at(first.place.clone(), "the first")
            .help("`extend` makes a window longer; another suspension takes another `window`"),
        );
    }
}

/// Points that stand still cannot be more than the duty states.
fn oversuspended(ledger: &Ledger, measure: &MeasureId, faults: &mut Faults) {
    if faults.iter().any(|fault| fault.code() == "duplicate-name") {
        return;
    }
    for version in ledger.versions(measure, Instant::MAX, View::Printed) {
        let Some(stated) = version.terms.duty.points() else { continue };
        let suspended: Points = version.suspended_points();
        if suspended > stated {
            let still = version.suspended.last().map(|still| &still.window);
            let statement = ledger.statements_on(measure).find(|s| window_made(s) == still);
            let Some(statement) = statement else { continue };
            faults.push(
                Diagnostic::error(
                    "more-suspended-than-stated",
                    format!("{suspended} points of `{measure}` stand still, which states {stated}"),
                )
                .at(statement.place.clone(), "this suspension")
                .help("suspend what is to return, and `change` the rate for what is ended for good"),
            );
            return;
        }
    }
}

/// Two all-goods duties of one programme on one origin at one time need a word on which holds.
///
/// Only programmes in which a measure is among those `touched` are looked at again.
pub(super) fn programmes(ledger: &Ledger, touched: &[MeasureId], faults: &mut Faults) {
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
