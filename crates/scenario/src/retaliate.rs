//! `retaliate`: the list of goods that hurts the other most for what it costs at home, under a cap on its value.

use diagnostic::{Diagnostic, Faults};
use economy::Economy;
use equilibrium::{Baseline, Counterfactual, Options, Settings};
use serde::Serialize;
use strategy::{Candidate, Ranking, retaliation_list};
use terms::{Country, CountryId, Cube, Rate, Sector, SectorId};

use crate::chapters;
use crate::economies;
use crate::manifest::Manifest;
use crate::measure::{percent, stalled};

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
    /// The duty on top of the base rates.
    pub rate: Rate,
    /// The most that the goods on the list may be worth, million dollars of base-year imports; none: no cap.
    pub cap_usd_mn: Option<f64>,
    /// Goods to spare: sector codes, or chapters as `HS:30`.
    pub spare: Vec<String>,
    /// What the list is ranked by.
    pub ranking: Ranking,
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
    /// The duty on top, %.
    pub rate_pct: f64,
    /// What the list is ranked by.
    pub ranking: Ranking,
    /// Every sector of goods, those on the list first, in their order.
    pub goods: Vec<ListedGood>,
    /// Imports on the list, million dollars.
    pub value_usd_mn: f64,
    /// The whole list at once: what it costs the other.
    pub harm_pct: f64,
    /// The same, million dollars a year.
    pub harm_usd_mn: f64,
    /// What it costs at home; below zero where it pays.
    pub own_cost_pct: f64,
    /// The same, million dollars a year.
    pub own_cost_usd_mn: f64,
    /// The sum of the listed goods' own harms, million dollars: how far effects add up.
    pub sum_of_harms_usd_mn: f64,
    /// Equilibria solved.
    pub solves: usize,
    /// The largest relative excess demand left in any.
    pub clearing_residual: f64,
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
    /// Imports of the base year, million dollars.
    pub value_usd_mn: f64,
    /// The share of them on the list.
    pub listed_share: f64,
    /// Whether it is spared.
    pub spared: bool,
    /// What the duty on all of it costs the other, million dollars a year.
    pub harm_usd_mn: f64,
    /// What it costs at home, million dollars a year; below zero where it pays.
    pub own_cost_usd_mn: f64,
}

/// Answers: every sector's duty is solved alone, then the whole list at once.
///
/// # Errors
/// Faults of the economy; `unknown-country`, `unknown-sector`, `same-party`, `stalled`.
pub fn retaliate_of(question: &RetaliationQuestion) -> Result<(RetaliationAnswer, Faults), Faults> {
    let opened = economies::open(&question.economy)?;
    let economy = &opened.economy;
    let (n, i) = pair(economy, question)?;
    let mut faults = Faults::new();
    let mut spared = Vec::new();
    for word in &question.spare {
        match chapters::sector(economy, word) {
            Ok(sector) => spared.push(sector),
            Err(fault) => faults.push(fault),
        }
    }
    faults.or(())?;
    let baseline = Baseline::of(economy, &question.options)?;
    let million = economy.meta().unit.in_millions();
    let (mut solves, mut residual) = (0, 0.0_f64);
    let base = economy.tariffs();
    // Real income of both under the duty on these shares of sectors, over the base.
    let mut incomes = |shares: &dyn Fn(SectorId) -> f64| {
        let (countries, sectors) = (economy.countries().len(), economy.sectors().len());
        let tariffs = Cube::from_fn(countries, sectors, |m, j, s| {
            let before = base[(m, j, s)];
            let more = if (m, j) == (n, i) { shares(s) * question.rate.as_share() } else { 0.0 };
            Rate::share(before.as_share() + more)
        });
        let solution = Counterfactual::of(&baseline).under(tariffs).solve(&Settings::default())?;
        if let Some(fault) = stalled(economy, &solution) {
            return Err(Faults::from(fault));
        }
        solves += 1;
        residual = residual.max(solution.certificate.largest_excess);
        let lost = |of: CountryId| {
            (percent(solution.real_income_hat(of)), -solution.equivalent_variation(of) * million)
        };
        Ok([lost(i), lost(n)])
    };
    let mut candidates = Vec::new();
    let goods: Vec<SectorId> = economy.goods().collect();
    for good in &goods {
        let value = economy.trade()[(n, i, *good)] * million;
        let [(_, harm), (_, own_cost)] = incomes(&|s| f64::from(u8::from(s == *good)))?;
        candidates.push(Candidate { value, harm, own_cost });
    }
    let offered: Vec<Candidate> = goods
        .iter()
        .zip(&candidates)
        .map(|(s, of)| if spared.contains(s) { Candidate { harm: 0.0, ..of.clone() } } else { of.clone() })
        .collect();
    let cap = question.cap_usd_mn.unwrap_or(f64::INFINITY);
    let shares = retaliation_list(&offered, cap, question.ranking);
    let share_of = |s: SectorId| goods.iter().position(|good| *good == s).map_or(0.0, |at| shares[at]);
    let [(harm_pct, harm), (own_pct, own_cost)] = incomes(&share_of)?;
    let listed = |at: usize| ListedGood {
        sector: economy.sector(goods[at]).code.clone(),
        name: economy.sector(goods[at]).name.clone(),
        value_usd_mn: candidates[at].value,
        listed_share: shares[at],
        spared: spared.contains(&goods[at]),
        harm_usd_mn: candidates[at].harm,
        own_cost_usd_mn: candidates[at].own_cost,
    };
    let mut rows: Vec<ListedGood> = (0..goods.len()).map(listed).collect();
    rows.sort_by(|a, b| {
        let whole = |of: &ListedGood| of.listed_share > 0.0;
        whole(b)
            .cmp(&whole(a))
            .then((b.harm_usd_mn / b.value_usd_mn).total_cmp(&(a.harm_usd_mn / a.value_usd_mn)))
    });
    let sum = |of: &dyn Fn(usize) -> f64| (0..goods.len()).map(|at| shares[at] * of(at)).sum::<f64>();
    let answer = RetaliationAnswer {
        economy: format!("{}: {}", economy.name(), economy.meta().title),
        model: crate::words::model(economy, &question.options),
        importer: economy.country(n).code.clone(),
        exporter: economy.country(i).code.clone(),
        rate_pct: question.rate.as_percent(),
        ranking: question.ranking,
        value_usd_mn: sum(&|at| candidates[at].value),
        harm_pct: -harm_pct,
        harm_usd_mn: harm,
        own_cost_pct: -own_pct,
        own_cost_usd_mn: own_cost,
        sum_of_harms_usd_mn: sum(&|at| candidates[at].harm),
        goods: rows,
        solves,
        clearing_residual: residual,
        manifest: Manifest::of(
            [opened.input.clone()].into_iter().collect(),
            [("retaliate".to_string(), format!("{question:?}"))].into_iter().collect(),
        ),
    };
    Ok((answer, economy.warnings().clone()))
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
