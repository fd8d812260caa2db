//! The memory of a solve, kept from one question to the next.

use diagnostic::Faults;
use terms::CountryId;

use crate::baseline::Baseline;
use crate::counterfactual::Counterfactual;
use crate::evidence::Status;
use crate::options::Revenue;
use crate::outcome::consumer_price_log;
use crate::power::exp;
use crate::settings::Settings;
use crate::shock::Scenario;
use crate::solution::Solution;
use crate::solve::{Ended, Workspace};

/// Solves question after question in the same memory: what an ensemble holds one of per thread.
///
/// Every solve begins at the baseline, so the order of questions does not matter.
#[derive(Debug, Clone)]
pub struct Solver<'a> {
    baseline: &'a Baseline,
    scenario: Scenario,
    pub(crate) workspace: Workspace,
}

/// The headline numbers of a solve that keeps no arrays of its own.
#[derive(Debug)]
pub struct Cleared<'s> {
    baseline: &'s Baseline,
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
        self.workspace.start_at_baseline();
        let ended = self.run(question, settings)?;
        Ok(Cleared { baseline: self.baseline, workspace: &self.workspace, ended })
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
        self.workspace.start_at(self.baseline, near);
        self.solve_from_here(question, settings)
    }

    /// As [`Self::clear`], under other trade elasticities than the baseline's, one by sector.
    ///
    /// # Errors
    /// As [`Counterfactual::solve`].
    pub fn clear_under(
        &mut self,
        question: &Counterfactual<'_>,
        theta: &[f64],
        settings: &Settings,
    ) -> Result<Cleared<'_>, Faults> {
        self.scenario.take_theta(self.baseline, theta);
        self.workspace.start_at_baseline();
        let ended = self.run(question, settings);
        self.scenario.take_theta(self.baseline, &self.baseline.accounts().theta);
        Ok(Cleared { baseline: self.baseline, workspace: &self.workspace, ended: ended? })
    }

    /// As [`Self::solve_near`], under other trade elasticities than the baseline's, one by sector; from the baseline
    /// where no solution nearby is given.
    ///
    /// The solution's [`Solution::before`] keeps the baseline's own θ: outcomes do not read it, slopes would.
    ///
    /// # Errors
    /// As [`Counterfactual::solve`].
    pub fn solve_under(
        &mut self,
        near: Option<&Solution>,
        question: &Counterfactual<'_>,
        theta: &[f64],
        settings: &Settings,
    ) -> Result<Solution, Faults> {
        self.scenario.take_theta(self.baseline, theta);
        match near {
            Some(near) => self.workspace.start_at(self.baseline, near),
            None => self.workspace.start_at_baseline(),
        }
        let solution = self.solve_from_here(question, settings);
        self.scenario.take_theta(self.baseline, &self.baseline.accounts().theta);
        solution
    }

    /// As [`Self::solve`], from the point of the last solve: for paths.
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

    fn run(&mut self, question: &Counterfactual<'_>, settings: &Settings) -> Result<Ended, Faults> {
        question.check()?;
        question.shock.fold(self.baseline, &mut self.scenario)?;
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

    /// Ŵ, the exact change of real income.
    pub fn real_income_hat(&self, country: CountryId) -> f64 {
        let n = country.at();
        let at = &self.workspace.evaluation;
        let row = self.baseline.layout.row(n);
        let grid = self.baseline.unknowns.prices();
        let ln_price = consumer_price_log(
            &self.baseline.padded.final_share[row.clone()],
            &self.workspace.point[grid][row],
        );
        let accounts = self.baseline.accounts();
        let kept = |revenue: &[f64]| match self.baseline.options().revenue {
            Revenue::Rebated => 0.0,
            Revenue::Kept => revenue[n],
        };
        let before = accounts.income[n] - kept(&accounts.revenue);
        (at.income[n] - kept(&at.swept.revenue)) / before * exp(-ln_price)
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
