//! An economy as a game, from a question: who plays, which duties they may set, what they want.

use std::ops::Range;

use diagnostic::{Diagnostic, Faults};
use economy::Economy;
use equilibrium::firms::{ClearingSettings, Deficits, FirmsError, Market, OneFactor};
use equilibrium::{Baseline, Links, Options, Settings};
use indexmap::IndexMap;
use serde::Serialize;
use strategy::{
    Border, Deviations, Instruments, LinkedGame, Objective, OneFactorGame, PlaySettings, PlayStatus, Player,
    PlayerOutcome, Probe, Shape, Start, StrategyError, TariffGame, player_outcome,
};
use terms::{Country, CountryId, Cube, Rate, Sector, SectorId};

use crate::blocs;
use crate::chapters;
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
    /// Duties, export taxes, or both.
    pub border: Border,
    /// Whether rates may fall below zero, to −90 %.
    pub subsidies: bool,
    /// The lowest rate, %; none: zero, or −90 with subsidies.
    pub floor_pct: Option<f64>,
    /// The highest rate, %; none: 1000.
    pub cap_pct: Option<f64>,
    /// Flows whose rates stay: a sector or chapter (`NFM`, `HS:30`), a flow (`CHN>USA`), or both (`CHN>USA:NFM`).
    pub exempt: Vec<String>,
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
    /// Who buys; it charges a duty.
    pub importer: Country,
    /// Who sells; it charges an export tax.
    pub exporter: Country,
    /// Of which.
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
    /// What each player's own next move would gain to first order, at a point where none wants to move (where others reply,
    /// the mover's, through their answers); no other reply was searched for.
    FirstOrder,
    /// What the best reply gains that a search found, begun at `deviations_sought_from` while all others hold. A reply
    /// that it did not meet may gain more.
    Searched,
}

/// The evidence behind a point of a game. Nothing in an answer claims more than stands here.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlayEvidence {
    /// How play or the search ended.
    pub status: PlayStatus,
    /// Moves made, each with one clearing; where others reply, the mover's, each with a war of the others.
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
    /// stationary point, peak or not. Where others reply: the mover's through all answers, and the others' own. None where
    /// none was computed.
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
    let instruments = instruments(economy, question)?;
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

/// The rates that every player may choose.
///
/// # Errors
/// `impossible-game` for bounds that leave no choice; `unknown-country`, `unknown-sector` in what is exempt.
fn instruments(economy: &Economy, question: &GameQuestion) -> Result<Instruments, Faults> {
    let mut faults = Faults::new();
    let mut instruments = match question.subsidies {
        true => Instruments::with_subsidies(question.shape),
        false => Instruments::duties(question.shape),
    };
    let floor = question.floor_pct.map_or(instruments.floor, Rate::percent);
    let cap = question.cap_pct.map_or(instruments.cap, Rate::percent);
    instruments = instruments.at(question.border).between(floor, cap);
    let (low, high) = (floor.as_share(), cap.as_share());
    if !(low > -1.0 && low <= high && high.is_finite()) {
        let (low, high) = (floor.as_percent(), cap.as_percent());
        faults.push(
            Diagnostic::error("impossible-game", format!("rates from {low} % to {high} % are no choice"))
                .help("a floor is above −100 and not above the cap: `--floor -20 --cap 100`"),
        );
    }
    if !question.all_sectors {
        instruments = instruments.on(economy.sectors().iter().map(|sector| sector.good).collect());
    }
    let mut spared: Vec<Spared> = Vec::new();
    for word in &question.exempt {
        match exempt(economy, word) {
            Ok(found) => spared.push(found),
            Err(found) => faults.append(found),
        }
    }
    if !spared.is_empty() {
        let (countries, sectors) = (economy.countries().len(), economy.sectors().len());
        instruments = instruments.sparing(Cube::from_fn(countries, sectors, |n, i, s| {
            let holds = |(flow, sector): &Spared| {
                flow.is_none_or(|flow| flow == (n, i)) && sector.is_none_or(|of| of == s)
            };
            spared.iter().any(holds)
        }));
    }
    faults.or(instruments)
}

/// An importer and its exporter, where one is named, and a sector, where one is.
type Spared = (Option<(CountryId, CountryId)>, Option<SectorId>);

