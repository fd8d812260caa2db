//! How factors and incomes of all countries clear and caps are kept, every sector's firms settled: 2N equations and one
//! a cap.

use nalgebra::{DMatrix, DVector};

use super::sector::Sector;
use crate::baseline::Baseline;
use crate::layout::Lane;
use crate::options::Deficits;
use crate::power::{exp, ln};
use crate::shock::Scenario;
use crate::system::EXIT;

/// Wages, incomes, rents and the firms of every sector.
pub(super) struct Outside<'a> {
    pub base: &'a Baseline,
    pub scenario: &'a mut Scenario,
    pub sectors: Vec<Sector>,
    /// R′ at the sectors just settled.
    pub revenue: Vec<f64>,
    /// D′ of the closure, and what is paid beyond it.
    pub deficit: Vec<f64>,
    transfers: Vec<f64>,
}

impl<'a> Outside<'a> {
    pub fn of(base: &'a Baseline, scenario: &'a mut Scenario, point: &[f64]) -> Self {
        let layout = base.layout;
        let n_all = layout.countries;
        let outputs = &point[scenario.unknowns.output()];
        let folded = &scenario.folded;
        let border = if folded.border.is_empty() { &folded.receipt } else { &folded.border };
        let sector = |s: usize| {
            let cube = |cells: &[Lane]| {
                DMatrix::from_fn(n_all, n_all, |n, i| {
                    let (lane, place) = layout.cell(n, i, s);
                    cells[lane][place]
                })
            };
            let made = |i: usize| {
                let at = layout.at(i, s);
                if folded.unsold[at] > 0.0 { 0.0 } else { base.padded.output[at] }
            };
            let zeros = DVector::zeros(n_all);
            let mut sector = Sector {
                theta: scenario.theta[s],
                drawn: cube(&folded.share),
                landed: cube(border),
                received: cube(&folded.receipt),
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
        let mut transfers = scenario.transfers.clone();
        transfers.resize(n_all, 0.0);
        Self {
            base,
            sectors: (0..layout.sectors).map(sector).collect(),
            scenario,
            revenue: vec![0.0; n_all],
            deficit: vec![0.0; n_all],
            transfers,
        }
    }

    /// ln ŵ, ln I and ln(1+rent) at the point: without links spending follows income.
    pub fn start(&self, point: &[f64]) -> DVector<f64> {
        let (layout, accounts) = (self.base.layout, self.base.accounts());
        let spending = &point[self.base.unknowns.spending()];
        let income = |n: usize| {
            let spent = layout.row(n).find(|at| self.base.padded.final_share[*at] > 0.0);
            ln(accounts.income[n]) + spent.map_or(0.0, |at| spending[at])
        };
        let wages = point[..layout.countries].iter().copied();
        let rents = point[self.scenario.unknowns.caps()].iter().copied();
        let at: Vec<f64> = wages.chain((0..layout.countries).map(income)).chain(rents).collect();
        DVector::from_vec(at)
    }

    /// Settles all sectors and says how far factors, incomes and caps are from clearing; none where a sector does not
    /// settle.
    pub fn gaps(&mut self, at: &DVector<f64>) -> Option<DVector<f64>> {
        let accounts = self.base.accounts();
        let n_all = self.base.layout.countries;
        let earned = self.settle(at)?;
        self.deficits(at);
        let paid: Vec<f64> = (0..n_all).map(|n| exp(at[n]) * accounts.factor_income[n]).collect();
        let numeraire = ln(accounts.world_factor_income() / paid.iter().sum::<f64>());
        let rents = &at.as_slice()[2 * n_all..];
        Some(DVector::from_fn(at.len(), |k, _| {
            let n = k % n_all;
            if k < n_all {
                if paid[n] > 0.0 { ln(earned[n] / paid[n]) + numeraire } else { 0.0 }
            } else if k < 2 * n_all {
                self.received(n, paid[n]) / exp(at[k]) - 1.0
            } else {
                self.wanted(k - 2 * n_all, rents[k - 2 * n_all]).max(0.0) - at[k]
            }
        }))
    }

    /// Settles every sector; what factors earn, or none where a sector does not settle.
    fn settle(&mut self, at: &DVector<f64>) -> Option<Vec<f64>> {
        let layout = self.base.layout;
        let n_all = layout.countries;
        self.charge_rents(&at.as_slice()[2 * n_all..]);
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
            let shares = sector.shares(&there);
            for n in (0..n_all).filter(|n| sector.spending[*n] > 0.0) {
                self.revenue[n] += sector.spending[n] * (1.0 - shares.landed.row(n).sum());
            }
            let taxed = (&shares.landed - &shares.received).tr_mul(&sector.spending);
            for (k, &i) in there.iter().enumerate() {
                earned[i] += sector.sales[i] * sector.earns[i];
                self.revenue[i] += taxed[k];
            }
        }
        Some(earned)
    }

    /// The shares of capped flows at the given log rents.
    fn charge_rents(&mut self, ln_rents: &[f64]) {
        self.scenario.charge_rents(ln_rents);
        let folded = &self.scenario.folded;
        let border = if folded.border.is_empty() { &folded.receipt } else { &folded.border };
        for cap in self.scenario.capped() {
            let (n, i) = (cap.importer, cap.exporter);
            let (lane, place) = self.base.layout.cell(n, i, cap.sector);
            let sector = &mut self.sectors[cap.sector];
            sector.drawn[(n, i)] = folded.share[lane][place];
            sector.landed[(n, i)] = border[lane][place];
            sector.received[(n, i)] = folded.receipt[lane][place];
        }
    }

    /// ln(1+rent) as a cap's excess would have it; zero where nothing is sold.
    pub fn wanted(&self, cap: usize, ln_rent: f64) -> f64 {
        let cap = &self.scenario.capped()[cap];
        let (sector, n, i) = (&self.sectors[cap.sector], cap.importer, cap.exporter);
        if sector.sales[i] <= 0.0 || sector.spending[n] <= 0.0 {
            return 0.0;
        }
        let received = sector.received[(n, i)] * sector.offers(i) * sector.spending[n] / sector.index[n];
        let excess = cap.excess(received, -ln(sector.offers(i)) / sector.theta);
        excess.map_or(0.0, |excess| cap.wanted(ln_rent, excess))
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

    /// I′ where factors are paid `paid`.
    pub fn received(&self, n: usize, paid: f64) -> f64 {
        paid + self.revenue[n] + self.deficit[n] + self.transfers[n]
    }

    /// The point of the whole system.
    pub fn write(&self, at: &DVector<f64>, point: &mut [f64]) {
        let (layout, unknowns) = (self.base.layout, self.scenario.unknowns);
        let folded = &self.scenario.folded;
        let n_all = layout.countries;
        point.fill(0.0);
        point[..n_all].copy_from_slice(&at.as_slice()[..n_all]);
        for (place, ln_rent) in point[unknowns.caps()].iter_mut().zip(&at.as_slice()[2 * n_all..]) {
            *place = ln_rent.max(0.0);
        }
        for (s, sector) in self.sectors.iter().enumerate() {
            for n in 0..n_all {
                let cell = layout.at(n, s);
                if sector.spending[n] > 0.0 && folded.absent[cell] == 0.0 {
                    point[unknowns.prices().start + cell] = -ln(sector.index[n]) / sector.theta;
                    point[unknowns.spending().start + cell] =
                        ln(sector.spending[n] / self.base.padded.spending[cell]);
                }
                let (before, unsold) = (self.base.padded.output[cell], folded.unsold[cell]);
                point[unknowns.output().start + cell] = if sector.sales[n] > 0.0 {
                    ln(sector.sales[n] / before)
                } else {
                    f64::max(ln(unsold / (before + unsold)), EXIT)
                };
            }
        }
    }
}
