//! A value with its warnings.

use crate::Faults;

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
