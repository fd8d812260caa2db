//! Talks: duties that leave no one at the table a gain at no one's cost, and how the gain is shared.

mod issues;
mod points;
mod seats;
mod talks;

pub use issues::IssueWorth;

use diagnostic::{Diagnostic, Faults};
use equilibrium::Baseline;
use serde::Serialize;
use strategy::{
    Border, Instruments, PlaySettings, PlayStatus, Player, PlayerOutcome, Solution, StrategyError,
    TalksSearch, TariffGame, player_outcome,
};
use terms::{Country, Cube, Day};

use self::issues::AtThreat;
use self::points::OnRecord;
use self::seats::{day_of, rates, seats, taxes};
use self::talks::{Struck, Talks};
use crate::game::{self, Bystander, Either, GameQuestion, Table, TariffRow};
use crate::manifest::Manifest;
use crate::question::Question;
use crate::records::Record;
use crate::truce::Concession;

/// What happens if no deal is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Threat {
    /// The duties of the base stay, or those in force on the day given.
    Today,
    /// The truce that holds on the day given lapses.
    Lapse,
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
    /// Whether money may change hands.
    pub transfers: bool,
    /// What else is on the table.
    pub issues: Vec<Concession>,
    /// The conflict and the day whose duties between the two are in force; none: the base's.
    pub day: Option<Question>,
}

/// A deal, its gains and the evidence.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BargainAnswer {
    /// The economy's name and title.
    pub economy: String,
    /// The closure in words.
    pub model: String,
    /// What the per cents of `players` and `bystanders` are changes from, in words; gains are over the threat point.
    pub base: String,
    /// What a failure brings.
    pub threat: Threat,
    /// The day whose duties between the two stand where nothing is agreed; none: the base's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on: Option<Day>,
    /// Whether duties, export taxes or both are on the table.
    pub border: Border,
    /// One row for each country at the table, at the deal by the rule asked for, its payments made and its issues left out;
    /// deviations are from the deal.
    pub players: Vec<PlayerOutcome>,
    /// Those who are not at the table.
    pub bystanders: Vec<Bystander>,
    /// The deal by the rule asked for; with two at the table, by the other rules as well.
    pub solutions: Vec<Share>,
    /// What else is on the table, and what it is worth.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub issues: Vec<IssueWorth>,
    /// With two at the table: points of the frontier, by the planner's weight on the first; issues of the deal counted.
    pub frontier: Vec<FrontierPoint>,
    /// With two at the table: where talks could fail to, over the threat point.
    pub points: Vec<NamedPoint>,
    /// Every rate that is on the table, where asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tariffs: Option<Vec<TariffRow>>,
    /// Every export tax that is on the table, where asked for and any is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub export_taxes: Option<Vec<TariffRow>>,
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
    /// With transfers: how far a dollar is from being worth the same wherever it goes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub money_gap: Option<f64>,
    /// Whether play is at rest and the condition holds to 1e-6.
    pub settled: bool,
    /// With transfers: what each receives or pays, million dollars; gains are those where markets clear with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub received_usd_mn: Option<Vec<f64>>,
    /// What each would receive or pay at these duties if payments moved no price, million dollars.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub received_at_fixed_prices_usd_mn: Option<Vec<f64>>,
    /// The issues in the deal, by name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub issues: Vec<String>,
    /// Where the deal was searched for, and what else was met.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub search: Option<TalksSearch>,
}

/// A point that talks could fail to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NamedPoint {
    /// Which.
    pub point: Threat,
    /// Each government's payoff over the threat point, %.
    pub gain_pct: [f64; 2],
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
    /// With transfers: how far a dollar is from being worth the same to the planner wherever it goes, the largest
    /// |∂Σω ln u/∂m| times the incomes of all at the table.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub money_gap: Option<f64>,
    /// The largest derivative of the planner's objective left on a rate that no bound holds.
    pub largest_slope: Option<f64>,
    /// The largest relative excess demand left.
    pub clearing_residual: f64,
    /// Rates held by a bound.
    pub at_bounds: usize,
    /// Those who gain more than the rule gives, since the others cannot hold them down.
    pub unbounded: Vec<Country>,
}

/// A planner's weight below this is none.
const NO_WEIGHT: f64 = 1e-6;
/// Answers the question.
///
/// # Errors
/// Faults of the economy; `unknown-country`, `one-at-the-table`, `no-lever`, `stalled`, `no-rest`, `no-deal`.
pub fn bargain_of(
    question: &BargainQuestion,
    record: Option<&Record>,
) -> Result<(BargainAnswer, Faults), Faults> {
    match game::open(&question.game)? {
        Either::OneFactor(table) => talk(table, question, record),
        Either::Linked(table) => talk(table, question, record),
    }
}

