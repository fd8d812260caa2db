//! Dots on rows: one quantity, or today's beside a chosen one, name by name.

use super::figure::{Figure, Form, Width};
use super::measure::{Ink, shorten, text_width};
use super::plane::Tone;
use super::scale::{Scale, round_span, tick_digits};
use super::write::{Anchor, Frame, Pen};
use crate::rounding::fixed;

/// A dot.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dot {
    /// Where on the axis.
    pub at: f64,
    /// Colour.
    pub tone: Tone,
    /// Drawn as a ring.
    pub open: bool,
}

/// A row of them.
#[derive(Debug, Clone, PartialEq)]
pub struct DotRow {
    /// Whose.
    pub name: String,
    /// The dots; the later ones lie on top.
    pub dots: Vec<Dot>,
    /// A number at the end of the row.
    pub value: String,
    /// What a reader who points at it is told.
    pub words: String,
}

/// The data of the figure; rows are drawn in the order given.
#[derive(Debug, Clone, PartialEq)]
pub struct Dots<'a> {
    /// What the figure is called.
    pub title: &'a str,
    /// What it shows, in words.
    pub description: &'a str,
    /// The unit, above the axis.
    pub unit: &'a str,
    /// What kinds of dots stand for; where they lie does not matter.
    pub key: &'a [(&'a str, Dot)],
    /// The rows.
    pub rows: &'a [DotRow],
    /// A place on the axis that is marked through all rows.
    pub mark: Option<f64>,
}

/// Draws the rows; the dots of a row hang on a thin line.
pub fn dots(data: &Dots<'_>, form: Form<'_>) -> Figure {
    let phone = form.width == Width::Narrow;
    let (names, values, step, size) =
        if phone { (100.0, 58.0, 19.0, 12.0) } else { (150.0, 74.0, 19.0, 12.5) };
    let (left, right) = (names + 12.0, form.width.units() - values - 10.0);
    let ink = Ink::regular(size);
    let mut pen = Pen::new();
    let mut y = 12.0;
    let mut x = 8.0;
    for (name, dot) in data.key {
        let room = text_width(name, ink) + 34.0;
        if x > 8.0 && x + room > form.width.units() {
            (x, y) = (8.0, y + size + 5.0);
        }
        draw(&mut pen, *dot, (x, y - 4.0));
        pen.text("", name, (x + 10.0, y), Anchor::Start, ink);
        x += room;
    }
    if !data.key.is_empty() {
        y += size + 9.0;
    }
    pen.text("muted", data.unit, (0.0, y), Anchor::Start, ink);
    let top = y + 28.0;
    let bottom = top + step * data.rows.len() as f64 + 2.0;
    let all = data.rows.iter().flat_map(|row| row.dots.iter().map(|dot| dot.at)).chain(data.mark);
    let scale = Scale::linear(round_span(all), (left, right));
    let ticks = scale.ticks(if phone { 4 } else { 7 });
    let places = tick_digits(&ticks);
    for value in &ticks {
        let x = scale.at(*value);
        pen.line("grid", (x, top - 4.0), (x, bottom));
        pen.text("muted", &fixed(*value, places), (x, top - 9.0), Anchor::Middle, ink);
    }
    if let Some(mark) = data.mark {
        let x = scale.at(mark);
        pen.line("zero", (x, top - 4.0), (x, bottom));
    }
    for (k, row) in data.rows.iter().enumerate() {
        let y = top + step * k as f64;
        let middle = y + step / 2.0 + 1.0;
        pen.mark("row", &row.words);
        pen.rect("hit", Frame { x: 0.0, y: y + 1.0, w: form.width.units(), h: step }, 0.0);
        pen.text("", &shorten(&row.name, names, ink), (names, middle + 4.0), Anchor::End, ink);
        let ends = row.dots.iter().map(|dot| scale.at(dot.at));
        let (low, high) = ends.fold((f64::MAX, f64::MIN), |(low, high), x| (low.min(x), high.max(x)));
        if low < high {
            pen.line("rule", (low, middle), (high, middle));
        }
        for dot in &row.dots {
            draw(&mut pen, *dot, (scale.at(dot.at), middle));
        }
        let value = shorten(&row.value, values, ink);
        pen.text("", &value, (form.width.units() - 4.0, middle + 4.0), Anchor::End, ink);
        pen.close();
    }
    Figure::of(pen, form, bottom + 6.0, data.title, data.description)
}

fn draw(pen: &mut Pen, dot: Dot, at: (f64, f64)) {
    let class = match (dot.open, dot.tone) {
        (true, Tone::Neutral) => "open both".to_owned(),
        (true, tone) => format!("open {}", tone.class()),
        (false, tone) => format!("dot {}", tone.fill()),
    };
    pen.circle(&class, at, 4.5);
}
