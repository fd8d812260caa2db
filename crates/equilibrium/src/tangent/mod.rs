//! The equations, linearised at one world: how residuals move with the unknowns, and the transpose.
//!
//! The world is given by accounts: shares π, spending X, sales Y. At the baseline this serves the
//! preconditioner, at a solution the gradients (a solution's accounts are a baseline of their own).

use terms::{CountryId, Cube, Grid};

use crate::anderson::dot;
use crate::block::add_columns;
use crate::layout::{LANES, Lane, Layout};
use crate::options::Deficits;
use crate::unknowns::Unknowns;

mod columns;
mod forward;
mod many;
mod of_wages;
mod sources;
mod transposed;

pub(crate) use many::{ManyPulled, ManySources, SectorMajor};
pub(crate) use sources::{Pulled, Sources};

/// The Jacobian of the residuals of `system.rs` at one world, never formed.
#[derive(Debug, Clone)]
pub(crate) struct Tangent {
    pub unknowns: Unknowns,
    /// π in the order of the hot pass.
    share: Vec<Lane>,
    /// ρ = π/((1+τ)x): the part of spending that producers receive.
    receipt: Vec<Lane>,
    /// π/(1+τ): the part that reaches the border; empty where it is ρ.
    border: Vec<Lane>,
    /// δ`[n,s]` = Σᵢ τ π/(1+τ): the part of spending that is duty.
    duty: Vec<f64>,
    /// X, Y as padded grids; what exporters' taxes less subsidies bring by sector.
    spending: Vec<f64>,
    output: Vec<f64>,
    taxed: Vec<f64>,
    /// I and wL.
    pub income: Vec<f64>,
    factors: Vec<f64>,
    /// D.
    deficit: Vec<f64>,
    deficits: Deficits,
    theta: Vec<f64>,
    /// 1/X and 1/Y, zero where nothing is bought or made.
    per_spending: Vec<f64>,
    per_output: Vec<f64>,
}

/// The shares and levels at which the equations are linearised: those of accounts, or of a solution.
#[derive(Debug, Clone)]
pub(crate) struct Levels<'a> {
    pub share: &'a Cube<f64>,
    pub tariff: &'a Cube<f64>,
    pub exporter_wedge: Option<&'a Cube<f64>>,
    pub spending: &'a Grid<f64>,
    pub output: &'a Grid<f64>,
    pub income: &'a [f64],
    pub factor_income: Vec<f64>,
    pub deficit: &'a [f64],
    pub theta: &'a [f64],
}

impl Tangent {
    pub fn at(levels: &Levels<'_>, deficits: Deficits, unknowns: Unknowns) -> Self {
        let layout = unknowns.layout;
        let empty = |wanted: bool| vec![[0.0; LANES]; if wanted { layout.cube() } else { 0 }];
        let wedged = levels.exporter_wedge.is_some();
        let (mut share, mut receipt, mut border) = (empty(true), empty(true), empty(wedged));
        let (mut duty, mut taxed) = (vec![0.0; layout.grid()], vec![0.0; layout.grid()]);
        for n in CountryId::all(layout.countries) {
            let spending = levels.spending.row(n);
            for i in CountryId::all(layout.countries) {
                let wedges = levels.exporter_wedge.map(|x| x.sectors_of(n, i));
                let cells = levels.share.sectors_of(n, i).iter().zip(levels.tariff.sectors_of(n, i));
                for (s, (π, τ)) in cells.enumerate() {
                    let (lane, place) = layout.cell(n.at(), i.at(), s);
                    let landed = π / (1.0 + τ);
                    let received = wedges.map_or(landed, |x| landed / x[s]);
                    share[lane][place] = *π;
                    receipt[lane][place] = received;
                    duty[layout.at(n.at(), s)] += π - landed;
                    if wedged {
                        border[lane][place] = landed;
                        taxed[layout.at(i.at(), s)] += (landed - received) * spending[s];
                    }
                }
            }
        }
        let mut theta = vec![1.0; layout.stride];
        theta[..layout.sectors].copy_from_slice(levels.theta);
        let spending = layout.pad(levels.spending.as_slice(), 0.0);
        let output = layout.pad(levels.output.as_slice(), 0.0);
        let inverse = |x: &f64| if *x > 0.0 { 1.0 / x } else { 0.0 };
        Self {
            unknowns: Unknowns { caps: 0, ..unknowns },
            share,
            receipt,
            border,
            duty,
            per_spending: spending.iter().map(inverse).collect(),
            per_output: output.iter().map(inverse).collect(),
            spending,
            output,
            taxed,
            income: levels.income.to_vec(),
            factors: levels.factor_income.clone(),
            deficit: levels.deficit.to_vec(),
            deficits,
            theta,
        }
    }

    /// What Ī is worth to wages through dD′, zero unless deficits are scaled: D dw − wL Σ D dw / Σ wL (deficits of the
    /// point sum to zero).
    fn deficit_back(&self, income: &[f64], wages: &mut [f64], world: f64) {
        if self.deficits == Deficits::Scaled {
            let on_world = dot(&self.factors, income) / world;
            for ((w, d), on) in wages.iter_mut().zip(&self.deficit).zip(income) {
                *w += d * (on - on_world);
            }
        }
    }
}

/// `to += M x`, M one country's block, column by column. Nothing without links.
#[inline(always)]
pub(crate) fn add_product(to: &mut [f64], blocks: &[f64], layout: Layout, n: usize, x: &[f64]) {
    if blocks.is_empty() {
        return;
    }
    let block = &blocks[n * layout.stride * layout.stride..(n + 1) * layout.stride * layout.stride];
    add_columns(to, block, x);
}

#[cfg(test)]
pub(crate) mod tests;
