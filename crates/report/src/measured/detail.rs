//! Sectors and pairs in text: those that move most; all of them are in the data.

use scenario::{Measured, PairRow, SectorRow, ThetaRow};

use crate::rounding::{fixed, signed};
use crate::table::{Align, Table};

/// Rows shown.
const SHOWN: usize = 20;

/// Sectors, pairs and flows, as far as they were asked for.
pub(super) fn text(found: &Measured) -> String {
    let mut text = String::new();
    if !found.sectors.is_empty() {
        text.push_str(&sectors(&found.sectors));
    }
    for (name, rows) in [("pairs", &found.bilateral), ("flows", &found.flows)] {
        if !rows.is_empty() {
            text.push_str(&pairs(name, rows));
        }
    }
    if !found.thetas.is_empty() {
        text.push_str(&thetas(&found.thetas));
    }
    text
}

fn optional(value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_string(), |value| signed(value, 2))
}

fn sectors(rows: &[SectorRow]) -> String {
    let moved = |row: &SectorRow| (row.output_pct.unwrap_or(0.0) * row.output_before_musd).abs();
    let mut most: Vec<&SectorRow> = rows.iter().collect();
    most.sort_by(|a, b| moved(b).total_cmp(&moved(a)));
    let mut table = Table::headed([
        ("country", Align::Left),
        ("sector", Align::Left),
        ("price %", Align::Right),
        ("output %", Align::Right),
        ("employment %", Align::Right),
        ("imports %", Align::Right),
        ("exports %", Align::Right),
    ]);
    for row in most.iter().take(SHOWN) {
        table.row([
            row.country.to_string(),
            row.sector.to_string(),
            signed(row.price_pct, 2),
            optional(row.output_pct),
            optional(row.employment_pct),
            optional(row.imports_pct),
            optional(row.exports_pct),
        ]);
    }
    format!(
        "\nSectors whose sales move most, {} of {}\n{}",
        most.len().min(SHOWN),
        rows.len(),
        table.print(0)
    )
}

fn pairs(name: &str, rows: &[PairRow]) -> String {
    let moved = |row: &PairRow| (row.after_musd - row.before_musd).abs();
    let mut most: Vec<&PairRow> = rows.iter().collect();
    most.sort_by(|a, b| moved(b).total_cmp(&moved(a)));
    let mut table = Table::headed([
        ("importer", Align::Left),
        ("exporter", Align::Left),
        ("sector", Align::Left),
        ("before mn", Align::Right),
        ("after mn", Align::Right),
        ("change %", Align::Right),
        ("duty before %", Align::Right),
        ("now %", Align::Right),
    ]);
    for row in most.iter().take(SHOWN) {
        table.row([
            row.importer.to_string(),
            row.exporter.to_string(),
            row.sector.clone(),
            fixed(row.before_musd, 0),
            fixed(row.after_musd, 0),
            signed(row.change_pct, 1),
            fixed(row.tariff_before_pct, 1),
            fixed(row.tariff_pct, 1),
        ]);
    }
    format!("\nThe {} of {} {name} that move most\n{}", most.len().min(SHOWN), rows.len(), table.print(0))
}

fn thetas(rows: &[ThetaRow]) -> String {
    let mut most: Vec<&ThetaRow> = rows.iter().collect();
    most.sort_by(|a, b| b.real_income_pp.abs().total_cmp(&a.real_income_pp.abs()));
    let mut table = Table::headed([
        ("country", Align::Left),
        ("sector", Align::Left),
        ("θ", Align::Right),
        ("points of real income for 10 % more of θ", Align::Right),
    ]);
    for row in most.iter().take(SHOWN) {
        table.row([
            row.country.to_string(),
            row.sector.to_string(),
            fixed(row.theta, 2),
            signed(row.real_income_pp, 4),
        ]);
    }
    format!(
        "\nElasticities on which real income leans most, {} of {}\n{}",
        most.len().min(SHOWN),
        rows.len(),
        table.print(0)
    )
}
