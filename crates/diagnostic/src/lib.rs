//! Messages about texts: what is wrong, where, and what would have been right.
//!
//! A room that reads a text gathers its faults as [`Diagnostic`]s in a [`Faults`] list, all of them, and
//! hands the list up. A door renders it with [`Faults::render`]. Each message has a code (`unknown-country`)
//! that names a page under `docs/errors/`.

mod nearest;
mod render;

pub use nearest::{help_nearest, nearest};

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use serde::Serialize;

/// A text that was read, under the name its reader knows it by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    name: Arc<str>,
    text: Arc<str>,
}

impl Source {
    /// A text and its name, usually a path inside a ledger or an economy.
    pub fn new(name: impl AsRef<str>, text: impl AsRef<str>) -> Self {
        Self { name: Arc::from(name.as_ref()), text: Arc::from(text.as_ref()) }
    }

    /// The name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The place of the bytes `span`.
    pub fn at(&self, span: Range<usize>) -> Place {
        Place { source: self.clone(), span }
    }

    /// The text as a whole, for a fault that has no narrower place.
    pub fn whole(&self) -> Place {
        self.at(0..0)
    }
}

/// A stretch of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    source: Source,
    span: Range<usize>,
}

impl Place {
    /// The text.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// The bytes, within the text.
    pub fn span(&self) -> Range<usize> {
        let end = self.source.text.len();
        self.span.start.min(end)..self.span.end.clamp(self.span.start.min(end), end)
    }

    /// Line and column, both from one.
    pub fn line_column(&self) -> (usize, usize) {
        let before = &self.source.text.as_bytes()[..self.span().start];
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let column = String::from_utf8_lossy(&before[line_start..]).chars().count() + 1;
        (line, column)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (line, column) = self.line_column();
        write!(f, "{}:{line}:{column}", self.source.name)
    }
}

impl Serialize for Place {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

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
    severity: Severity,
    code: &'static str,
    message: String,
    places: Vec<(Place, String)>,
    notes: Vec<String>,
    helps: Vec<String>,
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

/// Every fault found in one reading, in the order found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Faults(Vec<Diagnostic>);

impl Faults {
    /// No faults yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one.
    pub fn push(&mut self, fault: Diagnostic) {
        self.0.push(fault);
    }

    /// Adds all of another reading.
    pub fn append(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// All of them, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.0.iter()
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether any of them is an error.
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|fault| fault.severity == Severity::Error)
    }

    /// The value if no error was found, else all faults.
    ///
    /// # Errors
    /// The faults themselves, when one of them is an error.
    pub fn or<T>(self, value: T) -> Result<T, Self> {
        if self.has_errors() { Err(self) } else { Ok(value) }
    }
}

/// A value that was reached, with the warnings met on the way.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Warned<T> {
    /// The value.
    pub value: T,
    /// What the reader should know of it.
    pub warnings: Faults,
}

impl<T> Warned<T> {
    /// The value if `faults` holds no error, with its warnings; else all faults.
    ///
    /// # Errors
    /// The faults themselves, when one of them is an error.
    pub fn unless(faults: Faults, value: T) -> Result<Self, Faults> {
        if faults.has_errors() { Err(faults) } else { Ok(Self { value, warnings: faults }) }
    }
}

impl From<Diagnostic> for Faults {
    fn from(fault: Diagnostic) -> Self {
        Self(vec![fault])
    }
}

impl FromIterator<Diagnostic> for Faults {
    fn from_iter<I: IntoIterator<Item = Diagnostic>>(faults: I) -> Self {
        Self(faults.into_iter().collect())
    }
}

impl IntoIterator for Faults {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl std::error::Error for Diagnostic {}
impl std::error::Error for Faults {}
