//! The figures of a brief: which data go into which drawing, on a wide screen and on a phone, with the
//! numbers behind each as a table.

use scenario::{Brief, Cost, Lane, TimelineEvent};
use terms::Day;

use crate::data::csv_line;
use crate::rounding::{change_pct, fixed, short, signed};
use crate::sentence;
use crate::svg::bars::{Bar, Bars, bars};
use crate::svg::gauge::{Gauge, gauge};
use crate::svg::lanes::{Lanes, Mark, lanes};
use crate::svg::matrix::{Matrix, Square, matrix};
use crate::svg::steps::{Event, Level, StepLine, Steps, steps};
use crate::svg::{Figure, Form, Spread, Width};

/// A figure with everything a page needs around it.
#[derive(Debug, Clone, PartialEq)]
pub struct Exhibit {
    /// Its name in addresses and file names.
    pub id: String,
    /// What it shows, as a headline.
    pub title: String,
    /// Unit and definition, in a line.
    pub note: String,
    /// For a screen of ordinary width.
    pub wide: Figure,
    /// For a phone, where the wide one would be too small; none where a list does better.
    pub narrow: Option<Figure>,
    /// What the numbers in the narrow figure stand for, in order: a day and a few words.
    pub key: Vec<(String, String)>,
    /// Names of the columns of [`Exhibit::rows`].
    pub head: Vec<&'static str>,
    /// The numbers behind the figure.
    pub rows: Vec<Vec<Datum>>,
}

/// A cell of the table behind a figure.
#[derive(Debug, Clone, PartialEq)]
pub enum Datum {
    /// Words, codes, days.
    Text(String),
    /// A number, and the digits after the point that a reader is shown.
    Number(f64, usize),
}

impl Datum {
    /// As a reader is shown it.
    pub fn shown(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(value, places) => fixed(*value, *places),
        }
    }

    /// With all its digits.
    pub fn exact(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(value, _) => value.to_string(),
        }
    }

    /// Whether it is a number, which tables set on the right.
    pub const fn is_number(&self) -> bool {
        matches!(self, Self::Number(..))
    }
}

impl Exhibit {
    /// The numbers as CSV, unrounded.
    pub fn csv(&self) -> String {
        let rows = self.rows.iter().map(|row| csv_line(&row.iter().map(Datum::exact).collect::<Vec<_>>()));
        csv_line(&self.head) + &rows.collect::<String>()
    }
}

/// Every figure that the brief has data for, in the order of the page.
pub fn exhibits(brief: &Brief) -> Vec<Exhibit> {
    let mut all: Vec<Exhibit> = two_lines(brief).into_iter().collect();
    all.extend(countries(brief));
    all.extend(payoffs(brief));
    all.extend(slack(brief));
    all.extend(timeline(brief));
    all
}

/// Days shown before the first duty and after the last day foreseen.
const MARGIN: i32 = 12;

fn shifted(day: Day, by: i32) -> Day {
    day.checked_add(jiff::Span::new().days(by)).unwrap_or(day)
}

