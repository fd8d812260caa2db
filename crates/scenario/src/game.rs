//! An economy as a game, from a question: who plays, which duties they may set, what they want.

use diagnostic::{Diagnostic, Faults};
use economy::Economy;
use equilibrium::firms::{ClearingSettings, Deficits, FirmsError, Market, OneFactor};
use equilibrium::{Baseline, Links, Options, Settings};
use indexmap::IndexMap;
use serde::Serialize;
use strategy::{
    Deviations, Instruments, LinkedGame, Objective, OneFactorGame, PlaySettings, PlayStatus, Player,
    PlayerOutcome, Probe, Shape, Start, StrategyError, TariffGame, player_outcome,
};
use terms::{Country, CountryId, Sector};

use crate::blocs;
use crate::economies::{self, Opened};
use crate::manifest::Manifest;

/// The economy, the closure and the duties of a game.
#[derive(Debug, Clone, PartialEq)]
pub struct GameQuestion {
    /// `default`, or the path of an economy folder.
    pub economy: String,
    /// A column of the economy's elasticities; none: the one it names.
    pub elasticity: Option<String>,
    /// What sellers keep; none: what the economy was made for.
    pub market: Option<Market>,
    /// Whether industries buy inputs from each other, as the economy records.
    pub links: bool,
    /// What becomes of deficits.
    pub deficits: Deficits,
    /// Which rates are one decision.
    pub shape: Shape,
    /// Whether duties reach services too.
    pub all_sectors: bool,
    /// Whether rates may fall below zero, to −90 %.
    pub subsidies: bool,
    /// Whether governments weigh sectors as the economy's `weights` say.
    pub political: bool,
    /// Blocs that choose as one: `EU=DEU,FRA,ITA`.
    pub blocs: Vec<String>,
    /// Whether every rate is listed.
    pub list_tariffs: bool,
    /// Threads for the multipliers of many governments; no digit depends on it.
    pub threads: usize,
}

/// One rate of an outcome.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TariffRow {
    /// Who charges.
    pub importer: Country,
    /// On whose goods.
    pub exporter: Country,
    /// On which.
    pub sector: Sector,
    /// Share of value: 25 % is `0.25`.
    pub rate: f64,
}

/// What an outcome means for a country that does not play.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bystander {
    /// Code.
    pub country: Country,
    /// Real income, % of the base.
    pub real_income_pct: f64,
}

/// What the numbers for deviations are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DeviationKind {
    /// Nothing was computed.
    NotSought,
    /// What each player's own next move would gain to first order, at a point where none wants to move; no other reply
    /// was searched for.
    FirstOrder,
    /// What the best reply gains that a search found, begun at `deviations_sought_from` while all others hold. A reply
    /// that it did not meet may gain more.
    Searched,
}

/// The evidence behind a point of a game. Nothing in an answer claims more than stands here.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlayEvidence {
    /// How play or the search ended. Where rates were tried on a list: at rest, for what was tried had its answer at rest.
    pub status: PlayStatus,
    /// Moves made, each with one clearing; where rates were tried on a list, how many.
    pub moves: usize,
    /// What `largest_deviation_gain_pct`, and every player's `deviation_gain_pct`, is.
    pub deviations: DeviationKind,
    /// The most that any player gains by moving alone, % of its objective, as `deviations` says; none where nothing was
    /// computed.
    pub largest_deviation_gain_pct: Option<f64>,
    /// Whose it is.
    pub by: Option<Country>,
    /// Where deviations were searched from; empty where no search was made.
    pub deviations_sought_from: Vec<String>,
    /// The largest derivative ∂ln payoff/∂ln(1+τ) left to anyone who moved, on a rate that no bound holds: zero at a
    /// stationary point, peak or not. Where others reply: left to those others. None where none was computed.
    pub largest_slope: Option<f64>,
    /// The largest relative excess demand left.
    pub clearing_residual: f64,
}

/// A game, opened, over one factor or over the full equilibrium.
#[allow(clippy::large_enum_variant, reason = "one is made in a question, and taken apart at once")]
pub(crate) enum Either {
    /// Without input links.
    OneFactor(Table<OneFactorGame>),
    /// With them.
    Linked(Table<LinkedGame>),
}

/// The economy, the game on it, and who may do what.
pub(crate) struct Table<G> {
    pub(crate) opened: Opened,
    pub(crate) game: G,
    pub(crate) instruments: Instruments,
    pub(crate) blocs: Vec<Player>,
    pub(crate) model: String,
    pub(crate) settings: IndexMap<String, String>,
}

