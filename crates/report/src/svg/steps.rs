//! The two lines of the conflict: what each side charges on the other's goods, as half-open steps through
//! time, with the acts and talks that moved them.

use terms::Day;

use super::figure::{Figure, Form, Width};
use super::measure::Ink;
use super::place::{Flag, fly};
use super::scale::{Scale, Spread, TimeScale, round_range};
use super::write::{Anchor, Frame, Pen};

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
            let text = super::text_width(&words(*k, event), ink);
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
    background(&mut pen, data, &time, &scale, ink, (top, bottom, left, right));
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
    name_levels(&mut pen, data, &time, &scale, size, &walls, (top, bottom));
    if let Some((from, until, name)) = data.window {
        let (x0, x1) = (time.at(from), time.at(until));
        let lines = super::wrap(name, x1 - x0 - 10.0, ink);
        let candidates = (0..12).map(|k| top + 18.0 + 12.0 * f64::from(k));
        let fits = |pen: &Pen, y: f64| {
            lines.iter().enumerate().all(|(k, line)| {
                let at = y + k as f64 * (size + 2.0);
                let frame = Frame::of_text(line, (x0 + x1) / 2.0, at, Anchor::Middle, ink);
                pen.is_free(frame, 2.0) && !walls.iter().any(|wall| wall.overlaps(&frame)) && frame.x > x0
            })
        };
        if let Some(y) = candidates.into_iter().find(|y| fits(&pen, *y)) {
            for (k, line) in lines.iter().enumerate() {
                let at = ((x0 + x1) / 2.0, y + k as f64 * (size + 2.0));
                pen.text("muted italic", line, at, Anchor::Middle, ink);
            }
        }
    }
    let height = coverage(&mut pen, data, &time, ink, bottom + 24.0);
    Figure::of(pen, form, height, data.title, data.description)
}

fn level_on(line: &StepLine, day: Day) -> Option<f64> {
    line.levels.iter().rev().find(|level| level.from <= day).map(|level| level.value)
}

fn background(
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
    for month in time.months(if right - left > 500.0 { 9 } else { 5 }) {
        let x = time.at(month);
        pen.line("rule", (x, bottom), (x, bottom + 4.0));
        let text = month_words(month, data.first);
        if pen.is_free(Frame::of_text(&text, x, bottom + 17.0, Anchor::Middle, ink), 4.0) {
            pen.text("muted", &text, (x, bottom + 17.0), Anchor::Middle, ink);
        }
    }
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

/// Writes levels beside their lines: today's, the highest and the last first, then any that find room.
fn name_levels(
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
        for (k, level) in line.levels.iter().enumerate() {
            let until = line.levels.get(k + 1).map_or(data.last, |next| next.from);
            if until <= data.first || level.from >= data.last {
                continue;
            }
            let is_today = level.from <= data.today && data.today < until;
            let is_last = k + 1 == line.levels.len();
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
        let text = super::super::rounding::short(level.value);
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

/// Strips below the axis: the share of goods each line reaches. Gives the height used.
fn coverage(pen: &mut Pen, data: &Steps<'_>, time: &TimeScale, ink: Ink, mut y: f64) -> f64 {
    const STRIP: f64 = 16.0;
    for (line, class) in data.lines.iter().zip(SERIES) {
        if line.coverage.is_empty() {
            continue;
        }
        y += 4.0;
        let mut named = false;
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
            let words = format!("reaches {share:.0} % of goods");
            let text = [words.as_str(), &words[8..], ""]
                .into_iter()
                .find(|text| super::text_width(text, ink) < x1 - x0 - 8.0)
                .unwrap_or_default();
            if !named && !text.is_empty() {
                pen.text(class, text, (x0 + 4.0, y + 12.0), Anchor::Start, ink);
                named = true;
            }
            pen.close();
        }
        y += STRIP;
    }
    y + 4.0
}

/// `9 Jun 2025`.
pub(super) fn day_words(day: Day) -> String {
    day.strftime("%-d %b %Y").to_string()
}

/// `Feb`, with the year in January and at the axis's first year.
fn month_words(month: Day, first: Day) -> String {
    if month.month() == 1 || (month.year() == first.year() && month.month() - first.month() == 1) {
        month.strftime("%b %Y").to_string()
    } else {
        month.strftime("%b").to_string()
    }
}
