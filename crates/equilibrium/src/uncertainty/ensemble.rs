//! One question under many elasticities.

use diagnostic::Faults;

use crate::baseline::Baseline;
use crate::counterfactual::Counterfactual;
use crate::settings::Settings;
use crate::solution::Solution;
use crate::solver::{Cleared, Solver};

/// Asks `question` under every θ of `thetas` and takes `outcomes` of each solution, in the order of the draws; none
/// where a draw did not clear.
///
/// The draws are divided among `threads` threads, each with memory of its own; every solve begins at the baseline, so
/// the answer does not depend on the division.
///
/// Where deficits are removed, the balanced baseline was solved under the central θ and is kept: it is a world to
/// start from, and draws say how that world would answer.
///
/// # Errors
/// `wrong-shape` where a draw has not one θ a sector; as [`Counterfactual::solve`] otherwise.
pub fn ensemble<T: Send>(
    question: &Counterfactual<'_>,
    thetas: &[Vec<f64>],
    threads: usize,
    settings: &Settings,
    outcomes: impl Fn(&Cleared<'_>) -> T + Sync,
) -> Result<Vec<Option<T>>, Faults> {
    divided(question, thetas, threads, settings, |solver, theta| {
        let cleared = solver.clear_under(question, theta, settings)?;
        Ok(cleared.status().cleared().then(|| outcomes(&cleared)))
    })
}

/// As [`ensemble`], with every array of each solution at hand. `near`, the answer under the central θ, is a start for
/// every draw where it is given: a third of the work is saved, and the answer does not depend on threads either way.
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
    divided(question, thetas, threads, settings, |solver, theta| {
        let solution = solver.solve_under(near, question, theta, settings)?;
        Ok(solution.status.cleared().then(|| outcomes(&solution)))
    })
}

/// The draws divided among threads, in order.
fn divided<T: Send>(
    question: &Counterfactual<'_>,
    thetas: &[Vec<f64>],
    threads: usize,
    settings: &Settings,
    ask: impl Fn(&mut Solver<'_>, &[f64]) -> Result<Option<T>, Faults> + Sync,
) -> Result<Vec<Option<T>>, Faults> {
    let baseline: &Baseline = question.baseline();
    let sectors = baseline.accounts().sectors();
    if let Some(draw) = thetas.iter().find(|θ| θ.len() != sectors) {
        let message = format!("a draw has {} elasticities, the baseline has {sectors} sectors", draw.len());
        return Err(diagnostic::Diagnostic::error("wrong-shape", message).into());
    }
    let per_thread = thetas.len().div_ceil(threads.max(1)).max(1);
    let solve = |thetas: &[Vec<f64>]| -> Result<Vec<Option<T>>, Faults> {
        let mut solver = Solver::of(baseline, settings);
        let mut found = Vec::with_capacity(thetas.len());
        for theta in thetas {
            found.push(ask(&mut solver, theta)?);
        }
        Ok(found)
    };
    if threads <= 1 {
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
