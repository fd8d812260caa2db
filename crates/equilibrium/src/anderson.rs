//! Anderson's method: a step that combines the last few so that their residuals cancel best.
//!
//! # Source
//! Anderson (1965), *Journal of the ACM* 12(4); Walker and Ni (2011), *SIAM J. Numerical Analysis* 49(4).

/// The memory of past steps for points of one length.
#[derive(Debug, Clone)]
pub(crate) struct Anderson {
    length: usize,
    depth: usize,
    held: usize,
    next: usize,
    /// Differences of points, `depth` rows.
    points: Vec<f64>,
    /// Differences of steps, `depth` rows.
    steps: Vec<f64>,
    last_point: Vec<f64>,
    last_step: Vec<f64>,
    started: bool,
    gram: Vec<f64>,
    right: Vec<f64>,
}

impl Anderson {
    pub fn new(length: usize, depth: usize) -> Self {
        Self {
            length,
            depth,
            held: 0,
            next: 0,
            points: vec![0.0; length * depth],
            steps: vec![0.0; length * depth],
            last_point: vec![0.0; length],
            last_step: vec![0.0; length],
            started: false,
            gram: vec![0.0; depth * depth],
            right: vec![0.0; depth],
        }
    }

    /// Forgets everything.
    pub fn restart(&mut self) {
        self.held = 0;
        self.next = 0;
        self.started = false;
    }

    /// Moves `point` given the plain `step` at it.
    ///
    /// With differences Δx, Δf of the last points and steps, γ = argmin ‖f − Δf γ‖, the new point is
    /// x + f − (Δx + Δf) γ.
    pub fn advance(&mut self, point: &mut [f64], step: &[f64]) {
        let length = self.length;
        if self.depth > 0 && self.started {
            let row = self.next * length..(self.next + 1) * length;
            for ((to, now), before) in self.points[row.clone()].iter_mut().zip(&*point).zip(&self.last_point)
            {
                *to = now - before;
            }
            for ((to, now), before) in self.steps[row].iter_mut().zip(step).zip(&self.last_step) {
                *to = now - before;
            }
            self.next = (self.next + 1) % self.depth;
            self.held = (self.held + 1).min(self.depth);
        }
        self.last_point.copy_from_slice(point);
        self.last_step.copy_from_slice(step);
        self.started = true;
        for (x, f) in point.iter_mut().zip(step) {
            *x += f;
        }
        for a in 0..self.held {
            for b in 0..=a {
                let product = dot(self.step(a), self.step(b));
                self.gram[a * self.depth + b] = product;
                self.gram[b * self.depth + a] = product;
            }
            self.right[a] = dot(self.step(a), step);
        }
        self.solve_small();
        for k in 0..self.held {
            let γ = self.right[k];
            let row = k * length..(k + 1) * length;
            for ((x, dx), df) in point.iter_mut().zip(&self.points[row.clone()]).zip(&self.steps[row]) {
                *x -= γ * (dx + df);
            }
        }
    }

    fn step(&self, k: usize) -> &[f64] {
        &self.steps[k * self.length..(k + 1) * self.length]
    }

    /// The least-squares weights by Cholesky's factors, in place; directions that add nothing get none.
    fn solve_small(&mut self) {
        let (m, stride) = (self.held, self.depth);
        for a in 0..m {
            for b in 0..=a {
                let mut sum = self.gram[a * stride + b];
                for k in 0..b {
                    sum -= self.gram[a * stride + k] * self.gram[b * stride + k];
                }
                if a == b {
                    let original = self.gram[a * stride + a];
                    self.gram[a * stride + a] =
                        if sum > 1e-14 * original { sum.sqrt() } else { f64::INFINITY };
                } else {
                    self.gram[a * stride + b] = sum / self.gram[b * stride + b];
                }
            }
        }
        for a in 0..m {
            let mut sum = self.right[a];
            for k in 0..a {
                sum -= self.gram[a * stride + k] * self.right[k];
            }
            self.right[a] = sum / self.gram[a * stride + a];
        }
        for a in (0..m).rev() {
            let mut sum = self.right[a];
            for k in a + 1..m {
                sum -= self.gram[k * stride + a] * self.right[k];
            }
            self.right[a] = sum / self.gram[a * stride + a];
        }
    }
}

/// Σ a b in a fixed order: eight running sums.
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
