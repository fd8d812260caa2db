//! The game over an economy with one factor and no input links.

use equilibrium::firms::{Along, Cleared, ClearingSettings, Deficits, FirmsError, OneFactor, OwnValue, Pull};
use equilibrium::in_order;
use terms::{CountryId, SectorId};

use crate::objective::{Handed, Objective};
use crate::player::{Aim, Player};
use crate::tariff_game::{StrategyError, TariffGame, Wish};

/// One factor, no links, with profits (Ossa 2014) or without (Lashkaripour 2021), and what governments want.
#[derive(Debug, Clone)]
pub struct OneFactorGame {
    base: OneFactor,
    objective: Objective,
    deficits: Deficits,
    settings: ClearingSettings,
    base_amounts: Vec<f64>,
    /// Payments beyond deficits, by country; empty: none.
    received: Vec<f64>,
    threads: usize,
}

impl OneFactorGame {
    /// The game over `base` when every government wants `objective` and deficits stay as told.
    ///
    /// # Errors
    /// [`StrategyError::Shape`] when the weights are made for another world.
    pub fn new(base: OneFactor, objective: Objective, deficits: Deficits) -> Result<Self, StrategyError> {
        objective.check(base.countries(), base.sectors())?;
        let base_amounts = objective.base_amounts(&base);
        Ok(Self {
            base,
            objective,
            deficits,
            settings: ClearingSettings::default(),
            base_amounts,
            received: Vec::new(),
            threads: 1,
        })
    }

    /// The same on up to so many threads where works are independent; no digit depends on it.
    #[must_use]
    pub fn on_threads(mut self, threads: usize) -> Self {
        self.threads = threads.max(1);
        self.settings.threads = self.threads_in_a_move();
        self
    }

    /// The base year.
    pub fn base(&self) -> &OneFactor {
        &self.base
    }

    /// What governments want.
    pub fn objective(&self) -> &Objective {
        &self.objective
    }

    /// What each country receives beyond what it sells: its deficit, and payments.
    fn paid_from_abroad(&self) -> Vec<f64> {
        let mut from_abroad = match self.deficits {
            Deficits::Held => self.base.deficit().to_vec(),
            Deficits::Removed => vec![0.0; self.base.countries()],
        };
        from_abroad.iter_mut().zip(&self.received).for_each(|(d, money)| *d += money);
        from_abroad
    }

    /// The same game told from another point: payoffs are then relative to it.
    ///
    /// # Errors
    /// [`StrategyError::NotCleared`] when the point cannot be a base.
    pub fn rebased(&self, state: &Cleared) -> Result<Self, StrategyError> {
        Self::new(self.base.rebased(state)?, self.objective.clone(), self.deficits)
    }
}

impl TariffGame for OneFactorGame {
    type State = Cleared;

    fn countries(&self) -> usize {
        self.base.countries()
    }

    fn sectors(&self) -> usize {
        self.base.sectors()
    }

    fn cell(&self, importer: CountryId, exporter: CountryId, sector: SectorId) -> usize {
        self.base.cell(importer, exporter, sector)
    }

    fn place(&self, cell: usize) -> (CountryId, CountryId, SectorId) {
        self.base.place(cell % self.base.cells())
    }

    fn base_log_wedges(&self) -> &[f64] {
        self.base.log_wedges()
    }

    fn clear_within(
        &self,
        log_wedges: &[f64],
        start: Option<&Cleared>,
        within: f64,
    ) -> Result<Cleared, StrategyError> {
        let tolerance = within.clamp(self.settings.tolerance, 1e-4);
        let settings = ClearingSettings { tolerance, ..self.settings };
        let solve = |near| self.base.clear_paying(log_wedges, self.deficits, &self.received, near, &settings);
        // A warm start that leads nowhere is no verdict: the base is tried as well.
        let found = match solve(start) {
            Err(FirmsError::Stalled { .. }) if start.is_some() => solve(None),
            found => found,
        };
        Ok(found?)
    }

    fn paying(&self, received: &[f64]) -> Self {
        Self { received: received.to_vec(), ..self.clone() }
    }

    fn payoffs(&self, state: &Cleared) -> Vec<f64> {
        if self.objective.is_real_income() {
            return state.log_real_income(&self.base);
        }
        self.objective.log_gains(&self.base, &self.base_amounts, state, &self.paid_from_abroad())
    }

    fn real_income(&self, state: &Cleared) -> Vec<f64> {
        state.log_real_income(&self.base)
    }

    fn base_income(&self) -> Vec<f64> {
        self.base.spending().to_vec()
    }

