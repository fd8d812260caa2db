//! Talks: duties that leave no one at the table a gain at no one's cost, and how the gain is shared.

mod answer;
mod issues;
mod points;
mod seats;
mod talks;

pub use answer::{BargainAnswer, DealEvidence, FrontierPoint, NamedPoint, Share};
pub use issues::IssueWorth;

use diagnostic::{Diagnostic, Faults};
use equilibrium::Baseline;
use serde::Serialize;
use serde_json::json;
use strategy::{PlaySettings, Player, PlayerOutcome, Solution, TariffGame, player_outcome};
use terms::CountryId;

use self::issues::AtThreat;
use self::points::{Place, on_record, over_the_threat, payoffs};
use self::seats::{at_the_table, only_each_other, rates, seats, taxes};
use self::talks::{Struck, Talks};
use crate::game::{self, Either, GameQuestion, Table};
use crate::question::Question;
use crate::records::Record;
use crate::settings::{Told, settings};
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

impl BargainQuestion {
    /// What a manifest says of it beside the game.
    fn settings(&self) -> Told {
        let issues = self.issues.iter().map(Concession::to_string);
        settings([
            ("table", json!(self.table)),
            ("outsiders", json!(self.outsiders)),
            ("threat", json!(self.threat)),
            ("solution", json!(self.solution)),
            ("transfers", json!(self.transfers)),
            ("issue", json!(issues.collect::<Vec<_>>())),
            ("on", json!(self.day.as_ref().map(|day| day.on))),
            ("known-on", json!(self.day.as_ref().map(|day| day.known_on))),
        ])
    }
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

/// Who sits where, what a failure brings, the deal, what stands beside it between two, and whether leaving it pays.
fn talk<G: TariffGame>(
    mut table: Table<G>,
    question: &BargainQuestion,
    record: Option<&Record>,
) -> Result<(BargainAnswer, Faults), Faults> {
    let seats = seats(&table, &question.table)?;
    let mut warnings = table.economy().warnings().clone();
    let on_record = on_record(question, record, &table, &seats, &mut warnings)?;
    if !question.outsiders {
        table.instruments = only_each_other(&table, &seats);
    }
    let players = at_the_table(&table, &seats);
    let settings = PlaySettings::default();
    let places = points::points(&table, question, &players, on_record.as_ref(), &settings)?;
    let (_, threatened) = &places[0];
    let threat = payoffs(&table, &seats, threatened)?;
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
        transfers: question.transfers,
        settings,
    };
    let struck = talks.by(question.solution).map_err(|error| table.failed(&error))?;
    settled(&struck.share)?;
    let beside = match seats[..] {
        [_, _] => Beside::of(&talks, &struck, &places, &mut warnings)?,
        _ => Beside::default(),
    };
    let who: Vec<&Player> = players.iter().map(|(player, _)| player).collect();
    let rows = tempted(&table, question, &who, &struck, &talks.settings)?;
    let certificate = evidence(&table, &seats, &struck);
    let (wedges, state) = (&struck.rest.log_wedges, &struck.rest.state);
    let answer = BargainAnswer {
        economy: table.title(),
        model: table.model.clone(),
        base: table.base.clone(),
        threat: question.threat,
        on: question.day.as_ref().map(|day| day.on),
        players: rows,
        bystanders: table.bystanders(&who, state),
        certificate,
        tariffs: table.tariffs(&question.game, &who, wedges),
        export_taxes: table.export_taxes(&question.game, &who, wedges),
        solutions: std::iter::once(struck.share).chain(beside.other_rules).collect(),
        issues: worths,
        frontier: beside.frontier,
        points: beside.points,
        border: question.game.border,
        manifest: table.manifest("bargain", question.settings()),
    };
    Ok((answer, warnings))
}

/// Refuses a deal at which play moves on or the sharing condition does not hold.
fn settled(share: &Share) -> Result<(), Faults> {
    if share.settled {
        return Ok(());
    }
    Err(Diagnostic::error("no-deal", "talks did not settle under this rule")
        .note(format!("the sharing condition is still off by {:.1e}", share.sharing_gap))
        .help(
            "try another `--solution`, another `--threat`, or `--subsidies`, which widens what can be given",
        )
        .into())
}

/// What two at the table see beside their deal.
#[derive(Default)]
struct Beside {
    other_rules: Vec<Share>,
    frontier: Vec<FrontierPoint>,
    points: Vec<NamedPoint>,
}

impl Beside {
    fn of<G: TariffGame>(
        talks: &Talks<'_, G>,
        struck: &Struck<G>,
        places: &[Place],
        warnings: &mut Faults,
    ) -> Result<Self, Faults> {
        let mut other_rules = Vec::new();
        for rule in [Solution::EqualGains, Solution::Nash, Solution::KalaiSmorodinsky] {
            if rule == struck.share.solution {
                continue;
            }
            match talks.by(rule) {
                Ok(found) => other_rules.push(found.share),
                Err(error) => warnings.push(Diagnostic::warning("no-deal", error.to_string())),
            }
        }
        let frontier = talks.frontier(struck).map_err(|error| talks.table.failed(&error))?;
        let points = over_the_threat(talks.table, talks.seats, talks.threat, places)?;
        Ok(Self { other_rules, frontier, points })
    }
}

/// The row of everyone at the table, with the most that a search found to gain by leaving the deal alone.
fn tempted<G: TariffGame>(
    table: &Table<G>,
    question: &BargainQuestion,
    who: &[&Player],
    struck: &Struck<G>,
    settings: &PlaySettings,
) -> Result<Vec<PlayerOutcome>, Faults> {
    let (game, instruments) = (&struck.game, &table.instruments);
    let (wedges, state) = (&struck.rest.log_wedges, &struck.rest.state);
    let probe = question.game.probe(false);
    let row = |player: &&Player| {
        let best = probe.best_response(game, player, instruments, wedges, Some(state), settings);
        Ok(PlayerOutcome {
            deviation_gain_pct: Some(best.map_err(|error| table.failed(&error))?.gain_pct),
            ..player_outcome(game, player, Some(instruments), wedges, state)
        })
    };
    who.iter().map(row).collect()
}

/// How far the deal is from its conditions.
fn evidence<G: TariffGame>(table: &Table<G>, seats: &[CountryId], struck: &Struck<G>) -> DealEvidence {
    let Struck { rest, share, weights, .. } = struck;
    let weightless = seats.iter().zip(&weights.weights).filter(|(_, ω)| **ω < NO_WEIGHT);
    DealEvidence {
        status: rest.status,
        moves: rest.moves,
        planner_solves: weights.planner_solves,
        sharing_gap: share.sharing_gap,
        money_gap: share.money_gap,
        largest_slope: rest.slopes.iter().copied().reduce(f64::max),
        clearing_residual: table.game.residual(&rest.state),
        at_bounds: rest.at_bounds.iter().sum(),
        unbounded: weightless.map(|(n, _)| table.economy().country(*n).code.clone()).collect(),
    }
}
