//! One factorisation, used from both sides: Newton's steps and the multipliers read the same matrix.

use crate::widest::widest;

/// `P A = L U` of a square matrix, row-major, with row exchanges.
#[derive(Debug, Clone)]
pub(super) struct Lu {
    size: usize,
    /// L below the diagonal (its ones left out), U on and above it.
    factors: Vec<f64>,
    /// The row of A that ended in each place.
    row: Vec<usize>,
}

impl Lu {
    /// The factors of `matrix`, which is overwritten. None when a pivot vanishes or is not a number.
    pub(super) fn of(mut matrix: Vec<f64>, size: usize) -> Option<Self> {
        let mut row: Vec<usize> = (0..size).collect();
        for k in 0..size {
            let largest =
                |a: &usize, b: &usize| matrix[a * size + k].abs().total_cmp(&matrix[b * size + k].abs());
            let pivot = (k..size).max_by(largest)?;
            let value = matrix[pivot * size + k];
            if value == 0.0 || !value.is_finite() {
                return None;
            }
            if pivot != k {
                row.swap(pivot, k);
                for column in 0..size {
                    matrix.swap(k * size + column, pivot * size + column);
                }
            }
            let (above, below) = matrix.split_at_mut((k + 1) * size);
            let pivot_row = &above[k * size + k + 1..];
            below.chunks_exact_mut(size).for_each(|line| line[k] /= value);
            eliminate(below, pivot_row, k, size);
        }
        Some(Self { size, factors: matrix, row })
    }

    /// x with A x = b.
    pub(super) fn solve(&self, b: &[f64]) -> Vec<f64> {
        let n = self.size;
        let mut x: Vec<f64> = self.row.iter().map(|row| b[*row]).collect();
        let dot = |a: &[f64], b: &[f64]| -> f64 { a.iter().zip(b).map(|(a, b)| a * b).sum() };
        for i in 0..n {
            x[i] -= dot(&self.factors[i * n..i * n + i], &x[..i]);
        }
        for i in (0..n).rev() {
            let rest = dot(&self.factors[i * n + i + 1..(i + 1) * n], &x[i + 1..]);
            x[i] = (x[i] - rest) / self.factors[i * n + i];
        }
        x
    }

    /// X with A′ X = B for `columns` right sides at once; `b` is row-major, `size × columns`.
    pub(super) fn solve_transposed(&self, mut b: Vec<f64>, columns: usize) -> Vec<f64> {
        let n = self.size;
        // A′ = U′ L′ P: U′ forwards, L′ backwards, then the rows return to their places.
        for k in 0..n {
            let (above, below) = b.split_at_mut((k + 1) * columns);
            let line = &mut above[k * columns..];
            let diagonal = 1.0 / self.factors[k * n + k];
            line.iter_mut().for_each(|cell| *cell *= diagonal);
            subtract_from(below, &self.factors[k * n + k + 1..(k + 1) * n], line);
        }
        for k in (0..n).rev() {
            let (above, rest) = b.split_at_mut(k * columns);
            let line = &rest[..columns];
            subtract_from(above, &self.factors[k * n..k * n + k], line);
        }
        let mut x = vec![0.0; n * columns];
        for (line, row) in b.chunks_exact(columns).zip(&self.row) {
            x[row * columns..(row + 1) * columns].copy_from_slice(line);
        }
        x
    }
}

widest! {
    /// Takes the pivot's row, times each line's own factor in column `k`, from every line below it.
    fn eliminate(below: &mut [f64], pivot_row: &[f64], k: usize, size: usize) {
        for line in below.chunks_exact_mut(size) {
            let factor = line[k];
            if factor != 0.0 {
                line[k + 1..].iter_mut().zip(pivot_row).for_each(|(cell, u)| *cell -= factor * u);
            }
        }
    }
}

widest! {
    /// Takes `line`, times the factor of each, from all lines.
    fn subtract_from(lines: &mut [f64], factors: &[f64], line: &[f64]) {
        for (to, factor) in lines.chunks_exact_mut(line.len()).zip(factors) {
            if *factor != 0.0 {
                to.iter_mut().zip(line).for_each(|(to, cell)| *to -= factor * cell);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sides_of_one_factorisation_solve() {
        let n = 6;
        let a: Vec<f64> =
            (0..n * n).map(|k| ((k * 37 % 11) as f64 - 5.0) + if k % 7 == 0 { 3.0 } else { 0.0 }).collect();
        let lu = Lu::of(a.clone(), n).unwrap();
        let b: Vec<f64> = (0..n).map(|k| 1.0 + k as f64).collect();
        let x = lu.solve(&b);
        for i in 0..n {
            let product: f64 = (0..n).map(|j| a[i * n + j] * x[j]).sum();
            assert!((product - b[i]).abs() < 1e-12);
        }
        let sides: Vec<f64> = (0..2 * n).map(|k| (k % 5) as f64).collect();
        let x = lu.solve_transposed(sides.clone(), 2);
        for i in 0..n {
            for c in 0..2 {
                let product: f64 = (0..n).map(|j| a[j * n + i] * x[j * 2 + c]).sum();
                assert!((product - sides[i * 2 + c]).abs() < 1e-12);
            }
        }
        assert!(Lu::of(vec![1.0, 2.0, 2.0, 4.0], 2).is_none());
    }
}
