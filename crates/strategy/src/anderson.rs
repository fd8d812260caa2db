//! Anderson's method, guarded: a fixed point reached with the last few steps combined.
//!
//! # Source
//! Anderson (1965), *Journal of the ACM* 12(4); Walker and Ni (2011), *SIAM J. Numerical Analysis* 49(4).

use nalgebra::{DMatrix, DVector};

/// The memory of an iteration `x ← x + f(x)`.
#[derive(Debug, Clone)]
pub(crate) struct Anderson {
    depth: usize,
    moves: Vec<(Vec<f64>, Vec<f64>)>,
    last: Option<(Vec<f64>, Vec<f64>)>,
    best: f64,
}

impl Anderson {
    pub(crate) fn new(depth: usize) -> Self {
        Self { depth, moves: Vec::new(), last: None, best: f64::INFINITY }
    }

    /// The next point after `x`, whose plain step is `f`.
    ///
    /// With Δx, Δf the last moves, γ = argmin ‖f − Δf γ‖, the next point is x + f − (Δx + Δf) γ. When the largest
    /// entry of `f` has grown well past the best so far (bounds have switched), memory is dropped and
    /// the plain step taken.
    pub(crate) fn next(&mut self, x: &[f64], f: &[f64]) -> Vec<f64> {
        let size = f.iter().fold(0.0, |worst: f64, f| worst.max(f.abs()));
        if size > 3.0 * self.best {
            self.moves.clear();
            self.last = None;
            self.best = size;
        }
        self.best = self.best.min(size);
        if let Some((x_before, f_before)) = self.last.take() {
            let less = |now: &[f64], before: &[f64]| now.iter().zip(before).map(|(a, b)| a - b).collect();
            self.moves.push((less(x, &x_before), less(f, &f_before)));
            if self.moves.len() > self.depth {
                self.moves.remove(0);
            }
        }
        self.last = Some((x.to_vec(), f.to_vec()));
        let mut next: Vec<f64> = x.iter().zip(f).map(|(x, f)| x + f).collect();
        if let Some(γ) = self.weights(f) {
            for ((dx, df), γ) in self.moves.iter().zip(γ.iter()) {
                for ((to, dx), df) in next.iter_mut().zip(dx).zip(df) {
                    *to -= γ * (dx + df);
                }
            }
        }
        next
    }

    fn weights(&self, f: &[f64]) -> Option<DVector<f64>> {
        let m = self.moves.len();
        if m == 0 {
            return None;
        }
        let dot = |a: &[f64], b: &[f64]| -> f64 { a.iter().zip(b).map(|(a, b)| a * b).sum() };
        let scale: Vec<f64> =
            self.moves.iter().map(|(_, df)| dot(df, df).sqrt().max(f64::MIN_POSITIVE)).collect();
        // Unit columns, and a ridge far below them, keep nearly parallel moves harmless.
        let gram = DMatrix::from_fn(m, m, |a, b| {
            dot(&self.moves[a].1, &self.moves[b].1) / (scale[a] * scale[b]) + if a == b { 1e-14 } else { 0.0 }
        });
        let right = DVector::from_fn(m, |a, _| dot(&self.moves[a].1, f) / scale[a]);
        let mut γ = gram.lu().solve(&right)?;
        γ.iter_mut().zip(scale).for_each(|(γ, scale)| *γ /= scale);
        γ.iter().all(|γ| γ.is_finite()).then_some(γ)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_linear_map_of_three_unknowns_is_solved_in_four_steps() {
        // x = A x + b with slow and fast directions.
        let step = |x: &[f64]| {
            vec![0.9 * x[0] + 1.0 - x[0], -0.5 * x[1] + 0.1 * x[0] - x[1], 0.2 * x[2] + 0.3 - x[2]]
        };
        let (mut anderson, mut x) = (Anderson::new(4), vec![0.0; 3]);
        for _ in 0..5 {
            x = anderson.next(&x, &step(&x));
        }
        assert!((x[0] - 10.0).abs() < 1e-6, "{x:?}");
        assert!((x[1] - 1.0 / 1.5).abs() < 1e-6 && (x[2] - 0.375).abs() < 1e-6);
    }
}
