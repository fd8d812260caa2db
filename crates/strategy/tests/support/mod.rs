//! The shared economies, where they are at hand.

#![allow(dead_code)] // Each test file uses a part.

use std::path::Path;

use economy::Economy;
use terms::MemoryArchive;

/// An economy of `../shared/economies`, or none with a line that says so.
pub fn shared_economy(folder: &str) -> Option<Economy> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/economies").join(folder);
    let Ok(files) = std::fs::read_dir(&root) else {
        println!("skipped: {} is not here", root.display());
        return None;
    };
    let mut archive = MemoryArchive::new();
    for file in files.flatten().filter(|file| file.path().is_file()) {
        let name = file.file_name().to_string_lossy().into_owned();
        archive.insert(format!("{folder}/{name}"), std::fs::read(file.path()).unwrap());
    }
    Some(Economy::read(&archive, folder).map_err(|faults| faults.to_string()).unwrap())
}
