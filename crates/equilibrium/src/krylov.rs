//! Linear systems known by their products: generalised minimal residuals.
//!
//! # Source
//! Saad and Schultz (1986), *SIAM J. Scientific and Statistical Computing* 7(3).

use crate::anderson::dot;

/// The memory of one minimal-residual solve.
#[derive(Debug, Clone)]
pub(crate) struct Krylov {
    length: usize,
    most: usize,
    /// Orthonormal directions, `most + 1` rows.
    basis: Vec<f64>,
    /// Their products after rotation, upper triangular by column, and what is left of the residual.
    triangle: Vec<f64>,
    rotations: Vec<(f64, f64)>,
    right: Vec<f64>,
}

impl Krylov {
    pub fn new(length: usize, most: usize) -> Self {
        Self {
            length,
            most,
            basis: vec![0.0; (most + 1) * length],
            triangle: vec![0.0; most * (most + 1)],
            rotations: vec![(1.0, 0.0); most],
            right: vec![0.0; most + 1],
        }
    }

    /// Writes to `step` the combination of at most `most` directions that brings `residual + J step` closest to zero,
    /// and returns what part of the residual is left. `product` writes J v.
    pub fn solve(
        &mut self,
        residual: &[f64],
        step: &mut [f64],
        within: f64,
        mut product: impl FnMut(&[f64], &mut [f64]),
    ) -> f64 {
        let length = self.length;
        let size = dot(residual, residual).sqrt();
        step.fill(0.0);
        if size == 0.0 {
            return 0.0;
        }
        for (v, r) in self.basis[..length].iter_mut().zip(residual) {
            *v = -r / size;
        }
        self.right.fill(0.0);
        self.right[0] = size;
        let mut held = 0;
        while held < self.most && self.right[held].abs() > within * size {
            let (known, fresh) = self.basis.split_at_mut((held + 1) * length);
            let fresh = &mut fresh[..length];
            product(&known[held * length..], fresh);
            let column = &mut self.triangle[held * (self.most + 1)..(held + 1) * (self.most + 1)];
            for (h, v) in column.iter_mut().zip(known.chunks_exact(length)) {
                *h = dot(fresh, v);
                for (w, v) in fresh.iter_mut().zip(v) {
                    *w -= *h * v;
                }
            }
            let rest = dot(fresh, fresh).sqrt();
            for (k, (c, s)) in self.rotations[..held].iter().enumerate() {
                (column[k], column[k + 1]) =
                    (c * column[k] + s * column[k + 1], c * column[k + 1] - s * column[k]);
            }
            let long = column[held].hypot(rest);
            if !(long > 0.0 && long.is_finite()) {
                break;
            }
            let (c, s) = (column[held] / long, rest / long);
            self.rotations[held] = (c, s);
            column[held] = long;
            self.right[held + 1] = -s * self.right[held];
            self.right[held] *= c;
            held += 1;
            if rest <= f64::EPSILON * long {
                break;
            }
            fresh.iter_mut().for_each(|w| *w /= rest);
        }
        let left = self.right[held].abs() / size;
        for k in (0..held).rev() {
            let below: f64 =
                (k + 1..held).map(|j| self.triangle[j * (self.most + 1) + k] * self.right[j]).sum();
            self.right[k] = (self.right[k] - below) / self.triangle[k * (self.most + 1) + k];
            for (x, v) in step.iter_mut().zip(&self.basis[k * length..(k + 1) * length]) {
                *x += self.right[k] * v;
            }
        }
        left
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_linear_system_is_solved_in_as_many_directions_as_it_has() {
        let matrix = [[4.0, 1.0, 0.0], [-2.0, 3.0, 1.0], [0.5, 0.0, -1.0]];
        let times = |v: &[f64], to: &mut [f64]| {
            for (row, to) in matrix.iter().zip(to) {
                *to = dot(row, v);
            }
        };
        let residual = [1.0, -2.0, 0.5];
        let mut step = [0.0; 3];
        let left = Krylov::new(3, 3).solve(&residual, &mut step, 0.0, times);
        let mut moved = [0.0; 3];
        times(&step, &mut moved);
        assert!(left < 1e-14);
        assert!(residual.iter().zip(moved).all(|(r, m)| (r + m).abs() < 1e-13));
    }
}
