//! What an outcome says, in sentences a newspaper could print: the fact first, no adjectives, no side taken.

mod headlines;
mod model;
mod truce;

use scenario::{Account, Direction, Part, Truce};
use terms::{Country, Day};

pub use headlines::{headline_replies, headline_talks, months_played};
pub use model::{
    bystanders, cost, headlines_of, package_name, payoffs, rates_of, self_enforcement, turning_day,
};

pub(crate) use truce::{a_month, concession, revenue_at_stake};
pub use truce::{truce_extension, truce_verdict};

use crate::rounding::short;

/// A name inside a sentence: `the United States`, `China`.
pub fn in_sentence(name: &str) -> String {
    let takes_article =
        ["United ", "European ", "Rest of", "Netherlands", "Philippines", "Russian Fed", "Czech Rep"];
    let lower = if name.starts_with("Rest") { name.replacen("Rest", "rest", 1) } else { name.to_owned() };
    if takes_article.iter().any(|start| name.starts_with(start)) { format!("the {lower}") } else { lower }
}

/// The name of a party inside a sentence; other codes stand for themselves.
pub fn name_of(account: &Account, code: &Country) -> String {
    account
        .parties
        .iter()
        .find(|p| p.code == *code)
        .map_or_else(|| code.to_string(), |p| in_sentence(&p.name))
}

/// The adjective of a party: `US`, `Chinese`; other codes stand for themselves.
pub fn adjective_of(account: &Account, code: &Country) -> String {
    account.parties.iter().find(|p| p.code == *code).map_or_else(|| code.to_string(), |p| p.adjective.clone())
}

/// Parties of a code or of codes joined by `/`, by adjective: `US and Chinese`.
pub fn adjectives(account: &Account, who: &str) -> String {
    let words: Vec<String> = who
        .split('/')
        .filter(|code| !code.is_empty())
        .map(|code| adjective_of(account, &Country::new(code)))
        .collect();
    words.join(" and ")
}

/// An act with its citation, its number said once.
pub fn cited(act: &str, citation: &str) -> String {
    match (act.is_empty(), citation.is_empty()) {
        (_, true) => act.to_owned(),
        (true, _) => citation.to_owned(),
        _ if citation.starts_with(act) => citation.to_owned(),
        _ => format!("{act}; {citation}"),
    }
}

/// `US duties on Chinese goods`.
pub fn direction(account: &Account, direction: &Direction) -> String {
    let (buyer, seller) =
        (adjective_of(account, &direction.importer), adjective_of(account, &direction.exporter));
    format!("{buyer} duties on {seller} goods")
}

/// `9 June 2025`.
pub fn date(day: Day) -> String {
    day.strftime("%-d %B %Y").to_string()
}

/// Which texts were used: `as known on 8 June 2025`, or all of them.
pub fn known(account: &Account) -> String {
    account
        .known_on
        .map_or_else(|| "with all that is known".into(), |day| format!("as known on {}", date(day)))
}

/// `9 June`.
pub fn date_of_year(day: Day) -> String {
    day.strftime("%-d %B").to_string()
}

/// `1 day`, `64 days`.
pub fn days(count: i64) -> String {
    if count == 1 { "1 day".into() } else { format!("{count} days") }
}

/// `a`, `a and b`, `a, b and c`.
pub fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// A title inside a sentence: its first letter small, unless the word is an abbreviation.
pub fn lower(title: &str) -> String {
    let mut letters = title.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().chain(title.chars().skip(1)).collect()
        }
        _ => title.to_owned(),
    }
}

