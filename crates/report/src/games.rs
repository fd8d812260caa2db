//! What the pages of games share: `war` (`fought.rs`), `bargain` (`bargained.rs`) and `best` (`replies.rs`).
//!
//! Every sentence says what the certificate carries: what was searched, from where, and what was found.

use scenario::{Bystander, DeviationKind, PlayEvidence, TariffRow};
use strategy::{Border, ExportTaxes, PlayStatus, PlayerOutcome};

use crate::rounding::{fixed, residual, signed};
use crate::table::{Align, Table, paragraph};

/// One line for each player; or, where every rate was asked for, one for each rate, in the columns that
/// `measure --tariffs` reads, with the border at which the rate stands where export taxes are set as well.
pub fn csv(
    players: &[PlayerOutcome],
    tariffs: Option<&[TariffRow]>,
    export_taxes: Option<&[TariffRow]>,
) -> String {
    let mut text = String::new();
    if let Some(duties) = tariffs {
        let two = export_taxes.is_some();
        text.push_str(if two {
            "importer,exporter,sector,rate,border\n"
        } else {
            "importer,exporter,sector,rate\n"
        });
        for (rows, border) in [(duties, ",imports"), (export_taxes.unwrap_or_default(), ",exports")] {
            for row in rows {
                let border = if two { border } else { "" };
                let TariffRow { importer, exporter, sector, rate } = row;
                text.push_str(&format!("{importer},{exporter},{sector},{rate}{border}\n"));
            }
        }
        return text;
    }
    let taxed = players.iter().any(|row| row.export_taxes.is_some());
    text.push_str("country,tariff_mean_pct,tariff_median_pct,tariff_trade_weighted_pct,");
    if taxed {
        text.push_str("export_tax_mean_pct,export_tax_median_pct,export_tax_trade_weighted_pct,");
    }
    text.push_str("real_income_pct,government_welfare_pct,deviation_gain_pct\n");
    for row in players {
        let gain = row.deviation_gain_pct.map_or_else(String::new, |gain| gain.to_string());
        let taxes = row.export_taxes.as_ref().map_or_else(String::new, |taxes| {
            format!(
                "{},{},{},",
                taxes.export_tax_mean_pct, taxes.export_tax_median_pct, taxes.export_tax_trade_weighted_pct
            )
        });
        text.push_str(&format!(
            "{},{},{},{},{taxes}{},{},{gain}\n",
            row.country,
            row.tariff_mean_pct,
            row.tariff_median_pct,
            row.tariff_trade_weighted_pct,
            row.real_income_pct,
            row.government_welfare_pct
        ));
    }
    text
}

/// Where duties and export taxes are both set, rates alone say little.
pub(crate) fn twice_over(border: Border) -> Option<String> {
    let told = "Duties on all goods and taxes on all exports do the same twice over (Lerner 1936): where rates reach \
                everything, only the products (1 + duty)(1 + tax) are determined, and which duties and taxes make \
                them up depends on where the search began.";
    (border == Border::Both).then(|| told.to_string())
}

/// What the per cents of a table of players are changes from.
pub(crate) fn changes_from(base: &str, counted: &str) -> String {
    paragraph(
        &[format!("Real income, and what the government wants: % of what they were at {base}{counted}.")],
        0,
    )
}

/// The players, those who lose most first.
pub(crate) fn players(rows: &[PlayerOutcome]) -> String {
    let mut rows: Vec<&PlayerOutcome> = rows.iter().collect();
    rows.sort_by(|a, b| a.government_welfare_pct.total_cmp(&b.government_welfare_pct));
    let taxed = rows.iter().any(|row| row.export_taxes.is_some());
    // With export taxes the medians give way, so that a line holds all.
    let mut columns = vec![("player", Align::Left)];
    columns.extend(match taxed {
        false => vec![("mean duty %", Align::Right), ("median", Align::Right), ("by trade", Align::Right)],
        true => ["duty %", "by trade", "tax %", "by trade"].map(|name| (name, Align::Right)).to_vec(),
    });
    columns.extend([
        ("real income %", Align::Right),
        (if taxed { "gov’t %" } else { "government %" }, Align::Right),
        ("deviation %", Align::Right),
    ]);
    let mut table = Table::headed_by(&columns);
    for row in rows {
        let mut cells = vec![row.country.to_string(), fixed(row.tariff_mean_pct, 2)];
        if !taxed {
            cells.push(fixed(row.tariff_median_pct, 2));
        }
        cells.push(fixed(row.tariff_trade_weighted_pct, 2));
        if taxed {
            let tax = |of: fn(&ExportTaxes) -> f64| {
                row.export_taxes.as_ref().map_or_else(|| "–".into(), |taxes| fixed(of(taxes), 2))
            };
            cells.extend([tax(|of| of.export_tax_mean_pct), tax(|of| of.export_tax_trade_weighted_pct)]);
        }
        cells.extend([
            signed(row.real_income_pct, 3),
            signed(row.government_welfare_pct, 3),
            row.deviation_gain_pct.map_or_else(|| "–".into(), residual),
        ]);
        table.row_of(cells);
    }
    table.print(0)
}

