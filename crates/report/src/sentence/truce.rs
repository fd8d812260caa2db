//! The one sentence on a truce: whether it enforces itself, at what patience, on which day it flips, what one concession
//! changes. Further sentences: what each concession is worth, what an extension changes.

use scenario::{Account, ConcessionEffect, SelfEnforcement, TruceAnswer, Verdict};
use terms::Day;

use super::{capital, date, days, in_sentence, list, name_of};
use crate::rounding::{fixed, short, signed};

/// The sentence; where no truce holds the day, that.
pub fn truce_verdict(found: &TruceAnswer) -> String {
    let account = &found.account;
    let (Some(window), Some(of)) = (&found.truce, &found.self_enforcement) else {
        return format!(
            "No truce holds on {}, so there is nothing to enforce. {}",
            date(found.on),
            other_windows(found)
        );
    };
    let holds = match of.verdict {
        Verdict::DoesNotHold => "does not enforce itself",
        _ if !of.holds_today => "does not enforce itself any more",
        _ => "enforces itself",
    };
    let mut said = format!(
        "Judged by {}, the truce ({}) {holds} on {} {}; {}",
        of.judged_by,
        window.name,
        date(found.on),
        why(account, of),
        flips(of.flips_on, found.on, window.until),
    );
    if let Some(concession) = weightiest(found) {
        let [weak, strong] = [weaker(of), 1 - weaker(of)];
        let slack = |side| from_to(account, side, concession.slack_without_pct, concession.slack_with_pct);
        let priced = if concession.priced_by == "user" { " (its worth as given)" } else { "" };
        said.push_str(&match changes_nothing(concession) {
            true => format!("; {}", nothing_changes(account, concession)),
            false => format!(
                "; {}{priced} would move the slack of {} and of {} (per cent of {}), and {}",
                named(account, &concession.name),
                slack(weak),
                slack(strong),
                a_month(of),
                day_moved(concession.flips_without, concession.flips_with)
            ),
        });
    }
    said.push('.');
    said
}

/// The windows that do not hold the day.
fn other_windows(found: &TruceAnswer) -> String {
    if found.other_windows.is_empty() {
        return match found.known_on {
            Some(known) => format!("As known on {}, the record has no window.", date(known)),
            None => "The record has no window.".into(),
        };
    }
    let told = found.other_windows.iter().map(|window| {
        let span = format!("{} to {}", date(window.from), date(window.until));
        match window.phase {
            "ahead" => format!("the window of {} lies ahead, from {span}", window.name),
            "over" => format!("that of {} is over, from {span}", window.name),
            _ => format!("that of {}, from {span}, suspends no duty on all goods", window.name),
        }
    });
    capital(&format!("{}.", told.collect::<Vec<_>>().join("; ")))
}

/// At what patience, and why.
fn why(account: &Account, of: &SelfEnforcement) -> String {
    let name = |at: usize| in_sentence(&account.parties[at].name);
    let mild: Vec<String> = (0..2).filter(|at| of.sides[*at].punishment_pct < 0.0).map(name).collect();
    if !mild.is_empty() {
        let [a, b] = of.punished_pp;
        return format!(
            "at patience {}: the answer to a breach ({} and {} %) would be milder than today's terms for {}, so it \
             deters nothing there",
            fixed(of.monthly_patience, 4),
            short(a),
            short(b),
            list(&mild)
        );
    }
    match of.verdict {
        Verdict::HoldsAtAnyPatience => {
            "at any patience: no higher duty on all goods that was tried gains either side anything while the other holds"
                .into()
        }
        _ => {
            let needs: Vec<String> = of
                .sides
                .iter()
                .enumerate()
                .map(|(at, side)| match side.critical_patience {
                    Some(0.0) => format!("{} holds at any", name(at)),
                    Some(least) => format!("{} needs {}", name(at), fixed(least, 3)),
                    None => format!("no patience holds {}", name(at)),
                })
                .collect();
            format!(
                "at a monthly patience of {}: {}",
                fixed(of.monthly_patience, 4),
                list(&needs)
            )
        }
    }
}

fn flips(on: Option<Day>, today: Day, until: Day) -> String {
    match on {
        None => format!("it flips on no day before the deadline of {}", date(until)),
        Some(day) if day == today => "it has flipped by that day, the first asked about".into(),
        Some(day) => format!("it flips on {}", date(day)),
    }
}

/// What an extension of so many days would change; none where no window is open.
pub fn truce_extension(found: &TruceAnswer) -> Option<String> {
    let extension = found.extension.as_ref()?;
    let slack = |side| from_to(&found.account, side, extension.slack_before_pct, extension.slack_after_pct);
    Some(format!(
        "An extension by {} would move the slack of {} and of {}, and {}.",
        days(extension.days),
        slack(0),
        slack(1),
        day_moved(extension.flips_before, extension.flips_after)
    ))
}

