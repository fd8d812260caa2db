//! Who sits at the table, the day they talk on, and the duties they bring.

use diagnostic::{Diagnostic, Faults};
use strategy::{Instruments, Player, TariffGame};
use terms::{CountryId, Cube, Rate};

use super::BargainQuestion;
use crate::game::Table;
use crate::question::Question;

/// Those at the table, by place.
pub(super) fn seats<G: TariffGame>(table: &Table<G>, codes: &[String]) -> Result<Vec<CountryId>, Faults> {
    let economy = table.economy();
    if codes.is_empty() {
        return Ok(economy.country_ids().collect());
    }
    let mut faults = Faults::new();
    let mut seats: Vec<CountryId> = Vec::new();
    for code in codes {
        match economy.country_id(code) {
            None => faults.push(economy.unknown_country(code)),
            Some(n) if seats.contains(&n) => faults.push(
                Diagnostic::error("two-players", format!("{code} sits at the table twice"))
                    .help("name every country once"),
            ),
            Some(n) => seats.push(n),
        }
    }
    if seats.len() == 1 && codes.len() == 1 {
        faults.push(
            Diagnostic::error("one-at-the-table", format!("{} would talk to itself", codes[0]))
                .help("name two countries or more, or none for everyone"),
        );
    }
    faults.or(seats)
}

/// Those at the table as players, with what each may set.
pub(super) fn at_the_table<G: TariffGame>(
    table: &Table<G>,
    seats: &[CountryId],
) -> Vec<(Player, Instruments)> {
    let alone = |n: &CountryId| Player::alone(table.economy().country(*n).code.clone(), *n);
    seats.iter().map(|n| (alone(n), table.instruments.clone())).collect()
}

/// The instruments without the rates on outsiders.
pub(super) fn only_each_other<G: TariffGame>(table: &Table<G>, seats: &[CountryId]) -> Instruments {
    let (n, s) = (table.economy().countries().len(), table.economy().sectors().len());
    let outside = Cube::from_fn(n, s, |n, i, _| !seats.contains(&n) || !seats.contains(&i));
    table.instruments.clone().sparing(outside)
}

/// The question of the record for the two at the table on the day asked about.
pub(super) fn day_of<G: TariffGame>(
    day: &Question,
    question: &BargainQuestion,
    table: &Table<G>,
    seats: &[CountryId],
) -> Result<Question, Faults> {
    let [a, b] = seats else {
        return Err(Diagnostic::error(
            "one-at-the-table",
            "the duties of a day are read for two at the table",
        )
        .help("name two countries, or leave `--on` out")
        .into());
    };
    let mut day = day.clone();
    day.parties = [a, b].map(|n| table.economy().country(*n).code.clone());
    day.model.economy.clone_from(&question.game.economy);
    Ok(day)
}

/// The wedges as rates.
pub(super) fn rates<G: TariffGame>(table: &Table<G>, wedges: &[f64]) -> Cube<Rate> {
    let (n, s) = (table.economy().countries().len(), table.economy().sectors().len());
    Cube::from_fn(n, s, |n, i, s| {
        if n == i { Rate::FREE } else { Rate::share(wedges[table.game.cell(n, i, s)].exp_m1()) }
    })
}

/// The export taxes in the wedges, where there are any.
pub(super) fn taxes<G: TariffGame>(table: &Table<G>, wedges: &[f64]) -> Option<Cube<Rate>> {
    let taxes = wedges.get(table.game.cells()..).filter(|taxes| taxes.iter().any(|wedge| *wedge != 0.0))?;
    let (n, s) = (table.economy().countries().len(), table.economy().sectors().len());
    Some(Cube::from_fn(n, s, |n, i, s| {
        if n == i { Rate::FREE } else { Rate::share(taxes[table.game.cell(n, i, s)].exp_m1()) }
    }))
}