/// The flow and the sector that `CHN>USA:NFM` spares; either may be left out.
fn exempt(economy: &Economy, word: &str) -> Result<Spared, Faults> {
    let Some((exporter, rest)) = word.split_once('>') else {
        return Ok((None, Some(chapters::sector(economy, word)?)));
    };
    let (importer, sector) = rest.split_once(':').map_or((rest, None), |(code, sector)| (code, Some(sector)));
    let mut faults = Faults::new();
    let mut country = |code: &str| {
        economy.country_id(code.trim()).unwrap_or_else(|| {
            let help = "exempt a flow from seller to buyer, `--exempt 'CHN>USA'`, or one sector of it: `--exempt 'CHN>USA:NFM'`";
            faults.push(economy.unknown_country(code).help(help));
            CountryId::new(0)
        })
    };
    let flow = (country(importer), country(exporter));
    let sector = match sector.map(|word| chapters::sector(economy, word)) {
        None => None,
        Some(Ok(sector)) => Some(sector),
        Some(Err(fault)) => {
            faults.push(fault);
            None
        }
    };
    faults.or((Some(flow), sector))
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
            .ok_or_else(|| unknown(self.economy(), name).help("`--bloc NAME=A,B` makes a bloc"))
    }

    /// Whether the rate at this place in an array of wedges is this player's to set.
    fn sets(&self, player: &Player, place: usize) -> bool {
        let (n, i, s) = self.game.place(place);
        let taxes = place >= self.game.cells();
        let (mover, partner) = if taxes { (i, n) } else { (n, i) };
        let border = self.instruments.border;
        (if taxes { border.exports() } else { border.imports() })
            && player.holds(mover)
            && !player.holds(partner)
            && self.instruments.reaches(n, i, s)
    }

    /// The base's wedges with every rate that a player may set at one.
    pub(crate) fn all_at(&self, players: &[(Player, Instruments)], rate: f64) -> Vec<f64> {
        let mut wedges = self.game.base_log_wedges().to_vec();
        if self.instruments.border.exports() {
            wedges.resize(2 * self.game.cells(), 0.0);
        }
        self.set(players, rate, &mut wedges);
        wedges
    }

    /// Puts every rate that a player may set, and that the array holds, at one rate.
    pub(crate) fn set(&self, players: &[(Player, Instruments)], rate: f64, wedges: &mut [f64]) {
        for (place, wedge) in wedges.iter_mut().enumerate() {
            if players.iter().any(|(player, _)| self.sets(player, place)) {
                *wedge = rate.ln_1p();
            }
        }
    }

    pub(crate) fn outcome(&self, player: &Player, log_wedges: &[f64], state: &G::State) -> PlayerOutcome {
        player_outcome(&self.game, player, Some(&self.instruments), log_wedges, state)
    }

    /// Every duty the players set, where asked for.
    pub(crate) fn tariffs(
        &self,
        question: &GameQuestion,
        players: &[&Player],
        log_wedges: &[f64],
    ) -> Option<Vec<TariffRow>> {
        let duties = 0..self.game.cells();
        question.list_tariffs.then(|| self.listed(players, log_wedges, duties))
    }

    /// Every export tax the players set, where they set any and the list is asked for.
    pub(crate) fn export_taxes(
        &self,
        question: &GameQuestion,
        players: &[&Player],
        log_wedges: &[f64],
    ) -> Option<Vec<TariffRow>> {
        let taxes = self.game.cells()..log_wedges.len();
        let asked = question.list_tariffs && question.border.exports();
        asked.then(|| self.listed(players, log_wedges, taxes))
    }

    fn listed(&self, players: &[&Player], log_wedges: &[f64], places: Range<usize>) -> Vec<TariffRow> {
        let economy = self.economy();
        let set = places.filter(|place| players.iter().any(|player| self.sets(player, *place)));
        set.map(|place| {
            let (n, i, s) = self.game.place(place);
            TariffRow {
                importer: economy.country(n).code.clone(),
                exporter: economy.country(i).code.clone(),
                sector: economy.sector(s).code.clone(),
                rate: log_wedges[place].exp_m1(),
            }
        })
        .collect()
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
    let mut words: Vec<String> = probe.starts.iter().map(start).collect();
    if probe.switches {
        words.push("every sector's other side".into());
    }
    words
}

/// One of them.
pub(crate) fn start(start: &Start) -> String {
    match start {
        Start::Here => "the duties played".to_string(),
        Start::At(0.0) => "free entry".to_string(),
        Start::At(rate) => format!("{} %", 100.0 * rate),
        Start::Sector(sector, rate) => format!("sector {} at {} %", sector + 1, 100.0 * rate),
    }
}

/// No country has this code; those that are.
pub(crate) fn unknown(economy: &Economy, code: &str) -> Diagnostic {
    let codes: Vec<&str> = economy.countries().iter().map(|entry| entry.code.as_str()).collect();
    economy.unknown_country(code).note(format!("its countries: {}", codes.join(", ")))
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
    let set_by = match question.border {
        Border::Imports => "",
        Border::Exports => " and set taxes on exports",
        Border::Both => " and set duties and taxes on exports",
    };
    format!(
        "exact hats, {market}, {links}, {deficits}, elasticities `{}`; governments want {wants}{set_by}",
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
        StrategyError::NoLever(_) => Diagnostic::error("no-lever", message).help(
            "`--all-sectors` lets rates reach services; `--exempt` may leave nothing; a bloc of all countries has no one to charge",
        ),
        StrategyError::TwoPlayers { country, first, second } => {
            let code = &economy.country(CountryId::new(*country)).code;
            let twice = match first == second {
                true => format!("{code} plays twice: it is named twice"),
                false => format!("{code} plays twice: in `{first}` and in `{second}`"),
            };
            Diagnostic::error("two-players", twice).help("name every country once")
        }
        StrategyError::Shape { .. } | StrategyError::Setting(_) => {
            Diagnostic::error("impossible-game", message)
                .help("see `detente help` for the bounds of each flag")
        }
    }
}
