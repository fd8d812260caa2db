//! What `weights` found, as text and as a table.

use scenario::{CountryWeights, WeightsAnswer, WeightsFound};

use crate::data::csv_line;
use crate::rounding::{fixed, residual, signed};
use crate::table::{Align, Table, paragraph};

/// One line for each country and sector.
pub fn csv(found: &WeightsAnswer) -> String {
    let mut out = csv_line(&["country", "sector", "target_pct", "weight"]);
    for country in &found.countries {
        for row in &country.sectors {
            out.push_str(&csv_line(&[
                country.country.to_string(),
                row.sector.to_string(),
                row.target_pct.to_string(),
                row.weight.to_string(),
            ]));
        }
    }
    out
}

/// A paragraph and a table for each country.
pub fn text(found: &WeightsAnswer) -> String {
    let model = paragraph(std::slice::from_ref(&found.model), 0);
    let mut out = format!("{}\n{model}Targets: {}.\n", found.economy, found.targets);
    for country in &found.countries {
        out.push('\n');
        out.push_str(&paragraph(&[verdict(country)], 0));
        if country.inference == WeightsFound::Interior {
            out.push_str(&table(country));
        }
    }
    out.push_str(&format!("\nManifest {}\n", found.manifest.id));
    out
}

fn verdict(of: &CountryWeights) -> String {
    match &of.inference {
        WeightsFound::Interior => {
            let gain = of.deviation_gain_pct.unwrap_or_default();
            let kept = match gain < 1e-6 {
                true => "no better duties were found from there, from free entry and from 100 %".to_owned(),
                false => {
                    format!("they are stationary and not best: other duties found gain {} %", residual(gain))
                }
            };
            format!(
                "{}: the targets moved by {} points meet every first-order condition (largest left {}) with the \
                 weights below, mean one; {kept}.",
                of.country,
                signed(of.shift_pp, 2),
                residual(of.largest_condition.unwrap_or_default())
            )
        }
        WeightsFound::Negative { sector, weight } => {
            let shifts = match of.roots_pp.len() {
                1 => "The one common shift at which the conditions meet".to_owned(),
                count => format!("Of the {count} common shifts at which the conditions meet the best"),
            };
            format!(
                "{}: no interior solution. {shifts} ({} points) needs a weight of {} on {sector}: no government that \
                 weighs every sector above zero chooses such duties.",
                of.country,
                signed(of.shift_pp, 2),
                fixed(*weight, 3)
            )
        }
        WeightsFound::NoShift => {
            format!(
                "{}: no interior solution. The conditions meet at no common shift up to 100 points.",
                of.country
            )
        }
    }
}

fn table(of: &CountryWeights) -> String {
    let mut rows: Vec<_> = of.sectors.iter().collect();
    rows.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    let mut table =
        Table::headed([("sector", Align::Left), ("target %", Align::Right), ("weight", Align::Right)]);
    for row in rows {
        table.row([row.sector.to_string(), fixed(row.target_pct, 2), fixed(row.weight, 3)]);
    }
    table.print(2)
}
