//! The truce: does it enforce itself, at what patience, on which day does it flip, what does one concession change,
//! what an extension, and what the months ahead are expected to cost.
//!
//! Learn first [`TruceQuestion`] and [`TruceAnswer`].

mod breach;
mod concession;
mod enforcement;
mod record;
mod revenue_at_stake;
mod war;

pub use concession::{Concession, ConcessionEffect, Gives};
pub(crate) use enforcement::{Places, judge};
pub use record::{OtherWindow, between, is_modelled, truce_account};

use diagnostic::Faults;
use jiff::Span;
use serde::Serialize;
use serde_json::json;
use strategy::{Branch, Odds, Paths, Stretch, futures};
use terms::{Country, Day};

use self::enforcement::{Judged, fault};
use crate::brief::{Account, Clause, SelfEnforcement, Truce};
use crate::contest::{Contest, Solved};
use crate::manifest::Manifest;
use crate::months::Months;
use crate::opening::Opening;
use crate::packages::Policy;
use crate::question::Question;
use crate::records::Record;
use crate::settings::{Told, settings};
use crate::wants::Wants;
use crate::words;

/// The question: whose truce on which day by which rules, what is conceded, and the odds of what comes.
#[derive(Debug, Clone, PartialEq)]
pub struct TruceQuestion {
    /// The parties, the clocks, the model and the rules.
    pub question: Question,
    /// Concessions to try; none: ten points off either side's duties.
    pub concessions: Vec<Concession>,
    /// Days by which an extension would move the deadline; none: the window's own length.
    pub extension_days: Option<i64>,
    /// The odds of what becomes of the truce at each deadline; none: branches without odds.
    pub odds: Option<Odds>,
    /// How many months ahead the calendar runs.
    pub horizon_months: i64,
    /// What both governments want.
    pub wants: Wants,
}

impl TruceQuestion {
    /// What a manifest says of it.
    fn settings(&self) -> Told {
        let odds = self.odds.iter().flat_map(|odds| Branch::ALL.into_iter().zip(odds.0));
        let odds =
            odds.filter(|(_, odds)| *odds > 0.0).map(|(branch, odds)| format!("{}={odds}", branch.word()));
        let concessions = self.concessions.iter().map(Concession::to_string);
        let mut told = self.question.settings();
        told.extend(settings([
            ("concession", json!(concessions.collect::<Vec<_>>())),
            ("extend", json!(self.extension_days)),
            ("odds", json!(odds.collect::<Vec<_>>())),
            ("horizon", json!(self.horizon_months)),
        ]));
        told.extend(self.wants.settings());
        told
    }
}

/// What can be said of the truce, and the evidence.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TruceAnswer {
    /// The day asked about.
    pub on: Day,
    /// The last day of publication that counts.
    pub known_on: Option<Day>,
    /// The window.
    pub truce: Option<Truce>,
    /// Where no window holds the day: those of the agreement asked about, or of any between the two, as known then.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub other_windows: Vec<OtherWindow>,
    /// The clauses of its agreement.
    pub clauses: Vec<Clause>,
    /// Whether it enforces itself.
    pub self_enforcement: Option<SelfEnforcement>,
    /// What each concession tried changes.
    pub concessions: Vec<ConcessionEffect>,
    /// What an extension changes.
    pub extension: Option<Extension>,
    /// What comes after the deadline.
    pub futures: Option<Futures>,
    /// How well the equations behind the payoffs hold.
    pub certificate: TruceEvidence,
    /// What this was computed from.
    pub manifest: Manifest,
    /// The record's account, for the words of a page.
    #[serde(skip)]
    pub account: Account,
}

/// What moving the deadline changes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Extension {
    /// By so many days.
    pub days: i64,
    /// The new first day without the truce.
    pub until: Day,
    /// Each side's slack on the day asked about as things stand, % of a month's real income.
    pub slack_before_pct: [f64; 2],
    /// The same with the extension.
    pub slack_after_pct: [f64; 2],
    /// The first day on which a side gains by breaking it, as things stand.
    pub flips_before: Option<Day>,
    /// The same with the extension.
    pub flips_after: Option<Day>,
    /// The fewest days of extension with which the truce holds on the day asked about; none when no two years do.
    pub fewest_days_that_hold: Option<u32>,
}

