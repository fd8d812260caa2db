//! The world an answer begins from: the base year's, or that of a day of the record.

use diagnostic::Faults;
use economy::Economy;
use equilibrium::{Baseline, Counterfactual, Options, Settings};
use serde::Serialize;
use serde_json::json;
use terms::{CountryId, Day, Instant};

use crate::clearing::stalled;
use crate::clock::Days;
use crate::covered::covered;
use crate::measure::of_day;
use crate::rebased::rebased;
use crate::records::Record;
use crate::settings::{Told, settings};
use crate::sized::{Among, sizing};
use crate::territories::members;

/// Where an answer begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Departure {
    /// The base year of the economy, whatever has been done since.
    BaseYear,
    /// The duties in force on a day, and the equilibrium under them.
    Day(Days),
    /// The same where one of the two acts on record, else the base year.
    DayIfRecorded(Days),
}

impl Departure {
    /// What a manifest says of it.
    pub(super) fn settings(&self) -> Told {
        let (from, days) = match self {
            Self::BaseYear => (Some("base"), None),
            Self::Day(days) => (Some("day"), Some(days)),
            Self::DayIfRecorded(days) => (None, Some(days)),
        };
        settings([
            ("from", json!(from)),
            ("on", json!(days.map(|days| days.on))),
            ("known-on", json!(days.and_then(|days| days.known_on))),
        ])
    }
}

/// Where an answer began.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StartingPoint {
    /// The day whose duties hold; none: the base year.
    pub on: Option<Day>,
    /// The last day of publication that counts; none: the whole record, or the base year.
    pub known_on: Option<Day>,
    /// The base year of the economy.
    pub base_year: i32,
    /// Why it is the base year though no one asked for it; none where it was asked for, or is a day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
    /// Those of the two of whom no act is on record: what they charge is the base year's.
    pub unread: Vec<String>,
    /// What the importer charges on the exporter's goods, % of their value at this point.
    pub importer_duty_pct: f64,
    /// What the exporter charges on the importer's.
    pub exporter_duty_pct: f64,
    /// Equilibria solved to get here.
    #[serde(skip)]
    pub(super) solves: usize,
    /// The largest relative excess demand left in any.
    #[serde(skip)]
    pub(super) residual: f64,
}

/// A starting point and its world.
pub(super) struct Start {
    pub told: StartingPoint,
    /// The world; none: the base year's own.
    pub economy: Option<Economy>,
    /// What is odd in the tables read.
    pub warnings: Faults,
}

impl Departure {
    /// The world of this departure, and the day if it is one.
    ///
    /// The record's duties of the day, of every importer on every origin, are laid on the base rates sector by sector, as
    /// `measure --on` lays them; the equilibrium under them is the world.
    ///
    /// # Errors
    /// `bad-date`; faults of the coverage table; `stalled`.
    pub(super) fn start(
        self,
        economy: &Economy,
        options: &Options,
        record: &Record,
        (importer, exporter): (CountryId, CountryId),
    ) -> Result<Start, Faults> {
        let ledger = &record.ledger;
        let codes = [importer, exporter].map(|of| economy.country(of).code.clone());
        let recorded = |code: &terms::Country| ledger.border(code.as_str(), Instant::MAX).is_some();
        let days = match self {
            Self::BaseYear => None,
            Self::Day(days) => Some(days),
            Self::DayIfRecorded(days) => codes.iter().any(recorded).then_some(days),
        };
        let mut told = StartingPoint {
            on: days.map(|days| days.on),
            known_on: days.and_then(|days| days.known_on),
            base_year: economy.meta().year,
            because: None,
            unread: Vec::new(),
            importer_duty_pct: average_pct(economy, importer, exporter),
            exporter_duty_pct: average_pct(economy, exporter, importer),
            solves: 0,
            residual: 0.0,
        };
        let Some(days) = days else {
            told.because = matches!(self, Self::DayIfRecorded(_))
                .then(|| format!("no act of {}, nor of {}, is on record", codes[0], codes[1]));
            return Ok(Start { told, economy: None, warnings: Faults::new() });
        };
        let mut warnings = Faults::new();
        let (sectors, unknown) = covered(economy)?;
        unknown.into_iter().for_each(|warning| warnings.push(warning));
        let baseline = Baseline::of(economy, options)?;
        let sizing = sizing(record, Among::Economy(&members(economy)), &[days.on], days.known_on)?;
        warnings.append(sizing.warnings);
        let tariffs = of_day(ledger, &sizing.coverage, days, economy, &sectors)?;
        let solution = Counterfactual::of(&baseline).under(tariffs).solve(&Settings::default())?;
        if let Some(fault) = stalled(economy, &solution) {
            return Err(fault.into());
        }
        let world = rebased(economy, &solution)?;
        told.unread =
            codes.iter().filter(|code| !recorded(code)).map(|code| code.as_str().to_string()).collect();
        told.importer_duty_pct = average_pct(&world, importer, exporter);
        told.exporter_duty_pct = average_pct(&world, exporter, importer);
        (told.solves, told.residual) = (1, solution.certificate.largest_excess);
        Ok(Start { told, economy: Some(world), warnings })
    }
}

/// What is charged on an exporter's goods, % of what is bought of them.
fn average_pct(economy: &Economy, importer: CountryId, exporter: CountryId) -> f64 {
    let cells = || economy.goods().map(|s| (importer, exporter, s));
    let bought: f64 = cells().map(|cell| economy.trade()[cell]).sum();
    let paid: f64 = cells().map(|cell| economy.trade()[cell] * economy.tariffs()[cell].as_share()).sum();
    if bought > 0.0 { 100.0 * paid / bought } else { 0.0 }
}
