//! Anderson's method, guarded: a fixed point reached with the last few steps combined.
//!
//! # Source
//! Anderson (1965), *Journal of the ACM* 12(4); Walker and Ni (2011), *SIAM J. Numerical Analysis* 49(4).

use nalgebra::{DMatrix, DVector};

/// The memory of an iteration `x ← x + f(x)`.
#[derive(Debug, Clone)]
pub(crate) struct Anderson {
    depth: usize,
    /// Differences of steps, and of points and steps together, oldest first.
    steps: Vec<Vec<f64>>,
    ends: Vec<Vec<f64>>,
    /// Products of the differences of steps.
    products: Vec<Vec<f64>>,
    last: Option<(Vec<f64>, Vec<f64>)>,
    best: f64,
    mix: Vec<f64>,
}

impl Anderson {
    pub(crate) fn new(depth: usize) -> Self {
        Self {
            depth,
            steps: Vec::new(),
            ends: Vec::new(),
            products: Vec::new(),
            last: None,
            best: f64::INFINITY,
            mix: Vec::new(),
        }
    }

    /// The next point after `x`, whose plain step is `f`.
    ///
    /// With Δx, Δf the last moves, γ = argmin ‖f − Δf γ‖, the next point is x + f − (Δx + Δf) γ. When the largest
    /// entry of `f` has grown well past the best so far (bounds have switched), memory is dropped and
    /// the plain step taken.
    pub(crate) fn next(&mut self, x: &[f64], f: &[f64]) -> Vec<f64> {
        let size = f.iter().fold(0.0, |worst: f64, f| worst.max(f.abs()));
        if size > 3.0 * self.best {
            *self = Self { best: size, ..Self::new(self.depth) };
        }
        self.best = self.best.min(size);
        if let Some((x_before, f_before)) = self.last.take() {
            self.remember(x, f, x_before, f_before);
        }
        self.last = Some((x.to_vec(), f.to_vec()));
        let mut next: Vec<f64> = x.iter().zip(f).map(|(x, f)| x + f).collect();
        self.mix = vec![0.0; self.steps.len()];
        self.mix.push(1.0);
        if let Some(γ) = self.weights(f) {
            for (at, (end, γ)) in self.ends.iter().zip(γ.iter()).enumerate() {
                next.iter_mut().zip(end).for_each(|(to, end)| *to -= γ * end);
                self.mix[at] += γ;
                self.mix[at + 1] -= γ;
            }
        }
        next
    }

    /// The weights, summing to one, with which the last point is a mix of the ends `x + f` of the steps before it, the
    /// newest last: with them whatever else was found at those points is guessed.
    pub(crate) fn mix(&self) -> &[f64] {
        &self.mix
    }

    /// Keeps the newest differences and their products with all others; the oldest go.
    fn remember(&mut self, x: &[f64], f: &[f64], x_before: Vec<f64>, f_before: Vec<f64>) {
        let mut step = f_before;
        step.iter_mut().zip(f).for_each(|(before, f)| *before = f - *before);
        let mut end = x_before;
        end.iter_mut().zip(x).zip(&step).for_each(|((before, x), step)| *before = x - *before + step);
        if self.steps.len() == self.depth.max(1) {
            self.steps.remove(0);
            self.ends.remove(0);
            self.products.remove(0);
            for row in &mut self.products {
                row.remove(0);
            }
        }
        self.steps.push(step);
        self.ends.push(end);
        let newest = self.steps.len() - 1;
        let row: Vec<f64> = self.steps.iter().map(|other| dot(other, &self.steps[newest])).collect();
        self.products.iter_mut().zip(&row).for_each(|(of, product)| of.push(*product));
        self.products.push(row);
    }

    fn weights(&self, f: &[f64]) -> Option<DVector<f64>> {
        let m = self.steps.len();
        if m == 0 || self.depth == 0 {
            return None;
        }
        let scale: Vec<f64> = (0..m).map(|a| self.products[a][a].sqrt().max(f64::MIN_POSITIVE)).collect();
        // Unit columns, and a ridge far below them, keep nearly parallel moves harmless.
        let gram = DMatrix::from_fn(m, m, |a, b| {
            self.products[a][b] / (scale[a] * scale[b]) + if a == b { 1e-14 } else { 0.0 }
        });
        let right = DVector::from_fn(m, |a, _| dot(&self.steps[a], f) / scale[a]);
        let mut γ = gram.lu().solve(&right)?;
        γ.iter_mut().zip(scale).for_each(|(γ, scale)| *γ /= scale);
        γ.iter().all(|γ| γ.is_finite()).then_some(γ)
    }
}

/// Σ a b in a fixed order: four running sums, for additions to overlap.
fn dot(a: &[f64], b: &[f64]) -> f64 {
    let (a4, a1) = a.as_chunks::<4>();
    let (b4, b1) = b.as_chunks::<4>();
    let mut sums = [0.0; 4];
    for (a, b) in a4.iter().zip(b4) {
        for k in 0..4 {
            sums[k] += a[k] * b[k];
        }
    }
    let rest: f64 = a1.iter().zip(b1).map(|(a, b)| a * b).sum();
    (sums[0] + sums[1]) + (sums[2] + sums[3]) + rest
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
