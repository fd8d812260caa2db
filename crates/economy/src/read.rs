//! From a folder of tables to accounts.

use std::collections::HashMap;

use diagnostic::{Diagnostic, Faults, Place, help_nearest};
use indexmap::IndexMap;
use terms::{Archive, Cube, Grid, Rate, SectorId};

use crate::draft::{bought, illegal_elasticity, illegal_flow, illegal_rate, sold};
use crate::findings::Findings;
use crate::table::{Columns, Table, TextTable, join, text};
use crate::{
    CountryEntry, Draft, Elasticities, Gap, Identity, Inputs, Meta, SectorEntry, Valuation, Weights, meta,
};

impl Draft {
    /// Reads the economy in a folder of an archive, without asking whether its identities hold.
    ///
    /// `trade` and `tariffs` suffice. What further tables do not state follows from the identities: output is
    /// what is sold, final demand what is bought and not used as input, value added what inputs do not cost.
    /// Where the folder says `duty-paid`, each flow is divided by one plus its rate.
    ///
    /// # Errors
    /// All faults of the folder together, each with file and line.
    pub fn read(archive: &dyn Archive, folder: &str) -> Result<Self, Faults> {
        let mut findings = Findings::default();
        let draft = read(archive, folder, &mut findings);
        let faults = findings.finish();
        match draft {
            Some(draft) if !faults.has_errors() => Ok(draft),
            _ => Err(faults),
        }
    }
}

fn read(archive: &dyn Archive, folder: &str, findings: &mut Findings) -> Option<Draft> {
    let meta = read_meta(archive, folder, findings);
    let countries = read_countries(archive, folder, findings);
    let sectors = read_sectors(archive, folder, findings);
    let (mut meta, countries, sectors) = (meta?, countries?, sectors?);
    let mut reader = Reader::new(archive, folder, &countries, &sectors, findings);
    let trade = reader.trade();
    let tariffs = reader.tariffs();
    let inputs = reader.inputs();
    let final_demand = reader.grid("final", "value");
    let output = reader.grid("output", "output");
    let value_added = reader.signed_grid("output", "value_added");
    let weights = reader.weights();
    let elasticities = read_elasticities(archive, folder, &sectors, &mut meta, findings);
    let (mut trade, tariffs) = (trade?, tariffs?);
    if meta.valuation == Valuation::DutyPaid {
        for (flow, rate) in trade.as_mut_slice().iter_mut().zip(tariffs.as_slice()) {
            *flow /= rate.wedge();
        }
    }
    let output = output.unwrap_or_else(|| sold(&trade));
    let final_demand = final_demand.unwrap_or_else(|| unused(&trade, inputs.as_ref()));
    let value_added = value_added.unwrap_or_else(|| earned(&output, inputs.as_ref()));
    Some(Draft {
        meta,
        countries,
        sectors,
        trade,
        tariffs,
        inputs,
        final_demand,
        output,
        value_added,
        elasticities,
        weights,
    })
}

/// Where the cell of a gap lies: in the table that states one side of the identity by itself. The table is read
/// again, which only a folder with gaps pays for.
pub(crate) fn locate(archive: &dyn Archive, folder: &str, draft: &Draft, gap: &Gap) -> Option<Place> {
    let (stem, column) = match gap.identity {
        Identity::Sales => ("output", "output"),
        Identity::Uses => ("final", "value"),
        Identity::Costs => ("output", "value_added"),
    };
    let columns = Columns { codes: &["country", "sector"], numbers: &[column], spare: &[] };
    let table = Table::read(archive, folder, stem, columns, false, &mut Findings::default())?;
    let country = draft.countries[gap.country.at()].code.as_str();
    let sector = draft.sectors[gap.sector.at()].code.as_str();
    let word = |at: usize, row: usize| table.codes[at].words[table.codes[at].rows[row] as usize].as_str();
    let row = (0..table.rows).find(|row| word(0, *row) == country && word(1, *row) == sector)?;
    Some(table.place(row, column))
}

/// `Σᵢ trade[n,i,s] − Σₖ inputs[n,k,s]`.
fn unused(trade: &Cube<f64>, inputs: Option<&Inputs>) -> Grid<f64> {
    let bought = bought(trade);
    let Some(inputs) = inputs else { return bought };
    Grid::from_fn(bought.countries(), bought.sectors(), |n, s| {
        bought[(n, s)] - SectorId::all(bought.sectors()).map(|k| inputs[(n, k, s)]).sum::<f64>()
    })
}

/// `output[i,k] − Σₛ inputs[i,k,s]`.
fn earned(output: &Grid<f64>, inputs: Option<&Inputs>) -> Grid<f64> {
    let Some(inputs) = inputs else { return output.clone() };
    Grid::from_fn(output.countries(), output.sectors(), |i, k| {
        output[(i, k)] - inputs.buyer(i, k).iter().sum::<f64>()
    })
}

