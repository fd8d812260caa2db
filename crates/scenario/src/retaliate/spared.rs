//! Goods that a list spares: a sector, every line of a chapter or heading, or the lines of a list of the record.

use diagnostic::{Diagnostic, Faults};
use economy::Economy;
use ledger::Ledger;
use terms::{Instant, Line, SectorId};

use super::RetaliationQuestion;
use super::line_trade::LineImports;
use crate::chapters;

/// What is spared.
#[derive(Debug)]
pub(super) struct Spared<'l> {
    sectors: Vec<SectorId>,
    codes: Vec<Line>,
    lists: Vec<String>,
    ledger: &'l Ledger,
}

impl<'l> Spared<'l> {
    /// Reads the words: `ELE`, `HS:30`, `HS:8507.60`, `annex-ii`. By sector, a code spares the sector of its chapter, and a
    /// list spares nothing that a sector could name.
    ///
    /// # Errors
    /// `unknown-sector`, `bad-line`, `unknown-list`.
    pub fn read(
        question: &RetaliationQuestion,
        economy: &Economy,
        ledger: &'l Ledger,
        by_line: bool,
    ) -> Result<Self, Faults> {
        let mut found = Self { sectors: Vec::new(), codes: Vec::new(), lists: Vec::new(), ledger };
        let mut faults = Faults::new();
        for word in chapters::words(&question.spare, "--spare")? {
            let code = word.strip_prefix("HS:").filter(|_| by_line);
            if let Some(code) = code {
                match code.parse::<Line>() {
                    Ok(line) => found.codes.push(line),
                    Err(error) => faults.push(
                        Diagnostic::error("bad-line", error.to_string())
                            .help("write `HS:30`, `HS:8507.60` or `HS:8507.60.00`"),
                    ),
                }
                continue;
            }
            match chapters::sector(economy, word) {
                Ok(sector) => found.sectors.push(sector),
                Err(_) if by_line && ledger.list(word).is_some() => found.lists.push(word.to_owned()),
                Err(fault) if by_line => {
                    faults.push(fault.note("no list of the record has this name either: `annex-ii` is one"))
                }
                Err(fault) => faults.push(fault),
            }
        }
        faults.or(found)
    }

    /// A warning for each code that none of these lines has: it spares nothing.
    pub fn idle<'a>(&'a self, lines: &'a [LineImports]) -> impl Iterator<Item = Diagnostic> + 'a {
        let idle = self.codes.iter().filter(|code| !lines.iter().any(|of| code.covers(of.line)));
        idle.map(|code| {
            Diagnostic::warning(
                "spares-nothing",
                format!("`HS:{code}` is the code of no line with goods here"),
            )
            .help("check the digits: `HS:30` spares a chapter, `HS:8507.60` a subheading")
        })
    }

    /// Whether a sector is spared.
    pub fn sector(&self, sector: SectorId) -> bool {
        self.sectors.contains(&sector)
    }

    /// Whether a line of a sector is spared. A list counts as the record has it last; a line of which it names a part is
    /// spared whole.
    pub fn line(&self, line: Line, sector: SectorId) -> bool {
        let listed = |name: &String| {
            let list = self.ledger.list(name);
            list.is_some_and(|list| list.entry(line, Instant::MAX, Instant::MAX).is_some())
        };
        self.sector(sector)
            || self.codes.iter().any(|code| code.covers(line))
            || self.lists.iter().any(listed)
    }

    /// Whether a list of the record is among it.
    pub fn by_list(&self) -> bool {
        !self.lists.is_empty()
    }
}
