//! Two governments, a few named policy packages each, and what every pair of packages gives them.

use serde::Serialize;
use terms::Country;

/// A named policy a government could choose: "today", "lapse", "peak", "none".
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Package {
    /// The short name, for columns and for the command line.
    pub name: String,
    /// What it means in words, with its rates.
    pub title: String,
}

impl Package {
    /// A package under its name and its meaning.
    pub fn new(name: impl Into<String>, title: impl Into<String>) -> Self {
        Self { name: name.into(), title: title.into() }
    }
}

/// What one pair of packages gives, and who could do better alone.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Cell {
    /// What the row player gets, in the matrix's unit.
    pub row_payoff: f64,
    /// What the column player gets, in the matrix's unit.
    pub column_payoff: f64,
    /// Whether the row player has nothing better against this column.
    pub row_best_reply: bool,
    /// Whether the column player has nothing better against this row.
    pub column_best_reply: bool,
}

impl Cell {
    /// Whether neither player gains by moving alone: a pure Nash equilibrium.
    pub fn is_equilibrium(&self) -> bool {
        self.row_best_reply && self.column_best_reply
    }
}

/// A game of two governments in strategic form: `cells[r][c]` is row package `r` against column package `c`.
///
/// The payoffs are computed elsewhere, from the equilibrium of the economy under each pair of packages;
/// nothing here types them in.
///
/// # Units
/// Whatever [`unit`](Self::unit) says, for both players: usually real income in % of the baseline.
///
/// # Example
/// The tariff war of the textbooks, a prisoners' dilemma:
/// ```
/// # use strategy::{Package, PayoffMatrix};
/// let packages = [Package::new("free", "no duty"), Package::new("duty", "the optimal duty")];
/// let payoffs = vec![
///     vec![(0.0, 0.0), (-2.0, 1.0)],
///     vec![(1.0, -2.0), (-1.0, -1.0)],
/// ];
/// let game = PayoffMatrix::new("HOME".into(), "ABROAD".into(), packages.to_vec(), packages.to_vec(),
///     "real income, % of baseline", payoffs).unwrap();
/// assert_eq!(game.equilibria(), [(1, 1)]);
/// assert_eq!(game.dominated_rows(), [0]);
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PayoffMatrix {
    /// Who chooses the row.
    pub row: Country,
    /// Who chooses the column.
    pub column: Country,
    /// The row player's packages.
    pub row_packages: Vec<Package>,
    /// The column player's packages.
    pub column_packages: Vec<Package>,
    /// What the payoffs are, with their unit and baseline.
    pub unit: String,
    /// Payoffs closer than this count as equal: the accuracy of the solutions behind them, in the unit.
    pub tie: f64,
    /// The cells, by row package, then by column package.
    pub cells: Vec<Vec<Cell>>,
}

/// Payoffs closer than this, in points of the unit, are not told apart unless the caller says otherwise.
///
/// Solutions clear every market to 1e-10, so a tenth of a millionth of a point is safely above their noise.
pub const TIE: f64 = 1e-7;

impl PayoffMatrix {
    /// The game with the given payoffs `payoffs[r][c] = (row's, column's)`, ties within [`TIE`].
    ///
    /// # Errors
    /// [`GameError`] when a side has no package, the table is not rows × columns, or a payoff is not a number.
    pub fn new(
        row: Country,
        column: Country,
        row_packages: Vec<Package>,
        column_packages: Vec<Package>,
        unit: impl Into<String>,
        payoffs: Vec<Vec<(f64, f64)>>,
    ) -> Result<Self, GameError> {
        check_shape(&row_packages, &column_packages, &payoffs)?;
        let cells = payoffs.iter().map(|line| line.iter().map(|&(r, c)| Cell::unmarked(r, c)).collect());
        let mut game = Self {
            row,
            column,
            row_packages,
            column_packages,
            unit: unit.into(),
            tie: TIE,
            cells: cells.collect(),
        };
        game.mark_best_replies();
        Ok(game)
    }

