//! Anderson's method for columns side by side, each with weights of its own.

use crate::anderson::weigh;
use crate::panel::{Strip, WIDTH};
use crate::widest::widest;

/// Differences are kept in single precision: they weigh and steer, and do not enter what is solved.
type Short = [f32; WIDTH];

/// The memory of past steps of sixteen columns.
#[derive(Debug, Clone)]
pub(crate) struct AndersonColumns {
    depth: usize,
    held: usize,
    next: usize,
    started: bool,
    /// Differences of steps, and of points and steps together, `depth` rows each.
    steps: Vec<Short>,
    moves: Vec<Short>,
    last_point: Vec<Strip>,
    last_step: Vec<Strip>,
    /// Products of differences of steps, and of these with the step.
    gram: Vec<Strip>,
    right: Vec<Strip>,
    weights: Vec<Strip>,
}

impl AndersonColumns {
    pub fn new(length: usize, depth: usize) -> Self {
        Self {
            depth,
            held: 0,
            next: 0,
            started: false,
            steps: vec![[0.0; WIDTH]; length * depth],
            moves: vec![[0.0; WIDTH]; length * depth],
            last_point: vec![[0.0; WIDTH]; length],
            last_step: vec![[0.0; WIDTH]; length],
            gram: vec![[0.0; WIDTH]; depth * depth],
            right: vec![[0.0; WIDTH]; depth],
            weights: vec![[0.0; WIDTH]; depth],
        }
    }

    /// Forgets everything.
    pub fn restart(&mut self) {
        (self.held, self.next, self.started) = (0, 0, false);
    }

    /// Moves the columns of `point` that are not `done`, given the plain `step` at it; see [`super::Anderson`].
    pub fn advance(&mut self, point: &mut [Strip], step: &[Strip], done: &[bool; WIDTH]) {
        advance_over(self, point, step, done);
    }

    #[inline(always)]
    fn advance_strips(&mut self, point: &mut [Strip], step: &[Strip], done: &[bool; WIDTH]) {
        let length = point.len();
        if self.depth > 0 && self.started {
            let row = self.next * length..(self.next + 1) * length;
            let now = point.iter().zip(step).zip(self.last_point.iter().zip(&self.last_step));
            let rows = self.steps[row.clone()].iter_mut().zip(&mut self.moves[row]);
            for ((df, dx), ((x, f), (x0, f0))) in rows.zip(now) {
                for k in 0..WIDTH {
                    let moved = f[k] - f0[k];
                    df[k] = moved as f32;
                    dx[k] = (x[k] - x0[k] + moved) as f32;
                }
            }
            self.held = (self.held + 1).min(self.depth);
            for a in 0..self.held {
                let (own, new) = (a * length, self.next * length);
                let pair = (&self.steps[own..own + length], &self.steps[new..new + length]);
                let product = products(pair.0, pair.1.iter().map(|df| df.map(f64::from)));
                self.gram[a * self.depth + self.next] = product;
                self.gram[self.next * self.depth + a] = product;
            }
            self.next = (self.next + 1) % self.depth;
        }
        self.last_point.copy_from_slice(point);
        self.last_step.copy_from_slice(step);
        self.started = true;
        for a in 0..self.held {
            self.right[a] = products(&self.steps[a * length..(a + 1) * length], step.iter().copied());
        }
        self.weigh_columns(done);
        let mut whole = [1.0; WIDTH];
        (0..WIDTH).filter(|k| done[*k]).for_each(|k| whole[k] = 0.0);
        for (x, f) in point.iter_mut().zip(step) {
            for k in 0..WIDTH {
                x[k] += whole[k] * f[k];
            }
        }
        for (row, γ) in self.moves.chunks_exact(length).zip(&self.weights).take(self.held) {
            for (x, dx) in point.iter_mut().zip(row) {
                for k in 0..WIDTH {
                    x[k] -= γ[k] * f64::from(dx[k]);
                }
            }
        }
    }

    /// Every column's weights; none where it is done.
    fn weigh_columns(&mut self, done: &[bool; WIDTH]) {
        let (mut gram, mut right) = (vec![0.0; self.depth * self.depth], vec![0.0; self.depth]);
        for k in 0..WIDTH {
            gram.iter_mut().zip(&self.gram).for_each(|(to, from)| *to = from[k]);
            right.iter_mut().zip(&self.right).for_each(|(to, from)| *to = from[k]);
            weigh(&mut gram, &mut right, self.held, self.depth);
            for (weight, γ) in self.weights.iter_mut().zip(&right) {
                weight[k] = if done[k] { 0.0 } else { *γ };
            }
        }
    }
}

/// Σ a b by column.
#[inline(always)]
fn products(a: &[Short], b: impl Iterator<Item = Strip>) -> Strip {
    let mut sums = [0.0; WIDTH];
    for (a, b) in a.iter().zip(b) {
        for k in 0..WIDTH {
            sums[k] += f64::from(a[k]) * b[k];
        }
    }
    sums
}

widest! {
    fn advance_over(of: &mut AndersonColumns, point: &mut [Strip], step: &[Strip], done: &[bool; WIDTH]) {
        of.advance_strips(point, step, done);
    }
}
