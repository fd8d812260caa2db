//! `retaliate`: the list of goods that hurts the other most for what it costs at home, under a cap on its value.
//!
//! By tariff line where what the importer buys by line is known, else by sector of the economy; from the duties of a day of
//! the record, and the equilibrium under them, or from the base year.

mod act;
mod charged;
mod departure;
mod evidence;
mod line_duties;
mod line_trade;
mod listing;
mod spared;

use std::path::PathBuf;

use diagnostic::{Diagnostic, Faults};
use economy::Economy;
use equilibrium::{Baseline, Options};
use serde::Serialize;
use serde_json::json;
use strategy::{Candidate, Ranking};
use terms::{Country, CountryId, Line, Rate, Sector, SectorId};

pub use self::departure::{Departure, StartingPoint};
pub use self::evidence::{ListEvidence, ListStep};

use self::charged::Duty;
use self::departure::Start;
use self::line_duties::DayLines;
use self::line_trade::LineTrade;
use self::listing::{by_line, by_sector};
use self::spared::Spared;
use crate::clock::Days;
use crate::economies;
use crate::manifest::Manifest;
use crate::records::Record;
use crate::settings::{self, Told, settings};

/// The question: who answers whom, with which duty, on goods worth how much, sparing what.
#[derive(Debug, Clone, PartialEq)]
pub struct RetaliationQuestion {
    /// `default`, or the path of an economy folder.
    pub economy: String,
    /// The closure of the model.
    pub options: Options,
    /// Who answers.
    pub importer: String,
    /// Whom.
    pub exporter: String,
    /// The world the answer begins from.
    pub departure: Departure,
    /// The duty on top of the rates there.
    pub rate: Rate,
    /// The most that the goods on the list may be worth, million dollars a year; none: no cap.
    pub cap_usd_mn: Option<f64>,
    /// Goods to spare: sector codes, codes as `HS:30` or `HS:8507.60`, and by line the lists of the record.
    pub spare: Vec<String>,
    /// What the list is ranked by.
    pub ranking: Ranking,
    /// Whether the list names sectors even where imports by line are known.
    pub by_sector: bool,
    /// The importer's imports by line; none: the table that ships for the pair, if there is one.
    pub lines: Option<PathBuf>,
    /// The first day of an act that lays the duty on the lines; none: no act is written.
    pub act_from: Option<String>,
}

impl RetaliationQuestion {
    /// What a manifest says of it.
    fn settings(&self) -> Told {
        let mut told = settings([
            ("command", json!("retaliate")),
            ("importer", json!(self.importer)),
            ("exporter", json!(self.exporter)),
            ("economy", json!(self.economy)),
            ("cap-usd-mn", json!(self.cap_usd_mn)),
            ("rate", json!(self.rate.as_percent())),
            ("spare", json!(self.spare)),
            ("by", json!(self.ranking)),
            ("goods", json!(self.by_sector.then_some("sectors"))),
            ("lines", json!(self.lines)),
            ("as-act", json!(self.act_from)),
        ]);
        told.extend(self.departure.settings());
        told.extend(settings::closure(&self.options));
        told
    }
}

/// The list and what it does.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RetaliationAnswer {
    /// The economy's name and title.
    pub economy: String,
    /// The closure in words.
    pub model: String,
    /// Who answers.
    pub importer: Country,
    /// Whom.
    pub exporter: Country,
    /// Where the answer begins.
    pub departure: StartingPoint,
    /// The duty on top, %.
    pub rate_pct: f64,
    /// What the list is ranked by.
    pub ranking: Ranking,
    /// Why the list names sectors and no lines; none where it names lines.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sectors_because: Option<String>,
    /// The lines; none where the list names sectors.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lines: Option<ListedLines>,
    /// Every sector of goods, those on the list first, then by harm per import.
    pub goods: Vec<ListedGood>,
    /// Imports on the list, million dollars a year where the answer begins.
    pub value_usd_mn: f64,
    /// What of the cap is left, million dollars; none without a cap.
    pub cap_left_usd_mn: Option<f64>,
    /// The whole list at once: what it costs the other.
    pub harm_pct: f64,
    /// The same, million dollars a year.
    pub harm_usd_mn: f64,
    /// What it costs at home; below zero where it pays.
    pub own_cost_pct: f64,
    /// The same, million dollars a year.
    pub own_cost_usd_mn: f64,
    /// The list good by good, as sums of what each does alone.
    pub steps: Vec<ListStep>,
    /// What was computed of it: the most that any list could do, how far sums add up.
    pub certificate: ListEvidence,
    /// The list as an act of the importer, where asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub act: Option<String>,
    /// What this was computed from.
    pub manifest: Manifest,
}

