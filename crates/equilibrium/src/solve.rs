//! The joint solve: wages, prices and spending move together until every equation holds.

use terms::{CountryId, SectorId};

use crate::anderson::Anderson;
use crate::baseline::Baseline;
use crate::evidence::{Market, Status};
use crate::layout::Layout;
use crate::precondition::Work;
use crate::settings::Settings;
use crate::sweep::Folded;
use crate::system::Evaluation;

/// Everything a solve writes to, allocated once; nothing is allocated while it runs.
#[derive(Debug, Clone)]
pub(crate) struct Workspace {
    pub point: Vec<f64>,
    pub residual: Vec<f64>,
    step: Vec<f64>,
    best: Vec<f64>,
    work: Work,
    pub evaluation: Evaluation,
    anderson: Anderson,
}

/// How a solve ended, in numbers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ended {
    pub status: Status,
    pub largest: f64,
    pub at: Market,
    pub iterations: usize,
    pub evaluations: usize,
}

impl Workspace {
    pub fn new(base: &Baseline, settings: &Settings) -> Self {
        let length = base.layout.countries + 2 * base.layout.grid();
        Self {
            point: vec![0.0; length],
            residual: vec![0.0; length],
            step: vec![0.0; length],
            best: vec![0.0; length],
            work: Work::new(base.layout),
            evaluation: Evaluation::new(base),
            anderson: Anderson::new(length, settings.memory),
        }
    }

    /// A start away from the baseline: wages a tenth up and down by turns, prices and spending with them.
    pub fn start_elsewhere(&mut self, base: &Baseline) {
        let tilt = |n: usize| if n.is_multiple_of(2) { 0.1 } else { -0.1 };
        for n in 0..base.layout.countries {
            self.point[n] = tilt(n);
            for grid in 0..2 {
                let from = base.layout.countries + grid * base.layout.grid();
                self.point[from..][base.layout.row(n)].fill(tilt(n));
            }
        }
    }

    /// Clears all markets from the point at hand.
    pub fn clear_markets(&mut self, base: &Baseline, folded: &Folded, settings: &Settings) -> Ended {
        self.anderson.restart();
        let mut lowest = f64::INFINITY;
        let mut cautious = 0;
        let mut evaluations = 0;
        loop {
            evaluations += 1;
            self.evaluation.evaluate(base, folded, &self.point, &mut self.residual);
            let (largest, place) = largest(&self.residual);
            let spent = evaluations >= settings.evaluations;
            if largest <= settings.tolerance || spent {
                let at = market(base.layout, place);
                let cleared = largest <= settings.tolerance;
                let status = if cleared { Status::Cleared } else { Status::Stalled { worst: at } };
                return Ended { status, largest, at, iterations: evaluations - 1, evaluations };
            }
            if largest.is_nan() || largest > 100.0 * lowest {
                // The combination overshot: back to the best point, and plain steps for a while.
                self.point.copy_from_slice(&self.best);
                self.anderson.restart();
                cautious = 5;
                lowest = f64::INFINITY;
                continue;
            }
            if largest < lowest {
                lowest = largest;
                self.best.copy_from_slice(&self.point);
            }
            self.step.copy_from_slice(&self.residual);
            base.preconditioner.apply(&mut self.step, &mut self.work);
            if cautious > 0 {
                cautious -= 1;
                for (x, step) in self.point.iter_mut().zip(&self.step) {
                    *x += 0.3 * step;
                }
            } else {
                self.anderson.advance(&mut self.point, &self.step);
            }
        }
    }
}

/// The largest absolute value and its place; a NaN counts as larger than everything.
fn largest(residual: &[f64]) -> (f64, usize) {
    let mut worst = (0.0, 0);
    for (place, r) in residual.iter().enumerate() {
        if r.abs() > worst.0 || r.is_nan() {
            worst = (r.abs(), place);
        }
        if r.is_nan() {
            break;
        }
    }
    worst
}

/// The market whose equation stands at `place` of a residual.
pub(crate) fn market(layout: Layout, place: usize) -> Market {
    let Some(cell) = place.checked_sub(layout.countries) else {
        return Market::Factors(CountryId::new(place));
    };
    let at = |cell: usize| (CountryId::new(cell / layout.stride), SectorId::new(cell % layout.stride));
    match cell.checked_sub(layout.grid()) {
        None => Market::Price(at(cell).0, at(cell).1),
        Some(cell) => Market::Goods(at(cell).0, at(cell).1),
    }
}
