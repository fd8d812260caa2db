//! How a government's derivatives move when wedges move: second derivatives along one direction, tangent over adjoint.
//!
//! With L = F − ν·R, R the conditions of clearing, a market of importer n adds `ρₙX′ − G + (∂F/∂ln P) μ ln P̂` to L, where
//! G = Σ qᵢV′ᵢ, and the symbols are those of `adjoint.rs`. Its derivatives are
//!
//! ```text
//! ∂L/∂ln ŵᵢ     = (σ−1) (qᵢV′ᵢ − λ′ᵢ G) + (∂F/∂ln P) μ λ′ᵢ
//! ∂L/∂ln(1+τᵢ)  = ∂L/∂ln ŵᵢ + qᵢV′ᵢ
//! ∂L/∂ln(1+eᵢ)  = ∂L/∂ln ŵᵢ + (ρᵢ−ψᵢ) T′ᵢ
//! ∂L/∂ln X̂ₙ     = ρₙX′ − G
//! ```
//! each moved by the rule for products. What wages and spending do is J ds = −∂R/∂κ dκ, what multipliers do
//! J′ dν = d(∂L/∂s) with ν held: two solves with the factorisation that the point has already.

use terms::{CountryId, Grid, SectorId};

use super::accounts::OneFactor;
use super::adjoint::{Multipliers, OwnValue, Worth};
use super::clear::Cleared;
use super::error::FirmsError;
use super::jacobian::anchor;
use crate::power::exp;

/// What moves when wedges move along one direction and markets clear anew, per unit of the direction.
#[derive(Debug, Clone)]
pub struct Along<'d> {
    /// The direction: moves of ln(1+τ) by cell, then, where there are any, of ln(1+e).
    direction: &'d [f64],
    /// d ln ŵ, d ln X̂.
    log_wage: Vec<f64>,
    log_spending: Vec<f64>,
    /// d ln V′, by cell.
    log_landed: Vec<f64>,
    /// dS: sales in money, by country and sector.
    pub sales: Grid<f64>,
    /// dR: duties and export taxes in money, by country.
    pub revenue: Vec<f64>,
    /// d ln P of everything a country buys.
    pub log_price: Vec<f64>,
}

/// Sales and revenue as they move, and with them the conditions of clearing.
struct Moved {
    /// By sector and exporter.
    sold: Vec<f64>,
    revenue: Vec<f64>,
}

impl Along<'_> {
    /// d ln of real income, by country.
    pub fn log_real_income(&self) -> Vec<f64> {
        self.log_spending.iter().zip(&self.log_price).map(|(x, p)| x - p).collect()
    }
}

impl Cleared {
    /// What moves along `direction`, which is as long as the wedges or leaves the export taxes out.
    ///
    /// # Errors
    /// [`FirmsError::Stalled`] when the conditions are singular at this point.
    pub fn along<'d>(&self, base: &OneFactor, direction: &'d [f64]) -> Result<Along<'d>, FirmsError> {
        let (n, s) = (base.countries, base.sectors);
        let (duties, taxes) = direction.split_at(base.cells());
        let mut log_landed = vec![0.0; base.cells()];
        let mut direct = Moved { sold: vec![0.0; n * s], revenue: vec![0.0; n] };
        let still = vec![0.0; n];
        for (m, moved) in log_landed.chunks_exact_mut(n).enumerate() {
            let [duty, tax] = [duties, taxes].map(|of| of.get(m * n..(m + 1) * n).unwrap_or_default());
            if duty.iter().chain(tax).any(|d| *d != 0.0) {
                self.market_moved(base, m, (duty, tax), &still, 0.0, moved);
                direct.add(base, self, m, moved, tax, 0.0);
            }
        }
        let mut conditions: Vec<f64> = vec![0.0; 2 * n];
        for i in 0..n {
            let by_sector = || base.labour.iter().enumerate().map(|(k, b)| (b, direct.sold[k * n + i]));
            conditions[i] = by_sector().map(|(b, sold)| b * sold).sum::<f64>() / base.wages[i];
            let profits = by_sector().map(|(b, sold)| (1.0 - b) * sold).sum::<f64>();
            conditions[n + i] = (profits + direct.revenue[i]) / base.spending[i];
        }
        conditions[anchor(base)] = 0.0;
        let mut log_wage = self.factors(base)?.solve(&conditions);
        let log_spending = log_wage.split_off(n);
        let spending = self.spending(base);
        let mut all = Moved { sold: vec![0.0; n * s], revenue: vec![0.0; n] };
        let mut log_price = vec![0.0; n];
        for (m, moved) in log_landed.chunks_exact_mut(n).enumerate() {
            let [duty, tax] = [duties, taxes].map(|of| of.get(m * n..(m + 1) * n).unwrap_or_default());
            let importer = m / s;
            let more = log_spending[importer];
            let dearer = self.market_moved(base, m, (duty, tax), &log_wage, more, moved);
            log_price[importer] += base.weight[m] * dearer;
            all.add(base, self, m, moved, tax, base.weight[m] * spending[importer] * more);
        }
        let sales = Grid::from_fn(n, s, |i: CountryId, k: SectorId| all.sold[k.at() * n + i.at()]);
        let revenue = all.revenue;
        Ok(Along { direction, log_wage, log_spending, log_landed, sales, revenue, log_price })
    }

    /// Fills in d ln V′ of one market; gives d ln P̂.
    fn market_moved(
        &self,
        base: &OneFactor,
        m: usize,
        (duty, tax): (&[f64], &[f64]),
        log_wage: &[f64],
        log_spending: f64,
        log_landed: &mut [f64],
    ) -> f64 {
        let n = base.countries;
        let share = &self.sales.share[m * n..(m + 1) * n];
        let elastic = 1.0 - base.sigma[m % base.sectors];
        for (price, (w, τ)) in log_landed.iter_mut().zip(log_wage.iter().zip(duty)) {
            *price = w + τ;
        }
        log_landed.iter_mut().zip(tax).for_each(|(price, e)| *price += e);
        let mean: f64 = share.iter().zip(&*log_landed).map(|(λ, price)| λ * price).sum();
        for (moved, τ) in log_landed.iter_mut().zip(duty) {
            *moved = elastic * (*moved - mean) + log_spending - τ;
        }
        mean
    }
}

