//! What governments would charge beside what they charge, in dots: `best` and `war`.

use scenario::{RateBeside, RatesBeside, RatesBy};
use strategy::Border;

use super::{Datum, Exhibit};
use crate::rounding::{fixed, level_pct, short};
use crate::svg::Form;
use crate::svg::dots::{Dot, DotRow, Dots, dots};
use crate::svg::plane::Tone;

/// One figure for each border at which rates are set; `who` sets them, and `chosen` is what filled dots are called.
pub(super) fn rates_beside(id: &str, who: &str, chosen: &str, found: &[RatesBeside]) -> Vec<Exhibit> {
    found.iter().map(|of| beside(id, who, chosen, of)).collect()
}

fn beside(id: &str, who: &str, chosen: &str, of: &RatesBeside) -> Exhibit {
    let (what, id) = match of.border {
        Border::Exports => ("export taxes", format!("{id}-taxes")),
        Border::Imports | Border::Both => ("duties", format!("{id}-duties")),
    };
    let rows: Vec<DotRow> = of.rows.iter().map(|row| drawn(row, chosen)).collect();
    let by = match of.by {
        RatesBy::Player => "player",
        RatesBy::Partner => "partner",
        RatesBy::Sector => "sector",
        RatesBy::Flow => "partner and sector",
    };
    let left = match of.left_out {
        0 => String::new(),
        count => format!(
            " The {} of the largest trade; {count} more, with {} of it, are left out.",
            of.rows.len(),
            level_pct(of.left_out_trade_pct)
        ),
    };
    let title = format!("{who}: {what} by {by}, in the base and {chosen}");
    let note = format!("Per cent, means weighted by recorded trade, largest trade first.{left}");
    let description = rows.iter().map(|row| row.words.clone()).collect::<Vec<_>>().join(" ");
    let key = [("base", dot(0.0, true)), (chosen, dot(0.0, false))];
    let unit = format!("{what}, %");
    let data = Dots {
        title: &title,
        description: &description,
        unit: &unit,
        key: &key,
        rows: &rows,
        mark: Some(0.0),
    };
    Exhibit {
        wide: dots(&data, Form::wide(&id)),
        narrow: Some(dots(&data, Form::narrow(&id))),
        note,
        key: Vec::new(),
        head: vec!["country", "sector", "trade_usd_mn", "base_pct", "chosen_pct"],
        rows: of.rows.iter().map(told).collect(),
        title,
        id,
    }
}

const fn dot(at: f64, open: bool) -> Dot {
    Dot { at, tone: if open { Tone::Neutral } else { Tone::First }, open }
}

fn drawn(row: &RateBeside, chosen: &str) -> DotRow {
    let names =
        [row.country.as_ref().map(|code| code.as_str()), row.sector.as_ref().map(|code| code.as_str())];
    let name = names.into_iter().flatten().collect::<Vec<_>>().join(" ");
    DotRow {
        words: format!("{name}: base {} %, {chosen} {} %.", short(row.base_pct), short(row.chosen_pct)),
        dots: vec![dot(row.base_pct, true), dot(row.chosen_pct, false)],
        value: fixed(row.chosen_pct, 2),
        name,
    }
}

fn told(row: &RateBeside) -> Vec<Datum> {
    let word = |code: Option<&str>| Datum::Text(code.unwrap_or_default().into());
    vec![
        word(row.country.as_ref().map(|code| code.as_str())),
        word(row.sector.as_ref().map(|code| code.as_str())),
        Datum::Number(row.trade_usd_mn, 0),
        Datum::Number(row.base_pct, 2),
        Datum::Number(row.chosen_pct, 2),
    ]
}
