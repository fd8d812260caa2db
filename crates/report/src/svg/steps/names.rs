//! Words inside the plot: levels beside their lines, and the name of the window.

use terms::Day;

use super::{Level, SERIES, Steps};
use crate::svg::measure::Ink;
use crate::svg::scale::{Scale, TimeScale};
use crate::svg::write::{Anchor, Frame, Pen};

/// Writes levels beside their lines: today's, the highest and the last first, then any that find room.
pub(super) fn name_levels(
    pen: &mut Pen,
    data: &Steps<'_>,
    time: &TimeScale,
    scale: &Scale,
    size: f64,
    walls: &[Frame],
    (top, bottom): (f64, f64),
) {
    let mut wanted: Vec<(u8, usize, &Level, Day)> = Vec::new();
    for (n, line) in data.lines.iter().enumerate().take(2) {
        let highest = line.levels.iter().map(|level| level.value).fold(f64::MIN, f64::max);
        // Neighbours of one height are one level to the eye.
        let groups: Vec<&[Level]> = line.levels.chunk_by(|a, b| a.value == b.value).collect();
        for (k, group) in groups.iter().enumerate() {
            let level = &group[0];
            let until = groups.get(k + 1).map_or(data.last, |next| next[0].from);
            if until <= data.first || level.from >= data.last {
                continue;
            }
            let is_today = level.from <= data.today && data.today < until;
            let is_last = k + 1 == groups.len();
            let rank = match (is_today, level.value == highest, is_last) {
                (true, ..) => 0,
                (_, true, _) => 1,
                (.., true) => 2,
                _ if level.value == 0.0 => continue,
                _ => 3,
            };
            wanted.push((rank, n, level, until));
        }
    }
    wanted.sort_by_key(|(rank, ..)| *rank);
    for (rank, n, level, until) in wanted {
        let text = crate::rounding::short(level.value);
        let ink = if rank < 3 { Ink::bold(size + 1.5) } else { Ink::regular(size) };
        let (x0, x1, y) = (time.at(level.from), time.at(until), scale.at(level.value));
        let middle = (x0 + x1) / 2.0;
        let [above, below] = [y - 7.5, y + ink.size + 3.5];
        let vertical = if n == 0 { [above, below] } else { [below, above] };
        let mut places: Vec<(f64, f64, Anchor)> = Vec::new();
        for at in vertical {
            places.extend([
                (middle, at, Anchor::Middle),
                (x0 + 4.0, at, Anchor::Start),
                (x1 - 4.0, at, Anchor::End),
            ]);
        }
        places.push((x1 + 4.0, y + 4.0, Anchor::Start));
        places.push((x0 - 4.0, y + 4.0, Anchor::End));
        let place = places.into_iter().find(|(x, at, anchor)| {
            let frame = Frame::of_text(&text, *x, *at, *anchor, ink);
            let inside = frame.y >= top && frame.y + frame.h <= bottom + 1.0;
            inside && pen.is_free(frame, 1.0) && !walls.iter().any(|wall| wall.overlaps(&frame))
        });
        if let Some((x, at, anchor)) = place {
            pen.text(SERIES[n], &text, (x, at), anchor, ink);
        }
    }
}

/// Writes the name of the window where nothing passes, as high as it can.
pub(super) fn name_window(
    pen: &mut Pen,
    data: &Steps<'_>,
    time: &TimeScale,
    ink: Ink,
    walls: &[Frame],
    top: f64,
) {
    let Some((from, until, name)) = data.window else { return };
    let size = ink.size;
    let (x0, x1) = (time.at(from), time.at(until));
    let lines = crate::svg::wrap(name, x1 - x0 - 10.0, ink);
    let candidates = (0..12).map(|k| top + 18.0 + 12.0 * f64::from(k));
    let fits = |pen: &Pen, y: f64| {
        lines.iter().enumerate().all(|(k, line)| {
            let at = y + k as f64 * (size + 2.0);
            let frame = Frame::of_text(line, (x0 + x1) / 2.0, at, Anchor::Middle, ink);
            pen.is_free(frame, 2.0) && !walls.iter().any(|wall| wall.overlaps(&frame)) && frame.x > x0
        })
    };
    if let Some(y) = candidates.into_iter().find(|y| fits(pen, *y)) {
        for (k, line) in lines.iter().enumerate() {
            let at = ((x0 + x1) / 2.0, y + k as f64 * (size + 2.0));
            pen.text("muted italic", line, at, Anchor::Middle, ink);
        }
    }
}
