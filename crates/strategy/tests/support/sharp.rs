//! The game with links as it was played before multipliers went along: solved for at every move. A peer to be measured beside.

use std::sync::Mutex;

use strategy::{LinkedGame, LinkedState, Pull, StrategyError, TariffGame, Wish};
use terms::{CountryId, SectorId};

/// The same game, with multipliers as sharp at every move as what clears.
pub struct Sharp {
    pub game: LinkedGame,
    within: Mutex<f64>,
}

impl Sharp {
    pub fn of(game: LinkedGame) -> Self {
        Self { game, within: Mutex::new(0.0) }
    }
}

impl TariffGame for Sharp {
    type State = LinkedState;

    fn countries(&self) -> usize {
        self.game.countries()
    }

    fn sectors(&self) -> usize {
        self.game.sectors()
    }

    fn cell(&self, importer: CountryId, exporter: CountryId, sector: SectorId) -> usize {
        self.game.cell(importer, exporter, sector)
    }

    fn place(&self, cell: usize) -> (CountryId, CountryId, SectorId) {
        self.game.place(cell)
    }

    fn base_log_wedges(&self) -> &[f64] {
        self.game.base_log_wedges()
    }

    fn clear_within(
        &self,
        log_wedges: &[f64],
        start: Option<&LinkedState>,
        within: f64,
    ) -> Result<LinkedState, StrategyError> {
        *self.within.lock().unwrap() = within;
        self.game.clear_within(log_wedges, start, within)
    }

    fn paying(&self, received: &[f64]) -> Self {
        Self { game: self.game.paying(received), within: Mutex::new(*self.within.lock().unwrap()) }
    }

    fn payoffs(&self, state: &LinkedState) -> Vec<f64> {
        self.game.payoffs(state)
    }

    fn real_income(&self, state: &LinkedState) -> Vec<f64> {
        self.game.real_income(state)
    }

    fn base_income(&self) -> Vec<f64> {
        self.game.base_income()
    }

    fn flows<'a>(&self, state: &'a LinkedState) -> &'a [f64] {
        self.game.flows(state)
    }

    fn residual(&self, state: &LinkedState) -> f64 {
        self.game.residual(state)
    }

    fn pulls(
        &self,
        state: &LinkedState,
        objectives: &[Wish],
        within: f64,
    ) -> Result<Vec<Vec<Pull>>, StrategyError> {
        self.game.pulls(state, objectives, within.min(*self.within.lock().unwrap()))
    }
}
