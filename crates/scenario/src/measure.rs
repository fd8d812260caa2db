//! Measure: what a change of tariffs costs whom, in one economy under one closure.

use diagnostic::{Diagnostic, Faults, Source};
use economy::Economy;
use equilibrium::{Baseline, Counterfactual, Market, Options, Settings, Solution, Status};
use indexmap::IndexMap;
use serde::Serialize;
use terms::{Country, CountryId};

use crate::economies;
use crate::manifest::{Manifest, hash};
use crate::tariff_edits::{Edit, edit};

/// The question: an economy, a closure, and tariffs.
#[derive(Debug, Clone, Default)]
pub struct MeasureQuestion {
    /// `default`, or the path of an economy folder.
    pub economy: String,
    /// The closure of the model.
    pub options: Options,
    /// Rows whose rates replace the base rates.
    pub tariffs: Option<Source>,
    /// Rows whose points come on top.
    pub add: Vec<String>,
}

/// The answer, country by country, with its evidence.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Measured {
    /// The economy's name and title.
    pub economy: String,
    /// The closure in words.
    pub model: String,
    /// One row for each country.
    pub countries: Vec<CountryRow>,
    /// The world's real income, per cent, weighted by final spending of the baseline.
    pub world_real_income_pct: f64,
    /// How well the equations hold.
    pub certificate: Evidence,
    /// What this was computed from.
    pub manifest: Manifest,
}

/// What changes for one country.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CountryRow {
    /// Code.
    pub country: Country,
    /// Real income, exact, per cent of baseline.
    pub real_income_pct: f64,
    /// The same as money: what the country would have to be given at baseline prices, million.
    pub real_income_musd: f64,
    /// Real wage, per cent.
    pub real_wage_pct: f64,
    /// Terms of trade, per cent: the first term of Caliendo and Parro's first-order measure.
    pub tot_pct: f64,
    /// Volume of trade, per cent: the second term of the same. Their sum is the paper's "welfare", which is
    /// not real income: see `docs/method/`.
    pub vot_pct: f64,
    /// Duties collected after the change, million.
    pub revenue_musd: f64,
    /// Change of duties collected, million.
    pub revenue_change_musd: f64,
    /// Imports before duty, per cent; none where there were none.
    pub imports_pct: Option<f64>,
    /// Exports before the buyers' duties, per cent.
    pub exports_pct: Option<f64>,
    /// Factor income against the world's, the numeraire, per cent.
    pub wage_pct: f64,
    /// Price of final spending, per cent.
    pub price_pct: f64,
}

/// The certificate of a solution, with markets by their codes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Evidence {
    /// `cleared`, or `stalled`.
    pub status: String,
    /// Largest relative excess in any equation.
    pub largest_excess: f64,
    /// Where it is.
    pub market: String,
    /// Walras residual: the redundant condition, computed on its own.
    pub walras: f64,
    /// Steps taken.
    pub iterations: usize,
    /// Evaluations of all equations.
    pub evaluations: usize,
}

impl Evidence {
    /// The certificate of `solution` in the words of `economy`.
    pub fn of(economy: &Economy, solution: &Solution) -> Self {
        let found = &solution.certificate;
        Self {
            status: if solution.status.cleared() { "cleared".into() } else { "stalled".into() },
            largest_excess: found.largest_excess,
            market: market(economy, found.at),
            walras: found.walras,
            iterations: found.iterations,
            evaluations: found.evaluations,
        }
    }
}

/// A market by its codes: `the price of MVH in USA`.
pub fn market(economy: &Economy, market: Market) -> String {
    let country = |n: CountryId| &economy.country(n).code;
    match market {
        Market::Factors(n) => format!("the factors of {}", country(n)),
        Market::Price(n, s) => format!("the price of {} in {}", economy.sector(s).code, country(n)),
        Market::Goods(n, s) => format!("the demand for {} in {}", economy.sector(s).code, country(n)),
        Market::Output(n, s) => format!("the output of {} in {}", economy.sector(s).code, country(n)),
        Market::Licences(cap) => format!("the flow under cap {cap}"),
    }
}

/// The failure of a solve that did not clear, with the market that is furthest off.
pub fn stalled(economy: &Economy, solution: &Solution) -> Option<Diagnostic> {
    let Status::Stalled { worst } = solution.status else { return None };
    let excess = solution.certificate.largest_excess;
    Some(
        Diagnostic::error(
            "stalled",
            format!("no equilibrium was reached: {} is off by {excess:.1e}", market(economy, worst)),
        )
        .note(format!("{} evaluations were made", solution.certificate.evaluations))
        .help("try smaller changes of tariffs, or another elasticity set"),
    )
}

/// Answers the question.
///
/// # Errors
/// All faults of the economy and of the tariff rows; `stalled` when the solve did not clear.
pub fn measure(question: &MeasureQuestion) -> Result<(Measured, Faults), Faults> {
    let opened = economies::open(&question.economy)?;
    let economy = &opened.economy;
    let mut warnings = economy.warnings().clone();
    let mut inputs = IndexMap::from([opened.input.clone()]);
    let mut faults = Faults::new();
    let mut tariffs = economy.tariffs().clone();
    let rows = question.tariffs.iter().map(|text| (text.clone(), Edit::Replace));
    let added = question.add.iter().map(|row| (Source::new("--add", row), Edit::Add));
    for (text, what) in rows.chain(added) {
        inputs.insert(format!("tariffs {} {}", text.name(), text.text().len()), hash(text.text().as_bytes()));
        match edit(&mut tariffs, economy, &text, what) {
            Ok(found) => warnings.append(found),
            Err(found) => faults.append(found),
        }
    }
    faults.or(())?;
    let baseline = Baseline::of(economy, &question.options)?;
    let solution = Counterfactual::of(&baseline).under(tariffs).solve(&Settings::default())?;
    if let Some(fault) = stalled(economy, &solution) {
        return Err(fault.into());
    }
    let settings = IndexMap::from([
        ("options".to_string(), format!("{:?}", question.options)),
        ("solve".to_string(), format!("{:?}", Settings::default())),
    ]);
    let measured = Measured {
        economy: format!("{}: {}", economy.name(), economy.meta().title),
        model: crate::words::model(economy, &question.options),
        countries: economy.country_ids().map(|n| row(economy, &solution, n)).collect(),
        world_real_income_pct: percent(solution.world_real_income_hat()),
        certificate: Evidence::of(economy, &solution),
        manifest: Manifest::of(inputs, settings),
    };
    Ok((measured, warnings))
}

fn row(economy: &Economy, solution: &Solution, n: CountryId) -> CountryRow {
    let first_order = solution.first_order(n);
    let million = economy.meta().unit.in_millions();
    CountryRow {
        country: economy.country(n).code.clone(),
        real_income_pct: percent(solution.real_income_hat(n)),
        real_income_musd: solution.equivalent_variation(n) * million,
        real_wage_pct: percent(solution.real_wage_hat(n)),
        tot_pct: 100.0 * first_order.terms_of_trade,
        vot_pct: 100.0 * first_order.volume_of_trade,
        revenue_musd: solution.revenue(n) * million,
        revenue_change_musd: solution.revenue_change(n) * million,
        imports_pct: solution.imports_hat(n).map(percent),
        exports_pct: solution.exports_hat(n).map(percent),
        wage_pct: percent(solution.wage_hat(n)),
        price_pct: percent(solution.consumer_price_hat(n)),
    }
}

/// A hat as a change in per cent.
pub(crate) fn percent(hat: f64) -> f64 {
    100.0 * (hat - 1.0)
}
