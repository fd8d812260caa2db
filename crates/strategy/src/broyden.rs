//! Broyden's method: conditions driven to zero with a picture of their slopes that every step corrects.
//!
//! # Source
//! Broyden (1965), *Mathematics of Computation* 19(92).

use nalgebra::{DMatrix, DVector};

/// How the search goes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Broyden {
    /// The largest gap at which conditions count as met.
    pub(crate) settled: f64,
    /// The longest step in any place.
    pub(crate) longest: f64,
    /// Steps allowed.
    pub(crate) steps: usize,
}

/// How often a step that makes things much worse is halved.
const HALVINGS: usize = 6;

impl Broyden {
    /// The last trial, and the gaps left in its conditions. `from` is a place with its trial and gaps, `slope` how gaps
    /// move with the place, `at` a trial elsewhere. The search ends where the gaps are settled, steps run out or the
    /// slopes are singular.
    pub(crate) fn search<T, E>(
        &self,
        from: (DVector<f64>, T, DVector<f64>),
        mut slope: DMatrix<f64>,
        mut at: impl FnMut(&DVector<f64>) -> Result<(T, DVector<f64>), E>,
    ) -> Result<(T, DVector<f64>), E> {
        let (mut place, mut now, mut gap) = from;
        for _ in 0..self.steps {
            if gap.amax() <= self.settled {
                break;
            }
            let Some(mut step) = slope.clone().lu().solve(&-gap.clone()) else { break };
            let longest = step.amax();
            if longest > self.longest {
                step *= self.longest / longest;
            }
            let mut halvings = 0;
            let (next, next_gap) = loop {
                let (next, next_gap) = at(&(&place + &step))?;
                if next_gap.norm() <= 1.5 * gap.norm() || halvings == HALVINGS {
                    break (next, next_gap);
                }
                step *= 0.5;
                halvings += 1;
            };
            let surprise = &next_gap - &gap - &slope * &step;
            slope += surprise * step.transpose() / step.norm_squared();
            place += step;
            (now, gap) = (next, next_gap);
        }
        Ok((now, gap))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_curved_conditions_meet() {
        // x² + y = 3 and x + y² = 5 meet at (1, 2); slopes are taken as those at (1, 1).
        let at = |z: &DVector<f64>| {
            let gaps = DVector::from_vec(vec![z[0] * z[0] + z[1] - 3.0, z[0] + z[1] * z[1] - 5.0]);
            Ok::<_, ()>((z.clone(), gaps))
        };
        let start = DVector::from_vec(vec![1.5, 1.5]);
        let (trial, gap) = at(&start).unwrap();
        let slope = DMatrix::from_row_slice(2, 2, &[2.0, 1.0, 1.0, 2.0]);
        let method = Broyden { settled: 1e-12, longest: 0.5, steps: 40 };
        let (found, left) = method.search((start, trial, gap), slope, at).unwrap();
        assert!(left.amax() <= 1e-12 && (found[0] - 1.0).abs() < 1e-11 && (found[1] - 2.0).abs() < 1e-11);
    }
}
