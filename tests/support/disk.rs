//! Folders on disk as archives, for the tests of rooms that never open a file themselves.
#![allow(dead_code, reason = "each test file uses a part")]
#![allow(clippy::print_stderr, reason = "a test says what it skips")]

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use terms::{Archive, ArchiveError};

/// A folder; paths are below it.
#[derive(Debug, Clone)]
pub struct Disk(pub PathBuf);

/// The folder of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The repository.
pub fn repository() -> Disk {
    Disk(root())
}

/// A folder of `../shared`, if it lies beside the repository; a line where it does not.
pub fn shared(folder: &str) -> Option<Disk> {
    let path = root().join("../shared").join(folder);
    if path.is_dir() {
        return Some(Disk(path));
    }
    eprintln!("skipped: `../shared/{folder}` is not beside the repository");
    None
}

impl Archive for Disk {
    fn read(&self, path: &str) -> Result<Option<Cow<'_, [u8]>>, ArchiveError> {
        let file = self.0.join(path);
        if !file.is_file() {
            return Ok(None);
        }
        let fault = |error: std::io::Error| ArchiveError { path: path.into(), reason: error.to_string() };
        std::fs::read(file).map(|bytes| Some(Cow::Owned(bytes))).map_err(fault)
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, ArchiveError> {
        let mut files = Vec::new();
        walk(&self.0.join(folder), folder, &mut files);
        files.sort();
        Ok(files)
    }
}

fn walk(at: &Path, name: &str, files: &mut Vec<String>) {
    for entry in std::fs::read_dir(at).into_iter().flatten().flatten() {
        let file = entry.file_name().to_string_lossy().into_owned();
        let inner = if name.is_empty() { file } else { format!("{name}/{file}") };
        if entry.path().is_dir() {
            walk(&entry.path(), &inner, files);
        } else {
            files.push(inner);
        }
    }
}