fn talk<G: TariffGame>(
    mut table: Table<G>,
    question: &BargainQuestion,
    record: Option<&Record>,
) -> Result<(BargainAnswer, Faults), Faults> {
    let seats = seats(&table, &question.table)?;
    let mut warnings = table.economy().warnings().clone();
    let on_record = match (&question.day, record) {
        (Some(day), Some(record)) => {
            let (found, told) = OnRecord::of(&day_of(day, question, &table, &seats)?, record)?;
            warnings.append(told);
            Some(found)
        }
        _ => None,
    };
    if !question.outsiders {
        let (n, s) = (table.economy().countries().len(), table.economy().sectors().len());
        let outside = Cube::from_fn(n, s, |n, i, _| !seats.contains(&n) || !seats.contains(&i));
        table.instruments = table.instruments.clone().sparing(outside);
    }
    let players: Vec<(Player, Instruments)> = seats
        .iter()
        .map(|n| (Player::alone(table.economy().country(*n).code.clone(), *n), table.instruments.clone()))
        .collect();
    let settings = PlaySettings::default();
    let failed = |error: StrategyError| table.failed(&error);
    let places = points::points(&table, question, &players, on_record.as_ref(), &settings)?;
    let payoffs_at = |wedges: &[f64]| {
        let payoffs = table.game.payoffs(&table.game.clear(wedges, None).map_err(failed)?);
        Ok::<Vec<f64>, Faults>(seats.iter().map(|n| payoffs[n.at()]).collect())
    };
    let threatened = &places[0].1;
    let threat = payoffs_at(threatened)?;
    let worths = issues::priced(
        &question.issues,
        table.economy(),
        || Baseline::of(table.economy(), &question.game.closure()),
        &seats,
        &AtThreat { tariffs: rates(&table, threatened), export_taxes: taxes(&table, threatened) },
    )?;
    let talks = Talks {
        table: &table,
        seats: &seats,
        threat: &threat,
        starts: points::starts(&table, question, &players, &places),
        issues: worths.iter().map(IssueWorth::issue).collect(),
        settings,
    };
    let Struck { rest: chosen, game, share: first, weights } = if question.transfers {
        talks.with_transfers(question.solution).map_err(failed)?
    } else {
        talks.without(question.solution).map_err(failed)?
    };
    if !first.settled {
        return Err(Diagnostic::error("no-deal", "talks did not settle under this rule")
            .note(format!("the sharing condition is still off by {:.1e}", first.sharing_gap))
            .help("try another `--solution`, another `--threat`, or `--subsidies`, which widens what can be given")
            .into());
    }
    let mut solutions = vec![first];
    let (mut frontier, mut named) = (Vec::new(), Vec::new());
    if let [_, _] = seats.as_slice() {
        for other in [Solution::EqualGains, Solution::Nash, Solution::KalaiSmorodinsky] {
            if other == question.solution {
                continue;
            }
            let found = match question.transfers {
                true => talks.with_transfers(other).map(|struck| struck.share),
                false => talks.without(other).map(|struck| struck.share),
            };
            match found {
                Ok(share) => solutions.push(share),
                Err(error) => warnings.push(Diagnostic::warning("no-deal", error.to_string())),
            }
        }
        let contained = talks.worth_of(&solutions[0].issues);
        frontier = match question.transfers {
            true => talks.line(&chosen, &contained).map_err(failed)?,
            false => talks.draw(&chosen.log_wedges, contained).map_err(failed)?,
        };
        for (point, wedges) in &places {
            let payoffs = payoffs_at(wedges)?;
            let gain_pct = [0, 1].map(|at| 100.0 * (payoffs[at] - threat[at]).exp_m1());
            named.push(NamedPoint { point: *point, gain_pct });
        }
    }
    let who: Vec<&Player> = players.iter().map(|(player, _)| player).collect();
    let (wedges, state) = (&chosen.log_wedges, &chosen.state);
    let mut rows = Vec::new();
    for player in &who {
        let tempted = question.game.probe(false);
        let best = tempted.best_response(&game, player, &table.instruments, wedges, Some(state), &settings);
        rows.push(PlayerOutcome {
            deviation_gain_pct: Some(best.map_err(failed)?.gain_pct),
            ..player_outcome(&game, player, Some(&table.instruments), wedges, state)
        });
    }
    let unbounded = seats.iter().zip(&weights.weights).filter(|(_, ω)| **ω < NO_WEIGHT);
    let answer = BargainAnswer {
        economy: table.title(),
        model: table.model.clone(),
        base: table.base.clone(),
        threat: question.threat,
        on: question.day.as_ref().map(|day| day.on),
        players: rows,
        bystanders: table.bystanders(&who, state),
        certificate: DealEvidence {
            status: chosen.status,
            moves: chosen.moves,
            planner_solves: weights.planner_solves,
            sharing_gap: solutions[0].sharing_gap,
            money_gap: solutions[0].money_gap,
            largest_slope: chosen.slopes.iter().copied().reduce(f64::max),
            clearing_residual: table.game.residual(state),
            at_bounds: chosen.at_bounds.iter().sum(),
            unbounded: unbounded.map(|(n, _)| table.economy().country(*n).code.clone()).collect(),
        },
        solutions,
        issues: worths,
        frontier,
        points: named,
        border: question.game.border,
        tariffs: table.tariffs(&question.game, &who, wedges),
        export_taxes: table.export_taxes(&question.game, &who, wedges),
        manifest: table.manifest(
            "bargain",
            &(
                &question.table,
                question.outsiders,
                question.threat,
                question.solution,
                question.transfers,
                &question.issues,
                question.day.as_ref().map(|day| (day.on, day.known_on)),
            ),
        ),
    };
    Ok((answer, warnings))
}
