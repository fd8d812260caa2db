//! `coalitions`: every bloc that a few countries could form in a war, and which of them would last.

use diagnostic::{Diagnostic, Faults};
use serde::Serialize;
use serde_json::json;
use strategy::{
    CoalitionTable, Instruments, PlaySettings, PlayStatus, Player, StrategyError, TariffGame, War, war,
};
use terms::{Country, CountryId};

use crate::game::{self, DeviationKind, Either, GameQuestion, PlayEvidence, Table};
use crate::manifest::Manifest;
use crate::settings::{Told, settings};

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

impl CoalitionQuestion {
    /// What a manifest says of it beside the game.
    fn settings(&self) -> Told {
        settings([("candidates", json!(self.candidates)), ("free-inside", json!(self.free_inside))])
    }
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
    /// What was computed of the wars, and how far apart payoffs must be to count.
    pub certificate: CoalitionEvidence,
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
    /// The same less what it has in the war of all alone, points of the base.
    pub over_alone_pp: Vec<f64>,
    /// Members that would gain by leaving.
    pub leavers: Vec<Mover>,
    /// Outsiders that would gain by joining.
    pub joiners: Vec<Mover>,
    /// Of all who could leave or join alone, the one that would gain most: below zero, all would lose, and this one least.
    /// None for the war of all alone.
    pub best_move: Option<Mover>,
    /// Whether no one leaves or joins; none for the war of all alone, of which that is not asked.
    pub stable: Option<bool>,
}

/// A country that would move, and what it would gain.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Mover {
    /// Who.
    pub country: Country,
    /// Its gain, points of the base.
    pub gain_pp: f64,
}

/// The evidence behind a table of coalitions.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CoalitionEvidence {
    /// Of all wars together: moves are summed, all else is the worst of any.
    #[serde(flatten)]
    pub wars: PlayEvidence,
    /// Wars fought: that of all alone, and one for every coalition; one of the whole world has no one to fight and counts too.
    pub fought: usize,
    /// Payoffs closer than this count as equal, points of the base.
    pub tie_pp: f64,
    /// How far the claims reach.
    pub limits: Vec<String>,
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
    // One way of asking for every war, that of the war of all alone.
    let probe = question.game.probe_at_rest(false, count, table.game.cells());
    let mut held = CoalitionEvidence::begun();
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
            if bloc.len() == table.economy().countries().len() {
                // A bloc of the whole world has no one to charge: what it has is what its inner duties leave.
                let state = table.game.clear(&start, None).map_err(|error| table.failed(&error))?;
                held.rested(table.game.residual(&state));
                return Ok(payoffs_at(table, &ids, &state));
            }
            let names: Vec<&str> = members.iter().map(|k| alone[*k].0.name.as_str()).collect();
            players.push((Player::bloc(names.join("+").as_str().into(), bloc), table.instruments.clone()));
        }
        players.extend((0..count).filter(|k| !members.contains(k)).map(|k| alone[k].clone()));
        let fought = war(&table.game, &players, &start, Some(&probe), &PlaySettings::default())
            .map_err(|error: StrategyError| table.failed(&error))?;
        game::restless(fought.rest.status, fought.rest.moves)?;
        held.count(table, &players, &fought);
        Ok::<Vec<f64>, Faults>(payoffs_at(table, &ids, &fought.rest.state))
    })?;
    let code = |k: usize| alone[k].0.name.clone();
    let movers = |list: Vec<(usize, f64)>| {
        list.into_iter().map(|(k, gain_pp)| Mover { country: code(k), gain_pp }).collect::<Vec<_>>()
    };
    let stable = found.stable();
    let mut sets: Vec<usize> =
        (0..found.payoffs.len()).filter(|set| *set == 0 || set.count_ones() >= 2).collect();
    sets.sort_by_key(|set| (set.count_ones(), *set));
    // Who leaves a bloc or joins it turns its own bit.
    let moved = |set: usize, k: usize| found.payoffs[set ^ 1 << k][k] - found.payoffs[set][k];
    let best_move = |set: usize| {
        let best = (0..count).map(|k| (k, moved(set, k))).max_by(|a, b| a.1.total_cmp(&b.1));
        best.map(|(k, gain_pp)| Mover { country: code(k), gain_pp })
    };
    let rows = sets.into_iter().map(|set| CoalitionRow {
        members: found.members(set).into_iter().map(code).collect(),
        payoff_pct: found.payoffs[set].clone(),
        over_alone_pp: found.payoffs[set]
            .iter()
            .zip(&found.payoffs[0])
            .map(|(at, alone)| at - alone)
            .collect(),
        best_move: if set == 0 { None } else { best_move(set) },
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
        certificate: held,
        manifest: table.manifest("coalitions", question.settings()),
    };
    let mut warnings = table.economy().warnings().clone();
    warnings.append(game::shaken(&answer.certificate.wars));
    Ok((answer, warnings))
}

/// What the candidates get, % over the base.
fn payoffs_at<G: TariffGame>(table: &Table<G>, ids: &[CountryId], state: &G::State) -> Vec<f64> {
    let payoffs = table.game.payoffs(state);
    ids.iter().map(|n| 100.0 * payoffs[n.at()].exp_m1()).collect()
}

impl CoalitionEvidence {
    /// Before any war.
    fn begun() -> Self {
        let limits = [
            "other rests of these wars were not sought",
            "two that leave or join at once, and two blocs at once, were not tried",
            "nothing is paid inside a bloc, so that a member may lose while the sum gains",
        ];
        Self {
            wars: PlayEvidence {
                status: PlayStatus::AtRest,
                moves: 0,
                deviations: DeviationKind::NotSought,
                largest_deviation_gain_pct: None,
                by: None,
                deviations_sought_from: Vec::new(),
                largest_slope: None,
                clearing_residual: 0.0,
            },
            fought: 0,
            tie_pp: TIE,
            limits: limits.map(String::from).into(),
        }
    }

    /// One more arrangement, in which no one has a rate to choose.
    fn rested(&mut self, clearing_residual: f64) {
        self.fought += 1;
        self.wars.clearing_residual = self.wars.clearing_residual.max(clearing_residual);
    }

    /// One more war, at rest.
    fn count<G: TariffGame>(
        &mut self,
        table: &Table<G>,
        players: &[(Player, Instruments)],
        war: &War<G::State>,
    ) {
        let one = war.certificate(&table.game, players);
        let all = &mut self.wars;
        self.fought += 1;
        all.moves += one.moves;
        (all.deviations, all.deviations_sought_from) = game::deviations(&one.deviations, &table.instruments);
        if one.largest_deviation_gain_pct > all.largest_deviation_gain_pct {
            (all.largest_deviation_gain_pct, all.by) = (one.largest_deviation_gain_pct, one.by);
        }
        all.largest_slope = Some(all.largest_slope.unwrap_or_default().max(one.largest_slope));
        all.clearing_residual = all.clearing_residual.max(one.clearing_residual);
    }
}
