//! The two lines of the conflict, from the directions of a brief and the talks between.

use scenario::{Account, Lane, TimelineEvent};
use terms::Day;

use super::{Datum, Exhibit, shifted};
use crate::rounding::short;
use crate::sentence;
use crate::svg::steps::{Event, Level, StepLine, Steps, steps};
use crate::svg::{Form, Ink, Spread, shorten};

/// Days shown before the first duty and after the last day foreseen.
const MARGIN: i32 = 12;

/// The headline of both directions through time.
pub fn two_lines(account: &Account) -> Option<Exhibit> {
    let read = || account.directions.iter().filter(|direction| direction.unread.is_none());
    let levels = || read().flat_map(|d| &d.steps);
    let first = levels().filter(|s| s.headline_pp > 0.0).map(|s| s.from).min()?;
    let foreseen = levels().map(|s| s.from).max()?.max(account.on);
    let last = account.truce.as_ref().map_or(foreseen, |t| foreseen.max(t.until));
    let drawn_from = shifted(first, -MARGIN);
    let lines: Vec<StepLine> = read()
        .map(|direction| StepLine {
            name: sentence::direction(account, direction),
            levels: direction
                .steps
                .iter()
                .enumerate()
                .map(|(k, step)| Level {
                    // The quiet before the first duty reaches back to the edge of the figure.
                    from: if k == 0 && step.headline_pp == 0.0 {
                        step.from.min(drawn_from)
                    } else {
                        step.from
                    },
                    value: step.headline_pp,
                    ahead: step.scheduled,
                    words: format!(
                        "{} {}: {} %{}{}",
                        if step.scheduled { "foreseen for" } else { "from" },
                        sentence::date(step.from),
                        short(step.headline_pp),
                        if step.label.is_empty() { String::new() } else { format!(", {}", step.label) },
                        if step.act.is_empty() { String::new() } else { format!(" ({})", step.act) },
                    ),
                })
                .collect(),
            coverage: Vec::new(),
        })
        .collect();
    let events = events(account, first, last);
    let window = account.truce.as_ref().map(|t| (t.from, t.until, format!("{}-day truce", t.days)));
    let title = match (read().next(), lines.len()) {
        (Some(only), 1) => format!("{} through time", sentence::direction(account, only)),
        _ => "What each side charges on the other's goods".to_owned(),
    };
    let described: Vec<String> = read()
        .map(|d| {
            let steps: Vec<String> = d
                .steps
                .iter()
                .map(|s| format!("{} from {}", short(s.headline_pp), sentence::date(s.from)))
                .collect();
            format!("{}: {}.", sentence::direction(account, d), steps.join(", "))
        })
        .collect();
    let data = Steps {
        title: &title,
        description: &described.join(" "),
        first: drawn_from,
        last: shifted(last, MARGIN),
        today: account.on,
        lines: &lines,
        events: &events,
        window: window.as_ref().map(|(from, until, name)| (*from, *until, name.as_str())),
        spread: Spread::Linear,
        unit: "%",
    };
    let rows = read().flat_map(|d| {
        d.steps.iter().map(|s| {
            let words = [d.importer.to_string(), d.exporter.to_string(), s.from.to_string()];
            let mut row: Vec<Datum> = words.into_iter().map(Datum::Text).collect();
            row.push(Datum::Number(s.headline_pp, 1));
            row.extend([s.label.clone(), s.act.clone()].map(Datum::Text));
            row.push(Datum::Text(if s.scheduled { "foreseen" } else { "in force" }.into()));
            row
        })
    });
    Some(Exhibit {
        id: "duties".into(),
        note:
            "Headline add-on: duties on all goods of the other side, on top of ordinary duties and duties on \
               listed goods, per cent of value. Broken: what the texts foresee."
                .into(),
        wide: steps(&data, Form::wide("duties")),
        narrow: Some(steps(&data, Form::narrow("duties"))),
        key: events.iter().map(|e| (e.on.strftime("%-d %b %Y").to_string(), e.label.clone())).collect(),
        head: vec!["importer", "exporter", "from", "headline_pp", "what", "act", "state"],
        rows: rows.collect(),
        title,
    })
}

/// How far back a flag is worth its place if it moved no line.
const RECENT: i32 = 150;

/// Flags above the two lines: what moved them, and the talks between. Both sides' step of one day and one name
/// is one flag; older talks, and older steps that left the level where it was, have none.
fn events(account: &Account, first: Day, last: Day) -> Vec<Event> {
    let mut events: Vec<Event> = Vec::new();
    let recent = shifted(account.on, -RECENT);
    let read = account.directions.iter().filter(|direction| direction.unread.is_none());
    for (k, direction) in read.enumerate() {
        let mut level = 0.0;
        for step in &direction.steps {
            let moved = std::mem::replace(&mut level, step.headline_pp) != step.headline_pp;
            let shown = !step.label.is_empty() && (first..=last).contains(&step.from);
            if !shown || !(moved || step.from >= recent) {
                continue;
            }
            // What a lapse brings is called by what happens, not by the act that foresaw it.
            let lapses = step.scheduled && account.truce.as_ref().is_some_and(|t| t.until == step.from);
            let label = if lapses { "The truce ends".into() } else { step.label.clone() };
            match events.iter_mut().find(|e| e.on == step.from && e.label == label) {
                Some(same) => same.moved = None,
                None => events.push(Event {
                    on: step.from,
                    label,
                    words: format!("{}: {} ({})", sentence::date(step.from), step.label, step.act),
                    moved: Some(k),
                }),
            }
        }
    }
    let talks = account.timeline.iter().filter(|e| e.lane == Lane::Talks && (recent..=last).contains(&e.on));
    for talk in talks {
        let label = title_of(talk);
        if events.iter().all(|e| e.label != label) {
            events.push(Event {
                on: talk.on,
                label,
                words: format!("{}: {}", sentence::date(talk.on), talk.text),
                moved: None,
            });
        }
    }
    events.sort_by_key(|event| event.on);
    events
}

/// What a meeting or agreement is called: the beginning of its text.
fn title_of(event: &TimelineEvent) -> String {
    let title = event.text.split([':', ';']).next().unwrap_or_default().trim();
    shorten(title, TITLE, Ink::regular(12.5))
}

/// The longest title a flag carries, in units of the figure.
const TITLE: f64 = 205.0;
