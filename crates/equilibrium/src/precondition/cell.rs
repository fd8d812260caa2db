//! One vector, or sixteen side by side: the products that a preconditioner takes of either.

use crate::anderson::dot;
use crate::block::{add_columns, add_dots};
use crate::panel::{Strip, WIDTH, multiply, multiply_transposed};

/// Rows of a product of strips that are taken together, for them to stay in the first cache.
const CHUNK: usize = 128;

/// A place of one vector, or the same place of sixteen.
pub(crate) trait Cell: Copy {
    const ZERO: Self;

    /// `to += M x`: columns of M are as long as `to`, and whole lanes.
    fn add_product(to: &mut [Self], columns: &[f32], x: &[Self]);

    /// `to += M′ x`: columns of M are as long as `x`, and whole lanes.
    fn add_transposed(to: &mut [Self], columns: &[f32], x: &[Self]);

    /// `to = M x`, M square and of any size.
    fn set_product(to: &mut [Self], columns: &[f64], x: &[Self]);

    /// `to = M′ x`, M square and of any size.
    fn set_transposed(to: &mut [Self], columns: &[f64], x: &[Self]);
}

impl Cell for f64 {
    const ZERO: Self = 0.0;

    #[inline(always)]
    fn add_product(to: &mut [Self], columns: &[f32], x: &[Self]) {
        add_columns(to, columns, x);
    }

    #[inline(always)]
    fn add_transposed(to: &mut [Self], columns: &[f32], x: &[Self]) {
        add_dots(to, columns, x);
    }

    #[inline(always)]
    fn set_product(to: &mut [Self], columns: &[f64], x: &[Self]) {
        to.fill(0.0);
        for (column, x) in columns.chunks_exact(to.len()).zip(x) {
            for (to, m) in to.iter_mut().zip(column) {
                *to += m * x;
            }
        }
    }

    #[inline(always)]
    fn set_transposed(to: &mut [Self], columns: &[f64], x: &[Self]) {
        for (to, column) in to.iter_mut().zip(columns.chunks_exact(x.len())) {
            *to = dot(column, x);
        }
    }
}

impl Cell for Strip {
    const ZERO: Self = [0.0; WIDTH];

    #[inline(always)]
    fn add_product(to: &mut [Self], columns: &[f32], x: &[Self]) {
        let length = to.len();
        for (k, to) in to.chunks_mut(CHUNK).enumerate() {
            multiply_transposed(to, &columns[k * CHUNK..], length, x);
        }
    }

    #[inline(always)]
    fn add_transposed(to: &mut [Self], columns: &[f32], x: &[Self]) {
        for (k, part) in x.chunks(CHUNK).enumerate() {
            multiply(to, &columns[k * CHUNK..], x.len(), part);
        }
    }

    #[inline(always)]
    fn set_product(to: &mut [Self], columns: &[f64], x: &[Self]) {
        to.fill(Self::ZERO);
        multiply_transposed(to, columns, x.len(), x);
    }

    #[inline(always)]
    fn set_transposed(to: &mut [Self], columns: &[f64], x: &[Self]) {
        to.fill(Self::ZERO);
        multiply(to, columns, x.len(), x);
    }
}