/// A sentence's first letter as a capital.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The one sentence above everything else.
pub fn headline(account: &Account) -> String {
    let [one, other] = &account.directions;
    let levels = |word: &str, a: f64, b: f64| {
        let (first, second) = (direction(account, one), direction(account, other));
        let again = word.rsplit(' ').next().unwrap_or_default();
        format!("{first} {word} {} % and {second} {again} {} %", short(a), short(b))
    };
    if let Some(truce) = &account.truce {
        let left = capital(&days(truce.days_left));
        let after = |of: &Direction| {
            truce.returns.iter().find(|r| r.importer == of.importer).map(|r| r.headline_after_pp)
        };
        return match (after(one), after(other)) {
            (Some(a), Some(b)) => format!("{left} left: if the truce lapses, {}", levels("return to", a, b)),
            (Some(a), None) => format!(
                "{left} left: if the truce lapses, {} return to {} %",
                direction(account, one),
                short(a)
            ),
            (None, Some(b)) => format!(
                "{left} left: if the truce lapses, {} return to {} %",
                direction(account, other),
                short(b)
            ),
            (None, None) => format!(
                "{}; {} left of the truce",
                levels("stand at", one.headline_pp, other.headline_pp),
                days(truce.days_left)
            ),
        };
    }
    let read: Vec<&Direction> = account.directions.iter().filter(|of| of.unread.is_none()).collect();
    if let [read] = read[..] {
        let level = short(read.headline_pp);
        return format!("{} stand at {level} %; the other direction is unread", direction(account, read));
    }
    if one.headline_pp == 0.0 && other.headline_pp == 0.0 {
        return "Neither side charges a duty on all of the other's goods".into();
    }
    format!("{}; no truce is in force", levels("stand at", one.headline_pp, other.headline_pp))
}

/// What one side charges and of what it is made.
pub fn in_force(account: &Account, direction: &Direction) -> String {
    let buyer = name_of(account, &direction.importer);
    let goods = format!("{} goods", adjective_of(account, &direction.exporter));
    if let Some(why) = &direction.unread {
        return format!("What {buyer} charges on {goods} is unread: {why}.");
    }
    if direction.headline_pp == 0.0 && direction.parts.is_empty() {
        // `all Chinese goods`, `all of Germany’s goods`.
        let of = if goods.contains('’') { "of " } else { "" };
        return format!("{} charges no duty on all {of}{goods}.", capital(&buyer));
    }
    let parts: Vec<String> =
        direction.parts.iter().map(|p| format!("{}: {}", lower(&p.name), short(p.points_pp))).collect();
    let made_of = if parts.len() > 1 { format!(" ({})", parts.join("; ")) } else { String::new() };
    let level = short(direction.headline_pp);
    format!("{} charges {level} % on {goods}, on top of ordinary duties{made_of}.", capital(&buyer))
}

/// Where the day holds a second headline: from when, and how much.
pub fn later(direction: &Direction) -> Option<String> {
    let later = direction.later.as_ref()?;
    Some(format!("From {}: {} %.", later.from, short(later.headline_pp)))
}

/// The duties on listed goods that are charged besides, in the order of the record: those of nought, or wholly
/// suspended, are left out.
pub fn listed(direction: &Direction) -> impl Iterator<Item = &Part> {
    direction.listed.iter().filter(|part| part.points_pp != 0.0)
}

/// Where the truce stands and what its lapse would bring back.
pub fn truce(account: &Account, truce: &Truce) -> Vec<String> {
    let mut said = vec![format!(
        "The truce ({}) is on day {} of {} and ends on {}, in {}.",
        truce.name,
        truce.day,
        truce.days,
        date(truce.until),
        days(truce.days_left)
    )];
    for back in &truce.returns {
        let whose = adjective_of(account, &back.importer);
        said.push(format!(
            "If it lapses, {} points return on the {whose} side, from {} to {} %.",
            short(back.returns_pp),
            short(back.headline_today_pp),
            short(back.headline_after_pp)
        ));
    }
    // A lapse may well return all there was; only where it does not is that worth a word.
    let back_to = |of: &Direction| {
        let back = truce.returns.iter().find(|back| back.importer == of.importer);
        back.map_or(of.headline_pp, |back| back.headline_after_pp)
    };
    let higher: Vec<&Direction> =
        account.directions.iter().filter(|of| of.peak.headline_pp > back_to(of)).collect();
    let peaks: Vec<String> = higher.iter().map(|of| short(of.peak.headline_pp)).collect();
    if !truce.returns.is_empty() && !peaks.is_empty() {
        said.push(format!("The peak of {} % does not return by lapse.", list(&peaks)));
    }
    said.extend(returns_nothing(account, truce));
    said
}

/// The sides whose duty is gone, so that no point of it can return.
fn returns_nothing(account: &Account, truce: &Truce) -> Vec<String> {
    let gone = truce.others.iter().filter(|other| other.points_pp.is_some() && other.in_force == Some(false));
    gone.map(|other| {
        let whose = adjective_of(account, &other.importer);
        format!("On the {whose} side no points return: the {} is no longer in force.", lower(&other.title))
    })
    .collect()
}
