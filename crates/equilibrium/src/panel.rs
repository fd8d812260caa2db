//! Columns side by side: products of a matrix with many vectors at once.
//!
//! A *strip* holds the same place of sixteen vectors. A product with sixteen vectors reads the matrix once, so it runs
//! at the speed of arithmetic where one vector runs at the speed of memory. Sums run over the depth in order and
//! nothing is fused, so a column's digits do not depend on the processor.

/// How many columns stand side by side.
pub(crate) const WIDTH: usize = 16;

/// One place of every column.
pub(crate) type Strip = [f64; WIDTH];

/// `to += A from`, A row-major with `stride` cells a row, of which the first `from.len()` count.
#[inline(always)]
pub(crate) fn multiply<A: Copy + Into<f64>>(to: &mut [Strip], a: &[A], stride: usize, from: &[Strip]) {
    let depth = from.len();
    let mut rows = a.chunks(stride);
    let (pairs, last) = to.as_chunks_mut::<2>();
    for [to_first, to_second] in pairs {
        let (Some(first), Some(second)) = (rows.next(), rows.next()) else { return };
        let mut sums = [[0.0; WIDTH]; 2];
        for ((first, second), x) in first[..depth].iter().zip(&second[..depth]).zip(from) {
            let (first, second): (f64, f64) = ((*first).into(), (*second).into());
            for k in 0..WIDTH {
                sums[0][k] += first * x[k];
            }
            for k in 0..WIDTH {
                sums[1][k] += second * x[k];
            }
        }
        add(to_first, &sums[0]);
        add(to_second, &sums[1]);
    }
    if let ([to], Some(row)) = (last, rows.next()) {
        for (a, x) in row[..depth].iter().zip(from) {
            add_times(to, (*a).into(), x);
        }
    }
}

/// `to += A′ from`, A row-major with `stride` cells a row, of which the first `to.len()` count; the last row may end
/// with these.
#[inline(always)]
pub(crate) fn multiply_transposed<A: Copy + Into<f64>>(
    to: &mut [Strip],
    a: &[A],
    stride: usize,
    from: &[Strip],
) {
    let (pairs, last) = to.as_chunks_mut::<2>();
    for (pair, [to_first, to_second]) in pairs.iter_mut().enumerate() {
        let mut sums = [[0.0; WIDTH]; 2];
        for (row, x) in a.chunks(stride).zip(from) {
            let (first, second): (f64, f64) = (row[2 * pair].into(), row[2 * pair + 1].into());
            for k in 0..WIDTH {
                sums[0][k] += first * x[k];
            }
            for k in 0..WIDTH {
                sums[1][k] += second * x[k];
            }
        }
        add(to_first, &sums[0]);
        add(to_second, &sums[1]);
    }
    if let [to] = last {
        for (row, x) in a.chunks(stride).zip(from) {
            add_times(to, row[2 * pairs.len()].into(), x);
        }
    }
}

/// `to += x`.
#[inline(always)]
pub(crate) fn add(to: &mut Strip, x: &Strip) {
    add_times(to, 1.0, x);
}

/// `to += a x`.
#[inline(always)]
pub(crate) fn add_times(to: &mut Strip, a: f64, x: &Strip) {
    // By value: what may overlap is not turned into vectors.
    let (mut sum, x) = (*to, *x);
    for k in 0..WIDTH {
        sum[k] += a * x[k];
    }
    *to = sum;
}

/// `to += a x`, column by column.
#[inline(always)]
pub(crate) fn add_products(to: &mut Strip, a: &Strip, x: &Strip) {
    let (mut sum, a, x) = (*to, *a, *x);
    for k in 0..WIDTH {
        sum[k] += a[k] * x[k];
    }
    *to = sum;
}

/// a x.
#[inline(always)]
pub(crate) fn times(a: f64, x: &Strip) -> Strip {
    let mut product = [0.0; WIDTH];
    for k in 0..WIDTH {
        product[k] = a * x[k];
    }
    product
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_are_products() {
        for (rows, depth) in [(1, 1), (2, 3), (5, 4), (4, 7)] {
            let stride = depth.max(rows) + 2;
            let cell = |r: usize, p: usize| (r * 7 + p * 3) as f64 - 4.0;
            let a: Vec<f64> = (0..stride * stride).map(|k| cell(k / stride, k % stride)).collect();
            let column = |p: usize, k: usize| (p * p + k) as f64;
            let from: Vec<Strip> = (0..depth).map(|p| std::array::from_fn(|k| column(p, k))).collect();
            let mut to = vec![[1.0; WIDTH]; rows];
            multiply(&mut to, &a, stride, &from);
            let mut back = vec![[1.0; WIDTH]; rows];
            multiply_transposed(&mut back, &a, stride, &from);
            for (r, k) in (0..rows).flat_map(|r| (0..WIDTH).map(move |k| (r, k))) {
                let product: f64 = (0..depth).map(|p| cell(r, p) * column(p, k)).sum();
                let transposed: f64 = (0..depth).map(|p| cell(p, r) * column(p, k)).sum();
                assert_eq!((to[r][k], back[r][k]), (1.0 + product, 1.0 + transposed));
            }
        }
    }
}
