//! The hot pass: prices, sales and duties of all importers in one reading of the shares.

use crate::layout::{LANES, Lane, Layout, lanes, lanes_mut};
use crate::power::ln;

/// What a scenario's shock has done to the shares, once for the whole solve.
///
/// # Shapes
/// Cubes in the order of [`Layout`]; `absent` is a padded grid.
#[derive(Debug, Clone, Default)]
pub(crate) struct Folded {
    /// A = π κ̂^(−θ): spending shares before costs have moved.
    pub share: Vec<Lane>,
    /// B = A / (1+τ′): the part that the exporter receives.
    pub receipt: Vec<Lane>,
    /// One where the importer buys nothing of the sector (and in the padding), else zero.
    pub absent: Vec<f64>,
}

/// What one pass gives.
#[derive(Debug, Clone)]
pub(crate) struct Swept {
    /// ĉ^(−θ) as `[block][exporter][lane]`.
    pub cost_power: Vec<Lane>,
    /// Φ`[n,s]` = Σᵢ A ĉ^(−θ), the price index to the power −θ.
    pub index: Vec<f64>,
    /// ln Φ`[n,s]`.
    pub ln_index: Vec<f64>,
    /// X′/Φ`[n,s]`.
    pub spread: Vec<f64>,
    /// Y′`[i,s]` = ĉ^(−θ) Σₙ B X′/Φ, sales before duty.
    pub output: Vec<f64>,
    /// R′`[n]`, duties collected.
    pub revenue: Vec<f64>,
    /// Σₙ B X′/Φ as `[block][exporter][lane]`.
    sums: Vec<Lane>,
}

impl Swept {
    pub fn new(layout: Layout) -> Self {
        let lanes = layout.countries * layout.blocks();
        Self {
            cost_power: vec![[0.0; LANES]; lanes],
            index: vec![0.0; layout.grid()],
            ln_index: vec![0.0; layout.grid()],
            spread: vec![0.0; layout.grid()],
            output: vec![0.0; layout.grid()],
            revenue: vec![0.0; layout.countries],
            sums: vec![[0.0; LANES]; lanes],
        }
    }

    /// One pass, given ĉ^(−θ) in `self.cost_power` and spending X′ `[n,s]`.
    ///
    /// ```text
    /// (E6)  Φ[n,s] = Σᵢ A[n,i,s] ĉ[i,s]^(−θ)
    /// (E8)  Y′[i,s] = ĉ[i,s]^(−θ) Σₙ B[n,i,s] X′[n,s]/Φ[n,s]
    /// (E9)  R′[n] = Σₛ X′/Φ Σᵢ (A − B) ĉ^(−θ)
    /// ```
    pub fn pass(&mut self, layout: Layout, folded: &Folded, spending: &[f64]) {
        let (countries, blocks) = (layout.countries, layout.blocks());
        self.sums.fill([0.0; LANES]);
        let per_importer = countries * blocks;
        for n in 0..countries {
            let row = layout.row(n);
            let of = n * per_importer..(n + 1) * per_importer;
            self.revenue[n] = importer(
                countries,
                &folded.share[of.clone()],
                &folded.receipt[of],
                &self.cost_power,
                lanes(&folded.absent[row.clone()]),
                lanes(&spending[row.clone()]),
                lanes_mut(&mut self.index[row.clone()]),
                lanes_mut(&mut self.spread[row]),
                &mut self.sums,
            );
        }
        for n in 0..countries {
            let row = layout.row(n);
            for (block, made) in lanes_mut(&mut self.output[row]).iter_mut().enumerate() {
                let at = block * countries + n;
                for lane in 0..LANES {
                    made[lane] = self.cost_power[at][lane] * self.sums[at][lane];
                }
            }
        }
        for (to, from) in self.ln_index.iter_mut().zip(&self.index) {
            *to = ln(*from);
        }
    }
}

/// One importer: reads its rows of A and B once from memory and gives back the duties it collects.
#[inline(always)]
fn importer(
    countries: usize,
    share: &[Lane],
    receipt: &[Lane],
    cost_power: &[Lane],
    absent: &[Lane],
    spending: &[Lane],
    index: &mut [Lane],
    spread: &mut [Lane],
    sums: &mut [Lane],
) -> f64 {
    let mut revenue = [0.0; LANES];
    for (block, absent) in absent.iter().enumerate() {
        let of = block * countries..(block + 1) * countries;
        let (a, b, u) = (&share[of.clone()], &receipt[of.clone()], &cost_power[of.clone()]);
        let (paid, received) = two_sums(a, b, u);
        let mut z = [0.0; LANES];
        for lane in 0..LANES {
            index[block][lane] = paid[lane] + absent[lane];
            z[lane] = spending[block][lane] / index[block][lane];
            revenue[lane] += z[lane] * (paid[lane] - received[lane]);
        }
        spread[block] = z;
        for (sum, b) in sums[of].iter_mut().zip(b) {
            for lane in 0..LANES {
                sum[lane] += b[lane] * z[lane];
            }
        }
    }
    (revenue[0] + revenue[1]) + (revenue[2] + revenue[3])
}

/// Σᵢ a u and Σᵢ b u by lane, exporters in even and odd places summed apart so that additions overlap.
#[inline(always)]
pub(crate) fn two_sums(a: &[Lane], b: &[Lane], u: &[Lane]) -> (Lane, Lane) {
    let mut paid = [[0.0; LANES]; 2];
    let mut received = [[0.0; LANES]; 2];
    let (a2, a1) = a.as_chunks::<2>();
    let (b2, b1) = b.as_chunks::<2>();
    let (u2, u1) = u.as_chunks::<2>();
    for ((a, b), u) in a2.iter().zip(b2).zip(u2) {
        for half in 0..2 {
            for lane in 0..LANES {
                paid[half][lane] += a[half][lane] * u[half][lane];
                received[half][lane] += b[half][lane] * u[half][lane];
            }
        }
    }
    for ((a, b), u) in a1.iter().zip(b1).zip(u1) {
        for lane in 0..LANES {
            paid[0][lane] += a[lane] * u[lane];
            received[0][lane] += b[lane] * u[lane];
        }
    }
    let mut sums = ([0.0; LANES], [0.0; LANES]);
    for lane in 0..LANES {
        sums.0[lane] = paid[0][lane] + paid[1][lane];
        sums.1[lane] = received[0][lane] + received[1][lane];
    }
    sums
}
