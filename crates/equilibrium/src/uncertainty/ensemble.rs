//! One question under many elasticities.

use diagnostic::Faults;

use crate::baseline::Baseline;
use crate::counterfactual::Counterfactual;
use crate::panel::WIDTH;
use crate::settings::Settings;
use crate::side_by_side::{Column, SideBySide};
use crate::solution::Solution;
use crate::solver::{Cleared, Solver, Start};

/// Asks `question` under every θ of `thetas` and takes `outcomes` of each solution, in the order of the draws; none
/// where a draw did not clear.
///
/// `near`, the answer under the central θ, is a start for every draw where it is given, and saves a third of the work.
/// The draws are divided among `threads` threads, each with memory of its own; no draw starts from another, so the
/// answer does not depend on the division. Sixteen at a time are brought to where they clear side by side, if the
/// question moves few wedges of an economy with input links; each is then judged alone.
///
/// Where deficits are removed, the balanced baseline was solved under the central θ and is kept: it is a world to
/// start from, and draws say how that world would answer.
///
/// # Errors
/// `wrong-shape` where a draw has not one θ a sector; as [`Counterfactual::solve`] otherwise.
pub fn ensemble<T: Send>(
    question: &Counterfactual<'_>,
    near: Option<&Solution>,
    thetas: &[Vec<f64>],
    threads: usize,
    settings: &Settings,
    outcomes: impl Fn(&Cleared<'_>) -> T + Sync,
) -> Result<Vec<Option<T>>, Faults> {
    divided(question, near, thetas, threads, settings, |solver, start, theta| {
        let cleared = solver.clear_under(start, question, theta, settings)?;
        Ok(cleared.status().cleared().then(|| outcomes(&cleared)))
    })
}

/// As [`ensemble`], with every array of each solution at hand.
///
/// # Errors
/// As [`ensemble`].
pub fn ensemble_in_full<T: Send>(
    question: &Counterfactual<'_>,
    near: Option<&Solution>,
    thetas: &[Vec<f64>],
    threads: usize,
    settings: &Settings,
    outcomes: impl Fn(&Solution) -> T + Sync,
) -> Result<Vec<Option<T>>, Faults> {
    divided(question, near, thetas, threads, settings, |solver, start, theta| {
        let solution = solver.solve_under(start, question, theta, settings)?;
        Ok(solution.status.cleared().then(|| outcomes(&solution)))
    })
}

/// Fewer draws are solved one after another: setting columns up costs as much as two solves.
const FEW: usize = 4;

/// The draws divided among threads in whole blocks, in order.
fn divided<T: Send>(
    question: &Counterfactual<'_>,
    near: Option<&Solution>,
    thetas: &[Vec<f64>],
    threads: usize,
    settings: &Settings,
    ask: impl Fn(&mut Solver<'_>, Start<'_>, &[f64]) -> Result<Option<T>, Faults> + Sync,
) -> Result<Vec<Option<T>>, Faults> {
    let baseline: &Baseline = question.baseline();
    let sectors = baseline.accounts().sectors();
    if let Some(draw) = thetas.iter().find(|θ| θ.len() != sectors) {
        let message = format!("a draw has {} elasticities, the baseline has {sectors} sectors", draw.len());
        return Err(diagnostic::Diagnostic::error("wrong-shape", message).into());
    }
    question.check()?;
    let solve = |thetas: &[Vec<f64>]| -> Result<Vec<Option<T>>, Faults> {
        let mut solver = Solver::of(baseline, settings);
        let start = near.map_or(Start::Baseline, Start::Near);
        let mut together = match thetas.len() {
            0..FEW => None,
            _ => SideBySide::of(baseline, question, settings),
        };
        let mut found = Vec::with_capacity(thetas.len());
        for block in thetas.chunks(WIDTH) {
            let mut points = vec![None; block.len()];
            if let Some(together) = &mut together {
                solver.begin(start);
                let start = solver.workspace.point.clone();
                let column = |θ| Column { question, theta: Some(θ), start: &start };
                let columns: Vec<_> = block.iter().map(|θ| column(θ.as_slice())).collect();
                points = together.clear(&columns, settings)?;
            }
            for (theta, point) in block.iter().zip(&points) {
                found.push(ask(&mut solver, point.as_ref().map_or(start, Start::Point), theta)?);
            }
        }
        Ok(found)
    };
    let per_thread = thetas.len().div_ceil(threads.max(1)).next_multiple_of(WIDTH).max(WIDTH);
    if threads <= 1 || thetas.len() <= per_thread {
        return solve(thetas);
    }
    let parts = std::thread::scope(|scope| {
        let running: Vec<_> = thetas.chunks(per_thread).map(|part| scope.spawn(|| solve(part))).collect();
        running.into_iter().map(|thread| thread.join()).collect::<Vec<_>>()
    });
    let mut found = Vec::with_capacity(thetas.len());
    for part in parts {
        match part {
            Ok(part) => found.extend(part?),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    }
    Ok(found)
}