impl Moved {
    /// Adds one market, whose spending moves by `spent`.
    fn add(&mut self, base: &OneFactor, at: &Cleared, m: usize, moved: &[f64], tax: &[f64], spent: f64) {
        let (n, s) = (base.countries, base.sectors);
        let flow = &at.sales.flow[m * n..(m + 1) * n];
        let landed = &at.sales.landed()[m * n..(m + 1) * n];
        let sold = &mut self.sold[(m % s) * n..(m % s + 1) * n];
        let mut reaches = 0.0;
        for i in 0..n {
            let dv = landed[i] * moved[i];
            let dt = flow[i] * (moved[i] - tax.get(i).unwrap_or(&0.0));
            sold[i] += dt;
            self.revenue[i] += dv - dt;
            reaches += dv;
        }
        self.revenue[m / s] += spent - reaches;
    }
}

impl Multipliers {
    /// How the derivatives of Σ weight·F by every wedge move along `along`, at the point `cleared` whose multipliers these
    /// are: by place, duties first and then, where the wedges hold any, export taxes.
    ///
    /// `moved` are the moves of Σ weight·F's own derivatives by sales, revenue, spending and prices.
    ///
    /// # Errors
    /// [`FirmsError::Stalled`] when the conditions are singular at this point.
    pub fn bent(
        &self,
        base: &OneFactor,
        cleared: &Cleared,
        weights: &[(usize, f64)],
        along: &Along<'_>,
        moved: &[OwnValue],
    ) -> Result<Vec<f64>, FirmsError> {
        let n = base.countries;
        let (ν, numeraire) = self.summed(base, weights);
        let worth = self.worth(base, cleared, weights);
        let spending = &worth.spending;
        let mut worth_moved = Worth::of_values(base, moved, spending.clone());
        // What J′ν is off by when ν stays, an unknown a row.
        let mut off = vec![0.0; 2 * n];
        let (by_wage, by_spending) = off.split_at_mut(n);
        let mut bend = Bend::new(base, cleared, along);
        for m in 0..n * base.sectors {
            let importer = m / base.sectors;
            let crowded = bend.market(&worth, &worth_moved, m);
            by_wage.iter_mut().zip(&bend.wage).for_each(|(sum, moved)| *sum += moved);
            let spent = base.weight[m] * spending[importer];
            let collected =
                worth_moved.revenue[importer] + worth.revenue[importer] * along.log_spending[importer];
            by_spending[importer] += collected * spent - crowded;
        }
        let world: f64 = base.wages.iter().sum();
        for k in 0..n {
            let wages = base.wages[k] * exp(cleared.point.log_wage[k]);
            by_wage[k] += (ν[n + k] - ν[k] - numeraire / world) * wages * along.log_wage[k];
            by_spending[k] -= ν[n + k] * spending[k] * along.log_spending[k];
        }
        for value in moved {
            by_spending[value.country] += value.per_log_spending;
        }
        let (ν_moved, _) = in_dollars(base, &cleared.factors(base)?.solve_transposed(off, 1));
        worth_moved.add_multipliers(base, &ν_moved);
        let mut bent = vec![0.0; cleared.log_wedge.len()];
        let (duties, taxes) = bent.split_at_mut(base.cells());
        for (m, duties) in duties.chunks_exact_mut(n).enumerate() {
            bend.market(&worth, &worth_moved, m);
            for (to, (wage, sold)) in duties.iter_mut().zip(bend.wage.iter().zip(&bend.sold)) {
                *to = wage + sold;
            }
            if let Some(taxes) = taxes.get_mut(m * n..(m + 1) * n) {
                bend.taxes(&worth, &worth_moved, m, taxes);
            }
        }
        Ok(bent)
    }
}

