//! Anderson's method: a step that combines the last few so that their residuals cancel best.
//!
//! # Source
//! Anderson (1965), *Journal of the ACM* 12(4); Walker and Ni (2011), *SIAM J. Numerical Analysis* 49(4).

mod columns;

pub(crate) use columns::AndersonColumns;

use crate::widest::widest;

/// The memory of past steps for points of one length.
///
/// Differences are kept in single precision: they weigh and steer, and do not enter what is solved.
#[derive(Debug, Clone)]
pub(crate) struct Anderson {
    length: usize,
    depth: usize,
    held: usize,
    next: usize,
    started: bool,
    /// Differences of steps, and of points and steps together, `depth` rows each.
    steps: Vec<f32>,
    moves: Vec<f32>,
    last_point: Vec<f64>,
    last_step: Vec<f64>,
    /// Products of differences of steps.
    gram: Vec<f64>,
    factor: Vec<f64>,
    right: Vec<f64>,
}

impl Anderson {
    pub fn new(length: usize, depth: usize) -> Self {
        Self {
            length,
            depth,
            held: 0,
            next: 0,
            started: false,
            steps: vec![0.0; length * depth],
            moves: vec![0.0; length * depth],
            last_point: vec![0.0; length],
            last_step: vec![0.0; length],
            gram: vec![0.0; depth * depth],
            factor: vec![0.0; depth * depth],
            right: vec![0.0; depth],
        }
    }

    /// Forgets everything.
    pub fn restart(&mut self) {
        (self.held, self.next, self.started) = (0, 0, false);
    }

    /// Moves `point` given the plain `step` at it.
    ///
    /// With differences Δx, Δf of the last points and steps, γ = argmin ‖f − Δf γ‖, the new point is
    /// x + f − (Δx + Δf) γ.
    pub fn advance(&mut self, point: &mut [f64], step: &[f64]) {
        advance_over(self, point, step);
    }

    #[inline(always)]
    fn advance_lanes(&mut self, point: &mut [f64], step: &[f64]) {
        if self.depth > 0 && self.started {
            self.remember(point, step);
        }
        self.last_point.copy_from_slice(point);
        self.last_step.copy_from_slice(step);
        self.started = true;
        for (x, f) in point.iter_mut().zip(step) {
            *x += f;
        }
        for k in 0..self.held {
            self.right[k] = mixed_dot(self.row(&self.steps, k), step);
        }
        self.factor.copy_from_slice(&self.gram);
        weigh(&mut self.factor, &mut self.right, self.held, self.depth);
        for k in 0..self.held {
            let γ = self.right[k];
            for (x, dx) in point.iter_mut().zip(self.row(&self.moves, k)) {
                *x -= γ * f64::from(*dx);
            }
        }
    }

    /// Writes the newest differences over the oldest, and their products with all others.
    #[inline(always)]
    fn remember(&mut self, point: &[f64], step: &[f64]) {
        let row = self.next * self.length..(self.next + 1) * self.length;
        let now = point.iter().zip(step).zip(self.last_point.iter().zip(&self.last_step));
        let rows = self.steps[row.clone()].iter_mut().zip(&mut self.moves[row]);
        for ((df, dx), ((x, f), (x0, f0))) in rows.zip(now) {
            let moved = f - f0;
            *df = moved as f32;
            *dx = (x - x0 + moved) as f32;
        }
        self.held = (self.held + 1).min(self.depth);
        for k in 0..self.held {
            let product = short_dot(self.row(&self.steps, k), self.row(&self.steps, self.next));
            self.gram[k * self.depth + self.next] = product;
            self.gram[self.next * self.depth + k] = product;
        }
        self.next = (self.next + 1) % self.depth;
    }

    fn row<'r>(&self, of: &'r [f32], k: usize) -> &'r [f32] {
        &of[k * self.length..(k + 1) * self.length]
    }
}

widest! {
    fn advance_over(of: &mut Anderson, point: &mut [f64], step: &[f64]) {
        of.advance_lanes(point, step);
    }
}

/// The least-squares weights by Cholesky's factors, left in `right`; directions that add nothing get none.
///
/// The first `held` rows of `gram` count, `stride` cells apart; it is overwritten.
fn weigh(gram: &mut [f64], right: &mut [f64], held: usize, stride: usize) {
    for a in 0..held {
        for b in 0..=a {
            let mut sum = gram[a * stride + b];
            for k in 0..b {
                sum -= gram[a * stride + k] * gram[b * stride + k];
            }
            if a == b {
                let original = gram[a * stride + a];
                gram[a * stride + a] = if sum > 1e-14 * original { sum.sqrt() } else { f64::INFINITY };
            } else {
                gram[a * stride + b] = sum / gram[b * stride + b];
            }
        }
    }
    for a in 0..held {
        let mut sum = right[a];
        for k in 0..a {
            sum -= gram[a * stride + k] * right[k];
        }
        right[a] = sum / gram[a * stride + a];
    }
    for a in (0..held).rev() {
        let mut sum = right[a];
        for k in a + 1..held {
            sum -= gram[k * stride + a] * right[k];
        }
        right[a] = sum / gram[a * stride + a];
    }
}

/// Σ a b in a fixed order, as [`dot`].
#[inline(always)]
fn mixed_dot(a: &[f32], b: &[f64]) -> f64 {
    let (a8, a1) = a.as_chunks::<8>();
    let (b8, b1) = b.as_chunks::<8>();
    let mut sums = [0.0; 8];
    for (a, b) in a8.iter().zip(b8) {
        for lane in 0..8 {
            sums[lane] += f64::from(a[lane]) * b[lane];
        }
    }
    let rest: f64 = a1.iter().zip(b1).map(|(a, b)| f64::from(*a) * b).sum();
    ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7])) + rest
}

/// Σ a b in a fixed order, as [`dot`].
#[inline(always)]
fn short_dot(a: &[f32], b: &[f32]) -> f64 {
    let (a8, a1) = a.as_chunks::<8>();
    let (b8, b1) = b.as_chunks::<8>();
    let mut sums = [0.0; 8];
    for (a, b) in a8.iter().zip(b8) {
        for lane in 0..8 {
            sums[lane] += f64::from(a[lane]) * f64::from(b[lane]);
        }
    }
    let rest: f64 = a1.iter().zip(b1).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum();
    ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7])) + rest
}

/// Σ a b in a fixed order: eight running sums.
#[inline(always)]
pub(crate) fn dot(a: &[f64], b: &[f64]) -> f64 {
    let (a8, a1) = a.as_chunks::<8>();
    let (b8, b1) = b.as_chunks::<8>();
    let mut sums = [0.0; 8];
    for (a, b) in a8.iter().zip(b8) {
        for lane in 0..8 {
            sums[lane] += a[lane] * b[lane];
        }
    }
    let rest: f64 = a1.iter().zip(b1).map(|(a, b)| a * b).sum();
    ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7])) + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_linear_map_of_dimension_two_is_solved_in_three_steps() {
        // x ← M x + b with M = [[0.5, 0.2], [−0.3, 0.6]].
        let map = |x: &[f64]| [0.5 * x[0] + 0.2 * x[1] + 1.0, -0.3 * x[0] + 0.6 * x[1] - 2.0];
        let mut anderson = Anderson::new(2, 3);
        let mut x = [0.0, 0.0];
        for _ in 0..4 {
            let f = map(&x);
            let step = [f[0] - x[0], f[1] - x[1]];
            anderson.advance(&mut x, &step);
        }
        let f = map(&x);
        assert!((f[0] - x[0]).abs() < 1e-12 && (f[1] - x[1]).abs() < 1e-12);
    }
}
