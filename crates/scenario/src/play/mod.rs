//! Repeated play: rules against rules, month after month, on payoffs that the equilibrium tabulates.

mod averages;
mod evidence;
mod fit;
mod history;
mod told;

pub use averages::{HistoryOf, STEP_PP};
pub use evidence::{FitEvidence, RuleLead, StageRest, TableEvidence, TournamentEvidence};
pub use fit::{Fitted, fit_of};
pub use told::{PlayedUnder, RuleTold, SideFit, Stage, Standings};

use diagnostic::{Diagnostic, Faults, help_nearest};
use economy::Economy;
use equilibrium::{Baseline, Counterfactual, Options, Settings, Solution};
use indexmap::IndexMap;
use serde::Serialize;
use serde_json::json;
use strategy::{Conditions, GameError, StagePayoffs, Strategy, Tournament, play_match, tournament};
use terms::{Country, CountryId, Day, Rate};

use self::history::history_of;
use crate::clearing::stalled;
use crate::economies;
use crate::hats::percent;
use crate::manifest::Manifest;
use crate::records::Record;
use crate::settings::{self, Told, settings};
use crate::wants::Wants;

/// The question: two governments, their levels of duty, and the world in which they meet again and again.
#[derive(Debug, Clone, PartialEq)]
pub struct PlayQuestion {
    /// `default`, or the path of an economy folder.
    pub economy: String,
    /// The closure of the model.
    pub options: Options,
    /// The two governments.
    pub sides: [String; 2],
    /// Duties on all goods of the other side, on top of the base rates; rising, the truce first.
    pub levels: Vec<Rate>,
    /// Months played.
    pub months: usize,
    /// Months until a side sees what the other did.
    pub lag: usize,
    /// The odds that what was decided is not what is carried out.
    pub noise: f64,
    /// The odds that a kept month is reported as broken.
    pub false_claims: f64,
    /// The odds that a broken month goes unseen.
    pub missed: f64,
    /// The seed of all chance.
    pub seed: u64,
    /// Two rules whose match is told month by month; none: the best of each chair.
    pub path: Option<[String; 2]>,
    /// A thirteenth rule plays what both sides charged from the first of these days to the second, month by month, to the
    /// nearest of the levels, and then holds the last.
    pub observed: Option<[Day; 2]>,
    /// What both governments want.
    pub wants: Wants,
}

impl PlayQuestion {
    /// What a manifest says of it.
    fn settings(&self) -> Told {
        let levels = self.levels.iter().map(|rate| rate.as_percent());
        let mut told = settings([
            ("command", json!("play")),
            ("economy", json!(self.economy)),
            ("sides", json!(self.sides)),
            ("levels", json!(levels.collect::<Vec<_>>())),
            ("months", json!(self.months)),
            ("lag", json!(self.lag)),
            ("noise", json!(self.noise)),
            ("false-claims", json!(self.false_claims)),
            ("missed", json!(self.missed)),
            ("seed", json!(self.seed)),
            ("path", json!(self.path)),
            ("observed", json!(self.observed)),
        ]);
        told.extend(settings::closure(&self.options));
        told.extend(self.wants.settings());
        told
    }
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Played {
    /// The economy's name and title.
    pub economy: String,
    /// The closure in words.
    pub model: String,
    /// What both governments want, in words.
    pub judged_by: String,
    /// What each pair of levels gives to the two sides, each pair solved.
    pub stage: Stage,
    /// Every rule against every rule, with the conditions: means over draws of chance, and the standard errors of scores.
    pub tournament: Standings,
    /// The rules by score, best first, in each chair.
    pub ranking: [Vec<String>; 2],
    /// The rules that chance does not tell from the best of each chair: within two standard errors of the difference.
    pub level_with_best: [Vec<String>; 2],
    /// The days between which the rule `observed history` plays the record; none where it does not play.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub observed: Option<[Day; 2]>,
    /// One match of the tournament month by month.
    pub path: PlayPath,
    /// What was computed of all this.
    pub certificate: TournamentEvidence,
    /// What this was computed from.
    pub manifest: Manifest,
}

/// The duties of one match, month by month, its first fifty years at most.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlayPath {
    /// The rules, by side.
    pub rules: [String; 2],
    /// What each side charged, in points.
    pub levels_pp: Vec<[f64; 2]>,
}

