//! Wages and spending at which every market clears, found by Newton's method on 2N unknowns.

use std::sync::{Arc, OnceLock};

use super::accounts::{Deficits, OneFactor};
use super::error::FirmsError;
use super::jacobian::{Residual, System, jacobian};
use super::lu::Lu;
use super::sales::Sales;
use crate::power::exp;

/// Wages and spending, as logs of counterfactual over base.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// ln ŵ, by country.
    pub log_wage: Vec<f64>,
    /// ln X̂, by country.
    pub log_spending: Vec<f64>,
}

impl Point {
    /// The base itself: every hat is one.
    pub fn base(countries: usize) -> Self {
        Self { log_wage: vec![0.0; countries], log_spending: vec![0.0; countries] }
    }

    /// X′ in money.
    pub(super) fn spending(&self, base: &OneFactor) -> Vec<f64> {
        self.log_spending.iter().zip(&base.spending).map(|(x, spending)| spending * exp(*x)).collect()
    }

    fn moved(&self, step: &[f64], scale: f64) -> Self {
        let n = self.log_wage.len();
        let add = |values: &[f64], from: usize| {
            values.iter().enumerate().map(|(i, value)| value - scale * step[from + i]).collect()
        };
        Self { log_wage: add(&self.log_wage, 0), log_spending: add(&self.log_spending, n) }
    }
}

/// How far to go.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ClearingSettings {
    /// Largest residual allowed, relative to a country's own base income. Ossa's own solutions stop at 1e-6;
    /// gains of single tariffs on tiny flows need far more.
    pub tolerance: f64,
    /// Newton steps allowed. A trade war takes 4 to 6 from the base.
    pub max_steps: usize,
    /// Largest change of a log in one step: beyond it the linear picture says nothing.
    pub step_limit: f64,
    /// How many threads one large sum may be shared out among, none meaning one; no digit depends on it.
    pub threads: usize,
}

impl Default for ClearingSettings {
    fn default() -> Self {
        Self { tolerance: 1e-12, max_steps: 60, step_limit: 1.0, threads: 1 }
    }
}

/// How the search ended.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ClearingStatus {
    /// Every condition holds to the tolerance.
    Cleared,
    /// Rounding allows no further step; the residual stands in the evidence and is below 1e-9.
    AtRoundingLimit,
}

/// Markets that clear under given wedges, with the evidence.
#[derive(Debug, Clone)]
pub struct Cleared {
    /// Wages and spending.
    pub point: Point,
    /// ln(1+τ′), by cell; after them, where anyone taxes exports, ln(1+e′) by cell.
    pub log_wedge: Arc<[f64]>,
    /// Who sells what to whom.
    pub sales: Arc<Sales>,
    /// How the search ended.
    pub status: ClearingStatus,
    /// The largest relative residual.
    pub residual: f64,
    /// Whose condition it is.
    pub worst: usize,
    /// The condition left out (Walras), relative: it must come out as zero.
    pub walras: f64,
    /// Newton steps taken, those with an old factorisation included.
    pub steps: usize,
    /// The factorised derivatives at this point, once someone has asked for them.
    pub(super) factors: OnceLock<Arc<Lu>>,
    /// Among how many threads the sums behind them are shared out.
    pub(super) threads: usize,
}

impl OneFactor {
    /// What clears under the wedges `log_wedge`, starting from a neighbour or from the base.
    ///
    /// `log_wedge` holds ln(1+τ′) by cell and may hold ln(1+e′) by cell after them; without them no one taxes exports.
    ///
    /// A neighbour whose multipliers were asked for lends its factorisation: while steps with it, or with the last one
    /// made here, cut the residual to a third, nothing is factorised anew.
    ///
    /// # Errors
    /// [`FirmsError::Stalled`] when no wages and spending are found that clear.
    pub fn clear(
        &self,
        log_wedge: &[f64],
        deficits: Deficits,
        near: Option<&Cleared>,
        settings: &ClearingSettings,
    ) -> Result<Cleared, FirmsError> {
        self.clear_paying(log_wedge, deficits, &[], near, settings)
    }