/// Those who do not play, in a line or two.
pub(crate) fn bystanders(rows: &[Bystander]) -> String {
    incomes("those who hold their duties", rows)
}

/// Real incomes in a line or two.
pub(crate) fn incomes(whose: &str, rows: &[Bystander]) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let mut rows: Vec<&Bystander> = rows.iter().collect();
    rows.sort_by(|a, b| a.real_income_pct.total_cmp(&b.real_income_pct));
    let list: Vec<String> =
        rows.iter().map(|row| format!("{}\u{a0}{}", row.country, signed(row.real_income_pct, 3))).collect();
    paragraph(&[format!("Real income of {whose}, %: {}.", list.join(", "))], 0)
}

/// What the column of deviations is, and its largest entry: no more than was computed.
pub(crate) fn deviations(found: &PlayEvidence) -> String {
    let by = found.by.as_ref().map_or_else(String::new, |by| format!(" ({by})"));
    let most = residual(found.largest_deviation_gain_pct.unwrap_or_default());
    match found.deviations {
        DeviationKind::NotSought => "No better reply was searched for.".into(),
        DeviationKind::FirstOrder => format!(
            "The last column is what each player's own next move from here would gain, to first order; the largest is {most} %{by}. \
             That is a check of first-order conditions; other replies were not searched for (`--thorough` does)."
        ),
        DeviationKind::LookedAt => format!(
            "The last column is the most that each would gain by moving alone in any of these ways: its own next move, to \
             first order; or all its rates at {}. The largest is {most} %{by}. In a game of this size best replies begun there \
             were not searched for (`--thorough` does).",
            found.deviations_sought_from.join(", or at ")
        ),
        DeviationKind::Searched => format!(
            "The last column is the most that each was found to gain by moving alone, in a search begun at {}; \
             the largest is {most} %{by}. A reply that the search did not meet may gain more.",
            found.deviations_sought_from.join(", ")
        ),
    }
}

/// The evidence in a line.
pub(crate) fn evidence(found: &PlayEvidence) -> String {
    let status = match found.status {
        PlayStatus::AtRest => "at rest",
        PlayStatus::Moving(_) => "still moving",
    };
    let slope = found
        .largest_slope
        .map_or_else(String::new, |slope| format!("largest slope left {}; ", residual(slope)));
    let line = format!(
        "Evidence: {status} after {}; {slope}largest relative excess demand {}.",
        moves(found.moves),
        residual(found.clearing_residual)
    );
    paragraph(&[line], 0)
}

pub(crate) fn moves(count: usize) -> String {
    if count == 1 { "1 move".into() } else { format!("{count} moves") }
}

/// Every rate, where asked for.
pub(crate) fn rates(duties: Option<&[TariffRow]>, export_taxes: Option<&[TariffRow]>) -> String {
    let listed = |rows: Option<&[TariffRow]>, named: &str| {
        let Some(rows) = rows.filter(|rows| !rows.is_empty()) else { return String::new() };
        let mut table = Table::headed([
            ("importer", Align::Left),
            ("exporter", Align::Left),
            ("sector", Align::Left),
            (named, Align::Right),
        ]);
        for row in rows {
            table.row([
                row.importer.to_string(),
                row.exporter.to_string(),
                row.sector.to_string(),
                fixed(100.0 * row.rate, 2),
            ]);
        }
        format!("\n{}", table.print(0))
    };
    format!("{}{}", listed(duties, "rate %"), listed(export_taxes, "export tax %"))
}
