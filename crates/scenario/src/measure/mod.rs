//! Measure: what a change of tariffs costs whom, in one economy under one closure.
//!
//! `economy, closure, elasticities → base → tariffs asked → equilibrium → rows, diversion, bands`

mod bands;
mod closure;
mod detail;
mod diversion;
mod duties;
mod firms;
mod rows;
mod sensitivity;
mod sets;
mod spread;
mod world;

use diagnostic::{Diagnostic, Faults, Source};
use economy::Economy;
use equilibrium::{Baseline, Counterfactual, Settings, Solution, Split};
use indexmap::IndexMap;
use serde::Serialize;
use serde_json::json;
use tariffs::SizedAct;
use terms::{Cube, Rate, SectorId};

pub use bands::{DrawsQuestion, SetRow, Uncertainty};
pub(crate) use closure::baseline;
pub use closure::{Closure, MarketWord};
pub use detail::{Detail, PairRow, SectorRow};
pub use diversion::{Diversion, Moved, Redirection, Turned};
pub use duties::RecordDays;
pub(crate) use duties::of_day;
pub use rows::{CountryRow, WorldRow};
pub use sensitivity::ThetaRow;

use crate::clearing::{Clearing, stalled};
use crate::economies;
use crate::manifest::Manifest;
use crate::settings::{self, Told, settings};
use bands::Asked;
use duties::{Duties, duties};
use firms::FirmsWorld;
use sets::Set;
use world::World;

/// The question: an economy, a closure, elasticities, and tariffs.
#[derive(Debug, Default)]
pub struct MeasureQuestion {
    /// `default`, or the path of an economy folder.
    pub economy: String,
    /// The closure of the model.
    pub closure: Closure,
    /// Elasticity sets, the first central, `all` for every one; none: the economy's own.
    pub elasticities: Vec<String>,
    /// The tariffs of a day of the record; none: the base year's.
    pub days: Option<RecordDays>,
    /// Rows whose rates replace those.
    pub tariffs: Option<Source>,
    /// Rows whose points come on top.
    pub add: Vec<String>,
    /// Draws of θ, for bands.
    pub draws: DrawsQuestion,
    /// What is wanted besides the countries.
    pub details: Vec<Detail>,
}

/// The answer, country by country, with its evidence.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Measured {
    /// The economy's name and title.
    pub economy: String,
    /// The currency of every amount below, by its code; columns `_musd` are millions of it.
    pub currency: String,
    /// The closure in words.
    pub model: String,
    /// What the numbers are changes of.
    pub base: String,
    /// What overlays of the record change of its duties, and how that was sized; empty where none does.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sized: Vec<SizedAct>,
    /// One row for each country.
    pub countries: Vec<CountryRow>,
    /// The world.
    pub world: WorldRow,
    /// The world's real income, per cent, weighted by final spending of the base.
    pub world_real_income_pct: f64,
    /// Who gains and who loses where an importer's duties moved its purchases of goods.
    pub diversion: Vec<Diversion>,
    /// Where exporters sell instead.
    pub redirection: Vec<Redirection>,
    /// What the bands are bands over; none where no draws were asked for.
    pub uncertainty: Option<Uncertainty>,
    /// What other elasticity sets say, the central one first; empty where one was asked for.
    pub elasticities: Vec<SetRow>,
    /// Sectors, where asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sectors: Vec<SectorRow>,
    /// Pairs of countries, where asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub bilateral: Vec<PairRow>,
    /// Flows, where asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub flows: Vec<PairRow>,
    /// How real income leans on each sector's θ, where asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub thetas: Vec<ThetaRow>,
    /// How well the equations hold.
    pub certificate: Clearing,
    /// What this was computed from.
    pub manifest: Manifest,
}

/// Steps of the path along which real income is taken apart: with Romberg's rule they leave a gap near 1e-4 of a
/// trade war's change, which the certificate states.
const SPLIT_STEPS: usize = 4;

