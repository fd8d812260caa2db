//! What later publication changed: measures, lists of lines, and the duty on one line.

use scenario::{Diff, LineDiff, ListChange, MeasureId};

use crate::reasons::list;

/// What publication between two days changed.
pub fn text(diff: &Diff) -> String {
    let mut out = String::new();
    list(
        &mut out,
        "Published in between",
        diff.acts.iter().map(|act| format!("{}: {} ({})", act.published, act.title, act.citation)),
    );
    list(
        &mut out,
        "Another answer",
        diff.differences.iter().map(|found| {
            let until = found.until.as_ref().map_or_else(String::new, |until| format!(" until {until}"));
            let said = |what: &Option<String>| what.clone().unwrap_or_else(|| "not in force".into());
            let back = if found.back_in_time { " (back in time)" } else { "" };
            format!(
                "{}, from {}{until}: {} → {}{back}",
                found.title,
                found.from,
                said(&found.before),
                said(&found.after)
            )
        }),
    );
    list(&mut out, "Lists of lines", diff.lists.iter().map(list_change));
    list(&mut out, "Claims", diff.claims.iter().map(ToString::to_string));
    list(&mut out, "Meetings announced", diff.talks.iter().map(ToString::to_string));
    if out.is_empty() { "Nothing changed.\n".into() } else { out.trim_start().to_string() }
}

/// Codes put on a list or taken off it, the first few by name.
fn list_change(change: &ListChange) -> String {
    let first: Vec<String> = change.codes.iter().take(6).map(ToString::to_string).collect();
    let more = change.codes.len().saturating_sub(first.len());
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let part = change.part.as_ref().map_or_else(String::new, |part| format!(" (in part: {part})"));
    let until = change.until.as_ref().map_or_else(String::new, |until| format!(" until {until}"));
    let back = if change.back_in_time { " (back in time)" } else { "" };
    let verb = if change.adds { "gains" } else { "loses" };
    let act = change.act.as_ref().map_or_else(String::new, |act| format!("; {}", act.citation));
    let of = |verb: &str, measures: &[MeasureId]| match measures {
        [] => String::new(),
        [only] => format!("; {verb} by {only}"),
        [one, rest @ ..] => format!("; {verb} by {one} and {} more", rest.len()),
    };
    format!(
        "{} {verb} {}{more}{part}, from {}{until}{back}{}{}{act}",
        change.title,
        first.join(", "),
        change.from,
        of("charged", &change.reaches),
        of("spared or charged otherwise", &change.spares),
    )
}

/// What later publication changed for one line.
pub fn line(diff: &LineDiff) -> String {
    let [first, second] = diff.known_on;
    let mut out = format!(
        "{} on goods of {}, line {}, as known on {first} and on {second}:\n",
        diff.importer, diff.origin, diff.line
    );
    if diff.stretches.is_empty() {
        out.push_str("  the same on every day\n");
    }
    for stretch in &diff.stretches {
        let until = stretch.until.as_ref().map_or_else(String::new, |until| format!(" until {until}"));
        let back = if stretch.back_in_time { " (back in time)" } else { "" };
        let [was, is] = &stretch.text;
        out.push_str(&format!("  from {}{until}: {was} → {is}{back}\n", stretch.from));
        for duty in &stretch.changed {
            let said = |points: Option<terms::Points>| {
                points.map_or_else(|| "not charged".into(), |points| format!("{points}"))
            };
            let (was, is) = (said(duty.before), said(duty.after));
            out.push_str(&format!("    {}: {was} → {is} ({})\n", duty.measure, duty.citation));
        }
    }
    out
}