/// One sector and what a duty on it alone does.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ListedGood {
    /// Which.
    pub sector: Sector,
    /// Its name.
    pub name: String,
    /// Imports where the answer begins, million dollars a year.
    pub value_usd_mn: f64,
    /// What they pay there, %.
    pub duty_pct: f64,
    /// The share of its imports on the list.
    pub listed_share: f64,
    /// Whether it is spared.
    pub spared: bool,
    /// What the duty on all of it costs the other, million dollars a year.
    pub harm_usd_mn: f64,
    /// What it costs at home, million dollars a year; below zero where it pays.
    pub own_cost_usd_mn: f64,
}

/// The tariff lines on a list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ListedLines {
    /// Where imports by line are from.
    pub source: String,
    /// Lines with goods of the other.
    pub known: usize,
    /// Those of them that are spared.
    pub spared: usize,
    /// Listed lines whose ordinary duty is no share of value, and counts as nothing.
    pub not_ad_valorem: usize,
    /// Sectors whose listed lines are worth more than all that the economy knows of them where the answer begins: the equilibrium
    /// charges no more than that, the ranking all of it.
    pub beyond_base_year: Vec<Sector>,
    /// The lines listed, by harm.
    pub listed: Vec<ListedLine>,
}

/// One tariff line of a list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ListedLine {
    /// The code.
    pub line: Line,
    /// The sector that makes it.
    pub sector: Sector,
    /// Imports from the other where the answer begins, million dollars a year.
    pub value_usd_mn: f64,
    /// The same as the statistics of the line have it.
    pub recorded_usd_mn: f64,
    /// What it pays there, %.
    pub duty_pct: f64,
    /// The other's share of all imports of the line.
    pub import_share: f64,
    /// Its part of the sector's harm, million dollars a year.
    pub harm_usd_mn: f64,
    /// Its part of the sector's own cost, million dollars a year.
    pub own_cost_usd_mn: f64,
}

