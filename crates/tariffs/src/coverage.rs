//! What each programme reaches and charges of a sector's imports, on a day as known on a day.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use diagnostic::{Diagnostic, Faults, Source};
use terms::{Country, Day, Sector};

/// The table `data/coverage/duties.csv`, by importer, programme, origin and sector.
///
/// How it was made: `data/coverage/README.md`. [`Derivation`](crate::Derivation) makes it again.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Coverage {
    importers: BTreeMap<Country, Origins>,
    /// What an overlay makes of it ([`Laid`](crate::Laid)), by importer and origin; none: the table again.
    laid: BTreeMap<(Country, Country), LaidCells>,
}

/// By programme and sector, what holds from a day on; none: what the table says.
type LaidCells = BTreeMap<(String, Sector), Vec<(Day, Option<Share>)>>;

type Origins = BTreeMap<Country, Programmes>;
type Programmes = BTreeMap<String, BTreeMap<Sector, Vec<Step>>>;

/// Importer, origin (a country, a group, or `*`), programme, sector.
pub type Cell = (Country, Country, String, Sector);

/// What a programme reaches of a sector, and what it charges on it.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Share {
    /// The share of import value it is charged on, 0 to 1.
    pub share: f64,
    /// What it charges, in points of the sector's value.
    pub points: f64,
    /// The same, each line counted once.
    pub once: f64,
}

/// From `from` on, as known from `known` on.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Step {
    from: Day,
    known: Day,
    found: Share,
}

/// The origin of a row that holds for every origin without a row of its own.
pub(crate) const ANY_ORIGIN: &str = "*";

/// The programme that stands for ordinary duties.
pub const ORDINARY: &str = "ordinary";

const COLUMNS: [&str; 9] =
    ["importer", "origin", "programme", "sector", "from", "known", "share", "points", "once"];

impl Coverage {
    /// Reads the table, all faults together.
    ///
    /// # Errors
    /// `coverage-column`, `coverage-row`: a missing column, a row that cannot be read, a share outside 0 to 1.
    pub fn read(table: &Source) -> Result<Self, Faults> {
        let mut faults = Faults::new();
        let mut found = Self::default();
        let mut lines = places(table.text());
        let header = lines.next().map_or("", |(_, text)| text);
        if header.split(',').map(str::trim).ne(COLUMNS) {
            let fault = Diagnostic::error(
                "coverage-column",
                format!("the columns of a coverage table are `{}`", COLUMNS.join(",")),
            );
            faults.push(fault.at(table.whole(), format!("found `{header}`")));
            return Err(faults);
        }
        for (at, text) in lines {
            match read_row(text) {
                Ok((cell, step)) => found.put(cell, step.from, step.known, step.found),
                Err(reason) => faults.push(
                    Diagnostic::error("coverage-row", "a row of the coverage table cannot be read")
                        .at(table.at(at..at + text.len()), reason)
                        .help("a row reads `USA,CHN,reciprocal,ELE,2025-04-05,2025-04-11,0.2216,7.53,9.10`"),
                ),
            }
        }
        if faults.is_empty() { Ok(found) } else { Err(faults) }
    }

    /// The table as text, in the form [`read`](Self::read) takes.
    pub fn text(&self) -> String {
        let mut text = COLUMNS.join(",") + "\n";
        for (importer, origin, programme, sector, steps) in self.all() {
            for Step { from, known, found: Share { share, points, once } } in steps {
                // A string takes every row.
                let _ = writeln!(
                    text,
                    "{importer},{origin},{programme},{sector},{from},{known},{share},{points},{once}"
                );
            }
        }
        text
    }