fn read_meta(archive: &dyn Archive, folder: &str, findings: &mut Findings) -> Option<Meta> {
    let path = join(folder, "economy.toml");
    match text(archive, &path, findings)? {
        Some(source) => meta::read(&source, findings),
        None => {
            let place = if folder.is_empty() { "this folder" } else { folder };
            let fault = Diagnostic::error("missing-file", format!("`{place}` is not an economy"));
            findings.push(fault.note("it has no `economy.toml`").help(
                "write `name`, `year`, `currency`, `unit` and `valuation` there, and add `countries.csv`, \
                 `sectors.csv`, `trade.csv` and `tariffs.csv`",
            ));
            None
        }
    }
}

pub(crate) fn read_countries(
    archive: &dyn Archive,
    folder: &str,
    findings: &mut Findings,
) -> Option<Vec<CountryEntry>> {
    let table = TextTable::read(archive, folder, "countries", &["code"], true, findings)?;
    let listed = codes(&table, "country", "duplicate-country", findings);
    let entries = listed.into_iter().map(|(row, code)| {
        let entry = CountryEntry::new(&code, cell(&table, row, "name").unwrap_or(&code));
        CountryEntry { extra: extra(&table, row, &["code", "name"]), ..entry }
    });
    Some(entries.collect())
}

pub(crate) fn read_sectors(
    archive: &dyn Archive,
    folder: &str,
    findings: &mut Findings,
) -> Option<Vec<SectorEntry>> {
    let table = TextTable::read(archive, folder, "sectors", &["code", "good"], true, findings)?;
    let listed = codes(&table, "sector", "duplicate-sector", findings);
    let mut entries = Vec::with_capacity(listed.len());
    for (row, code) in listed {
        let good = match cell(&table, row, "good") {
            Some("1" | "true") => true,
            Some("0" | "false") => false,
            _ => {
                let fault = Diagnostic::error("bad-value", format!("whether `{code}` is a good is not told"));
                findings.push(fault.at(table.place(row, "good"), "write `1` for a good, `0` for a service"));
                false
            }
        };
        let entry = SectorEntry::new(&code, cell(&table, row, "name").unwrap_or(&code), good);
        entries.push(SectorEntry { extra: extra(&table, row, &["code", "name", "good"]), ..entry });
    }
    Some(entries)
}

/// The codes of a list with their rows; empty and repeated ones are faults and left out.
fn codes(
    table: &TextTable,
    what: &str,
    duplicate: &'static str,
    findings: &mut Findings,
) -> Vec<(usize, String)> {
    let mut listed: IndexMap<String, usize> = IndexMap::new();
    for row in 0..table.rows.len() {
        let Some(code) = cell(table, row, "code") else {
            let fault = Diagnostic::error("bad-value", format!("a {what} without a code"));
            findings.push(fault.at(table.place(row, "code"), "every row needs one"));
            continue;
        };
        match listed.get(code) {
            Some(first) => {
                let fault = Diagnostic::error(duplicate, format!("the {what} `{code}` is listed twice"))
                    .at(table.place(row, "code"), "here again")
                    .at(table.place(*first, "code"), "first here");
                findings.push(fault.help("leave one of the rows out"));
            }
            None => {
                listed.insert(code.to_owned(), row);
            }
        }
    }
    if table.rows.is_empty() {
        let fault = Diagnostic::error("empty-list", format!("the economy has no {what}"));
        findings.push(fault.at(table.head(), "one row each belongs below"));
    }
    listed.into_iter().map(|(code, row)| (row, code)).collect()
}

/// A cell that is not empty.
fn cell<'a>(table: &'a TextTable, row: usize, column: &str) -> Option<&'a str> {
    let at = table.column(column)?;
    Some(table.rows[row][at].as_str()).filter(|cell| !cell.is_empty())
}

fn extra(table: &TextTable, row: usize, known: &[&str]) -> IndexMap<String, String> {
    let cells = table.header.iter().zip(&table.rows[row]);
    cells
        .filter(|(column, _)| !known.contains(&column.as_str()))
        .map(|(column, cell)| (column.clone(), cell.clone()))
        .collect()
}

