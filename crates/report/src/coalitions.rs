//! What `coalitions` found, as text and as a table.

use scenario::{CoalitionAnswer, CoalitionEvidence, DeviationKind, Mover};

use crate::data::csv_line;
use crate::played::limits;
use crate::rounding::{fixed, residual, signed};
use crate::table::{Align, Table, paragraph};

/// One line for each coalition and candidate.
pub fn csv(found: &CoalitionAnswer) -> String {
    let mut out = csv_line(&["coalition", "country", "payoff_pct", "over_alone_pp", "stable"]);
    for row in &found.coalitions {
        let members: Vec<&str> = row.members.iter().map(|code| code.as_str()).collect();
        let stable = row.stable.map_or_else(String::new, |stable| stable.to_string());
        let each = found.candidates.iter().zip(&row.payoff_pct).zip(&row.over_alone_pp);
        for ((country, payoff), over) in each {
            let cells = [
                members.join("+"),
                country.to_string(),
                payoff.to_string(),
                over.to_string(),
                stable.clone(),
            ];
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
            list.iter().map(|mover| format!("{} {}", mover.country, signed(mover.gain_pp, 3))).collect();
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
        .map(|row| {
            let name = row.members.iter().map(|code| code.as_str()).collect::<Vec<_>>().join("+");
            let least = row.best_move.as_ref();
            let loss = |mover: &Mover| {
                format!(" ({} would lose least, {} points)", mover.country, fixed(-mover.gain_pp, 4))
            };
            name + &least.map_or_else(String::new, loss)
        })
        .collect();
    let held = &found.certificate;
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
        deviations(held),
        evidence(held),
        limits(&held.limits),
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

/// What was computed of players who would leave a war's rates alone.
fn deviations(held: &CoalitionEvidence) -> String {
    let wars = &held.wars;
    let by = wars.by.as_ref().map_or_else(String::new, |by| format!(" ({by})"));
    let most = residual(wars.largest_deviation_gain_pct.unwrap_or_default());
    let from = wars.deviations_sought_from.join(", ");
    match wars.deviations {
        DeviationKind::NotSought => {
            "What other duties would give a player of these wars was not computed.".into()
        }
        DeviationKind::FirstOrder => {
            format!(
                "In none of the {} wars does a player's own next move gain more than {most} %{by}, to first order.",
                held.fought
            )
        }
        DeviationKind::LookedAt => format!(
            "In none of the {} wars does a player gain more than {most} %{by} by its own next move, to first order, or with \
             all its rates at {from}; best replies begun there were not searched for.",
            held.fought
        ),
        DeviationKind::Searched => format!(
            "In none of the {} wars was a player found to gain more than {most} %{by} by other duties, in a search begun \
             at {from}.",
            held.fought
        ),
    }
}

fn evidence(held: &CoalitionEvidence) -> String {
    let wars = &held.wars;
    format!(
        "Evidence: {} wars, each at rest, largest slope left {}, largest relative excess demand {}; payoffs closer than {} \
         points count as equal.",
        held.fought,
        residual(wars.largest_slope.unwrap_or_default()),
        residual(wars.clearing_residual),
        residual(held.tie_pp)
    )
}
