//! What `coalitions` found, as text and as a table.

use scenario::{CoalitionAnswer, Mover};

use crate::data::csv_line;
use crate::rounding::{residual, signed};
use crate::table::{Align, Table, paragraph};

/// One line for each coalition and candidate.
pub fn csv(found: &CoalitionAnswer) -> String {
    let mut out = csv_line(&["coalition", "country", "payoff_pct", "stable"]);
    for row in &found.coalitions {
        let members: Vec<&str> = row.members.iter().map(|code| code.as_str()).collect();
        let stable = row.stable.map_or_else(String::new, |stable| stable.to_string());
        for (country, payoff) in found.candidates.iter().zip(&row.payoff_pct) {
            let cells = [members.join("+"), country.to_string(), payoff.to_string(), stable.clone()];
            out.push_str(&csv_line(&cells));
        }
    }
    out
}

/// The table of coalitions and the sentence on those that last.
pub fn text(found: &CoalitionAnswer) -> String {
    let codes: Vec<String> = found.candidates.iter().map(|code| format!("{code} %")).collect();
    let mut heads = vec![("bloc", Align::Left)];
    heads.extend(codes.iter().map(|code| (code.as_str(), Align::Right)));
    heads.extend([("leaves", Align::Left), ("joins", Align::Left)]);
    let mut table = Table::headed_by(&heads);
    let movers = |list: &[Mover]| {
        let names: Vec<String> =
            list.iter().map(|mover| format!("{} {}", mover.country, signed(mover.gain_pct, 3))).collect();
        if names.is_empty() { "–".to_owned() } else { names.join(", ") }
    };
    for row in &found.coalitions {
        let members: Vec<&str> = row.members.iter().map(|code| code.as_str()).collect();
        let name = if members.is_empty() { "all alone".to_owned() } else { members.join("+") };
        let mut cells = vec![name];
        cells.extend(row.payoff_pct.iter().map(|payoff| signed(*payoff, 3)));
        cells.extend([movers(&row.leavers), movers(&row.joiners)]);
        table.row_of(cells);
    }
    let lasting: Vec<String> = found
        .coalitions
        .iter()
        .filter(|row| row.stable == Some(true))
        .map(|row| row.members.iter().map(|code| code.as_str()).collect::<Vec<_>>().join("+"))
        .collect();
    let inside = if found.free_inside {
        "Members charge each other nothing"
    } else {
        "Duties inside a bloc stay as they are"
    };
    let lines = [
        match lasting.len() {
            0 => "From every bloc someone gains by leaving, or an outsider by joining.".to_owned(),
            _ => format!(
                "Blocs that no member gains by leaving and no outsider by joining: {}.",
                lasting.join("; ")
            ),
        },
        format!(
            "{inside}; a bloc maximises its members' sum and charges outsiders the same. Payoffs are % of what each had at \
             {}; gains are points of that. A move is judged while all others stay in or out.",
            found.base
        ),
        format!(
            "Evidence: every war at rest, largest slope left {}, largest relative excess demand {}; other rests were not sought.",
            residual(found.largest_slope),
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