    /// What `programme` reaches of `origin`'s goods of `sector` on `on`, as known on `known`: by the rows of the
    /// origin or of one of the `groups` it belongs to, else by those of all other origins.
    ///
    /// What an overlay was found to change holds before the rows. None where neither says anything about the programme, the
    /// sector or the day.
    pub fn reached(
        &self,
        importer: &Country,
        programme: &str,
        (origin, groups): (&Country, &[Country]),
        sector: &Sector,
        (on, known): (Day, Day),
    ) -> Option<Share> {
        let laid = self.laid.get(&(importer.clone(), origin.clone()));
        let steps = laid.and_then(|cells| cells.get(&(programme.to_string(), sector.clone())));
        let laid = steps.and_then(|steps| steps.iter().rev().find(|(from, _)| *from <= on)?.1);
        laid.or_else(|| self.recorded(importer, programme, (origin, groups), sector, (on, known)))
    }

    /// The same by the rows alone, whatever an overlay changes.
    pub fn recorded(
        &self,
        importer: &Country,
        programme: &str,
        (origin, groups): (&Country, &[Country]),
        sector: &Sector,
        (on, known): (Day, Day),
    ) -> Option<Share> {
        let origins = self.importers.get(importer)?;
        let any = Country::new(ANY_ORIGIN);
        let own = [origin].into_iter().chain(groups).chain([&any]).find_map(|name| origins.get(name))?;
        last(own.get(programme)?.get(sector)?, on, known)
    }

    /// The same of one cell alone.
    pub fn of_cell(
        &self,
        (importer, origin, programme, sector): &Cell,
        on: Day,
        known: Day,
    ) -> Option<Share> {
        last(self.importers.get(importer)?.get(origin)?.get(programme)?.get(sector)?, on, known)
    }

    /// The programmes of an importer that the table speaks of, sorted.
    pub fn programmes_of(&self, importer: &Country) -> BTreeSet<&str> {
        let origins = self.importers.get(importer).into_iter().flat_map(BTreeMap::values);
        let laid =
            self.laid.iter().filter(|((own, _), _)| own == importer).flat_map(|(_, cells)| cells.keys());
        let laid = laid.map(|(programme, _)| programme.as_str());
        origins.flat_map(BTreeMap::keys).map(String::as_str).chain(laid).collect()
    }

    /// From `from` on the table holds again for an importer and origin, until something is laid on it.
    pub(crate) fn clear(&mut self, importer: &Country, origin: &Country, from: Day) {
        for steps in
            self.laid.get_mut(&(importer.clone(), origin.clone())).into_iter().flat_map(BTreeMap::values_mut)
        {
            steps.push((from, None));
        }
    }

    /// Lays a share on a cell from a day on; days come in their order.
    pub(crate) fn lay(&mut self, (importer, origin, programme, sector): Cell, from: Day, found: Share) {
        let cells = self.laid.entry((importer, origin)).or_default();
        cells.entry((programme, sector)).or_default().push((from, Some(found)));
    }

    /// The days on which something an importer charges on goods of `origin` begins or ends, by the rows that hold for it.
    pub fn days_of_change(
        &self,
        importer: &Country,
        (origin, groups): (&Country, &[Country]),
    ) -> BTreeSet<Day> {
        let any = Country::new(ANY_ORIGIN);
        let origins = self.importers.get(importer);
        let own = origins.and_then(|origins| {
            [origin].into_iter().chain(groups).chain([&any]).find_map(|name| origins.get(name))
        });
        let steps = own.into_iter().flat_map(BTreeMap::values).flat_map(BTreeMap::values).flatten();
        steps.map(|step| step.from).collect()
    }

    /// Both tables as one, of different importers.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.importers.extend(other.importers);
        self
    }

    fn all(&self) -> impl Iterator<Item = (&Country, &Country, &str, &Sector, &[Step])> {
        self.importers.iter().flat_map(|(importer, origins)| {
            origins.iter().flat_map(move |(origin, programmes)| {
                programmes.iter().flat_map(move |(programme, sectors)| {
                    let cell = move |(sector, steps)| (importer, origin, programme.as_str(), sector, steps);
                    sectors.iter().map(|(sector, steps)| (sector, steps.as_slice())).map(cell)
                })
            })
        })
    }

    /// Adds a step to a cell.
    pub(crate) fn put(&mut self, cell: Cell, from: Day, known: Day, found: Share) {
        let (importer, origin, programme, sector) = cell;
        let origins = self.importers.entry(importer).or_default();
        let programmes = origins.entry(origin).or_default();
        let steps = programmes.entry(programme).or_default().entry(sector).or_default();
        let at = steps.partition_point(|step| (step.from, step.known) <= (from, known));
        steps.insert(at, Step { from, known, found });
    }
}

