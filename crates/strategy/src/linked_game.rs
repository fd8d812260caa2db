//! The game over the full equilibrium: input links, deficits and closures as its baseline has them.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use equilibrium::{
    Baseline, Counterfactual, Gradient, Gradients, Multipliers, Outcome, Pull, Settings, Solution, Solver,
    Status, exp, in_order, ln,
};
use terms::{CountryId, Cube, Rate, SectorId};

use crate::objective::{Handed, Objective};
use crate::tariff_game::{StrategyError, TariffGame, Wish};

/// An economy with input links as a game.
#[derive(Debug, Clone)]
pub struct LinkedGame {
    baseline: Baseline,
    objective: Objective,
    settings: Settings,
    base_log_wedges: Vec<f64>,
    base_amounts: Vec<f64>,
    threads: usize,
    /// Payments beyond deficits, by country; empty: none.
    received: Vec<f64>,
}

/// What clears at one point of the game.
#[derive(Debug, Clone)]
pub struct LinkedState {
    /// The equilibrium.
    pub solution: Arc<Solution>,
    flows: Arc<[f64]>,
    /// Multipliers of the point this one was reached from.
    lent: Option<Arc<Kept>>,
    /// Multipliers at this point, once someone has asked.
    found: OnceLock<Arc<Kept>>,
}

/// Multipliers by government.
type Kept = BTreeMap<usize, Multipliers>;

/// The least accuracy of multipliers that are solved for.
const LOOSEST: f64 = 1e-4;
/// The largest relative residual of multipliers that one step is trusted to improve; further off they are solved for.
const STEADY: f64 = 0.3;

impl LinkedGame {
    /// The game over `baseline` when every government wants `objective`.
    ///
    /// Sector incomes of political objectives are factor incomes γᵛY: with links, sales are not income.
    ///
    /// # Errors
    /// [`StrategyError::Shape`] when the weights are made for another world.
    pub fn new(baseline: Baseline, objective: Objective, settings: Settings) -> Result<Self, StrategyError> {
        let accounts = baseline.accounts();
        let (countries, sectors) = (accounts.countries(), accounts.sectors());
        objective.check(countries, sectors)?;
        let base_log_wedges = accounts.tariff.as_slice().iter().map(|τ| ln(1.0 + τ)).collect();
        let mut game = Self {
            baseline,
            objective,
            settings,
            base_log_wedges,
            base_amounts: Vec::new(),
            threads: 1,
            received: Vec::new(),
        };
        let accounts = game.baseline.accounts();
        game.base_amounts = CountryId::all(countries)
            .map(|n| {
                let (revenue, from_abroad) = (accounts.revenue[n.at()], accounts.deficit[n.at()]);
                let handed = Handed { revenue, from_abroad };
                let of = &game.objective;
                of.standing_of_factors(n, &game.baseline, accounts.output.row(n), handed).amount
            })
            .collect();
        Ok(game)
    }

    /// The same on up to so many threads where the multipliers of many governments are wanted; no digit depends on it.
    #[must_use]
    pub fn on_threads(mut self, threads: usize) -> Self {
        self.threads = threads.max(1);
        self.settings.threads = self.threads_in_a_move();
        self
    }

    /// The baseline.
    pub fn baseline(&self) -> &Baseline {
        &self.baseline
    }

    /// ln of a government's objective as something to differentiate.
    fn outcome(&self, n: CountryId, solution: &Solution) -> Outcome {
        if self.objective.is_real_income() {
            return Outcome::log_real_income(n);
        }
        let standing = self.objective.standing_at(n, &self.baseline, solution);
        let factors = self.baseline.accounts().factor_share.row(n);
        let mut outcome = Outcome::log_consumer_price(n)
            .times(-1.0)
            .plus(Outcome::revenue(n).times(standing.per_revenue / standing.amount));
        for s in SectorId::all(self.sectors()) {
            let worth = factors[s.at()] * standing.per_income[s.at()] / standing.amount;
            outcome = outcome.plus(Outcome::output(n, s).times(worth));
        }
        outcome
    }

