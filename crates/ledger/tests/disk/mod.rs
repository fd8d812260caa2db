//! The repository's own texts, for tests. (Rooms never open files; tests may.)
#![allow(dead_code, unused_imports, reason = "each test file uses a part")]
#![allow(clippy::panic, reason = "in a test a panic is the message")]

#[path = "../../../../tests/support/disk.rs"]
mod folder;

use std::sync::LazyLock;

use ledger::Ledger;

pub use folder::{repository, root};

/// The whole record, read once.
pub fn record() -> Ledger {
    static RECORD: LazyLock<Ledger> = LazyLock::new(|| {
        Ledger::read(&repository(), "ledger").unwrap_or_else(|faults| panic!("{faults}")).value
    });
    RECORD.clone()
}

/// Governments, countries and groups alone.
pub fn areas() -> Ledger {
    let governments = Ledger::read(&repository(), "ledger/governments.toml");
    let governed = governments.unwrap_or_else(|faults| panic!("{faults}")).value;
    governed.overlaid(&repository(), "ledger/areas.toml").unwrap_or_else(|faults| panic!("{faults}")).value
}
