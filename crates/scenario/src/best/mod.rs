//! One government's best duties or export taxes, while all others hold theirs, mirror them, or answer.

mod led;

use diagnostic::{Diagnostic, Faults};
use serde::Serialize;
use serde_json::json;
use strategy::{
    BestResponse, Border, Choice, Deviations, Instruments, Mirroring, Peak, PlaySettings, Player,
    PlayerOutcome, Start, StrategyError, TariffGame, lead, mirroring,
};
use terms::Country;

use crate::game::{
    self, Bystander, DeviationKind, Either, GameQuestion, PlayEvidence, RatesBeside, RatesBy, Table,
    TariffRow,
};
use crate::manifest::Manifest;
use crate::settings::settings;

pub use led::{AnswersBegun, BesideLead, LookedAt};

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
    /// Where all others reply: what was looked at beside the choice shown.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub beside: Option<BesideLead>,
    /// Where partners mirror: what each would gain by not mirroring, alone.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub mirroring: Vec<Mirroring>,
    /// The mover's rates beside those of the base.
    pub rates_beside: Vec<RatesBeside>,
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
    let apart = |(other, _): &(Player, _)| !other.members.iter().any(|n| player.holds(*n));
    let partners: Vec<(Player, Instruments)> = table.players(None)?.into_iter().filter(apart).collect();
    let answering = partners.iter().map(|(other, _)| other).filter(|_| others == Others::Reply);
    table.all_blocs_play(
        std::iter::once(&player).chain(answering),
        "name it as the mover, apart from others that are blocs with `--others reply`, or leave `--bloc` out",
    )?;
    let instruments = match others {
        Others::Mirror => table.instruments.clone().mirrored(),
        Others::Hold | Others::Reply => table.instruments.clone(),
    };
    let play = PlaySettings::default();
    let probe = game.probe(true);
    let failed = |error: StrategyError| table.failed(&error);
    let base = table.game.base_log_wedges();
    let mut warnings = table.economy().warnings().clone();
    let search = |held: &[f64]| {
        probe.best_response(&table.game, &player, &instruments, held, None, &play).map_err(failed)
    };
    let (best, told) = match others {
        Others::Hold | Others::Mirror => {
            let best = search(base)?;
            game::restless(best.rest.status, best.rest.moves)?;
            // The search again, from what it found: what is left to gain.
            let left_pct = search(&best.rest.log_wedges)?.gain_pct;
            let sought_from = game::starts(&probe, &instruments);
            let left = Left { pct: left_pct, deviations: DeviationKind::Searched, sought_from };
            let mut mirrors = Vec::new();
            if others == Others::Mirror {
                let who: Vec<Player> = partners.iter().map(|(partner, _)| partner.clone()).collect();
                let far = [Start::At(0.0), Start::At(1.0)];
                let mover = (&player, &instruments);
                mirrors =
                    mirroring(&table.game, mover, &who, base, &best.rest, &far, &play).map_err(failed)?;
            }
            (best, Told { left, beside: None, mirroring: mirrors })
        }
        Others::Reply => {
            let asked = game.probe_at_rest(false, partners.len(), table.game.cells());
            let mover = (&player, &instruments);
            let found =
                lead(&table.game, mover, &partners, base, &probe.starts, &asked, &play).map_err(failed)?;
            game::restless(found.best.rest.status, found.best.rest.moves)?;
            let sought = if asked.climbs { Deviations::Searched } else { Deviations::LookedAt };
            let sought = game::deviations(&sought(asked.clone()), &instruments);
            let beside = BesideLead::of(&found, &partners, &instruments, sought);
            warnings.append(shaken(&beside));
            let left = Left {
                pct: found.deviation_gain_pct.max(found.best.rest.left_pct[0]),
                deviations: DeviationKind::LookedAt,
                sought_from: beside.looked_at.iter().map(|at| at.choice.clone()).collect(),
            };
            (found.best, Told { left, beside: Some(beside), mirroring: Vec::new() })
        }
    };
    let moved: Vec<&Player> = match others {
        Others::Hold | Others::Mirror => vec![&player],
        Others::Reply => std::iter::once(&player).chain(partners.iter().map(|(other, _)| other)).collect(),
    };
    let (wedges, state) = (&best.rest.log_wedges, &best.rest.state);
    // A search begins at the duties of the base, which are those played before.
    let begun = |start: &Start| game::choice(&Choice::Start(start.clone()), &instruments);
    let answered = probe.starts.iter().filter(|start| !best.unanswered.contains(start));
    let mut sought_from: Vec<String> = answered.map(begun).collect();
    if probe.switches && others != Others::Reply {
        sought_from.push(game::OTHER_SIDES.into());
    }
    let answer = BestAnswer {
        economy: table.title(),
        model: table.model.clone(),
        base: table.base.clone(),
        players: vec![PlayerOutcome {
            deviation_gain_pct: Some(told.left.pct),
            ..table.outcome(&player, wedges, state)
        }],
        others,
        border: game.border,
        bystanders: table.bystanders(&[&player], state),
        gain_pct: 100.0 * ((1.0 + best.payoff_pct / 100.0) / (1.0 + best.payoff_before_pct / 100.0) - 1.0),
        sought_from,
        unanswered_from: best.unanswered.iter().map(begun).collect(),
        peaks: best.peaks.clone(),
        rates_beside: table.rates_beside(RatesBy::decided(game.shape), &[&player], wedges),
        tariffs: table.tariffs(game, &moved, wedges),
        export_taxes: table.export_taxes(game, &moved, wedges),
        certificate: evidence(&best, &player, told.left, table.game.residual(state)),
        beside: told.beside,
        mirroring: told.mirroring,
        manifest: table.manifest("best", settings([("country", json!(who)), ("others", json!(others))])),
    };
    Ok((answer, warnings))
}

/// What is told beside the choice found.
struct Told {
    left: Left,
    beside: Option<BesideLead>,
    mirroring: Vec<Mirroring>,
}

/// What is left to gain, and how that is known.
struct Left {
    pct: f64,
    deviations: DeviationKind,
    sought_from: Vec<String>,
}

fn evidence<S>(best: &BestResponse<S>, player: &Player, left: Left, clearing_residual: f64) -> PlayEvidence {
    PlayEvidence {
        status: best.rest.status,
        moves: best.rest.moves,
        deviations: left.deviations,
        largest_deviation_gain_pct: Some(left.pct),
        by: Some(player.name.clone()),
        deviations_sought_from: left.sought_from,
        largest_slope: best.rest.slopes.iter().copied().reduce(f64::max),
        clearing_residual,
    }
}

/// A warning where the answers shown are no war: one of the others gains by another reply.
fn shaken(beside: &BesideLead) -> Faults {
    let gain = beside.answers_largest_gain_pct.unwrap_or_default();
    let mut faults = Faults::new();
    if gain > game::EQUILIBRIUM {
        let by = beside.answers_by.as_ref().map_or("one of the others", Country::as_str);
        faults.push(
            Diagnostic::warning("deviation-gains", format!("{by} still gains {gain:.1e} % by moving alone"))
                .note("the answers shown meet all first-order conditions but are no equilibrium to 1e-6 %"),
        );
    }
    faults
}
