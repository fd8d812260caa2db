//! Which rule fits the record: what both sides charged month by month, told before it came.

use diagnostic::{Diagnostic, Faults};
use equilibrium::Baseline;
use indexmap::IndexMap;
use serde::Serialize;
use serde_json::json;
use strategy::{Conditions, StagePayoffs, Strategy, TRAINING_MONTHS, fit_rules};
use terms::{Day, Rate};

use super::averages::{History, HistoryOf};
use super::evidence::FitEvidence;
use super::told::{SideFit, Stage};
use super::{PlayQuestion, sides, tabulated};
use crate::economies;
use crate::manifest::Manifest;
use crate::records::Record;
use crate::settings::{self, settings};

/// How well every rule tells the record of both sides.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fitted {
    /// The economy's name and title.
    pub economy: String,
    /// The closure in words.
    pub model: String,
    /// What both governments want, in words.
    pub judged_by: String,
    /// The first month of the record, and its last day.
    pub from: Day,
    /// As above.
    pub to: Day,
    /// What of the record the history is.
    pub history_of: HistoryOf,
    /// What of the levels below the base rates hold already, by side, in points.
    pub in_base_pp: [f64; 2],
    /// What both sides charged on the other's goods on the last day of each month, in points.
    pub history_pp: Vec<[f64; 2]>,
    /// What each pair of the levels that occurred gives to the two sides.
    pub stage: Stage,
    /// Each side's best reply to each level of the other, among the levels that occurred: pairs of the first side's level and
    /// the second's, points.
    pub best_replies_pp: [Vec<[f64; 2]>; 2],
    /// The fit of every rule, by side.
    pub fits: [SideFit; 2],
    /// What was computed of all this.
    pub certificate: FitEvidence,
    /// What this was computed from.
    pub manifest: Manifest,
}

/// The fit of all rules to the headlines between `from` and `to`; levels of the question are not used: the record's own
/// levels are tabulated.
///
/// # Errors
/// Faults of the economy and the record; `unknown-country`, `reversed-period`, `outside-record`, `short-record`, `stalled`.
pub fn fit_of(
    question: &PlayQuestion,
    record: &Record,
    (from, to): (Day, Day),
    history_of: HistoryOf,
) -> Result<(Fitted, Faults), Faults> {
    let opened = economies::open(&question.economy)?;
    let economy = &opened.economy;
    let ids = sides(economy, &question.sides)?;
    let parties = ids.map(|n| economy.country(n).code.clone());
    let recorded = History::of(history_of, record, &parties, (from, to))?;
    let history_pp = &recorded.months_pp;
    if history_pp.len() <= TRAINING_MONTHS {
        let months = history_pp.len();
        return Err(Diagnostic::error(
            "short-record",
            format!("from {from} to {to} the record has {months} months, and the first {TRAINING_MONTHS} train only"),
        )
        .help("give a longer period: `--from 2018-01-01`")
        .into());
    }
    let levels: [Vec<Rate>; 2] = std::array::from_fn(|side| {
        let mut points: Vec<f64> = history_pp.iter().map(|month| month[side]).chain([0.0]).collect();
        points.sort_by(f64::total_cmp);
        points.dedup_by(|a, b| (*a - *b).abs() < 1e-9);
        points.into_iter().map(Rate::percent).collect()
    });
    let baseline = Baseline::of(economy, &question.options)?;
    let table = tabulated(economy, &baseline, ids, levels, &question.wants, |side, base, level| {
        recorded.rate(side, base, level)
    })?;
    let stage = &table.stage;
    let history: Vec<[u8; 2]> = history_pp
        .iter()
        .map(|month| std::array::from_fn(|side| stage.nearest(side, Rate::percent(month[side])) as u8))
        .collect();
    // War is the top of the ladder that was climbed.
    let war = [0, 1].map(|side| stage.levels[side].len() - 1);
    let conditions =
        Conditions { lag: question.lag, seed: question.seed, war, ..Conditions::plain(stage, history.len()) };
    let fits = [0, 1].map(|side| fit_rules(stage, &history, side, &Strategy::all(), &conditions));
    let told = Stage::of(stage);
    let mut inputs: IndexMap<String, String> = record.inputs.iter().cloned().collect();
    inputs.extend([opened.input.clone()]);
    let mut asked = settings([
        ("command", json!("play --fit")),
        ("economy", json!(question.economy)),
        ("sides", json!(parties)),
        ("from", json!(from)),
        ("to", json!(to)),
        ("history", json!(history_of)),
        ("lag", json!(question.lag)),
        ("seed", json!(question.seed)),
    ]);
    asked.extend(settings::closure(&question.options));
    asked.extend(question.wants.settings());
    let fitted = Fitted {
        economy: format!("{}: {}", economy.name(), economy.meta().title),
        model: crate::words::model(economy, &question.options),
        judged_by: question.wants.words(),
        from,
        to,
        history_of,
        in_base_pp: recorded.in_base_pp,
        history_pp: recorded.months_pp,
        best_replies_pp: [0, 1].map(|side| best_replies(stage, &told, side)),
        fits: [0, 1].map(|side| SideFit::of(&parties[side], &fits[side])),
        stage: told,
        certificate: FitEvidence::of(&table),
        manifest: Manifest::of(inputs, asked),
    };
    Ok((fitted, economy.warnings().clone()))
}

/// One side's best reply to each level of the other, as pairs of the first side's points and the second's.
fn best_replies(stage: &StagePayoffs, told: &Stage, side: usize) -> Vec<[f64; 2]> {
    let pair = |other: usize| {
        let own = stage.best_reply(side, other);
        told.points(if side == 0 { [own, other] } else { [other, own] })
    };
    (0..stage.levels[1 - side].len()).map(pair).collect()
}
