//! The hot pass: prices, sales and duties of all importers in one reading of the shares.

use crate::layout::{LANES, Lane, Layout, lanes, lanes_mut};
use crate::power::ln;
use crate::widest::widest;

/// What a scenario's shock has done to the shares, once for the whole solve.
///
/// # Shapes
/// Cubes in the order of [`Layout`]; `absent` is a padded grid.
#[derive(Debug, Clone, Default)]
pub(crate) struct Folded {
    /// A = π κ̂^(−θ): spending shares before costs have moved.
    pub share: Vec<Lane>,
    /// B = A / ((1+τ′) x′): the part that producers receive.
    pub receipt: Vec<Lane>,
    /// C = A / (1+τ′): the part that reaches the border; empty where it is B, no exporter's wedge being there.
    pub border: Vec<Lane>,
    /// One where the importer buys nothing of the sector (and in the padding), else zero.
    pub absent: Vec<f64>,
    /// One where the exporter sells nothing of the sector (and in the padding), else zero.
    pub unsold: Vec<f64>,
    /// Lanes that differ from the baseline's, or whether any may.
    pub touched: Vec<usize>,
    pub rewritten: bool,
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
    /// Y′`[i,s]` = ĉ^(−θ) Σₙ B X′/Φ, sales as producers receive them.
    pub output: Vec<f64>,
    /// R′`[n]`: duties collected, and the exporter's taxes less its subsidies.
    pub revenue: Vec<f64>,
    /// Σₙ B X′/Φ and Σₙ C X′/Φ as `[block][exporter][lane]`.
    pub sums: Vec<Lane>,
    border_sums: Vec<Lane>,
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
            border_sums: vec![[0.0; LANES]; lanes],
        }
    }

    /// One pass, given ĉ^(−θ) in `self.cost_power` and spending X′ `[n,s]`.
    ///
    /// ```text
    /// (E6)  Φ[n,s] = Σᵢ A[n,i,s] ĉ[i,s]^(−θ)
    /// (E8)  Y′[i,s] = ĉ[i,s]^(−θ) Σₙ B[n,i,s] X′[n,s]/Φ[n,s]
    /// (E9)  R′[n] = Σₛ X′/Φ Σᵢ (A − C) ĉ^(−θ)  +  Σₛ ĉ[n,s]^(−θ) Σₘ (C − B)[m,n,s] X′/Φ[m,s]
    /// ```
    pub fn pass(&mut self, layout: Layout, folded: &Folded, spending: &[f64]) {
        pass_over(self, layout, folded, spending);
    }

    /// One pass for an economy without input links, where spending follows from income at once:
    ///
    /// ```text
    /// (E10′)  I′[n] = (ŵ wL + D′) / (1 − Σₛ α[n,s] δ′[n,s]),   δ′ = Σᵢ (A − B) ĉ^(−θ) / Φ,   X′ = α I′
    /// ```
    /// `income` comes as ŵ wL + D′ and leaves as I′; `spending` is written.
    pub fn pass_without_links(
        &mut self,
        layout: Layout,
        folded: &Folded,
        final_share: &[f64],
        income: &mut [f64],
        spending: &mut [f64],
    ) {
        pass_without_links_over(self, layout, folded, final_share, income, spending);
    }

    /// Sales and ln Φ from the sums; what is left of (E8) and (E9) once every importer has been read.
    #[inline(always)]
    fn finish(&mut self, layout: Layout, folded: &Folded) {
        let countries = layout.countries;
        for n in 0..countries {
            let row = layout.row(n);
            let mut taxed = [0.0; LANES];
            for (block, made) in lanes_mut(&mut self.output[row]).iter_mut().enumerate() {
                let at = block * countries + n;
                for lane in 0..LANES {
                    made[lane] = self.cost_power[at][lane] * self.sums[at][lane];
                    if !folded.border.is_empty() {
                        taxed[lane] += self.cost_power[at][lane] * self.border_sums[at][lane] - made[lane];
                    }
                }
            }
            self.revenue[n] += (taxed[0] + taxed[1]) + (taxed[2] + taxed[3]);
        }
        for (to, from) in lanes_mut(&mut self.ln_index).iter_mut().zip(lanes(&self.index)) {
            for lane in 0..LANES {
                to[lane] = ln(from[lane]);
            }
        }
    }
}

widest! {
    fn pass_over(swept: &mut Swept, layout: Layout, folded: &Folded, spending: &[f64]) {
        all_importers(swept, layout, folded, spending);
    }
}

widest! {
    fn pass_without_links_over(
        swept: &mut Swept,
        layout: Layout,
        folded: &Folded,
        final_share: &[f64],
        income: &mut [f64],
        spending: &mut [f64],
    ) {
        all_incomes(swept, layout, folded, final_share, income, spending);
    }
}

