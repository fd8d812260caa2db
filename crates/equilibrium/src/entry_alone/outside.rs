//! How factors and incomes of all countries clear, every sector's firms settled: 2N equations and their Jacobian.

use nalgebra::{DMatrix, DVector};

use super::sector::Sector;
use crate::baseline::Baseline;
use crate::layout::Lane;
use crate::options::Deficits;
use crate::power::{exp, ln};
use crate::shock::Scenario;
use crate::system::EXIT;

/// Wages, incomes and the firms of every sector.
pub(super) struct Outside<'a> {
    base: &'a Baseline,
    sectors: Vec<Sector>,
    /// R′ and D′ at the sectors just settled.
    revenue: Vec<f64>,
    deficit: Vec<f64>,
}

impl<'a> Outside<'a> {
    pub fn of(base: &'a Baseline, scenario: &Scenario, point: &[f64]) -> Self {
        let layout = base.layout;
        let n_all = layout.countries;
        let outputs = &point[scenario.unknowns.output()];
        let sector = |s: usize| {
            let cube = |cells: &[Lane]| {
                DMatrix::from_fn(n_all, n_all, |n, i| {
                    let (lane, place) = layout.cell(n, i, s);
                    cells[lane][place]
                })
            };
            let made = |i: usize| {
                let at = layout.at(i, s);
                if scenario.folded.unsold[at] > 0.0 { 0.0 } else { base.padded.output[at] }
            };
            let zeros = DVector::zeros(n_all);
            let mut sector = Sector {
                theta: scenario.theta[s],
                drawn: cube(&scenario.folded.share),
                received: cube(&scenario.folded.receipt),
                before: DVector::from_iterator(n_all, (0..n_all).map(made)),
                spending: zeros.clone(),
                cheap: zeros.clone(),
                sales: zeros.clone(),
                index: zeros.clone(),
                earns: zeros,
            };
            sector.start(|i| outputs[layout.at(i, s)]);
            sector
        };
        Self {
            base,
            sectors: (0..layout.sectors).map(sector).collect(),
            revenue: vec![0.0; n_all],
            deficit: vec![0.0; n_all],
        }
    }

    /// ln ŵ and ln I at the point: without links spending follows income.
    pub fn start(&self, point: &[f64]) -> DVector<f64> {
        let (layout, accounts) = (self.base.layout, self.base.accounts());
        let spending = &point[self.base.unknowns.spending()];
        let n_all = layout.countries;
        DVector::from_fn(2 * n_all, |k, _| {
            if k < n_all {
                return point[k];
            }
            let n = k - n_all;
            let spent = layout.row(n).find(|at| self.base.padded.final_share[*at] > 0.0);
            ln(accounts.income[n]) + spent.map_or(0.0, |at| spending[at])
        })
    }

    /// Settles all sectors and says how far factors and incomes are from clearing; none where a sector does not settle.
    pub fn gaps(&mut self, at: &DVector<f64>) -> Option<DVector<f64>> {
        let (layout, accounts) = (self.base.layout, self.base.accounts());
        let n_all = layout.countries;
        let mut earned = vec![0.0; n_all];
        self.revenue.fill(0.0);
        for (s, sector) in self.sectors.iter_mut().enumerate() {
            for n in 0..n_all {
                sector.spending[n] = self.base.padded.final_share[layout.at(n, s)] * exp(at[n_all + n]);
                sector.cheap[n] = exp(-(1.0 + sector.theta) * at[n]);
            }
            if !sector.settle() {
                return None;
            }
            let there = sector.there();
            let (_, received) = sector.shares(&there);
            for n in (0..n_all).filter(|n| sector.spending[*n] > 0.0) {
                self.revenue[n] += sector.spending[n] * (1.0 - received.row(n).sum());
            }
            there.iter().for_each(|&i| earned[i] += sector.sales[i] * sector.earns[i]);
        }
        self.deficits(at);
        let paid: Vec<f64> = (0..n_all).map(|n| exp(at[n]) * accounts.factor_income[n]).collect();
        let numeraire = ln(accounts.world_factor_income() / paid.iter().sum::<f64>());
        Some(DVector::from_fn(2 * n_all, |k, _| {
            let n = k % n_all;
            if k < n_all {
                if paid[n] > 0.0 { ln(earned[n] / paid[n]) + numeraire } else { 0.0 }
            } else {
                (paid[n] + self.revenue[n] + self.deficit[n]) / exp(at[k]) - 1.0
            }
        }))
    }

