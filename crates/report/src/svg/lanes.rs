//! Swim lanes through time: acts, threats, talks, claims, controls, each mark with its words beside it.

use terms::Day;

use super::figure::{Figure, Form};
use super::measure::{Ink, shorten, text_width};
use super::place::rows;
use super::scale::TimeScale;
use super::steps::day_words;
use super::write::{Anchor, Frame, Pen};

/// One mark.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// Its lane, by place in [`Lanes::names`].
    pub lane: usize,
    /// The day.
    pub on: Day,
    /// The party that acted (0 or 1), or both.
    pub party: Option<usize>,
    /// Set in bold.
    pub strong: bool,
    /// A few words; cut where they grow too long.
    pub label: String,
    /// A sentence.
    pub words: String,
}

/// The data of the figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Lanes<'a> {
    /// What the figure is called.
    pub title: &'a str,
    /// What it shows, in words.
    pub description: &'a str,
    /// The lanes, from the top.
    pub names: &'a [&'a str],
    /// The first day drawn.
    pub first: Day,
    /// The last day drawn.
    pub last: Day,
    /// The day asked about.
    pub today: Day,
    /// Marks in order of time; those outside the days drawn are left out.
    pub marks: &'a [Mark],
}

const SIZE: f64 = 12.5;
const STEP: f64 = 17.5;
const DOT: f64 = 4.5;
const LONGEST: f64 = 262.0;

/// Draws the lanes. Rows are opened in a lane as its labels need them; an empty lane keeps one.
pub fn lanes(data: &Lanes<'_>, form: Form<'_>) -> Figure {
    let (left, right) = (96.0, form.width.units() - 8.0);
    let time = TimeScale::new((data.first, data.last), (left + 8.0, right - 8.0));
    let ink = Ink::regular(SIZE);
    let mut pen = Pen::new();
    let mut y = 26.0;
    let mut bands = Vec::new();
    for (lane, name) in data.names.iter().enumerate() {
        let marks: Vec<&Mark> =
            data.marks.iter().filter(|mark| mark.lane == lane && time.holds(mark.on)).collect();
        let placed: Vec<(String, f64, bool)> = marks
            .iter()
            .map(|mark| {
                let ink = Ink { bold: mark.strong, ..ink };
                let label = shorten(&mark.label, LONGEST, ink);
                let x = time.at(mark.on);
                let leftward = x + DOT + 4.0 + text_width(&label, ink) > right;
                (label, x, leftward)
            })
            .collect();
        let spans: Vec<(f64, f64)> = placed
            .iter()
            .zip(&marks)
            .map(|((label, x, leftward), mark)| {
                let reach = DOT + 4.0 + text_width(label, Ink { bold: mark.strong, ..ink });
                if *leftward { (x - reach, x + DOT) } else { (x - DOT, x + reach) }
            })
            .collect();
        let places = rows(&spans, 8.0);
        let height = (places.iter().max().map_or(1, |row| row + 1)) as f64 * STEP + 10.0;
        bands.push((lane, *name, y, height, marks, placed, places));
        y += height;
    }
    for (lane, name, top, height, ..) in &bands {
        if lane % 2 == 0 {
            pen.rect("wash", Frame { x: 0.0, y: *top, w: form.width.units(), h: *height }, 0.0);
        }
        pen.text("", name, (8.0, top + 18.0), Anchor::Start, Ink::bold(SIZE));
    }
    axis(&mut pen, data, &time, ink, y);
    for (lane, _, top, _, marks, placed, places) in &bands {
        pen.group(&[("class", if lane % 2 == 0 { "on-wash" } else { "on-paper" })]);
        for ((mark, (label, x, leftward)), row) in marks.iter().zip(placed).zip(places) {
            let middle = top + 5.0 + STEP * (*row as f64 + 0.5);
            let party = ["first", "second"].get(mark.party.unwrap_or(2)).copied().unwrap_or("");
            let ahead = mark.on > data.today;
            pen.mark("event", &mark.words);
            let (open, closed) = (format!("open {}", if party.is_empty() { "both" } else { party }), party);
            pen.circle(if ahead { &open } else { closed }, (*x, middle), DOT);
            let (at, anchor) = match leftward {
                true => (x - DOT - 4.0, Anchor::End),
                false => (x + DOT + 4.0, Anchor::Start),
            };
            pen.text(party, label, (at, middle + 4.2), anchor, Ink { bold: mark.strong, ..ink });
            pen.close();
        }
        pen.close();
    }
    Figure::of(pen, form, y + 8.0, data.title, data.description)
}

fn axis(pen: &mut Pen, data: &Lanes<'_>, time: &TimeScale, ink: Ink, bottom: f64) {
    if time.holds(data.today) {
        let x = time.at(data.today);
        pen.line("today", (x, 20.0), (x, bottom));
        let words = day_words(data.today);
        let half = text_width(&words, Ink::bold(SIZE)) / 2.0;
        let at = x.min(1080.0 - half - 4.0);
        pen.text("", &words, (at, 13.0), Anchor::Middle, Ink::bold(SIZE));
    }
    let mut named = None;
    for month in time.months(14) {
        let x = time.at(month);
        pen.line("grid", (x, 20.0), (x, bottom));
        let text = month.strftime(if named == Some(month.year()) { "%b" } else { "%b %Y" }).to_string();
        if pen.is_free(Frame::of_text(&text, x, 13.0, Anchor::Middle, ink), 5.0) {
            named = Some(month.year());
            pen.text("muted", &text, (x, 13.0), Anchor::Middle, ink);
        }
    }
}
