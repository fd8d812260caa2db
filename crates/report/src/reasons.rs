//! Answers of the record with their reasons: the duty on an entry, a headline, what later texts changed.

use scenario::{Headline, Why};

use crate::table::{Align, Table, paragraph};

/// The duty on one entry: the total, what makes it, what was dropped and why, what would change it.
pub fn text(why: &Why) -> String {
    let known = why.known_on.as_ref().map_or_else(String::new, |known| format!(", as known on {known}"));
    let what = why.description.as_ref().map_or_else(String::new, |text| format!(" ({text})"));
    let mut out = paragraph(
        &[format!(
            "{} on goods of {}, {}{what}, entered {}{known}: {}.",
            why.importer,
            why.origin,
            why.line,
            why.on,
            why.total_text.trim_end_matches('.')
        )],
        0,
    );
    let mut table = Table::bare([Align::Right, Align::Left]);
    let base = why.base_text.clone().unwrap_or_else(|| "not in the record".into());
    let points = why.base_pct.map_or_else(|| "–".into(), |points| points.to_string());
    let column = why.base_column.as_ref().map_or_else(String::new, |column| format!(" ({column})"));
    let printed = if why.base_pct.is_some() { String::new() } else { format!(": {base}") };
    table.row([points, format!("ordinary duty{column}{printed}")]);
    for part in &why.components {
        let share = match part.share_pct.as_f64() == 100.0 {
            true => String::new(),
            false => format!(", on {} % of the value", part.share_pct),
        };
        table.row([part.points.to_string(), format!("{}{share}", part.title)]);
        table.row([
            String::new(),
            if part.citation.is_empty() { part.act.clone() } else { part.citation.clone() },
        ]);
    }
    table.row([why.total_pct.map_or_else(|| "–".into(), |p| p.to_string()), "in all".into()]);
    out.push_str(&table.print(2));
    list(
        &mut out,
        "Considered and dropped",
        why.dropped.iter().map(|d| format!("{}: {} ({})", d.measure, d.reason, d.rule)),
    );
    list(&mut out, "Would change the answer", why.open_facts.iter().map(|fact| fact.text.clone()));
    list(&mut out, "Notes", why.notes.iter().cloned());
    out
}

pub(crate) fn list(out: &mut String, title: &str, items: impl Iterator<Item = String>) {
    let lines: Vec<String> = items.map(|item| paragraph(&[item], 4)).collect();
    if !lines.is_empty() {
        out.push_str(&format!("\n{title}\n{}", lines.concat()));
    }
}

/// What is charged of a duty, or that it stands still.
fn charged(part: &scenario::HeadlinePart) -> String {
    match part.standing {
        scenario::Standing::Suspended => "suspended".into(),
        scenario::Standing::Unsettled => "unsettled".into(),
        _ => part.charged_pct.map_or_else(|| part.stated.to_string(), |points| points.to_string()),
    }
}

/// A headline with its parts.
pub fn headline(headline: &Headline) -> String {
    let known = headline.known_on.as_ref().map_or_else(String::new, |known| format!(", as known on {known}"));
    let mut out = format!(
        "{} on goods of {} on {}{known}: {} points on all goods.\n",
        headline.importer, headline.origin, headline.on, headline.total_pct
    );
    let mut table = Table::bare([Align::Right, Align::Left]);
    for part in &headline.parts {
        let act = part.act.as_ref();
        let act =
            act.map_or_else(String::new, |act| crate::sentence::cited(act.label(), act.citation.as_str()));
        table.row([charged(part), part.title.clone()]);
        table.row([String::new(), act]);
        for still in &part.suspended {
            let until = still.until.as_ref().map_or_else(String::new, |until| format!(" until {until}"));
            let points = still.points_pp.map_or_else(|| "all".into(), |points| points.to_string());
            table.row([String::new(), format!("of {}, {points} suspended{until}", part.stated)]);
        }
    }
    out.push_str(&table.print(2));
    if !headline.listed.is_empty() {
        out.push_str("On listed goods only, not in the sum:\n");
        let mut table = Table::bare([Align::Right, Align::Left]);
        for part in &headline.listed {
            let label = part.act.as_ref().map_or_else(String::new, |act| format!(" ({})", act.label()));
            table.row([charged(part), format!("{}{label}", part.title)]);
        }
        out.push_str(&table.print(2));
    }
    if let Some(later) = &headline.later_that_day {
        out.push_str(&format!("From {} on: {} points.\n", later.from, later.total_pct));
    }
    out
}
