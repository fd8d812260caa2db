//! Where texts and tables come from: a folder on disk, the product itself, or memory.
//!
//! Inner rooms ask an [`Archive`]; only the scenario room knows files.

use std::borrow::Cow;
use std::collections::BTreeMap;

/// A set of files under relative paths with `/` between their parts.
pub trait Archive {
    /// The bytes of one file, or none when it does not exist.
    ///
    /// # Errors
    /// [`ArchiveError`] when the file exists and cannot be read.
    fn read(&self, path: &str) -> Result<Option<Cow<'_, [u8]>>, ArchiveError>;

    /// The paths of all files below `folder` (`""` is the root), sorted.
    ///
    /// # Errors
    /// [`ArchiveError`] when the folder exists and cannot be listed.
    fn list(&self, folder: &str) -> Result<Vec<String>, ArchiveError>;
}

/// A file or folder that is there and cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("cannot read `{path}`: {reason}")]
pub struct ArchiveError {
    /// The path as asked.
    pub path: String,
    /// What the system said.
    pub reason: String,
}

/// An archive held in memory, for tests, overlays and tables that users hand over.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MemoryArchive(BTreeMap<String, Vec<u8>>);

impl MemoryArchive {
    /// An empty archive.
    pub fn new() -> Self {
        Self::default()
    }

    /// The same archive with one more file.
    #[must_use]
    pub fn with(mut self, path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        self.insert(path, bytes);
        self
    }

    /// Adds or replaces one file.
    pub fn insert(&mut self, path: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        self.0.insert(path.into(), bytes.into());
    }
}

impl Archive for MemoryArchive {
    fn read(&self, path: &str) -> Result<Option<Cow<'_, [u8]>>, ArchiveError> {
        Ok(self.0.get(path).map(|bytes| Cow::Borrowed(bytes.as_slice())))
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, ArchiveError> {
        let inside = |path: &String| {
            folder.is_empty() || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
        };
        Ok(self.0.keys().filter(|path| inside(path)).cloned().collect())
    }
}
