//! The tables of numbers, each row put where its codes say.

use std::collections::HashMap;

use diagnostic::Diagnostic;
use terms::{Archive, Cube, Grid, Rate};

use crate::findings::Findings;
use crate::legal::{illegal_flow, illegal_rate};
use crate::table::{Columns, Table};
use crate::{CountryEntry, Inputs, SectorEntry, Weights};

/// Reads the numeric tables against the lists.
pub(crate) struct Cells<'a> {
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

impl<'a> Cells<'a> {
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

    /// The table `trade`, as written.
    pub fn trade(&mut self) -> Option<Cube<f64>> {
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

    /// The table `use`.
    pub fn inputs(&mut self) -> Option<Inputs> {
        let mut inputs = Inputs::none(self.countries.len(), self.sectors.len());
        let table = self.table("use", INPUTS, false)?;
        let (n, s) = (self.countries.len(), self.sectors.len());
        // Whether a negative input is small enough to stay is decided when output is known.
        self.fill(&table, INPUTS, [n, s, s], 0, |_| None, |at, value| inputs.as_mut_slice()[at] = value);
        Some(inputs)
    }

    /// One column of a table by country and sector, zero or more in every cell.
    pub fn grid(&mut self, stem: &str, column: &str) -> Option<Grid<f64>> {
        self.any_grid(stem, column, illegal_flow)
    }

    /// One column of a table by country and sector, of either sign.
    pub fn signed_grid(&mut self, stem: &str, column: &str) -> Option<Grid<f64>> {
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

    /// The table `weights`.
    pub fn weights(&mut self) -> Option<Weights> {
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
