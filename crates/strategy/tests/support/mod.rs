//! The shared economies, where they are at hand.

#![allow(dead_code)] // Each test file uses a part.

use std::path::Path;

use economy::Economy;
use strategy::{Starts, TariffGame};
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

/// Where a search for a deal begins: what is held, free trade, the war, and 100 %.
pub fn starts<G: TariffGame>(game: &G, held: &[f64], fought: Vec<f64>) -> Starts {
    let all_at = |rate: f64| {
        let on_imports = |cell: usize| {
            let (n, i, _) = game.place(cell);
            if n == i { 0.0 } else { rate.ln_1p() }
        };
        (0..held.len()).map(on_imports).collect::<Vec<f64>>()
    };
    Starts::at(held).and("free trade", all_at(0.0)).and("the war", fought).and("100 %", all_at(1.0))
}
