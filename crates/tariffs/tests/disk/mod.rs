//! The repository's own texts, for tests. (Rooms never open files; tests may.)
#![allow(dead_code, reason = "each test file uses a part")]
#![allow(clippy::panic, reason = "in a test a panic is the message")]

pub mod flows;

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use terms::{Archive, ArchiveError};

/// The folder of the repository as an archive.
pub struct Repository;

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

impl Archive for Repository {
    fn read(&self, path: &str) -> Result<Option<Cow<'_, [u8]>>, ArchiveError> {
        let file = root().join(path);
        if !file.is_file() {
            return Ok(None);
        }
        let fault = |e: std::io::Error| ArchiveError { path: path.into(), reason: e.to_string() };
        std::fs::read(file).map(|bytes| Some(Cow::Owned(bytes))).map_err(fault)
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, ArchiveError> {
        let mut files = Vec::new();
        walk(&root().join(folder), folder, &mut files);
        files.sort();
        Ok(files)
    }
}

fn walk(at: &Path, name: &str, files: &mut Vec<String>) {
    for entry in std::fs::read_dir(at).into_iter().flatten().flatten() {
        let inner = format!("{name}/{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            walk(&entry.path(), &inner, files);
        } else {
            files.push(inner);
        }
    }
}

/// The whole record.
pub fn record() -> ledger::Ledger {
    match ledger::Ledger::read(&Repository, "ledger") {
        Ok(read) => read.value,
        Err(faults) => panic!("{faults}"),
    }
}

/// Governments, countries and groups alone.
pub fn areas() -> ledger::Ledger {
    let governments = ledger::Ledger::read(&Repository, "ledger/governments.toml");
    let governed = governments.unwrap_or_else(|faults| panic!("{faults}")).value;
    governed.overlaid(&Repository, "ledger/areas.toml").unwrap_or_else(|faults| panic!("{faults}")).value
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
