//! What every bloc brings to each candidate over fighting alone.

use scenario::{CoalitionAnswer, CoalitionRow};

use super::{Datum, Exhibit};
use crate::rounding::signed;
use crate::svg::Form;
use crate::svg::heat::{Heat, HeatRow, Tile, heat};

/// Gains over the war of all alone, bloc by candidate.
pub fn coalitions(found: &CoalitionAnswer) -> Exhibit {
    let columns: Vec<String> = found.candidates.iter().map(ToString::to_string).collect();
    let blocs = || found.coalitions.iter().filter(|row| !row.members.is_empty());
    let rows: Vec<HeatRow> = blocs().map(|row| drawn(row, &columns)).collect();
    let title = format!("What a bloc among {} brings in a war", columns.join(", "));
    let lasting: Vec<String> = blocs().filter(|row| row.stable == Some(true)).map(name).collect();
    let description = match lasting.as_slice() {
        [] => "From every bloc someone gains by leaving, or an outsider by joining.".to_owned(),
        all => format!("No member gains by leaving, and no outsider by joining: {}.", all.join("; ")),
    };
    let data = Heat {
        title: &title,
        description: &description,
        unit: "gain over the war of all alone, points of real income",
        columns: &columns,
        rows: &rows,
        places: 3,
    };
    let cells = blocs().flat_map(|row| {
        let each = columns.iter().zip(&row.payoff_pct).zip(&row.over_alone_pp);
        let stable = if row.stable == Some(true) { "yes" } else { "no" };
        each.map(move |((country, payoff), over)| {
            let words = [name(row), country.clone(), stable.into()].map(Datum::Text);
            words.into_iter().chain([Datum::Number(*payoff, 4), Datum::Number(*over, 4)]).collect()
        })
    });
    Exhibit {
        id: "coalitions".into(),
        note: format!(
            "Rows: blocs, all other candidates fighting alone. Bold: members. Framed: no member gains by leaving alone and \
             no outsider by joining alone, by more than {:.0e} points.",
            found.certificate.tie_pp
        ),
        wide: heat(&data, Form::wide("coalitions")),
        narrow: Some(heat(&data, Form::narrow("coalitions"))),
        key: Vec::new(),
        head: vec!["bloc", "country", "stable", "payoff_pct", "over_alone_pp"],
        rows: cells.collect(),
        title,
    }
}

fn name(row: &CoalitionRow) -> String {
    row.members.iter().map(|code| code.as_str()).collect::<Vec<_>>().join("+")
}

fn drawn(row: &CoalitionRow, columns: &[String]) -> HeatRow {
    let tile = |(country, over): (&String, &f64)| Tile {
        value: *over,
        bold: row.members.iter().any(|code| code.as_str() == country),
        words: format!("{}: {country} {} points over fighting alone", name(row), signed(*over, 4)),
    };
    HeatRow {
        name: name(row),
        tiles: columns.iter().zip(&row.over_alone_pp).map(tile).collect(),
        framed: row.stable == Some(true),
    }
}
