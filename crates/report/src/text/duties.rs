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
    out.push_str(&standstills(account, truce));
    for back in &truce.snapbacks {
        out.push_str(&paragraph(&[format!("{back}.")], 2));
    }
    if !truce.renewals.is_empty() {
        out.push_str(&paragraph(&[format!("Prolonged by {}.", sentence::list(&truce.renewals))], 2));
    }
    out
}

/// What else stands still under the agreement, by side and end.
fn standstills(account: &Account, truce: &scenario::Truce) -> String {
    let mut out = String::new();
    for party in &account.parties {
        let mut groups: Vec<(jiff::civil::Date, &str, Vec<String>)> = Vec::new();
        let gone = |other: &&scenario::Standstill| other.in_force != Some(false);
        for other in truce.others.iter().filter(|other| other.importer == party.code).filter(gone) {
            let points =
                other.points_pp.map_or(String::new(), |points| format!(" ({} points)", short(points)));
            let named = format!("{}{points}", sentence::lower(&other.title));
            match groups.iter_mut().find(|(until, then, _)| *until == other.until && *then == other.on_lapse)
            {
                Some((.., titles)) => titles.push(named),
                None => groups.push((other.until, &other.on_lapse, vec![named])),
            }
        }
        for (until, then, titles) in groups {
            let then = match then {
                "return" => "returns then".to_owned(),
                "nothing" => "does not return by itself".to_owned(),
                "ask" => "no text says what returns then".to_owned(),
                other => format!("comes back then: {other}"),
            };
            let line = format!(
                "Also standing still on the {} side until {}, and {then}: {}.",
                party.adjective,
                sentence::date(until),
                sentence::list(&titles)
            );
            out.push_str(&paragraph(&[line], 2));
        }
    }
    out
}

/// Every turn of a measure, with the acts behind it.
pub fn changes(changes: &[scenario::Change]) -> String {
    let mut out = section("Changes");
    let mut table = Table::headed([
        ("from", Align::Left),
        ("before", Align::Right),
        ("after", Align::Right),
        ("what", Align::Left),
    ]);
    let points = |points: Option<terms::Points>| points.map_or_else(|| "–".to_owned(), |p| format!("{p} %"));
    for change in changes {
        let turn = match change.turn {
            scenario::Turn::Starts => " begins",
            scenario::Turn::Ends => " ends",
            scenario::Turn::Rate => "",
            scenario::Turn::Suspended
                if change.after_pct.is_some_and(|after| after > terms::Points::ZERO) =>
            {
                " stands still in part"
            }
            scenario::Turn::Suspended => " stands still",
            scenario::Turn::Returns => " returns",
            scenario::Turn::Terms => ": other goods, origins or exceptions",
        };
        let acts = change.acts.iter().map(|act| act.label().to_owned()).collect::<Vec<_>>().join(", ");
        table.row([
            change.at.to_string(),
            points(change.before_pct),
            points(change.after_pct),
            format!("{}{turn} ({acts})", change.title),
        ]);
    }
    out.push_str(&table.print(0));
    out
}

/// The steps of the duty on one line: each total, and what moved there by which act.
pub fn line_changes(line: &str, steps: &[scenario::LineStep]) -> String {
    let mut out = section(&format!("The duty on {line}"));
    let mut table =
        Table::headed([("from", Align::Left), ("in all", Align::Right), ("what moved", Align::Left)]);
    for step in steps {
        let points = |points: Option<terms::Points>| points.map_or_else(|| "–".to_owned(), |p| p.to_string());
        let moved = step.changed.iter().map(|moved| {
            format!("{} {} → {} ({})", moved.measure, points(moved.before), points(moved.after), moved.act)
        });
        table.row([step.from.clone(), step.total_text.clone(), moved.collect::<Vec<_>>().join("; ")]);
    }
    out.push_str(&table.print(0));
    out
}

/// What ends, starts or returns after the day: the sums first, then day by day.
pub fn pending(account: &Account) -> String {
    let mut out = section("What comes next");
    if account.pending.is_empty() {
        out.push_str("Nothing is foreseen by the texts.\n");
        return out;
    }
    out.push_str(&paragraph(&if_nothing_is_done(account), 0));
    out.push_str(&foreseen(account, &account.pending));
    out
}

/// What the duties on all goods become if nobody acts, by the texts as they stand.
fn if_nothing_is_done(account: &Account) -> Vec<String> {
    let read = account.directions.iter().filter(|direction| direction.unread.is_none());
    let said = read.map(|direction| {
        let name = sentence::direction(account, direction);
        let mut level = direction.headline_pp;
        let mut steps = Vec::new();
        for step in direction.steps.iter().filter(|step| step.from > account.on) {
            if step.headline_pp == level {
                continue;
            }
            let (from, to) = (short(level), short(step.headline_pp));
            steps.push(format!("from {from} to {to} % on {}", sentence::date(step.from)));
            level = step.headline_pp;
        }
        match steps.is_empty() {
            true => format!("{name} stay at {} %", short(level)),
            false => format!("{name} go {}", sentence::list(&steps)),
        }
    });
    vec![format!("If nothing is done, {}.", said.collect::<Vec<_>>().join("; "))]
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

/// Day by day, one side after the other.
fn foreseen(account: &Account, items: &[Pending]) -> String {
    let mut out = String::new();
    for day in items.chunk_by(|one, next| one.on == next.on) {
        let Some(first) = day.first() else { continue };
        let left = account.on.until(first.on).map_or(0, |span| i64::from(span.get_days()));
        out.push_str(&format!("{}, in {}\n", sentence::date(first.on), sentence::days(left)));
        for item in day {
            let act = if item.act.is_empty() { String::new() } else { format!(" ({})", item.act) };
            let who = sentence::adjectives(account, &item.who);
            let who = if who.is_empty() { String::new() } else { format!("{who}: ") };
            out.push_str(&super::hanging(&format!("{}{}{act}.", sentence::capital(&who), item.what)));
        }
    }
    out
}
