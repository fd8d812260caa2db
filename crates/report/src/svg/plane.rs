//! Curves and points in a plane: reaction curves with the path of history, the frontier of a bargain with its
//! threat points and solutions, paths of play.

use super::figure::{Figure, Form, Width};
use super::measure::Ink;
use super::scale::{Scale, round_span, round_ticks};
use super::write::{Anchor, Frame, Pen};
use crate::rounding::fixed;

/// Whose colour a curve or point takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// The first party.
    First,
    /// The second party.
    Second,
    /// Neither.
    Neutral,
}

impl Tone {
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Second => "second",
            Self::Neutral => "other",
        }
    }

    pub(super) const fn fill(self) -> &'static str {
        match self {
            Self::Neutral => "",
            tone => tone.class(),
        }
    }
}

/// A line through points.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    /// Name, in the key above the plot; empty for none.
    pub name: String,
    /// Colour.
    pub tone: Tone,
    /// Drawn broken.
    pub broken: bool,
    /// Points, in order.
    pub points: Vec<(f64, f64)>,
}

/// A marked point.
#[derive(Debug, Clone, PartialEq)]
pub struct Spot {
    /// A few words beside it.
    pub label: String,
    /// A sentence.
    pub words: String,
    /// Colour.
    pub tone: Tone,
    /// Drawn as a ring.
    pub open: bool,
    /// Where.
    pub at: (f64, f64),
}

/// The data of the figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Plane<'a> {
    /// What the figure is called.
    pub title: &'a str,
    /// What it shows, in words.
    pub description: &'a str,
    /// What runs along the horizontal and the vertical axis, with units.
    pub axes: [&'a str; 2],
    /// Curves.
    pub curves: &'a [Curve],
    /// Points, the most important first: the first takes the best place for its label.
    pub spots: &'a [Spot],
}