    /// ln of every government's objective over its base.
    fn payoffs_at(&self, state: &LinkedState) -> Vec<f64> {
        if self.objective.is_real_income() {
            return self.real_income(state);
        }
        CountryId::all(self.countries())
            .map(|n| {
                let amount = self.objective.standing_at(n, &self.baseline, &state.solution).amount;
                ln(amount / self.base_amounts[n.at()]) - ln(state.solution.consumer_price_hat(n))
            })
            .collect()
    }
}

impl TariffGame for LinkedGame {
    type State = LinkedState;

    fn countries(&self) -> usize {
        self.baseline.accounts().countries()
    }

    fn sectors(&self) -> usize {
        self.baseline.accounts().sectors()
    }

    fn cell(&self, importer: CountryId, exporter: CountryId, sector: SectorId) -> usize {
        (importer.at() * self.countries() + exporter.at()) * self.sectors() + sector.at()
    }

    fn place(&self, cell: usize) -> (CountryId, CountryId, SectorId) {
        let (pair, sector) = (cell % self.cells() / self.sectors(), cell % self.sectors());
        let (importer, exporter) = (pair / self.countries(), pair % self.countries());
        (CountryId::new(importer), CountryId::new(exporter), SectorId::new(sector))
    }

    fn base_log_wedges(&self) -> &[f64] {
        &self.base_log_wedges
    }

    fn clear_within(
        &self,
        log_wedges: &[f64],
        start: Option<&LinkedState>,
        within: f64,
    ) -> Result<LinkedState, StrategyError> {
        let tolerance = within.clamp(self.settings.tolerance, 1e-3);
        let settings = Settings { tolerance, ..self.settings.clone() };
        let rates = |log_wedges: &[f64]| {
            let mut rates = Cube::filled(self.countries(), self.sectors(), Rate::FREE);
            for (rate, κ) in rates.as_mut_slice().iter_mut().zip(log_wedges) {
                *rate = Rate::share(exp(*κ) - 1.0);
            }
            rates
        };
        let (duties, taxes) = log_wedges.split_at(self.cells());
        let mut question = Counterfactual::of(&self.baseline).under(rates(duties));
        if taxes.iter().any(|x| *x != 0.0) {
            question = question.with_export_taxes(rates(taxes));
        }
        if !self.received.is_empty() {
            question = question.with_transfers(self.received.clone());
        }
        let mut solver = Solver::of(&self.baseline, &settings);
        let solved = match start {
            Some(near) => solver.solve_near(&near.solution, &question, &settings),
            None => solver.solve(&question, &settings),
        };
        let solution = solved.map_err(|faults| StrategyError::NotCleared(faults.to_string()))?;
        match solution.status {
            Status::Cleared => {}
            Status::Stalled { worst } => {
                let excess = solution.certificate.largest_excess;
                return Err(StrategyError::NotCleared(format!("{worst} is furthest, by {excess:e}")));
            }
            Status::Unstable { runs } => {
                let why = format!("the base is no resting point: {runs} would run off by itself");
                return Err(StrategyError::NotCleared(why));
            }
        }
        let flows = solution.flows();
        let lent = start.and_then(|near| near.found.get().cloned().or_else(|| near.lent.clone()));
        let (solution, flows) = (Arc::new(solution), flows.as_slice().into());
        Ok(LinkedState { solution, flows, lent, found: OnceLock::new() })
    }

    fn paying(&self, received: &[f64]) -> Self {
        Self { received: received.to_vec(), ..self.clone() }
    }

    fn payoffs(&self, state: &LinkedState) -> Vec<f64> {
        self.payoffs_at(state)
    }

    fn real_income(&self, state: &LinkedState) -> Vec<f64> {
        CountryId::all(self.countries()).map(|n| ln(state.solution.real_income_hat(n))).collect()
    }

    fn base_income(&self) -> Vec<f64> {
        self.baseline.accounts().income.clone()
    }

