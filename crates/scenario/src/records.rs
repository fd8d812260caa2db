//! Opening the record: the embedded ledger or a folder, with overlays on top.

use std::path::{Path, PathBuf};

use diagnostic::{Diagnostic, Faults, Source};
use ledger::Ledger;
use tariffs::{Schedule, Schedules};
use terms::{Archive, ArchiveError};

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
    /// The ledger before the first overlay; none: there is none.
    under: Option<Ledger>,
    /// Where ordinary duties are read from when they are asked for, the lowest first.
    shelves: Vec<Shelf>,
}

/// A ledger that may hold `schedules/*.schedule`.
#[derive(Debug)]
enum Shelf {
    /// The one that ships with the product.
    Embedded,
    /// A folder on disk.
    Folder(PathBuf),
}

impl Shelf {
    fn read(&self, into: &mut Schedules) -> Result<(), Faults> {
        match self {
            Self::Embedded => read_schedules(&Embedded, "ledger/schedules", into),
            Self::Folder(path) => read_schedules(&Disk::at(path), "schedules", into),
        }
    }
}

impl Record {
    /// The embedded record, or the one in `folder`, with each overlay (a file or a folder) laid on top.
    ///
    /// # Errors
    /// All faults of the texts; `unreadable-file` or `unknown-ledger` for a path without one.
    pub fn open(folder: Option<&Path>, overlays: &[PathBuf]) -> Result<Self, Faults> {
        let mut record = match folder {
            None => Self::read(&Embedded, "ledger", "record", Shelf::Embedded)?,
            Some(path) if path.is_dir() && holds_texts(path)? => {
                let shelf = Shelf::Folder(path.to_path_buf());
                Self::read(&Disk::at(path), "", &path.to_string_lossy(), shelf)?
            }
            Some(path) => return Err(no_ledger(path)),
        };
        for path in overlays {
            record = record.overlaid(path)?;
        }
        Ok(record)
    }

    /// The ledger as it stands without its overlays; none where it has none.
    pub(crate) fn without_overlays(&self) -> Option<&Ledger> {
        self.under.as_ref()
    }

    /// Every fault of a ledger and its overlays, schedules included: those of the texts, of the tables, and codes
    /// that no edition of a schedule has.
    pub fn check(folder: Option<&Path>, overlays: &[PathBuf]) -> Faults {
        let record = match Self::open(folder, overlays) {
            Ok(record) => record,
            Err(mut faults) => {
                // The tables stand by themselves: their faults are told with those of the texts.
                let shelf = folder.filter(|path| path.is_dir()).map(|path| Shelf::Folder(path.to_path_buf()));
                let tables = shelf.map(|shelf| shelf.read(&mut Schedules::new()));
                faults.append(tables.and_then(Result::err).unwrap_or_default());
                return faults;
            }
        };
        let mut faults = record.warnings.clone();
        match record.schedules() {
            Ok(schedules) => {
                for stray in tariffs::strays(&record.ledger, &schedules) {
                    faults.push(
                        Diagnostic::warning(
                            "code-without-goods",
                            format!(
                                "`{}` names {}, which no edition of the schedule has",
                                stray.by, stray.line
                            ),
                        )
                        .help("check the digits; a code that reaches nothing charges nothing"),
                    );
                }
            }
            Err(found) => faults.append(found),
        }
        faults
    }

    /// The ordinary duties of the ledger and its overlays, by importer: a schedule of an overlay takes the place
    /// of the one below it.
    ///
    /// They are large, and read only when a line is asked for.
    ///
    /// # Errors
    /// All faults of the tables.
    pub fn schedules(&self) -> Result<Schedules, Faults> {
        let mut schedules = Schedules::new();
        for shelf in &self.shelves {
            shelf.read(&mut schedules)?;
        }
        Ok(schedules)
    }

    fn read(archive: &dyn Archive, folder: &str, name: &str, shelf: Shelf) -> Result<Self, Faults> {
        let read = Ledger::read(archive, folder)?;
        let inputs = vec![(format!("ledger {name}"), hash_folder(archive, folder)?)];
        Ok(Self { ledger: read.value, warnings: read.warnings, inputs, under: None, shelves: vec![shelf] })
    }

    fn overlaid(mut self, path: &Path) -> Result<Self, Faults> {
        let name = path.to_string_lossy().into_owned();
        let (read, hash) = if path.is_dir() && holds_texts(path)? {
            let disk = Disk::at(path);
            self.shelves.push(Shelf::Folder(path.to_path_buf()));
            (self.ledger.overlaid(&disk, "")?, hash_folder(&disk, "")?)
        } else if path.is_file() {
            let text = text_at(path)?;
            (self.ledger.overlaid(&single(&text), text.name())?, hash(text.text().as_bytes()))
        } else {
            return Err(no_ledger(path));
        };
        let before = std::mem::replace(&mut self.ledger, read.value);
        self.under.get_or_insert(before);
        self.warnings.append(read.warnings);
        self.inputs.push((format!("overlay {name}"), hash));
        Ok(self)
    }
}

fn read_schedules(archive: &dyn Archive, folder: &str, into: &mut Schedules) -> Result<(), Faults> {
    let unreadable =
        |error: ArchiveError| Faults::from(Diagnostic::error("unreadable-file", error.to_string()));
    let mut faults = Faults::new();
    for path in archive.list(folder).map_err(unreadable)?.iter().filter(|path| path.ends_with(".schedule")) {
        let bytes = archive.read(path).map_err(unreadable)?.unwrap_or_default();
        match Schedule::read(&Source::new(path, String::from_utf8_lossy(&bytes))) {
            Ok(schedule) => {
                into.insert(schedule.importer.clone(), schedule);
            }
            Err(found) => faults.append(found),
        }
    }
    faults.or(())
}

/// Whether a folder holds any text that a ledger could be read from.
fn holds_texts(folder: &Path) -> Result<bool, Faults> {
    let paths = Disk::at(folder).list("");
    let paths =
        paths.map_err(|error| Faults::from(Diagnostic::error("unreadable-file", error.to_string())))?;
    Ok(paths.iter().any(|path| path.ends_with(".toml")))
}

fn no_ledger(path: &Path) -> Faults {
    Diagnostic::error("unknown-ledger", format!("`{}` holds no ledger", path.display()))
        .help("give a folder of ledger texts, or for an overlay a folder or one `.toml` file")
        .into()
}