    /// The same game computed cell by cell: `payoff(row package, column package)` gives both payoffs.
    ///
    /// # Errors
    /// The first error of `payoff`, or [`GameError`] turned into it.
    pub fn tabulated<E: From<GameError>>(
        (row, row_packages): (Country, Vec<Package>),
        (column, column_packages): (Country, Vec<Package>),
        unit: impl Into<String>,
        mut payoff: impl FnMut(usize, usize) -> Result<(f64, f64), E>,
    ) -> Result<Self, E> {
        let (rows, columns) = (row_packages.len(), column_packages.len());
        let payoffs = (0..rows)
            .map(|r| (0..columns).map(|c| payoff(r, c)).collect::<Result<Vec<_>, E>>())
            .collect::<Result<Vec<_>, E>>()?;
        Ok(Self::new(row, column, row_packages, column_packages, unit, payoffs)?)
    }

    /// The same game with payoffs closer than `tie` counted as equal, best replies marked anew.
    #[must_use]
    pub fn with_ties(mut self, tie: f64) -> Self {
        self.tie = tie;
        self.mark_best_replies();
        self
    }

    /// The cell of two packages, by their places.
    pub fn cell(&self, row: usize, column: usize) -> Option<&Cell> {
        self.cells.get(row)?.get(column)
    }

    /// The cell of two packages, by their names.
    pub fn cell_named(&self, row: &str, column: &str) -> Option<&Cell> {
        let r = self.row_packages.iter().position(|package| package.name == row)?;
        let c = self.column_packages.iter().position(|package| package.name == column)?;
        self.cell(r, c)
    }

    /// Pure Nash equilibria: the pairs of packages from which no one gains by moving alone.
    pub fn equilibria(&self) -> Vec<(usize, usize)> {
        self.places().filter(|&(r, c)| self.cells[r][c].is_equilibrium()).collect()
    }

    /// Pairs of packages that no other pair betters for one player without hurting the other.
    pub fn efficient(&self) -> Vec<(usize, usize)> {
        let betters = |a: &Cell, b: &Cell| {
            let no_worse = a.row_payoff >= b.row_payoff && a.column_payoff >= b.column_payoff;
            let gain = (a.row_payoff - b.row_payoff).max(a.column_payoff - b.column_payoff);
            no_worse && gain > self.tie
        };
        let all = self.places();
        all.filter(|&(r, c)| !self.places().any(|(q, d)| betters(&self.cells[q][d], &self.cells[r][c])))
            .collect()
    }

    /// Row packages that another row package beats against every column, by more than a tie.
    pub fn dominated_rows(&self) -> Vec<usize> {
        let beats = |q: usize, r: usize| {
            (0..self.columns()).all(|c| self.cells[q][c].row_payoff > self.cells[r][c].row_payoff + self.tie)
        };
        (0..self.rows()).filter(|&r| (0..self.rows()).any(|q| beats(q, r))).collect()
    }

    /// Column packages that another column package beats against every row, by more than a tie.
    pub fn dominated_columns(&self) -> Vec<usize> {
        let beats = |d: usize, c: usize| {
            (0..self.rows())
                .all(|r| self.cells[r][d].column_payoff > self.cells[r][c].column_payoff + self.tie)
        };
        (0..self.columns()).filter(|&c| (0..self.columns()).any(|d| beats(d, c))).collect()
    }

    /// The row player's best packages against one column package, ties included.
    pub fn row_replies(&self, column: usize) -> Vec<usize> {
        (0..self.rows()).filter(|&r| self.cells[r][column].row_best_reply).collect()
    }

    /// The column player's best packages against one row package, ties included.
    pub fn column_replies(&self, row: usize) -> Vec<usize> {
        (0..self.columns()).filter(|&c| self.cells[row][c].column_best_reply).collect()
    }

    /// What the row player gains at most by leaving `(row, column)` alone; never below zero.
    pub fn row_temptation(&self, row: usize, column: usize) -> f64 {
        self.best_row_payoff(column) - self.cells[row][column].row_payoff
    }