fn read_elasticities(
    archive: &dyn Archive,
    folder: &str,
    sectors: &[SectorEntry],
    meta: &mut Meta,
    findings: &mut Findings,
) -> Elasticities {
    let Some(table) = TextTable::read(archive, folder, "elasticities", &["sector"], false, findings) else {
        return Elasticities::none();
    };
    let known: HashMap<&str, usize> =
        sectors.iter().enumerate().map(|(at, entry)| (entry.code.as_str(), at)).collect();
    let sector_at = table.column("sector").unwrap_or(0);
    let mut columns: IndexMap<&str, Vec<Option<f64>>> = table
        .header
        .iter()
        .filter(|column| *column != "sector")
        .map(|column| (column.as_str(), vec![None; sectors.len()]))
        .collect();
    let mut seen: Vec<Option<usize>> = vec![None; sectors.len()];
    for (row, cells) in table.rows.iter().enumerate() {
        let code = &cells[sector_at];
        let Some(&at) = known.get(code.as_str()) else {
            let fault =
                Diagnostic::error("unknown-sector", format!("`{code}` is not a sector of this economy"))
                    .at(table.place(row, "sector"), "no sector has this code here");
            findings.push(fault.help_if(help_nearest(code, known.keys().copied())));
            continue;
        };
        if let Some(first) = seen[at].replace(row) {
            let fault = Diagnostic::error("duplicate-cell", format!("two rows for the sector `{code}`"))
                .at(table.place(row, "sector"), "here again")
                .at(table.place(first, "sector"), "first here");
            findings.push(fault);
        }
        for (column, written) in table.header.iter().zip(cells) {
            let Some(values) = columns.get_mut(column.as_str()).filter(|_| !written.is_empty()) else {
                continue;
            };
            let fault = match written.parse::<f64>() {
                Ok(value) => {
                    values[at] = Some(value);
                    illegal_elasticity(column, value)
                }
                Err(_) => Some(("not-a-number", format!("has `{written}`, which is not a number,"))),
            };
            if let Some((code, why)) = fault {
                values[at] = None;
                let fault = Diagnostic::error(code, format!("the set `{column}` {why} here"))
                    .at(table.place(row, column), "a positive number, or nothing where the source is silent");
                findings.push(fault.help("signs are positive here: θ, with σ = 1 + θ"));
            }
        }
    }
    let mut elasticities = Elasticities::none();
    for (column, values) in columns {
        elasticities = elasticities.with(column, values);
    }
    if let Some(set) = meta.elasticity.as_deref().filter(|set| elasticities.column(set).is_none()) {
        let sets: Vec<&str> = elasticities.sets().collect();
        let fault =
            Diagnostic::error("unknown-elasticity", format!("`elasticities.csv` has no column `{set}`"))
                .at(table.head(), "the default named in `economy.toml` is not among these");
        findings.push(fault.help_if(help_nearest(set, sets)));
    }
    elasticities
}

/// Reads the numeric tables against the lists.
pub(crate) struct Reader<'a> {
    archive: &'a dyn Archive,
    folder: &'a str,
    countries: HashMap<&'a str, usize>,
    sectors: HashMap<&'a str, usize>,
    findings: &'a mut Findings,
}

const FLOWS: Columns<'_> =
    Columns { codes: &["importer", "exporter", "sector"], numbers: &["value"], spare: &[] };
const RATES: Columns<'_> =
    Columns { codes: &["importer", "exporter", "sector"], numbers: &["rate"], spare: &[] };
const INPUTS: Columns<'_> =
    Columns { codes: &["country", "sector", "input"], numbers: &["value"], spare: &[] };
const WEIGHTS: Columns<'_> =
    Columns { codes: &["country", "sector"], numbers: &["weight"], spare: &["noncoop_tariff"] };

