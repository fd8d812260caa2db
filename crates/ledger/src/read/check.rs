//! What only shows when all texts are together: windows that do not exist, more suspended than stated, circles.

use std::collections::BTreeSet;
use std::sync::Arc;

use diagnostic::{Diagnostic, Faults, help_nearest};
use terms::{Country, Instant, Points};

use super::table::Word;
use crate::model::{Statement, Verb};
use crate::{Ledger, MeasureId, View, WindowId};

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
        statements.iter().filter_map(|s| foreign(ledger, s)).for_each(|fault| faults.push(fault));
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

/// A rule speaks of classes by which some measure of its importer combines; of another it speaks in vain.
pub(super) fn classes(ledger: &Ledger, named: &[(Word, Country)], faults: &mut Faults) {
    for (word, importer) in named {
        let own = ledger.measures().filter(|measure| measure.importer == *importer);
        let known: BTreeSet<&str> = own.map(|measure| measure.combines.as_str()).collect();
        if !known.contains(word.text.as_str()) {
            let help = help_nearest(&word.text, known.iter().copied());
            faults.push(
                Diagnostic::warning(
                    "unknown-class",
                    format!("no measure of {importer} combines as `{}`", word.text),
                )
                .at(word.place.clone(), "this rule never fires on it")
                .help(help.unwrap_or_else(|| "a class is a measure's `combines`, or its `programme`".into())),
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

/// A government changes its own measures, or those of the union it belongs to; never another's.
fn foreign(ledger: &Ledger, statement: &Statement) -> Option<Diagnostic> {
    let act = ledger.act(statement.act.as_str())?;
    let importer = &ledger.measure(statement.measure.as_str())?.importer;
    let own = act.issuer == *importer || ledger.areas.holds(importer, &act.issuer, act.published);
    let makes = matches!(statement.verb, Verb::Make { .. });
    (!own && !makes).then(|| {
        Diagnostic::error(
            "foreign-measure",
            format!("`{}` is an act of {} and changes a measure of {importer}", act.id, act.issuer),
        )
        .at(statement.place.clone(), format!("a measure of {importer}"))
        .help("check the issuer, or the name of the measure; what one side does because of the other is an act of its own")
    })
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
