//! Opening an economy: the embedded one by name, any other by its folder.

use std::path::Path;

use diagnostic::{Diagnostic, Faults, help_nearest};
use economy::{Draft, Economy};
use terms::{Archive, MemoryArchive};

use crate::archive::{Disk, Embedded};
use crate::manifest::hash_folder;

/// Where the product keeps its own economies.
const EMBEDDED: &str = "data/economies";

/// An economy and the hash of everything it was read from.
#[derive(Debug)]
pub struct Opened {
    /// The accounts.
    pub economy: Economy,
    /// The name asked for and the hash of its files.
    pub input: (String, String),
}

/// The names of the economies that ship with the product.
pub fn embedded_names() -> Vec<String> {
    let paths = Embedded.list(EMBEDDED).unwrap_or_default();
    let mut names: Vec<String> = paths
        .iter()
        .filter_map(|path| path.strip_prefix(EMBEDDED)?.strip_prefix('/')?.split_once('/'))
        .map(|(name, _)| name.to_string())
        .collect();
    names.dedup();
    names
}

/// Opens `default` (or another embedded economy) by name, or the folder at a path.
///
/// # Errors
/// `unknown-economy` when there is neither; all faults of the folder otherwise.
pub fn open(name_or_path: &str) -> Result<Opened, Faults> {
    found(name_or_path, |archive, folder| {
        let economy = Economy::read(archive, folder)?;
        let hash = hash_folder(archive, folder)?;
        Ok(Opened { economy, input: (format!("economy {name_or_path}"), hash) })
    })
}

/// The same accounts before their identities are checked.
///
/// # Errors
/// As [`open`], but for cells that do not balance.
pub fn draft(name_or_path: &str) -> Result<Draft, Faults> {
    found(name_or_path, Draft::read)
}

/// Where an economy lies, given to `read`.
fn found<T>(
    name_or_path: &str,
    read: impl FnOnce(&dyn Archive, &str) -> Result<T, Faults>,
) -> Result<T, Faults> {
    let names = embedded_names();
    if names.iter().any(|name| name == name_or_path) {
        return read(&Embedded, &format!("{EMBEDDED}/{name_or_path}"));
    }
    let path = Path::new(name_or_path);
    if path.is_dir() {
        // The messages name files as the user would: the folder given, then the file.
        let folder = name_or_path.trim_end_matches('/').to_string();
        let named = Named { disk: Disk::at(path), folder: folder.clone() };
        return read(&named, &folder);
    }
    Err(Diagnostic::error("unknown-economy", format!("`{name_or_path}` is no economy"))
        .note(format!("the product holds {}", names.join(", ")))
        .help_if(help_nearest(name_or_path, names.iter().map(String::as_str)))
        .help("name one of these, or the path of a folder with `economy.toml`, `trade` and `tariffs`")
        .into())
}

/// A folder on disk whose files are known by the path the user gave.
struct Named {
    disk: Disk,
    folder: String,
}

impl Archive for Named {
    fn read(&self, path: &str) -> Result<Option<std::borrow::Cow<'_, [u8]>>, terms::ArchiveError> {
        let below = path.strip_prefix(&self.folder).map_or(path, |rest| rest.trim_start_matches('/'));
        self.disk.read(below)
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, terms::ArchiveError> {
        let below = folder.strip_prefix(&self.folder).map_or(folder, |rest| rest.trim_start_matches('/'));
        let paths = self.disk.list(below)?;
        Ok(paths.into_iter().map(|path| format!("{}/{path}", self.folder)).collect())
    }
}

/// A text at a path, as a one-file archive under its own name.
///
/// # Errors
/// `unreadable-file` with what the system says.
pub fn text_at(path: &Path) -> Result<diagnostic::Source, Faults> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(diagnostic::Source::new(path.to_string_lossy(), text)),
        Err(error) => {
            Err(Diagnostic::error("unreadable-file", format!("`{}` cannot be read: {error}", path.display()))
                .help("give the path of a text file that exists")
                .into())
        }
    }
}

/// An archive of a single text, for a ledger laid on top.
pub(crate) fn single(text: &diagnostic::Source) -> MemoryArchive {
    MemoryArchive::new().with(text.name(), text.text().as_bytes().to_vec())
}