/// Months of a path that are told.
const TOLD: usize = 600;
/// Months that the draws of one pair of rules share between them, and the fewest and the most draws: chance is told by its
/// standard error, and a long game needs fewer draws for it.
const DRAWN: usize = 48_000;
const DRAWS: [usize; 2] = [2, 40];

/// Either a game that makes no sense or a solve that did not clear.
struct Unplayed(Faults);

impl From<GameError> for Unplayed {
    fn from(error: GameError) -> Self {
        Self(
            Diagnostic::error("impossible-game", error.to_string())
                .help("give levels that rise, the truce first: `--levels 0,10,25,50`")
                .into(),
        )
    }
}

/// Plays all rules against all; `record` is needed where the observed history plays.
///
/// # Errors
/// Faults of the economy; `unknown-country`, `impossible-game`, `stalled`; with the observed history as [`fit_of`].
pub fn play_of(question: &PlayQuestion, record: Option<&Record>) -> Result<(Played, Faults), Faults> {
    let opened = economies::open(&question.economy)?;
    let economy = &opened.economy;
    let sides = sides(economy, &question.sides)?;
    if question.levels.len() < 2 {
        return Err(Diagnostic::error("impossible-game", "a game of one level leaves nothing to decide")
            .help("give levels that rise, the truce first: `--levels 0,10,25,50`")
            .into());
    }
    let mut inputs = IndexMap::from([opened.input.clone()]);
    let mut observed = Vec::new();
    if let (Some([from, to]), Some(record)) = (question.observed, record) {
        let parties = sides.map(|n| economy.country(n).code.clone());
        observed = history_of(&record.ledger, &parties, (from, to))?;
        inputs.extend(record.inputs.iter().cloned());
    }
    let baseline = Baseline::of(economy, &question.options)?;
    let levels = [question.levels.clone(), question.levels.clone()];
    let table = tabulated(economy, &baseline, sides, levels, &question.wants, |_, base, level| base + level)?;
    let stage = &table.stage;
    let conditions = Conditions {
        lag: question.lag,
        noise: question.noise,
        false_claim: question.false_claims,
        missed: question.missed,
        seed: question.seed,
        ..Conditions::plain(stage, question.months)
    };
    let rules: [Vec<Strategy>; 2] = std::array::from_fn(|side| {
        let mut rules = Strategy::all();
        if !observed.is_empty() {
            let level = |month: &[f64; 2]| stage.nearest(side, Rate::percent(month[side])).min(255) as u8;
            rules.push(Strategy::Observed(observed.iter().map(level).collect()));
        }
        rules
    });
    let chairs = rules.each_ref().map(Vec::as_slice);
    let draws = (DRAWN / question.months.max(1)).clamp(DRAWS[0], DRAWS[1]);
    let played = tournament(stage, chairs, &conditions, draws, |count, game| (0..count).map(game).collect());
    let path = path_of(stage, (&played, chairs), &conditions, question.path.as_ref())?;
    let named = |rules: Vec<usize>| rules.into_iter().map(|rule| played.rules[rule].clone()).collect();
    let told = Stage::of(stage);
    let answer = Played {
        economy: format!("{}: {}", economy.name(), economy.meta().title),
        model: crate::words::model(economy, &question.options),
        judged_by: question.wants.words(),
        ranking: [0, 1].map(|side| named(played.ranking(side))),
        level_with_best: [0, 1].map(|side| named(played.level_with_best(side))),
        observed: question.observed.filter(|_| !observed.is_empty()),
        certificate: TournamentEvidence::of(&table, &told, &played),
        tournament: Standings::of(&played, &told),
        path,
        stage: told,
        manifest: Manifest::of(inputs, question.settings()),
    };
    Ok((answer, economy.warnings().clone()))
}

