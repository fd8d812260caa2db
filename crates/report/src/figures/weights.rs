//! The political weights behind duties: by sector for a few countries, one row a country for many.

use scenario::{CountryWeights, WeightsAnswer, WeightsFound};

use super::{Datum, Exhibit};
use crate::rounding::fixed;
use crate::svg::Form;
use crate::svg::dots::{Dot, DotRow, Dots, dots};
use crate::svg::plane::Tone;

/// Countries that have a figure each; more share one.
const EACH: usize = 4;

/// What filled dots and rings are.
const KEY: [(&str, Dot); 2] = [("weight", dot(0.0, true)), ("of no interior solution", dot(0.0, false))];

/// One figure for each of a few countries, or one for all; none where no weight was found.
pub fn weights(found: &WeightsAnswer) -> Vec<Exhibit> {
    let with: Vec<&CountryWeights> = found.countries.iter().filter(|of| !of.sectors.is_empty()).collect();
    match with.len() {
        0 => Vec::new(),
        count if count <= EACH => with.into_iter().map(of_country).collect(),
        _ => vec![of_all(found)],
    }
}

const fn dot(at: f64, interior: bool) -> Dot {
    Dot { at, tone: if interior { Tone::First } else { Tone::Second }, open: !interior }
}

fn is_interior(of: &CountryWeights) -> bool {
    of.inference == WeightsFound::Interior
}

fn of_country(of: &CountryWeights) -> Exhibit {
    let interior = is_interior(of);
    let mut sectors: Vec<_> = of.sectors.iter().collect();
    sectors.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    let rows = sectors
        .iter()
        .map(|row| DotRow {
            name: row.sector.to_string(),
            dots: vec![dot(row.weight, interior)],
            value: fixed(row.weight, 3),
            words: format!(
                "{}: weight {}, target {} %.",
                row.sector,
                fixed(row.weight, 3),
                fixed(row.target_pct, 2)
            ),
        })
        .collect();
    let verdict = if interior { "" } else { " No interior solution: a weight lies below zero." };
    exhibit(Drawn {
        id: format!("weights-{}", of.country.as_str().to_lowercase()),
        title: format!("Weights that would explain the duties of {}", of.country),
        note: format!("Political weight of each sector, mean one, highest first.{verdict}"),
        rows,
        data: data([of]),
    })
}

fn of_all(found: &WeightsAnswer) -> Exhibit {
    let row = |of: &CountryWeights| {
        let all = || of.sectors.iter().map(|row| row.weight);
        let (low, high) = (all().fold(f64::MAX, f64::min), all().fold(f64::MIN, f64::max));
        let most = of.sectors.iter().max_by(|a, b| a.weight.total_cmp(&b.weight));
        let (value, words) = match most {
            None => ("none".to_owned(), format!("{}: no interior solution.", of.country)),
            Some(most) => (
                format!("{} {}", most.sector, fixed(high, 2)),
                format!("{}: from {} to {} ({}).", of.country, fixed(low, 3), fixed(high, 3), most.sector),
            ),
        };
        let interior = is_interior(of);
        DotRow {
            name: of.country.to_string(),
            dots: all().map(|at| dot(at, interior)).collect(),
            value,
            words,
        }
    };
    exhibit(Drawn {
        id: "weights".into(),
        title: format!("Weights that would explain the duties of {} countries", found.countries.len()),
        note: "Political weights, one dot a sector, mean one; on the right the sector of the highest.".into(),
        rows: found.countries.iter().map(row).collect(),
        data: data(&found.countries),
    })
}

/// A figure before it is drawn.
struct Drawn {
    id: String,
    title: String,
    note: String,
    rows: Vec<DotRow>,
    data: Vec<Vec<Datum>>,
}

fn exhibit(of: Drawn) -> Exhibit {
    let Drawn { id, title, note, rows, data } = of;
    let description = rows.iter().map(|row| row.words.clone()).collect::<Vec<_>>().join(" ");
    let rings = rows.iter().flat_map(|row| &row.dots).any(|dot| dot.open);
    let key = if rings { &KEY[..] } else { &[] };
    let drawn =
        Dots { title: &title, description: &description, unit: "weight", key, rows: &rows, mark: Some(1.0) };
    Exhibit {
        wide: dots(&drawn, Form::wide(&id)),
        narrow: Some(dots(&drawn, Form::narrow(&id))),
        note,
        key: Vec::new(),
        head: vec!["country", "sector", "interior", "target_pct", "weight"],
        rows: data,
        title,
        id,
    }
}

fn data<'a>(countries: impl IntoIterator<Item = &'a CountryWeights>) -> Vec<Vec<Datum>> {
    let rows = countries.into_iter().flat_map(|of| of.sectors.iter().map(move |row| (of, row)));
    rows.map(|(of, row)| {
        let interior = if is_interior(of) { "yes" } else { "no" };
        vec![
            Datum::Text(of.country.to_string()),
            Datum::Text(row.sector.to_string()),
            Datum::Text(interior.into()),
            Datum::Number(row.target_pct, 2),
            Datum::Number(row.weight, 3),
        ]
    })
    .collect()
}
