//! `elasticities.csv`.

use std::collections::HashMap;

use diagnostic::{Diagnostic, help_nearest};
use indexmap::IndexMap;
use terms::Archive;

use crate::findings::Findings;
use crate::legal::illegal_elasticity;
use crate::table::TextTable;
use crate::{Elasticities, Meta, SectorEntry};

pub(super) fn read_elasticities(
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
