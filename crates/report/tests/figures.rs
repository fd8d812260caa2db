//! What every figure promises: it is XML, it says what it shows, nothing in it covers anything else, and the
//! same data give the same bytes.

#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test a panic is the message")]

mod sample;
mod sound;

use report::figures::exhibits;
use report::svg::bars::{Bar, Bars, bars};
use report::svg::gauge::{Gauge, gauge};
use report::svg::matrix::{Matrix, Square, matrix};
use report::svg::plane::{Curve, Plane, Spot, Tone, plane};
use report::svg::steps::{Event, Level, StepLine, Steps, steps};
use report::svg::{Figure, Form, Spread};
use scenario::Brief;
use sound::assert_sound;

fn figures(brief: &Brief) -> Vec<Figure> {
    exhibits(brief).into_iter().flat_map(|e| [Some(e.wide), e.narrow]).flatten().collect()
}

#[test]
fn every_figure_of_a_brief_is_sound() {
    let all = figures(&sample::june_2025());
    assert!(all.len() >= 11, "{}", all.len());
    all.iter().for_each(assert_sound);
    for brief in [sample::may_2025(), sample::march_2026()] {
        figures(&brief).iter().for_each(assert_sound);
    }
}

#[test]
fn a_brief_without_data_has_no_figures() {
    assert!(figures(&sample::bare()).is_empty());
}

#[test]
fn the_same_brief_gives_the_same_bytes() {
    let once: Vec<String> = figures(&sample::june_2025()).iter().map(Figure::inline).collect();
    let again: Vec<String> = figures(&sample::june_2025()).iter().map(Figure::inline).collect();
    assert_eq!(once, again);
}

#[test]
fn hostile_words_stay_words() {
    let mut brief = sample::june_2025();
    let hostile = "</title></svg><script>alert(1)</script>\" onload=\"x & 'y'";
    for event in &mut brief.account.timeline {
        event.label = hostile.into();
        event.text = hostile.into();
    }
    for step in brief.account.directions.iter_mut().flat_map(|d| &mut d.steps) {
        step.label = hostile.into();
    }
    brief.account.parties[0].name = hostile.into();
    for figure in figures(&brief) {
        let text = figure.standalone();
        assert!(!text.contains("<script"));
        roxmltree::Document::parse(&text).unwrap();
    }
}

fn points(figure: &Figure, class: &str) -> Vec<(f64, f64)> {
    let text = figure.inline();
    let document = roxmltree::Document::parse(&text).unwrap();
    let path =
        document.descendants().find(|n| n.tag_name().name() == "path" && n.attribute("class") == Some(class));
    let d = path.unwrap().attribute("d").unwrap();
    d.split(['M', 'L'])
        .filter(|part| !part.is_empty())
        .map(|part| {
            let (x, y) = part.split_once(' ').unwrap();
            (x.parse().unwrap(), y.parse().unwrap())
        })
        .collect()
}

#[test]
fn steps_go_forward_in_time_and_turn_only_at_right_angles() {
    let exhibit = report::figures::two_lines(&sample::june_2025().account).unwrap();
    for class in ["line first", "line second", "line first ahead", "line second ahead"] {
        let line = points(&exhibit.wide, class);
        assert!(line.len() >= 2);
        for pair in line.windows(2) {
            assert!(pair[1].0 >= pair[0].0, "{class} runs backwards");
            assert!(pair[1].0 == pair[0].0 || pair[1].1 == pair[0].1, "{class} slopes");
        }
    }
}

#[test]
fn what_is_foreseen_is_drawn_broken_and_what_happened_is_not() {
    let exhibit = report::figures::two_lines(&sample::june_2025().account).unwrap();
    let (solid, broken) = (points(&exhibit.wide, "line first"), points(&exhibit.wide, "line first ahead"));
    assert_eq!(solid.last(), broken.first());
    // 54 lies above 30, so its place is higher up.
    assert!(broken.last().unwrap().1 < broken.first().unwrap().1);
}

