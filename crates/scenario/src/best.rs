//! One government's best duties while all others hold theirs.

use diagnostic::Faults;
use serde::Serialize;
use strategy::{Peak, PlaySettings, Player, PlayerOutcome, TariffGame};

use crate::game::{self, Bystander, Either, GameQuestion, PlayEvidence, Table, TariffRow};
use crate::manifest::Manifest;

/// The best duties found, what else was found, and the evidence.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BestAnswer {
    /// The economy's name and title.
    pub economy: String,
    /// The closure in words.
    pub model: String,
    /// The player's row: a table of one, in the shape of a war's.
    pub players: Vec<PlayerOutcome>,
    /// Everyone else.
    pub bystanders: Vec<Bystander>,
    /// What moving from the base's duties gains, % of the objective.
    pub gain_pct: f64,
    /// Every peak found, best first.
    pub peaks: Vec<Peak>,
    /// Every rate, where asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tariffs: Option<Vec<TariffRow>>,
    /// How far this is from a point where nothing gains.
    pub certificate: PlayEvidence,
    /// What this was computed from.
    pub manifest: Manifest,
}

/// The best duties of the country or bloc `who`.
///
/// # Errors
/// Faults of the economy; `unknown-country`, `no-lever`, `stalled`, `no-rest`.
pub fn best_of(game: &GameQuestion, who: &str) -> Result<(BestAnswer, Faults), Faults> {
    match game::open(game)? {
        Either::OneFactor(table) => best_at(&table, game, who),
        Either::Linked(table) => best_at(&table, game, who),
    }
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
        bystanders: table.bystanders(&[&player], state),
        gain_pct: best.gain_pct,
        peaks: best.peaks.clone(),
        tariffs: table.tariffs(game, &[&player], wedges),
        certificate: evidence,
        manifest: table.manifest("best", &who),
    };
    Ok((answer, table.economy().warnings().clone()))
}
