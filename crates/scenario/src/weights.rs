//! `weights`: which political weights would explain a country's duties, and where none do.

use diagnostic::{Diagnostic, Faults};
use equilibrium::firms::{ClearingSettings, Deficits, Market, OneFactor};
use serde::Serialize;
use serde_json::json;
use strategy::{
    Inference, Instruments, Objective, OneFactorGame, PlaySettings, Player, Probe, SHIFTS, Shape,
    StrategyError, TariffGame, infer_weights,
};
use terms::{Country, CountryId, Grid, Sector, SectorId};

use crate::economies;
use crate::game::{self, DeviationKind, deficits, failed, market, own_market, unplayable};
use crate::manifest::Manifest;
use crate::settings::{Told, settings};

/// The question: whose duties, in which economy.
#[derive(Debug, Clone, PartialEq)]
pub struct WeightsQuestion {
    /// `default`, or the path of an economy folder.
    pub economy: String,
    /// A column of the economy's elasticities; none: the one it names.
    pub elasticity: Option<String>,
    /// What sellers keep; none: what the economy was made for.
    pub market: Option<Market>,
    /// What becomes of deficits.
    pub deficits: Deficits,
    /// Whose duties are to be explained; empty: everyone's.
    pub countries: Vec<String>,
    /// Whether the targets are the duties in force; else the economy's non-cooperative ones, where it has them.
    pub observed: bool,
}

impl WeightsQuestion {
    /// What a manifest says of it.
    fn settings(&self) -> Told {
        settings([
            ("command", json!("weights")),
            ("economy", json!(self.economy)),
            ("elasticity", json!(self.elasticity)),
            ("market", json!(self.market.map(market))),
            ("deficits", json!(deficits(self.deficits))),
            ("countries", json!(self.countries)),
            ("observed", json!(self.observed)),
        ])
    }
}

/// Weights and their evidence.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WeightsAnswer {
    /// The economy's name and title.
    pub economy: String,
    /// The closure in words.
    pub model: String,
    /// What the targets are.
    pub targets: &'static str,
    /// One row for each country asked about.
    pub countries: Vec<CountryWeights>,
    /// What was computed of all countries asked about.
    pub certificate: WeightsEvidence,
    /// What this was computed from.
    pub manifest: Manifest,
}

/// The evidence behind weights: the worst of all countries asked about.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WeightsEvidence {
    /// Countries asked about.
    pub countries: usize,
    /// Those of them that have weights, all above zero.
    pub interior: usize,
    /// The largest first-order condition left, relative to its largest term; none where no shift was found.
    pub largest_condition: Option<f64>,
    /// What `largest_deviation_gain_pct` is: the best other duties that a search found, or nothing where no country has weights.
    pub deviations: DeviationKind,
    /// The most that a government with its weights would gain by other duties, % of its objective.
    pub largest_deviation_gain_pct: Option<f64>,
    /// Whose it is.
    pub by: Option<Country>,
    /// Where other duties were searched from.
    pub deviations_sought_from: Vec<String>,
    /// Shifts tried: so many points up from the one that takes a country's lowest target to zero.
    pub shifts_tried_pp: f64,
    /// How far apart, points.
    pub shift_step_pp: f64,
    /// The largest relative excess demand left.
    pub clearing_residual: Option<f64>,
    /// How far the claims reach.
    pub limits: Vec<String>,
}

/// The weights behind one country's duties.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CountryWeights {
    /// Whose.
    pub country: Country,
    /// How the search ended.
    pub inference: WeightsFound,
    /// What is added to every target, percentage points.
    pub shift_pp: f64,
    /// Shifts at which the conditions are singular, percentage points.
    pub roots_pp: Vec<f64>,
    /// Sector by sector.
    pub sectors: Vec<SectorWeight>,
    /// The largest first-order condition left, relative to its largest term; none without a shift.
    pub largest_condition: Option<f64>,
    /// What a government with these weights would gain by its best other duties, %: a stationary point may be no best
    /// one. None where weights are negative or absent.
    pub deviation_gain_pct: Option<f64>,
    /// The largest relative excess demand left.
    pub clearing_residual: Option<f64>,
}

/// How a search for weights ended.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum WeightsFound {
    /// Every weight is above zero.
    Interior,
    /// No interior solution: of the shifts at which the conditions meet, the best needs a weight below zero.
    Negative {
        /// On which sector.
        sector: Sector,
        /// The weight.
        weight: f64,
    },
    /// No interior solution: the conditions meet at no common shift up to 100 points.
    NoShift,
}

/// One sector's target and weight.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SectorWeight {
    /// Which.
    pub sector: Sector,
    /// The duty to be explained, %.
    pub target_pct: f64,
    /// λ, the mean over sectors being one.
    pub weight: f64,
}

