//! One government's best duties while all others hold theirs.

use diagnostic::{Diagnostic, Faults};
use serde::Serialize;
use strategy::{Peak, PlaySettings, PlayStatus, Player, PlayerOutcome, Shape, TariffGame, war};

use crate::game::{self, Bystander, DeviationKind, Either, GameQuestion, PlayEvidence, Table, TariffRow};
use crate::manifest::Manifest;
use crate::truce::golden_section;

/// What everyone else does when a government moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Others {
    /// They hold their duties.
    Hold,
    /// Each charges the mover's goods what the mover charges its own.
    Mirror,
    /// Each answers with its own best reply, to the mover and to all others: the mover leads (von Stackelberg 1934).
    Reply,
}

/// A rate tried, and what it is worth to the mover.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tried {
    /// The rate, %.
    pub rate_pct: f64,
    /// The mover's objective, % over the base.
    pub payoff_pct: f64,
}

/// The best duties found, what else was found, and the evidence.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BestAnswer {
    /// The economy's name and title.
    pub economy: String,
    /// The closure in words.
    pub model: String,
    /// The player's row: a table of one, in the shape of a war's.
    pub players: Vec<PlayerOutcome>,
    /// What everyone else does.
    pub others: Others,
    /// Where others mirror or reply: every rate tried, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tried: Vec<Tried>,
    /// Everyone else.
    pub bystanders: Vec<Bystander>,
    /// What moving from the base's duties gains, % of the objective.
    pub gain_pct: f64,
    /// Every place where the search ended, best first, one for each payoff told apart (1e-7 points): a stationary point where
    /// `status` says at rest.
    pub peaks: Vec<Peak>,
    /// Every rate, where asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tariffs: Option<Vec<TariffRow>>,
    /// What was computed of how far this is from a point where nothing gains.
    pub certificate: PlayEvidence,
    /// What this was computed from.
    pub manifest: Manifest,
}

/// The best duties of the country or bloc `who`.
///
/// # Errors
/// Faults of the economy; `unknown-country`, `no-lever`, `stalled`, `no-rest`.
pub fn best_of(game: &GameQuestion, who: &str, others: Others) -> Result<(BestAnswer, Faults), Faults> {
    match (game::open(game)?, others) {
        (Either::OneFactor(table), Others::Hold) => best_at(&table, game, who),
        (Either::Linked(table), Others::Hold) => best_at(&table, game, who),
        (Either::OneFactor(table), _) => answered(&table, game, who, others),
        (Either::Linked(table), _) => answered(&table, game, who, others),
    }
}

/// Rates at which the mover's payoff is looked at first, as shares; between the neighbours of the best a golden section
/// follows.
const FIRST: [f64; 12] = [0.0, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.6, 0.8, 1.0, 2.0];
/// How closely the best rate is found, as a share.
const WITHIN: f64 = 1e-5;

