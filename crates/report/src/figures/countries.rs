//! Real income by country, from the costs of a brief.

use scenario::{Account, Brief, Cost};

use super::{Datum, Exhibit};
use crate::rounding::{change_pct, signed};
use crate::sentence;
use crate::svg::Form;
use crate::svg::bars::{Bar, Bars, bars};

/// Real income by country, one exhibit for each pair of policies.
pub fn countries(brief: &Brief) -> Vec<Exhibit> {
    brief
        .costs
        .iter()
        .filter(|cost| !cost.countries.is_empty())
        .map(|cost| of_cost(&brief.account, cost))
        .collect()
}

fn of_cost(account: &Account, cost: &Cost) -> Exhibit {
    let mut rows: Vec<_> = cost.countries.iter().collect();
    rows.sort_by(|a, b| a.real_income_pct.total_cmp(&b.real_income_pct));
    let all: Vec<Bar> = rows
        .iter()
        .map(|row| Bar {
            name: row.name.clone(),
            value: row.real_income_pct,
            band: (row.low_pct < row.high_pct).then_some((row.low_pct, row.high_pct)),
            party: account.parties.iter().position(|p| p.code == row.country),
            words: format!(
                "{}: real income {} (between {} and {}), wages {}, imports {}, exports {}",
                row.name,
                change_pct(row.real_income_pct),
                signed(row.low_pct, 2),
                signed(row.high_pct, 2),
                change_pct(row.real_wage_pct),
                change_pct(row.imports_pct),
                change_pct(row.exports_pct)
            ),
        })
        .collect();
    let title = format!("Who pays {}", sentence::rates_of(cost));
    let description = sentence::cost(account, cost).join(" ");
    let data = Bars {
        title: &title,
        description: &description,
        bars: &all,
        unit: "real income, %, against no such duties",
    };
    let id = format!("countries-{}", cost.key);
    Exhibit {
        note: format!(
            "Change of real income, per cent, with duties of {} % against the same world without them. \
             Thin lines: lowest and highest over the elasticity sets.",
            sentence::headlines_of(cost)
        ),
        wide: bars(&data, Form::wide(&id)),
        narrow: Some(bars(&data, Form::narrow(&id))),
        key: Vec::new(),
        head: vec![
            "country",
            "name",
            "real_income_pct",
            "low_pct",
            "high_pct",
            "real_income_usd_mn",
            "real_wage_pct",
            "revenue_usd_mn",
            "imports_pct",
            "exports_pct",
        ],
        rows: rows
            .iter()
            .map(|row| {
                let numbers = [
                    (row.real_income_pct, 3),
                    (row.low_pct, 3),
                    (row.high_pct, 3),
                    (row.real_income_usd_mn, 0),
                    (row.real_wage_pct, 3),
                    (row.revenue_usd_mn, 0),
                    (row.imports_pct, 2),
                    (row.exports_pct, 2),
                ];
                let words = [row.country.to_string(), row.name.clone()].map(Datum::Text);
                words.into_iter().chain(numbers.map(|(v, places)| Datum::Number(v, places))).collect()
            })
            .collect(),
        title,
        id,
    }
}