/// `China from +27.37 to +27.42`, with as many digits, up to six, as tell the two apart.
fn from_to(account: &Account, side: usize, before: [f64; 2], after: [f64; 2]) -> String {
    let name = in_sentence(&account.parties[side].name);
    let told = |digits| [before[side], after[side]].map(|slack| signed(slack, digits));
    let [from, to] = (2..6).map(told).find(|[from, to]| from != to).unwrap_or_else(|| told(6));
    format!("{name} from {from} to {to}")
}

/// What becomes of the day on which the truce flips.
fn day_moved(before: Option<Day>, after: Option<Day>) -> String {
    match (before, after) {
        (None, None) => "leave it without a day on which it flips".to_owned(),
        (before, after) if before == after => "leave the day it flips where it is".to_owned(),
        (_, None) => "leave no day on which it flips".to_owned(),
        (_, Some(after)) => format!("move the day it flips to {}", date(after)),
    }
}

/// The side with less slack on the day asked about.
fn weaker(of: &SelfEnforcement) -> usize {
    usize::from(of.sides[1].slack_today_pct < of.sides[0].slack_today_pct)
}

fn changes_nothing(effect: &ConcessionEffect) -> bool {
    effect.priced_by == "economy" && effect.worth_pct.iter().all(|worth| worth.abs() < 5e-7)
}

fn nothing_changes(account: &Account, effect: &ConcessionEffect) -> String {
    format!(
        "{} would change nothing: under today's duties less is traded than is licensed",
        named(account, &effect.name)
    )
}

/// The concession that moves the slack of the side with less of it most.
fn weightiest(found: &TruceAnswer) -> Option<&ConcessionEffect> {
    let of = found.self_enforcement.as_ref()?;
    let weak = weaker(of);
    let moved = |effect: &ConcessionEffect| effect.slack_with_pct[weak] - effect.slack_without_pct[weak];
    found.concessions.iter().max_by(|a, b| moved(a).total_cmp(&moved(b)))
}

/// What the per cents of a truce are of.
pub(crate) fn a_month(of: &SelfEnforcement) -> &'static str {
    if by_real_income(of) { "a month's real income" } else { "what a month is worth to each" }
}

fn by_real_income(of: &SelfEnforcement) -> bool {
    of.judged_by == "real income"
}

/// From which weight on revenue on each side would gain by a breach, and would break the truce.
pub(crate) fn revenue_at_stake(account: &Account, of: &SelfEnforcement) -> String {
    let dollars = |weight: f64| format!("{} dollars", fixed(1.0 + weight, 2));
    let side = |at: usize| {
        let name = in_sentence(&account.parties[at].name);
        let stake = of.sides[at].revenue_at_stake;
        match (stake.tempts_from, stake.breaks_from) {
            (None, None) => format!("no count up to 11 dollars makes a breach pay for {name}"),
            (Some(tempts), None) => format!(
                "a breach gains {name} something from {} on, but no count up to 11 makes it break the truce",
                dollars(tempts)
            ),
            (None, Some(breaks)) => format!(
                "{name} breaks the truce from {} on, though no breach gains while the other side holds",
                dollars(breaks)
            ),
            (Some(tempts), Some(breaks)) => format!(
                "a breach gains {name} something from {} on, and it breaks the truce from {} on",
                dollars(tempts),
                dollars(breaks)
            ),
        }
    };
    format!("If a dollar of duties counted for more than a dollar of income: {}; {}.", side(0), side(1))
}

/// What a concession is worth and what it changes.
fn conceded(account: &Account, effect: &ConcessionEffect, of: &SelfEnforcement) -> String {
    let worth: Vec<String> = (0..2)
        .map(|at| {
            format!("{} % to {}", signed(effect.worth_pct[at], 3), in_sentence(&account.parties[at].name))
        })
        .collect();
    let slack: Vec<String> = (0..2)
        .map(|at| {
            let moved = effect.slack_with_pct[at] - effect.slack_without_pct[at];
            format!("{} for {}", signed(moved, 3), in_sentence(&account.parties[at].name))
        })
        .collect();
    if changes_nothing(effect) {
        return nothing_changes(account, effect);
    }
    let day = day_moved(effect.flips_without, effect.flips_with);
    let by = if effect.priced_by == "user" { " (as given, not computed)" } else { "" };
    format!(
        "{}{by} would be worth {} of {} a month, change the slack by {} and {day}",
        named(account, &effect.name),
        list(&worth),
        if by_real_income(of) { "real income" } else { "what each wants" },
        list(&slack)
    )
}

/// Codes in the name of a concession by their names.
fn named(account: &Account, name: &str) -> String {
    let mut said = name.to_owned();
    for party in &account.parties {
        said = said.replace(party.code.as_str(), &name_of(account, &party.code));
    }
    said
}

/// The same as a sentence of its own.
pub(crate) fn concession(account: &Account, effect: &ConcessionEffect, of: &SelfEnforcement) -> String {
    format!("{}.", capital(&conceded(account, effect, of)))
}