impl GameQuestion {
    /// The closure of the full equilibrium that this game is, or comes nearest to.
    pub(crate) fn closure(&self) -> Options {
        Options {
            links: if self.links { Links::Recorded } else { Links::Absent },
            deficits: match self.deficits {
                Deficits::Held => equilibrium::Deficits::Held,
                Deficits::Removed => equilibrium::Deficits::Removed,
            },
            elasticity: self.elasticity.clone(),
            ..Options::default()
        }
    }

    /// How better replies are sought: from the duties played, and where asked for from free entry and 100 %; every
    /// sector's other side is tried where weights can make two peaks.
    pub(crate) fn probe(&self, thorough: bool) -> Probe {
        let probe = if thorough { Probe::thorough() } else { Probe::here() };
        if self.political { probe.with_switches() } else { probe }
    }
}

/// Opens the economy and sets the game up.
///
/// # Errors
/// All faults of the economy; `unplayable-economy`, `no-weights`, `unknown-elasticity`, `bad-bloc`, and unknown
/// codes in a bloc.
pub(crate) fn open(question: &GameQuestion) -> Result<Either, Faults> {
    let opened = economies::open(&question.economy)?;
    let economy = &opened.economy;
    let market = question.market.map_or_else(|| own_market(economy), Ok)?;
    if question.links && market == Market::FixedFirms {
        return Err(Diagnostic::error("unplayable-economy", "games with input links know no fixed firms")
            .help("say `--links no`, or `--market perfect`")
            .into());
    }
    let objective = if question.political {
        let weights = economy.weights().ok_or_else(|| {
            Diagnostic::error(
                "no-weights",
                format!("the economy `{}` carries no political weights", economy.name()),
            )
            .help("add the table `weights` (country, sector, weight), or leave `--political` out")
        })?;
        Objective::political(weights.weight.clone())
    } else {
        Objective::real_income(economy.countries().len(), economy.sectors().len())
    };
    let mut instruments = match question.subsidies {
        true => Instruments::with_subsidies(question.shape),
        false => Instruments::duties(question.shape),
    };
    if !question.all_sectors {
        instruments = instruments.on(economy.sectors().iter().map(|sector| sector.good).collect());
    }
    let blocs = blocs::read(economy, &question.blocs)?;
    let model = words(economy, question, market);
    // Threads change no digit, so they are no part of what an answer was computed from.
    let told = GameQuestion { threads: 1, ..question.clone() };
    let settings = IndexMap::from([("game".to_string(), format!("{told:?}"))]);
    let failed = |error: StrategyError| failed(economy, &error);
    if question.links {
        let baseline = Baseline::of(economy, &question.closure())?;
        let game = LinkedGame::new(baseline, objective, Settings::default()).map_err(failed)?;
        let game = game.on_threads(question.threads);
        return Ok(Either::Linked(Table { opened, game, instruments, blocs, model, settings }));
    }
    let theta = economy.theta(question.elasticity.as_deref())?;
    let unplayable = |error: FirmsError| unplayable(economy, &error);
    let mut base = OneFactor::of(economy, &theta, market).map_err(unplayable)?;
    if question.deficits == Deficits::Removed {
        base = base.balanced(&ClearingSettings::default()).map_err(unplayable)?;
    }
    let game = OneFactorGame::new(base, objective, question.deficits).map_err(failed)?;
    Ok(Either::OneFactor(Table { opened, game, instruments, blocs, model, settings }))
}

impl<G: TariffGame> Table<G> {
    pub(crate) fn economy(&self) -> &Economy {
        &self.opened.economy
    }

    /// The players named; none: every country, blocs as one.
    pub(crate) fn players(&self, named: Option<&[String]>) -> Result<Vec<(Player, Instruments)>, Faults> {
        let economy = self.economy();
        let players: Vec<Player> = match named {
            None => {
                let alone = economy.country_ids().filter(|n| self.blocs.iter().all(|bloc| !bloc.holds(*n)));
                let alone = alone.map(|n| Player::alone(economy.country(n).code.clone(), n));
                self.blocs.iter().cloned().chain(alone).collect()
            }
            Some(names) => {
                let mut faults = Faults::new();
                let mut players = Vec::new();
                for name in names {
                    match self.player(name) {
                        Ok(player) => players.push(player),
                        Err(fault) => faults.push(fault),
                    }
                }
                faults.or(players)?
            }
        };
        Ok(players.into_iter().map(|player| (player, self.instruments.clone())).collect())
    }

    /// A bloc or a country by its name.
    pub(crate) fn player(&self, name: &str) -> Result<Player, Diagnostic> {
        if let Some(bloc) = self.blocs.iter().find(|bloc| bloc.name.as_str() == name) {
            return Ok(bloc.clone());
        }
        let country = self.economy().country_id(name);
        country
            .map(|n| Player::alone(name.into(), n))
            .ok_or_else(|| self.economy().unknown_country(name).help("`--bloc NAME=A,B` makes a bloc"))
    }

