//! The archives a question can be answered from: a folder on disk, or the product itself.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use rust_embed::RustEmbed;
use terms::{Archive, ArchiveError};

/// A folder on disk. Paths are below it; `..` does not lead out of it.
#[derive(Debug, Clone)]
pub struct Disk {
    root: PathBuf,
}

impl Disk {
    /// The folder `root`.
    pub fn at(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    fn fault(path: &str, error: &std::io::Error) -> ArchiveError {
        ArchiveError { path: path.into(), reason: error.to_string() }
    }

    fn collect(&self, folder: &Path, below: &str, into: &mut Vec<String>) -> std::io::Result<()> {
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with('.') {
                continue;
            }
            let path = if below.is_empty() { name } else { format!("{below}/{name}") };
            if entry.path().is_dir() {
                self.collect(&entry.path(), &path, into)?;
            } else {
                into.push(path);
            }
        }
        Ok(())
    }
}

impl Archive for Disk {
    fn read(&self, path: &str) -> Result<Option<Cow<'_, [u8]>>, ArchiveError> {
        if path.split('/').any(|part| part == "..") {
            return Err(ArchiveError {
                path: path.into(),
                reason: "the path leads out of the folder".into(),
            });
        }
        match std::fs::read(self.root.join(path)) {
            Ok(bytes) => Ok(Some(Cow::Owned(bytes))),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Self::fault(path, &error)),
        }
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, ArchiveError> {
        let mut paths = Vec::new();
        let start = if folder.is_empty() { self.root.clone() } else { self.root.join(folder) };
        if start.is_dir() {
            self.collect(&start, folder, &mut paths).map_err(|error| Self::fault(folder, &error))?;
        }
        paths.sort();
        Ok(paths)
    }
}

#[derive(RustEmbed)]
#[folder = "../../ledger"]
#[prefix = "ledger/"]
struct EmbeddedLedger;

#[derive(RustEmbed)]
#[folder = "../../data"]
#[prefix = "data/"]
struct EmbeddedData;

#[derive(RustEmbed)]
#[folder = "../../scenarios"]
#[prefix = "scenarios/"]
struct EmbeddedScenarios;

/// What ships inside the product: `ledger/`, `data/` and `scenarios/`.
#[derive(Debug, Clone, Copy, Default)]
pub struct Embedded;

impl Archive for Embedded {
    fn read(&self, path: &str) -> Result<Option<Cow<'_, [u8]>>, ArchiveError> {
        let file = EmbeddedLedger::get(path)
            .or_else(|| EmbeddedData::get(path))
            .or_else(|| EmbeddedScenarios::get(path));
        Ok(file.map(|file| file.data))
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, ArchiveError> {
        let inside = |path: &str| {
            folder.is_empty() || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
        };
        let all = EmbeddedLedger::iter().chain(EmbeddedData::iter()).chain(EmbeddedScenarios::iter());
        let mut paths: Vec<String> = all.filter(|path| inside(path)).map(Cow::into_owned).collect();
        paths.sort();
        Ok(paths)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_product_carries_its_economy() {
        let paths = Embedded.list("data/economies/default").unwrap();
        assert!(paths.contains(&"data/economies/default/trade.csv".to_string()), "{paths:?}");
        assert!(Embedded.read("data/economies/default/economy.toml").unwrap().is_some());
        assert!(Embedded.read("data/economies/default/none").unwrap().is_none());
    }

    #[test]
    fn a_folder_is_read_below_its_root_only() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("usa")).unwrap();
        std::fs::write(folder.path().join("usa/act.toml"), "id = 1").unwrap();
        let disk = Disk::at(folder.path());
        assert_eq!(disk.list("").unwrap(), ["usa/act.toml"]);
        assert_eq!(disk.read("usa/act.toml").unwrap().unwrap().as_ref(), b"id = 1");
        assert_eq!(disk.read("usa/none.toml").unwrap(), None);
        assert!(disk.read("../secret").is_err());
    }
}
