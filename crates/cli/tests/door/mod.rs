//! The command as a stranger meets it: words in; an exit code and both streams out.
#![allow(dead_code, reason = "each test file uses a part")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "in a test a panic is the message"
)]

use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

/// What a run said.
#[derive(Debug)]
pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Run {
    /// Both streams with one space between words, so that the breaks of lines do not matter.
    pub fn flat(self) -> Self {
        Self { out: flat(&self.out), err: flat(&self.err), ..self }
    }

    /// What was printed, with one space between words.
    pub fn page(&self) -> String {
        flat(&self.out)
    }

    /// What a run that went well printed, as data.
    pub fn json(&self) -> Value {
        assert_eq!(self.code, 0, "{}", self.err);
        serde_json::from_str(&self.out).unwrap_or_else(|fault| panic!("{fault}\n{}", self.out))
    }
}

/// What is typed after `detente`: a line split at its spaces (in quotes they are kept), or words as they are.
pub trait Words {
    fn words(&self) -> Vec<String>;
}

impl Words for str {
    fn words(&self) -> Vec<String> {
        let mut words = Vec::new();
        for (at, piece) in self.split('\'').enumerate() {
            match at % 2 {
                0 => words.extend(piece.split_whitespace().map(str::to_string)),
                _ => words.push(piece.to_string()),
            }
        }
        words
    }
}

impl Words for [&str] {
    fn words(&self) -> Vec<String> {
        self.iter().map(ToString::to_string).collect()
    }
}

impl<const N: usize> Words for [&str; N] {
    fn words(&self) -> Vec<String> {
        self[..].words()
    }
}

impl Words for Vec<&str> {
    fn words(&self) -> Vec<String> {
        self[..].words()
    }
}

impl Words for String {
    fn words(&self) -> Vec<String> {
        self[..].words()
    }
}

/// Runs the command.
pub fn detente(words: &(impl Words + ?Sized)) -> Run {
    detente_in(Path::new("."), words)
}

/// Runs the command from `folder`.
pub fn detente_in(folder: &Path, words: &(impl Words + ?Sized)) -> Run {
    let mut command = Command::cargo_bin("detente").unwrap();
    let output = command.current_dir(folder).args(words.words()).output().unwrap();
    Run {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// What the command answers as data.
pub fn json(words: &(impl Words + ?Sized)) -> Value {
    let mut words = words.words();
    words.extend(["--format".into(), "json".into()]);
    detente(&words.iter().map(String::as_str).collect::<Vec<_>>()).json()
}

/// One space between words.
pub fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A number of an answer.
pub fn number(of: &Value) -> f64 {
    of.as_f64().unwrap_or_else(|| panic!("{of} is no number"))
}

/// The folder of a shared economy, where it is at hand; a line where it is not.
pub fn shared(name: &str) -> Option<String> {
    let folder = format!("{}/../../../shared/economies/{name}", env!("CARGO_MANIFEST_DIR"));
    let here = Path::new(&folder).is_dir();
    if !here {
        println!("skipped: `../shared/economies/{name}` is not beside the repository");
    }
    here.then_some(folder)
}
