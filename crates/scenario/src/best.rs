//! One government's best duties or export taxes, while all others hold theirs, mirror them, or answer.

use diagnostic::Faults;
use serde::Serialize;
use strategy::{
    Border, Instruments, Peak, PlaySettings, Player, PlayerOutcome, StrategyError, TariffGame, lead,
};

use crate::game::{self, Bystander, DeviationKind, Either, GameQuestion, PlayEvidence, Table, TariffRow};
use crate::manifest::Manifest;

/// What everyone else does when a government moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Others {
    /// They hold their duties.
    Hold,
    /// Each charges the mover, flow by flow, what the mover charges it.
    Mirror,
    /// Each answers with its own best reply, to the mover and to all others: the mover leads (von Stackelberg 1934).
    Reply,
}

/// The best duties found, what else was found, and the evidence.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BestAnswer {
    /// The economy's name and title.
    pub economy: String,
    /// The closure in words.
    pub model: String,
    /// What every per cent is a change from, in words.
    pub base: String,
    /// The player's row: a table of one, in the shape of a war's.
    pub players: Vec<PlayerOutcome>,
    /// What everyone else does.
    pub others: Others,
    /// Duties, export taxes, or both.
    pub border: Border,
    /// Everyone else.
    pub bystanders: Vec<Bystander>,
    /// What moving from the base gains, % of the objective. Where others answer it has either sign: what they do in the base
    /// need not be their answer to it.
    pub gain_pct: f64,
    /// Where the search began.
    pub sought_from: Vec<String>,
    /// Starts at which the answers of all others did not come to rest, so that nothing was searched from there.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unanswered_from: Vec<String>,
    /// Every place where the search ended, best first, one for each payoff told apart (1e-7 points): a stationary point where
    /// `status` says at rest.
    pub peaks: Vec<Peak>,
    /// Every duty set by the mover, or by anyone where all others reply; where asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tariffs: Option<Vec<TariffRow>>,
    /// Every export tax, where set and asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub export_taxes: Option<Vec<TariffRow>>,
    /// What was computed of how far this is from a point where nothing gains.
    pub certificate: PlayEvidence,
    /// What this was computed from.
    pub manifest: Manifest,
}

/// The best rates of the country or bloc `who`.
///
/// # Errors
/// Faults of the economy; `unknown-country`, `no-lever`, `stalled`, `no-rest`.
pub fn best_of(game: &GameQuestion, who: &str, others: Others) -> Result<(BestAnswer, Faults), Faults> {
    match game::open(game)? {
        Either::OneFactor(table) => best_at(&table, game, who, others),
        Either::Linked(table) => best_at(&table, game, who, others),
    }
}

fn best_at<G: TariffGame>(
    table: &Table<G>,
    game: &GameQuestion,
    who: &str,
    others: Others,
) -> Result<(BestAnswer, Faults), Faults> {
    let player: Player = table.player(who)?;
    let rest: Vec<(Player, Instruments)> = match others {
        Others::Hold | Others::Mirror => Vec::new(),
        Others::Reply => {
            let apart = |(other, _): &(Player, _)| !other.members.iter().any(|n| player.holds(*n));
            table.players(None)?.into_iter().filter(apart).collect()
        }
    };
    table.all_blocs_play(
        std::iter::once(&player).chain(rest.iter().map(|(other, _)| other)),
        "name it as the mover, apart from others that are blocs with `--others reply`, or leave `--bloc` out",
    )?;
    let instruments = match others {
        Others::Mirror => table.instruments.clone().mirrored(),
        Others::Hold | Others::Reply => table.instruments.clone(),
    };
    let settings = PlaySettings::default();
    let probe = game.probe(true);
    let failed = |error: StrategyError| table.failed(&error);
    let base = table.game.base_log_wedges();
    let search = |held: &[f64]| match others {
        Others::Reply => lead(&table.game, (&player, &instruments), &rest, held, &probe.starts, &settings),
        Others::Hold | Others::Mirror => {
            probe.best_response(&table.game, &player, &instruments, held, None, &settings)
        }
    };
    let best = search(base).map_err(failed)?;
    game::restless(best.rest.status, best.rest.moves)?;
    // The search again, from what it found: what is left to gain. A leader's is not made twice: its next move is told.
    let (deviations, left) = match others {
        Others::Reply => (DeviationKind::FirstOrder, best.rest.left_pct[0]),
        Others::Hold | Others::Mirror => {
            (DeviationKind::Searched, search(&best.rest.log_wedges).map_err(failed)?.gain_pct)
        }
    };
    let (wedges, state) = (&best.rest.log_wedges, &best.rest.state);
    let sought_from = match others {
        Others::Hold | Others::Mirror => game::starts(&probe),
        Others::Reply => {
            probe.starts.iter().filter(|start| !best.unanswered.contains(start)).map(game::start).collect()
        }
    };
    let evidence = PlayEvidence {
        status: best.rest.status,
        moves: best.rest.moves,
        deviations,
        largest_deviation_gain_pct: Some(left),
        by: Some(player.name.clone()),
        deviations_sought_from: match deviations {
            DeviationKind::Searched => sought_from.clone(),
            DeviationKind::FirstOrder | DeviationKind::NotSought => Vec::new(),
        },
        largest_slope: best.rest.slopes.iter().copied().reduce(f64::max),
        clearing_residual: table.game.residual(state),
    };
    let moved: Vec<&Player> = std::iter::once(&player).chain(rest.iter().map(|(other, _)| other)).collect();
    let answer = BestAnswer {
        economy: table.title(),
        model: table.model.clone(),
        base: table.base.clone(),
        players: vec![PlayerOutcome {
            deviation_gain_pct: Some(left),
            ..table.outcome(&player, wedges, state)
        }],
        others,
        border: game.border,
        bystanders: table.bystanders(&[&player], state),
        gain_pct: 100.0 * ((1.0 + best.payoff_pct / 100.0) / (1.0 + best.payoff_before_pct / 100.0) - 1.0),
        sought_from,
        unanswered_from: best.unanswered.iter().map(game::start).collect(),
        peaks: best.peaks.clone(),
        tariffs: table.tariffs(game, &moved, wedges),
        export_taxes: table.export_taxes(game, &moved, wedges),
        certificate: evidence,
        manifest: table.manifest("best", &(who, others)),
    };
    Ok((answer, table.economy().warnings().clone()))
}
