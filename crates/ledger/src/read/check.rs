//! What only shows when all texts are together: windows that do not exist, more suspended than stated, two
//! duties of one programme at once.

use diagnostic::{Diagnostic, Faults, help_nearest};
use terms::{Country, Instant, Points};

use super::link::is_duty;
use crate::model::{Measure, Statement, Verb};
use crate::{Ledger, MeasureId, Version, View, WindowId};

/// Every statement against the others on its measure.
pub(super) fn statements(ledger: &Ledger, faults: &mut Faults) {
    for (measure, statements) in &ledger.statements {
        let windows: Vec<&WindowId> = statements.iter().filter_map(|s| window_made(s)).collect();
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
        ledger.statements.keys().for_each(|measure| oversuspended(ledger, measure, faults));
    }
    for agreement in ledger.agreements() {
        for clause in &agreement.clauses {
            let known = |window: &WindowId| {
                ledger.statements.values().flatten().any(|s| window_made(s) == Some(window))
            };
            for window in clause.windows.iter().filter(|window| !known(window)) {
                let all = ledger.statements.values().flatten().filter_map(|s| window_made(s));
                faults.push(
                    Diagnostic::error(
                        "unknown-window",
                        format!("clause `{}` speaks of the window `{window}`, which no act opens", clause.id),
                    )
                    .help_if(help_nearest(window.as_str(), all.map(WindowId::as_str))),
                );
            }
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

/// Points that stand still cannot be more than the duty states.
fn oversuspended(ledger: &Ledger, measure: &MeasureId, faults: &mut Faults) {
    for version in ledger.versions(measure, Instant::MAX, View::Printed) {
        let Some(stated) = version.terms.duty.points() else { continue };
        let suspended: Points = version.suspended_points();
        if suspended > stated {
            let last = version.suspended.last().and_then(|still| still.acts.first());
            let statement = ledger.statements_on(measure).find(|s| Some(&s.act) == last);
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

/// An all-goods duty and the stretches over which it applies.
struct Across<'l> {
    measure: &'l Measure,
    versions: Vec<Version>,
}

/// Two all-goods duties of one programme on one origin at one time need a word on which holds.
pub(super) fn programmes(ledger: &Ledger, faults: &mut Faults) {
    let duties = ledger.measures().filter(|measure| is_duty(measure.kind));
    let across: Vec<Across<'_>> = duties
        .map(|measure| {
            let mut versions = ledger.versions(&measure.id, Instant::MAX, View::Collected);
            versions.retain(|version| version.terms.goods.all && version.applies());
            Across { measure, versions }
        })
        .filter(|duty| !duty.versions.is_empty())
        .collect();
    for (at, first) in across.iter().enumerate() {
        for second in &across[at + 1..] {
            let (a, b) = (first.measure, second.measure);
            if a.programme == b.programme && a.importer == b.importer {
                clash(ledger, first, second).into_iter().for_each(|fault| faults.push(fault));
            }
        }
    }
}

fn clash(ledger: &Ledger, first: &Across<'_>, second: &Across<'_>) -> Option<Diagnostic> {
    let (of_first, of_second) = (&first.versions, &second.versions);
    let (first, second) = (first.measure, second.measure);
    for a in of_first {
        for b in of_second {
            let Some(both) = a.during.meet(&b.during) else { continue };
            let settled = a.terms.in_lieu_of.contains(&second.id) || b.terms.in_lieu_of.contains(&first.id);
            if settled {
                continue;
            }
            let Some(origin) = shared_origin(ledger, a, b, both.from) else { continue };
            let place = ledger.statements_on(&second.id).next().map(|s| s.place.clone())?;
            let zone = ledger.clock(first.importer.as_str()).zone;
            return Some(
                Diagnostic::error(
                    "overlap-in-programme",
                    format!(
                        "`{}` and `{}` of the programme `{}` both reach {origin} from {}",
                        first.id,
                        second.id,
                        first.programme,
                        zone.show(both.from)
                    ),
                )
                .at(place, "the later of the two")
                .help(format!(
                    "say which holds: `in_lieu_of = [\"{}\"]`, or give one its own `programme`",
                    first.id
                )),
            );
        }
    }
    None
}

fn shared_origin<'l>(ledger: &'l Ledger, a: &Version, b: &Version, on: Instant) -> Option<&'l Country> {
    let areas = &ledger.areas;
    let reached = |version: &Version, country: &Country| areas.reaches(&version.terms.origin, country, on);
    areas.countries.keys().find(|country| reached(a, country) && reached(b, country))
}
