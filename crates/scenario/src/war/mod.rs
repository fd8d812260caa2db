//! War: duties from which no government gains by moving alone, and the formula war beside it.

mod formula;

use diagnostic::{Diagnostic, Faults};
use equilibrium::firms::{Deficits, Market};
use equilibrium::in_order;
use serde::Serialize;
use serde_json::json;
use strategy::{
    Border, Instruments, PlaySettings, PlayStatus, Player, PlayerOutcome, Shape, TariffGame, War, war,
};

pub use formula::ExactBeside;

use self::formula::{Formula, beside, by_formula, farthest};
use crate::game::{
    self, Bystander, Either, GameQuestion, PlayEvidence, RatesBeside, RatesBy, Table, TariffRow,
};
use crate::manifest::Manifest;
use crate::settings::{Told, settings};

/// Which duties a war ends in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum WarRule {
    /// Every government's own best reply to all others.
    Exact,
    /// Lashkaripour (2021): one rate each, the inverse of the elasticity of demand for its exports.
    Formula,
}

/// The question: a game, who fights, by which rule.
#[derive(Debug, Clone, PartialEq)]
pub struct WarQuestion {
    /// The game.
    pub game: GameQuestion,
    /// Codes of those who fight; none: everyone.
    pub players: Option<Vec<String>>,
    /// Where the duties come from.
    pub rule: WarRule,
    /// How much is computed beside the war itself.
    pub effort: Effort,
}

/// How much is computed beside a war to show that it is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effort {
    /// The war alone, begun at the duties of the base, until no ln(1+τ) would still move by more than 3e-5: what each
    /// player's next move would gain is known to first order. With political weights, and by the formula, a search is made
    /// from the duties played.
    Quick,
    /// Play until no ln(1+τ) would move by more than 1e-9, and again from free entry and from 100 %. Better replies are
    /// searched for from both where the game is small; in a large one only the payoffs there are looked at. With political
    /// weights, and by the formula, a search is made from the duties played.
    Usual,
    /// Better replies are searched for from the duties played, free entry and 100 %, whatever that takes.
    Thorough,
}

/// The largest move of any ln(1+τ) that quick play leaves: 0.003 % of 1 + a rate.
const QUICK: f64 = 3e-5;
/// The same for play begun elsewhere, whose ends are compared to 1e-4 points.
const ELSEWHERE: f64 = 3e-8;

impl WarQuestion {
    /// What a manifest says of it beside the game.
    fn settings(&self) -> Told {
        settings([
            ("players", self.players.as_ref().map_or_else(|| json!("all"), |players| json!(players))),
            ("rule", json!(self.rule)),
            ("effort", json!(self.effort)),
            ("play.tolerance", json!(self.playing().tolerance)),
            ("play.tolerance-elsewhere", json!((self.effort != Effort::Quick).then_some(ELSEWHERE))),
        ])
    }

    /// How far the war is played.
    fn playing(&self) -> PlaySettings {
        match self.effort {
            Effort::Quick => PlaySettings { tolerance: QUICK, ..PlaySettings::default() },
            Effort::Usual | Effort::Thorough => PlaySettings::default(),
        }
    }

    /// Why the formula cannot answer this question; none where it can, or is not asked.
    pub fn misfit(&self) -> Option<String> {
        let game = &self.game;
        let wanted = [
            (game.shape == Shape::Uniform, "`--instrument uniform`"),
            (game.all_sectors, "`--all-sectors`"),
            (game.deficits == Deficits::Removed, "`--deficits removed`"),
            (self.players.is_none() && game.blocs.is_empty(), "all countries, each alone"),
            (game.market != Some(Market::FixedFirms), "`--market perfect`"),
            (!game.links, "`--links no`"),
            (
                game.wants.is_real_income() && !game.subsidies,
                "governments that want real income, and duties only",
            ),
            (game.border == Border::Imports, "`--border imports`"),
            (self.effort != Effort::Quick, "the exact war beside it played out: no `--quick`"),
            (
                game.floor_pct.is_none() && game.cap_pct.is_none() && game.exempt.is_empty(),
                "rates without a floor, a cap or exemptions",
            ),
        ];
        let missing: Vec<&str> = wanted.iter().filter(|(holds, _)| !holds).map(|(_, what)| *what).collect();
        let formula = self.rule == WarRule::Formula && !missing.is_empty();
        formula.then(|| format!("the formula of Lashkaripour (2021) needs {}", missing.join(", ")))
    }
}