    /// Whether a cell's duty is this player's to set.
    fn sets(&self, player: &Player, (n, i, s): (CountryId, CountryId, terms::SectorId)) -> bool {
        player.holds(n) && !player.holds(i) && self.instruments.reaches(n, i, s)
    }

    /// The base's wedges with every duty that a player may set at one rate.
    pub(crate) fn all_at(&self, players: &[(Player, Instruments)], rate: f64) -> Vec<f64> {
        let mut wedges = self.game.base_log_wedges().to_vec();
        self.set(players, rate, &mut wedges);
        wedges
    }

    /// Puts every duty that a player may set at one rate.
    pub(crate) fn set(&self, players: &[(Player, Instruments)], rate: f64, wedges: &mut [f64]) {
        for (cell, wedge) in wedges.iter_mut().enumerate() {
            let place = self.game.place(cell);
            if players.iter().any(|(player, _)| self.sets(player, place)) {
                *wedge = rate.ln_1p();
            }
        }
    }

    pub(crate) fn outcome(&self, player: &Player, log_wedges: &[f64], state: &G::State) -> PlayerOutcome {
        player_outcome(&self.game, player, Some(&self.instruments), log_wedges, state)
    }

    /// Every rate the players set, where asked for.
    pub(crate) fn tariffs(
        &self,
        question: &GameQuestion,
        players: &[&Player],
        log_wedges: &[f64],
    ) -> Option<Vec<TariffRow>> {
        let economy = self.economy();
        let row = |(cell, log_wedge): (usize, &f64)| {
            let (n, i, s) = self.game.place(cell);
            players.iter().any(|player| self.sets(player, (n, i, s))).then(|| TariffRow {
                importer: economy.country(n).code.clone(),
                exporter: economy.country(i).code.clone(),
                sector: economy.sector(s).code.clone(),
                rate: log_wedge.exp_m1(),
            })
        };
        question.list_tariffs.then(|| log_wedges.iter().enumerate().filter_map(row).collect())
    }

    /// Real income of those who do not play.
    pub(crate) fn bystanders(&self, players: &[&Player], state: &G::State) -> Vec<Bystander> {
        let real_income = self.game.real_income(state);
        let others = self.economy().country_ids().filter(|n| !players.iter().any(|p| p.holds(*n)));
        others
            .map(|n| Bystander {
                country: self.economy().country(n).code.clone(),
                real_income_pct: 100.0 * real_income[n.at()].exp_m1(),
            })
            .collect()
    }

    /// The plain mean over all countries of the change of real income, %.
    pub(crate) fn mean_real_income_pct(&self, state: &G::State) -> f64 {
        let real_income = self.game.real_income(state);
        100.0 * real_income.iter().map(|w| w.exp_m1()).sum::<f64>() / real_income.len() as f64
    }

    pub(crate) fn failed(&self, error: &StrategyError) -> Faults {
        failed(self.economy(), error).into()
    }

    /// The economy by its name and title.
    pub(crate) fn title(&self) -> String {
        format!("{}: {}", self.economy().name(), self.economy().meta().title)
    }

    /// What the answer to `question` was computed from.
    pub(crate) fn manifest(&self, command: &str, question: &dyn std::fmt::Debug) -> Manifest {
        let mut settings = self.settings.clone();
        settings.insert(command.into(), format!("{question:?}"));
        settings.insert("play".into(), format!("{:?}", PlaySettings::default()));
        Manifest::of(IndexMap::from([self.opened.input.clone()]), settings)
    }
}

/// The failure of a search that did not come to rest.
pub(crate) fn restless(status: PlayStatus, moves: usize) -> Result<(), Faults> {
    let PlayStatus::Moving(size) = status else { return Ok(()) };
    Err(Diagnostic::error("no-rest", format!("play did not come to rest in {moves} moves"))
        .note(format!("the last move still changed some 1+τ by {:.1e} of itself", size.exp_m1()))
        .help("try fewer instruments (`--instrument uniform`) or fewer players")
        .into())
}

/// What was computed of deviations, and where a search began.
pub(crate) fn deviations(found: &Deviations) -> (DeviationKind, Vec<String>) {
    match found {
        Deviations::NotSought => (DeviationKind::NotSought, Vec::new()),
        Deviations::FirstOrder => (DeviationKind::FirstOrder, Vec::new()),
        Deviations::Searched(probe) => (DeviationKind::Searched, starts(probe)),
    }
}

