//! The memory of a solve, kept from one question to the next.

use diagnostic::Faults;
use terms::CountryId;

use crate::accounts::Accounts;
use crate::baseline::Baseline;
use crate::counterfactual::Counterfactual;
use crate::evidence::Status;
use crate::options::Revenue;
use crate::outcome::{Traded, consumer_price_log};
use crate::power::exp;
use crate::settings::Settings;
use crate::shock::Scenario;
use crate::side_by_side::Point;
use crate::solution::Solution;
use crate::solve::{Ended, Workspace};
use crate::sweep::Folded;

/// Solves question after question in the same memory: what an ensemble holds one of per thread.
///
/// Every solve begins at the baseline, so the order of questions does not matter.
#[derive(Debug, Clone)]
pub struct Solver<'a> {
    baseline: &'a Baseline,
    scenario: Scenario,
    pub(crate) workspace: Workspace,
}

/// Where a solve begins.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Start<'s> {
    Baseline,
    /// A solution of the same baseline.
    Near(&'s Solution),
    /// A point that others have led to.
    Point(&'s Point),
}

/// The headline numbers of a solve that keeps no arrays of its own.
#[derive(Debug)]
pub struct Cleared<'s> {
    baseline: &'s Baseline,
    folded: &'s Folded,
    workspace: &'s Workspace,
    ended: Ended,
}

impl<'a> Solver<'a> {
    /// Memory for questions to `baseline`.
    pub fn of(baseline: &'a Baseline, settings: &Settings) -> Self {
        Self { baseline, scenario: Scenario::of(baseline), workspace: Workspace::new(baseline, settings) }
    }

    /// The equilibrium of a question, with all its arrays.
    ///
    /// # Errors
    /// As [`Counterfactual::solve`].
    pub fn solve(&mut self, question: &Counterfactual<'_>, settings: &Settings) -> Result<Solution, Faults> {
        question.check()?;
        self.workspace.start_at_baseline();
        self.solve_from_here(question, settings)
    }

