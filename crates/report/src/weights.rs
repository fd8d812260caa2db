//! What `weights` found, as text and as a table.

use scenario::{CountryWeights, WeightsAnswer, WeightsEvidence, WeightsFound};

use crate::data::csv_line;
use crate::played::limits;
use crate::rounding::{fixed, residual, short, signed};
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
        out.push_str(&paragraph(&[verdict(country, &found.certificate)], 0));
        if country.inference == WeightsFound::Interior {
            out.push_str(&table(country));
        }
    }
    let held = [evidence(&found.certificate), limits(&found.certificate.limits)];
    out.push_str(&format!("\n{}\nManifest {}\n", paragraph(&held, 0), found.manifest.id));
    out
}

fn verdict(of: &CountryWeights, held: &WeightsEvidence) -> String {
    match &of.inference {
        WeightsFound::Interior => {
            let gain = of.deviation_gain_pct.unwrap_or_default();
            let kept = match gain < 1e-6 {
                true => format!(
                    "no other duties were found to gain, in a search begun at {}",
                    held.deviations_sought_from.join(", ")
                ),
                false => {
                    format!("they are stationary and not best: other duties found gain {} %", residual(gain))
                }
            };
            format!(
                "{}: the targets moved by {} points{} meet every first-order condition (largest left {}) with the \
                 weights below, mean one; {kept}.",
                of.country,
                signed(of.shift_pp, 2),
                shifts(of.roots_pp.len()),
                residual(of.largest_condition.unwrap_or_default())
            )
        }
        WeightsFound::Negative { sector, weight } => {
            let shifts = match of.roots_pp.len() {
                1 => "The one common shift found at which the conditions meet".to_owned(),
                count => format!(
                    "Of the {count} common shifts found at which the conditions meet the one nearest to weights above zero"
                ),
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
                "{}: no interior solution. At none of the common shifts tried do the conditions meet.",
                of.country
            )
        }
    }
}

/// That other shifts would do as well, where there are several.
fn shifts(roots: usize) -> String {
    match roots {
        0 | 1 => String::new(),
        more => format!(" (the smallest of {more} such shifts)"),
    }
}

/// What was tried for all countries, and how far it holds.
fn evidence(held: &WeightsEvidence) -> String {
    let worst = |of: Option<f64>| of.map_or_else(|| "none".into(), residual);
    let by = held.by.as_ref().map_or_else(String::new, |by| format!(" ({by})"));
    format!(
        "Evidence: {} of {} countries have weights above zero; shifts were tried {} points apart from the one that takes \
         the lowest target to zero, {} points up; largest condition left {}; largest gain found by other duties {} %{by}; \
         largest relative excess demand {}.",
        held.interior,
        held.countries,
        short(held.shift_step_pp),
        short(held.shifts_tried_pp),
        worst(held.largest_condition),
        worst(held.largest_deviation_gain_pct),
        worst(held.clearing_residual)
    )
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