    /// What the column player gains at most by leaving `(row, column)` alone; never below zero.
    pub fn column_temptation(&self, row: usize, column: usize) -> f64 {
        self.best_column_payoff(row) - self.cells[row][column].column_payoff
    }

    fn rows(&self) -> usize {
        self.row_packages.len()
    }

    fn columns(&self) -> usize {
        self.column_packages.len()
    }

    fn places(&self) -> impl Iterator<Item = (usize, usize)> + use<> {
        let columns = self.columns();
        (0..self.rows()).flat_map(move |r| (0..columns).map(move |c| (r, c)))
    }

    fn best_row_payoff(&self, column: usize) -> f64 {
        self.cells.iter().map(|line| line[column].row_payoff).fold(f64::NEG_INFINITY, f64::max)
    }

    fn best_column_payoff(&self, row: usize) -> f64 {
        self.cells[row].iter().map(|cell| cell.column_payoff).fold(f64::NEG_INFINITY, f64::max)
    }

    fn mark_best_replies(&mut self) {
        for (r, c) in self.places() {
            let (best_row, best_column) = (self.best_row_payoff(c), self.best_column_payoff(r));
            let tie = self.tie;
            let cell = &mut self.cells[r][c];
            cell.row_best_reply = cell.row_payoff >= best_row - tie;
            cell.column_best_reply = cell.column_payoff >= best_column - tie;
        }
    }
}

impl Cell {
    fn unmarked(row_payoff: f64, column_payoff: f64) -> Self {
        Self { row_payoff, column_payoff, row_best_reply: false, column_best_reply: false }
    }
}

/// Why a table of payoffs is not a game.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum GameError {
    /// A player without a choice.
    #[error("the {0} player has no package to choose")]
    NoPackage(&'static str),
    /// Levels that do not rise.
    #[error("the levels of the {0} player must rise, each above the one before")]
    Unsorted(&'static str),
    /// The table has another shape than the two lists of packages.
    #[error(
        "payoffs are {found_rows} × {found_columns}, but there are {rows} row and {columns} column packages"
    )]
    Shape {
        /// Row packages.
        rows: usize,
        /// Column packages.
        columns: usize,
        /// Lines of the table.
        found_rows: usize,
        /// Entries of the first line whose length is wrong, or of the first line.
        found_columns: usize,
    },
    /// A payoff that is not a finite number.
    #[error("the payoff of `{row}` against `{column}` is not a number")]
    NotANumber {
        /// The row package.
        row: String,
        /// The column package.
        column: String,
    },
}

