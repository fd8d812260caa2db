//! An economy as a game, from a question: who plays, which duties they may set, what they want.
//!
//! Comes in: a [`GameQuestion`]. Goes out: a table at which a game is played (`table`), with the rates that may be chosen
//! (`instruments`), what may be claimed of the play (`evidence`) and why there is none (`faults`).

mod beside;
mod evidence;
mod faults;
mod instruments;
mod table;

use diagnostic::{Diagnostic, Faults};
use economy::Economy;
use equilibrium::firms::{ClearingSettings, Deficits, FirmsError, Market, OneFactor};
use equilibrium::{Baseline, Links, Options, Settings};
use serde_json::json;
use strategy::{Border, LinkedGame, OneFactorGame, Probe, Shape, StrategyError};

use crate::blocs;
use crate::economies;
use crate::settings::{self, Told, settings};
use crate::wants::Wants;

pub use beside::{RateBeside, RatesBeside, RatesBy};
pub use evidence::{DeviationKind, PlayEvidence};
pub(crate) use evidence::{EQUILIBRIUM, OTHER_SIDES, answers_from, choice, deviations, rate, shaken, starts};
pub(crate) use faults::{failed, restless, unplayable};
pub(crate) use table::Table;
pub use table::{Bystander, TariffRow};

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
    /// What governments want.
    pub wants: Wants,
    /// Blocs that choose as one: `EU=DEU,FRA,ITA`.
    pub blocs: Vec<String>,
    /// Whether every rate is listed.
    pub list_tariffs: bool,
    /// Threads for the multipliers of many governments; no digit depends on it.
    pub threads: usize,
}

/// A game, opened, over one factor or over the full equilibrium.
#[allow(clippy::large_enum_variant, reason = "one is made in a question, and taken apart at once")]
pub(crate) enum Either {
    /// Without input links.
    OneFactor(Table<OneFactorGame>),
    /// With them.
    Linked(Table<LinkedGame>),
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

    /// What a manifest says of it. Threads change no digit, so they are no part of what an answer was computed from.
    fn settings(&self) -> Told {
        let mut told = settings([
            ("economy", json!(self.economy)),
            ("elasticity", json!(self.elasticity)),
            ("market", json!(self.market.map(market))),
            ("links", json!(settings::links(self.links))),
            ("deficits", json!(deficits(self.deficits))),
            ("instrument", json!(shape(self.shape))),
            ("all-sectors", json!(self.all_sectors)),
            ("border", json!(self.border)),
            ("subsidies", json!(self.subsidies)),
            ("floor", json!(self.floor_pct)),
            ("cap", json!(self.cap_pct)),
            ("exempt", json!(self.exempt)),
            ("bloc", json!(self.blocs)),
            ("detail", json!(self.list_tariffs.then_some("tariffs"))),
        ]);
        told.extend(self.wants.settings());
        told
    }

    /// How better replies are sought: from the duties played, and where asked for from free entry and 100 %; every
    /// sector's other side is tried where weights can make two peaks.
    pub(crate) fn probe(&self, thorough: bool) -> Probe {
        let probe = if thorough { Probe::thorough() } else { Probe::here() };
        if self.wants.political { probe.with_switches() } else { probe }
    }

    /// How better replies of `players` are sought at a rest of theirs, in a world of so many cells: best replies begun at free
    /// entry and at 100 % where that is cheap or asked for, else the payoffs there.
    pub(crate) fn probe_at_rest(&self, thorough: bool, players: usize, cells: usize) -> Probe {
        let cheap = players * cells <= if self.links { CHEAP_WITH_LINKS } else { CHEAP };
        match (thorough || cheap, self.wants.political) {
            (climbs, true) => self.probe(climbs),
            (true, false) if thorough => Probe::thorough(),
            (true, false) => Probe::far(),
            (false, false) => Probe::looking(),
        }
    }
}

/// `--market`.
pub(crate) fn market(of: Market) -> &'static str {
    match of {
        Market::Perfect => "perfect",
        Market::FixedFirms => "firms",
    }
}

