//! Laws of the duty on an entry, as properties over the lines, origins and days of the record.

#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test a panic is the message")]

mod disk;

use std::sync::LazyLock;

use diagnostic::Source;
use ledger::{Ledger, View};
use proptest::prelude::*;
use tariffs::{Book, Border, Facts, Schedules, Why};
use terms::{Country, Day, Instant, Line};

static RECORD: LazyLock<Ledger> = LazyLock::new(disk::record);
static SCHEDULES: LazyLock<Schedules> = LazyLock::new(disk::schedules);
static LINES: LazyLock<Vec<Line>> = LazyLock::new(|| SCHEDULES["USA"].all_lines().collect());
static BORDER: LazyLock<Border<'static>> = LazyLock::new(|| Border::new(&RECORD, &SCHEDULES));
static BOOKS: LazyLock<[Book<'static>; 3]> = LazyLock::new(|| {
    [View::Collected, View::Lawful, View::Printed].map(|view| BORDER.as_known(Instant::MAX, view))
});

const ORIGINS: [&str; 9] = ["CHN", "HKG", "DEU", "JPN", "CAN", "MEX", "RUS", "BRA", "VNM"];

/// An entry drawn at random: a line, an origin, a day of 2025 or 2026.
fn entry() -> impl Strategy<Value = (Line, Country, Day)> {
    (0..LINES.len(), 0..ORIGINS.len(), 0_i64..600).prop_map(|(line, origin, days)| {
        let first = jiff::civil::date(2025, 1, 1);
        let day = first.checked_add(jiff::Span::new().days(days)).unwrap();
        (LINES[line], Country::new(ORIGINS[origin]), day)
    })
}

/// The answer; none where the line does not exist that day.
fn why(book: &Book<'_>, (line, origin, on): (Line, &Country, &str), facts: &Facts) -> Option<Why> {
    let on = RECORD.moment("USA", on).unwrap();
    book.why(&Country::new("USA"), origin, line, on, facts).ok()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    /// The total is the sum of the trace, in every view.
    #[test]
    fn the_total_is_the_sum_of_the_trace((line, origin, day) in entry()) {
        for book in BOOKS.iter() {
            let Some(answer) = why(book, (line, &origin, &day.to_string()), &Facts::default()) else { continue };
            if let (Some(total), Some(_)) = (answer.total_pct, answer.base_pct) {
                prop_assert_eq!(Some(total), answer.sum(), "{} {} {}", line, origin, day);
            }
        }
    }

    /// A day is answered as its first instant, and as its first minute.
    #[test]
    fn a_day_is_answered_as_its_first_instant((line, origin, day) in entry()) {
        let asked = |on: &str| why(&BOOKS[0], (line, &origin, on), &Facts::default());
        let whole = asked(&day.to_string());
        prop_assert_eq!(&whole, &asked(&format!("{day}T00:00")));
        prop_assert_eq!(&whole, &asked(&format!("{day}T00:01")));
    }

    /// What an answer says a fact would make of the total is what it makes once the fact is stated.
    #[test]
    fn a_fact_that_would_change_the_answer_changes_it_as_said((line, origin, day) in entry()) {
        let on = day.to_string();
        let Some(answer) = why(&BOOKS[0], (line, &origin, &on), &Facts::default()) else { return Ok(()) };
        for open in answer.open_facts.iter().filter(|open| open.key != "line") {
            let fact = format!("{}={}", open.key, open.value);
            let facts = Facts::read([fact.as_str()], &RECORD, &SCHEDULES, "USA").unwrap();
            let stated = why(&BOOKS[0], (line, &origin, &on), &facts).unwrap();
            prop_assert_ne!(&stated.total_text, &answer.total_text, "{} {} {} {}", line, origin, day, fact);
            prop_assert_eq!(stated.total_pct, open.total_pct, "{} {} {} {}", line, origin, day, fact);
        }
    }

    /// In the lawful view nothing rests on a duty that had no force, and no view charges less than the lawful one
    /// of what the emergency statute laid on.
    #[test]
    fn void_duties_are_not_owed_in_law((line, origin, day) in entry()) {
        let on = RECORD.moment("USA", &day.to_string()).unwrap();
        let Some(answer) = why(&BOOKS[1], (line, &origin, &day.to_string()), &Facts::default()) else { return Ok(()) };
        for part in &answer.components {
            let id = ledger::MeasureId::new(&part.measure);
            prop_assert!(RECORD.void_by(&id, on, Instant::MAX).is_none(), "{} on {}", part.measure, day);
        }
    }

    /// Each duty charged or dropped stands once in the trace, and each charged rests on an act with a citation.
    #[test]
    fn every_duty_stands_once_and_has_an_act((line, origin, day) in entry()) {
        let Some(answer) = why(&BOOKS[0], (line, &origin, &day.to_string()), &Facts::default()) else { return Ok(()) };
        let charged = answer.components.iter().map(|part| part.measure.as_str());
        let mut all: Vec<&str> = charged.chain(answer.dropped.iter().map(|part| part.measure.as_str())).collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        prop_assert_eq!(all.len(), count);
        prop_assert!(answer.components.iter().all(|part| !part.citation.is_empty()));
    }
}

