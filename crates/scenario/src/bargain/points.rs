//! Where talks can fail to: the duties of the base or of a day, a war, a lapse, free trade.

use diagnostic::{Diagnostic, Faults};
use strategy::{Instruments, PlaySettings, Player, Starts, TariffGame, war};
use terms::{CountryId, Cube, Rate};

use super::seats::day_of;
use super::{BargainQuestion, NamedPoint, Threat};
use crate::game::{self, Table};
use crate::opening::Opening;
use crate::question::Question;
use crate::records::Record;

/// The duties of a day of the record between the two at the table, and those that a lapse would bring.
pub(super) struct OnRecord {
    /// In force.
    pub today: Cube<Rate>,
    /// After a lapse, where a window is open.
    pub lapse: Option<Cube<Rate>>,
}

impl OnRecord {
    /// Laid on the base rates of the economy of `question`.
    ///
    /// # Errors
    /// As [`crate::brief`].
    pub(super) fn of(question: &Question, record: &Record) -> Result<(Self, Faults), Faults> {
        let opening = Opening::of(question, record)?;
        let contest = opening.contest(question, &[])?;
        let [rows, columns] = &opening.policies;
        let under = |key: &str| {
            let at = rows.iter().position(|policy| policy.key == key)?;
            Some(contest.tariffs([&rows[at], &columns[at]]))
        };
        let today = under("today").unwrap_or_else(|| opening.opened.economy.tariffs().clone());
        Ok((Self { today, lapse: under("lapse") }, opening.warnings))
    }
}

/// What the record says of the day asked about, where one is; what was odd joins the warnings.
pub(super) fn on_record<G: TariffGame>(
    question: &BargainQuestion,
    record: Option<&Record>,
    table: &Table<G>,
    seats: &[CountryId],
    warnings: &mut Faults,
) -> Result<Option<OnRecord>, Faults> {
    let (Some(day), Some(record)) = (&question.day, record) else { return Ok(None) };
    let (found, told) = OnRecord::of(&day_of(day, question, table, seats)?, record)?;
    warnings.append(told);
    Ok(Some(found))
}

/// A point that talks could fail to, and its wedges.
pub(super) type Place = (Threat, Vec<f64>);

/// What everyone at the table gets under these wedges, in logs.
pub(super) fn payoffs<G: TariffGame>(
    table: &Table<G>,
    seats: &[CountryId],
    wedges: &[f64],
) -> Result<Vec<f64>, Faults> {
    let state = table.game.clear(wedges, None).map_err(|error| table.failed(&error))?;
    let payoffs = table.game.payoffs(&state);
    Ok(seats.iter().map(|n| payoffs[n.at()]).collect())
}

/// What two get at every point that talks could fail to, over what they get at the threat.
pub(super) fn over_the_threat<G: TariffGame>(
    table: &Table<G>,
    seats: &[CountryId],
    threat: &[f64],
    places: &[Place],
) -> Result<Vec<NamedPoint>, Faults> {
    let named = |(point, wedges): &Place| {
        let payoffs = payoffs(table, seats, wedges)?;
        let gain_pct = [0, 1].map(|at| 100.0 * (payoffs[at] - threat[at]).exp_m1());
        Ok(NamedPoint { point: *point, gain_pct })
    };
    places.iter().map(named).collect()
}

/// The wedges of every point talks could fail to, by its name, as far as they are known; the threat's first.
pub(super) fn points<G: TariffGame>(
    table: &Table<G>,
    question: &BargainQuestion,
    players: &[(Player, Instruments)],
    on_record: Option<&OnRecord>,
    settings: &PlaySettings,
) -> Result<Vec<Place>, Faults> {
    let wedges = |rates: &Cube<Rate>| {
        let mut wedges = table.game.base_log_wedges().to_vec();
        for (cell, wedge) in wedges.iter_mut().enumerate() {
            let (n, i, s): (CountryId, CountryId, _) = table.game.place(cell);
            if n != i {
                *wedge = rates[(n, i, s)].as_share().ln_1p();
            }
        }
        wedges
    };
    let today = on_record.map_or_else(|| table.game.base_log_wedges().to_vec(), |found| wedges(&found.today));
    let failed = |error: strategy::StrategyError| table.failed(&error);
    let fought = war(&table.game, players, &today, None, settings).map_err(failed)?;
    let mut found = vec![(Threat::Today, today.clone())];
    if table.instruments.border.imports() {
        let mut free = today;
        table.set(players, 0.0, &mut free);
        found.push((Threat::FreeTrade, free));
    } else if question.threat == Threat::FreeTrade {
        return Err(Diagnostic::error(
            "impossible-game",
            "free trade is no threat where duties are not on the table",
        )
        .help("say `--border both`, or another `--threat`")
        .into());
    }
    if let Some(rates) = on_record.and_then(|found| found.lapse.as_ref()) {
        found.push((Threat::Lapse, wedges(rates)));
    }
    match game::restless(fought.rest.status, fought.rest.moves) {
        Ok(()) => found.push((Threat::War, fought.rest.log_wedges)),
        Err(fault) if question.threat == Threat::War => return Err(fault),
        Err(_) => {}
    }
    let Some(at) = found.iter().position(|(threat, _)| *threat == question.threat) else {
        return Err(Diagnostic::error("no-lapse", "no truce whose lapse could be the threat holds the day")
            .help("give a day inside a window: `--on 2025-06-09`; or another `--threat`")
            .into());
    };
    found.swap(0, at);
    Ok(found)
}

/// Where the search for a deal begins: the rates of every point that talks could fail to, the threat's first, and 100 %; with
/// political weights, which can give a sector two peaks, every sector's other side as well. What is not on the table is
/// everywhere as at the threat point.
pub(super) fn starts<G: TariffGame>(
    table: &Table<G>,
    question: &BargainQuestion,
    players: &[(Player, Instruments)],
    places: &[Place],
) -> Starts {
    let named = |threat: Threat| match threat {
        Threat::Today => "today's rates",
        Threat::Lapse => "the rates after a lapse",
        Threat::War => "the rates of a war",
        Threat::FreeTrade => "free trade between them",
    };
    let held = &places[0].1;
    let on_the_table = |chosen: &[f64]| {
        let mut wedges = table.with_room(held);
        table.set_from(players, chosen, &mut wedges);
        wedges
    };
    let mut starts: Vec<(String, Vec<f64>)> =
        places.iter().map(|(threat, wedges)| (named(*threat).to_string(), on_the_table(wedges))).collect();
    let mut high = table.with_room(held);
    table.set(players, 1.0, &mut high);
    starts.push(("100 % on all".into(), high));
    Starts { places: starts, switches: question.game.wants.political }
}