/// A war and the evidence that it is one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WarAnswer {
    /// The economy's name and title.
    pub economy: String,
    /// The closure in words.
    pub model: String,
    /// What every per cent is a change from, in words.
    pub base: String,
    /// Where the duties come from.
    pub rule: WarRule,
    /// How much was computed beside the war.
    pub effort: Effort,
    /// Duties, export taxes, or both.
    pub border: Border,
    /// One row for each player.
    pub players: Vec<PlayerOutcome>,
    /// Those who do not play.
    pub bystanders: Vec<Bystander>,
    /// The plain mean over all countries of the change of real income, %.
    pub mean_real_income_pct: f64,
    /// Each player's rates beside those of the base.
    pub rates_beside: Vec<RatesBeside>,
    /// Every rate, where asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tariffs: Option<Vec<TariffRow>>,
    /// Every export tax, where set and asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub export_taxes: Option<Vec<TariffRow>>,
    /// With the formula: the exact war beside it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exact: Option<ExactBeside>,
    /// What was computed of how far this is from a war in which no one gains by moving alone.
    pub certificate: PlayEvidence,
    /// Where play from other starts ended.
    pub other_starts: Vec<OtherStart>,
    /// What this was computed from.
    pub manifest: Manifest,
}

/// The same war begun elsewhere.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OtherStart {
    /// Where all players' duties began.
    pub from: String,
    /// How play ended.
    pub status: PlayStatus,
    /// The largest difference of any rate from the war reported, percentage points. Text calls rates the same below 1e-4.
    pub largest_difference_pp: f64,
    /// The plain mean over all countries of the change of real income there, %.
    pub mean_real_income_pct: f64,
}

/// Answers the question.
///
/// # Errors
/// Faults of the economy and of the players; `no-formula`, `no-lever`, `two-players`, `stalled`, `no-rest`.
pub fn war_of(question: &WarQuestion) -> Result<(WarAnswer, Faults), Faults> {
    if let Some(why) = question.misfit() {
        return Err(Diagnostic::error("no-formula", why).help("say so, or use `--rule exact`").into());
    }
    match game::open(&question.game)? {
        Either::Linked(table) => fought(&table, question, None),
        Either::OneFactor(table) => {
            let formula = match question.rule {
                WarRule::Exact => None,
                WarRule::Formula => Some(by_formula(&table)?),
            };
            fought(&table, question, formula)
        }
    }
}

