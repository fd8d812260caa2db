//! How long it takes to load schedules and lists, to answer for one entry, and to charge every line, origin and day.
//! Run with `cargo bench -p detente-tariffs`.

#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "a bench that cannot run says so")]

#[path = "../tests/disk/mod.rs"]
mod disk;

use std::sync::LazyLock;

use ledger::{Ledger, View};
use tariffs::{Book, Border, DayTable, Facts, Schedule, Schedules, Why};
use terms::{Country, Instant};

static LEDGER: LazyLock<Ledger> = LazyLock::new(disk::record);
static SCHEDULES: LazyLock<Schedules> = LazyLock::new(disk::schedules);
static BORDER: LazyLock<Border<'static>> = LazyLock::new(|| Border::new(&LEDGER, &SCHEDULES));
static BOOK: LazyLock<Book<'static>> = LazyLock::new(|| BORDER.as_known(Instant::MAX, View::Collected));

fn main() {
    divan::main();
}

/// Every text of the ledger. Budget for the load, schedule and lists included: 150 ms.
#[divan::bench]
fn read_the_record() -> Ledger {
    disk::record()
}

#[divan::bench]
fn read_the_schedule(bencher: divan::Bencher<'_, '_>) {
    let path = disk::root().join("ledger/schedules/usa.schedule");
    let text = diagnostic::Source::new("usa.schedule", std::fs::read_to_string(path).unwrap());
    bencher.bench(|| Schedule::read(&text));
}

#[divan::bench]
fn index_the_lists(bencher: divan::Bencher<'_, '_>) {
    LazyLock::force(&LEDGER);
    bencher.bench(|| Border::new(&LEDGER, &SCHEDULES));
}

#[divan::bench]
fn all_as_known_on_a_day(bencher: divan::Bencher<'_, '_>) {
    LazyLock::force(&BORDER);
    bencher.bench(|| BORDER.as_known(Instant::MAX, View::Collected));
}

/// One answer with all its reasons and open facts. Budget: 50 µs.
#[divan::bench(args = ["CHN 6109.10.00.12 2025-04-10", "DEU 8708.30.50 2025-09-10", "CHN 8708.30.50 2026-05-10"])]
fn why(bencher: divan::Bencher<'_, '_>, question: &str) {
    let words: Vec<&str> = question.split(' ').collect();
    let (us, origin, line) = (Country::new("USA"), Country::new(words[0]), words[1].parse().unwrap());
    let on = LEDGER.moment("USA", words[2]).unwrap();
    let facts = Facts::default();
    LazyLock::force(&BOOK);
    bencher.bench(|| -> Why { BOOK.why(&us, &origin, line, on, &facts).unwrap() });
}

/// 19,839 lines × 240 origins × every day of change from January 2025 to August 2026. Budget: 10 s.
#[divan::bench(sample_count = 3)]
fn the_whole_table(bencher: divan::Bencher<'_, '_>) {
    let at = |day| LEDGER.moment("USA", day).unwrap();
    let (from, until) = (at("2025-01-01"), at("2026-09-01"));
    LazyLock::force(&BOOK);
    bencher.bench(|| DayTable::of(&BOOK, &Country::new("USA"), from, until).0);
}
