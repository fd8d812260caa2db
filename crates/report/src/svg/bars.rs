//! Bars to the left and right of zero, with bands: who loses and who gains, country by country.

use super::figure::{Figure, Form, Width};
use super::measure::{Ink, shorten};
use super::scale::{Scale, round_range, tick_digits};
use super::write::{Anchor, Frame, Pen};
use crate::rounding::signed;

/// One bar.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// Whose.
    pub name: String,
    /// Its length.
    pub value: f64,
    /// The band around it, low and high, where there is one.
    pub band: Option<(f64, f64)>,
    /// The party it belongs to (0 or 1), set in that party's colour.
    pub party: Option<usize>,
    /// What a reader who points at it is told.
    pub words: String,
}

/// The data of the figure; bars are drawn in the order given.
#[derive(Debug, Clone, PartialEq)]
pub struct Bars<'a> {
    /// What the figure is called.
    pub title: &'a str,
    /// What it shows, in words.
    pub description: &'a str,
    /// The bars.
    pub bars: &'a [Bar],
    /// The unit, above the axis.
    pub unit: &'a str,
}

/// Draws the bars.
pub fn bars(data: &Bars<'_>, form: Form<'_>) -> Figure {
    let phone = form.width == Width::Narrow;
    let (names, values, step, size) =
        if phone { (106.0, 46.0, 19.0, 12.0) } else { (150.0, 62.0, 19.0, 12.5) };
    let (left, right) = (names + 10.0, form.width.units() - values - 8.0);
    let (top, ink) = (40.0, Ink::regular(size));
    let bottom = top + step * data.bars.len() as f64 + 2.0;
    let ends = data.bars.iter().flat_map(|bar| {
        let (low, high) = bar.band.unwrap_or((bar.value, bar.value));
        [bar.value, low, high]
    });
    let range = round_range(ends);
    let scale = Scale::linear(range, (left, right));

    let mut pen = Pen::new();
    pen.text("muted", data.unit, (left, 12.0), Anchor::Start, ink);
    let ticks = scale.ticks(if phone { 4 } else { 7 });
    let places = tick_digits(&ticks);
    for value in &ticks {
        let x = scale.at(*value);
        pen.line("grid", (x, top - 4.0), (x, bottom));
        pen.text("muted", &signed(*value, places), (x, top - 9.0), Anchor::Middle, ink);
    }
    let zero = scale.at(0.0);
    for (k, bar) in data.bars.iter().enumerate() {
        let y = top + step * k as f64;
        let middle = y + step / 2.0 + 1.0;
        let party = match bar.party {
            Some(0) => "first",
            Some(1) => "second",
            _ => "",
        };
        let letters = Ink { size, bold: bar.party.is_some() };
        pen.mark("row", &bar.words);
        pen.rect("hit", Frame { x: 0.0, y: y + 1.0, w: form.width.units(), h: step }, 0.0);
        let name = shorten(&bar.name, names, letters);
        pen.text(party, &name, (names, middle + 4.0), Anchor::End, letters);
        let end = scale.at(bar.value);
        let side = if bar.value < 0.0 { "loss" } else { "gain" };
        let fill = if party.is_empty() { side } else { party };
        let body = Frame { x: zero.min(end), y: y + 4.0, w: (end - zero).abs(), h: step - 6.0 };
        pen.rect(&format!("bar {fill}"), body, 0.0);
        if let Some((low, high)) = bar.band {
            let (x0, x1) = (scale.at(low), scale.at(high));
            pen.line("whisker", (x0, middle), (x1, middle));
            pen.line("whisker", (x0, middle - 3.0), (x0, middle + 3.0));
            pen.line("whisker", (x1, middle - 3.0), (x1, middle + 3.0));
        }
        let shade = if party.is_empty() { side } else { party };
        let at = (form.width.units() - 4.0, middle + 4.0);
        pen.text(shade, &signed(bar.value, 2), at, Anchor::End, letters);
        pen.close();
    }
    pen.line("zero", (zero, top - 4.0), (zero, bottom));
    Figure::of(pen, form, bottom + 6.0, data.title, data.description)
}