/// Answers.
///
/// # Errors
/// Faults of the economy; `unknown-country`, `two-players`, `unplayable-economy`, `stalled`.
pub fn weights_of(question: &WeightsQuestion) -> Result<(WeightsAnswer, Faults), Faults> {
    let opened = economies::open(&question.economy)?;
    let economy = &opened.economy;
    let market = question.market.map_or_else(|| own_market(economy), Ok)?;
    let theta = economy.theta(question.elasticity.as_deref())?;
    let mut base = OneFactor::of(economy, &theta, market).map_err(|error| unplayable(economy, &error))?;
    if question.deficits == Deficits::Removed {
        let balanced = base.balanced(&ClearingSettings::default());
        base = balanced.map_err(|error| unplayable(economy, &error))?;
    }
    let mut faults = Faults::new();
    let mut asked: Vec<CountryId> = Vec::new();
    for code in &question.countries {
        match economy.country_id(code) {
            Some(n) if asked.contains(&n) => faults.push(
                Diagnostic::error("two-players", format!("`{code}` is named twice"))
                    .help("name every country once"),
            ),
            Some(n) => asked.push(n),
            None => faults.push(economy.unknown_country(code)),
        }
    }
    faults.or(())?;
    if asked.is_empty() {
        asked = economy.country_ids().collect();
    }
    let noncooperative = economy
        .weights()
        .and_then(|table| table.noncooperative_tariff.as_ref())
        .filter(|_| !question.observed);
    let stuck = |error: StrategyError| Faults::from(failed(economy, &error));
    let mut countries = Vec::new();
    let mut sought_from = Vec::new();
    for n in asked {
        let target: Vec<f64> = match noncooperative {
            Some(table) => table.row(n).iter().map(|rate| rate.as_share()).collect(),
            None => observed(&base, n),
        };
        let found = infer_weights(&base, question.deficits, n, &target).map_err(stuck)?;
        let mut check = (None, None);
        let probe = Probe::thorough();
        if found.inference == Inference::Interior {
            let (countries, sectors) = (base.countries(), base.sectors());
            let weight = Grid::from_fn(
                countries,
                sectors,
                |m, s: SectorId| if m == n { found.weights[s.at()] } else { 1.0 },
            );
            let game = OneFactorGame::new(base.clone(), Objective::political(weight), question.deficits)
                .map_err(stuck)?;
            let player = Player::alone(economy.country(n).code.clone(), n);
            let mfn = Instruments::duties(Shape::PerSector);
            let settings = PlaySettings::default();
            sought_from = game::starts(&probe, &mfn);
            let best = probe
                .best_response(&game, &player, &mfn, &found.log_wedges, None, &settings)
                .map_err(stuck)?;
            check = (Some(best.gain_pct), Some(game.residual(&best.rest.state)));
        }
        let sector = |s: SectorId| SectorWeight {
            sector: economy.sector(s).code.clone(),
            target_pct: 100.0 * target[s.at()],
            weight: found.weights.get(s.at()).copied().unwrap_or_default(),
        };
        countries.push(CountryWeights {
            country: economy.country(n).code.clone(),
            shift_pp: 100.0 * found.shift,
            roots_pp: found.roots.iter().map(|root| 100.0 * root).collect(),
            sectors: if found.weights.is_empty() {
                Vec::new()
            } else {
                economy.sector_ids().map(sector).collect()
            },
            largest_condition: (!found.weights.is_empty()).then_some(found.largest_condition),
            inference: match found.inference {
                Inference::Interior => WeightsFound::Interior,
                Inference::NoShift => WeightsFound::NoShift,
                Inference::Negative { sector, weight } => WeightsFound::Negative {
                    sector: economy.sector(SectorId::new(sector)).code.clone(),
                    weight,
                },
            },
            deviation_gain_pct: check.0,
            clearing_residual: check.1,
        });
    }
    let answer = WeightsAnswer {
        economy: format!("{}: {}", economy.name(), economy.meta().title),
        model: game::one_factor(economy, market, question.deficits, question.elasticity.as_deref()),
        targets: match noncooperative {
            Some(_) => "the economy's non-cooperative duties",
            None => "the duties of the base year, by sector, weighted by imports",
        },
        certificate: WeightsEvidence::of(&countries, sought_from),
        countries,
        manifest: Manifest::of([opened.input.clone()].into_iter().collect(), question.settings()),
    };
    Ok((answer, economy.warnings().clone()))
}

impl WeightsEvidence {
    fn of(countries: &[CountryWeights], deviations_sought_from: Vec<String>) -> Self {
        let gains = || countries.iter().filter_map(|of| Some((of.deviation_gain_pct?, &of.country)));
        let most = gains().max_by(|a, b| a.0.total_cmp(&b.0));
        let limits = [
            "a country sets one rate a sector for all partners",
            "the other governments hold their duties",
            "two shifts between neighbouring ones that were tried would be missed",
        ];
        let (widest, step) = SHIFTS;
        Self {
            countries: countries.len(),
            interior: gains().count(),
            largest_condition: countries.iter().filter_map(|of| of.largest_condition).reduce(f64::max),
            deviations: if most.is_some() { DeviationKind::Searched } else { DeviationKind::NotSought },
            largest_deviation_gain_pct: most.map(|(gain, _)| gain),
            by: most.map(|(_, country)| country.clone()),
            deviations_sought_from,
            shifts_tried_pp: 100.0 * widest,
            shift_step_pp: 100.0 * step,
            clearing_residual: countries.iter().filter_map(|of| of.clearing_residual).reduce(f64::max),
            limits: limits.map(String::from).into(),
        }
    }
}

/// What a country charges on each sector, weighted by its imports.
fn observed(base: &OneFactor, n: CountryId) -> Vec<f64> {
    SectorId::all(base.sectors())
        .map(|s| {
            let partners = || CountryId::all(base.countries()).filter(|i| *i != n);
            let imports: f64 = partners().map(|i| base.base_flow(n, i, s)).sum();
            let paid: f64 = partners()
                .map(|i| base.base_flow(n, i, s) * base.log_wedges()[base.cell(n, i, s)].exp_m1())
                .sum();
            if imports > 0.0 { paid / imports } else { 0.0 }
        })
        .collect()
}
