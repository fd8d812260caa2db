//! Small dense matrices, row-major: inverse and product with a vector.

/// The inverse of a square matrix by elimination with row exchanges. None if a pivot vanishes.
///
/// `matrix` is row-major with `size` rows and is overwritten.
pub(crate) fn inverse(matrix: &mut [f64], size: usize) -> Option<Vec<f64>> {
    let mut inverse = vec![0.0; size * size];
    for k in 0..size {
        inverse[k * size + k] = 1.0;
    }
    for k in 0..size {
        let pivot =
            (k..size).max_by(|a, b| matrix[a * size + k].abs().total_cmp(&matrix[b * size + k].abs()))?;
        let value = matrix[pivot * size + k];
        if value == 0.0 || !value.is_finite() {
            return None;
        }
        if pivot != k {
            for column in 0..size {
                matrix.swap(k * size + column, pivot * size + column);
                inverse.swap(k * size + column, pivot * size + column);
            }
        }
        let scale = 1.0 / value;
        for column in 0..size {
            matrix[k * size + column] *= scale;
            inverse[k * size + column] *= scale;
        }
        let pivot_row: Vec<f64> = matrix[k * size..(k + 1) * size].to_vec();
        let pivot_inverse: Vec<f64> = inverse[k * size..(k + 1) * size].to_vec();
        for row in (0..size).filter(|row| *row != k) {
            let factor = matrix[row * size + k];
            if factor != 0.0 {
                let from = row * size;
                for (cell, p) in matrix[from..from + size].iter_mut().zip(&pivot_row) {
                    *cell -= factor * p;
                }
                for (cell, p) in inverse[from..from + size].iter_mut().zip(&pivot_inverse) {
                    *cell -= factor * p;
                }
            }
        }
    }
    Some(inverse)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_inverse_undoes_its_matrix() {
        let size = 5;
        let matrix: Vec<f64> =
            (0..25).map(|k| f64::from(k * k % 7) - if k % 6 == 0 { 0.0 } else { 2.5 }).collect();
        let inverse = inverse(&mut matrix.clone(), size).unwrap();
        for row in 0..size {
            for column in 0..size {
                let product: f64 =
                    (0..size).map(|k| matrix[row * size + k] * inverse[k * size + column]).sum();
                let unit = if row == column { 1.0 } else { 0.0 };
                assert!((product - unit).abs() < 1e-12, "{row} {column} {product}");
            }
        }
        assert_eq!(super::inverse(&mut [1.0, 2.0, 2.0, 4.0], 2), None);
    }
}