#[test]
fn ten_reads_beside_a_hundred_and_forty_five_on_either_axis() {
    let day = sample::day;
    let level = |from: &str, value: f64| Level { from: day(from), value, ahead: false, words: "w".into() };
    let line = |values: [f64; 3]| StepLine {
        name: "A on B".into(),
        levels: ["2025-01-01", "2025-04-10", "2025-05-14"]
            .iter()
            .zip(values)
            .map(|(d, v)| level(d, v))
            .collect(),
        coverage: vec![(day("2025-01-01"), 60.0), (day("2025-04-10"), 78.0)],
    };
    let event = Event { on: day("2025-04-10"), label: "a step".into(), words: "w".into(), moved: Some(0) };
    for spread in [Spread::Linear, Spread::Log { floor: 10.0 }] {
        let lines = [line([0.0, 145.0, 30.0]), line([0.0, 125.0, 10.0])];
        let data = Steps {
            title: "t",
            description: "d",
            first: day("2025-01-01"),
            last: day("2025-08-01"),
            today: day("2025-06-09"),
            lines: &lines,
            events: std::slice::from_ref(&event),
            window: Some((day("2025-05-14"), day("2025-08-12"), "90-day truce")),
            spread,
            unit: "%",
        };
        for form in [Form::wide("x"), Form::narrow("x")] {
            let figure = steps(&data, form);
            assert_sound(&figure);
            for wanted in ["145", "125", "30", "10"] {
                assert!(figure.labels().iter().any(|(text, _)| text == wanted), "{wanted} is not written");
            }
        }
    }
}

#[test]
fn bars_keep_names_apart_at_any_length() {
    let bar = |k: usize| Bar {
        name: "A very long name of a territory indeed ".repeat(1 + k % 2),
        value: (k as f64 - 5.0) * 0.0137,
        band: Some(((k as f64 - 7.0) * 0.0137, (k as f64 - 3.0) * 0.0137)),
        party: (k < 2).then_some(k),
        words: String::new(),
    };
    let all: Vec<Bar> = (0..12).map(bar).collect();
    let data = Bars { title: "t", description: "d", bars: &all, unit: "%" };
    [Form::wide("b"), Form::narrow("b")].into_iter().for_each(|form| assert_sound(&bars(&data, form)));
}

#[test]
fn matrices_of_two_to_five_moves_are_sound() {
    for k in 2..=5 {
        let moves: Vec<(String, String)> = (0..k).map(|m| (format!("Move {m}"), format!("{m}0 %"))).collect();
        let square = |r: usize, c: usize| Square {
            payoffs: [-0.1 * r as f64, 0.04 * c as f64],
            best: [r == 0, c == k - 1],
            words: "w".into(),
        };
        let squares: Vec<Vec<Square>> = (0..k).map(|r| (0..k).map(|c| square(r, c)).collect()).collect();
        let data = Matrix {
            title: "t",
            description: "d",
            players: ["Home", "Abroad"],
            rows: &moves,
            columns: &moves,
            squares: &squares,
            today: Some((1, 1)),
            equilibria: &[(0, k - 1)],
        };
        [Form::wide("m"), Form::narrow("m")].into_iter().for_each(|form| assert_sound(&matrix(&data, form)));
    }
}

#[test]
fn a_gauge_marks_the_day_a_side_turns() {
    let brief = sample::june_2025();
    let of = brief.self_enforcement.as_ref().unwrap();
    let days: Vec<_> = of.by_day.iter().map(|d| (d.day, d.slack_pct)).collect();
    let data = Gauge {
        title: "t",
        description: "d",
        sides: ["Home", "Abroad"],
        days: &days,
        today: brief.account.on,
        unit: "%",
    };
    let figure = gauge(&data, Form::wide("g"));
    assert_sound(&figure);
    assert!(figure.labels().iter().any(|(text, _)| text.starts_with("turns on")));
    let empty = Gauge { days: &[], ..data };
    assert_sound(&gauge(&empty, Form::narrow("g")));
}

#[test]
fn a_frontier_with_crowded_points_is_sound() {
    let curve = |name: &str, tone, broken, sign: f64| Curve {
        name: name.into(),
        tone,
        broken,
        points: (0..40).map(|k| (f64::from(k) * 0.01, sign * 0.4 - f64::from(k * k) * 0.0002)).collect(),
    };
    let spot = |label: &str, at| Spot {
        label: label.into(),
        words: "w".into(),
        tone: Tone::Neutral,
        open: false,
        at,
    };
    let curves =
        [curve("efficient frontier", Tone::Neutral, false, 1.0), curve("best reply", Tone::First, true, 0.8)];
    let spots = [
        spot("today", (0.1, 0.2)),
        spot("Nash bargain", (0.11, 0.21)),
        spot("war", (0.1, 0.19)),
        spot("lapse", (0.3, 0.0)),
    ];
    let data = Plane {
        title: "t",
        description: "d",
        axes: ["first, %", "second, %"],
        curves: &curves,
        spots: &spots,
    };
    [Form::wide("p"), Form::narrow("p")].into_iter().for_each(|form| assert_sound(&plane(&data, form)));
}