/// The starts of a search, in words.
pub(crate) fn starts(probe: &Probe) -> Vec<String> {
    let word = |start: &Start| match start {
        Start::Here => "the duties played".to_string(),
        Start::At(0.0) => "free entry".to_string(),
        Start::At(rate) => format!("{} %", 100.0 * rate),
        Start::Sector(sector, rate) => format!("sector {} at {} %", sector + 1, 100.0 * rate),
    };
    let mut words: Vec<String> = probe.starts.iter().map(word).collect();
    if probe.switches {
        words.push("every sector's other side".into());
    }
    words
}

pub(crate) fn own_market(economy: &Economy) -> Result<Market, Diagnostic> {
    match economy.meta().market {
        economy::Market::Perfect => Ok(Market::Perfect),
        economy::Market::Firms => Ok(Market::FixedFirms),
        economy::Market::Entry => Err(Diagnostic::error(
            "unplayable-economy",
            format!("the economy `{}` is made for free entry, which games do not know yet", economy.name()),
        )
        .help("say `--market perfect` or `--market firms`")),
    }
}

/// One sentence: market, links, deficits, elasticities, what governments want.
fn words(economy: &Economy, question: &GameQuestion, market: Market) -> String {
    let market = match market {
        Market::Perfect => "perfect competition",
        Market::FixedFirms => "fixed firms with profits (Ossa 2014)",
    };
    let links = match (question.links, economy.inputs()) {
        (true, Some(_)) => "input links as recorded (Caliendo and Parro 2015)",
        (false, Some(_)) => "one factor, input links left out: all trade counts as final",
        (_, None) => "one factor, no input links",
    };
    let deficits = match question.deficits {
        Deficits::Held if question.links => "deficits held in units of world factor income",
        Deficits::Held => "deficits held in units of world wages",
        Deficits::Removed => "deficits removed first",
    };
    let only = economy.elasticities().sets().next();
    let set = question.elasticity.as_deref().or(economy.meta().elasticity.as_deref()).or(only);
    let wants = if question.political { "incomes of sectors by political weights" } else { "real income" };
    format!(
        "exact hats, {market}, {links}, {deficits}, elasticities `{}`; governments want {wants}",
        set.unwrap_or("none")
    )
}

/// Why the accounts cannot be a base of this closure, by codes.
pub(crate) fn unplayable(economy: &Economy, error: &FirmsError) -> Diagnostic {
    let country = |n: usize| economy.countries().get(n).map_or("?", |entry| entry.code.as_str());
    let sector = |s: usize| economy.sectors().get(s).map_or("?", |entry| entry.code.as_str());
    let why = match error {
        FirmsError::Sigma { sector: s, sigma } => {
            format!("σ of {} is {sigma}; it must be above one", sector(*s))
        }
        FirmsError::Flow { importer, exporter, sector: s, value } => {
            format!("{} buys {value} of {} from {}", country(*importer), sector(*s), country(*exporter))
        }
        FirmsError::Rate { importer, exporter, sector: s, rate } => format!(
            "{} charges {rate} on {} from {}: rates are above −1, and 0 at home",
            country(*importer),
            sector(*s),
            country(*exporter)
        ),
        FirmsError::Idle { country: n } => format!("{} sells or buys nothing", country(*n)),
        FirmsError::Stalled { residual, country: n } => {
            format!("markets did not clear: {} is off by {residual:.1e} of its income", country(*n))
        }
        FirmsError::Shape { .. } => error.to_string(),
    };
    Diagnostic::error(
        "unplayable-economy",
        format!("no game can be played on the economy `{}`", economy.name()),
    )
    .note(why)
    .help("see `detente economy check`, or choose another market, deficits or elasticities")
}

pub(crate) fn failed(economy: &Economy, error: &StrategyError) -> Diagnostic {
    let message = error.to_string();
    match error {
        StrategyError::NotCleared(_) => {
            Diagnostic::error("stalled", message).help("try smaller instruments, or another elasticity set")
        }
        StrategyError::NoRest { size, .. } => Diagnostic::error("no-rest", message)
            .note(format!("the last move still changed some 1+τ by {:.1e} of itself", size.exp_m1()))
            .help("try fewer instruments (`--instrument uniform`), or `--others hold`"),
        StrategyError::NoLever(_) => Diagnostic::error("no-lever", message)
            .help("`--all-sectors` lets duties reach services; a bloc of all countries has no one to charge"),
        StrategyError::TwoPlayers { country, first, second } => Diagnostic::error(
            "two-players",
            format!(
                "{} plays twice: in `{first}` and in `{second}`",
                economy.country(CountryId::new(*country)).code
            ),
        )
        .help("name every country once"),
        StrategyError::Shape { .. } | StrategyError::Setting(_) => {
            Diagnostic::error("impossible-game", message)
                .help("see `detente help` for the bounds of each flag")
        }
    }
}