/// `--deficits`.
pub(crate) fn deficits(of: Deficits) -> &'static str {
    match of {
        Deficits::Held => "held",
        Deficits::Removed => "removed",
    }
}

/// `--instrument`.
fn shape(of: Shape) -> &'static str {
    match of {
        Shape::Uniform => "uniform",
        Shape::PerPartner => "partner",
        Shape::PerSector => "sector",
        Shape::PerCell => "partner-sector",
    }
}

/// Players times cells up to which a war searches everyone's best replies unasked: all of 32 countries in 28 sectors. A
/// search costs as much for each player as the war itself, so beyond it one would cost more than all else.
const CHEAP: usize = 1_000_000;
/// The same with input links, where clearing costs some ten times as much a cell.
const CHEAP_WITH_LINKS: usize = 100_000;

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
    let objective = question.wants.objective(economy)?;
    let instruments = instruments::read(economy, question)?;
    let blocs = blocs::read(economy, &question.blocs)?;
    let model = words(economy, question, market);
    let compared_with = match question.deficits {
        Deficits::Held => format!("the duties of {}", economy.meta().year),
        Deficits::Removed => format!("the duties of {}, deficits removed", economy.meta().year),
    };
    let settings = question.settings();
    let failed = |error: StrategyError| failed(economy, &error);
    if question.links {
        let baseline = Baseline::of(economy, &question.closure())?;
        let game = LinkedGame::new(baseline, objective, Settings::default()).map_err(failed)?;
        let game = game.on_threads(question.threads);
        return Ok(Either::Linked(Table {
            opened,
            game,
            instruments,
            blocs,
            model,
            base: compared_with,
            settings,
        }));
    }
    let theta = economy.theta(question.elasticity.as_deref())?;
    let unplayable = |error: FirmsError| unplayable(economy, &error);
    let mut base = OneFactor::of(economy, &theta, market).map_err(unplayable)?;
    if question.deficits == Deficits::Removed {
        base = base.balanced(&ClearingSettings::default()).map_err(unplayable)?;
    }
    let game = OneFactorGame::new(base, objective, question.deficits).map_err(failed)?;
    let game = game.on_threads(question.threads);
    Ok(Either::OneFactor(Table { opened, game, instruments, blocs, model, base: compared_with, settings }))
}

/// The market that the accounts were made for.
///
/// # Errors
/// `unplayable-economy` where they were made for free entry.
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

/// The closure over one factor, in words.
pub(crate) fn one_factor(
    economy: &Economy,
    market: Market,
    deficits: Deficits,
    elasticity: Option<&str>,
) -> String {
    closure(economy, market, (false, deficits), elasticity)
}

/// Market, links, deficits, elasticities.
fn closure(
    economy: &Economy,
    market: Market,
    (with_links, deficits): (bool, Deficits),
    elasticity: Option<&str>,
) -> String {
    let market = match market {
        Market::Perfect => "perfect competition",
        Market::FixedFirms => "fixed firms with profits (Ossa 2014)",
    };
    let links = match (with_links, economy.inputs()) {
        (true, Some(_)) => "input links as recorded (Caliendo and Parro 2015)",
        (false, Some(_)) => "one factor, input links left out: all trade counts as final",
        (_, None) => "one factor, no input links",
    };
    let deficits = match deficits {
        Deficits::Held if with_links => "deficits held in units of world factor income",
        Deficits::Held => "deficits held in units of world wages",
        Deficits::Removed => "deficits removed first",
    };
    let only = economy.elasticities().sets().next();
    let set = elasticity.or(economy.meta().elasticity.as_deref()).or(only).unwrap_or("none");
    format!("exact hats, {market}, {links}, {deficits}, elasticities `{set}`")
}

/// The closure, and what governments want and set.
fn words(economy: &Economy, question: &GameQuestion, market: Market) -> String {
    let how = (question.links, question.deficits);
    let model = closure(economy, market, how, question.elasticity.as_deref());
    let wants = question.wants.words();
    let set_by = match question.border {
        Border::Imports => "",
        Border::Exports => " and set taxes on exports",
        Border::Both => " and set duties and taxes on exports",
    };
    format!("{model}; governments want {wants}{set_by}")
}
