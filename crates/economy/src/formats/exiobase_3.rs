//! EXIOBASE 3, the monetary tables of one year.
//!
//! # Layout
//! A folder of tab-separated texts. `A.txt` (coefficients) or `Z.txt` (flows): two header rows (regions, then
//! sectors), one row that names the index columns, then sellers (region, sector) by row and buyers by column.
//! `Y.txt`: the same with final categories for buyers. `x.txt`: region, sector, output; optional. `unit.txt`:
//! region, sector, unit.
//!
//! Where there is no `Z.txt`, `Z = A x`; where there is no `x.txt` either, output solves `x = A x + Σ Y`, by
//! repeating the sum over rounds of inputs until nothing changes.
//!
//! Sectors are long names here; their codes are `s1`, `s2`, … in order, the names are kept. All before the
//! first electricity are goods.
//! # Units
//! As `unit.txt` says: `M.EUR` is million euros.
//! # Source
//! Stadler et al. (2018), *Journal of Industrial Ecology* 22(3); CC BY-SA 4.0.

use std::collections::HashMap;

use diagnostic::Faults;
use terms::{Archive, CountryId, SectorId};

use super::intercountry::{Codes, Intercountry, Node, countries};
use super::numbers::{cells, lines, no_number, number, word};
use super::{Imported, Naming, before_electricity, file, finish, wrong_layout};
use crate::findings::Findings;
use crate::table::{bytes, join};
use crate::{Draft, Meta, SectorEntry, Unit};

const SOURCE: &str = "EXIOBASE 3";
/// Rounds of inputs after which output is given up: coefficients of real tables need some hundreds.
const ROUNDS: usize = 100_000;

/// Reads the folder at `path`.
///
/// # Errors
/// All faults of the folder together.
pub fn read(archive: &dyn Archive, path: &str, naming: &Naming) -> Result<Imported, Faults> {
    let mut findings = Findings::default();
    let year = naming.year_of(path, &mut findings);
    let draft = folder(archive, path, naming, year, &mut findings);
    finish(draft, findings)
}

/// A table between (region, name) rows and (region, name) columns.
struct Matrix {
    rows: Vec<(String, String)>,
    columns: Vec<(String, String)>,
    values: Vec<f64>,
}

fn folder(
    archive: &dyn Archive,
    path: &str,
    naming: &Naming,
    year: i32,
    findings: &mut Findings,
) -> Option<Draft> {
    let flows = optional(archive, &join(path, "Z.txt"), findings)?;
    let coefficients = flows.is_none();
    let z_path = join(path, if coefficients { "A.txt" } else { "Z.txt" });
    let z_bytes = match flows {
        Some(bytes) => Some(bytes),
        None => file(archive, &z_path, findings),
    };
    let z = z_bytes.and_then(|bytes| matrix(&z_path, &bytes, findings));
    let y_path = join(path, "Y.txt");
    let y = file(archive, &y_path, findings).and_then(|bytes| matrix(&y_path, &bytes, findings));
    let (mut z, y) = (z?, y?);
    if z.rows != z.columns || z.rows != y.rows {
        findings.push(wrong_layout(path, SOURCE, "sellers and buyers of the tables are not the same nodes"));
        return None;
    }
    let mut lists = (Codes::default(), Codes::default());
    let place = |(region, sector): &(String, String)| (lists.0.place(region), lists.1.place(sector));
    let nodes: Vec<(usize, usize)> = z.rows.iter().map(place).collect();
    let nodes: Vec<Node> = nodes.into_iter().map(|(n, s)| (CountryId::new(n), SectorId::new(s))).collect();
    if coefficients {
        let output = match optional(archive, &join(path, "x.txt"), findings)? {
            Some(bytes) => stated_output(&join(path, "x.txt"), &bytes, &z.rows, findings)?,
            None => output(&z, &y).or_else(|| {
                findings.push(wrong_layout(
                    path,
                    SOURCE,
                    "the coefficients of `A.txt` leave no finite output",
                ));
                None
            })?,
        };
        let width = output.len();
        for (at, value) in z.values.iter_mut().enumerate() {
            *value *= output[at % width];
        }
    }
    let goods = before_electricity(lists.1.iter()).unwrap_or(lists.1.0.len());
    let sector = |(at, name): (usize, &str)| SectorEntry::new(format!("s{}", at + 1), name, at < goods);
    let sectors = lists.1.iter().enumerate().map(sector).collect();
    let mut table = Intercountry::new(countries(&lists.0, &HashMap::new()), sectors);
    for (row, seller) in nodes.iter().enumerate() {
        for (column, buyer) in nodes.iter().enumerate() {
            table.input(*seller, *buyer, z.values[row * nodes.len() + column]);
        }
        for (column, (region, _)) in y.columns.iter().enumerate() {
            if let Some(country) = lists.0.get(region) {
                table.purchase(*seller, CountryId::new(country), y.values[row * y.columns.len() + column]);
            }
        }
    }
    let (currency, unit) = unit(archive, path, findings);
    Some(table.draft(Meta {
        title: format!("EXIOBASE 3, {year}"),
        currency,
        unit,
        source: "Stadler et al. (2018), EXIOBASE 3".into(),
        licence: "CC BY-SA 4.0".into(),
        ..Meta::new(&naming.name, year)
    }))
}

