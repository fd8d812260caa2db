//! Acts, threats, controls, talks and claims in lanes.

use scenario::{Account, Lane, TimelineEvent};

use super::{Datum, Exhibit, party_of, shifted};
use crate::rounding::short;
use crate::sentence;
use crate::svg::lanes::{Lanes, Mark, lanes};
use crate::svg::{Form, Width};

const LANES: [(Lane, &str); 5] = [
    (Lane::Acts, "Duties"),
    (Lane::Threats, "Threats"),
    (Lane::Controls, "Controls"),
    (Lane::Talks, "Talks"),
    (Lane::Claims, "Claims"),
];

/// The lane's name on the page.
pub fn lane_name(lane: Lane) -> &'static str {
    LANES.iter().find(|(l, _)| *l == lane).map_or("", |(_, name)| name)
}

/// Days drawn before and after the day asked about.
const BEHIND: i32 = 190;
const AHEAD: i32 = 100;

/// The events near enough to the day to be drawn: about half a year before it and a hundred days after.
pub fn recent(account: &Account) -> Vec<&TimelineEvent> {
    let near = shifted(account.on, -BEHIND)..=shifted(account.on, AHEAD);
    account.timeline.iter().filter(|event| near.contains(&event.on)).collect()
}

/// What stands beside a mark: who says it for a claim; for the rest what it does, up to the first pause.
fn beside(event: &TimelineEvent) -> String {
    if event.lane == Lane::Claims && event.label != event.text {
        return format!("{}: {}", event.label, event.text);
    }
    let pause = event.text.find([',', ';', ':']).unwrap_or(event.text.len());
    let cut = if pause < SHORTEST { event.text.as_str() } else { &event.text[..pause] };
    cut.to_owned()
}

/// The least that a few words may be cut to, in letters.
const SHORTEST: usize = 16;

/// Recent acts, threats, controls, talks and claims in lanes, and what a lapse would bring; the table behind
/// the figure holds all events of the record.
pub fn timeline(account: &Account) -> Option<Exhibit> {
    let shown = recent(account);
    let (first, last) = (shown.iter().map(|e| e.on).min()?, shown.iter().map(|e| e.on).max()?);
    let used: Vec<(Lane, &str)> =
        LANES.into_iter().filter(|(lane, _)| shown.iter().any(|event| event.lane == *lane)).collect();
    let place = |lane: Lane| used.iter().position(|(l, _)| *l == lane).unwrap_or(0);
    let moved_a_headline = |event: &TimelineEvent| {
        let mut steps = account.directions.iter().flat_map(|d| &d.steps);
        event.lane == Lane::Acts && steps.any(|step| !step.label.is_empty() && step.label == event.label)
    };
    let mut marks: Vec<Mark> = shown
        .iter()
        .map(|event| {
            let who = sentence::adjectives(account, &event.who);
            let act = if event.label == event.text { String::new() } else { format!(", {}", event.label) };
            Mark {
                lane: place(event.lane),
                on: event.on,
                party: party_of(account, &event.who),
                strong: moved_a_headline(event),
                label: beside(event),
                words: format!("{}, {who}{act}: {}", sentence::date(event.on), event.text),
            }
        })
        .collect();
    let lapse = account.truce.iter().flat_map(|truce| truce.returns.iter().map(|back| (truce.until, back)));
    marks.extend(lapse.filter(|(until, _)| *until <= shifted(account.on, AHEAD)).map(|(until, back)| Mark {
        lane: place(Lane::Acts),
        on: until,
        party: party_of(account, back.importer.as_str()),
        strong: true,
        label: format!("{} points return, or not", short(back.returns_pp)),
        words: format!(
            "{}: {} points return on the {} side unless the suspension is prolonged",
            sentence::date(until),
            short(back.returns_pp),
            sentence::adjective_of(account, &back.importer)
        ),
    }));
    marks.sort_by_key(|mark| mark.on);
    let last = marks.last().map_or(last, |mark| mark.on.max(last));
    let title = "Duties, controls, talks and claims".to_owned();
    let description = format!(
        "{} events from {} to {}, listed in the table below the figure.",
        shown.len(),
        sentence::date(first),
        sentence::date(last)
    );
    let data = Lanes {
        title: &title,
        description: &description,
        names: &used.iter().map(|(_, name)| *name).collect::<Vec<_>>(),
        first: shifted(first.min(account.on), -5),
        last: shifted(last.max(account.on), 5),
        today: account.on,
        marks: &marks,
    };
    let rows = account.timeline.iter().map(|e| {
        [
            e.on.to_string(),
            e.published.to_string(),
            lane_name(e.lane).to_lowercase(),
            e.who.clone(),
            e.label.clone(),
            e.text.clone(),
            e.citation.clone(),
            e.confidence.to_string(),
        ]
        .map(Datum::Text)
        .to_vec()
    });
    Some(Exhibit {
        id: "timeline".into(),
        note: "Bold: what moved a headline rate. Rings lie ahead.".into(),
        wide: lanes(&data, Form { id: "timeline", width: Width::Full }),
        narrow: None,
        key: Vec::new(),
        head: vec!["on", "published", "lane", "who", "label", "text", "citation", "confidence"],
        rows: rows.collect(),
        title,
    })
}
