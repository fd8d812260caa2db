//! What is differentiated: a weighted sum of incomes, duties, wages and sales.

use terms::{CountryId, SectorId};

use crate::solution::Solution;
use crate::tangent::{Sources, Tangent};

/// A number that a solution gives, as a weighted sum of its parts.
///
/// ```
/// # use equilibrium::Outcome;
/// # use terms::{CountryId, SectorId};
/// # let (home, steel) = (CountryId::new(0), SectorId::new(0));
/// // Real income plus a little for every million that the steel sector sells.
/// let objective = Outcome::log_real_income(home).plus(Outcome::output(home, steel).times(1e-6));
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Outcome(Vec<(f64, Part)>);

#[derive(Debug, Clone, Copy, PartialEq)]
enum Part {
    LogRealIncome(CountryId),
    LogRealWage(CountryId),
    LogConsumerPrice(CountryId),
    LogWage(CountryId),
    LogPrice(CountryId, SectorId),
    Income(CountryId),
    Revenue(CountryId),
    Output(CountryId, SectorId),
}

impl Outcome {
    /// ln W, the log of real income: its slope times a hundred is a change in per cent.
    pub fn log_real_income(country: CountryId) -> Self {
        Self(vec![(1.0, Part::LogRealIncome(country))])
    }

    /// The log of the real wage.
    pub fn log_real_wage(country: CountryId) -> Self {
        Self(vec![(1.0, Part::LogRealWage(country))])
    }

    /// The log of the price of final spending.
    pub fn log_consumer_price(country: CountryId) -> Self {
        Self(vec![(1.0, Part::LogConsumerPrice(country))])
    }

    /// ln ŵ.
    pub fn log_wage(country: CountryId) -> Self {
        Self(vec![(1.0, Part::LogWage(country))])
    }

    /// ln P̂ of one sector.
    pub fn log_price(country: CountryId, sector: SectorId) -> Self {
        Self(vec![(1.0, Part::LogPrice(country, sector))])
    }

    /// I′, final spending, in money.
    pub fn income(country: CountryId) -> Self {
        Self(vec![(1.0, Part::Income(country))])
    }

    /// R′, duties collected, in money.
    pub fn revenue(country: CountryId) -> Self {
        Self(vec![(1.0, Part::Revenue(country))])
    }

    /// Y′, a sector's sales, in money; its factors earn the fixed part γᵛ of them.
    pub fn output(country: CountryId, sector: SectorId) -> Self {
        Self(vec![(1.0, Part::Output(country, sector))])
    }

    /// The sum of two outcomes.
    #[must_use]
    pub fn plus(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// The outcome times a number.
    #[must_use]
    pub fn times(mut self, weight: f64) -> Self {
        self.0.iter_mut().for_each(|(w, _)| *w *= weight);
        self
    }

    /// The outcome's value at a solution; logs are of hats, levels in money.
    pub fn value(&self, solution: &Solution) -> f64 {
        let part = |part: Part| match part {
            Part::LogRealIncome(n) => crate::power::ln(solution.real_income_hat(n)),
            Part::LogRealWage(n) => crate::power::ln(solution.real_wage_hat(n)),
            Part::LogConsumerPrice(n) => crate::power::ln(solution.consumer_price_hat(n)),
            Part::LogWage(n) => crate::power::ln(solution.wage_hat(n)),
            Part::LogPrice(n, s) => crate::power::ln(solution.price_hat(n, s)),
            Part::Income(n) => solution.income(n),
            Part::Revenue(n) => solution.revenue(n),
            Part::Output(n, s) => solution.output(n, s),
        };
        self.0.iter().map(|(weight, p)| weight * part(*p)).sum()
    }

    /// The outcome's own slopes by ln ŵ, ln P̂, Y, R and I, each at unchanged others. `kept` is R′ where
    /// governments keep it.
    pub(crate) fn sources(&self, tangent: &Tangent, final_share: &[f64], kept: Option<&[f64]>) -> Sources {
        let layout = tangent.unknowns.layout;
        let mut sources = Sources::none(layout);
        for (weight, part) in &self.0 {
            let mut prices = |n: CountryId, weight: f64| {
                let row = layout.row(n.at());
                sources.price.extend(row.map(|at| (at, weight * final_share[at])));
            };
            match *part {
                Part::LogRealIncome(n) => {
                    prices(n, -weight);
                    let revenue = kept.map_or(0.0, |revenue| revenue[n.at()]);
                    let per_income = weight / (tangent.income[n.at()] - revenue);
                    sources.income[n.at()] += per_income;
                    if kept.is_some() {
                        sources.revenue[n.at()] -= per_income;
                    }
                }
                Part::LogRealWage(n) => {
                    prices(n, -weight);
                    sources.wage[n.at()] += weight;
                }
                Part::LogConsumerPrice(n) => prices(n, *weight),
                Part::LogWage(n) => sources.wage[n.at()] += weight,
                Part::LogPrice(n, s) => sources.price.push((layout.at(n.at(), s.at()), *weight)),
                Part::Income(n) => sources.income[n.at()] += weight,
                Part::Revenue(n) => sources.revenue[n.at()] += weight,
                Part::Output(n, s) => sources.output.push((layout.at(n.at(), s.at()), *weight)),
            }
        }
        sources
    }
}