/// The best one rate of a government whose move others answer.
fn answered<G: TariffGame>(
    table: &Table<G>,
    game: &GameQuestion,
    who: &str,
    others: Others,
) -> Result<(BestAnswer, Faults), Faults> {
    if game.shape != Shape::Uniform {
        return Err(Diagnostic::error(
            "impossible-game",
            "a mover that others answer has one rate to choose",
        )
        .help("say `--instrument uniform`, or `--others hold`")
        .into());
    }
    let player: Player = table.player(who)?;
    let all = table.players(None)?;
    let rest: Vec<_> =
        all.into_iter().filter(|(other, _)| !other.members.iter().any(|n| player.holds(*n))).collect();
    let mover = [(player.clone(), table.instruments.clone())];
    let settings = PlaySettings::default();
    let failed = |error: strategy::StrategyError| table.failed(&error);
    let income = table.game.base_income();
    let worth = |state: &G::State| {
        let payoffs = table.game.payoffs(state);
        let base: f64 = player.members.iter().map(|n| income[n.at()]).sum();
        let now: f64 = player.members.iter().map(|n| income[n.at()] * payoffs[n.at()].exp()).sum();
        100.0 * (now / base - 1.0)
    };
    let at = |rate: f64| {
        let mut wedges = table.game.base_log_wedges().to_vec();
        table.set(&mover, rate, &mut wedges);
        if others == Others::Mirror {
            for (cell, wedge) in wedges.iter_mut().enumerate() {
                let (n, i, s) = table.game.place(cell);
                if player.holds(i) && !player.holds(n) && table.instruments.reaches(n, i, s) {
                    *wedge = rate.ln_1p();
                }
            }
            let state = table.game.clear(&wedges, None).map_err(failed)?;
            return Ok((wedges, state, None));
        }
        let fought = war(&table.game, &rest, &wedges, None, &settings).map_err(failed)?;
        game::restless(fought.rest.status, fought.rest.moves)?;
        let slope = fought.rest.slopes.iter().copied().reduce(f64::max);
        Ok::<_, Faults>((fought.rest.log_wedges, fought.rest.state, slope))
    };
    let mut tried: Vec<Tried> = Vec::new();
    let mut look = |rate: f64| {
        let payoff_pct = worth(&at(rate)?.1);
        tried.push(Tried { rate_pct: 100.0 * rate, payoff_pct });
        Ok::<f64, Faults>(payoff_pct)
    };
    let mut first = Vec::new();
    for rate in FIRST {
        first.push(look(rate)?);
    }
    let best = (0..FIRST.len()).max_by(|a, b| first[*a].total_cmp(&first[*b])).unwrap_or(0);
    let around = (FIRST[best.saturating_sub(1)], FIRST[(best + 1).min(FIRST.len() - 1)]);
    let (mut rate, top) = golden_section(around, WITHIN, &mut look)?;
    if first[best] >= top {
        rate = FIRST[best];
    }
    tried.sort_by(|a, b| a.rate_pct.total_cmp(&b.rate_pct));
    let (wedges, state, slope) = at(rate)?;
    let before = worth(&table.game.clear(table.game.base_log_wedges(), None).map_err(failed)?);
    let payoff_pct = worth(&state);
    let answer = BestAnswer {
        economy: table.title(),
        model: table.model.clone(),
        players: vec![table.outcome(&player, &wedges, &state)],
        others,
        bystanders: table.bystanders(&[&player], &state),
        gain_pct: 100.0 * ((1.0 + payoff_pct / 100.0) / (1.0 + before / 100.0) - 1.0),
        peaks: Vec::new(),
        tariffs: table.tariffs(game, &[&player], &wedges),
        certificate: PlayEvidence {
            status: PlayStatus::AtRest,
            moves: tried.len(),
            deviations: DeviationKind::NotSought,
            largest_deviation_gain_pct: None,
            by: None,
            deviations_sought_from: Vec::new(),
            largest_slope: slope,
            clearing_residual: table.game.residual(&state),
        },
        tried,
        manifest: table.manifest("best", &(who, others)),
    };
    Ok((answer, table.economy().warnings().clone()))
}

fn best_at<G: TariffGame>(
    table: &Table<G>,
    game: &GameQuestion,
    who: &str,
) -> Result<(BestAnswer, Faults), Faults> {
    let player: Player = table.player(who)?;
    let settings = PlaySettings::default();
    let probe = game.probe(true);
    let failed = |error: strategy::StrategyError| table.failed(&error);
    let search =
        |held: &[f64]| probe.best_response(&table.game, &player, &table.instruments, held, None, &settings);
    let best = search(table.game.base_log_wedges()).map_err(failed)?;
    game::restless(best.rest.status, best.rest.moves)?;
    // The search again, from what it found: what is left to gain.
    let again = search(&best.rest.log_wedges).map_err(failed)?;
    let (wedges, state) = (&best.rest.log_wedges, &best.rest.state);
    let row =
        PlayerOutcome { deviation_gain_pct: Some(again.gain_pct), ..table.outcome(&player, wedges, state) };
    let evidence = PlayEvidence {
        status: best.rest.status,
        moves: best.rest.moves,
        deviations: DeviationKind::Searched,
        largest_deviation_gain_pct: Some(again.gain_pct),
        by: Some(player.name.clone()),
        deviations_sought_from: game::starts(&probe),
        largest_slope: best.rest.slopes.iter().copied().reduce(f64::max),
        clearing_residual: table.game.residual(state),
    };
    let answer = BestAnswer {
        economy: table.title(),
        model: table.model.clone(),
        players: vec![row],
        others: Others::Hold,
        tried: Vec::new(),
        bystanders: table.bystanders(&[&player], state),
        gain_pct: best.gain_pct,
        peaks: best.peaks.clone(),
        tariffs: table.tariffs(game, &[&player], wedges),
        certificate: evidence,
        manifest: table.manifest("best", &who),
    };
    Ok((answer, table.economy().warnings().clone()))
}
