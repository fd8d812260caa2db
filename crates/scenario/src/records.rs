//! Opening the record: the embedded ledger or a folder, with overlays on top.

use std::path::{Path, PathBuf};

use diagnostic::{Diagnostic, Faults};
use ledger::Ledger;
use terms::Archive;

use crate::archive::{Disk, Embedded};
use crate::economies::{single, text_at};
use crate::manifest::{hash, hash_folder};

/// The record, and the hash of everything it was read from.
#[derive(Debug)]
pub struct Record {
    /// The ledger, overlays included.
    pub ledger: Ledger,
    /// What is odd in the texts and legal.
    pub warnings: Faults,
    /// Each text or folder read, and its hash.
    pub inputs: Vec<(String, String)>,
}

impl Record {
    /// The embedded record, or the one in `folder`, with each overlay (a file or a folder) laid on top.
    ///
    /// # Errors
    /// All faults of the texts; `unreadable-file` or `unknown-ledger` for a path without one.
    pub fn open(folder: Option<&Path>, overlays: &[PathBuf]) -> Result<Self, Faults> {
        let mut record = match folder {
            None => Self::read(&Embedded, "ledger", "record")?,
            Some(path) if path.is_dir() => Self::read(&Disk::at(path), "", &path.to_string_lossy())?,
            Some(path) => return Err(no_ledger(path)),
        };
        for path in overlays {
            record = record.overlaid(path)?;
        }
        Ok(record)
    }

    fn read(archive: &dyn Archive, folder: &str, name: &str) -> Result<Self, Faults> {
        let read = Ledger::read(archive, folder)?;
        let inputs = vec![(format!("ledger {name}"), hash_folder(archive, folder)?)];
        Ok(Self { ledger: read.value, warnings: read.warnings, inputs })
    }

    fn overlaid(mut self, path: &Path) -> Result<Self, Faults> {
        let name = path.to_string_lossy().into_owned();
        let (read, hash) = if path.is_dir() {
            let disk = Disk::at(path);
            (self.ledger.overlaid(&disk, "")?, hash_folder(&disk, "")?)
        } else if path.is_file() {
            let text = text_at(path)?;
            (self.ledger.overlaid(&single(&text), text.name())?, hash(text.text().as_bytes()))
        } else {
            return Err(no_ledger(path));
        };
        self.ledger = read.value;
        self.warnings.append(read.warnings);
        self.inputs.push((format!("overlay {name}"), hash));
        Ok(self)
    }
}

fn no_ledger(path: &Path) -> Faults {
    Diagnostic::error("unknown-ledger", format!("`{}` holds no ledger", path.display()))
        .help("give a folder of ledger texts, or for an overlay a folder or one `.toml` file")
        .into()
}
