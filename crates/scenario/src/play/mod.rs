//! Repeated play: rules against rules, month after month, on payoffs that the equilibrium tabulates.

mod fit;

pub use fit::{Fitted, fit_of};

use diagnostic::{Diagnostic, Faults};
use economy::Economy;
use equilibrium::{Baseline, Counterfactual, Options, Settings};
use indexmap::IndexMap;
use serde::Serialize;
use strategy::{Conditions, GameError, StagePayoffs, Strategy, Tournament, tournament};
use terms::{Country, CountryId, Rate};

use crate::economies;
use crate::manifest::Manifest;
use crate::measure::{percent, stalled};

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
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Played {
    /// The economy's name and title.
    pub economy: String,
    /// The closure in words.
    pub model: String,
    /// What each pair of levels gives to the two sides, each pair solved.
    pub stage: StagePayoffs,
    /// The pairs of levels (by place) from which neither side gains by moving alone.
    pub equilibria: Vec<[usize; 2]>,
    /// Every rule against every rule, with the conditions.
    pub tournament: Tournament,
    /// The rules by score, best first, in each chair.
    pub ranking: [Vec<String>; 2],
    /// Equilibria solved.
    pub solves: usize,
    /// The largest relative excess left in any.
    pub largest_excess: f64,
    /// What this was computed from.
    pub manifest: Manifest,
}

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

/// Plays all rules against all.
///
/// # Errors
/// Faults of the economy; `unknown-country`, `impossible-game`, `stalled`.
pub fn play_of(question: &PlayQuestion) -> Result<(Played, Faults), Faults> {
    let opened = economies::open(&question.economy)?;
    let economy = &opened.economy;
    let sides = sides(economy, &question.sides)?;
    let baseline = Baseline::of(economy, &question.options)?;
    let levels = [question.levels.clone(), question.levels.clone()];
    let Tabulated { stage, solves, largest_excess } = tabulated(economy, &baseline, sides, levels)?;
    let conditions = Conditions {
        lag: question.lag,
        noise: question.noise,
        false_claim: question.false_claims,
        missed: question.missed,
        seed: question.seed,
        ..Conditions::plain(&stage, question.months)
    };
    let played =
        tournament(&stage, &Strategy::all(), &conditions, |count, game| (0..count).map(game).collect());
    let ranked = |side| played.ranking(side).into_iter().map(|rule| played.rules[rule].clone()).collect();
    let settings = IndexMap::from([
        ("options".to_string(), format!("{:?}", question.options)),
        ("play".to_string(), format!("{question:?}")),
    ]);
    let answer = Played {
        economy: format!("{}: {}", economy.name(), economy.meta().title),
        model: crate::words::model(economy, &question.options),
        equilibria: stage.equilibria(),
        ranking: [ranked(0), ranked(1)],
        tournament: played,
        stage,
        solves,
        largest_excess,
        manifest: Manifest::of(IndexMap::from([opened.input.clone()]), settings),
    };
    Ok((answer, economy.warnings().clone()))
}

/// The stage, and how well the equations behind it hold.
struct Tabulated {
    stage: StagePayoffs,
    solves: usize,
    largest_excess: f64,
}

/// Both real incomes at every pair of levels on top of the base rates, and the error of interpolation between them.
fn tabulated(
    economy: &Economy,
    baseline: &Baseline,
    sides: [CountryId; 2],
    levels: [Vec<Rate>; 2],
) -> Result<Tabulated, Faults> {
    let (mut solves, mut largest_excess) = (0, 0.0_f64);
    let payoff = |first: Rate, second: Rate| {
        let mut tariffs = economy.tariffs().clone();
        for (at, level) in [first, second].into_iter().enumerate() {
            for s in economy.goods() {
                let cell = &mut tariffs[(sides[at], sides[1 - at], s)];
                *cell = Rate::share(cell.as_share() + level.as_share());
            }
        }
        let solution =
            Counterfactual::of(baseline).under(tariffs).solve(&Settings::default()).map_err(Unplayed)?;
        if let Some(fault) = stalled(economy, &solution) {
            return Err(Unplayed(fault.into()));
        }
        solves += 1;
        largest_excess = largest_excess.max(solution.certificate.largest_excess);
        Ok(sides.map(|n| percent(solution.real_income_hat(n))))
    };
    let names = sides.map(|n| economy.country(n).code.clone());
    let unit = "real income, % of the base";
    let stage =
        StagePayoffs::tabulated(names, levels, unit, true, payoff).map_err(|Unplayed(faults)| faults)?;
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