fn check_shape(
    row_packages: &[Package],
    column_packages: &[Package],
    payoffs: &[Vec<(f64, f64)>],
) -> Result<(), GameError> {
    if row_packages.is_empty() {
        return Err(GameError::NoPackage("row"));
    }
    if column_packages.is_empty() {
        return Err(GameError::NoPackage("column"));
    }
    let (rows, columns) = (row_packages.len(), column_packages.len());
    let odd = payoffs.iter().find(|line| line.len() != columns);
    if payoffs.len() != rows || odd.is_some() {
        let found_columns = odd.or(payoffs.first()).map_or(0, Vec::len);
        return Err(GameError::Shape { rows, columns, found_rows: payoffs.len(), found_columns });
    }
    for (line, row) in payoffs.iter().zip(row_packages) {
        for ((r, c), column) in line.iter().zip(column_packages) {
            if !(r.is_finite() && c.is_finite()) {
                return Err(GameError::NotANumber { row: row.name.clone(), column: column.name.clone() });
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn packages(count: usize) -> Vec<Package> {
        (0..count).map(|k| Package::new(format!("p{k}"), "")).collect()
    }

    fn game(payoffs: Vec<Vec<(f64, f64)>>) -> Result<PayoffMatrix, GameError> {
        let (rows, columns) = (payoffs.len(), payoffs.first().map_or(0, Vec::len));
        PayoffMatrix::new(
            "HOME".into(),
            "ABROAD".into(),
            packages(rows),
            packages(columns),
            "points",
            payoffs,
        )
    }

    #[test]
    fn the_dilemma_ends_where_both_lose_and_every_other_cell_is_efficient() {
        let dilemma = game(vec![vec![(0.0, 0.0), (-2.0, 1.0)], vec![(1.0, -2.0), (-1.0, -1.0)]]).unwrap();
        assert_eq!(dilemma.equilibria(), [(1, 1)]);
        assert_eq!(dilemma.efficient(), [(0, 0), (0, 1), (1, 0)]);
        assert_eq!(dilemma.dominated_rows(), [0]);
        assert_eq!(dilemma.dominated_columns(), [0]);
        assert_eq!(dilemma.row_temptation(0, 0), 1.0);
        assert_eq!(dilemma.row_temptation(1, 1), 0.0);
    }

    #[test]
    fn a_game_of_chicken_has_two_pure_equilibria() {
        let chicken = game(vec![vec![(0.0, 0.0), (-1.0, 1.0)], vec![(1.0, -1.0), (-9.0, -9.0)]]).unwrap();
        assert_eq!(chicken.equilibria(), [(0, 1), (1, 0)]);
        assert!(chicken.dominated_rows().is_empty());
    }

    #[test]
    fn matching_pennies_has_no_pure_equilibrium() {
        let pennies = game(vec![vec![(1.0, -1.0), (-1.0, 1.0)], vec![(-1.0, 1.0), (1.0, -1.0)]]).unwrap();
        assert!(pennies.equilibria().is_empty());
        assert_eq!(pennies.row_replies(0), [0]);
        assert_eq!(pennies.column_replies(0), [1]);
    }

    #[test]
    fn payoffs_within_a_tie_are_both_best() {
        let near = game(vec![vec![(0.0, 0.0)], vec![(1e-9, 0.0)]]).unwrap();
        assert_eq!(near.equilibria(), [(0, 0), (1, 0)]);
        assert_eq!(near.with_ties(0.0).equilibria(), [(1, 0)]);
    }

    #[test]
    fn a_wrong_table_says_what_is_wrong() {
        assert_eq!(game(vec![]), Err(GameError::NoPackage("row")));
        let ragged = game(vec![vec![(0.0, 0.0), (0.0, 0.0)], vec![(0.0, 0.0)]]);
        assert_eq!(ragged, Err(GameError::Shape { rows: 2, columns: 2, found_rows: 2, found_columns: 1 }));
        let nan = game(vec![vec![(f64::NAN, 0.0)]]);
        assert_eq!(nan, Err(GameError::NotANumber { row: "p0".into(), column: "p0".into() }));
    }

    proptest! {
        #[test]
        fn an_equilibrium_leaves_no_one_a_gain(
            payoffs in prop::collection::vec(prop::collection::vec((-5.0..5.0f64, -5.0..5.0f64), 4), 3)
        ) {
            let game = game(payoffs).unwrap().with_ties(0.0);
            for (r, c) in game.places() {
                let gains = game.row_temptation(r, c).max(game.column_temptation(r, c));
                prop_assert!(gains >= 0.0);
                prop_assert_eq!(game.equilibria().contains(&(r, c)), gains == 0.0);
            }
        }

        #[test]
        fn a_players_own_scale_and_level_change_no_equilibrium(
            payoffs in prop::collection::vec(prop::collection::vec((-5.0..5.0f64, -5.0..5.0f64), 3), 3),
            scale in 0.5..2.0f64,
            level in -3.0..3.0f64,
        ) {
            let moved = payoffs.iter()
                .map(|line| line.iter().map(|&(r, c)| (scale * r + level, c)).collect())
                .collect();
            prop_assert_eq!(game(payoffs).unwrap().equilibria(), game(moved).unwrap().equilibria());
        }
    }
}
