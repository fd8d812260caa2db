//! One message: a coded sentence with its places.

use serde::Serialize;

use crate::Place;

/// How much a message weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The work can go on; the reader should know.
    Warning,
    /// The work cannot be trusted or cannot go on.
    Error,
}

/// One message: a coded sentence, its place, and what would have been right.
///
/// ```
/// # use diagnostic::{Diagnostic, Source};
/// let text = Source::new("talks.toml", "partners = [\"CHE\"]\n");
/// let fault = Diagnostic::error("unknown-country", "`CHE` is not a country of the economy `three`")
///     .at(text.at(12..17), "no country has this code here")
///     .help("write `ROW`, which contains it");
/// assert!(fault.to_string().contains("error[unknown-country]"));
/// assert!(fault.to_string().contains("talks.toml:1:13"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    pub(crate) severity: Severity,
    pub(crate) code: &'static str,
    pub(crate) message: String,
    pub(crate) places: Vec<(Place, String)>,
    pub(crate) notes: Vec<String>,
    pub(crate) helps: Vec<String>,
}

impl Diagnostic {
    /// An error with its code and sentence.
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message)
    }

    /// A warning with its code and sentence.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message)
    }

    fn new(severity: Severity, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            severity,
            code,
            message: message.into(),
            places: Vec::new(),
            notes: Vec::new(),
            helps: Vec::new(),
        }
    }

    /// Adds a place and what is to be seen there. The first place is the main one.
    #[must_use]
    pub fn at(mut self, place: Place, label: impl Into<String>) -> Self {
        self.places.push((place, label.into()));
        self
    }

    /// Adds background.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Adds what would have been right.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.helps.push(help.into());
        self
    }

    /// Adds what would have been right, where something close is known.
    #[must_use]
    pub fn help_if(self, help: Option<String>) -> Self {
        match help {
            Some(help) => self.help(help),
            None => self,
        }
    }

    /// The weight.
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// The code.
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// The sentence.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The places, the main one first.
    pub fn places(&self) -> &[(Place, String)] {
        &self.places
    }
}

impl std::error::Error for Diagnostic {}