/// Answers the question.
///
/// # Errors
/// All faults of the economy and of the tariff rows; `impossible-closure`; `unknown-elasticity`; `stalled` when the
/// solve did not clear.
pub fn measure(question: &MeasureQuestion) -> Result<(Measured, Faults), Faults> {
    let opened = economies::open(&question.economy)?;
    let economy = &opened.economy;
    let mut warnings = economy.warnings().clone();
    let mut inputs = IndexMap::from([opened.input.clone()]);
    question.closure.check(economy)?;
    let sets = sets::sets(economy, &question.elasticities)?;
    let centre = &sets[0];
    let Duties { tariffs, versus, sized } = duties(question, economy, &mut inputs, &mut warnings)?;
    let asked = Asked { economy, closure: &question.closure, versus: versus.as_ref(), tariffs: &tariffs };
    let solved = solve(&asked, centre)?;
    let world = solved.world();
    let general = solved.general();
    let baseline = general.map(|(baseline, _)| baseline);
    let central = general.map(|(baseline, solution)| (baseline, Some(solution)));
    let (splits, drawn) = at_once(
        question.draws.threads,
        || solved.split(economy, &tariffs),
        || asked.drawn(central, &centre.theta, &question.draws),
    );
    let splits = splits?;
    let (mut countries, mut whole) =
        rows::rows(economy, world, general.map(|(_, solution)| solution), &splits);
    let uncertainty = drawn?.map(|drawn| drawn.lay(&mut countries, &mut whole));
    let goods: Vec<SectorId> = economy.goods().collect();
    let (diversion, redirection) = diversion::diverted(economy, world, &goods);
    let wants = |detail| question.details.contains(&detail);
    let measured = Measured {
        economy: format!("{}: {}", economy.name(), economy.meta().title),
        currency: economy.meta().currency.clone(),
        model: question.closure.sentence(economy, &centre.name),
        base: base(question, economy),
        sized,
        diversion,
        redirection,
        elasticities: if sets.len() > 1 { asked.beside(baseline, &sets)? } else { Vec::new() },
        sectors: if wants(Detail::Sectors) { detail::sectors(economy, world) } else { Vec::new() },
        bilateral: if wants(Detail::Bilateral) { detail::pairs(economy, world, false) } else { Vec::new() },
        flows: if wants(Detail::Flows) { detail::pairs(economy, world, true) } else { Vec::new() },
        thetas: if wants(Detail::Thetas) {
            match general {
                Some(solved) => sensitivity::thetas(economy, solved, question.draws.threads),
                None => sensitivity::thetas_of_firms(&asked, &centre.theta)
                    .map_err(|error| no_firms(economy, &error))?,
            }
        } else {
            Vec::new()
        },
        certificate: solved.evidence(economy, &splits),
        manifest: Manifest::of(inputs, told(question, &sets)),
        world_real_income_pct: whole.real_income_spending_weighted_pct,
        countries,
        world: whole,
        uncertainty,
    };
    Ok((measured, warnings))
}

/// The central equilibrium, in either system.
#[allow(clippy::large_enum_variant, reason = "one is made in a question")]
enum Solved {
    General(Baseline, Solution),
    Firms(FirmsWorld),
}

impl Solved {
    fn world(&self) -> &dyn World {
        match self {
            Self::General(_, solution) => solution,
            Self::Firms(world) => world,
        }
    }

    /// The base and its counterfactual; none with fixed firms.
    fn general(&self) -> Option<(&Baseline, &Solution)> {
        match self {
            Self::General(baseline, solution) => Some((baseline, solution)),
            Self::Firms(_) => None,
        }
    }

    /// The split of every country's real income.
    fn split(&self, economy: &Economy, tariffs: &Cube<Rate>) -> Result<Vec<Split>, Faults> {
        match self {
            Self::Firms(world) => world.splits(SPLIT_STEPS).map_err(|error| no_firms(economy, &error).into()),
            Self::General(baseline, solution) => {
                let question = Counterfactual::of(baseline).under(tariffs.clone());
                question.split_to(solution, SPLIT_STEPS, &Settings::default())
            }
        }
    }

