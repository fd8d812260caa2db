//! The truce's slack day by day: above zero a side would rather keep it, below it would rather break.

use terms::Day;

use super::figure::{Figure, Form, Width};
use super::measure::Ink;
use super::place::spread;
use super::scale::{Scale, TimeScale, round_range, tick_digits};
use super::steps::day_words;
use super::write::{Anchor, Frame, Pen};
use crate::rounding::signed;

/// The data of the figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Gauge<'a> {
    /// What the figure is called.
    pub title: &'a str,
    /// What it shows, in words.
    pub description: &'a str,
    /// The two sides.
    pub sides: [&'a str; 2],
    /// Slack of both sides on each day, days in order.
    pub days: &'a [(Day, [f64; 2])],
    /// The day asked about.
    pub today: Day,
    /// The unit, above the axis.
    pub unit: &'a str,
}

/// Draws the slack of both sides; a day on which a side's slack turns is marked.
pub fn gauge(data: &Gauge<'_>, form: Form<'_>) -> Figure {
    let phone = form.width == Width::Narrow;
    let size = if phone { 12.0 } else { 12.5 };
    let (left, right) = (52.0, form.width.units() - if phone { 92.0 } else { 110.0 });
    let (top, bottom) = (30.0, if phone { 190.0 } else { 230.0 });
    let ink = Ink::regular(size);
    let mut pen = Pen::new();
    let (Some(first), Some(last)) = (data.days.first(), data.days.last()) else {
        pen.text("muted", "no day of a truce to show", (left, top + 20.0), Anchor::Start, ink);
        return Figure::of(pen, form, top + 40.0, data.title, data.description);
    };
    let time = TimeScale::new((first.0, last.0), (left, right));
    let scale = Scale::linear(round_range(data.days.iter().flat_map(|day| day.1)), (bottom, top));
    let zero = scale.at(0.0);

    pen.rect("g1", Frame { x: left, y: top, w: right - left, h: zero - top }, 0.0);
    pen.rect("l1", Frame { x: left, y: zero, w: right - left, h: bottom - zero }, 0.0);
    pen.text("muted", data.unit, (0.0, 12.0), Anchor::Start, ink);
    let ticks = scale.ticks(4);
    let places = tick_digits(&ticks);
    for value in &ticks {
        let y = scale.at(*value);
        pen.line(if *value == 0.0 { "zero" } else { "grid" }, (left, y), (right, y));
        pen.text("muted", &signed(*value, places), (left - 6.0, y + 4.0), Anchor::End, ink);
    }
    if time.holds(data.today) {
        let x = time.at(data.today);
        pen.line("today", (x, top - 4.0), (x, bottom + 4.0));
        pen.text("", &day_words(data.today), (x, bottom + 18.0), Anchor::Middle, Ink::bold(size));
    }
    for (day, anchor) in [(first.0, Anchor::Start), (last.0, Anchor::End)] {
        let (x, y) = (time.at(day), bottom + 18.0);
        if pen.is_free(Frame::of_text(&day_words(day), x, y, anchor, ink), 4.0) {
            pen.text("muted", &day_words(day), (x, y), anchor, ink);
        }
    }
    let ends: Vec<f64> = (0..2).map(|k| scale.at(last.1[k]) - size / 2.0).collect();
    let names = spread(&ends, size + 4.0, (top - 8.0, bottom + 4.0));
    for (k, class) in ["first", "second"].into_iter().enumerate() {
        let points: Vec<(f64, f64)> =
            data.days.iter().map(|(day, s)| (time.at(*day), scale.at(s[k]))).collect();
        pen.path(&format!("line {class}"), &points, false);
        pen.text(class, data.sides[k], (right + 6.0, names[k] + size - 2.0), Anchor::Start, Ink::bold(size));
        for pair in data.days.windows(2) {
            let (before, after) = (pair[0].1[k], pair[1].1[k]);
            if (before < 0.0) != (after < 0.0) {
                let x = time.at(pair[1].0);
                pen.circle(&format!("open {class}"), (x, zero), 5.0);
                let words = format!("turns on {}", pair[1].0.strftime("%-d %b"));
                let places = [(x - 9.0, zero + 17.0, Anchor::End), (x + 9.0, zero - 9.0, Anchor::Start)];
                let place = places.into_iter().find(|(x, y, anchor)| {
                    let frame = Frame::of_text(&words, *x, *y, *anchor, ink);
                    frame.x > left
                        && frame.x + frame.w < right
                        && frame.y + frame.h < bottom
                        && pen.is_free(frame, 2.0)
                });
                if let Some((x, y, anchor)) = place {
                    pen.text(class, &words, (x, y), anchor, ink);
                }
            }
        }
    }
    for (day, slack) in data.days {
        let words = format!(
            "{}: {} {}, {} {}",
            day_words(*day),
            data.sides[0],
            signed(slack[0], places + 1),
            data.sides[1],
            signed(slack[1], places + 1)
        );
        let step = (right - left) / data.days.len() as f64;
        pen.mark("day", &words);
        pen.rect("hit", Frame { x: time.at(*day) - step / 2.0, y: top, w: step, h: bottom - top }, 0.0);
        pen.close();
    }
    Figure::of(pen, form, bottom + 26.0, data.title, data.description)
}