/// Who fights, where that ends, and what else was tried; with `formula`, where that ends and the exact war beside it.
fn fought<G: TariffGame>(
    table: &Table<G>,
    question: &WarQuestion,
    formula: Option<Formula<G::State>>,
) -> Result<(WarAnswer, Faults), Faults> {
    let players = table.players(question.players.as_deref())?;
    let who: Vec<&Player> = players.iter().map(|(player, _)| player).collect();
    table.all_blocs_play(
        who.iter().copied(),
        "name it: `--players EU,USA --bloc EU=DEU,FRA`, or leave `--bloc` out",
    )?;
    let settings = question.playing();
    let thorough = question.effort == Effort::Thorough;
    let probe = match question.rule {
        WarRule::Exact if question.effort != Effort::Quick => {
            question.game.probe_at_rest(thorough, players.len(), table.game.cells())
        }
        WarRule::Exact | WarRule::Formula => question.game.probe(thorough),
    };
    let base = table.game.base_log_wedges();
    let found = war(&table.game, &players, base, Some(&probe), &settings).map_err(|e| table.failed(&e))?;
    game::restless(found.rest.status, found.rest.moves)?;
    let mut warnings = table.economy().warnings().clone();
    let (mut exact, mut other_starts) = (None, Vec::new());
    let End { wedges, state, gains, evidence } = match formula {
        None => {
            let end = End::at_rest(table, &players, found);
            warnings.append(game::shaken(&end.evidence));
            if question.effort != Effort::Quick {
                other_starts = begun_elsewhere(table, &players, &end.wedges)?;
            }
            end
        }
        Some(formula) => {
            exact = Some(beside(table, &players, &formula, &found.rest));
            formula.end(table, &players, &probe, &settings)?
        }
    };
    let row = |(player, gain): (&&Player, f64)| PlayerOutcome {
        deviation_gain_pct: Some(gain),
        ..table.outcome(player, &wedges, &state)
    };
    let answer = WarAnswer {
        economy: table.title(),
        model: table.model.clone(),
        base: table.base.clone(),
        rule: question.rule,
        effort: question.effort,
        border: question.game.border,
        players: who.iter().zip(gains).map(row).collect(),
        bystanders: table.bystanders(&who, &state),
        mean_real_income_pct: table.mean_real_income_pct(&state),
        rates_beside: table.rates_beside(RatesBy::Player, &who, &wedges),
        tariffs: table.tariffs(&question.game, &who, &wedges),
        export_taxes: table.export_taxes(&question.game, &who, &wedges),
        exact,
        certificate: evidence,
        other_starts,
        manifest: table.manifest("war", question.settings()),
    };
    Ok((answer, warnings))
}

/// Where a war ends, and what was computed of it.
struct End<S> {
    wedges: Vec<f64>,
    state: S,
    /// What each player gains by moving alone, %.
    gains: Vec<f64>,
    evidence: PlayEvidence,
}

impl<S: Clone> End<S> {
    /// Where no player wants to move, with what the war's own certificate says.
    fn at_rest<G: TariffGame<State = S>>(
        table: &Table<G>,
        players: &[(Player, Instruments)],
        found: War<S>,
    ) -> Self {
        let held = found.certificate(&table.game, players);
        let (deviations, deviations_sought_from) = game::deviations(&held.deviations, &table.instruments);
        let evidence = PlayEvidence {
            status: held.status,
            moves: held.moves,
            deviations,
            largest_deviation_gain_pct: held.largest_deviation_gain_pct,
            by: held.by,
            deviations_sought_from,
            largest_slope: Some(held.largest_slope),
            clearing_residual: held.clearing_residual,
        };
        let War { rest, deviation_gain_pct, .. } = found;
        Self { wedges: rest.log_wedges, state: rest.state, gains: deviation_gain_pct, evidence }
    }
}

/// The same war begun at free entry and at 100 %: whether it ends at these wedges.
fn begun_elsewhere<G: TariffGame>(
    table: &Table<G>,
    players: &[(Player, Instruments)],
    wedges: &[f64],
) -> Result<Vec<OtherStart>, Faults> {
    let settings = PlaySettings { tolerance: ELSEWHERE, ..PlaySettings::default() };
    let begun = |rate: &f64| {
        let start = table.all_at(players, *rate);
        let other = war(&table.game, players, &start, None, &settings).map_err(|e| table.failed(&e))?;
        let (_, far) = farthest(wedges, &other.rest.log_wedges);
        Ok(OtherStart {
            from: game::rate(*rate, &table.instruments),
            status: other.rest.status,
            largest_difference_pp: far,
            mean_real_income_pct: table.mean_real_income_pct(&other.rest.state),
        })
    };
    in_order(table.game.threads(), &[0.0, 1.0], begun).into_iter().collect()
}