    fn flows<'a>(&self, state: &'a LinkedState) -> &'a [f64] {
        &state.flows
    }

    fn residual(&self, state: &LinkedState) -> f64 {
        state.solution.certificate.largest_excess
    }

    fn threads(&self) -> usize {
        self.threads
    }

    fn mixed(&self, past: &[(f64, &LinkedState)]) -> Option<LinkedState> {
        let (_, newest) = past.last()?;
        let mut mix = (*newest).clone();
        let found: Option<Vec<_>> = past.iter().map(|(α, state)| Some((*α, state.found.get()?))).collect();
        if let (Some(found), Some(keys)) = (found, newest.found.get()) {
            let of = |key: &usize| {
                let parts: Option<Vec<_>> =
                    found.iter().map(|(α, kept)| Some((*α, kept.get(key)?))).collect();
                Some((*key, Multipliers::mixed(parts?)?))
            };
            let keys: Vec<usize> = keys.keys().copied().collect();
            let mixed: Option<Kept> = in_order(self.threads_in_a_move(), &keys, of).into_iter().collect();
            (mix.lent, mix.found) = (mixed.map(Arc::new), OnceLock::new());
        }
        Some(mix)
    }

    fn pulls(
        &self,
        state: &LinkedState,
        objectives: &[Wish],
        within: f64,
    ) -> Result<Vec<Vec<Pull>>, StrategyError> {
        let tolerance = within.clamp(self.settings.tolerance, LOOSEST);
        let settings = Settings { tolerance, ..self.settings.clone() };
        let gradients = Gradients::at(&self.baseline, &state.solution);
        let outcomes: Vec<Outcome> = objectives
            .iter()
            .map(|wish| {
                let sum = |sum: Outcome, (n, weight): &(CountryId, f64)| {
                    sum.plus(self.outcome(*n, &state.solution).times(*weight))
                };
                wish.weights.iter().fold(Outcome::default(), sum)
            })
            .collect();
        // A wish is remembered under the first government whose payoff it holds.
        let key = |wish: &Wish| wish.weights.first().map_or(usize::MAX, |(n, _)| n.at());
        let lent = |wish: &Wish| state.lent.as_ref()?.get(&key(wish));
        let starts: Vec<Option<&Multipliers>> = objectives.iter().map(lent).collect();
        let stepped = || {
            let starts: Option<Vec<&Multipliers>> = starts.iter().copied().collect();
            let stepped = gradients.one_step(&outcomes, &starts?, self.threads, &settings)?;
            stepped.iter().all(|gradient| gradient.largest_residual <= STEADY).then_some(stepped)
        };
        let by_step = if within == f64::INFINITY { stepped() } else { None };
        let exact = by_step.is_none();
        let solved = by_step.unwrap_or_else(|| match &outcomes[..] {
            // A few are solved faster one by one than in a block of sixteen.
            few if few.len() < 4 => {
                let one = |(outcome, start): (&Outcome, &Option<&Multipliers>)| {
                    gradients.of_near(outcome, *start, &settings)
                };
                few.iter().zip(&starts).map(one).collect::<Vec<Gradient<'_>>>()
            }
            all => gradients.of_all(all, &starts, self.threads, &settings),
        });
        let mut found = BTreeMap::new();
        for (wish, gradient) in objectives.iter().zip(&solved) {
            if exact && !gradient.status.cleared() {
                let text = format!("multipliers did not settle: {:e} left", gradient.largest_residual);
                return Err(StrategyError::NotCleared(text));
            }
            found.insert(key(wish), gradient.multipliers().clone());
        }
        let both: Vec<_> = objectives.iter().zip(&solved).collect();
        let pulled = in_order(self.threads_in_a_move(), &both, |(wish, gradient)| {
            let mut own = Vec::with_capacity(wish.importers.len() * self.countries() * self.sectors());
            for n in &wish.importers {
                for i in CountryId::all(self.countries()) {
                    own.extend(SectorId::all(self.sectors()).map(|s| gradient.pull(*n, i, s)));
                }
            }
            for i in &wish.exporters {
                for n in CountryId::all(self.countries()) {
                    own.extend(SectorId::all(self.sectors()).map(|s| gradient.export_pull(n, *i, s)));
                }
            }
            own
        });
        // Someone else may have asked first; either answer is as good a start.
        let _ = state.found.set(Arc::new(found));
        Ok(pulled)
    }
}