type Refusal = fn(f64) -> Option<(&'static str, String)>;

impl<'a> Reader<'a> {
    pub fn new(
        archive: &'a dyn Archive,
        folder: &'a str,
        countries: &'a [CountryEntry],
        sectors: &'a [SectorEntry],
        findings: &'a mut Findings,
    ) -> Self {
        let countries = countries.iter().enumerate().map(|(at, entry)| (entry.code.as_str(), at)).collect();
        let sectors = sectors.iter().enumerate().map(|(at, entry)| (entry.code.as_str(), at)).collect();
        Self { archive, folder, countries, sectors, findings }
    }

    fn trade(&mut self) -> Option<Cube<f64>> {
        let mut cube = Cube::filled(self.countries.len(), self.sectors.len(), 0.0);
        let table = self.table("trade", FLOWS, true)?;
        let (n, s) = (self.countries.len(), self.sectors.len());
        self.fill(&table, FLOWS, [n, n, s], 0, illegal_flow, |at, value| cube.as_mut_slice()[at] = value);
        Some(cube)
    }

    /// The table `tariffs`.
    pub fn tariffs(&mut self) -> Option<Cube<Rate>> {
        let mut cube = Cube::filled(self.countries.len(), self.sectors.len(), Rate::FREE);
        let table = self.table("tariffs", RATES, true)?;
        let (n, s) = (self.countries.len(), self.sectors.len());
        self.fill(&table, RATES, [n, n, s], 0, illegal_rate, |at, value| {
            cube.as_mut_slice()[at] = Rate::share(value);
        });
        Some(cube)
    }

    fn inputs(&mut self) -> Option<Inputs> {
        let mut inputs = Inputs::none(self.countries.len(), self.sectors.len());
        let table = self.table("use", INPUTS, false)?;
        let (n, s) = (self.countries.len(), self.sectors.len());
        // Whether a negative input is small enough to stay is decided when output is known.
        self.fill(&table, INPUTS, [n, s, s], 0, |_| None, |at, value| inputs.as_mut_slice()[at] = value);
        Some(inputs)
    }

    fn grid(&mut self, stem: &str, column: &str) -> Option<Grid<f64>> {
        self.any_grid(stem, column, illegal_flow)
    }

    fn signed_grid(&mut self, stem: &str, column: &str) -> Option<Grid<f64>> {
        self.any_grid(stem, column, |_| None)
    }

    fn any_grid(&mut self, stem: &str, column: &str, refuse: Refusal) -> Option<Grid<f64>> {
        let columns = Columns { codes: &["country", "sector"], numbers: &[column], spare: &[] };
        let table = self.table(stem, columns, false)?;
        let (n, s) = (self.countries.len(), self.sectors.len());
        let mut grid = Grid::filled(n, s, 0.0);
        self.fill(&table, columns, [n, s], 0, refuse, |at, value| grid.as_mut_slice()[at] = value);
        Some(grid)
    }

    fn weights(&mut self) -> Option<Weights> {
        let table = self.table("weights", WEIGHTS, false)?;
        let (n, s) = (self.countries.len(), self.sectors.len());
        let mut weight = Grid::filled(n, s, 1.0);
        let mut noncooperative = Grid::filled(n, s, Rate::FREE);
        let spare = table.spare[0].clone();
        let mut rows = Vec::new();
        self.fill(&table, WEIGHTS, [n, s], 0, illegal_flow, |at, value| {
            weight.as_mut_slice()[at] = value;
            rows.push(at);
        });
        let noncooperative_tariff = spare.map(|column| {
            for (at, rate) in rows.iter().zip(column) {
                noncooperative.as_mut_slice()[*at] = Rate::share(rate);
            }
            noncooperative
        });
        Some(Weights { weight, noncooperative_tariff })
    }

    fn table(&mut self, stem: &str, columns: Columns<'_>, required: bool) -> Option<Table> {
        Table::read(self.archive, self.folder, stem, columns, required, self.findings)
    }

    /// Puts each row's number where its codes say: the last dimension runs fastest.
    fn fill<const D: usize>(
        &mut self,
        table: &Table,
        columns: Columns<'_>,
        shape: [usize; D],
        number: usize,
        refuse: Refusal,
        mut put: impl FnMut(usize, f64),
    ) {
        let mut places = Vec::with_capacity(D);
        for (at, name) in columns.codes.iter().enumerate() {
            places.push(match *name {
                "importer" | "exporter" | "country" => {
                    table.places((at, name), "unknown-country", "country", &self.countries, self.findings)
                }
                _ => table.places((at, name), "unknown-sector", "sector", &self.sectors, self.findings),
            });
        }
        let mut first_row: Vec<u32> = vec![u32::MAX; shape.iter().product()];
        'rows: for row in 0..table.rows {
            let mut cell = 0;
            for dimension in 0..D {
                let word = table.codes[dimension].rows[row] as usize;
                let Some(place) = places[dimension][word] else { continue 'rows };
                cell = cell * shape[dimension] + place;
            }
            let (value, name) = (table.numbers[number][row], columns.numbers[number]);
            if let Some((code, why)) = refuse(value) {
                let fault = Diagnostic::error(code, format!("`{name}` {why} in {}", words(table, row)))
                    .at(table.place(row, name), refusal(code));
                self.findings.push(fault);
                continue;
            }
            if first_row[cell] != u32::MAX {
                let fault =
                    Diagnostic::error("duplicate-cell", format!("two rows for {}", words(table, row)))
                        .at(table.place(row, name), "here again")
                        .at(table.place(first_row[cell] as usize, name), "first here")
                        .help("leave one out, or add them up");
                self.findings.push(fault);
                continue;
            }
            first_row[cell] = row as u32;
            put(cell, value);
        }
    }
}

fn words(table: &Table, row: usize) -> String {
    let words: Vec<&str> =
        table.codes.iter().map(|codes| codes.words[codes.rows[row] as usize].as_str()).collect();
    words.join(", ")
}

fn refusal(code: &str) -> &'static str {
    match code {
        "negative-flow" => "a flow is zero or more",
        "impossible-rate" => "a rate is a share above −1: 25 % is 0.25",
        _ => "a finite number belongs here",
    }
}
