//! Events: what an act does to measures that others made.

use diagnostic::Diagnostic;
use terms::{Instant, Points};

use super::Desk;
use super::goods::{goods, origin};
use super::measure::{base, duty, exceptions, points};
use super::table::{Table, Thing, Word};
use crate::model::{Clock, OnLapse, Patch, Verb};
use crate::{ActId, WindowId};

/// What is said, and the measures (or, for a stay, the acts) it is said of; names may end in `*`.
pub(super) struct RawEvent {
    pub(super) of: Vec<Word>,
    pub(super) said: Said,
    pub(super) note: Option<String>,
    pub(super) place: Word,
}

pub(super) enum Said {
    Verb(Verb),
    EndRule { from: Instant },
    Stay { from: Instant, until: Option<Instant> },
}

const VERBS: [&str; 13] = [
    "start",
    "change",
    "suspend",
    "resume",
    "extend",
    "expire",
    "terminate",
    "void",
    "postpone",
    "correct",
    "stay",
    "announce",
    "end_rule",
];

/// `[[event]]`.
pub(super) fn event(table: Table<'_>, desk: &Desk<'_>, clock: &Clock) -> Option<RawEvent> {
    let verbs: Vec<&str> = VERBS.into_iter().filter(|verb| table.has(verb)).collect();
    let [verb] = verbs[..] else {
        let (what, label) = if verbs.is_empty() {
            ("an event says nothing of any measure", "no verb among its keys")
        } else {
            ("an event says two things at once", "more than one verb among its keys")
        };
        table.page.fault(
            Diagnostic::error("event-without-verb", what)
                .at(table.place(), label)
                .help(format!("name the measure under one of {}", VERBS.join(", "))),
        );
        return None;
    };
    let of = table.words(verb);
    for word in &of {
        let thing = match verb {
            "stay" => Thing::Act,
            "end_rule" => Thing::Rule,
            _ => Thing::Measure,
        };
        table.uses(thing, word);
    }
    let at = of.first().cloned().unwrap_or(Word { text: verb.into(), place: table.place() });
    let said = match verb {
        "stay" => {
            let (from, until) = begun(&table, clock);
            Said::Stay { from, until }
        }
        "end_rule" => Said::EndRule { from: table.needed_moment("from", clock, "\"2025-06-04\"") },
        _ => Said::Verb(said(verb, &table, desk, clock, &at)),
    };
    let note = table.text("note");
    table.close();
    Some(RawEvent { of, said, note, place: at })
}

fn begun(table: &Table<'_>, clock: &Clock) -> (Instant, Option<Instant>) {
    let from = table.needed_moment("from", clock, "\"2025-05-14\"");
    let until = table.end(clock);
    table.ordered(Some(from), until, clock);
    (from, until)
}

fn said(verb: &str, table: &Table<'_>, desk: &Desk<'_>, clock: &Clock, of: &Word) -> Verb {
    match verb {
        "start" => {
            let (from, until) = begun(table, clock);
            Verb::Start { from, until }
        }
        "change" => {
            let (from, until) = begun(table, clock);
            Verb::Change { from, until, patch: Box::new(patch(table, desk, clock)) }
        }
        "suspend" => {
            let (from, until) = begun(table, clock);
            let window = table.text("window").unwrap_or_else(|| of.text.clone());
            let points = table.rate("points").and_then(|word| standing_points(table, &word));
            let on_lapse = on_lapse(table, until);
            Verb::Suspend { points, from, until, window: WindowId::new(window), on_lapse }
        }
        "resume" => Verb::Resume {
            window: table.text("window").map(WindowId::new),
            from: table.needed_moment("from", clock, "\"2025-08-12\""),
        },
        "extend" => {
            let until =
                table.end(clock).unwrap_or_else(|| table.needed_moment("until", clock, "\"2025-11-10\""));
            Verb::Extend { window: table.text("window").map(WindowId::new), until }
        }
        "expire" => Verb::Expire { from: table.needed_moment("from", clock, "\"2026-07-24\"") },
        "terminate" => Verb::Terminate {
            from: table.needed_moment("from", clock, "\"2026-02-24\""),
            still_printed: table.flag("still_printed"),
        },
        "void" => {
            let word = table.needed("from", "\"start\"");
            let from = if word.text == "start" { None } else { table.moment_of(&word, clock) };
            Verb::Void {
                from,
                collected_until: table.moment("collected_until", clock),
                still_printed: table.flag("still_printed"),
            }
        }
        "postpone" => Verb::Postpone {
            of: table.needed_moment("of", clock, "\"2026-01-01\""),
            to: table.moment("to", clock),
        },
        "correct" => {
            let act = table.needed("of", "\"eo-14257\"");
            table.uses(Thing::Act, &act);
            let (from, until) = table.interval(clock);
            Verb::Correct {
                of: ActId::new(act.text),
                at: table.moment("at", clock),
                from,
                until,
                patch: Box::new(patch(table, desk, clock)),
            }
        }
        _ => Verb::Announce,
    }
}

/// A window without a word on its lapse is a fault: nobody could say what returns.
fn on_lapse(table: &Table<'_>, until: Option<Instant>) -> OnLapse {
    let Some(word) = table.word("on_lapse") else {
        if until.is_some() {
            table.page.fault(
                Diagnostic::error("window-without-on-lapse", "a suspension ends on a day, and no word says what returns")
                    .at(table.place(), "no `on_lapse` here")
                    .help("add `on_lapse = \"return\"`, `\"return 30 %\"`, `\"nothing\"` or, where no text says, `\"ask\"`"),
            );
        }
        return OnLapse::Ask;
    };
    match word.text.as_str() {
        "return" => OnLapse::Return,
        "nothing" => OnLapse::Nothing,
        "ask" => OnLapse::Ask,
        other => match other.strip_prefix("return ") {
            Some(rate) => {
                let rate = Word { text: rate.into(), place: word.place.clone() };
                duty(table, &rate).map_or(OnLapse::Ask, OnLapse::ReturnAs)
            }
            None => {
                table.page.fault(
                    Diagnostic::error(
                        "unknown-word",
                        format!("`{other}` does not say what happens at the end"),
                    )
                    .at(word.place, "not a word known here")
                    .help("write `return`, `return 30 %`, `nothing` or `ask`"),
                );
                OnLapse::Ask
            }
        },
    }
}

fn standing_points(table: &Table<'_>, word: &Word) -> Option<Points> {
    let points = points(table, word)?;
    if points <= Points::ZERO {
        table.page.fault(
            Diagnostic::error("bad-rate", "a suspension of no points suspends nothing")
                .at(word.place.clone(), "not above zero")
                .help("write the points that stand still, such as `24 pp`, or leave `points` out for all"),
        );
        return None;
    }
    Some(points)
}

fn patch(table: &Table<'_>, desk: &Desk<'_>, clock: &Clock) -> Patch {
    Patch {
        duty: table.rate("rate").and_then(|word| duty(table, &word)),
        goods: goods(table, "goods", "not_goods"),
        more_goods: goods(table, "more_goods", "spare_goods"),
        origin: origin(table, desk, "origin", "not_origin"),
        base: base(table, desk),
        except: exceptions(table, "except", desk, clock),
        drop_except: table.texts("drop_except"),
        heading: table.text("heading"),
    }
}