    /// As [`clear`](Self::clear), when countries receive `received` beyond their deficits (below zero where they pay), in
    /// the money of the base; the payments sum to zero, and an empty list pays nothing.
    ///
    /// # Errors
    /// As [`clear`](Self::clear).
    pub fn clear_paying(
        &self,
        log_wedge: &[f64],
        deficits: Deficits,
        received: &[f64],
        near: Option<&Cleared>,
        settings: &ClearingSettings,
    ) -> Result<Cleared, FirmsError> {
        let mut deficit = match deficits {
            Deficits::Held => self.deficit.clone(),
            Deficits::Removed => vec![0.0; self.countries],
        };
        deficit.iter_mut().zip(received).for_each(|(d, money)| *d += money);
        let system = System::new(self, log_wedge, deficit, settings.threads);
        let mut point = near.map_or_else(|| Point::base(self.countries), |near| near.point.clone());
        let mut lent = near.and_then(|near| near.factors.get().cloned());
        let mut now = system.residual(&point);
        let mut steps = 0;
        let status = loop {
            let (residual, at) = largest(&now.relative);
            if residual <= settings.tolerance {
                break ClearingStatus::Cleared;
            }
            let stalled = FirmsError::Stalled { residual, country: at % self.countries };
            if steps == settings.max_steps || !residual.is_finite() {
                return Err(stalled);
            }
            steps += 1;
            if let Some(lu) = &lent {
                let next = point.moved(&lu.solve(&now.relative), 1.0);
                let there = system.residual(&next);
                if largest(&there.relative).0 < 0.3 * residual {
                    (point, now) = (next, there);
                } else {
                    lent = None;
                }
                continue;
            }
            let Some(lu) =
                Lu::of(jacobian(self, &point, &system.sales(&point), settings.threads), 2 * self.countries)
            else {
                return Err(stalled);
            };
            match shorter(&system, &point, &lu.solve(&now.relative), residual, settings.step_limit) {
                Some((next, there)) => {
                    (point, now) = (next, there);
                    lent = Some(Arc::new(lu));
                }
                None if residual < 1e-9 => break ClearingStatus::AtRoundingLimit,
                None => return Err(stalled),
            }
        };
        let (residual, at) = largest(&now.relative);
        let (sales, walras) = (Arc::new(system.sales(&point)), now.walras);
        let (log_wedge, worst) = (log_wedge.into(), at % self.countries);
        let (factors, threads) = (OnceLock::new(), settings.threads.max(1));
        Ok(Cleared { point, log_wedge, sales, status, residual, worst, walras, steps, factors, threads })
    }

    /// The same base after its deficits are removed with all duties kept: what many papers start from.
    ///
    /// # Errors
    /// As [`clear`](Self::clear).
    pub fn balanced(&self, settings: &ClearingSettings) -> Result<Self, FirmsError> {
        let cleared = self.clear(&self.log_wedge, Deficits::Removed, None, settings)?;
        self.rebased(&cleared)
    }

    /// The base whose baseline is this solution: later hats are relative to it.
    ///
    /// # Errors
    /// [`FirmsError::Idle`] when a country ended up without sales.
    pub fn rebased(&self, cleared: &Cleared) -> Result<Self, FirmsError> {
        let mut base = self.clone();
        base.log_wedge = cleared.log_wedge.to_vec();
        base.with_flows(cleared.sales.flow.clone())
    }
}

/// The Newton step, halved until residuals shrink.
fn shorter(
    system: &System<'_>,
    point: &Point,
    step: &[f64],
    residual: f64,
    limit: f64,
) -> Option<(Point, Residual)> {
    let longest = step.iter().fold(0.0, |longest: f64, step| longest.max(step.abs()));
    let mut scale = (limit / longest).min(1.0);
    for _ in 0..30 {
        let next = point.moved(step, scale);
        let there = system.residual(&next);
        if largest(&there.relative).0 < residual {
            return Some((next, there));
        }
        scale *= 0.5;
    }
    None
}

fn largest(residual: &[f64]) -> (f64, usize) {
    let mut worst = (0.0, 0);
    for (at, value) in residual.iter().enumerate() {
        // A NaN is worse than any number.
        if value.is_nan() {
            return (f64::NAN, at);
        }
        if value.abs() > worst.0 {
            worst = (value.abs(), at);
        }
    }
    worst
}
