//! What is in force and why, the truce, and what comes next.

use scenario::{Brief, Direction};

use super::section;
use crate::rounding::{level_pct, short};
use crate::sentence;
use crate::table::{Align, Table, paragraph};

/// What is in force in both directions, and why.
pub fn status(brief: &Brief) -> String {
    let mut out = section("In force, and why");
    for direction in &brief.directions {
        out.push_str(&paragraph(&[sentence::in_force(brief, direction)], 0));
        out.push_str(&parts(direction));
        let measures = [
            direction.trade_weighted_pct.map(|v| format!("{} trade-weighted", level_pct(v))),
            direction.simple_mean_pct.map(|v| format!("{} simple mean", level_pct(v))),
            direction.coverage_pct.map(|v| format!("the all-goods duties reach {} of goods", level_pct(v))),
        ];
        let said: Vec<String> = measures.into_iter().flatten().collect();
        if !said.is_empty() {
            let line = format!("With every other duty: {}.", said.join("; "));
            out.push_str(&paragraph(&[line], 2));
        }
        if direction.peak.headline_pp > direction.headline_pp {
            let peak = format!(
                "Peak so far: {} %, from {}.",
                short(direction.peak.headline_pp),
                sentence::date(direction.peak.from)
            );
            out.push_str(&paragraph(&[peak], 2));
        }
    }
    out
}

fn parts(direction: &Direction) -> String {
    let mut table = Table::bare([Align::Right, Align::Left, Align::Left, Align::Left]);
    for part in &direction.parts {
        let since = part.since.strftime("%-d %b %Y").to_string();
        let act = if part.citation.is_empty() {
            part.act.clone()
        } else {
            format!("{}; {}", part.act, part.citation)
        };
        table.row([short(part.points_pp), part.name.clone(), format!("since {since}"), act]);
        if part.suspended_pp != 0.0 {
            let until =
                part.until.map_or(String::new(), |day| format!(" until {}", day.strftime("%-d %b %Y")));
            let note = format!("of {}, {} suspended{until}", short(part.full_pp), short(part.suspended_pp));
            table.row([String::new(), String::new(), String::new(), note]);
        }
    }
    table.print(2)
}

/// The truce: which day it is, what returns, what was agreed.
pub fn truce(brief: &Brief) -> String {
    let mut out = section("The truce");
    let Some(truce) = &brief.truce else {
        return format!("{out}No truce holds on {}.\n", sentence::date(brief.on));
    };
    out.push_str(&paragraph(&sentence::truce(brief, truce), 0));
    for back in truce.returns.iter().filter(|back| !back.note.is_empty()) {
        let whose = sentence::capital(&sentence::adjective_of(brief, &back.importer));
        out.push_str(&paragraph(&[format!("{whose} side: {}.", back.note.trim_end_matches('.'))], 2));
    }
    if !truce.renewals.is_empty() {
        out.push_str(&paragraph(&[format!("Prolonged by {}.", sentence::list(&truce.renewals))], 2));
    }
    if let Some(of) = &brief.self_enforcement {
        out.push_str(&paragraph(&sentence::self_enforcement(brief, of), 0));
    }
    out
}

/// What ends, starts or returns after the day.
pub fn pending(brief: &Brief) -> String {
    let mut out = section("What comes next");
    if brief.pending.is_empty() {
        out.push_str("Nothing is foreseen by the texts.\n");
    }
    let mut table = Table::bare([Align::Right, Align::Left, Align::Left]);
    for item in &brief.pending {
        let act = if item.act.is_empty() { String::new() } else { format!(" ({})", item.act) };
        table.row([
            item.on.strftime("%-d %b %Y").to_string(),
            sentence::adjectives(brief, &item.who),
            format!("{}{act}", item.what),
        ]);
    }
    out.push_str(&table.print(2));
    out
}
