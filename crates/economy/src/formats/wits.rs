//! WITS: average tariffs by reporter, partner and product, laid on an economy.
//!
//! # Layout
//! The CSV that WITS exports: `Reporter` (ISO number), `Reporter Name`, `Product`, `Product Name`, `Partner`,
//! `Partner Name`, `Tariff Year`, `DutyType` (`AHS` applied, `MFN`, `BND`), `Weighted Average` or `Simple Average`,
//! in per cent. Groups have no number: `EuropeanUnion`, `RestOfTheWorld`.
//!
//! Countries are found by ISO number (column `iso_numeric` of `countries.csv`), else by name or code; the
//! European Union is every country whose `blocs` hold `EU27`, or the country `EU`, `EU27` or `EUN`; the rest of
//! the world is `ROW`. Products become sectors by a table `product, sector`, which may repeat products. Several
//! products of one sector count equally. A cell without a row keeps its rate.
//! # Source
//! World Bank, World Integrated Trade Solution; its terms.

use std::collections::{HashMap, HashSet};

use diagnostic::{Diagnostic, Faults, Source};
use terms::{CountryId, Cube, Rate, SectorId};

use crate::Draft;
use crate::findings::Findings;
use crate::table::{Columns, Table, TextTable};

/// The rates of `draft` with those of the table in their place.
///
/// # Errors
/// All faults of both texts together. Reporters, partners and products that the economy does not have are left
/// out, and named in a warning of the second part of what comes back.
pub fn tariffs(draft: &Draft, table: &Source, concordance: &Source) -> Result<(Cube<Rate>, Faults), Faults> {
    let mut findings = Findings::default();
    let rates = read(draft, table, concordance, &mut findings);
    let faults = findings.finish();
    match rates {
        Some(rates) if !faults.has_errors() => Ok((rates, faults)),
        _ => Err(faults),
    }
}

fn read(draft: &Draft, table: &Source, concordance: &Source, findings: &mut Findings) -> Option<Cube<Rate>> {
    let sectors = concordance_of(draft, concordance, findings)?;
    let head = TextTable::from_csv(
        &Source::new(table.name(), table.text().lines().next().unwrap_or("")),
        &[],
        findings,
    )?;
    let average =
        if head.column("Weighted Average").is_some() { "Weighted Average" } else { "Simple Average" };
    let columns = Columns {
        codes: &["Reporter", "Reporter Name", "Partner", "Partner Name", "Product"],
        numbers: &[average],
        spare: &[],
    };
    let rows = Table::from_csv(table, columns, findings)?;
    let who = Who::new(draft);
    let (mut left_out, mut products) = (HashSet::new(), HashSet::new());
    // The mean over products: sum and count by cell.
    let mut means: HashMap<(CountryId, CountryId, SectorId), (f64, u32)> = HashMap::new();
    for row in 0..rows.rows {
        let word = |at: usize| rows.codes[at].words[rows.codes[at].rows[row] as usize].as_str();
        let (importers, exporters) = (who.find(word(0), word(1)), who.find(word(2), word(3)));
        for (name, found) in [(word(1), &importers), (word(3), &exporters)] {
            if found.is_empty() {
                left_out.insert(name.to_owned());
            }
        }
        let Some(sectors) = sectors.get(word(4)) else {
            products.insert(word(4).to_owned());
            continue;
        };
        let rate = rows.numbers[0][row] / 100.0;
        if rate <= -1.0 {
            let fault = Diagnostic::error("impossible-rate", format!("a rate of {} %", rate * 100.0));
            findings.push(fault.at(rows.place(row, average), "rates are per cent of value, above −100"));
            continue;
        }
        for &n in &importers {
            for &i in exporters.iter().filter(|i| **i != n) {
                for s in sectors {
                    let mean = means.entry((n, i, *s)).or_default();
                    *mean = (mean.0 + rate, mean.1 + 1);
                }
            }
        }
    }
    note(&left_out, "countries", table, findings);
    note(&products, "products", table, findings);
    let mut tariffs = draft.tariffs.clone();
    for (cell, (sum, count)) in means {
        tariffs[cell] = Rate::share(sum / f64::from(count));
    }
    Some(tariffs)
}

fn note(left_out: &HashSet<String>, what: &str, table: &Source, findings: &mut Findings) {
    if left_out.is_empty() {
        return;
    }
    let mut names: Vec<&str> = left_out.iter().map(String::as_str).collect();
    names.sort_unstable();
    let message = format!("{what} of `{}` that the economy does not have were left out", table.name());
    findings.push(Diagnostic::warning("left-out", message).note(names.join(", ")));
}

/// Product to sectors.
fn concordance_of(
    draft: &Draft,
    concordance: &Source,
    findings: &mut Findings,
) -> Option<HashMap<String, Vec<SectorId>>> {
    let columns = Columns { codes: &["product", "sector"], numbers: &[], spare: &[] };
    let table = Table::from_csv(concordance, columns, findings)?;
    let known: HashMap<&str, usize> =
        draft.sectors.iter().enumerate().map(|(at, entry)| (entry.code.as_str(), at)).collect();
    let places = table.places((1, "sector"), "unknown-sector", "sector", &known, findings);
    let mut map: HashMap<String, Vec<SectorId>> = HashMap::new();
    for row in 0..table.rows {
        let product = &table.codes[0].words[table.codes[0].rows[row] as usize];
        let sector = places[table.codes[1].rows[row] as usize];
        map.entry(product.clone()).or_default().extend(sector.map(SectorId::new));
    }
    Some(map)
}

/// Countries by number, name and code.
struct Who {
    places: HashMap<String, Vec<CountryId>>,
}

impl Who {
    fn new(draft: &Draft) -> Self {
        let mut places: HashMap<String, Vec<CountryId>> = HashMap::new();
        for (id, entry) in CountryId::all(draft.countries.len()).zip(&draft.countries) {
            let number =
                entry.extra.get("iso_numeric").map(|number| number.trim_start_matches('0').to_owned());
            let words = [Some(entry.code.to_string()), Some(entry.name.to_lowercase()), number];
            for word in words.into_iter().flatten().filter(|word| !word.is_empty()) {
                places.entry(word).or_default().push(id);
            }
            let code = entry.code.as_str();
            let in_union =
                entry.list("blocs").any(|bloc| bloc == "EU27") || matches!(code, "EU" | "EU27" | "EUN");
            if in_union || entry.extra.get("eu27").is_some_and(|flag| flag == "1") {
                places.entry("europeanunion".into()).or_default().push(id);
            }
            if code == "ROW" {
                places.entry("restoftheworld".into()).or_default().push(id);
            }
        }
        Self { places }
    }

    /// The countries of a row's number and name; none where the economy keeps them together with others.
    fn find(&self, number: &str, name: &str) -> Vec<CountryId> {
        // Groups are named twice: `EuropeanUnion --- EuropeanUnion`.
        let name = name.split("---").next().unwrap_or(name).trim().to_lowercase();
        let number = number.trim_start_matches('0');
        let found = self.places.get(number).filter(|_| !number.is_empty());
        found.or_else(|| self.places.get(&name)).cloned().unwrap_or_default()
    }
}
