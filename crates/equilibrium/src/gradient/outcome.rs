//! What is differentiated: a weighted sum of incomes, duties, wages, sales and flows.

use terms::{CountryId, SectorId};

use crate::padded::Padded;
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
    SectorIncome(CountryId, SectorId),
    Trade(Flow),
    LogTrade(Flow),
    LogQuantity(Flow),
}

type Flow = (CountryId, CountryId, SectorId);

/// What the log of one flow is worth to an outcome: at the border, and as producers receive it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Direct {
    pub at: Flow,
    pub landed: f64,
    pub received: f64,
}

impl Direct {
    pub fn times(self, weight: f64) -> Self {
        Self { landed: weight * self.landed, received: weight * self.received, ..self }
    }
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

    /// γᵛ Y′, what a sector's factors earn, in money.
    pub fn sector_income(country: CountryId, sector: SectorId) -> Self {
        Self(vec![(1.0, Part::SectorIncome(country, sector))])
    }

    /// A flow before duty, in money; sums of them are imports, exports and balances.
    pub fn trade(importer: CountryId, exporter: CountryId, sector: SectorId) -> Self {
        Self(vec![(1.0, Part::Trade((importer, exporter, sector)))])
    }

    /// The log of a flow before duty.
    pub fn log_trade(importer: CountryId, exporter: CountryId, sector: SectorId) -> Self {
        Self(vec![(1.0, Part::LogTrade((importer, exporter, sector)))])
    }

    /// The log of a flow's quantity: what its producers receive over their unit cost.
    pub fn log_quantity(importer: CountryId, exporter: CountryId, sector: SectorId) -> Self {
        Self(vec![(1.0, Part::LogQuantity((importer, exporter, sector)))])
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
            Part::SectorIncome(n, s) => solution.before().factor_share[(n, s)] * solution.output(n, s),
            Part::Trade((n, i, s)) => solution.trade(n, i, s),
            Part::LogTrade((n, i, s)) => {
                crate::power::ln(solution.trade(n, i, s) / solution.before().trade(n, i, s))
            }
            Part::LogQuantity((n, i, s)) => {
                let received = solution.received(n, i, s) / solution.before().received(n, i, s);
                crate::power::ln(received / solution.cost_hat(i, s))
            }
        };
        self.0.iter().map(|(weight, p)| weight * part(*p)).sum()
    }

    /// The outcome's own slopes by wages, prices, spending and so on, each at unchanged others.
    pub(super) fn sources(&self, solution: &Solution, tangent: &Tangent, base: &Padded) -> Sources {
        let final_share = &base.final_share;
        let kept = solution.kept_revenue.then_some(&solution.revenue[..]);
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
                Part::SectorIncome(n, s) => {
                    let at = layout.at(n.at(), s.at());
                    sources.output.push((at, weight * base.factor_share[at]));
                }
                Part::Trade(_) | Part::LogTrade(_) | Part::LogQuantity(_) => {}
            }
        }
        // ln T = ln A − θ ln ĉ − ln Φ + ln X̂ − ln(1+τ), and ln q = ln T − ln x − ln ĉ.
        for flow in self.direct(solution) {
            let (n, i, s) = flow.at;
            let (buyer, seller) = (layout.at(n.at(), s.at()), layout.at(i.at(), s.at()));
            let θ = solution.before().theta[s.at()];
            sources.spending.push((buyer, flow.landed));
            sources.index.push((buyer, -flow.landed));
            sources.cost.push((seller, -θ * flow.landed - flow.received));
        }
        sources
    }

    /// The flows in the outcome, and what their logs are worth to it. Flows that are nothing stay nothing.
    pub(super) fn direct(&self, solution: &Solution) -> Vec<Direct> {
        let flows = self.0.iter().filter_map(|(weight, part)| match *part {
            Part::Trade(at) => {
                Some(Direct { at, landed: weight * solution.trade(at.0, at.1, at.2), received: 0.0 })
            }
            Part::LogTrade(at) => Some(Direct { at, landed: *weight, received: 0.0 }),
            Part::LogQuantity(at) => Some(Direct { at, landed: *weight, received: *weight }),
            _ => None,
        });
        flows.filter(|flow| solution.share(flow.at.0, flow.at.1, flow.at.2) > 0.0).collect()
    }
}
