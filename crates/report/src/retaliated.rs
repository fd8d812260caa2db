//! What `retaliate` found, as text and as a table.

use scenario::RetaliationAnswer;
use strategy::Ranking;

use crate::data::csv_line;
use crate::rounding::{change_usd, fixed, residual, short, signed};
use crate::table::{Align, Table, paragraph};

/// One line for each sector of goods.
pub fn csv(found: &RetaliationAnswer) -> String {
    let head = ["sector", "name", "value_usd_mn", "listed_share", "spared", "harm_usd_mn", "own_cost_usd_mn"];
    let mut out = csv_line(&head);
    for row in &found.goods {
        out.push_str(&csv_line(&[
            row.sector.to_string(),
            row.name.clone(),
            row.value_usd_mn.to_string(),
            row.listed_share.to_string(),
            row.spared.to_string(),
            row.harm_usd_mn.to_string(),
            row.own_cost_usd_mn.to_string(),
        ]));
    }
    out
}

/// The list, its whole effect, the evidence.
pub fn text(found: &RetaliationAnswer) -> String {
    let by = match found.ranking {
        Ranking::OwnCost => "harm per own cost, what pays at home first",
        Ranking::Value => "harm per value",
    };
    let mut table = Table::headed([
        ("goods", Align::Left),
        ("imports", Align::Right),
        ("on the list", Align::Right),
        (&*format!("{} loses", found.exporter), Align::Right),
        (&*format!("{} loses", found.importer), Align::Right),
    ]);
    for row in &found.goods {
        let listed = match (row.spared, row.listed_share) {
            (true, _) => "spared".to_owned(),
            (_, 0.0) => "–".to_owned(),
            (_, share) => format!("{} %", fixed(100.0 * share, 0)),
        };
        table.row([
            row.sector.to_string(),
            change_usd(row.value_usd_mn).trim_start_matches('+').to_owned(),
            listed,
            change_usd(row.harm_usd_mn),
            change_usd(row.own_cost_usd_mn),
        ]);
    }
    let lines = [
        format!(
            "{} more points on goods of {} worth {}: {} loses {} a year ({} % of real income), {} {} ({} %).",
            short(found.rate_pct),
            found.exporter,
            change_usd(found.value_usd_mn).trim_start_matches('+'),
            found.exporter,
            change_usd(found.harm_usd_mn).trim_start_matches('+'),
            fixed(found.harm_pct, 4),
            found.importer,
            match found.own_cost_usd_mn > 0.0 {
                true => format!("loses {}", change_usd(found.own_cost_usd_mn).trim_start_matches('+')),
                false => format!("gains {}", change_usd(-found.own_cost_usd_mn).trim_start_matches('+')),
            },
            signed(-found.own_cost_pct, 4),
        ),
        format!(
            "Ranked by {by}, each sector's duty solved alone; solved at once the list does {} where the sum is {}.",
            change_usd(found.harm_usd_mn).trim_start_matches('+'),
            change_usd(found.sum_of_harms_usd_mn).trim_start_matches('+'),
        ),
        "A part of a sector is charged as that part of the duty on all of it. The other does not answer."
            .into(),
        format!(
            "Evidence: {} equilibria, largest relative excess demand {}.",
            found.solves,
            residual(found.clearing_residual)
        ),
    ];
    format!(
        "{}\n{}\n{}\n{}\nManifest {}\n",
        found.economy,
        paragraph(std::slice::from_ref(&found.model), 0),
        table.print(0),
        paragraph(&lines, 0),
        found.manifest.id
    )
}
