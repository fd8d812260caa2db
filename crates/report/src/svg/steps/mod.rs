//! The two lines of the conflict: what each side charges on the other's goods, as half-open steps through
//! time, with the acts and talks that moved them.

mod ground;
mod names;

use terms::Day;

use crate::svg::figure::{Figure, Form, Width};
use crate::svg::measure::Ink;
use crate::svg::place::{Flag, fly};
use crate::svg::scale::{Scale, Spread, TimeScale, round_range};
use crate::svg::write::{Anchor, Frame, Pen};

/// One level, from a day until the next level begins.
#[derive(Debug, Clone, PartialEq)]
pub struct Level {
    /// The first day of the level.
    pub from: Day,
    /// The level, in the unit of the figure.
    pub value: f64,
    /// Foreseen by texts, not yet happened: drawn broken.
    pub ahead: bool,
    /// What a reader who points at it is told.
    pub words: String,
}

/// One line. The first is drawn in the first party's colour, the second in the second's.
#[derive(Debug, Clone, PartialEq)]
pub struct StepLine {
    /// Name in the key: `US on Chinese goods`.
    pub name: String,
    /// Levels in order of time.
    pub levels: Vec<Level>,
    /// Share of the goods that the line reaches, in per cent, from each day on; drawn as a strip below.
    pub coverage: Vec<(Day, f64)>,
}

/// Something that happened: a flag above the plot.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// The day.
    pub on: Day,
    /// A few words.
    pub label: String,
    /// A sentence.
    pub words: String,
    /// The line it moved (0 or 1), if any: its leader ends there.
    pub moved: Option<usize>,
}

/// The data of the figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Steps<'a> {
    /// What the figure is called.
    pub title: &'a str,
    /// What it shows, in words.
    pub description: &'a str,
    /// The first day drawn.
    pub first: Day,
    /// The last day drawn.
    pub last: Day,
    /// The day asked about.
    pub today: Day,
    /// The lines, two at most.
    pub lines: &'a [StepLine],
    /// Events in order of time.
    pub events: &'a [Event],
    /// A stretch to shade, with its name: the window of a truce.
    pub window: Option<(Day, Day, &'a str)>,
    /// How values spread over the axis.
    pub spread: Spread,
    /// The unit, written at the topmost tick: ` %`, ` pp`.
    pub unit: &'a str,
}

const SERIES: [&str; 2] = ["first", "second"];

/// Draws the lines. On a phone, events carry numbers in the order given, for a list beside the figure.
pub fn steps(data: &Steps<'_>, form: Form<'_>) -> Figure {
    let phone = form.width == Width::Narrow;
    let (plot_height, size) = if phone { (220.0, 12.0) } else { (290.0, 12.5) };
    let ink = Ink::regular(size);
    let (left, right) = (40.0, form.width.units() - if phone { 34.0 } else { 46.0 });
    let time = TimeScale::new((data.first, data.last), (left, right));
    let mut pen = Pen::new();

    let mut y = 14.0;
    for (line, class) in data.lines.iter().zip(SERIES) {
        let x = left + if phone || class == "first" { 0.0 } else { form.width.units() / 2.0 - left };
        pen.line(&format!("line {class}"), (x, y - 4.0), (x + 18.0, y - 4.0));
        pen.text(class, &line.name, (x + 24.0, y), Anchor::Start, Ink::bold(size));
        if phone {
            y += 18.0;
        }
    }
    y += if phone { 4.0 } else { 22.0 };

    let shown: Vec<(usize, &Event)> =
        data.events.iter().enumerate().filter(|(_, event)| time.holds(event.on)).collect();
    let words = |k: usize, event: &Event| if phone { (k + 1).to_string() } else { event.label.clone() };
    let flags: Vec<Flag> = shown
        .iter()
        .map(|(k, event)| {
            let text = crate::svg::text_width(&words(*k, event), ink);
            Flag { x: time.at(event.on), width: text + if phone { 9.0 } else { 5.0 } }
        })
        .collect();
    let flown = fly(&flags, (0.0, form.width.units()), 3.0);
    let row_height = size + 4.0;
    let rows = flown.iter().flatten().map(|f| f.row + 1).max().unwrap_or(0) as f64;
    let top = y + rows * row_height + 4.0;
    let bottom = top + plot_height;
    let values = data.lines.iter().flat_map(|line| &line.levels).map(|level| level.value);
    // Room above the highest line for its number.
    let scale = Scale::new(round_range(values), (bottom, top + 14.0), data.spread);

    let mut walls: Vec<Frame> = Vec::new();
    ground::background(&mut pen, data, &time, &scale, ink, (top, bottom, left, right));
    for ((k, event), (flag, place)) in shown.iter().zip(flags.iter().zip(&flown)) {
        let base = top - 6.0 - place.map_or(0.0, |place| place.row as f64) * row_height;
        let foot = event
            .moved
            .and_then(|line| data.lines.get(line))
            .and_then(|line| level_on(line, event.on))
            .map_or(top + 5.0, |value| scale.at(value));
        pen.mark("event", &event.words);
        pen.line("leader", (flag.x, base - size + 3.0), (flag.x, foot));
        if let Some(place) = place {
            let (x, anchor) = match place.leftward {
                true => (flag.x - 4.0, Anchor::End),
                false => (flag.x + 4.0, Anchor::Start),
            };
            let class = event.moved.and_then(|line| SERIES.get(line)).copied().unwrap_or("muted");
            pen.text(class, &words(*k, event), (x, base), anchor, ink);
        }
        pen.close();
        walls.push(Frame { x: flag.x - 0.5, y: base, w: 1.0, h: foot - base });
    }
    for (line, class) in data.lines.iter().zip(SERIES) {
        draw_line(&mut pen, data, line, class, &time, &scale, &mut walls);
    }
    let x = time.at(data.today);
    if time.holds(data.today) {
        pen.line("today", (x, top), (x, bottom + 5.0));
        walls.push(Frame { x: x - 1.0, y: top, w: 2.0, h: bottom - top });
    }
    names::name_levels(&mut pen, data, &time, &scale, size, &walls, (top, bottom));
    names::name_window(&mut pen, data, &time, ink, &walls, top);
    let height = ground::coverage(&mut pen, data, &time, ink, bottom + 24.0);
    Figure::of(pen, form, height, data.title, data.description)
}

