//! Economies as accounts, in text: lists, totals, differences.

use scenario::accounts::{Differs, Exported, Listed, Shown, Written};

use crate::rounding::fixed;
use crate::table::{Align, Table, paragraph};

/// A line for each economy.
pub fn list(found: &Vec<Listed>) -> String {
    let mut table = Table::headed([
        ("economy", Align::Left),
        ("year", Align::Right),
        ("countries", Align::Right),
        ("sectors", Align::Right),
        ("links", Align::Left),
        ("elasticities", Align::Left),
    ]);
    for economy in found {
        table.row([
            economy.name.clone(),
            economy.year.to_string(),
            economy.countries.to_string(),
            economy.sectors.to_string(),
            if economy.links { "yes" } else { "no" }.into(),
            economy.elasticities.join(", "),
        ]);
    }
    table.print(0)
}

/// What one economy holds.
pub fn show(found: &Shown) -> String {
    let mut countries = Table::headed([
        ("country", Align::Left),
        ("name", Align::Left),
        ("output", Align::Right),
        ("imports", Align::Right),
        ("exports", Align::Right),
        ("duty %", Align::Right),
    ]);
    for row in &found.by_country {
        let duty = if row.imports > 0.0 { fixed(100.0 * row.duties / row.imports, 2) } else { "–".into() };
        countries.row([
            row.country.to_string(),
            row.name.clone(),
            fixed(row.output, 0),
            fixed(row.imports, 0),
            fixed(row.exports, 0),
            duty,
        ]);
    }
    let mut sectors = Table::headed([
        ("sector", Align::Left),
        ("name", Align::Left),
        ("kind", Align::Left),
        ("output", Align::Right),
        ("traded", Align::Right),
    ]);
    for row in &found.by_sector {
        sectors.row([
            row.sector.to_string(),
            row.name.clone(),
            if row.good { "good" } else { "service" }.into(),
            fixed(row.output, 0),
            fixed(row.traded, 0),
        ]);
    }
    let listed = &found.listed;
    let facts = [
        format!(
            "Base year {}: {} countries, {} sectors, {}; made for {} markets.",
            listed.year,
            listed.countries,
            listed.sectors,
            if listed.links { "with input links" } else { "no input links" },
            found.market
        ),
        format!("Elasticities: {}.", listed.elasticities.join(", ")),
        if found.weights { "Carries political weights.".into() } else { String::new() },
        format!("Values in {}, before duty.", found.unit),
    ];
    format!(
        "{}: {}\n{}\n{}\n{}\n{}",
        listed.name,
        listed.title,
        paragraph(&facts, 0),
        countries.print(0),
        sectors.print(0),
        paragraph(&[format!("Source: {}. Licence: {}.", found.source, found.licence)], 0)
    )
}

/// How two economies differ.
pub fn differs(found: &Differs) -> String {
    let mut text = String::new();
    for (what, [first, second]) in [("countries", &found.countries), ("sectors", &found.sectors)] {
        for (whose, codes) in [("first", first), ("second", second)] {
            if !codes.is_empty() {
                text.push_str(&paragraph(
                    &[format!("Only in the {whose}, {what}: {}.", codes.join(", "))],
                    0,
                ));
            }
        }
    }
    for table in &found.tables {
        text.push_str(&format!(
            "\n{}: {} cells differ, by {} in all\n",
            table.table, table.cells, table.moved
        ));
        let mut cells = Table::headed([
            ("cell", Align::Left),
            ("first", Align::Right),
            ("second", Align::Right),
            ("change", Align::Right),
        ]);
        for cell in &table.largest {
            cells.row([
                cell.cell.join(" "),
                cell.before.to_string(),
                cell.after.to_string(),
                (cell.after - cell.before).to_string(),
            ]);
        }
        if !cells.is_empty() {
            text.push_str(&cells.print(2));
        }
    }
    if text.is_empty() { "no difference\n".into() } else { text }
}

/// What was written.
pub fn written(found: &Written) -> String {
    let listed = &found.economy;
    let links = if listed.links { "with input links" } else { "no input links" };
    let mut text = format!(
        "wrote {}: {} countries, {} sectors, {links}; every identity holds\n",
        found.folder, listed.countries, listed.sectors
    );
    if let Some(report) = &found.repaired {
        text.push_str(&format!("\nWhat the repair changed\n{}", differs(report)));
    }
    text
}

/// What left.
pub fn exported(found: &Exported) -> String {
    let listed = &found.economy;
    format!(
        "wrote {}: {} countries, {} sectors; {}\n",
        found.to,
        listed.countries,
        listed.sectors,
        found.files.join(", ")
    )
}

/// The formats that can be imported.
pub fn formats(found: &[(&'static str, &'static str)]) -> String {
    let mut table = Table::headed([("format", Align::Left), ("what the path points at", Align::Left)]);
    for (name, about) in found {
        table.row([(*name).to_string(), (*about).to_string()]);
    }
    table.print(0)
}
