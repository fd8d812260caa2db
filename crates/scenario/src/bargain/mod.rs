//! Talks: duties that leave no one at the table a gain at no one's cost, and how the gain is shared.

mod issues;
mod points;

pub use issues::IssueWorth;

use diagnostic::{Diagnostic, Faults};
use equilibrium::Baseline;
use serde::Serialize;
use strategy::{
    Agreement, Deal, Instruments, Issue, PlaySettings, PlayStatus, Player, PlayerOutcome, Rest, Solution,
    StrategyError, TariffGame, planner, talks_on_issues, talks_with_transfers,
};
use terms::{Country, CountryId, Cube, Rate};

use self::points::OnRecord;
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
    /// What a failure brings.
    pub threat: Threat,
    /// One row for each country at the table, at the deal by the rule asked for; deviations are from the deal.
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
    /// With transfers: what each receives or pays, million dollars; gains are those where markets clear with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub received_usd_mn: Option<Vec<f64>>,
    /// What each would receive or pay if payments moved no price, million dollars.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub received_at_fixed_prices_usd_mn: Option<Vec<f64>>,
    /// The issues in the deal, by name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub issues: Vec<String>,
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
/// A planner's weight below this is none.
const NO_WEIGHT: f64 = 1e-6;
/// Weights on the first of two countries at which the frontier is drawn.
const WEIGHTS: [f64; 11] = [0.1, 0.2, 0.3, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7, 0.8, 0.9];

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
        let outside = Cube::from_fn(n, s, |_, i, _| !seats.contains(&i));
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
        &rates(&table, threatened),
    )?;
    let talks = Talks {
        table: &table,
        seats: &seats,
        threat: &threat,
        threatened,
        issues: worths.iter().map(IssueWorth::issue).collect(),
        settings,
    };
    let Struck { rest: chosen, paid, share: first, weights } = if question.transfers {
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
            true => talks.line(&chosen, contained).map_err(failed)?,
            false => talks.draw(&chosen.log_wedges, contained).map_err(failed)?,
        };
        for (point, wedges) in &places {
            let payoffs = payoffs_at(wedges)?;
            let gain_pct = [0, 1].map(|at| 100.0 * (payoffs[at] - threat[at]).exp_m1());
            named.push(NamedPoint { point: *point, gain_pct });
        }
    }
    let who: Vec<&Player> = players.iter().map(|(player, _)| player).collect();
    let (wedges, state) = (&chosen.log_wedges, paid.as_ref().unwrap_or(&chosen.state));
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
    let unbounded = seats.iter().zip(&weights.weights).filter(|(_, ω)| **ω < NO_WEIGHT);
    let answer = BargainAnswer {
        economy: table.title(),
        model: table.model.clone(),
        threat: question.threat,
        players: rows,
        bystanders: table.bystanders(&who, state),
        certificate: DealEvidence {
            status: chosen.status,
            moves: chosen.moves,
            planner_solves: weights.planner_solves,
            sharing_gap: solutions[0].sharing_gap,
            largest_slope: chosen.slopes.iter().copied().reduce(f64::max),
            clearing_residual: table.game.residual(state),
            at_bounds: chosen.at_bounds.iter().sum(),
            unbounded: unbounded.map(|(n, _)| table.economy().country(*n).code.clone()).collect(),
        },
        solutions,
        issues: worths,
        frontier,
        points: named,
        tariffs: table.tariffs(&question.game, &who, wedges),
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

/// The question of the record for the two at the table on the day asked about.
fn day_of<G: TariffGame>(
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
fn rates<G: TariffGame>(table: &Table<G>, wedges: &[f64]) -> Cube<Rate> {
    let (n, s) = (table.economy().countries().len(), table.economy().sectors().len());
    Cube::from_fn(n, s, |n, i, s| {
        if n == i { Rate::FREE } else { Rate::share(wedges[table.game.cell(n, i, s)].exp_m1()) }
    })
}

/// Talks with everything but the rule given.
struct Talks<'a, G: TariffGame> {
    table: &'a Table<G>,
    seats: &'a [CountryId],
    threat: &'a [f64],
    threatened: &'a [f64],
    issues: Vec<Issue>,
    settings: PlaySettings,
}

/// The weights behind a deal and the work it took.
struct Weights {
    weights: Vec<f64>,
    planner_solves: usize,
}

/// A deal: the duties, what clears under them once payments are made, how it is shared, what is behind it.
struct Struck<S> {
    rest: Rest<S>,
    paid: Option<S>,
    share: Share,
    weights: Weights,
}

impl<G: TariffGame> Talks<'_, G> {
    fn without(&self, solution: Solution) -> Result<Struck<G::State>, StrategyError> {
        let Agreement { deal, contains } = talks_on_issues(
            &self.table.game,
            self.seats,
            self.threat,
            &self.issues,
            solution,
            &self.table.instruments,
            self.threatened,
            &self.settings,
        )?;
        let names = self.issues.iter().zip(contains).filter(|(_, inside)| *inside);
        let share = Share { issues: names.map(|(issue, _)| issue.name.clone()).collect(), ..share(&deal) };
        let weights = Weights { weights: deal.weights, planner_solves: deal.planner_solves };
        Ok(Struck { rest: deal.rest, paid: None, share, weights })
    }

    /// With transfers an issue is in the deal when it adds to the sum of incomes.
    fn with_transfers(&self, solution: Solution) -> Result<Struck<G::State>, StrategyError> {
        let income = self.table.game.base_income();
        let adds = |issue: &&Issue| {
            let worth = self.seats.iter().zip(&issue.log_worth);
            worth.map(|(n, worth)| income[n.at()] * worth.exp_m1()).sum::<f64>() > 0.0
        };
        let inside: Vec<String> = self.issues.iter().filter(adds).map(|issue| issue.name.clone()).collect();
        let lowered: Vec<f64> =
            self.threat.iter().zip(self.worth_of(&inside)).map(|(d, worth)| d - worth).collect();
        let found = talks_with_transfers(
            &self.table.game,
            self.seats,
            &lowered,
            solution,
            &self.table.instruments,
            self.threatened,
            &self.settings,
        )?;
        let million = self.table.economy().meta().unit.in_millions();
        let share = Share {
            solution,
            gain_pct: found.gain_pct,
            weights: found.weights.clone(),
            sharing_gap: found.sharing_gap,
            settled: found.rest.status == PlayStatus::AtRest && found.sharing_gap < SETTLED,
            received_usd_mn: Some(found.received.iter().map(|money| money * million).collect()),
            received_at_fixed_prices_usd_mn: Some(
                found.received_at_fixed_prices.iter().map(|money| money * million).collect(),
            ),
            issues: inside,
        };
        let weights = Weights { weights: found.weights, planner_solves: found.planner_solves };
        Ok(Struck { rest: found.rest, paid: Some(found.paid), share, weights })
    }

    /// What the issues named add to each payoff, in logs.
    fn worth_of(&self, names: &[String]) -> Vec<f64> {
        let inside = || self.issues.iter().filter(|issue| names.contains(&issue.name));
        (0..self.seats.len()).map(|seat| inside().map(|issue| issue.log_worth[seat]).sum()).collect()
    }

    /// Points of the frontier between two; those where the planner's search does not come to rest are left out.
    fn draw(&self, start: &[f64], worth: Vec<f64>) -> Result<Vec<FrontierPoint>, StrategyError> {
        let mut points = Vec::new();
        for weight in WEIGHTS {
            let weights = [weight, 1.0 - weight];
            let game = &self.table.game;
            let rest = planner(game, self.seats, &weights, &self.table.instruments, start, &self.settings)?;
            if rest.status != PlayStatus::AtRest {
                continue;
            }
            let payoffs = game.payoffs(&rest.state);
            let gain =
                |at: usize| 100.0 * (payoffs[self.seats[at].at()] + worth[at] - self.threat[at]).exp_m1();
            points.push(FrontierPoint {
                weight,
                gain_pct: [gain(0), gain(1)],
                largest_slope: rest.slopes.iter().copied().fold(0.0, f64::max),
            });
        }
        Ok(points)
    }

    /// With transfers: the duties of the deal and, in tenths of the surplus there was before payments, what each pays the
    /// other; gains where markets clear with the payment. If payments moved no price it would be a line in money.
    fn line(&self, chosen: &Rest<G::State>, worth: Vec<f64>) -> Result<Vec<FrontierPoint>, StrategyError> {
        let game = &self.table.game;
        let income = game.base_income();
        let payoffs = game.payoffs(&chosen.state);
        let money = |seat: usize, log: f64| income[self.seats[seat].at()] * log.exp();
        let failed = [0, 1].map(|seat| money(seat, self.threat[seat]));
        let reached = [0, 1].map(|seat| money(seat, payoffs[self.seats[seat].at()] + worth[seat]));
        let surplus = reached[0] + reached[1] - failed[0] - failed[1];
        let point = |tenths: i32| {
            let part = f64::from(tenths) / 10.0;
            let mut received = vec![0.0; game.countries()];
            let first = failed[0] + part * surplus - reached[0];
            (received[self.seats[0].at()], received[self.seats[1].at()]) = (first, -first);
            let (_, payoffs) = game.clear_paying(&chosen.log_wedges, &received, Some(&chosen.state))?;
            let gained = |seat: usize| payoffs[self.seats[seat].at()] + worth[seat] - self.threat[seat];
            Ok(FrontierPoint {
                weight: part,
                gain_pct: [0, 1].map(|seat| 100.0 * gained(seat).exp_m1()),
                largest_slope: chosen.slopes.iter().copied().fold(0.0, f64::max),
            })
        };
        (0..=10).map(point).collect()
    }
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
        received_usd_mn: None,
        received_at_fixed_prices_usd_mn: None,
        issues: Vec::new(),
    }
}
