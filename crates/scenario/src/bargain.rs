//! Talks: duties that leave no one at the table a gain at no one's cost, and how the gain is shared.

use diagnostic::{Diagnostic, Faults};
use serde::Serialize;
use strategy::{
    Deal, Instruments, PlaySettings, PlayStatus, Player, PlayerOutcome, Solution, StrategyError, TariffGame,
    planner, talks, war,
};
use terms::{Country, CountryId, Cube};

use crate::game::{self, Bystander, Either, GameQuestion, Table, TariffRow};
use crate::manifest::Manifest;

/// What happens if no deal is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Threat {
    /// The duties of the base stay.
    Today,
    /// Those at the table fight: each plays its best reply to all others.
    War,
    /// Those at the table charge nothing.
    FreeTrade,
}

/// The question: a game, who sits at the table, what a failure brings, how gains are shared.
#[derive(Debug, Clone, PartialEq)]
pub struct BargainQuestion {
    /// The game.
    pub game: GameQuestion,
    /// Codes of those at the table; empty: everyone.
    pub table: Vec<String>,
    /// Whether their duties on outsiders are on the table too.
    pub outsiders: bool,
    /// The threat point.
    pub threat: Threat,
    /// The sharing rule.
    pub solution: Solution,
}

/// A deal, its gains and the evidence.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BargainAnswer {
    /// The economy's name and title.
    pub economy: String,
    /// The closure in words.
    pub model: String,
    /// What a failure brings.
    pub threat: Threat,
    /// One row for each country at the table, at the deal by the rule asked for; deviations are from the deal.
    pub players: Vec<PlayerOutcome>,
    /// Those who are not at the table.
    pub bystanders: Vec<Bystander>,
    /// The deal by the rule asked for; with two at the table, by the other rules as well.
    pub solutions: Vec<Share>,
    /// With two at the table: points of the frontier, by the planner's weight on the first.
    pub frontier: Vec<FrontierPoint>,
    /// Every rate that is on the table, where asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tariffs: Option<Vec<TariffRow>>,
    /// How far the deal is from its conditions.
    pub certificate: DealEvidence,
    /// What this was computed from.
    pub manifest: Manifest,
}

/// Gains by one sharing rule, in the order of the players.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Share {
    /// The rule.
    pub solution: Solution,
    /// Each government's gain over the threat point, %.
    pub gain_pct: Vec<f64>,
    /// The planner's weights behind it.
    pub weights: Vec<f64>,
    /// How far the sharing condition is from holding.
    pub sharing_gap: f64,
    /// Whether play is at rest and the condition holds to 1e-6.
    pub settled: bool,
}

/// A point of the frontier.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FrontierPoint {
    /// The planner's weight on the first country.
    pub weight: f64,
    /// Each government's gain over the threat point, %.
    pub gain_pct: [f64; 2],
    /// The largest slope left.
    pub largest_slope: f64,
}

/// The evidence behind a deal.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DealEvidence {
    /// How the search for the planner's duties ended.
    pub status: PlayStatus,
    /// Moves made in the last of them.
    pub moves: usize,
    /// Planner's problems solved.
    pub planner_solves: usize,
    /// How far the sharing condition is from holding: log payoffs (Nash: log weights).
    pub sharing_gap: f64,
    /// The largest derivative of the planner's objective left on a rate that no bound holds.
    pub largest_slope: Option<f64>,
    /// The largest relative excess demand left.
    pub clearing_residual: f64,
    /// Rates held by a bound.
    pub at_bounds: usize,
    /// Those who gain more than the rule gives, since the others cannot hold them down.
    pub unbounded: Vec<Country>,
}

/// The gap up to which a sharing condition counts as held, in log payoffs.
const SETTLED: f64 = 1e-6;
/// Weights on the first of two countries at which the frontier is drawn.
const WEIGHTS: [f64; 11] = [0.1, 0.2, 0.3, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7, 0.8, 0.9];

/// Answers the question.
///
/// # Errors
/// Faults of the economy; `unknown-country`, `one-at-the-table`, `no-lever`, `stalled`, `no-rest`, `no-deal`.
pub fn bargain_of(question: &BargainQuestion) -> Result<(BargainAnswer, Faults), Faults> {
    match game::open(&question.game)? {
        Either::OneFactor(table) => talk(table, question),
        Either::Linked(table) => talk(table, question),
    }
}