/// The branching calendar.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Futures {
    /// What a month of each branch is worth to both sides, % of what they want, against no duties of the conflict.
    pub branches: Vec<BranchWorth>,
    /// The odds given, in the order hold, lapse, extend, deal, escalate.
    pub odds: Option<Odds>,
    /// Stretch by stretch; empty without odds.
    pub calendar: Vec<Stretch>,
    /// The mean expected cost of a month over the horizon for both sides, % of what they want; none without odds.
    pub expected_cost_pct: Option<[f64; 2]>,
    /// The mean expected cost in real income, million dollars a month.
    pub expected_cost_usd_mn: Option<[f64; 2]>,
}

/// One branch and its months.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BranchWorth {
    /// `truce`, `lapse`, `deal`, `escalate`.
    pub branch: &'static str,
    /// Both sides' headlines, in points.
    pub headlines_pp: [f64; 2],
    /// What both governments want of it, %: real income, unless they want something else.
    pub worth_pct: [f64; 2],
    /// Real income of both in money, million dollars a month.
    pub worth_usd_mn: [f64; 2],
}

/// The evidence behind the payoffs. What was sought stands with each side.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TruceEvidence {
    /// The economy's name and title.
    pub economy: String,
    /// The closure in words.
    pub model: String,
    /// Equilibria solved.
    pub solves: usize,
    /// The largest relative excess demand left in any.
    pub clearing_residual: f64,
    /// Where.
    pub worst_market: String,
    /// The largest Walras residual.
    pub walras: f64,
    /// Payoffs are the central elasticity set's; breaches are duties on all goods, at the levels listed.
    pub limits: Vec<String>,
}

/// Answers the question.
///
/// # Errors
/// As [`crate::brief`]; `truce` for rules or odds that make no sense; `no-rest` for a war without rest; faults of
/// concessions.
pub fn truce_of(asked: &TruceQuestion, record: &Record) -> Result<(TruceAnswer, Faults), Faults> {
    let question = &asked.question;
    let opening = Opening::of(question, record)?;
    let contest = opening.contest(question, &question.model.elasticities[..1])?;
    let policies = &opening.policies;
    let mut solved = Solved::default();
    let mut months = Months::of(&contest, &mut solved, policies, &asked.wants)?;
    let window = opening.account.truce.clone();
    let (mut self_enforcement, mut concessions, mut extension, mut ahead) = (None, Vec::new(), None, None);
    if let (Some(window), Some(places)) = (&window, Places::of(policies)) {
        let judged = judge(&mut months, policies, places, question)?;
        self_enforcement = Some(judged.told(policies, question.on, window)?);
        for concession in concessions_of(asked) {
            let days = (question.on, window.until);
            let effect = concession.effect(
                &mut months,
                &contest,
                policies,
                (places, &judged),
                &question.parties,
                days,
            )?;
            concessions.push(effect);
        }
        let days = asked.extension_days.unwrap_or(window.days);
        extension = Some(extended(&judged, question.on, window, days)?);
        ahead = Some(futures_of(&mut months, policies, places, window, days, asked)?);
    }
    let certificate = evidence(&contest, &solved, &opening, &asked.wants.words());
    let inputs = record.inputs.iter().cloned();
    let inputs = inputs.chain([opening.opened.input.clone()]).chain(opening.tables.clone()).collect();
    let outcome = TruceAnswer {
        on: opening.account.on,
        known_on: opening.account.known_on,
        clauses: opening.account.clauses_of_truce().cloned().collect(),
        other_windows: match &window {
            Some(_) => Vec::new(),
            None => record::other_windows(question, record)?,
        },
        truce: window,
        self_enforcement,
        concessions,
        extension,
        futures: ahead,
        certificate,
        manifest: Manifest::of(inputs, asked.settings()),
        account: opening.account.clone(),
    };
    Ok((outcome, opening.warnings.clone()))
}

/// Those asked for, or ten points off either side's duties.
fn concessions_of(asked: &TruceQuestion) -> Vec<Concession> {
    if !asked.concessions.is_empty() {
        return asked.concessions.clone();
    }
    let off = |who: &Country| Concession {
        name: format!("ten points off the duties of {who}"),
        gives: Gives::Points(who.clone(), -10.0),
    };
    asked.question.parties.iter().map(off).collect()
}