/// Multipliers of relative conditions in dollars, the anchor's set to zero and told beside: it is the numeraire's.
pub(super) fn in_dollars(base: &OneFactor, relative: &[f64]) -> (Vec<f64>, f64) {
    let (n, anchor) = (base.countries, anchor(base));
    let dollars = |(row, ν): (usize, &f64)| match row {
        row if row == anchor => 0.0,
        row if row < n => ν / base.wages[row],
        row => ν / base.spending[row - n],
    };
    (relative.iter().enumerate().map(dollars).collect(), relative[anchor])
}

/// One market after another, in the same memory.
struct Bend<'a> {
    base: &'a OneFactor,
    cleared: &'a Cleared,
    along: &'a Along<'a>,
    /// q and its move.
    lost: Vec<f64>,
    lost_moved: Vec<f64>,
    /// The moves of ∂L/∂ln ŵ and of qV′.
    wage: Vec<f64>,
    sold: Vec<f64>,
}

impl<'a> Bend<'a> {
    fn new(base: &'a OneFactor, cleared: &'a Cleared, along: &'a Along<'a>) -> Self {
        let empty = || vec![0.0; base.countries];
        Self { base, cleared, along, lost: empty(), lost_moved: empty(), wage: empty(), sold: empty() }
    }

    /// The move of the direction's export taxes in a market; empty where it has none.
    fn taxed(&self, m: usize) -> &'a [f64] {
        let (n, cells) = (self.base.countries, self.base.cells());
        self.along.direction.get(cells + m * n..cells + (m + 1) * n).unwrap_or_default()
    }

    /// Fills in one market; gives dG.
    fn market(&mut self, worth: &Worth, moved: &Worth, m: usize) -> f64 {
        let (base, cleared, along) = (self.base, self.cleared, self.along);
        let (n, s) = (base.countries, base.sectors);
        let cells = m * n..(m + 1) * n;
        worth.lost(base, cleared, m, &mut self.lost);
        moved.lost(base, cleared, m, &mut self.lost_moved);
        for (k, e) in self.taxed(m).iter().enumerate().filter(|(_, e)| **e != 0.0) {
            let kept = cleared.log_tax(base, m * n + k);
            self.lost_moved[k] -= (worth.revenue[k] - worth.flow[(m % s) * n + k]) * exp(-kept) * e;
        }
        let landed = &cleared.sales.landed()[cells.clone()];
        let share = &cleared.sales.share[cells.clone()];
        let (log_landed, duty) = (&along.log_landed[cells.clone()], &along.direction[cells]);
        let (mut g, mut g_moved) = (0.0, 0.0);
        for i in 0..n {
            g += self.lost[i] * landed[i];
            self.sold[i] = landed[i] * (self.lost_moved[i] + self.lost[i] * log_landed[i]);
            g_moved += self.sold[i];
        }
        let importer = m / s;
        let (elastic, μ) = (base.sigma[m % s] - 1.0, base.weight[m]);
        let (price, price_moved) = (worth.price[importer], moved.price[importer]);
        let more = along.log_spending[importer];
        for i in 0..n {
            let λ_moved = share[i] * (log_landed[i] - more + duty[i]);
            self.wage[i] = elastic * (self.sold[i] - λ_moved * g - share[i] * g_moved)
                + μ * (price_moved * share[i] + price * λ_moved);
        }
        g_moved
    }

    /// The moves of ∂L/∂ln(1+e) of the market last filled in.
    fn taxes(&self, worth: &Worth, moved: &Worth, m: usize, to: &mut [f64]) {
        let (n, s) = (self.base.countries, self.base.sectors);
        let taxed = self.taxed(m);
        for (k, to) in to.iter_mut().enumerate() {
            let flow = self.cleared.sales.flow[m * n + k];
            let seller = (m % s) * n + k;
            let more = self.along.log_landed[m * n + k] - taxed.get(k).unwrap_or(&0.0);
            *to = self.wage[k]
                + flow * (moved.revenue[k] - moved.flow[seller])
                + flow * more * (worth.revenue[k] - worth.flow[seller]);
        }
    }
}