/// The match of two rules, as the tournament's first draw played it.
fn path_of(
    stage: &StagePayoffs,
    (played, chairs): (&Tournament, [&[Strategy]; 2]),
    conditions: &Conditions,
    named: Option<&[String; 2]>,
) -> Result<PlayPath, Diagnostic> {
    let place = |side: usize| match named {
        None => Ok(played.ranking(side)[0]),
        Some(names) => played.rules.iter().position(|rule| *rule == names[side]).ok_or_else(|| {
            Diagnostic::error("unknown-strategy", format!("no rule is called `{}`", names[side]))
                .help_if(help_nearest(&names[side], played.rules.iter().map(String::as_str)))
                .note(format!("the rules: {}", played.rules.join(", ")))
        }),
    };
    let [a, b] = [place(0)?, place(1)?];
    let short = Conditions { months: conditions.months.min(TOLD), ..conditions.clone() };
    let game = play_match(stage, [&chairs[0][a], &chairs[1][b]], &short, (a as u64, b as u64), true);
    let points = |month: &[u8; 2]| {
        std::array::from_fn(|side| stage.levels[side][usize::from(month[side])].as_percent())
    };
    Ok(PlayPath { rules: game.rules, levels_pp: game.path.iter().map(points).collect() })
}

/// The stage, and how well the equations behind it hold.
struct Tabulated {
    stage: StagePayoffs,
    solves: usize,
    largest_excess: f64,
}

/// What both want at every pair of levels, and the error of interpolation between them; `rate` is what a side charges on a sector
/// at its base rate and a level.
fn tabulated(
    economy: &Economy,
    baseline: &Baseline,
    sides: [CountryId; 2],
    levels: [Vec<Rate>; 2],
    wants: &Wants,
    rate: impl Fn(usize, f64, f64) -> f64,
) -> Result<Tabulated, Faults> {
    let objective = wants.objective(economy)?;
    let base = Counterfactual::of(baseline).solve(&Settings::default())?;
    let (mut solves, mut largest_excess) = (0, 0.0_f64);
    let payoff = |first: Rate, second: Rate| {
        let mut tariffs = economy.tariffs().clone();
        for (at, level) in [first, second].into_iter().enumerate() {
            for s in economy.goods() {
                let cell = &mut tariffs[(sides[at], sides[1 - at], s)];
                *cell = Rate::share(rate(at, cell.as_share(), level.as_share()));
            }
        }
        let solution =
            Counterfactual::of(baseline).under(tariffs).solve(&Settings::default()).map_err(Unplayed)?;
        if let Some(fault) = stalled(economy, &solution) {
            return Err(Unplayed(fault.into()));
        }
        solves += 1;
        largest_excess = largest_excess.max(solution.certificate.largest_excess);
        Ok(sides.map(|n| match objective.is_real_income() {
            true => percent(solution.real_income_hat(n)),
            false => {
                let weight = objective.revenue_weight[n.at()];
                let value = |at: &Solution| objective.parts_at(n, baseline, at).value(weight);
                percent(value(&solution) / value(&base))
            }
        }))
    };
    let names = sides.map(|n| economy.country(n).code.clone());
    let unit = format!("{}, % of the base", wants.words());
    let stage =
        StagePayoffs::tabulated(names, levels, &unit, true, payoff).map_err(|Unplayed(faults)| faults)?;
    Ok(Tabulated { stage, solves, largest_excess })
}

fn sides(economy: &Economy, codes: &[String; 2]) -> Result<[CountryId; 2], Faults> {
    let mut faults = Faults::new();
    let mut found = Vec::new();
    for code in codes {
        match economy.country_id(code) {
            Some(n) => found.push(n),
            None => faults.push(economy.unknown_country(code)),
        }
    }
    if let [first, second] = found[..] {
        if first != second {
            return faults.or([first, second]);
        }
        let code: &Country = &economy.country(first).code;
        faults.push(
            Diagnostic::error("one-at-the-table", format!("{code} would play against itself"))
                .help("name two countries"),
        );
    }
    Err(faults)
}
