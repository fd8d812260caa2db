//! What a month is worth to both sides at every pair of duties, tabulated once from the equilibrium.

use serde::Serialize;
use terms::{Country, Rate};

use crate::payoff_matrix::GameError;

/// Two governments with graded duties on each other, and what each pair of duties gives them.
///
/// # Shapes
/// `payoffs[a][b]` belongs to `levels[0][a]` of the first side against `levels[1][b]` of the second.
/// # Units
/// Payoffs in the unit named, usually real income, % of the baseline; rates as add-ons to the baseline.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StagePayoffs {
    /// The two sides.
    pub sides: [Country; 2],
    /// Each side's levels, rising.
    pub levels: [Vec<Rate>; 2],
    /// What each pair gives to the two sides.
    pub payoffs: Vec<Vec<[f64; 2]>>,
    /// What payoffs are.
    pub unit: String,
    /// The largest error found between the levels when payoffs are interpolated, in the unit; none where it was not
    /// looked for.
    pub interpolation_error: Option<f64>,
}

impl StagePayoffs {
    /// The table over all pairs of levels: `payoff(first side's rate, second side's rate)` is the equilibrium's word.
    ///
    /// With `check`, payoffs are also computed in the middle of every cell of the table and compared with the
    /// interpolation: twice the work, and a stated error.
    ///
    /// # Errors
    /// The first error of `payoff`, or [`GameError`] turned into it.
    pub fn tabulated<E: From<GameError>>(
        sides: [Country; 2],
        levels: [Vec<Rate>; 2],
        unit: impl Into<String>,
        check: bool,
        mut payoff: impl FnMut(Rate, Rate) -> Result<[f64; 2], E>,
    ) -> Result<Self, E> {
        for (levels, side) in levels.iter().zip(["row", "column"]) {
            if levels.is_empty() {
                return Err(GameError::NoPackage(side).into());
            }
            if levels.windows(2).any(|pair| pair[0].as_share() >= pair[1].as_share()) {
                return Err(GameError::Unsorted(side).into());
            }
        }
        let mut payoffs = Vec::with_capacity(levels[0].len());
        for a in &levels[0] {
            let line = levels[1].iter().map(|b| payoff(*a, *b)).collect::<Result<Vec<_>, E>>()?;
            payoffs.push(line);
        }
        let mut table = Self { sides, levels, payoffs, unit: unit.into(), interpolation_error: None };
        if check {
            let mut worst: f64 = 0.0;
            let middle = |pair: &[Rate]| Rate::share(0.5 * (pair[0].as_share() + pair[1].as_share()));
            for a in table.levels[0].windows(2).map(middle) {
                for b in table.levels[1].windows(2).map(middle) {
                    let (exact, near) = (payoff(a, b)?, table.at(a, b));
                    worst = worst.max((exact[0] - near[0]).abs()).max((exact[1] - near[1]).abs());
                }
            }
            table.interpolation_error = Some(worst);
        }
        Ok(table)
    }

    /// Payoffs at any pair of rates, bilinear between levels and held constant beyond them.
    pub fn at(&self, first: Rate, second: Rate) -> [f64; 2] {
        let (a, fa) = place(&self.levels[0], first);
        let (b, fb) = place(&self.levels[1], second);
        let (a1, b1) = ((a + 1).min(self.levels[0].len() - 1), (b + 1).min(self.levels[1].len() - 1));
        std::array::from_fn(|side| {
            let along = |a: usize| (1.0 - fb) * self.payoffs[a][b][side] + fb * self.payoffs[a][b1][side];
            (1.0 - fa) * along(a) + fa * along(a1)
        })
    }

    /// The level of one side nearest to a rate.
    pub fn nearest(&self, side: usize, rate: Rate) -> usize {
        let gap = |k: &usize| (self.levels[side][*k].as_share() - rate.as_share()).abs();
        (0..self.levels[side].len()).min_by(|a, b| gap(a).total_cmp(&gap(b))).unwrap_or(0)
    }