    fn evidence(&self, economy: &Economy, splits: &[Split]) -> Clearing {
        let mut evidence = match self {
            Self::General(_, solution) => Clearing::of(economy, solution),
            Self::Firms(world) => world.evidence(economy),
        };
        let gaps = splits.iter().map(|split| split.gap().abs());
        evidence.split_gap_pp = Some(100.0 * gaps.fold(0.0, f64::max));
        evidence
    }
}

/// Solves the question at its central elasticities.
fn solve(asked: &Asked<'_>, centre: &Set) -> Result<Solved, Faults> {
    let economy = asked.economy;
    if asked.closure.market == MarketWord::Firms {
        let deficits = asked.closure.firms_deficits();
        let world = FirmsWorld::of(economy, &centre.theta, deficits, asked.versus, asked.tariffs)
            .map_err(|error| no_firms(economy, &error))?;
        return Ok(Solved::Firms(world));
    }
    let options = asked.closure.options(Some(centre.name.clone()));
    let baseline = baseline(economy, &options, &centre.theta, asked.versus)?;
    let question = Counterfactual::of(&baseline).under(asked.tariffs.clone());
    let solution = question.solve(&Settings::default())?;
    if let Some(fault) = stalled(economy, &solution) {
        return Err(fault.into());
    }
    Ok(Solved::General(baseline, solution))
}

/// Two works that do not need each other, on two threads where these are granted.
fn at_once<A: Send, B>(threads: usize, one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B) -> (A, B) {
    if threads < 2 {
        return (one(), other());
    }
    std::thread::scope(|scope| {
        let running = scope.spawn(one);
        let other = other();
        match running.join() {
            Ok(one) => (one, other),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

/// The failure of fixed firms, in the economy's codes.
fn no_firms(economy: &Economy, error: &equilibrium::firms::FirmsError) -> Diagnostic {
    use equilibrium::firms::FirmsError;
    let country = |at: usize| &economy.countries()[at].code;
    let message = match error {
        FirmsError::Idle { country: at } => {
            format!(
                "{} sells or buys nothing, and fixed firms need every country to earn wages",
                country(*at)
            )
        }
        FirmsError::Stalled { residual, country: at } => {
            format!("no equilibrium was reached: the factors of {} are off by {residual:.1e}", country(*at))
        }
        other => other.to_string(),
    };
    let code = if matches!(error, FirmsError::Stalled { .. }) { "stalled" } else { "unplayable-economy" };
    Diagnostic::error(code, message)
        .help("try `--market perfect`, smaller changes of tariffs, or another economy")
}

/// What the numbers are changes of.
fn base(question: &MeasureQuestion, economy: &Economy) -> String {
    let year = economy.meta().year;
    let removed = match question.closure.deficits {
        equilibrium::Deficits::Removed => ", deficits removed",
        equilibrium::Deficits::Held | equilibrium::Deficits::Scaled => "",
    };
    match question.days.as_ref().and_then(|days| days.versus) {
        Some(day) => format!("the economy of {year} under the record's duties of {day}{removed}"),
        None => format!("the economy of {year} as recorded{removed}"),
    }
}

/// What a manifest says of the question; the tariffs asked for are among its inputs.
fn told(question: &MeasureQuestion, sets: &[Set]) -> Told {
    let names: Vec<&str> = sets.iter().map(|set| set.name.as_str()).collect();
    let DrawsQuestion { count, seed, sequence, spread, threads: _ } = &question.draws;
    let mut told = question.closure.settings();
    told.extend(settings([
        ("elasticities", json!(names)),
        ("draws", json!(count)),
        ("seed", json!(seed)),
        ("sequence", json!(bands::word(*sequence))),
        ("spread", json!(spread)),
        ("split.steps", json!(SPLIT_STEPS)),
    ]));
    told.extend(settings::solving());
    if let Some(days) = &question.days {
        told.extend(settings([
            ("on", json!(days.on)),
            ("versus", json!(days.versus)),
            ("known-on", json!(days.known_on)),
        ]));
    }
    told
}
