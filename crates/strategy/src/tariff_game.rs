//! An economy as a game: tariffs are the moves, what clears decides the payoffs.

use terms::{CountryId, SectorId};

pub use equilibrium::firms::Pull;

/// What best replies, wars and talks need to know of an economy.
///
/// Cells are laid out importer by importer: those of importer `n` are `n·N·S .. (n+1)·N·S`.
pub trait TariffGame {
    /// What clears at one point, to be warm-started from.
    type State: Clone;

    /// How many countries.
    fn countries(&self) -> usize;

    /// How many sectors.
    fn sectors(&self) -> usize;

    /// The place of a cell in the arrays of this game.
    fn cell(&self, importer: CountryId, exporter: CountryId, sector: SectorId) -> usize;

    /// The importer, exporter and sector of a cell.
    fn place(&self, cell: usize) -> (CountryId, CountryId, SectorId);

    /// ln(1+τ) of the base, by cell.
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

    /// ln of every government's objective, over its base.
    fn payoffs(&self, state: &Self::State) -> Vec<f64>;

    /// ln of every country's real income, over its base.
    fn real_income(&self, state: &Self::State) -> Vec<f64>;

    /// Real income of every country in the base, in money: what a bloc adds up.
    fn base_income(&self) -> Vec<f64>;

    /// The flows before duty, by cell.
    fn flows<'a>(&self, state: &'a Self::State) -> &'a [f64];

    /// The largest relative excess left in the state: part of every certificate.
    fn residual(&self, state: &Self::State) -> f64;

    /// For each wish, its derivatives by every wedge of its importers, importer by importer, in the order of the
    /// cells; multipliers to the accuracy `within` or better.
    ///
    /// # Errors
    /// [`StrategyError::NotCleared`] when the conditions are singular at this point.
    fn pulls(
        &self,
        state: &Self::State,
        objectives: &[Wish],
        within: f64,
    ) -> Result<Vec<Vec<Pull>>, StrategyError>;
}

/// A weighted sum of governments' log payoffs, and the importers whose duties it may move.
#[derive(Debug, Clone, PartialEq)]
pub struct Wish {
    /// The governments and their weights.
    pub weights: Vec<(CountryId, f64)>,
    /// Whose duties.
    pub importers: Vec<CountryId>,
}

/// Why a game could not be played.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum StrategyError {
    /// Markets did not clear under some tariffs.
    #[error("no equilibrium was found under the tariffs tried: {0}")]
    NotCleared(String),
    /// A player without a lever.
    #[error("`{0}` has no tariff it may change under these instruments")]
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