/// Draws the plane.
pub fn plane(data: &Plane<'_>, form: Form<'_>) -> Figure {
    let phone = form.width == Width::Narrow;
    let size = if phone { 12.0 } else { 12.5 };
    let ink = Ink::regular(size);
    let width = form.width.units();
    let (left, right) = (48.0, width - 26.0);
    let mut pen = Pen::new();
    let mut y = 12.0;
    let mut x = left;
    for curve in data.curves.iter().filter(|curve| !curve.name.is_empty()) {
        let room = super::text_width(&curve.name, ink) + 44.0;
        if x > left && x + room > width {
            (x, y) = (left, y + size + 5.0);
        }
        let broken = if curve.broken { " ahead" } else { "" };
        pen.line(&format!("line {}{broken}", curve.tone.class()), (x, y - 4.0), (x + 18.0, y - 4.0));
        pen.text(curve.tone.fill(), &curve.name, (x + 24.0, y), Anchor::Start, ink);
        x += room;
    }
    let top = y + size + 14.0;
    pen.text("muted", data.axes[1], (0.0, top - 6.0), Anchor::Start, ink);
    let (top, bottom) = (top + 4.0, top + 4.0 + (right - left) * if phone { 0.9 } else { 0.62 });
    let all =
        || data.curves.iter().flat_map(|c| c.points.iter().copied()).chain(data.spots.iter().map(|s| s.at));
    let (xs, ys) = (round_span(all().map(|p| p.0)), round_span(all().map(|p| p.1)));
    let (across, up) = (Scale::linear(xs, (left, right)), Scale::linear(ys, (bottom, top)));
    let count = if phone { 4 } else { 6 };
    for value in round_ticks(xs.0, xs.1, count) {
        let at = across.at(value);
        pen.line(if value == 0.0 { "rule" } else { "grid" }, (at, top), (at, bottom));
        pen.text("muted", &tick(value, xs), (at, bottom + 18.0), Anchor::Middle, ink);
    }
    for value in round_ticks(ys.0, ys.1, count) {
        let at = up.at(value);
        pen.line(if value == 0.0 { "rule" } else { "grid" }, (left, at), (right, at));
        pen.text("muted", &tick(value, ys), (left - 6.0, at + 4.0), Anchor::End, ink);
    }
    pen.text("muted", data.axes[0], (right, bottom + 36.0), Anchor::End, ink);
    let mut drawn: Vec<Vec<(f64, f64)>> = Vec::new();
    for curve in data.curves {
        let points: Vec<(f64, f64)> = curve.points.iter().map(|p| (across.at(p.0), up.at(p.1))).collect();
        let broken = if curve.broken { " ahead" } else { "" };
        pen.path(&format!("line thin {}{broken}", curve.tone.class()), &points, false);
        drawn.push(points);
    }
    let places: Vec<(f64, f64)> = data.spots.iter().map(|s| (across.at(s.at.0), up.at(s.at.1))).collect();
    let dots: Vec<Frame> =
        places.iter().map(|(x, y)| Frame { x: x - 5.0, y: y - 5.0, w: 10.0, h: 10.0 }).collect();
    for (spot, (x, y)) in data.spots.iter().zip(&places) {
        pen.mark("spot", &spot.words);
        let open = match spot.tone {
            Tone::Neutral => "open both".to_owned(),
            tone => format!("open {}", tone.class()),
        };
        let filled = format!("dot {}", spot.tone.fill());
        pen.circle(if spot.open { &open } else { &filled }, (*x, *y), 5.0);
        let candidates = [
            (x + 8.0, y + 4.0, Anchor::Start),
            (x - 8.0, y + 4.0, Anchor::End),
            (*x, y - 9.0, Anchor::Middle),
            (*x, y + 9.0 + size, Anchor::Middle),
            (x + 7.0, y - 7.0, Anchor::Start),
            (x - 7.0, y - 7.0, Anchor::End),
            (x + 7.0, y + 6.0 + size, Anchor::Start),
            (x - 7.0, y + 6.0 + size, Anchor::End),
        ];
        let frame_at =
            |(x, y, anchor): &(f64, f64, Anchor)| Frame::of_text(&spot.label, *x, *y, *anchor, ink);
        let free = |at: &(f64, f64, Anchor)| {
            let frame = frame_at(at);
            let inside = frame.x >= left && frame.x + frame.w <= width && frame.y >= top - 4.0;
            inside
                && frame.y + frame.h <= bottom
                && pen.is_free(frame, 1.0)
                && !dots.iter().any(|d| d.overlaps(&frame))
        };
        let clear = |at: &(f64, f64, Anchor)| !drawn.iter().any(|curve| crosses(curve, frame_at(at)));
        // Beside all curves where there is room, else across one.
        let place = candidates.into_iter().find(|at| free(at) && clear(at));
        let place = place.or_else(|| candidates.into_iter().find(free));
        if let Some((x, y, anchor)) = place {
            pen.text(spot.tone.fill(), &spot.label, (x, y), anchor, ink);
        }
        pen.close();
    }
    Figure::of(pen, form, bottom + 44.0, data.title, data.description)
}

/// Whether a line through points runs through a frame: it is followed in steps shorter than a letter.
fn crosses(line: &[(f64, f64)], frame: Frame) -> bool {
    line.windows(2).any(|ends| {
        let ((x0, y0), (x1, y1)) = (ends[0], ends[1]);
        let steps = ((x1 - x0).hypot(y1 - y0) / 3.0).ceil().max(1.0);
        (0..=steps as usize).any(|k| {
            let share = k as f64 / steps;
            let (x, y) = (x0 + share * (x1 - x0), y0 + share * (y1 - y0));
            (frame.x..=frame.x + frame.w).contains(&x) && (frame.y..=frame.y + frame.h).contains(&y)
        })
    })
}

fn tick(value: f64, (low, high): (f64, f64)) -> String {
    let places = (1.0 - (high - low).log10()).ceil().clamp(0.0, 4.0) as usize;
    fixed(value, places)
}
