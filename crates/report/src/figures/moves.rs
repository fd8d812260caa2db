//! The figures of `best` and `war`: whose real income moves, and which rates do it.

use scenario::{BestAnswer, Bystander, WarAnswer, WarRule};
use strategy::PlayerOutcome;

use super::rates_beside::rates_beside;
use super::{Datum, Exhibit};
use crate::rounding::signed;
use crate::sentence::list;
use crate::svg::Form;
use crate::svg::bars::{Bar, Bars, bars};

/// Countries drawn from either end; those between are counted.
const ENDS: usize = 20;

/// Real income of all, and the mover's rates beside those of the base.
pub fn best(found: &BestAnswer) -> Vec<Exhibit> {
    let who: Vec<&str> = found.players.iter().map(|row| row.country.as_str()).collect();
    let who = who.join(", ");
    let mut all = rates_beside("best", &who, "at its best reply found", &found.rates_beside);
    let title = format!("{who} at its best reply found: whose real income moves");
    all.extend(incomes("best", title, &found.base, (&found.players, &found.bystanders)));
    all
}

/// Real income of all, and every player's rates beside those of the base.
pub fn war(found: &WarAnswer) -> Vec<Exhibit> {
    let names: Vec<String> = found.players.iter().map(|row| row.country.to_string()).collect();
    let who = if names.len() > 4 { format!("{} players", names.len()) } else { list(&names) };
    let kind = match found.rule {
        WarRule::Exact => "War",
        WarRule::Formula => "Duties by formula",
    };
    let title = format!("{kind} of {who}: whose real income moves");
    let mut all: Vec<Exhibit> =
        incomes("war", title, &found.base, (&found.players, &found.bystanders)).into_iter().collect();
    all.extend(rates_beside("war", &format!("{kind} of {who}"), "in the war", &found.rates_beside));
    all
}

/// Players in colour where others look on; all sorted, the middle of many left out.
fn incomes(
    id: &str,
    title: String,
    base: &str,
    (players, bystanders): (&[PlayerOutcome], &[Bystander]),
) -> Option<Exhibit> {
    let mut all: Vec<(String, f64, bool)> =
        players.iter().map(|row| (row.country.to_string(), row.real_income_pct, true)).collect();
    all.extend(bystanders.iter().map(|row| (row.country.to_string(), row.real_income_pct, false)));
    all.sort_by(|a, b| a.1.total_cmp(&b.1).then_with(|| a.0.cmp(&b.0)));
    let rows: Vec<Vec<Datum>> = all
        .iter()
        .map(|(name, pct, plays)| {
            let role = if *plays { "player" } else { "bystander" };
            vec![Datum::Text(name.clone()), Datum::Text(role.into()), Datum::Number(*pct, 3)]
        })
        .collect();
    let count = all.len();
    let left = count.saturating_sub(2 * ENDS);
    if left > 0 {
        all.drain(ENDS..ENDS + left);
    }
    let drawn: Vec<Bar> = all
        .into_iter()
        .map(|(name, value, plays)| Bar {
            words: format!("{name}: real income {} %", signed(value, 3)),
            name,
            value,
            band: None,
            party: (plays && !bystanders.is_empty()).then_some(0),
        })
        .collect();
    let (first, last) = (drawn.first()?, drawn.last()?);
    let description = format!("From {} to {}.", first.words, last.words);
    let middle = match left {
        0 => String::new(),
        left => format!(" Drawn: {ENDS} from either end; {left} between them are left out."),
    };
    let coloured = if bystanders.is_empty() { "" } else { " In blue: those who set rates." };
    let data = Bars { title: &title, description: &description, bars: &drawn, unit: "real income, %" };
    let id = format!("{id}-incomes");
    Some(Exhibit {
        wide: bars(&data, Form::wide(&id)),
        narrow: Some(bars(&data, Form::narrow(&id))),
        note: format!(
            "Change of real income against {base}, per cent, of {count} countries or blocs.{coloured}{middle}"
        ),
        key: Vec::new(),
        head: vec!["country", "role", "real_income_pct"],
        rows,
        title,
        id,
    })
}