    fn deficits(&mut self, at: &DVector<f64>) {
        let accounts = self.base.accounts();
        let world = |of: &[f64]| -> f64 { of.iter().enumerate().map(|(n, x)| exp(at[n]) * x).sum() };
        let spread = world(&accounts.deficit) / world(&accounts.factor_income);
        for (n, d) in self.deficit.iter_mut().enumerate() {
            *d = match self.base.options().deficits {
                Deficits::Held => accounts.deficit[n],
                Deficits::Removed => 0.0,
                Deficits::Scaled => exp(at[n]) * (accounts.deficit[n] - accounts.factor_income[n] * spread),
            };
        }
    }

    /// ∂ gaps / ∂ (ln ŵ, ln I) at settled sectors.
    pub fn jacobian(&self, at: &DVector<f64>) -> DMatrix<f64> {
        let accounts = self.base.accounts();
        let n_all = self.base.layout.countries;
        let mut earned = DMatrix::<f64>::zeros(n_all, 2 * n_all);
        let mut revenue = DMatrix::<f64>::zeros(n_all, 2 * n_all);
        for sector in &self.sectors {
            let of = sector.there();
            if of.is_empty() {
                continue;
            }
            let (share, received) = sector.shares(&of);
            let (crowding, sold) = sector.crowding(&of);
            let dearer = |k: usize, c: usize| if c == of[k] { -(1.0 + sector.theta) } else { 0.0 };
            let right = DMatrix::from_fn(of.len(), 2 * n_all, |k, c| {
                dearer(k, c) + if c >= n_all { sold[(k, c - n_all)] } else { 0.0 }
            });
            let Some(y) = crowding.lu().solve(&right) else { continue };
            let duty = (&share - &received).column_sum();
            let on_index = &share * &y;
            let kept = (&share - &received) * &y;
            for c in 0..2 * n_all {
                for (k, &i) in of.iter().enumerate() {
                    earned[(i, c)] += sector.sales[i] * (y[(k, c)] - dearer(k, c));
                }
                for n in (0..n_all).filter(|n| sector.spending[*n] > 0.0) {
                    let duty = duty[n];
                    let spent = if c == n_all + n { 1.0 } else { 0.0 };
                    revenue[(n, c)] +=
                        sector.spending[n] * (duty * (spent - on_index[(n, c)]) + kept[(n, c)]);
                }
            }
        }
        let paid: Vec<f64> = (0..n_all).map(|n| exp(at[n]) * accounts.factor_income[n]).collect();
        let world: f64 = paid.iter().sum();
        let scaled = self.base.options().deficits == Deficits::Scaled;
        let spread: f64 = (0..n_all).map(|n| exp(at[n]) * accounts.deficit[n]).sum::<f64>() / world;
        let sold: Vec<f64> =
            (0..n_all).map(|n| self.sectors.iter().map(|sector| sector.sales[n]).sum()).collect();
        DMatrix::from_fn(2 * n_all, 2 * n_all, |row, c| {
            let n = row % n_all;
            let own = if c == n { 1.0 } else { 0.0 };
            if row < n_all {
                if paid[n] == 0.0 {
                    return own;
                }
                let numeraire = if c < n_all { paid[c] / world } else { 0.0 };
                return earned[(n, c)] / sold[n] - own - numeraire;
            }
            let income = exp(at[row]);
            let mut moved = revenue[(n, c)] + own * paid[n];
            if scaled && c < n_all {
                let on_spread = (exp(at[c]) * accounts.deficit[c] - spread * paid[c]) / world;
                moved += own * self.deficit[n] - paid[n] * on_spread;
            }
            let all = if c == row { paid[n] + self.deficit[n] + self.revenue[n] } else { 0.0 };
            (moved - all) / income
        })
    }

    /// The point of the whole system.
    pub fn write(&self, scenario: &Scenario, at: &DVector<f64>, point: &mut [f64]) {
        let (layout, unknowns) = (self.base.layout, scenario.unknowns);
        let n_all = layout.countries;
        point.fill(0.0);
        point[..n_all].copy_from_slice(&at.as_slice()[..n_all]);
        for (s, sector) in self.sectors.iter().enumerate() {
            for n in 0..n_all {
                let cell = layout.at(n, s);
                if sector.spending[n] > 0.0 && scenario.folded.absent[cell] == 0.0 {
                    point[unknowns.prices().start + cell] = -ln(sector.index[n]) / sector.theta;
                    point[unknowns.spending().start + cell] =
                        ln(sector.spending[n] / self.base.padded.spending[cell]);
                }
                let (before, unsold) = (self.base.padded.output[cell], scenario.folded.unsold[cell]);
                point[unknowns.output().start + cell] = if sector.sales[n] > 0.0 {
                    ln(sector.sales[n] / before)
                } else {
                    f64::max(ln(unsold / (before + unsold)), EXIT)
                };
            }
        }
    }
}