fn talk<G: TariffGame>(
    mut table: Table<G>,
    question: &BargainQuestion,
) -> Result<(BargainAnswer, Faults), Faults> {
    let seats = seats(&table, &question.table)?;
    let mut warnings = table.economy().warnings().clone();
    if !question.outsiders {
        let (n, s) = (table.economy().countries().len(), table.economy().sectors().len());
        let outside = Cube::from_fn(n, s, |_, i, _| !seats.contains(&i));
        table.instruments = table.instruments.clone().sparing(outside);
    }
    let players: Vec<(Player, Instruments)> = seats
        .iter()
        .map(|n| (Player::alone(table.economy().country(*n).code.clone(), *n), table.instruments.clone()))
        .collect();
    let settings = PlaySettings::default();
    let failed = |error: StrategyError| table.failed(&error);
    let base = table.game.base_log_wedges().to_vec();
    let threatened = match question.threat {
        Threat::Today => base.clone(),
        Threat::FreeTrade => table.all_at(&players, 0.0),
        Threat::War => {
            let fought = war(&table.game, &players, &base, None, &settings).map_err(failed)?;
            game::restless(fought.rest.status, fought.rest.moves)?;
            fought.rest.log_wedges
        }
    };
    let at_threat = table.game.payoffs(&table.game.clear(&threatened, None).map_err(failed)?);
    let threat: Vec<f64> = seats.iter().map(|n| at_threat[n.at()]).collect();
    let deal =
        |solution| talks(&table.game, &seats, &threat, solution, &table.instruments, &threatened, &settings);
    let chosen = deal(question.solution).map_err(failed)?;
    let mut solutions = vec![share(&chosen)];
    if !solutions[0].settled {
        return Err(Diagnostic::error("no-deal", "talks did not settle under this rule")
            .note(format!("the sharing condition is still off by {:.1e}", chosen.sharing_gap))
            .help("try another `--solution`, another `--threat`, or `--subsidies`, which widens what can be given")
            .into());
    }
    let mut frontier = Vec::new();
    if let [_, _] = seats.as_slice() {
        for other in [Solution::EqualGains, Solution::Nash, Solution::KalaiSmorodinsky] {
            if other != question.solution {
                match deal(other) {
                    Ok(found) => solutions.push(share(&found)),
                    Err(error) => warnings.push(Diagnostic::warning("no-deal", error.to_string())),
                }
            }
        }
        frontier = draw(&table, &seats, &threat, &chosen.rest.log_wedges, &settings).map_err(failed)?;
    }
    let who: Vec<&Player> = players.iter().map(|(player, _)| player).collect();
    let (wedges, state) = (&chosen.rest.log_wedges, &chosen.rest.state);
    let mut rows = Vec::new();
    for player in &who {
        let tempted = question.game.probe(false);
        let best =
            tempted.best_response(&table.game, player, &table.instruments, wedges, Some(state), &settings);
        rows.push(PlayerOutcome {
            deviation_gain_pct: Some(best.map_err(failed)?.gain_pct),
            ..table.outcome(player, wedges, state)
        });
    }
    let code = |n: &CountryId| table.economy().country(*n).code.clone();
    let answer = BargainAnswer {
        economy: table.title(),
        model: table.model.clone(),
        threat: question.threat,
        players: rows,
        bystanders: table.bystanders(&who, state),
        solutions,
        frontier,
        tariffs: table.tariffs(&question.game, &who, wedges),
        certificate: DealEvidence {
            status: chosen.rest.status,
            moves: chosen.rest.moves,
            planner_solves: chosen.planner_solves,
            sharing_gap: chosen.sharing_gap,
            largest_slope: chosen.rest.slopes.iter().copied().reduce(f64::max),
            clearing_residual: table.game.residual(state),
            at_bounds: chosen.rest.at_bounds.iter().sum(),
            unbounded: chosen.unbounded.iter().map(code).collect(),
        },
        manifest: table
            .manifest("bargain", &(&question.table, question.outsiders, question.threat, question.solution)),
    };
    Ok((answer, warnings))
}

/// Those at the table, by place.
fn seats<G: TariffGame>(table: &Table<G>, codes: &[String]) -> Result<Vec<CountryId>, Faults> {
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

fn share<S>(deal: &Deal<S>) -> Share {
    Share {
        solution: deal.solution,
        gain_pct: deal.gain_pct.clone(),
        weights: deal.weights.clone(),
        sharing_gap: deal.sharing_gap,
        settled: deal.rest.status == PlayStatus::AtRest && deal.sharing_gap <= SETTLED,
    }
}

/// Points of the frontier between two; those where the planner's search does not come to rest are left out.
fn draw<G: TariffGame>(
    table: &Table<G>,
    seats: &[CountryId],
    threat: &[f64],
    start: &[f64],
    settings: &PlaySettings,
) -> Result<Vec<FrontierPoint>, StrategyError> {
    let mut points = Vec::new();
    for weight in WEIGHTS {
        let weights = [weight, 1.0 - weight];
        let rest = planner(&table.game, seats, &weights, &table.instruments, start, settings)?;
        if rest.status != PlayStatus::AtRest {
            continue;
        }
        let payoffs = table.game.payoffs(&rest.state);
        points.push(FrontierPoint {
            weight,
            gain_pct: [0, 1].map(|at| 100.0 * (payoffs[seats[at].at()] - threat[at]).exp_m1()),
            largest_slope: rest.slopes.iter().copied().fold(0.0, f64::max),
        });
    }
    Ok(points)
}