    /// The equilibrium of a question, headline numbers only: nothing is allocated if the last question was of
    /// the same kind.
    ///
    /// # Errors
    /// As [`Counterfactual::solve`].
    pub fn clear(
        &mut self,
        question: &Counterfactual<'_>,
        settings: &Settings,
    ) -> Result<Cleared<'_>, Faults> {
        question.check()?;
        self.workspace.start_at_baseline();
        let ended = self.run(question, settings)?;
        Ok(self.cleared(ended))
    }

    /// As [`Self::solve`], from a solution of the same baseline nearby: for searches that move tariffs a little
    /// at a time. A start of another kind (with caps, or other closures) is passed over.
    ///
    /// # Errors
    /// As [`Counterfactual::solve`].
    pub fn solve_near(
        &mut self,
        near: &Solution,
        question: &Counterfactual<'_>,
        settings: &Settings,
    ) -> Result<Solution, Faults> {
        question.check()?;
        self.workspace.start_at(self.baseline, near);
        self.solve_from_here(question, settings)
    }

    /// As [`Self::clear`] for a question that has been checked, under other trade elasticities than the baseline's, one
    /// by sector.
    pub(crate) fn clear_under(
        &mut self,
        start: Start<'_>,
        question: &Counterfactual<'_>,
        theta: &[f64],
        settings: &Settings,
    ) -> Result<Cleared<'_>, Faults> {
        let spent = self.begin(start);
        self.scenario.take_theta(self.baseline, theta);
        let ended = self.run(question, settings);
        self.scenario.take_theta(self.baseline, &self.baseline.accounts().theta);
        let mut ended = ended?;
        ended.evaluations += spent;
        Ok(self.cleared(ended))
    }

    /// As [`Self::solve`] for a question that has been checked, under other trade elasticities than the baseline's, one
    /// by sector.
    ///
    /// The solution's [`Solution::before`] keeps the baseline's own θ: outcomes do not read it, slopes would.
    pub(crate) fn solve_under(
        &mut self,
        start: Start<'_>,
        question: &Counterfactual<'_>,
        theta: &[f64],
        settings: &Settings,
    ) -> Result<Solution, Faults> {
        let spent = self.begin(start);
        self.scenario.take_theta(self.baseline, theta);
        let solution = self.solve_from_here(question, settings);
        self.scenario.take_theta(self.baseline, &self.baseline.accounts().theta);
        let mut solution = solution?;
        solution.certificate.evaluations += spent;
        Ok(solution)
    }

    /// Goes to a start; the evaluations it has cost.
    pub(crate) fn begin(&mut self, start: Start<'_>) -> usize {
        match start {
            Start::Baseline => self.workspace.start_at_baseline(),
            Start::Near(near) => self.workspace.start_at(self.baseline, near),
            Start::Point(point) => {
                self.workspace.point.clear();
                self.workspace.point.extend_from_slice(&point.at);
                return point.evaluations;
            }
        }
        0
    }

    /// As [`Self::solve`] for a question that has been checked, from the point at hand: for paths.
    pub(crate) fn solve_from_here(
        &mut self,
        question: &Counterfactual<'_>,
        settings: &Settings,
    ) -> Result<Solution, Faults> {
        let ended = self.run(question, settings)?;
        let mut solution =
            Solution::of(self.baseline, &question.shock, &self.scenario, &self.workspace, ended);
        if settings.second_start {
            let mut other = Workspace::new(self.baseline, settings);
            other.start_elsewhere(self.scenario.unknowns);
            other.clear_markets(self.baseline, &question.shock, &mut self.scenario, settings)?;
            let wages = self.scenario.unknowns.wages();
            let apart = self.workspace.point[wages.clone()].iter().zip(&other.point[wages]);
            solution.certificate.second_start = Some(apart.map(|(a, b)| (a - b).abs()).fold(0.0, f64::max));
        }
        Ok(solution)
    }

    fn cleared(&self, ended: Ended) -> Cleared<'_> {
        let Self { baseline, scenario, workspace } = self;
        Cleared { baseline, folded: &scenario.folded, workspace, ended }
    }

    /// Of a question that has been checked.
    fn run(&mut self, question: &Counterfactual<'_>, settings: &Settings) -> Result<Ended, Faults> {
        question.shock.fold(self.baseline, &mut self.scenario, settings.threads)?;
        self.workspace.clear_markets(self.baseline, &question.shock, &mut self.scenario, settings)
    }
}

impl Cleared<'_> {
    /// How the solve ended.
    pub fn status(&self) -> Status {
        self.ended.status
    }

    /// Evaluations of all equations.
    pub fn evaluations(&self) -> usize {
        self.ended.evaluations
    }

    /// The baseline in shares.
    pub fn before(&self) -> &Accounts {
        self.baseline.accounts()
    }

    /// Ŵ, the exact change of real income.
    pub fn real_income_hat(&self, country: CountryId) -> f64 {
        let n = country.at();
        let at = &self.workspace.evaluation;
        let accounts = self.baseline.accounts();
        let kept = |revenue: &[f64]| match self.baseline.options().revenue {
            Revenue::Rebated => 0.0,
            Revenue::Kept => revenue[n],
        };
        let before = accounts.income[n] - kept(&accounts.revenue);
        (at.income[n] - kept(&at.swept.revenue)) / before / self.consumer_price_hat(country)
    }

    /// The change of the price of a country's final spending.
    pub fn consumer_price_hat(&self, country: CountryId) -> f64 {
        let row = self.baseline.layout.row(country.at());
        let prices = &self.workspace.point[self.baseline.unknowns.prices()];
        exp(consumer_price_log(&self.baseline.padded.final_share[row.clone()], &prices[row]))
    }

    /// Every country's imports and exports.
    pub fn traded(&self) -> Traded {
        self.workspace.evaluation.swept.traded(self.baseline.layout, self.folded)
    }

    /// ŵ, the change of a country's factor income.
    pub fn wage_hat(&self, country: CountryId) -> f64 {
        self.workspace.evaluation.wage[country.at()]
    }

    /// R′, duties collected.
    pub fn revenue(&self, importer: CountryId) -> f64 {
        self.workspace.evaluation.swept.revenue[importer.at()]
    }
}