/// The headline of both directions through time.
pub fn two_lines(brief: &Brief) -> Option<Exhibit> {
    let levels = || brief.directions.iter().flat_map(|d| &d.steps);
    let first = levels().filter(|s| s.headline_pp > 0.0).map(|s| s.from).min()?;
    let foreseen = levels().map(|s| s.from).max()?.max(brief.on);
    let last = brief.truce.as_ref().map_or(foreseen, |t| foreseen.max(t.until));
    let lines: Vec<StepLine> = brief
        .directions
        .iter()
        .map(|direction| StepLine {
            name: sentence::direction(brief, direction),
            levels: direction
                .steps
                .iter()
                .map(|step| Level {
                    from: step.from,
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
    let events = events(brief, first, last);
    let window = brief.truce.as_ref().map(|t| (t.from, t.until, format!("{}-day truce", t.days)));
    let title = "What each side charges on the other's goods".to_owned();
    let described: Vec<String> = brief
        .directions
        .iter()
        .map(|d| {
            let steps: Vec<String> = d
                .steps
                .iter()
                .map(|s| format!("{} from {}", short(s.headline_pp), sentence::date(s.from)))
                .collect();
            format!("{}: {}.", sentence::direction(brief, d), steps.join(", "))
        })
        .collect();
    let data = Steps {
        title: &title,
        description: &described.join(" "),
        first: shifted(first, -MARGIN),
        last: shifted(last, MARGIN),
        today: brief.on,
        lines: &lines,
        events: &events,
        window: window.as_ref().map(|(from, until, name)| (*from, *until, name.as_str())),
        spread: Spread::Linear,
        unit: "%",
    };
    let rows = brief.directions.iter().flat_map(|d| {
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

/// Flags above the two lines: what moved them, and the talks between. Both sides' step of one day and one name
/// is one flag.
fn events(brief: &Brief, first: Day, last: Day) -> Vec<Event> {
    let mut events: Vec<Event> = Vec::new();
    for (k, direction) in brief.directions.iter().enumerate() {
        for step in direction.steps.iter().filter(|s| !s.label.is_empty() && (first..=last).contains(&s.from))
        {
            match events.iter_mut().find(|e| e.on == step.from && e.label == step.label) {
                Some(same) => same.moved = None,
                None => events.push(Event {
                    on: step.from,
                    label: step.label.clone(),
                    words: format!("{}: {} ({})", sentence::date(step.from), step.label, step.act),
                    moved: Some(k),
                }),
            }
        }
    }
    let talks = brief.timeline.iter().filter(|e| e.lane == Lane::Talks && (first..=last).contains(&e.on));
    for talk in talks {
        if events.iter().all(|e| e.label != talk.label) {
            events.push(Event {
                on: talk.on,
                label: talk.label.clone(),
                words: format!("{}: {}", sentence::date(talk.on), talk.text),
                moved: None,
            });
        }
    }
    events.sort_by(|a, b| a.on.cmp(&b.on));
    events
}

/// Real income by country, one exhibit for each pair of policies.
pub fn countries(brief: &Brief) -> Vec<Exhibit> {
    brief.costs.iter().filter(|cost| !cost.countries.is_empty()).map(|cost| of_cost(brief, cost)).collect()
}

fn of_cost(brief: &Brief, cost: &Cost) -> Exhibit {
    let mut rows: Vec<_> = cost.countries.iter().collect();
    rows.sort_by(|a, b| a.real_income_pct.total_cmp(&b.real_income_pct));
    let all: Vec<Bar> = rows
        .iter()
        .map(|row| Bar {
            name: row.name.clone(),
            value: row.real_income_pct,
            band: (row.low_pct < row.high_pct).then_some((row.low_pct, row.high_pct)),
            party: brief.parties.iter().position(|p| p.code == row.country),
            words: format!(
                "{}: real income {} (between {} and {}), wages {}, imports {}, exports {}",
                row.name,
                change_pct(row.real_income_pct),
                signed(row.low_pct, 2),
                signed(row.high_pct, 2),
                change_pct(row.real_wage_pct),
                change_pct(row.imports_pct),
                change_pct(row.exports_pct)
            ),
        })
        .collect();
    let [a, b] = cost.headlines_pp;
    let title = format!("Who pays {}", sentence::rates_of(cost));
    let description = sentence::cost(brief, cost).join(" ");
    let data = Bars {
        title: &title,
        description: &description,
        bars: &all,
        unit: "real income, %, against no such duties",
    };
    let id = format!("countries-{}", cost.key);
    Exhibit {
        note: format!(
            "Change of real income, per cent, with duties of {} and {} % against the same world without them. \
             Thin lines: lowest and highest over the elasticity sets.",
            short(a),
            short(b)
        ),
        wide: bars(&data, Form::wide(&id)),
        narrow: Some(bars(&data, Form::narrow(&id))),
        key: Vec::new(),
        head: vec![
            "country",
            "name",
            "real_income_pct",
            "low_pct",
            "high_pct",
            "real_income_usd_mn",
            "real_wage_pct",
            "revenue_usd_mn",
            "imports_pct",
            "exports_pct",
        ],
        rows: rows
            .iter()
            .map(|row| {
                let numbers = [
                    (row.real_income_pct, 3),
                    (row.low_pct, 3),
                    (row.high_pct, 3),
                    (row.real_income_usd_mn, 0),
                    (row.real_wage_pct, 3),
                    (row.revenue_usd_mn, 0),
                    (row.imports_pct, 2),
                    (row.exports_pct, 2),
                ];
                let words = [row.country.to_string(), row.name.clone()].map(Datum::Text);
                words.into_iter().chain(numbers.map(|(v, places)| Datum::Number(v, places))).collect()
            })
            .collect(),
        title,
        id,
    }
}

/// The payoff matrix.
pub fn payoffs(brief: &Brief) -> Option<Exhibit> {
    let of = &brief.payoffs;
    if of.cells.is_empty() {
        return None;
    }
    let [a, b] = &brief.parties;
    let move_of = |p: &scenario::Package| (p.name.clone(), format!("{} %", short(p.headline_pp)));
    let (rows, columns): (Vec<_>, Vec<_>) =
        (of.rows.iter().map(move_of).collect(), of.columns.iter().map(move_of).collect());
    let words = |r: usize, c: usize, cell: &scenario::Cell| {
        let best: Vec<String> = (0..2)
            .filter(|k| cell.best_reply[*k])
            .map(|k| sentence::in_sentence(&brief.parties[k].name))
            .collect();
        let best = if best.is_empty() {
            String::new()
        } else {
            format!("; best reply of {}", sentence::list(&best))
        };
        let name = |all: &[(String, String)], k: usize| {
            all.get(k).map_or_else(String::new, |m| format!("{} ({})", m.0, m.1))
        };
        let [own, other] = cell.real_income_pct;
        format!(
            "{}: {}; {}: {}. {} {}, {} {}{best}",
            a.name,
            name(&rows, r),
            b.name,
            name(&columns, c),
            a.name,
            change_pct(own),
            b.name,
            change_pct(other)
        )
    };
    let squares: Vec<Vec<Square>> = of
        .cells
        .iter()
        .enumerate()
        .map(|(r, row)| {
            let square = |(c, cell): (usize, &scenario::Cell)| Square {
                payoffs: cell.real_income_pct,
                best: cell.best_reply,
                words: words(r, c, cell),
            };
            row.iter().enumerate().map(square).collect()
        })
        .collect();
    let title = "What each pair of policies is worth to both".to_owned();
    let description = sentence::payoffs(brief, of).join(" ");
    let data = Matrix {
        title: &title,
        description: &description,
        players: [&a.name, &b.name],
        rows: &rows,
        columns: &columns,
        squares: &squares,
        today: of.today,
        equilibria: &of.equilibria,
    };
    let table = of.cells.iter().enumerate().flat_map(|(r, row)| {
        let (rows, columns) = (&of.rows, &of.columns);
        row.iter().enumerate().map(move |(c, cell)| {
            let key = |all: &[scenario::Package], k: usize| {
                Datum::Text(all.get(k).map_or_else(String::new, |p| p.key.clone()))
            };
            let [own, other] = cell.real_income_pct;
            let best = cell.best_reply.map(|best| Datum::Text(if best { "yes" } else { "no" }.into()));
            [key(rows, r), key(columns, c), Datum::Number(own, 3), Datum::Number(other, 3)]
                .into_iter()
                .chain(best)
                .collect()
        })
    });
    Some(Exhibit {
        id: "payoffs".into(),
        note: format!(
            "Real income, per cent, against no duties of the conflict. Below the diagonal of a cell {}, above it {}. \
             Underlined: the best reply to the other's policy. Framed: neither gains by moving alone.",
            sentence::in_sentence(&a.name),
            sentence::in_sentence(&b.name)
        ),
        wide: matrix(&data, Form::wide("payoffs")),
        narrow: Some(matrix(&data, Form::narrow("payoffs"))),
        key: Vec::new(),
        head: vec![
            "row_policy",
            "column_policy",
            "row_pct",
            "column_pct",
            "row_best_reply",
            "column_best_reply",
        ],
        rows: table.collect(),
        title,
    })
}

/// The slack of the truce by day.
pub fn slack(brief: &Brief) -> Option<Exhibit> {
    let of = brief.self_enforcement.as_ref().filter(|of| !of.by_day.is_empty())?;
    let [a, b] = &brief.parties;
    let days: Vec<(Day, [f64; 2])> = of.by_day.iter().map(|d| (d.day, d.slack_pct)).collect();
    let title = "Whether each side would rather wait, day by day".to_owned();
    let description = sentence::self_enforcement(brief, of).join(" ");
    let data = Gauge {
        title: &title,
        description: &description,
        sides: [&a.name, &b.name],
        days: &days,
        today: brief.on,
        unit: "% of a month's real income",
    };
    let rows = days
        .iter()
        .map(|(day, s)| vec![Datum::Text(day.to_string()), Datum::Number(s[0], 4), Datum::Number(s[1], 4)]);
    Some(Exhibit {
        id: "slack".into(),
        note: format!(
            "Loss from what follows a breach ({}) less gain from breaking, per cent of a month's real income. \
             Above zero a side would rather keep the truce.",
            of.punishment
        ),
        wide: gauge(&data, Form::wide("slack")),
        narrow: Some(gauge(&data, Form::narrow("slack"))),
        key: Vec::new(),
        head: vec!["day", "first_slack_pct", "second_slack_pct"],
        rows: rows.collect(),
        title,
    })
}

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

/// The party that acted: 0, 1, or none where both did or another.
pub fn party_of(brief: &Brief, who: &str) -> Option<usize> {
    brief.parties.iter().position(|p| p.code == *who)
}

/// The events near enough to the day to be drawn: about half a year before it and a hundred days after.
pub fn recent(brief: &Brief) -> Vec<&TimelineEvent> {
    let near = shifted(brief.on, -190)..=shifted(brief.on, 100);
    brief.timeline.iter().filter(|event| near.contains(&event.on)).collect()
}

/// Recent acts, threats, controls, talks and claims in lanes; the table behind the figure holds all of them.
pub fn timeline(brief: &Brief) -> Option<Exhibit> {
    let shown = recent(brief);
    let (first, last) = (shown.iter().map(|e| e.on).min()?, shown.iter().map(|e| e.on).max()?);
    let marks: Vec<Mark> = shown
        .iter()
        .map(|event| Mark {
            lane: LANES.iter().position(|(lane, _)| *lane == event.lane).unwrap_or(0),
            on: event.on,
            party: party_of(brief, &event.who),
            label: event.label.clone(),
            words: format!(
                "{}: {} ({})",
                sentence::date(event.on),
                event.text,
                sentence::adjectives(brief, &event.who)
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
        first: shifted(first.min(brief.on), -5),
        last: shifted(last.max(brief.on), 5),
        today: brief.on,
        marks: &marks,
    };
    let rows = brief.timeline.iter().map(|e| {
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
