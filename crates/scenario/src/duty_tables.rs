//! The tables behind duties on listed goods: what they reach of each sector, and what was bought in the year of the
//! weights.

use diagnostic::{Faults, Source};
use tariffs::{Coverage, Weights};
use terms::Archive;

use crate::archive::Embedded;
use crate::manifest::hash;

/// Where it is kept what each programme reaches and charges of each sector, and what was bought.
const COVERAGE: &str = "data/coverage/duties.csv";
const WEIGHTS: &str = "data/coverage/weights.csv";

/// The shares that all-goods duties reach, and the hash of the table.
pub(crate) fn coverage() -> Result<(Coverage, (String, String)), Faults> {
    let bytes = Embedded.read(COVERAGE).ok().flatten().unwrap_or_default();
    let table = Source::new(COVERAGE, String::from_utf8_lossy(&bytes));
    Ok((Coverage::read(&table)?, (format!("coverage {COVERAGE}"), hash(&bytes))))
}

/// What was bought in the year of the weights, and the hash of the table.
pub(crate) fn bought() -> Result<(Weights, (String, String)), Faults> {
    let bytes = Embedded.read(WEIGHTS).ok().flatten().unwrap_or_default();
    let table = Source::new(WEIGHTS, String::from_utf8_lossy(&bytes));
    Ok((Weights::read(&table)?, (format!("weights {WEIGHTS}"), hash(&bytes))))
}
