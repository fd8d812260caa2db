//! Faults gathered while a folder is read: all of them, and none a thousand times.

use std::collections::BTreeMap;

use diagnostic::{Diagnostic, Faults};

/// How many faults of one kind in one file are shown one by one; the rest are counted. A column in the wrong
/// unit spoils every row, and the twentieth message teaches nothing that the first did not.
const SHOWN: usize = 20;

/// The faults of one reading, in the order found.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    faults: Faults,
    met: BTreeMap<(&'static str, String), usize>,
}

impl Findings {
    /// Adds one fault.
    pub fn push(&mut self, fault: Diagnostic) {
        let file = fault.places().first().map(|(place, _)| place.source().name().to_owned());
        let met = self.met.entry((fault.code(), file.unwrap_or_default())).or_default();
        *met += 1;
        if *met <= SHOWN {
            self.faults.push(fault);
        }
    }

    /// Whether any fault so far forbids going on.
    pub fn has_errors(&self) -> bool {
        self.faults.has_errors()
    }

    /// All faults, those not shown as one count for each kind and file.
    pub fn finish(mut self) -> Faults {
        for ((code, file), met) in std::mem::take(&mut self.met) {
            if met > SHOWN {
                let rest = met - SHOWN;
                let severity =
                    self.faults.iter().find(|fault| fault.code() == code).map(Diagnostic::severity);
                let of = if file.is_empty() { String::new() } else { format!(" in `{file}`") };
                let message = format!("{rest} more of the same{of}");
                self.faults.push(match severity {
                    Some(diagnostic::Severity::Warning) => Diagnostic::warning(code, message),
                    _ => Diagnostic::error(code, message),
                });
            }
        }
        self.faults
    }
}