    fn flows<'a>(&self, state: &'a Cleared) -> &'a [f64] {
        state.sales.landed()
    }

    fn residual(&self, state: &Cleared) -> f64 {
        state.residual
    }

    fn pulls(
        &self,
        state: &Cleared,
        objectives: &[Wish],
        _within: f64,
    ) -> Result<Vec<Vec<Pull>>, StrategyError> {
        // One adjoint for each government that anyone's objective contains.
        let mut asked: Vec<usize> = Vec::new();
        let wanted = objectives.iter().flat_map(|wish| wish.weights.iter().map(|(n, _)| n.at()));
        for n in wanted {
            if !asked.contains(&n) {
                asked.push(n);
            }
        }
        let column = |n: &CountryId| asked.iter().position(|m| *m == n.at());
        let multipliers = state.multipliers(&self.base, self.values(state, &asked))?;
        let pulls = |wish: &Wish| {
            let weights: Vec<(usize, f64)> =
                wish.weights.iter().filter_map(|(n, weight)| Some((column(n)?, *weight))).collect();
            let places = |of: &[CountryId]| of.iter().map(|n| n.at()).collect::<Vec<usize>>();
            let (importers, exporters) = (places(&wish.importers), places(&wish.exporters));
            let mut pulls = multipliers.pulls(&self.base, state, &weights, &importers);
            pulls.extend(multipliers.export_pulls(&self.base, state, &weights, &exporters));
            pulls
        };
        Ok(in_order(self.threads_in_a_move(), objectives, pulls))
    }

    fn bent(
        &self,
        state: &Cleared,
        player: &Player,
        direction: &[f64],
    ) -> Result<Option<Vec<f64>>, StrategyError> {
        let weights = player.weights(&self.payoffs(state), &self.base_income());
        let asked: Vec<usize> = weights.iter().map(|(n, _)| n.at()).collect();
        let multipliers = state.multipliers(&self.base, self.values(state, &asked))?;
        let along = state.along(&self.base, direction)?;
        let moved = self.values_moved(state, player, &weights, &along);
        let columns: Vec<(usize, f64)> = weights.iter().map(|(_, ω)| *ω).enumerate().collect();
        Ok(Some(multipliers.bent(&self.base, state, &columns, &along, &moved)?))
    }

    fn threads(&self) -> usize {
        self.threads
    }
}

impl OneFactorGame {
    /// What these governments value at the margin.
    fn values(&self, state: &Cleared, asked: &[usize]) -> Vec<OwnValue> {
        if self.objective.is_real_income() {
            return asked.iter().map(|n| OwnValue::real_income(*n, self.base.sectors())).collect();
        }
        let sales = state.sector_sales(&self.base);
        let handed = Handed::of(&state.revenue(&self.base), &self.paid_from_abroad());
        let all = self.objective.standings(&self.base, &sales, &handed);
        asked.iter().map(|n| all[*n].own_value(*n)).collect()
    }

    /// The moves of one player's own values, and with a bloc's those of its members' weights.
    fn values_moved(
        &self,
        state: &Cleared,
        player: &Player,
        weights: &[(CountryId, f64)],
        along: &Along<'_>,
    ) -> Vec<OwnValue> {
        let base = &self.base;
        let real = self.objective.is_real_income();
        let values = self.values(state, &weights.iter().map(|(n, _)| n.at()).collect::<Vec<_>>());
        let sales = state.sector_sales(base);
        let handed = Handed::of(&state.revenue(base), &self.paid_from_abroad());
        let standings = if real { Vec::new() } else { self.objective.standings(base, &sales, &handed) };
        let real_income = along.log_real_income();
        let mut moved: Vec<(OwnValue, f64)> = weights
            .iter()
            .map(|(n, _)| {
                let at = n.at();
                let Some(standing) = standings.get(at) else {
                    return (OwnValue::nothing(at, base.sectors()), real_income[at]);
                };
                let now = (sales.row(*n), base.labour_shares(), handed[at]);
                let (value, log_amount) =
                    self.objective.moved(*n, standing, now, (along.sales.row(*n), along.revenue[at]));
                (value, log_amount - along.log_price[at])
            })
            .collect();
        let mean: f64 = weights.iter().zip(&moved).map(|((_, ω), (_, payoff))| ω * payoff).sum();
        let mut all = Vec::with_capacity(2 * moved.len());
        for (((_, ω), value), (own, payoff)) in weights.iter().zip(&values).zip(moved.drain(..)) {
            all.push(own.times(*ω));
            if matches!(player.aim, Aim::Members) {
                all.push(value.times(ω * (payoff - mean)));
            }
        }
        all
    }
}

impl From<FirmsError> for StrategyError {
    fn from(error: FirmsError) -> Self {
        Self::NotCleared(error.to_string())
    }
}
