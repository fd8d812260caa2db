//! The payoff matrix and the slack of the truce.

use scenario::{Account, Brief, SelfEnforcement, TruceAnswer};
use terms::Day;

use super::{Datum, Exhibit};
use crate::rounding::{change_pct, short};
use crate::sentence;
use crate::svg::Form;
use crate::svg::gauge::{Gauge, gauge};
use crate::svg::matrix::{Matrix, Square, matrix};

/// The payoff matrix.
pub fn payoffs(brief: &Brief) -> Option<Exhibit> {
    let of = &brief.payoffs;
    if of.cells.is_empty() {
        return None;
    }
    let [a, b] = &brief.account.parties;
    let move_of = |p: &scenario::Package| (sentence::capital(&p.name), format!("{} %", short(p.headline_pp)));
    let (rows, columns): (Vec<_>, Vec<_>) =
        (of.rows.iter().map(move_of).collect(), of.columns.iter().map(move_of).collect());
    let words = |r: usize, c: usize, cell: &scenario::Cell| {
        let best: Vec<String> = (0..2)
            .filter(|k| cell.best_reply[*k])
            .map(|k| sentence::in_sentence(&brief.account.parties[k].name))
            .collect();
        let best = if best.is_empty() {
            String::new()
        } else {
            format!("; best reply of {}", sentence::list(&best))
        };
        let name = |all: &[(String, String)], k: usize| {
            all.get(k).map_or_else(String::new, |m| format!("{} ({})", m.0, m.1))
        };
        let [own, other] = cell.real_income_pct;
        format!(
            "{}: {}; {}: {}. {} {}, {} {}{best}",
            a.name,
            name(&rows, r),
            b.name,
            name(&columns, c),
            a.name,
            change_pct(own),
            b.name,
            change_pct(other)
        )
    };
    let squares: Vec<Vec<Square>> = of
        .cells
        .iter()
        .enumerate()
        .map(|(r, row)| {
            let square = |(c, cell): (usize, &scenario::Cell)| Square {
                payoffs: cell.real_income_pct,
                best: cell.best_reply,
                words: words(r, c, cell),
            };
            row.iter().enumerate().map(square).collect()
        })
        .collect();
    let title = "What each pair of policies is worth to both".to_owned();
    let description = sentence::payoffs(&brief.account, of).join(" ");
    let data = Matrix {
        title: &title,
        description: &description,
        players: [&a.name, &b.name],
        rows: &rows,
        columns: &columns,
        squares: &squares,
        today: of.today,
        equilibria: &of.equilibria,
    };
    let table = of.cells.iter().enumerate().flat_map(|(r, row)| {
        let (rows, columns) = (&of.rows, &of.columns);
        row.iter().enumerate().map(move |(c, cell)| {
            let key = |all: &[scenario::Package], k: usize| {
                Datum::Text(all.get(k).map_or_else(String::new, |p| p.key.clone()))
            };
            let [own, other] = cell.real_income_pct;
            let best = cell.best_reply.map(|best| Datum::Text(if best { "yes" } else { "no" }.into()));
            [key(rows, r), key(columns, c), Datum::Number(own, 3), Datum::Number(other, 3)]
                .into_iter()
                .chain(best)
                .collect()
        })
    });
    Some(Exhibit {
        id: "payoffs".into(),
        note: format!(
            "Real income, per cent, against no duties of the conflict. Below the diagonal of a cell {}, above it {}. \
             Underlined: the best reply to the other's policy. Framed: neither gains by another of its policies.",
            sentence::in_sentence(&a.name),
            sentence::in_sentence(&b.name)
        ),
        wide: matrix(&data, Form::wide("payoffs")),
        narrow: Some(matrix(&data, Form::narrow("payoffs"))),
        key: Vec::new(),
        head: vec![
            "row_policy",
            "column_policy",
            "row_pct",
            "column_pct",
            "row_best_reply",
            "column_best_reply",
        ],
        rows: table.collect(),
        title,
    })
}

/// The slack of the truce by day.
pub fn slack(brief: &Brief) -> Option<Exhibit> {
    let of = brief.self_enforcement.as_ref()?;
    let description = sentence::self_enforcement(brief, of).join(" ");
    gauged(&brief.account, of, &description)
}

/// The same for `truce`.
pub fn truce_slack(found: &TruceAnswer) -> Option<Exhibit> {
    gauged(&found.account, found.self_enforcement.as_ref()?, &sentence::truce_verdict(found))
}

fn gauged(account: &Account, of: &SelfEnforcement, description: &str) -> Option<Exhibit> {
    let [a, b] = &account.parties;
    let days: Vec<(Day, [f64; 2])> = of.by_day.iter().map(|d| (d.day, d.slack_pct)).collect();
    if days.is_empty() {
        return None;
    }
    let title = "Whether each side would rather wait, day by day".to_owned();
    let unit = format!("% of {}", sentence::a_month(of));
    let data = Gauge {
        title: &title,
        description,
        sides: [&a.name, &b.name],
        days: &days,
        today: account.on,
        unit: &unit,
    };
    let rows = days
        .iter()
        .map(|(day, s)| vec![Datum::Text(day.to_string()), Datum::Number(s[0], 4), Datum::Number(s[1], 4)]);
    Some(Exhibit {
        id: "slack".into(),
        note: format!(
            "Loss from what follows a breach ({}) less gain from breaking, per cent of {}. \
             Above zero a side would rather keep the truce.",
            of.punishment,
            sentence::a_month(of)
        ),
        wide: gauge(&data, Form::wide("slack")),
        narrow: Some(gauge(&data, Form::narrow("slack"))),
        key: Vec::new(),
        head: vec!["day", "first_slack_pct", "second_slack_pct"],
        rows: rows.collect(),
        title,
    })
}
