//! Where a fact comes from, and how far it may be trusted.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A reference a reader can look up: act and article, paper and table, or page and date.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Citation(String);

impl Citation {
    /// The reference as text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The reference as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether nothing is cited.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Citation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// How well a fact is supported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// The text was not read and no report was found: recorded so that the gap shows.
    Unread,
    /// From memory, or searched for and not found.
    Low,
    /// Read in one secondary report, or read only in part.
    Medium,
    /// Read in an official text or in two independent reports.
    High,
}

impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Unread => "unread",
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        })
    }
}