/// The last step begun by a day that was known by a day.
fn last(steps: &[Step], on: Day, known: Day) -> Option<Share> {
    steps.iter().rev().find(|step| step.from <= on && step.known <= known).map(|step| step.found)
}

/// The lines of a text that are not empty, each with the place where it starts.
fn places(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut next = 0;
    let lines = text.split_inclusive('\n').map(move |line| {
        let start = next;
        next += line.len();
        (start, line.trim_end())
    });
    lines.filter(|(_, line)| !line.is_empty())
}

fn read_row(text: &str) -> Result<(Cell, Step), String> {
    let mut cells = [""; COLUMNS.len()];
    let mut fields = text.split(',').map(str::trim);
    for cell in &mut cells {
        let field = fields.next().filter(|field| !field.is_empty());
        *cell = field.ok_or_else(|| "a cell is empty or missing".to_string())?;
    }
    let [importer, origin, programme, sector, from, known, share, points, once] = cells;
    let day =
        |text: &str| text.parse::<Day>().map_err(|_| format!("`{text}` is not a date: write `2025-04-05`"));
    let number = |text: &str| text.parse::<f64>().map_err(|_| format!("`{text}` is not a number"));
    let found = Share { share: number(share)?, points: number(points)?, once: number(once)? };
    if !(0.0..=1.0).contains(&found.share) {
        return Err(format!("the share `{share}` lies outside 0 to 1"));
    }
    let cell = (Country::new(importer), Country::new(origin), programme.to_string(), Sector::new(sector));
    Ok((cell, Step { from: day(from)?, known: day(known)?, found }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn committed() -> Coverage {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/coverage/duties.csv");
        Coverage::read(&Source::new("duties.csv", std::fs::read_to_string(path).unwrap())).unwrap()
    }

    fn share(programme: &str, origin: &str, sector: &str, on: &str, known: &str) -> Option<f64> {
        let (origin, sector) = (Country::new(origin), Sector::new(sector));
        let days = (day(on), day(known));
        let found = committed().reached(&Country::new("USA"), programme, (&origin, &[]), &sector, days);
        found.map(|found| found.share)
    }

    #[test]
    fn electronics_leave_the_reciprocal_duty_back_to_5_april_once_it_is_known() {
        let known = |known| share("reciprocal", "CHN", "ELE", "2025-04-09", known).unwrap();
        assert!(known("2025-04-10") > 0.9, "as known on 10 April almost all electronics pay");
        assert!(known("2025-04-11") < 0.3, "as known a day later most never did");
    }

    #[test]
    fn an_origin_without_a_row_takes_the_row_of_all_others() {
        let cars = |origin| share("232-cars", origin, "MVH", "2025-08-20", "2026-08-20");
        assert_eq!(cars("THA"), cars("ZAF"));
        assert!(cars("CHN") != cars("THA"));
        assert_eq!(share("reciprocal", "THA", "MVH", "2025-04-04", "2025-06-01"), None);
    }

    #[test]
    fn a_table_is_written_as_it_is_read() {
        let table = committed();
        assert_eq!(Coverage::read(&Source::new("t", table.text())).unwrap(), table);
    }

    #[test]
    fn every_bad_row_is_named_with_its_line() {
        let rows =
            "USA,CHN,x,ELE,2025-02-30,2025-01-01,0.5,1,1\nUSA,CHN,x,ELE,2025-01-01,2025-01-01,1.5,1,1\n";
        let table = Source::new("c.csv", COLUMNS.join(",") + "\n" + rows);
        let faults = Coverage::read(&table).unwrap_err();
        assert_eq!(faults.len(), 2);
        let first = faults.iter().next().unwrap().to_string();
        assert!(first.contains("c.csv:2:1") && first.contains("2025-02-30"), "{first}");
    }
}
