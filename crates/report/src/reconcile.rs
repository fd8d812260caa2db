//! Another series beside ours, each gap with its reasons.

use scenario::Beside;

use crate::rounding::{fixed, signed};
use crate::table::{Align, Table, paragraph};

/// Every pair of the series.
pub fn text(besides: &[Beside]) -> String {
    let mut out = String::new();
    for beside in besides {
        let found = &beside.found;
        let known = beside.known_on.map_or_else(String::new, |day| format!(", as known on {day}"));
        out.push_str(&format!(
            "{} on goods of {}: {}{known}\n",
            beside.importer, beside.exporter, beside.series
        ));
        let plain = "Ours is the law of the day: ordinary duty and every addition, by imports.".to_string();
        let read = format!(
            "The series reads best as: {}; weights: {}. On average {} points stay unexplained.",
            found.reading.counted,
            found.reading.weighed,
            fixed(found.mean_unexplained_pp, 1)
        );
        out.push_str(&paragraph(&[plain, read], 2));
        let mut table = Table::headed([
            ("day", Align::Left),
            ("theirs", Align::Right),
            ("ours", Align::Right),
            ("gap", Align::Right),
            ("unexplained", Align::Right),
        ]);
        for point in &found.points {
            table.row([
                point.day.to_string(),
                fixed(point.theirs_pct, 1),
                fixed(point.ours_pct, 1),
                signed(point.gap_pp, 1),
                signed(point.unexplained_pp, 1),
            ]);
        }
        out.push('\n');
        out.push_str(&table.print(2));
        out.push('\n');
        for point in &found.points {
            let reasons = point.reasons.iter().filter(|reason| reason.points.abs() >= 0.05);
            let mut parts: Vec<String> = reasons
                .map(|reason| format!("{} {}: {}", signed(reason.points, 1), reason.kind, reason.text))
                .collect();
            parts.push(format!("{} stays unexplained", signed(point.unexplained_pp, 1)));
            out.push_str(&paragraph(&[format!("{}: {}.", point.day, parts.join("; "))], 2));
        }
        out.push('\n');
    }
    out
}
