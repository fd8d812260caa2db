//! What is in force and why, the truce, and what comes next.

use scenario::{Account, Brief, Direction, Part, Pending};

use super::section;
use crate::rounding::{level_pct, short};
use crate::sentence;
use crate::table::{Align, Table, paragraph};

/// What is in force in both directions, and why.
pub fn status(account: &Account) -> String {
    let mut out = section("In force, and why");
    for direction in &account.directions {
        out.push_str(&paragraph(&[sentence::in_force(account, direction)], 0));
        out.push_str(&parts(direction));
        if let Some(later) = sentence::later(direction) {
            out.push_str(&paragraph(&[later], 2));
        }
        out.push_str(&besides(direction));
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
        let ended = direction.ended.iter().map(|duty| {
            let by = sentence::cited(&duty.act, &duty.citation);
            format!("{} ({}) on {}, {by}", duty.name, short(duty.points_pp), sentence::date(duty.on))
        });
        let ended: Vec<String> = ended.collect();
        if !ended.is_empty() {
            out.push_str(&paragraph(&[format!("Fell away: {}.", ended.join("; "))], 2));
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
    let mut table = Table::bare([Align::Right, Align::Left]);
    for part in &direction.parts {
        let since = part.since.strftime("%-d %b %Y");
        table.row([short(part.points_pp), format!("{}, since {since}", part.name)]);
        table.row([String::new(), sentence::cited(&part.act, &part.citation)]);
        if part.suspended_pp != 0.0 {
            let until =
                part.until.map_or(String::new(), |day| format!(" until {}", day.strftime("%-d %b %Y")));
            let note = format!("of {}, {} suspended{until}", short(part.full_pp), short(part.suspended_pp));
            table.row([String::new(), note]);
        }
    }
    table.print(2)
}

/// Duties on listed goods, those of the same points on one line, the highest first.
fn besides(direction: &Direction) -> String {
    let mut listed: Vec<&Part> = sentence::listed(direction).collect();
    if listed.is_empty() {
        return String::new();
    }
    listed.sort_by(|a, b| b.points_pp.total_cmp(&a.points_pp));
    let mut table = Table::bare([Align::Right, Align::Left]);
    for level in listed.chunk_by(|a, b| a.points_pp == b.points_pp) {
        let names: Vec<&str> = level.iter().map(|part| part.name.as_str()).collect();
        table.row([short(level[0].points_pp), names.join("; ")]);
    }
    format!("{}{}", paragraph(&["On listed goods besides:".into()], 2), table.print(4))
}

/// The truce: which day it is, what returns, whether it enforces itself.
pub fn truce(brief: &Brief) -> String {
    let mut out = truce_window(&brief.account);
    if let Some(of) = &brief.self_enforcement {
        out.push_str(&paragraph(&sentence::self_enforcement(brief, of), 0));
    }
    out
}

/// The truce as the record has it: which day it is, what returns, what was prolonged.
pub fn truce_window(account: &Account) -> String {
    let mut out = section("The truce");
    let Some(truce) = &account.truce else {
        return format!("{out}No truce holds on {}.\n", sentence::date(account.on));
    };
    out.push_str(&paragraph(&sentence::truce(account, truce), 0));
    // What both sides' notes say is said once.
    let mut notes: Vec<&str> = truce.returns.iter().map(|back| back.note.as_str()).collect();
    notes.dedup();
    for note in notes.into_iter().filter(|note| !note.is_empty()) {
        out.push_str(&paragraph(&[format!("{}.", sentence::capital(note.trim_end_matches('.')))], 2));
    }
    if !truce.renewals.is_empty() {
        out.push_str(&paragraph(&[format!("Prolonged by {}.", sentence::list(&truce.renewals))], 2));
    }
    out
}

/// Every turn of a measure, with the acts behind it.
pub fn changes(changes: &[scenario::Change]) -> String {
    let mut out = section("Changes");
    let mut table = Table::headed([
        ("from", Align::Left),
        ("measure", Align::Left),
        ("before", Align::Right),
        ("after", Align::Right),
        ("by", Align::Left),
    ]);
    let points = |points: Option<terms::Points>| points.map_or_else(|| "–".to_owned(), |p| format!("{p} %"));
    for change in changes {
        table.row([
            change.at.to_string(),
            change.measure.to_string(),
            points(change.before_pct),
            points(change.after_pct),
            change.acts.iter().map(|act| act.label().to_owned()).collect::<Vec<_>>().join(", "),
        ]);
    }
    out.push_str(&table.print(0));
    out
}

/// What ends, starts or returns after the day.
pub fn pending(account: &Account) -> String {
    let mut out = section("What comes next");
    if account.pending.is_empty() {
        out.push_str("Nothing is foreseen by the texts.\n");
    }
    out.push_str(&foreseen(account, &account.pending));
    out
}

/// The same for a page: half a year ahead, and how much more the texts foresee.
pub(super) fn next(account: &Account) -> String {
    let horizon = account.on.saturating_add(jiff::Span::new().months(6));
    let soon = account.pending.iter().take_while(|item| item.on <= horizon).count();
    let mut out = section("What comes next");
    out.push_str(&foreseen(account, &account.pending[..soon]));
    let later = account.pending.len() - soon;
    if later > 0 {
        out.push_str(&format!("  {later} more after {}.\n", sentence::date(horizon)));
    }
    out
}

fn foreseen(account: &Account, items: &[Pending]) -> String {
    let mut table = Table::bare([Align::Right, Align::Left, Align::Left]);
    for item in items {
        let act = if item.act.is_empty() { String::new() } else { format!(" ({})", item.act) };
        table.row([
            item.on.strftime("%-d %b %Y").to_string(),
            sentence::adjectives(account, &item.who),
            format!("{}{act}", item.what),
        ]);
    }
    table.print(2)
}
