//! Products of a block with one vector, four columns at a time.
//!
//! A block is a run of columns, each as long as the vector beside it and whole lanes long. Taking four columns at once
//! keeps sums in registers; every sum still takes its terms in the order of one column after another.

use crate::layout::{LANES, Lane};

/// Columns that are taken together.
const TOGETHER: usize = 4;

/// `to += M by`: columns of M are as long as `to`.
#[inline(always)]
pub(crate) fn add_columns<A: Copy + Into<f64>>(to: &mut [f64], columns: &[A], by: &[f64]) {
    let length = to.len();
    let mut fours = columns.chunks_exact(TOGETHER * length);
    let (groups, rest) = by.as_chunks::<TOGETHER>();
    for (group, by) in fours.by_ref().zip(groups) {
        let (a, b) = group.split_at(2 * length);
        let (a, b, c, d) = (&a[..length], &a[length..], &b[..length], &b[length..]);
        let lanes = a.as_chunks::<LANES>().0.iter().zip(b.as_chunks::<LANES>().0);
        let lanes = lanes.zip(c.as_chunks::<LANES>().0.iter().zip(d.as_chunks::<LANES>().0));
        for (to, ((a, b), (c, d))) in to.as_chunks_mut::<LANES>().0.iter_mut().zip(lanes) {
            for lane in 0..LANES {
                let sum = to[lane] + a[lane].into() * by[0];
                let sum = sum + b[lane].into() * by[1];
                let sum = sum + c[lane].into() * by[2];
                to[lane] = sum + d[lane].into() * by[3];
            }
        }
    }
    let from = by.len() - rest.len();
    for (column, by) in columns[from * length..].chunks_exact(length).zip(rest) {
        for (to, m) in to.as_chunks_mut::<LANES>().0.iter_mut().zip(column.as_chunks::<LANES>().0) {
            for lane in 0..LANES {
                to[lane] += m[lane].into() * by;
            }
        }
    }
}

/// `to += M′ x`: columns of M are as long as `x`; each product sums in four running sums.
#[inline(always)]
pub(crate) fn add_dots<A: Copy + Into<f64>>(to: &mut [f64], columns: &[A], x: &[f64]) {
    let length = x.len();
    let lanes = x.as_chunks::<LANES>().0;
    let (groups, rest) = to.as_chunks_mut::<TOGETHER>();
    let from = groups.len() * TOGETHER;
    for (to, group) in groups.iter_mut().zip(columns.chunks_exact(TOGETHER * length)) {
        let (a, b) = group.split_at(2 * length);
        let (a, b, c, d) = (&a[..length], &a[length..], &b[..length], &b[length..]);
        let cells = a.as_chunks::<LANES>().0.iter().zip(b.as_chunks::<LANES>().0);
        let cells = cells.zip(c.as_chunks::<LANES>().0.iter().zip(d.as_chunks::<LANES>().0));
        let mut sums = [[0.0; LANES]; TOGETHER];
        for (x, ((a, b), (c, d))) in lanes.iter().zip(cells) {
            for lane in 0..LANES {
                sums[0][lane] += a[lane].into() * x[lane];
                sums[1][lane] += b[lane].into() * x[lane];
                sums[2][lane] += c[lane].into() * x[lane];
                sums[3][lane] += d[lane].into() * x[lane];
            }
        }
        to.iter_mut().zip(&sums).for_each(|(to, sum)| *to += all(sum));
    }
    for (to, column) in rest.iter_mut().zip(columns[from * length..].chunks_exact(length)) {
        let mut sum = [0.0; LANES];
        for (a, x) in column.as_chunks::<LANES>().0.iter().zip(lanes) {
            for lane in 0..LANES {
                sum[lane] += a[lane].into() * x[lane];
            }
        }
        *to += all(&sum);
    }
}

/// The sum over lanes.
#[inline(always)]
fn all(sum: &Lane) -> f64 {
    (sum[0] + sum[1]) + (sum[2] + sum[3])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_are_products_whatever_the_number_of_columns() {
        for count in [1, 4, 6, 9] {
            let length = 8;
            let cell = |column: usize, row: usize| (column * 5 + row * 3) as f32 - 7.0;
            let columns: Vec<f32> = (0..count * length).map(|k| cell(k / length, k % length)).collect();
            let by: Vec<f64> = (0..count).map(|c| c as f64 - 1.5).collect();
            let x: Vec<f64> = (0..length).map(|r| (r * r) as f64).collect();
            let (mut to, mut back) = (vec![1.0; length], vec![1.0; count]);
            add_columns(&mut to, &columns, &by);
            add_dots(&mut back, &columns, &x);
            for row in 0..length {
                let sum: f64 = (0..count).map(|c| f64::from(cell(c, row)) * by[c]).sum();
                assert_eq!(to[row], 1.0 + sum);
            }
            for c in 0..count {
                let sum: f64 = (0..length).map(|row| f64::from(cell(c, row)) * x[row]).sum();
                assert_eq!(back[c], 1.0 + sum);
            }
        }
    }
}