fn extended(judged: &Judged, on: Day, window: &Truce, days: i64) -> Result<Extension, Faults> {
    let moved = window.until.checked_add(Span::new().days(days));
    let until = moved.map_err(|_| fault(strategy::TruceError::Window(days)))?;
    let before = judged.truce.calendar(judged.patience, on, window.until).map_err(fault)?;
    let after = judged.truce.calendar(judged.patience, on, until).map_err(fault)?;
    let fewest = judged.truce.missing_extension(judged.patience, on, window.until, 730).map_err(fault)?;
    Ok(Extension {
        days,
        until,
        slack_before_pct: before.days[0].slack,
        slack_after_pct: after.days[0].slack,
        flips_before: before.breaks_on(),
        flips_after: after.breaks_on(),
        fewest_days_that_hold: fewest,
    })
}

fn futures_of(
    months: &mut Months<'_, '_>,
    policies: &[Vec<Policy>; 2],
    places: Places,
    window: &Truce,
    days: i64,
    asked: &TruceQuestion,
) -> Result<Futures, Faults> {
    let month = months.month_usd_mn();
    let mut branch = |name: &'static str, at: usize| {
        let pair = [&policies[0][at], &policies[1][at]];
        let of = months.month(pair)?;
        Ok::<_, Faults>(BranchWorth {
            branch: name,
            headlines_pp: pair.map(|policy| policy.headline_pp() + 0.0),
            worth_pct: of.worth,
            worth_usd_mn: [0, 1].map(|side| of.real_income[side] / 100.0 * month[side]),
        })
    };
    let branches = vec![
        branch("truce", places.today)?,
        branch("lapse", places.lapse)?,
        // A deal takes every duty of the conflict away: the first package.
        branch("deal", 0)?,
        branch("escalate", places.peak.unwrap_or(places.lapse))?,
    ];
    let mut calendar = Vec::new();
    if let Some(odds) = &asked.odds {
        let on = asked.question.on;
        let horizon = on.saturating_add(Span::new().months(asked.horizon_months));
        let paths = Paths {
            truce: branches[0].worth_pct,
            lapse: branches[1].worth_pct,
            deal: branches[2].worth_pct,
            escalate: branches[3].worth_pct,
        };
        calendar = futures(&paths, odds, (on, window.until, horizon), days).map_err(fault)?;
    }
    let length = |stretch: &Stretch| stretch.from.duration_until(stretch.until).as_hours() as f64;
    let whole: f64 = calendar.iter().map(length).sum();
    let mean = |of: &dyn Fn(&Stretch) -> f64| calendar.iter().map(|s| of(s) * length(s)).sum::<f64>() / whole;
    let expected_cost_pct = (!calendar.is_empty()).then(|| [0, 1].map(|side| -mean(&|s| s.expected[side])));
    let money = |s: &Stretch, side: usize| {
        let odds = [s.in_window + s.held, s.lapsed, s.dealt, s.escalated];
        odds.iter().zip(&branches).map(|(odds, branch)| odds * branch.worth_usd_mn[side]).sum::<f64>()
    };
    let expected_cost_usd_mn = (!calendar.is_empty()).then(|| [0, 1].map(|side| -mean(&|s| money(s, side))));
    Ok(Futures { branches, odds: asked.odds, calendar, expected_cost_pct, expected_cost_usd_mn })
}

fn evidence(contest: &Contest<'_>, solved: &Solved, opening: &Opening, judged_by: &str) -> TruceEvidence {
    let held = contest.held(solved);
    let economy = &opening.opened.economy;
    TruceEvidence {
        economy: format!("{}: {}", economy.name(), economy.meta().title),
        model: words::model(economy, &opening.options),
        solves: held.solves,
        clearing_residual: held.worst_residual,
        worst_market: held.worst_market,
        walras: held.walras,
        limits: vec![
            format!("payoffs are {judged_by}, by the central elasticity set"),
            "a breach is a higher duty on all goods of the other side, tried at the headlines listed; other breaches \
             are not sought"
                .into(),
        ],
    }
}
