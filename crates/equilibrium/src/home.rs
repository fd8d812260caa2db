//! What a country's own markets do to each other, at the baseline, everything abroad unchanged.

use terms::{CountryId, SectorId};

use crate::accounts::Accounts;
use crate::cost_form::CostForm;
use crate::dense::inverse;
use crate::layout::Layout;

/// One country's own part of the Jacobian.
pub(crate) struct Home<'a> {
    sectors: usize,
    input_share: Option<&'a [f64]>,
    on_bundle: &'a [f64],
    on_output: &'a [f64],
    /// π, π/(1+τ) and what producers receive, of home purchases.
    share: &'a [f64],
    border: Vec<f64>,
    received: Vec<f64>,
    /// Σᵢ τ π/(1+τ): the part of spending that is duty.
    duty: Vec<f64>,
    spending: &'a [f64],
    output: &'a [f64],
    final_share: &'a [f64],
    factor_share: &'a [f64],
    factor_income: f64,
    theta: &'a [f64],
}

/// How the country's own residuals move with its own prices, spending and output.
#[derive(Debug, Clone, Default)]
pub(crate) struct Response {
    pub prices: Vec<f64>,
    pub spending: Vec<f64>,
    pub output: Vec<f64>,
    pub wage: f64,
}

/// What moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Moves {
    Price(usize),
    Spending(usize),
    Output(usize),
}

impl<'a> Home<'a> {
    pub fn of(accounts: &'a Accounts, form: &'a CostForm, layout: Layout, n: CountryId) -> Self {
        let sectors = layout.sectors;
        let size = sectors * sectors;
        let own = |s: SectorId| 1.0 / (1.0 + accounts.tariff[(n, n, s)]);
        let wedge = |s: SectorId| accounts.exporter_wedge.as_ref().map_or(1.0, |x| x[(n, n, s)]);
        let share = accounts.share.sectors_of(n, n);
        let border: Vec<f64> = SectorId::all(sectors).map(|s| share[s.at()] * own(s)).collect();
        let mut duty = vec![0.0; sectors];
        for i in CountryId::all(layout.countries) {
            for s in SectorId::all(sectors) {
                let τ = accounts.tariff[(n, i, s)];
                duty[s.at()] += accounts.share[(n, i, s)] * τ / (1.0 + τ);
            }
        }
        Self {
            sectors,
            input_share: accounts.input_share.as_ref().map(|γ| &γ[n.at() * size..(n.at() + 1) * size]),
            on_bundle: &form.on_bundle,
            on_output: &form.on_output[layout.row(n.at())],
            share,
            received: SectorId::all(sectors).map(|s| border[s.at()] / wedge(s)).collect(),
            border,
            duty,
            spending: accounts.spending.row(n),
            output: accounts.output.row(n),
            final_share: accounts.final_share.row(n),
            factor_share: accounts.factor_share.row(n),
            factor_income: accounts.factor_income[n.at()],
            theta: &accounts.theta,
        }
    }

    /// The column of the Jacobian of one unknown.
    pub fn response(&self, moves: Moves) -> Response {
        let γ = |k: usize, s: usize| self.input_share.map_or(0.0, |γ| γ[k * self.sectors + s]);
        let per = |x: f64| if x > 0.0 { 1.0 / x } else { 0.0 };
        let mut out = Response {
            prices: vec![0.0; self.sectors],
            spending: vec![0.0; self.sectors],
            output: vec![0.0; self.sectors],
            wage: 0.0,
        };
        let mut sold = vec![0.0; self.sectors];
        let mut collected = 0.0;
        for j in 0..self.sectors {
            let cost = match moves {
                Moves::Price(k) => self.on_bundle[j] * γ(j, k),
                Moves::Output(k) if k == j => self.on_output[j],
                Moves::Output(_) | Moves::Spending(_) => 0.0,
            };
            let spent = if moves == Moves::Spending(j) { 1.0 } else { 0.0 };
            let (x, θ) = (self.spending[j], self.theta[j]);
            let dearer = self.share[j] * cost;
            let kept = x * (spent + θ * dearer);
            sold[j] = self.received[j] * kept - θ * self.output[j] * cost;
            // Duties, and the exporter's own taxes on home sales.
            let taxed = self.border[j] - self.received[j];
            collected += self.duty[j] * kept - θ * x * (dearer - self.border[j] * cost)
                + taxed * (kept - θ * x * cost);
            out.prices[j] = dearer - if moves == Moves::Price(j) { 1.0 } else { 0.0 };
            out.output[j] = sold[j] * per(self.output[j]) - if moves == Moves::Output(j) { 1.0 } else { 0.0 };
            out.wage += self.factor_share[j] * sold[j] * per(self.factor_income);
        }
        // Σⱼ γ[j,s] sold[j], user by user.
        let mut demand = vec![0.0; self.sectors];
        if let Some(γ) = self.input_share {
            for (γ, sold) in γ.chunks_exact(self.sectors).zip(&sold).filter(|(_, sold)| **sold != 0.0) {
                demand.iter_mut().zip(γ).for_each(|(demand, γ)| *demand += γ * sold);
            }
        }
        for s in 0..self.sectors {
            out.spending[s] = (demand[s] + self.final_share[s] * collected) * per(self.spending[s])
                - if moves == Moves::Spending(s) { 1.0 } else { 0.0 };
        }
        out
    }
}

/// The inverse of −`jacobian`, row-major, or the unit matrix where there is none: a preconditioner may be wrong,
/// not absent.
pub(crate) fn step_matrix(mut jacobian: Vec<f64>, size: usize) -> Vec<f64> {
    jacobian.iter_mut().for_each(|x| *x = -*x);
    inverse(&mut jacobian, size).unwrap_or_else(|| {
        let mut unit = vec![0.0; size * size];
        unit.iter_mut().step_by(size + 1).for_each(|x| *x = 1.0);
        unit
    })
}
