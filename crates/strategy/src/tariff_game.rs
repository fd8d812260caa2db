//! An economy as a game: tariffs are the moves, what clears decides the payoffs.

use terms::{CountryId, SectorId};

pub use equilibrium::firms::Pull;

use crate::player::Player;

/// What best replies, wars and talks need to know of an economy.
///
/// Cells are laid out importer by importer: those of importer `n` are `n·N·S .. (n+1)·N·S`. An array of wedges holds
/// ln(1+τ) of every cell and, where anyone taxes exports, ln(1+e) of every cell after them; without them no one does.
pub trait TariffGame: Sync {
    /// What clears at one point, to be warm-started from.
    type State: Clone + Send + Sync;

    /// How many countries.
    fn countries(&self) -> usize;

    /// How many sectors.
    fn sectors(&self) -> usize;

    /// How many cells there are: the place where export taxes begin in an array of wedges.
    fn cells(&self) -> usize {
        self.countries() * self.countries() * self.sectors()
    }

    /// The place of a cell in the arrays of this game.
    fn cell(&self, importer: CountryId, exporter: CountryId, sector: SectorId) -> usize;

    /// The importer, exporter and sector of a place in an array of wedges, in either half of it.
    fn place(&self, cell: usize) -> (CountryId, CountryId, SectorId);

    /// The wedges of the base.
    fn base_log_wedges(&self) -> &[f64];

    /// What clears under these wedges, to the accuracy `within` (relative excess demand) or better, searched from a
    /// state nearby where one is given. A game may be sharper than asked.
    ///
    /// # Errors
    /// [`StrategyError::NotCleared`] when nothing is found that clears.
    fn clear_within(
        &self,
        log_wedges: &[f64],
        start: Option<&Self::State>,
        within: f64,
    ) -> Result<Self::State, StrategyError>;

    /// What clears under these wedges, as sharp as the game goes.
    ///
    /// # Errors
    /// [`StrategyError::NotCleared`] when nothing is found that clears.
    fn clear(&self, log_wedges: &[f64], start: Option<&Self::State>) -> Result<Self::State, StrategyError> {
        self.clear_within(log_wedges, start, 0.0)
    }

    /// The same game where every country receives `received` beyond its deficit (money of the base, below zero where it pays;
    /// the sum is zero), handed to households as duties are. It replaces payments made before; an empty list pays nothing.
    #[must_use]
    fn paying(&self, received: &[f64]) -> Self
    where
        Self: Sized;

    /// ln of every government's objective, over its base.
    fn payoffs(&self, state: &Self::State) -> Vec<f64>;

    /// ln of every country's real income, over its base.
    fn real_income(&self, state: &Self::State) -> Vec<f64>;

    /// Real income of every country in the base, in money: what a bloc adds up.
    fn base_income(&self) -> Vec<f64>;

    /// The flows at the border, before duty and with the export tax, by cell.
    fn flows<'a>(&self, state: &'a Self::State) -> &'a [f64];

    /// The largest relative excess left in the state: part of every certificate.
    fn residual(&self, state: &Self::State) -> f64;

    /// A state to search from at wedges that mix those of past states with these weights, which sum to one, the newest
    /// last. None where the newest is as good a start, as it is by default.
    fn mixed(&self, _past: &[(f64, &Self::State)]) -> Option<Self::State> {
        None
    }

    /// For each wish, its derivatives by every duty of its importers, importer by importer, in the order of the cells;
    /// then by every export tax of its exporters, exporter by exporter, importer by importer, sector by sector.
    /// Multipliers to the accuracy `within` or better; where it is infinite a game that iterates for multipliers may go one
    /// step from those the state was searched from, however far off that leaves them.
    ///
    /// # Errors
    /// [`StrategyError::NotCleared`] when the conditions are singular at this point.
    fn pulls(
        &self,
        state: &Self::State,
        objectives: &[Wish],
        within: f64,
    ) -> Result<Vec<Vec<Pull>>, StrategyError>;

    /// How the derivatives of a player's log payoff by every rate of the world move along a direction of log wedges,
    /// markets clearing anew: by place in an array of wedges. None where the game has no second derivatives, as by default.
    ///
    /// # Errors
    /// As [`pulls`](Self::pulls).
    fn bent(
        &self,
        _state: &Self::State,
        _player: &Player,
        _direction: &[f64],
    ) -> Result<Option<Vec<f64>>, StrategyError> {
        Ok(None)
    }

    /// How many threads independent works may be shared out among; no digit depends on it.
    fn threads(&self) -> usize {
        1
    }

    /// The same for the passes of one move: in a small game each takes less time than a thread takes to begin.
    fn threads_in_a_move(&self) -> usize {
        if self.cells() < SMALL { 1 } else { self.threads() }
    }
}

/// Cells of a game whose moves are made on one thread: a pass over so many takes a tenth of a millisecond.
const SMALL: usize = 20_000;

/// A weighted sum of governments' log payoffs, and those whose duties and export taxes it may move.
#[derive(Debug, Clone, PartialEq)]
pub struct Wish {
    /// The governments and their weights.
    pub weights: Vec<(CountryId, f64)>,
    /// Whose duties.
    pub importers: Vec<CountryId>,
    /// Whose export taxes.
    pub exporters: Vec<CountryId>,
}

/// Why a game could not be played.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum StrategyError {
    /// Markets did not clear under some tariffs.
    #[error("no equilibrium was found under the tariffs tried: {0}")]
    NotCleared(String),
    /// Those who answer a mover did not come to rest.
    #[error("the answers of all others did not come to rest in {moves} moves")]
    NoRest {
        /// Moves made.
        moves: usize,
        /// The last change of a log wedge.
        size: f64,
    },
    /// A player without a lever.
    #[error("`{0}` has no rate it may change under these instruments")]
    NoLever(terms::Country),
    /// Two players claim the same country.
    #[error("country {country} belongs to both `{first}` and `{second}`")]
    TwoPlayers {
        /// The country's place.
        country: usize,
        /// One claimant.
        first: terms::Country,
        /// The other.
        second: terms::Country,
    },
    /// Tables of different worlds.
    #[error("{what}: expected {expected}, found {found}")]
    Shape {
        /// Which table.
        what: &'static str,
        /// What the game has.
        expected: usize,
        /// What came.
        found: usize,
    },
    /// A setting that makes no sense.
    #[error("{0}")]
    Setting(String),
}