fn optional(archive: &dyn Archive, path: &str, findings: &mut Findings) -> Option<Option<Vec<u8>>> {
    bytes(archive, path, findings)
}

fn matrix(path: &str, bytes: &[u8], findings: &mut Findings) -> Option<Matrix> {
    let mut rows = lines(bytes);
    let mut header = || rows.next().map(|(_, line)| cells(line, b'\t').skip(2).map(word).collect::<Vec<_>>());
    let (regions, names) = (header()?, header()?);
    if regions.len() != names.len() || regions.is_empty() {
        findings.push(wrong_layout(path, SOURCE, "the two header rows differ in length"));
        return None;
    }
    let columns: Vec<(String, String)> = regions.into_iter().zip(names).collect();
    let mut matrix = Matrix { rows: Vec::new(), values: Vec::new(), columns };
    for (line, row) in rows {
        let mut row = cells(row, b'\t');
        let (region, name) = (word(row.next()?), word(row.next().unwrap_or_default()));
        // The row that names the index columns holds nothing else.
        if region == "region" {
            continue;
        }
        let before = matrix.values.len();
        for (at, cell) in row.enumerate() {
            let value = number(cell);
            if value.is_none() {
                findings.push(no_number(path, SOURCE, line, at + 2, cell));
            }
            matrix.values.push(value.unwrap_or(0.0));
        }
        if matrix.values.len() - before != matrix.columns.len() {
            let found = matrix.values.len() - before;
            let why = format!("line {} has {found} cells under {} columns", line + 1, matrix.columns.len());
            findings.push(wrong_layout(path, SOURCE, why));
            return None;
        }
        matrix.rows.push((region, name));
    }
    Some(matrix)
}

fn stated_output(
    path: &str,
    bytes: &[u8],
    nodes: &[(String, String)],
    findings: &mut Findings,
) -> Option<Vec<f64>> {
    let mut output: HashMap<(String, String), f64> = HashMap::new();
    for (_, row) in lines(bytes) {
        let row: Vec<&[u8]> = cells(row, b'\t').collect();
        if let [region, name, value] = row.as_slice()
            && let Some(value) = number(value)
        {
            output.insert((word(region), word(name)), value);
        }
    }
    let known: Option<Vec<f64>> = nodes.iter().map(|node| output.get(node).copied()).collect();
    if known.is_none() {
        findings.push(wrong_layout(path, SOURCE, "it does not state the output of every node"));
    }
    known
}

/// `x = A x + y`, from `x = y` on.
fn output(a: &Matrix, y: &Matrix) -> Option<Vec<f64>> {
    let n = a.rows.len();
    let demand: Vec<f64> = y.values.chunks(y.columns.len()).map(|row| row.iter().sum()).collect();
    let mut x = demand.clone();
    for _ in 0..ROUNDS {
        let next: Vec<f64> = (0..n)
            .map(|i| demand[i] + a.values[i * n..(i + 1) * n].iter().zip(&x).map(|(a, x)| a * x).sum::<f64>())
            .collect();
        let scale = next.iter().fold(0.0_f64, |most, x| most.max(x.abs()));
        let change = next.iter().zip(&x).fold(0.0_f64, |most, (a, b)| most.max((a - b).abs()));
        x = next;
        if !scale.is_finite() {
            return None;
        }
        if change <= 1e-15 * scale {
            return Some(x);
        }
    }
    None
}

/// Currency and unit, from the first row of `unit.txt`.
fn unit(archive: &dyn Archive, path: &str, findings: &mut Findings) -> (String, Unit) {
    let path = join(path, "unit.txt");
    let written = bytes(archive, &path, findings).flatten();
    let text = written.as_deref().map(|bytes| word(&bytes[..bytes.len().min(2000)])).unwrap_or_default();
    let first = text.lines().nth(1).and_then(|line| line.split('\t').next_back()).unwrap_or("M.EUR");
    let currency = if first.contains("USD") { "USD" } else { "EUR" };
    (currency.into(), Unit::Million)
}