fn level_on(line: &StepLine, day: Day) -> Option<f64> {
    line.levels.iter().rev().find(|level| level.from <= day).map(|level| level.value)
}

fn draw_line(
    pen: &mut Pen,
    data: &Steps<'_>,
    line: &StepLine,
    class: &str,
    time: &TimeScale,
    scale: &Scale,
    walls: &mut Vec<Frame>,
) {
    // Where both sides charge the same, the lines lie side by side.
    let nudge = if class == "first" { -1.2 } else { 1.2 };
    let shown: Vec<&Level> = line.levels.iter().filter(|level| level.from <= data.last).collect();
    let mut solid: Vec<(f64, f64)> = Vec::new();
    let mut broken: Vec<(f64, f64)> = Vec::new();
    for (k, level) in shown.iter().enumerate() {
        let until = shown.get(k + 1).map_or(data.last, |next| next.from);
        if until <= data.first {
            continue;
        }
        let (x0, x1, y) = (time.at(level.from), time.at(until), scale.at(level.value) + nudge);
        // A level that holds today is broken from today on: what follows is foreseen only.
        let known_until = if level.ahead { x0 } else { x1.min(time.at(data.today).max(x0)) };
        if !level.ahead {
            solid.extend([(x0, y), (known_until, y)]);
        }
        if known_until < x1 || level.ahead {
            if let (true, Some(last)) = (broken.is_empty(), solid.last()) {
                broken.push(*last);
            }
            broken.extend([(known_until, y), (x1, y)]);
        }
        walls.push(Frame { x: x0, y: y - 2.0, w: x1 - x0, h: 4.0 });
        if let Some(next) = shown.get(k + 1) {
            let y1 = scale.at(next.value);
            walls.push(Frame { x: x1 - 1.5, y: y.min(y1), w: 3.0, h: (y - y1).abs() });
        }
    }
    pen.path(&format!("line {class}"), &solid, false);
    pen.path(&format!("line {class} ahead"), &broken, false);
    for (k, level) in shown.iter().enumerate() {
        let until = shown.get(k + 1).map_or(data.last, |next| next.from);
        if until <= data.first {
            continue;
        }
        let (x0, x1, y) = (time.at(level.from), time.at(until), scale.at(level.value));
        pen.mark("level", &level.words);
        pen.rect("hit", Frame { x: x0, y: y - 8.0, w: (x1 - x0).max(4.0), h: 16.0 }, 0.0);
        pen.close();
    }
}

/// `9 Jun 2025`.
pub(in crate::svg) fn day_words(day: Day) -> String {
    day.strftime("%-d %b %Y").to_string()
}