/// Answers on a record, whose duties hold, whose lists are spared and on which an act would lie: every sector's duty is solved alone and divided among its lines where they are known; then the list at once.
///
/// # Errors
/// Faults of the economy, the table of lines and the record; `unknown-country`, `unknown-sector`, `unknown-list`,
/// `bad-line`, `bad-date`, `clash`, `same-party`, `no-line-trade`, `act-without-lines`, `stalled`.
pub fn retaliate_of(
    question: &RetaliationQuestion,
    record: &Record,
) -> Result<(RetaliationAnswer, Faults), Faults> {
    let opened = economies::open(&question.economy)?;
    let pair = pair(&opened.economy, question)?;
    let (n, i) = pair;
    let trade = line_trade(&opened.economy, question)?;
    if let (None, Some(_)) = (&trade, &question.act_from) {
        return Err(Diagnostic::error(
            "act-without-lines",
            "an act names tariff lines, and this list names sectors",
        )
        .note(because(question))
        .help("leave `--as-act` out, or give the importer's imports by line with `--lines TABLE`")
        .into());
    }
    let Start { told, economy: world, warnings: odd } =
        question.departure.start(&opened.economy, &question.options, record, pair)?;
    let economy = world.as_ref().unwrap_or(&opened.economy);
    let trade = match (trade, told.on) {
        (Some(mut trade), Some(on)) => {
            let schedules = record.schedules()?;
            let lines = DayLines {
                ledger: &record.ledger,
                schedules: &schedules,
                days: Days { on, known_on: told.known_on },
                pair,
                base: &opened.economy,
                world: economy,
                theta: &opened.economy.theta(question.options.elasticity.as_deref())?,
            };
            lines.lay(&mut trade)?;
            Some(trade)
        }
        (trade, _) => trade,
    };
    let sectors_because = trade.is_none().then(|| because(question));
    let spared = Spared::read(question, economy, &record.ledger, trade.is_some())?;
    let baseline = Baseline::of(economy, &question.options)?;
    let mut duty = Duty {
        options: &question.options,
        importer: n,
        exporter: i,
        rate: question.rate,
        solves: told.solves,
        residual: told.residual,
    };
    let million = economy.meta().unit.in_millions();
    let goods: Vec<SectorId> = economy.goods().collect();
    let mut alone = Vec::new();
    for good in &goods {
        let value = economy.trade()[(n, i, *good)] * million;
        let [harm, own] = duty.on((economy, &baseline), |s| s == *good)?;
        alone.push(Candidate { value, harm: harm.usd_mn, own_cost: own.usd_mn });
    }
    let found = match &trade {
        Some(trade) => by_line((economy, &mut duty), (&goods, &alone), trade, &spared, question)?,
        None => by_sector((economy, &mut duty), (&goods, &alone), &spared, question)?,
    };
    let mut rows: Vec<ListedGood> = goods
        .iter()
        .zip(&alone)
        .zip(&found.shares)
        .map(|((s, of), share)| ListedGood {
            sector: economy.sector(*s).code.clone(),
            name: economy.sector(*s).name.clone(),
            value_usd_mn: of.value,
            duty_pct: economy.tariffs()[(n, i, *s)].as_percent(),
            listed_share: *share,
            spared: spared.sector(*s),
            harm_usd_mn: of.harm,
            own_cost_usd_mn: of.own_cost,
        })
        .collect();
    rows.sort_by(|a, b| {
        let per_value = |of: &ListedGood| of.harm_usd_mn / of.value_usd_mn;
        (b.listed_share > 0.0).cmp(&(a.listed_share > 0.0)).then(per_value(b).total_cmp(&per_value(a)))
    });
    let [harm, own] = &found.at_once;
    let of_record = told.on.is_some() || spared.by_list() || question.act_from.is_some();
    let texts = record.inputs.iter().filter(|_| of_record).cloned();
    let coverage = told.on.map(|_| crate::duty_tables::coverage()).transpose()?.map(|(_, hash)| hash);
    let inputs = [opened.input.clone()]
        .into_iter()
        .chain(trade.as_ref().map(|trade| trade.input.clone()))
        .chain(texts)
        .chain(coverage);
    let mut answer = RetaliationAnswer {
        economy: format!("{}: {}", economy.name(), economy.meta().title),
        model: crate::words::model(economy, &question.options),
        importer: economy.country(n).code.clone(),
        exporter: economy.country(i).code.clone(),
        departure: told,
        rate_pct: question.rate.as_percent(),
        ranking: question.ranking,
        sectors_because,
        lines: found.lines,
        value_usd_mn: found.list.value,
        cap_left_usd_mn: question.cap_usd_mn.map(|cap| (cap - found.list.value).max(0.0)),
        harm_pct: harm.pct,
        harm_usd_mn: harm.usd_mn,
        own_cost_pct: own.pct,
        own_cost_usd_mn: own.usd_mn,
        steps: evidence::steps(found.goods),
        certificate: ListEvidence::of(&found.list, &found.at_once, (duty.solves, duty.residual)),
        act: None,
        goods: rows,
        manifest: Manifest::of(inputs.collect(), question.settings()),
    };
    if let Some(from) = &question.act_from {
        answer.act = Some(act::of(&answer, from, &record.ledger)?);
    }
    let mut warnings = opened.economy.warnings().clone();
    warnings.append(odd);
    if let Some(trade) = &trade {
        spared.idle(&trade.lines).for_each(|warning| warnings.push(warning));
    }
    if of_record {
        warnings.append(record.warnings.clone());
    }
    Ok((answer, warnings))
}

/// Imports by line, where they are wanted and known.
fn line_trade(economy: &Economy, question: &RetaliationQuestion) -> Result<Option<LineTrade>, Faults> {
    let (importer, exporter) = (&question.importer, &question.exporter);
    match &question.lines {
        _ if question.by_sector => Ok(None),
        Some(path) => LineTrade::read(economy, path, importer, exporter).map(Some),
        None => LineTrade::shipped(economy, importer, exporter),
    }
}

fn because(question: &RetaliationQuestion) -> String {
    match question.by_sector {
        true => "sectors were asked for, though lines may be known".into(),
        false => format!(
            "what {} buys from {} by tariff line is not in the product",
            question.importer, question.exporter
        ),
    }
}

fn pair(economy: &Economy, question: &RetaliationQuestion) -> Result<(CountryId, CountryId), Faults> {
    let mut faults = Faults::new();
    let mut find = |code: &str| {
        economy.country_id(code).unwrap_or_else(|| {
            faults.push(economy.unknown_country(code));
            CountryId::new(0)
        })
    };
    let both = (find(&question.importer), find(&question.exporter));
    faults.or(())?;
    if both.0 == both.1 {
        return Err(Diagnostic::error("same-party", format!("`{}` would answer itself", question.importer))
            .help("name two countries: `detente retaliate CHN USA`")
            .into());
    }
    Ok(both)
}

#[cfg(test)]
mod tests;
