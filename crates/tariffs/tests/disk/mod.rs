//! The repository's own texts, for tests. (Rooms never open files; tests may.)
#![allow(dead_code, unused_imports, reason = "each test file uses a part")]
#![allow(clippy::panic, reason = "in a test a panic is the message")]

pub mod flows;
#[path = "../../../../tests/support/disk.rs"]
mod folder;

pub use folder::{repository, root};

/// The whole record.
pub fn record() -> ledger::Ledger {
    match ledger::Ledger::read(&repository(), "ledger") {
        Ok(read) => read.value,
        Err(faults) => panic!("{faults}"),
    }
}

/// Governments, countries and groups alone.
pub fn areas() -> ledger::Ledger {
    let governments = ledger::Ledger::read(&repository(), "ledger/governments.toml");
    let governed = governments.unwrap_or_else(|faults| panic!("{faults}")).value;
    governed.overlaid(&repository(), "ledger/areas.toml").unwrap_or_else(|faults| panic!("{faults}")).value
}

/// The schedules of ordinary duties.
pub fn schedules() -> tariffs::Schedules {
    let text = std::fs::read_to_string(root().join("ledger/schedules/usa.schedule"))
        .unwrap_or_else(|error| panic!("{error}"));
    let schedule = tariffs::Schedule::read(&diagnostic::Source::new("usa.schedule", text))
        .unwrap_or_else(|faults| panic!("{faults}"));
    [(schedule.importer.clone(), schedule)].into()
}

/// The clock of the United States.
pub fn clock() -> ledger::Clock {
    areas().clock("USA")
}
