//! What an outcome was computed from: versions, hashes of every input, settings, and one citable id.

use diagnostic::{Diagnostic, Faults};
use indexmap::IndexMap;
use serde::Serialize;
use serde_json::Value;
use terms::Archive;

/// The inputs of an outcome and its id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Manifest {
    /// `detente:` and the first sixteen hexadecimal digits of the hash of everything below.
    pub id: String,
    /// The engine's version.
    pub engine: String,
    /// Each input and the BLAKE3 hash of its bytes.
    pub inputs: IndexMap<String, String>,
    /// Each setting that made the answer, under the word of its flag or its key in the scenario file, and its value: a number,
    /// a word as the command line writes it, true or false, or a list of such. What was not given and has no default is
    /// left out.
    pub settings: IndexMap<String, Value>,
}

impl Manifest {
    /// The manifest of these inputs and settings; the order given is part of the id.
    pub fn of(inputs: IndexMap<String, String>, settings: IndexMap<String, Value>) -> Self {
        let engine = format!("detente {}", env!("CARGO_PKG_VERSION"));
        let mut hasher = blake3::Hasher::new();
        let mut add = |text: &str| {
            // A length before each text keeps `ab, c` and `a, bc` apart.
            hasher.update(&(text.len() as u64).to_le_bytes());
            hasher.update(text.as_bytes());
        };
        add(&engine);
        for (name, value) in &inputs {
            add(name);
            add(value);
        }
        for (name, value) in &settings {
            add(name);
            add(&value.to_string());
        }
        let id = format!("detente:{}", &hasher.finalize().to_hex()[..16]);
        Self { id, engine, inputs, settings }
    }
}

/// The hash of one input.
pub fn hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

/// The hash of all files of a folder: of their paths and of their bytes.
///
/// # Errors
/// `unreadable-file` when one of them cannot be read.
pub fn hash_folder(archive: &dyn Archive, folder: &str) -> Result<String, Faults> {
    let fault =
        |error: terms::ArchiveError| Faults::from(Diagnostic::error("unreadable-file", error.to_string()));
    let mut hasher = blake3::Hasher::new();
    for path in archive.list(folder).map_err(fault)? {
        let bytes = archive.read(&path).map_err(fault)?.unwrap_or_default();
        let below = path.strip_prefix(folder).unwrap_or(&path).trim_start_matches('/');
        for part in [below.as_bytes(), &bytes] {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
    }
    Ok(hasher.finalize().to_hex().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_moves_with_every_input_and_setting() {
        let inputs = |text: &str| IndexMap::from([("ledger".to_string(), hash(text.as_bytes()))]);
        let settings = |day: &str| IndexMap::from([("on".to_string(), Value::from(day))]);
        let first = Manifest::of(inputs("a"), settings("2025-06-09"));
        assert_eq!(first, Manifest::of(inputs("a"), settings("2025-06-09")));
        assert_ne!(first.id, Manifest::of(inputs("b"), settings("2025-06-09")).id);
        assert_ne!(first.id, Manifest::of(inputs("a"), settings("2025-06-10")).id);
    }
}
