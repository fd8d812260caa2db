//! Acts, threats, controls, talks and claims in lanes.

use scenario::{Account, Lane, TimelineEvent};

use super::{Datum, Exhibit, party_of, shifted};
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

/// The events near enough to the day to be drawn: about half a year before it and a hundred days after.
pub fn recent(account: &Account) -> Vec<&TimelineEvent> {
    let near = shifted(account.on, -190)..=shifted(account.on, 100);
    account.timeline.iter().filter(|event| near.contains(&event.on)).collect()
}

/// Recent acts, threats, controls, talks and claims in lanes; the table behind the figure holds all of them.
pub fn timeline(account: &Account) -> Option<Exhibit> {
    let shown = recent(account);
    let (first, last) = (shown.iter().map(|e| e.on).min()?, shown.iter().map(|e| e.on).max()?);
    let marks: Vec<Mark> = shown
        .iter()
        .map(|event| Mark {
            lane: LANES.iter().position(|(lane, _)| *lane == event.lane).unwrap_or(0),
            on: event.on,
            party: party_of(account, &event.who),
            label: event.label.clone(),
            words: format!(
                "{}: {} ({})",
                sentence::date(event.on),
                event.text,
                sentence::adjectives(account, &event.who)
            ),
        })
        .collect();
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
        names: &LANES.map(|(_, name)| name),
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
        note: "The day in force, or the day it happened. Rings lie ahead.".into(),
        wide: lanes(&data, Form { id: "timeline", width: Width::Full }),
        narrow: None,
        key: Vec::new(),
        head: vec!["on", "published", "lane", "who", "label", "text", "citation", "confidence"],
        rows: rows.collect(),
        title,
    })
}
