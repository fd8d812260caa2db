//! Sixteen questions to one baseline, solved side by side.
//!
//! Draws of θ, and the steps of a path, differ from the baseline in few flows: those whose wedges move. All other shares
//! are read once for all columns, so that a pass over them, and a step of the preconditioner, run at the speed of
//! arithmetic instead of memory: a column takes about a sixth of the time of a solve alone.
//!
//! What comes out are points. [`crate::solver::Solver`] judges each of them alone, and goes on from there where it has
//! to: digits and evidence of an answer are those of a single solve.

mod cells;
mod evaluate;

use diagnostic::Faults;

use crate::anderson::AndersonColumns;
use crate::baseline::Baseline;
use crate::counterfactual::Counterfactual;
use crate::panel::{Strip, WIDTH};
use crate::settings::Settings;
use crate::shock::Scenario;
use crate::solve::LONGEST_STEP;
use cells::Cells;
use evaluate::World;

/// Evaluations after which columns that are left go on alone: known problems need 10 to 20.
const MOST: usize = 40;
/// So few columns are cheaper to solve alone than side by side with those that are done.
const LEFT: usize = 2;

/// One question, the θ it is asked under, and where it starts.
pub(crate) struct Column<'a> {
    pub question: &'a Counterfactual<'a>,
    /// θ by sector; none: the baseline's.
    pub theta: Option<&'a [f64]>,
    /// A point of [`crate::unknowns::Unknowns`].
    pub start: &'a [f64],
}

/// Where a column ended.
#[derive(Debug, Clone)]
pub(crate) struct Point {
    pub at: Vec<f64>,
    pub evaluations: usize,
}

/// Memory for blocks of sixteen columns.
pub(crate) struct SideBySide<'a> {
    base: &'a Baseline,
    scenario: Scenario,
    cells: Cells,
    world: World,
    point: Vec<Strip>,
    residual: Vec<Strip>,
    anderson: AndersonColumns,
}

impl<'a> SideBySide<'a> {
    /// Memory for `question` and others that move the same wedges; none where columns would share too little: without
    /// input links (wages alone are unknown there), where costs follow output, with caps or bans or exporters' taxes,
    /// or with more than an eighth of all flows changed.
    pub fn of(base: &'a Baseline, question: &Counterfactual<'_>, settings: &Settings) -> Option<Self> {
        let shock = &question.shock;
        let plain = shock.bans.is_empty() && shock.caps.is_empty();
        if base.padded.input_by_user.is_empty() || base.unknowns.elastic || !plain {
            return None;
        }
        let mut scenario = Scenario::of(base);
        shock.fold(base, &mut scenario, 1).ok()?;
        let cells = Cells::of(base, &scenario.folded)?;
        let zeros = || vec![[0.0; WIDTH]; base.unknowns.len()];
        Some(Self {
            base,
            scenario,
            cells,
            world: World::new(base),
            point: zeros(),
            residual: zeros(),
            anderson: AndersonColumns::new(base.unknowns.len(), settings.memory),
        })
    }

    /// The points where up to sixteen questions, all checked, clear or nearly do, in their order; none for a column that
    /// runs away, or whose wedges are not those this memory is for.
    ///
    /// # Errors
    /// As [`Counterfactual::solve`].
    pub fn clear(
        &mut self,
        columns: &[Column<'_>],
        settings: &Settings,
    ) -> Result<Vec<Option<Point>>, Faults> {
        let base = self.base;
        let mut done = [true; WIDTH];
        self.point.fill([0.0; WIDTH]);
        for (k, column) in columns.iter().enumerate() {
            self.scenario.take_theta(base, column.theta.unwrap_or(&base.accounts().theta));
            column.question.shock.fold(base, &mut self.scenario, 1)?;
            done[k] = !self.cells.take(k, &self.scenario);
            self.point.iter_mut().zip(column.start).for_each(|(strip, x)| strip[k] = *x);
        }
        let mut points = done.map(|done| if done { Ended::Lost } else { Ended::Moving(0) });
        let mut lowest = [f64::INFINITY; WIDTH];
        self.anderson.restart();
        for evaluations in 1..=MOST {
            self.world.evaluate(base, &self.cells, &self.point, &mut self.residual);
            let sizes = largest(&self.residual);
            let open = done;
            for k in (0..WIDTH).filter(|k| !open[*k]) {
                points[k] = match sizes[k] {
                    size if size.is_nan() || size > 1e4 * lowest[k].max(1e-3) => Ended::Lost,
                    _ => Ended::Moving(evaluations),
                };
                done[k] = sizes[k] <= settings.tolerance || points[k] == Ended::Lost;
                lowest[k] = lowest[k].min(sizes[k]);
            }
            let left = done.iter().filter(|done| !**done).count();
            if left == 0 || (left <= LEFT && columns.len() > 2 * LEFT) {
                break;
            }
            base.preconditioner.apply_columns(&mut self.residual);
            shorten(&mut self.residual);
            self.anderson.advance(&mut self.point, &self.residual, &done);
        }
        let column = |k: usize| self.point.iter().map(|strip| strip[k]).collect();
        let point = |k: usize| match points[k] {
            Ended::Moving(evaluations) => Some(Point { at: column(k), evaluations }),
            Ended::Lost => None,
        };
        Ok((0..columns.len()).map(point).collect())
    }
}

/// How a column stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ended {
    /// After so many evaluations.
    Moving(usize),
    Lost,
}

/// The largest absolute value of every column; NaN where there is one.
fn largest(residual: &[Strip]) -> Strip {
    let mut sizes = [0.0; WIDTH];
    for strip in residual {
        for k in 0..WIDTH {
            let size = strip[k].abs();
            // A NaN is larger than everything, and stays.
            sizes[k] = if size <= sizes[k] || f64::is_nan(sizes[k]) { sizes[k] } else { size };
        }
    }
    sizes
}

/// Scales every column's step down to the longest allowed.
fn shorten(step: &mut [Strip]) {
    let scale =
        largest(step).map(|longest| if longest > LONGEST_STEP { LONGEST_STEP / longest } else { 1.0 });
    if scale != [1.0; WIDTH] {
        step.iter_mut().for_each(|strip| strip.iter_mut().zip(scale).for_each(|(x, scale)| *x *= scale));
    }
}
