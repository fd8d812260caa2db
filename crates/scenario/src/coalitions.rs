//! `coalitions`: every bloc that a few countries could form in a war, and which of them would last.

use diagnostic::{Diagnostic, Faults};
use serde::Serialize;
use strategy::{CoalitionTable, Instruments, PlaySettings, Player, StrategyError, TariffGame, war};
use terms::{Country, CountryId};

use crate::game::{self, Either, GameQuestion, Table};
use crate::manifest::Manifest;

/// The question: a game, the candidates, and whether a bloc's inner duties go.
#[derive(Debug, Clone, PartialEq)]
pub struct CoalitionQuestion {
    /// The game.
    pub game: GameQuestion,
    /// Codes of two to five countries; they fight, the rest of the world holds.
    pub candidates: Vec<String>,
    /// Whether members charge each other nothing: a customs union. Else inner duties stay as they are.
    pub free_inside: bool,
}

/// Every coalition and its stability.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CoalitionAnswer {
    /// The economy's name and title.
    pub economy: String,
    /// The closure in words.
    pub model: String,
    /// What every per cent is a change from, in words.
    pub base: String,
    /// The candidates.
    pub candidates: Vec<Country>,
    /// Whether members charge each other nothing.
    pub free_inside: bool,
    /// The war of all alone first, then every coalition.
    pub coalitions: Vec<CoalitionRow>,
    /// The largest slope left in any war.
    pub largest_slope: f64,
    /// The largest relative excess demand left in any.
    pub clearing_residual: f64,
    /// What this was computed from.
    pub manifest: Manifest,
}

/// One coalition.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CoalitionRow {
    /// Its members; none for the war of all alone.
    pub members: Vec<Country>,
    /// Each candidate's payoff, % over the base, in the order of the candidates.
    pub payoff_pct: Vec<f64>,
    /// Members that would gain by leaving.
    pub leavers: Vec<Mover>,
    /// Outsiders that would gain by joining.
    pub joiners: Vec<Mover>,
    /// Whether no one leaves or joins; none for the war of all alone, of which that is not asked.
    pub stable: Option<bool>,
}

/// A country that would move, and what it would gain.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Mover {
    /// Who.
    pub country: Country,
    /// Its gain, points of the base.
    pub gain_pct: f64,
}

/// Payoffs closer than this, in points, count as equal.
const TIE: f64 = 1e-7;

/// Answers: one war for every coalition.
///
/// # Errors
/// Faults of the economy; `unknown-country`, `two-players`, `impossible-game` for fewer than two or more than five
/// candidates, `no-rest`, `stalled`.
pub fn coalitions_of(question: &CoalitionQuestion) -> Result<(CoalitionAnswer, Faults), Faults> {
    match game::open(&question.game)? {
        Either::OneFactor(table) => tabulated(&table, question),
        Either::Linked(table) => tabulated(&table, question),
    }
}

fn tabulated<G: TariffGame>(
    table: &Table<G>,
    question: &CoalitionQuestion,
) -> Result<(CoalitionAnswer, Faults), Faults> {
    let count = question.candidates.len();
    if !(2..=5).contains(&count) {
        return Err(Diagnostic::error(
            "impossible-game",
            format!("a table of coalitions needs two to five candidates, not {count}"),
        )
        .help("name two to five countries: `detente coalitions USA CHN DEU`")
        .into());
    }
    let alone: Vec<(Player, Instruments)> = table.players(Some(&question.candidates))?;
    let ids: Vec<CountryId> = alone.iter().flat_map(|(player, _)| player.members.clone()).collect();
    let (mut slope, mut residual) = (0.0_f64, 0.0_f64);
    let found = CoalitionTable::of(count, TIE, |members| {
        let mut players: Vec<(Player, Instruments)> = Vec::new();
        let mut start = table.game.base_log_wedges().to_vec();
        if !members.is_empty() {
            let bloc: Vec<CountryId> = members.iter().map(|k| ids[*k]).collect();
            if question.free_inside {
                for (cell, wedge) in start.iter_mut().enumerate() {
                    let (n, i, _) = table.game.place(cell);
                    if bloc.contains(&n) && bloc.contains(&i) {
                        *wedge = 0.0;
                    }
                }
            }
            players.push((Player::bloc("bloc".into(), bloc), table.instruments.clone()));
        }
        players.extend((0..count).filter(|k| !members.contains(k)).map(|k| alone[k].clone()));
        let fought = war(&table.game, &players, &start, None, &PlaySettings::default())
            .map_err(|error: StrategyError| table.failed(&error))?;
        game::restless(fought.rest.status, fought.rest.moves)?;
        slope = fought.rest.slopes.iter().copied().fold(slope, f64::max);
        residual = residual.max(table.game.residual(&fought.rest.state));
        let payoffs = table.game.payoffs(&fought.rest.state);
        Ok::<Vec<f64>, Faults>(ids.iter().map(|n| 100.0 * payoffs[n.at()].exp_m1()).collect())
    })?;
    let code = |k: usize| alone[k].0.name.clone();
    let movers = |list: Vec<(usize, f64)>| {
        list.into_iter().map(|(k, gain_pct)| Mover { country: code(k), gain_pct }).collect::<Vec<_>>()
    };
    let stable = found.stable();
    let mut sets: Vec<usize> =
        (0..found.payoffs.len()).filter(|set| *set == 0 || set.count_ones() >= 2).collect();
    sets.sort_by_key(|set| (set.count_ones(), *set));
    let rows = sets.into_iter().map(|set| CoalitionRow {
        members: found.members(set).into_iter().map(code).collect(),
        payoff_pct: found.payoffs[set].clone(),
        leavers: movers(found.leavers(set)),
        // From the war of all alone no one joins a bloc that is not there.
        joiners: if set == 0 { Vec::new() } else { movers(found.joiners(set)) },
        stable: (set != 0).then(|| stable.contains(&set)),
    });
    let answer = CoalitionAnswer {
        economy: table.title(),
        model: table.model.clone(),
        base: table.base.clone(),
        candidates: (0..count).map(code).collect(),
        free_inside: question.free_inside,
        coalitions: rows.collect(),
        largest_slope: slope,
        clearing_residual: residual,
        manifest: table.manifest("coalitions", &(&question.candidates, question.free_inside)),
    };
    Ok((answer, table.economy().warnings().clone()))
}
