//! What lies behind and below the lines: the window, the axes, the strips of coverage.

use super::{SERIES, Steps, day_words};
use crate::svg::measure::Ink;
use crate::svg::scale::{Scale, TimeScale};
use crate::svg::write::{Anchor, Frame, Pen};

/// The window, both axes, the day asked about.
pub(super) fn background(
    pen: &mut Pen,
    data: &Steps<'_>,
    time: &TimeScale,
    scale: &Scale,
    ink: Ink,
    (top, bottom, left, right): (f64, f64, f64, f64),
) {
    if let Some((from, until, _)) = data.window {
        let (x0, x1) = (time.at(from), time.at(until));
        pen.rect("wash", Frame { x: x0, y: top, w: x1 - x0, h: bottom - top }, 0.0);
    }
    let ticks = scale.ticks(4);
    for value in &ticks {
        let y = scale.at(*value);
        pen.line(if *value == 0.0 { "rule" } else { "grid" }, (left, y), (right, y));
        let text = format!("{value:.0}{}", if Some(value) == ticks.last() { data.unit.trim() } else { "" });
        pen.text("muted", &text, (left - 5.0, y + 4.0), Anchor::End, ink);
    }
    let today = time.at(data.today);
    let words = day_words(data.today);
    let todays_box = Frame::of_text(&words, today, bottom + 17.0, Anchor::Middle, Ink::bold(ink.size));
    let shift = (todays_box.x + todays_box.w - right - 30.0).max(0.0);
    if time.holds(data.today) {
        pen.text("", &words, (today - shift, bottom + 17.0), Anchor::Middle, Ink::bold(ink.size));
    }
    let mut named = None;
    for month in time.months(if right - left > 500.0 { 9 } else { 5 }) {
        let x = time.at(month);
        pen.line("rule", (x, bottom), (x, bottom + 4.0));
        let text = month.strftime(if named == Some(month.year()) { "%b" } else { "%b %Y" }).to_string();
        if pen.is_free(Frame::of_text(&text, x, bottom + 17.0, Anchor::Middle, ink), 4.0) {
            named = Some(month.year());
            pen.text("muted", &text, (x, bottom + 17.0), Anchor::Middle, ink);
        }
    }
}

/// Strips below the axis: the share of goods each line reaches. Gives the height used.
pub(super) fn coverage(pen: &mut Pen, data: &Steps<'_>, time: &TimeScale, ink: Ink, mut y: f64) -> f64 {
    const STRIP: f64 = 16.0;
    for (line, class) in data.lines.iter().zip(SERIES) {
        if line.coverage.is_empty() {
            continue;
        }
        y += 4.0;
        for (k, (from, share)) in line.coverage.iter().enumerate() {
            let until = line.coverage.get(k + 1).map_or(data.last, |next| next.0);
            let (x0, x1) = (time.at(*from), time.at(until));
            let height = STRIP * (share / 100.0).clamp(0.0, 1.0);
            pen.mark("coverage", &format!("{}: {share:.0} % of goods", line.name));
            pen.rect("wash", Frame { x: x0, y, w: x1 - x0, h: STRIP }, 0.0);
            pen.rect(
                &format!("{class}-wash"),
                Frame { x: x0, y: y + STRIP - height, w: x1 - x0, h: height },
                0.0,
            );
            // The share that holds today is written out.
            let words = format!("reaches {share:.0} % of goods");
            let text = [words.as_str(), &words[8..]].into_iter().find(|text| {
                crate::svg::text_width(text, ink) < x1 - x0 - 8.0 && (*from..until).contains(&data.today)
            });
            if let Some(text) = text {
                pen.text(class, text, (x0 + 4.0, y + 12.0), Anchor::Start, ink);
            }
            pen.close();
        }
        y += STRIP;
    }
    y + 4.0
}
