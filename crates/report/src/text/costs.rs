//! What it costs whom, and the game between the two.

use scenario::{Account, Brief, Cost};

use super::section;
use crate::rounding::{change_pct, change_usd, short, signed};
use crate::sentence;
use crate::table::{Align, PAGE, Table, paragraph, width};

pub(super) fn costs(brief: &Brief) -> Option<String> {
    let first = brief.costs.first()?;
    let mut out = section("What it costs");
    for cost in &brief.costs {
        out.push_str(&paragraph(&sentence::cost(&brief.account, cost), 0));
    }
    out.extend(sentence::bystanders(&brief.account, first, 4).map(|said| paragraph(&[said], 0)));
    out.push('\n');
    out.push_str(&countries(&brief.account, first, 10));
    Some(out)
}

/// The countries that move most, with the parties always among them: real income and its band, money, trade.
pub fn countries(account: &Account, cost: &Cost, count: usize) -> String {
    let is_party = |row: &scenario::CountryCost| account.parties.iter().any(|p| p.code == row.country);
    let mut rows: Vec<_> = cost.countries.iter().collect();
    rows.sort_by(|a, b| {
        is_party(b).cmp(&is_party(a)).then(b.real_income_pct.abs().total_cmp(&a.real_income_pct.abs()))
    });
    rows.truncate(count);
    rows.sort_by(|a, b| a.real_income_pct.total_cmp(&b.real_income_pct));
    let title = format!("{} %", sentence::headlines_of(cost));
    let mut table = Table::headed([
        (title.as_str(), Align::Left),
        ("real income", Align::Right),
        ("low", Align::Right),
        ("high", Align::Right),
        ("money", Align::Right),
        ("wage", Align::Right),
        ("imports", Align::Right),
        ("exports", Align::Right),
    ]);
    for row in rows {
        table.row([
            row.name.clone(),
            change_pct(row.real_income_pct),
            signed(row.low_pct, 2),
            signed(row.high_pct, 2),
            change_usd(row.real_income_usd_mn),
            signed(row.real_wage_pct, 2),
            signed(row.imports_pct, 1),
            signed(row.exports_pct, 1),
        ]);
    }
    table.print(2)
}

pub(super) fn play(brief: &Brief) -> Option<String> {
    let payoffs = &brief.payoffs;
    if payoffs.cells.is_empty() {
        return None;
    }
    let mut out = section("If they played");
    out.push_str(&paragraph(&sentence::payoffs(&brief.account, payoffs), 0));
    out.push('\n');
    let [row_player, column_player] = &brief.account.parties;
    let mark = |best: bool| if best { "*" } else { " " };
    let heads: Vec<String> = payoffs.columns.iter().map(|p| p.name.clone()).collect();
    let levels: Vec<String> = payoffs.columns.iter().map(|p| format!("{} %", short(p.headline_pp))).collect();
    let cells: Vec<Vec<String>> = payoffs
        .cells
        .iter()
        .map(|row| {
            row.iter()
                .map(|c| {
                    let [a, b] = c.real_income_pct;
                    format!(
                        "{}{}/{}{}",
                        signed(a, 2),
                        mark(c.best_reply[0]),
                        signed(b, 2),
                        mark(c.best_reply[1])
                    )
                })
                .collect()
        })
        .collect();
    let names: Vec<String> =
        payoffs.rows.iter().map(|p| format!("{}, {} %", p.name, short(p.headline_pp))).collect();
    let first = names.iter().map(|n| width(n)).max().unwrap_or(0).min(22);
    let each = ((PAGE - first - 2) / payoffs.columns.len().max(1)).min(18);
    let pad = |text: &str, to: usize| {
        let text: String = text.chars().take(to.saturating_sub(1)).collect();
        format!("{}{text}", " ".repeat(to.saturating_sub(width(&text))))
    };
    let line = |name: &str, cells: &[String]| {
        let name: String = name.chars().take(first).collect();
        let cells: String = cells.iter().map(|cell| pad(cell, each)).collect();
        let gap = " ".repeat(first.saturating_sub(width(&name)));
        format!("{}\n", format!("  {name}{gap}{cells}").trim_end())
    };
    out.push_str(&line("", &heads));
    out.push_str(&line("", &levels));
    for (name, row) in names.iter().zip(&cells) {
        out.push_str(&line(name, row));
    }
    let today = payoffs.today.and_then(|(r, c)| Some((payoffs.rows.get(r)?, payoffs.columns.get(c)?)));
    let today = today.map_or(String::new(), |(r, c)| {
        format!(" In force: {} / {}.", r.name.to_lowercase(), c.name.to_lowercase())
    });
    out.push_str(&paragraph(
        &[format!(
            "Rows {}, columns {}; real income, %, {} / {}; * best reply.{today}",
            row_player.name, column_player.name, row_player.name, column_player.name
        )],
        2,
    ));
    Some(out)
}