    /// Whether the table's own best replies end in war: the pair of levels from which neither side gains by moving
    /// alone. Pure equilibria only.
    pub fn equilibria(&self) -> Vec<[usize; 2]> {
        let (rows, columns) = (self.levels[0].len(), self.levels[1].len());
        let mut found = Vec::new();
        for a in 0..rows {
            for b in 0..columns {
                let row_best = (0..rows).all(|r| self.payoffs[r][b][0] <= self.payoffs[a][b][0]);
                let column_best = (0..columns).all(|c| self.payoffs[a][c][1] <= self.payoffs[a][b][1]);
                if row_best && column_best {
                    found.push([a, b]);
                }
            }
        }
        found
    }

    /// The level that does best for one side against a level of the other.
    pub fn best_reply(&self, side: usize, other: usize) -> usize {
        let payoff = |own: &usize| match side {
            0 => self.payoffs[*own][other][0],
            _ => self.payoffs[other][*own][1],
        };
        (0..self.levels[side].len()).max_by(|a, b| payoff(a).total_cmp(&payoff(b))).unwrap_or(0)
    }
}

/// The level at or below a rate, and how far the rate lies towards the next.
fn place(levels: &[Rate], rate: Rate) -> (usize, f64) {
    let above = levels.partition_point(|level| level.as_share() <= rate.as_share());
    match above {
        0 => (0, 0.0),
        k if k == levels.len() => (k - 1, 0.0),
        k => {
            let (low, high) = (levels[k - 1].as_share(), levels[k].as_share());
            (k - 1, (rate.as_share() - low) / (high - low))
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A stage of `levels` duties, ten points apart, at which each gains by its own and loses twice the other's.
    pub(crate) fn dilemma(levels: i32) -> StagePayoffs {
        let levels = || (0..levels).map(|k| Rate::percent(10.0 * f64::from(k))).collect::<Vec<_>>();
        let payoff = |a: Rate, b: Rate| {
            let (a, b) = (a.as_share(), b.as_share());
            Ok::<_, GameError>([a - 2.0 * b, b - 2.0 * a])
        };
        StagePayoffs::tabulated(["A".into(), "B".into()], [levels(), levels()], "points", false, payoff)
            .unwrap()
    }

    fn table(payoff: impl Fn(f64, f64) -> [f64; 2]) -> StagePayoffs {
        let levels = || vec![Rate::FREE, Rate::percent(10.0), Rate::percent(40.0)];
        let make = |a: Rate, b: Rate| Ok::<_, GameError>(payoff(a.as_share(), b.as_share()));
        StagePayoffs::tabulated(["A".into(), "B".into()], [levels(), levels()], "points", true, make).unwrap()
    }

    #[test]
    fn a_plane_is_interpolated_without_error() {
        let plane = table(|a, b| [a - 2.0 * b + 3.0 * a * b, b]);
        assert!(plane.interpolation_error.unwrap() < 1e-15);
        let [first, second] = plane.at(Rate::percent(25.0), Rate::percent(5.0));
        assert!((first - (0.25 - 0.1 + 3.0 * 0.25 * 0.05)).abs() < 1e-15 && (second - 0.05).abs() < 1e-15);
        // Beyond the last level the table holds its last value.
        assert_eq!(plane.at(Rate::percent(90.0), Rate::FREE), plane.at(Rate::percent(40.0), Rate::FREE));
    }

    #[test]
    fn a_curve_states_its_error() {
        let curve = table(|a, _| [a * a, 0.0]);
        // Worst in the middle of the wide cell: ((0.4 − 0.1)/2)².
        assert!((curve.interpolation_error.unwrap() - 0.0225).abs() < 1e-12);
    }

    #[test]
    fn best_replies_and_war_are_read_off_the_table() {
        let dilemma = table(|a, b| [a - 2.0 * b, b - 2.0 * a]);
        assert_eq!(dilemma.equilibria(), [[2, 2]]);
        assert_eq!(dilemma.best_reply(0, 0), 2);
        assert_eq!(dilemma.nearest(1, Rate::percent(30.0)), 2);
    }
}
