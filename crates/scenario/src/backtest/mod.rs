//! Backtest: what the model would have said of duties that came, against what trade then did.
//!
//! `trade of an earlier year + duties of the record between two years → equilibrium → shares foretold → score`
//!
//! The score is read beside two naive forecasts, no change and the last trend, and published, bad news included:
//! `docs/track-record.md`.

mod duties;
mod score;
mod years;

use diagnostic::{Faults, Source};
use equilibrium::{Counterfactual, Options, Settings};
use indexmap::IndexMap;
use serde::Serialize;
use serde_json::json;
use terms::Rate;

pub use score::{Forecast, Marks, PairShare, Score};

use crate::clearing::{Clearing, stalled};
use crate::manifest::{Manifest, hash};
use crate::measure;
use crate::records::Record;
use crate::settings::{self, settings};
use crate::tariff_edits::{Edit, edit};
use std::path::PathBuf;

/// The question: which years, whose duties, weighed by what.
#[derive(Debug)]
pub struct BacktestQuestion {
    /// The folder with a table `tradeYYYY` a year: importer, exporter, sector, flow_kusd, tariff.
    pub data: PathBuf,
    /// The table of imports by line that weighs the record's duties: partner, hts10, sector, imports_usd; none: only
    /// the rows of `add`.
    pub weights: Option<PathBuf>,
    /// Whose imports the weights are.
    pub importer: String,
    /// The base year.
    pub from: i32,
    /// The year foretold.
    pub to: i32,
    /// Duties that the record does not hold by line, in points on top.
    pub add: Vec<String>,
    /// A column of the embedded economy's elasticities; none: its own.
    pub elasticity: Option<String>,
    /// The record.
    pub record: Record,
}

/// The score, and the largest duties behind it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Backtested {
    /// The base year.
    pub from: i32,
    /// The year foretold.
    pub to: i32,
    /// The year in which the last trend begins.
    pub trend_from: i32,
    /// The closure in words.
    pub model: String,
    /// Scores by group of flows.
    pub scores: Vec<Score>,
    /// Pairs whose goods met other duties: the exporter's share of the importer's goods.
    pub pairs: Vec<PairShare>,
    /// What the duties that changed come to.
    pub duties: Vec<DutyRow>,
    /// How well the equations hold.
    pub certificate: Clearing,
    /// What this was computed from.
    pub manifest: Manifest,
}

/// The change of one pair's duties, weighted by trade of the base year.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DutyRow {
    /// Who charges.
    pub importer: terms::Country,
    /// On whose goods.
    pub exporter: terms::Country,
    /// The mean change over goods, points.
    pub change_pp: f64,
    /// The share of the pair's goods that meets a change of more than half a point, per cent.
    pub reached_pct: f64,
}

/// Answers.
///
/// # Errors
/// `no-year` for a year without data; all faults of the tables, the rows and the record; `stalled`.
pub fn backtest(question: &BacktestQuestion) -> Result<(Backtested, Faults), Faults> {
    let (from, to) = (question.from, question.to);
    let trend_from = from - (to - from);
    let years = years::Years::read(&question.data, [trend_from, from, to])?;
    let economy = years::economy(&years, question.elasticity.as_deref())?;
    let mut inputs: IndexMap<String, String> = years.inputs.iter().cloned().collect();
    inputs.extend(question.record.inputs.iter().cloned());
    let mut warnings = question.record.warnings.clone();

    // Duties: what the record added between the two years, and the rows given.
    let mut tariffs = economy.tariffs().clone();
    if let Some(weights) = &question.weights {
        let added = duties::added(question, &economy, weights, &mut inputs)?;
        for n in economy.country_ids() {
            for (i, s) in economy.country_ids().flat_map(|i| economy.goods().map(move |s| (i, s))) {
                let share = tariffs[(n, i, s)].as_share() + added[(n, i, s)];
                tariffs[(n, i, s)] = Rate::share(share);
            }
        }
    }
    let mut faults = Faults::new();
    for row in &question.add {
        let text = Source::new("--add", row);
        inputs.insert(format!("tariffs --add {row}"), hash(row.as_bytes()));
        match edit(&mut tariffs, &economy, &text, Edit::Add) {
            Ok(found) => warnings.append(found),
            Err(found) => faults.append(found),
        }
    }
    faults.or(())?;

    let options = Options { elasticity: Some(years::SET.into()), ..Options::default() };
    let theta = economy.theta(Some(years::SET))?;
    let baseline = measure::baseline(&economy, &options, &theta, None)?;
    let solution = Counterfactual::of(&baseline).under(tariffs.clone()).solve(&Settings::default())?;
    if let Some(fault) = stalled(&economy, &solution) {
        return Err(fault.into());
    }
    let scored = score::score(&economy, &years, &tariffs, &solution);
    let mut told = settings([
        ("from", json!(from)),
        ("to", json!(to)),
        ("trend-from", json!(trend_from)),
        ("elasticity", json!(question.elasticity.as_deref().unwrap_or("default"))),
    ]);
    told.extend(settings::solving());
    Ok((
        Backtested {
            from,
            to,
            trend_from,
            model: crate::words::model(&economy, &options),
            scores: scored.scores,
            pairs: scored.pairs,
            duties: scored.duties,
            certificate: Clearing::of(&economy, &solution),
            manifest: Manifest::of(inputs, told),
        },
        warnings,
    ))
}