/// A reader of a day answers as one who never saw what was published later: the same entries, from a record of the
/// texts published until then.
#[test]
fn what_is_published_later_is_hidden_entirely() {
    for known in ["2025-04-10", "2025-05-31", "2026-02-19"] {
        let until = RECORD.moment("USA", known).unwrap();
        let book = BORDER.as_known(until, View::Collected);
        for line in LINES.iter().step_by(997) {
            let at = (*line, &Country::new("CHN"), known);
            let Some(answer) = why(&book, at, &Facts::default()) else { continue };
            for part in &answer.components {
                let act = RECORD.act(&part.act).unwrap();
                assert!(act.published <= until, "{line} known {known}: {} of {}", part.act, act.published);
            }
        }
    }
}

/// An overlay that says nothing changes no answer.
#[test]
fn an_overlay_that_changes_nothing_changes_nothing() {
    let text = "[act]\nid = \"silence\"\nissuer = \"USA\"\nkind = \"statement\"\ntitle = \"nothing\"\n\
                published = \"2025-06-01\"\ncitation = \"none\"\n";
    let above = RECORD.with(&[Source::new("silence.toml", text)]).unwrap().value;
    let border = Border::new(&above, &SCHEDULES);
    let book = border.as_known(Instant::MAX, View::Collected);
    for (at, line) in LINES.iter().enumerate().step_by(499) {
        let origin = Country::new(ORIGINS[at % ORIGINS.len()]);
        for day in ["2025-04-10", "2025-11-10", "2026-07-24"] {
            let ask = |book: &Book<'_>| why(book, (*line, &origin, day), &Facts::default());
            assert_eq!(ask(&book), ask(&BOOKS[0]), "{line} {origin} {day}");
        }
    }
}

/// Every code that a measure or a list of the record names is a line of some edition, or lies above one.
#[test]
fn no_code_of_the_record_is_without_goods() {
    assert_eq!(tariffs::strays(&RECORD, &SCHEDULES), []);
}

/// A slip of a digit is named with the measure that makes it; chapters 98 and 99 hold no goods.
#[test]
fn a_slip_of_a_digit_is_a_code_without_goods() {
    let text = "[act]\nid = \"slip\"\nissuer = \"USA\"\nkind = \"order\"\ntitle = \"a slip\"\n\
                published = \"2026-06-01\"\ncitation = \"none\"\n[[measure]]\nid = \"slip\"\norigin = \"CHN\"\n\
                goods = [\"6109.11\", \"6109.10\", \"9802.00.99\"]\nrate = \"5 %\"\nfrom = \"2026-06-02\"\n";
    let above = RECORD.with(&[Source::new("slip.toml", text)]).unwrap().value;
    let strays: Vec<String> = tariffs::strays(&above, &SCHEDULES)
        .iter()
        .map(|stray| format!("{} {}", stray.by, stray.line))
        .collect();
    assert_eq!(strays, ["slip 6109.11"]);
}
