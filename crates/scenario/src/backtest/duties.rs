//! What the record added to one importer's duties between two years, by partner and sector.

use std::collections::BTreeMap;
use std::path::Path;

use diagnostic::{Diagnostic, Faults};
use economy::Economy;
use indexmap::IndexMap;
use ledger::View;
use tariffs::{Behaviour, Border, Flow};
use terms::{Archive, Country, CountryId, Cube, Instant, Line, Sector};

use super::BacktestQuestion;
use crate::archive::Disk;
use crate::clock::bad_date;
use crate::manifest::hash;
use crate::sheet::Sheet;

/// Days of a year on which duties are read: the middle of each quarter. Their mean is the year's duty.
const DAYS: [&str; 4] = ["02-15", "05-15", "08-15", "11-15"];

/// The rest of the world in an economy's codes.
const REST: &str = "ROW";

/// Points added, as shares of value, `[importer, exporter, sector]`: the mean over the days of `to` less that over the
/// days of `from`. Line by line, weighed by the imports of one year, behaviour not known.
pub(super) fn added(
    question: &BacktestQuestion,
    economy: &Economy,
    weights: &Path,
    inputs: &mut IndexMap<String, String>,
) -> Result<Cube<f64>, Faults> {
    let ledger = &question.record.ledger;
    let importer = Country::new(&question.importer);
    let at =
        economy.country_id(importer.as_str()).ok_or_else(|| economy.unknown_country(importer.as_str()))?;
    let flows = flows(weights, inputs)?;
    let schedules = question.record.schedules()?;
    let border = Border::new(ledger, &schedules);
    let book = border.as_known(Instant::MAX, View::Collected);
    let mut added = Cube::filled(economy.countries().len(), economy.sectors().len(), 0.0);
    for (year, sign) in [(question.to, 1.0), (question.from, -1.0)] {
        for day in DAYS {
            let on = ledger.moment(importer.as_str(), &format!("{year}-{day}")).map_err(bad_date)?;
            let cells = book
                .effective(&importer, on, &flows, &Behaviour::default())
                .map_err(|clash| Diagnostic::error("clash", clash.to_string()))?;
            // What the economy does not keep apart is charged in the rest of the world, by value.
            let mut rest: BTreeMap<Sector, (f64, f64)> = BTreeMap::new();
            for cell in cells {
                let Some(s) = economy.sector_id(cell.sector.as_str()) else { continue };
                let share = sign * cell.additional / DAYS.len() as f64;
                let exporters = exporters(economy, question, &cell.partner, on);
                for i in exporters.iter().filter(|i| **i != at) {
                    added[(at, *i, s)] += share;
                }
                if exporters.is_empty() {
                    let sum = rest.entry(cell.sector.clone()).or_default();
                    *sum = (sum.0 + share * cell.value, sum.1 + cell.value);
                }
            }
            let Some(row) = economy.country_id(REST) else { continue };
            for (sector, (duty, value)) in rest {
                if let Some(s) = economy.sector_id(sector.as_str()) {
                    added[(at, row, s)] += duty / value;
                }
            }
        }
    }
    Ok(added)
}

/// The economy's countries that a partner of the weights stands for: itself, or the members of a group.
fn exporters(
    economy: &Economy,
    question: &BacktestQuestion,
    partner: &Country,
    on: Instant,
) -> Vec<CountryId> {
    match economy.country_id(partner.as_str()) {
        Some(i) => vec![i],
        None => {
            let areas = question.record.ledger.areas();
            economy.country_ids().filter(|i| areas.holds(partner, &economy.country(*i).code, on)).collect()
        }
    }
}

/// Imports by partner and line. Lines that are none (chapters 98 and 99 among them) are left out.
fn flows(path: &Path, inputs: &mut IndexMap<String, String>) -> Result<Vec<Flow>, Faults> {
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let file = path.file_name().unwrap_or_default().to_string_lossy();
    let disk = Disk::at(folder);
    let table = Sheet::read(&disk, &file, &["partner", "hts10", "sector"], &["imports_usd"])?;
    let bytes = disk.read(&file).ok().flatten().unwrap_or_default();
    inputs.insert("weights".into(), hash(&bytes));
    let flow = |row: usize| {
        let line: Line = table.word(1, row).parse().ok()?;
        Some(Flow {
            partner: Country::new(table.word(0, row)),
            line,
            sector: Sector::new(table.word(2, row)),
            value: table.number(3, row),
            duty: 0.0,
        })
    };
    Ok((0..table.rows()).filter_map(flow).filter(|flow| flow.value > 0.0).collect())
}
