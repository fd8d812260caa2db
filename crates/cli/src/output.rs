//! Where an answer goes and in which form; how a failure is explained.

use std::fmt;
use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use diagnostic::{Diagnostic, Faults};
use serde::Serialize;

use crate::args::{Format, OutputArgs};

/// Why a command did not answer.
#[derive(Debug)]
pub enum Failure {
    /// Faults in what was read, or in the question: exit code 1.
    Faults(Faults),
    /// The words of the command make no sense together: exit code 2.
    Misuse(String),
    /// The answer could not be written: exit code 1.
    Write(String),
}

impl Failure {
    /// Says it on standard error and gives the exit code.
    pub fn explain(self) -> ExitCode {
        match self {
            Self::Faults(faults) => {
                say(&faults.render(std::io::stderr().is_terminal()));
                ExitCode::from(1)
            }
            Self::Misuse(what) => {
                say(&format!("error: {what}\n\nFor more information, try '--help'."));
                ExitCode::from(2)
            }
            Self::Write(what) => {
                say(&format!("error: {what}"));
                ExitCode::from(1)
            }
        }
    }
}

impl From<Faults> for Failure {
    fn from(faults: Faults) -> Self {
        Self::Faults(faults)
    }
}

impl From<Diagnostic> for Failure {
    fn from(fault: Diagnostic) -> Self {
        Self::Faults(fault.into())
    }
}

/// A line for the person at the terminal. One who closed the stream has read enough.
pub fn say(line: &(impl fmt::Display + ?Sized)) {
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}

/// Shows warnings, unless the person asked for quiet.
pub fn warn(warnings: &Faults, to: &OutputArgs) {
    if !warnings.is_empty() && !to.quiet {
        say(&warnings.render(std::io::stderr().is_terminal()));
    }
}

impl OutputArgs {
    /// The form asked for: `--format`, else the ending of `--out`, else text.
    ///
    /// # Errors
    /// Misuse, when the form is not among `possible`.
    pub fn form(&self, possible: &[Format]) -> Result<Format, Failure> {
        let ending = self.out.as_ref().and_then(|path| path.extension()).and_then(|e| e.to_str());
        let form = self.format.unwrap_or(match ending {
            Some("json") => Format::Json,
            Some("csv") => Format::Csv,
            Some("html" | "htm") => Format::Html,
            Some("svg") => Format::Svg,
            Some("parquet") => Format::Parquet,
            Some("xlsx") => Format::Xlsx,
            Some("dta") => Format::Dta,
            _ => Format::Text,
        });
        if possible.contains(&form) {
            return Ok(form);
        }
        let list: Vec<&str> = possible.iter().map(|form| form.word()).collect();
        Err(Failure::Misuse(format!(
            "this command does not answer as `{}`; it answers as {}",
            form.word(),
            list.join(", ")
        )))
    }

    /// Writes the answer to `--out` or standard output.
    ///
    /// # Errors
    /// When it cannot be written. A reader that closed the pipe has read enough: that is no failure.
    pub fn write(&self, answer: &str) -> Result<(), Failure> {
        let ended = if answer.ends_with('\n') || self.out.is_some() { "" } else { "\n" };
        self.write_bytes(format!("{answer}{ended}").as_bytes())
    }

    /// Writes an answer that need not be text.
    ///
    /// # Errors
    /// As [`Self::write`].
    pub fn write_bytes(&self, answer: &[u8]) -> Result<(), Failure> {
        let Some(path) = &self.out else {
            let mut out = std::io::stdout().lock();
            if out.is_terminal() && std::str::from_utf8(answer).is_err() {
                return Err(Failure::Misuse(
                    "this form is not for a terminal: name a file with `--out`".into(),
                ));
            }
            return match out.write_all(answer) {
                Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
                    Err(Failure::Write(format!("the answer cannot be written: {error}")))
                }
                _ => Ok(()),
            };
        };
        std::fs::write(path, answer)
            .map_err(|error| Failure::Write(format!("`{}` cannot be written: {error}", path.display())))?;
        if !self.quiet {
            say(&format!("wrote {}", path.display()));
        }
        Ok(())
    }
}

impl Format {
    const fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Html => "html",
            Self::Svg => "svg",
            Self::Parquet => "parquet",
            Self::Xlsx => "xlsx",
            Self::Dta => "dta",
        }
    }
}

/// The answer as data.
///
/// # Errors
/// When a number in it is not finite, which JSON cannot hold.
pub fn json(answer: &impl Serialize) -> Result<String, Failure> {
    serde_json::to_string_pretty(answer).map_err(|error| Failure::Write(format!("no JSON: {error}")))
}