#[inline(always)]
fn all_importers(swept: &mut Swept, layout: Layout, folded: &Folded, spending: &[f64]) {
    let (countries, blocks) = (layout.countries, layout.blocks());
    swept.sums.fill([0.0; LANES]);
    swept.border_sums.fill([0.0; LANES]);
    for n in 0..countries {
        let mut revenue = [0.0; LANES];
        for block in 0..blocks {
            let of = (n * blocks + block) * countries..(n * blocks + block + 1) * countries;
            let by = block * countries..(block + 1) * countries;
            let cells = layout.at(n, block * LANES);
            let (a, b, u) =
                (&folded.share[of.clone()], &folded.receipt[of.clone()], &swept.cost_power[by.clone()]);
            let at_border = if folded.border.is_empty() { b } else { &folded.border[of] };
            let (paid, landed) = two_sums(a, at_border, u);
            let mut z = [0.0; LANES];
            for lane in 0..LANES {
                let index = paid[lane] + folded.absent[cells + lane];
                z[lane] = spending[cells + lane] / index;
                swept.index[cells + lane] = index;
                swept.spread[cells + lane] = z[lane];
                revenue[lane] += z[lane] * (paid[lane] - landed[lane]);
            }
            add_lanes(&mut swept.sums[by.clone()], b, &z);
            if !folded.border.is_empty() {
                add_lanes(&mut swept.border_sums[by], at_border, &z);
            }
        }
        swept.revenue[n] = (revenue[0] + revenue[1]) + (revenue[2] + revenue[3]);
    }
    swept.finish(layout, folded);
}

#[inline(always)]
fn all_incomes(
    swept: &mut Swept,
    layout: Layout,
    folded: &Folded,
    final_share: &[f64],
    income: &mut [f64],
    spending: &mut [f64],
) {
    let (countries, blocks) = (layout.countries, layout.blocks());
    swept.sums.fill([0.0; LANES]);
    for n in 0..countries {
        let of = |block: usize| (n * blocks + block) * countries..(n * blocks + block + 1) * countries;
        let by = |block: usize| block * countries..(block + 1) * countries;
        let mut duty = [0.0; LANES];
        for block in 0..blocks {
            let (paid, landed) =
                two_sums(&folded.share[of(block)], &folded.receipt[of(block)], &swept.cost_power[by(block)]);
            let cells = layout.at(n, block * LANES);
            for lane in 0..LANES {
                let index = paid[lane] + folded.absent[cells + lane];
                swept.index[cells + lane] = index;
                duty[lane] += final_share[cells + lane] * (paid[lane] - landed[lane]) / index;
            }
        }
        let duty = (duty[0] + duty[1]) + (duty[2] + duty[3]);
        let earned = income[n];
        income[n] = earned / (1.0 - duty);
        swept.revenue[n] = income[n] * duty;
        for block in 0..blocks {
            let cells = layout.at(n, block * LANES);
            let mut z = [0.0; LANES];
            for lane in 0..LANES {
                let spent = final_share[cells + lane] * income[n];
                spending[cells + lane] = spent;
                z[lane] = spent / swept.index[cells + lane];
                swept.spread[cells + lane] = z[lane];
            }
            add_lanes(&mut swept.sums[by(block)], &folded.receipt[of(block)], &z);
        }
    }
    for n in 0..countries {
        for block in 0..blocks {
            let (cells, at) = (layout.at(n, block * LANES), block * countries + n);
            for lane in 0..LANES {
                swept.output[cells + lane] = swept.cost_power[at][lane] * swept.sums[at][lane];
            }
        }
    }
}

/// `sums[i] += b[i] z`.
#[inline(always)]
pub(crate) fn add_lanes(sums: &mut [Lane], b: &[Lane], z: &Lane) {
    for (sum, b) in sums.iter_mut().zip(b) {
        for lane in 0..LANES {
            sum[lane] += b[lane] * z[lane];
        }
    }
}

/// Σᵢ a u and Σᵢ b u by lane, exporters in even and odd places summed apart so that additions overlap.
#[inline(always)]
pub(crate) fn two_sums(a: &[Lane], b: &[Lane], u: &[Lane]) -> (Lane, Lane) {
    let mut of_a = [[0.0; LANES]; 2];
    let mut of_b = [[0.0; LANES]; 2];
    let (a2, a1) = a.as_chunks::<2>();
    let (b2, b1) = b.as_chunks::<2>();
    let (u2, u1) = u.as_chunks::<2>();
    for ((a, b), u) in a2.iter().zip(b2).zip(u2) {
        for half in 0..2 {
            for lane in 0..LANES {
                of_a[half][lane] += a[half][lane] * u[half][lane];
                of_b[half][lane] += b[half][lane] * u[half][lane];
            }
        }
    }
    for ((a, b), u) in a1.iter().zip(b1).zip(u1) {
        for lane in 0..LANES {
            of_a[0][lane] += a[lane] * u[lane];
            of_b[0][lane] += b[lane] * u[lane];
        }
    }
    let mut sums = ([0.0; LANES], [0.0; LANES]);
    for lane in 0..LANES {
        sums.0[lane] = of_a[0][lane] + of_a[1][lane];
        sums.1[lane] = of_b[0][lane] + of_b[1][lane];
    }
    sums
}
