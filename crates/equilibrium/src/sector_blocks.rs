//! How one sector's output in every country answers output in every other: the blocks that returns to scale make hard.
//!
//! ```text
//! ∂(ln Y′ᵢ − ln Ŷᵢ)/∂ ln Ŷⱼ = −(1 + θ χᵢ) δᵢⱼ + θ χⱼ Σₙ s[n,i] π′[n,j]
//! ```
//! s[n,i] being the part of i's sales that goes to n. Under free entry θχ = −1: a firm more somewhere takes its buyers
//! from all others, and nothing else holds firms in place.

use crate::baseline::Baseline;
use crate::dense::inverse;
use crate::layout::LANES;
use crate::shock::Scenario;
use crate::system::{EXIT, Evaluation};

/// The inverted blocks at one point, `[sector][row][column]`.
#[derive(Debug, Clone, Default)]
pub(crate) struct SectorBlocks(Vec<f64>);

impl SectorBlocks {
    /// Takes the blocks at the point just evaluated; sectors that have left (`out`, by place of the output grid) stand
    /// still, and so does a sector whose block has no inverse.
    pub fn take(
        &mut self,
        base: &Baseline,
        scenario: &Scenario,
        at: &Evaluation,
        out: impl Fn(usize) -> bool,
    ) {
        let layout = base.layout;
        let n_all = layout.countries;
        let form = scenario.form(base);
        self.0.clear();
        let (mut share, mut sold) = (vec![0.0; n_all * n_all], vec![0.0; n_all * n_all]);
        for s in 0..layout.sectors {
            let θ = scenario.theta[s];
            for (n, i) in (0..n_all).flat_map(|n| (0..n_all).map(move |i| (n, i))) {
                let (lane, place) = layout.cell(n, i, s);
                let power = at.swept.cost_power[(s / LANES) * n_all + i][place];
                let made = at.swept.output[layout.at(i, s)];
                let sales = scenario.folded.receipt[lane][place] * power * at.swept.spread[layout.at(n, s)];
                share[n * n_all + i] =
                    scenario.folded.share[lane][place] * power / at.swept.index[layout.at(n, s)];
                sold[n * n_all + i] = if made > 0.0 { sales / made } else { 0.0 };
            }
            let mut block = vec![0.0; n_all * n_all];
            for i in 0..n_all {
                let cell = layout.at(i, s);
                let row = &mut block[i * n_all..(i + 1) * n_all];
                if out(cell) || base.padded.output[cell] <= 0.0 {
                    row[i] = -1.0;
                    continue;
                }
                for n in 0..n_all {
                    for (to, π) in row.iter_mut().zip(&share[n * n_all..(n + 1) * n_all]) {
                        *to += sold[n * n_all + i] * π;
                    }
                }
                for (j, to) in row.iter_mut().enumerate() {
                    *to *= θ * form.on_output[layout.at(j, s)];
                }
                row[i] -= 1.0 + θ * form.on_output[cell];
            }
            let inverted = inverse(&mut block, n_all).unwrap_or_else(|| {
                (0..n_all * n_all).map(|k| if k % (n_all + 1) == 0 { -1.0 } else { 0.0 }).collect()
            });
            self.0.extend(inverted);
        }
    }

    /// Applies the inverses to the output part of a vector, in place; all else changes its sign.
    pub fn apply(&self, base: &Baseline, scenario: &Scenario, v: &mut [f64], row: &mut Vec<f64>) {
        let (layout, places) = (base.layout, scenario.unknowns.output());
        v.iter_mut().for_each(|x| *x = -*x);
        let output = &mut v[places];
        let n_all = layout.countries;
        for (s, block) in self.0.chunks_exact(n_all * n_all).enumerate() {
            row.clear();
            row.extend((0..n_all).map(|n| -output[layout.at(n, s)]));
            for (n, inverse) in block.chunks_exact(n_all).enumerate() {
                output[layout.at(n, s)] = inverse.iter().zip(&*row).map(|(m, r)| m * r).sum();
            }
        }
    }
}

/// Whether a sector's ln Ŷ is that of one that has left.
pub(crate) fn has_left(ln_output: f64) -> bool {
    ln_output < EXIT + 1.0
}
