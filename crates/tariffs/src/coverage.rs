//! Which share of a sector's imports an all-goods duty reaches, on a day as known on a day.

use std::collections::BTreeMap;

use diagnostic::{Diagnostic, Faults, Source};
use terms::{Country, Day, Sector};

/// The shares of `data/coverage/us-2025.csv`, by programme, origin and sector.
///
/// # Units
/// Shares of import value, 0 to 1. How they were made: `data/coverage/README.md`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Coverage {
    cells: BTreeMap<(String, Country, Sector), Vec<Step>>,
}

/// From `from` on, as known from `known` on, the share is `share`.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Step {
    from: Day,
    known: Day,
    share: f64,
}

/// The origin of a row that holds for every origin without a row of its own.
const ANY_ORIGIN: &str = "*";

const COLUMNS: [&str; 6] = ["programme", "from", "known", "origin", "sector", "share"];

impl Coverage {
    /// Reads the table, all faults together.
    ///
    /// # Errors
    /// `coverage-column`, `coverage-row`, `coverage-share`: a missing column, a row that cannot be read, a
    /// share outside 0 to 1.
    pub fn read(table: &Source) -> Result<Self, Faults> {
        let mut faults = Faults::new();
        let mut cells: BTreeMap<_, Vec<Step>> = BTreeMap::new();
        let mut rows = csv::ReaderBuilder::new().flexible(true).from_reader(table.text().as_bytes());
        let header: Vec<String> = match rows.headers() {
            Ok(header) => header.iter().map(|name| name.trim().to_string()).collect(),
            Err(reason) => {
                faults.push(row_fault(table, 0, &reason.to_string()));
                return Err(faults);
            }
        };
        if header != COLUMNS {
            let fault = Diagnostic::error(
                "coverage-column",
                format!("the columns of a coverage table are `{}`", COLUMNS.join(",")),
            );
            faults.push(fault.at(table.whole(), format!("found `{}`", header.join(","))));
            return Err(faults);
        }
        for row in rows.records() {
            match row.map_err(|reason| (0, reason.to_string())).and_then(|row| {
                let at = row.position().map_or(0, |place| place.byte() as usize);
                read_row(&row).map_err(|reason| (at, reason))
            }) {
                Ok((cell, step)) => cells.entry(cell).or_default().push(step),
                Err((at, reason)) => faults.push(row_fault(table, at, &reason)),
            }
        }
        for steps in cells.values_mut() {
            steps.sort_by_key(|step| (step.from, step.known));
        }
        if faults.is_empty() { Ok(Self { cells }) } else { Err(faults) }
    }

    /// The share of `origin`'s goods of `sector` that `programme` reaches on `on`, as known on `known`.
    ///
    /// None where the table says nothing about the programme, the sector or the day.
    pub fn share(
        &self,
        programme: &str,
        origin: &Country,
        sector: &Sector,
        on: Day,
        known: Day,
    ) -> Option<f64> {
        let any = Country::new(ANY_ORIGIN);
        let of = |origin: &Country| self.own_share(programme, origin, sector, on, known);
        of(origin).or_else(|| of(&any))
    }

    /// The same by the rows of this origin or group alone.
    pub fn own_share(
        &self,
        programme: &str,
        origin: &Country,
        sector: &Sector,
        on: Day,
        known: Day,
    ) -> Option<f64> {
        let steps = self.cells.get(&(programme.to_string(), origin.clone(), sector.clone()))?;
        steps.iter().rev().find(|step| step.from <= on && step.known <= known).map(|step| step.share)
    }

    /// The programmes the table speaks of, sorted.
    pub fn programmes(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.cells.keys().map(|(programme, ..)| programme.as_str()).collect();
        names.dedup();
        names
    }
}

fn read_row(row: &csv::StringRecord) -> Result<((String, Country, Sector), Step), String> {
    let [programme, from, known, origin, sector, share] = (0..6)
        .map(|at| row.get(at).map(str::trim).filter(|cell| !cell.is_empty()))
        .collect::<Option<Vec<_>>>()
        .and_then(|cells| <[&str; 6]>::try_from(cells).ok())
        .ok_or_else(|| "a cell is empty or missing".to_string())?;
    let day =
        |text: &str| text.parse::<Day>().map_err(|_| format!("`{text}` is not a date: write `2025-04-05`"));
    let share: f64 = share.parse().map_err(|_| format!("`{share}` is not a number"))?;
    if !(0.0..=1.0).contains(&share) {
        return Err(format!("the share `{share}` lies outside 0 to 1"));
    }
    let cell = (programme.to_string(), Country::new(origin), Sector::new(sector));
    Ok((cell, Step { from: day(from)?, known: day(known)?, share }))
}

fn row_fault(table: &Source, at: usize, reason: &str) -> Diagnostic {
    let text = table.text();
    let start = at.min(text.len());
    let end = text[start..].find('\n').map_or(text.len(), |length| start + length);
    Diagnostic::error("coverage-row", "a row of the coverage table cannot be read")
        .at(table.at(start..end), reason)
        .help("a row reads `reciprocal,2025-04-05,2025-04-11,CHN,ELE,0.2216`")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn committed() -> Coverage {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/coverage/us-2025.csv");
        Coverage::read(&Source::new("us-2025.csv", std::fs::read_to_string(path).unwrap())).unwrap()
    }

    #[test]
    fn electronics_leave_the_reciprocal_duty_back_to_5_april_once_it_is_known() {
        let coverage = committed();
        let share = |known: &str| {
            let (china, electronics) = (Country::new("CHN"), Sector::new("ELE"));
            coverage.share("reciprocal", &china, &electronics, day("2025-04-09"), day(known)).unwrap()
        };
        assert!(share("2025-04-10") > 0.9, "as known on 10 April almost all electronics pay");
        assert!(share("2025-04-11") < 0.3, "as known a day later most never did");
    }

    #[test]
    fn an_origin_without_a_row_takes_the_row_of_all_others() {
        let coverage = committed();
        let cars = |origin: &str| {
            let on = day("2025-08-07");
            coverage.share("reciprocal", &Country::new(origin), &Sector::new("MVH"), on, on).unwrap()
        };
        assert_eq!(cars("ARG"), cars("ZAF"));
        assert!(cars("CHN") != cars("ARG"));
        let before = coverage.share(
            "reciprocal",
            &Country::new("JPN"),
            &Sector::new("MVH"),
            day("2025-04-04"),
            day("2025-06-01"),
        );
        assert_eq!(before, None);
    }

    #[test]
    fn every_bad_row_is_named_with_its_line() {
        let table = Source::new(
            "c.csv",
            "programme,from,known,origin,sector,share\nx,2025-02-30,2025-01-01,CHN,ELE,0.5\nx,2025-01-01,2025-01-01,CHN,ELE,1.5\n",
        );
        let faults = Coverage::read(&table).unwrap_err();
        assert_eq!(faults.len(), 2);
        let first = faults.iter().next().unwrap().to_string();
        assert!(first.contains("c.csv:2:1") && first.contains("2025-02-30"), "{first}");
    }
}
