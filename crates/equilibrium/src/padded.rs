//! A base year laid out in lanes, for the hot pass.

use crate::accounts::Accounts;
use crate::cost_form::CostForm;
use crate::layout::{LANES, Lane, Layout};
use crate::options::Options;

/// The accounts laid out in lanes. Grids are padded.
#[derive(Debug, Clone)]
pub(crate) struct Padded {
    pub theta: Vec<f64>,
    /// π, and π/((1+τ)x), and π/(1+τ) (empty where that is the same).
    pub share: Vec<Lane>,
    pub receipt: Vec<Lane>,
    border: Vec<Lane>,
    pub spending: Vec<f64>,
    pub output: Vec<f64>,
    /// One where nothing is bought, one where nothing is sold, and in the padding; else zero.
    pub absent: Vec<f64>,
    pub unsold: Vec<f64>,
    pub factor_share: Vec<f64>,
    pub final_share: Vec<f64>,
    /// γ as `[country][user][input]`, empty without links.
    pub input_by_user: Vec<f64>,
    /// γ as `[country][input][user]`, empty without links.
    pub input_by_input: Vec<f64>,
    pub form: CostForm,
}

impl Padded {
    pub fn of(accounts: &Accounts, options: &Options, layout: Layout) -> Self {
        let (countries, sectors, stride) = (layout.countries, layout.sectors, layout.stride);
        let mut theta = vec![1.0; stride];
        theta[..sectors].copy_from_slice(&accounts.theta);
        let cube = |wanted: bool| vec![[0.0; LANES]; if wanted { layout.cube() } else { 0 }];
        let wedged = accounts.exporter_wedge.is_some();
        let (mut share, mut receipt, mut border) = (cube(true), cube(true), cube(wedged));
        for ((n, i, s), π) in accounts.share.cells() {
            let (lane, place) = layout.cell(n.at(), i.at(), s.at());
            let landed = π / (1.0 + accounts.tariff[(n, i, s)]);
            share[lane][place] = *π;
            receipt[lane][place] = landed / accounts.exporter_wedge.as_ref().map_or(1.0, |x| x[(n, i, s)]);
            if wedged {
                border[lane][place] = landed;
            }
        }
        let mut input_by_user = Vec::new();
        let mut input_by_input = Vec::new();
        if let Some(γ) = &accounts.input_share {
            input_by_user = vec![0.0; countries * stride * stride];
            input_by_input = vec![0.0; countries * stride * stride];
            for n in 0..countries {
                for k in 0..sectors {
                    for s in 0..sectors {
                        let value = γ[(n * sectors + k) * sectors + s];
                        input_by_user[(n * stride + k) * stride + s] = value;
                        input_by_input[(n * stride + s) * stride + k] = value;
                    }
                }
            }
        }
        let spending = layout.pad(accounts.spending.as_slice(), 0.0);
        let output = layout.pad(accounts.output.as_slice(), 0.0);
        let none = |x: &f64| if *x > 0.0 { 0.0 } else { 1.0 };
        Self {
            theta,
            share,
            receipt,
            border,
            absent: spending.iter().map(none).collect(),
            unsold: output.iter().map(none).collect(),
            spending,
            output,
            factor_share: layout.pad(accounts.factor_share.as_slice(), 1.0),
            final_share: layout.pad(accounts.final_share.as_slice(), 0.0),
            input_by_user,
            input_by_input,
            form: CostForm::of(accounts, options, layout),
        }
    }

    /// π/(1+τ).
    pub fn border(&self) -> &[Lane] {
        if self.border.is_empty() { &self.receipt } else { &self.border }
    }
}
