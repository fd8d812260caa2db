//! The exact split of a change of real income where firms are given in number, along the path of the shock.
//!
//! Firms charge a markup over the wage, so that the price of a flow at the border is p = (1+e) w of its seller. With
//! V its value there, T what producers receive, Y = Σ T their sales and b the wage share of sales,
//!
//! ```text
//! (E19)  X d ln W = Σ (V d ln pₙ − V d ln pᵢ)  +  Σ τ V (d ln V − d ln pᵢ) + Σ e T d ln(T/w)  +  Σₛ (1−b) Y d ln(Y/w)
//!                   terms of trade                volume of taxed trade                        profits
//! ```
//!
//! The last is Ossa's profit shifting: labour is given, so that Σ b Y d ln(Y/w) vanishes, and a country gains where
//! its sales move to sectors of high markups. As in [`crate::Counterfactual::split`] the path moves every log wedge in
//! proportion, the integrals are trapezoid sums, and Romberg's rule removes their leading errors.
//!
//! # Source
//! Ossa (2014), *American Economic Review* 104(12), for profit shifting beside terms of trade.
//!
//! DIFFERENCE: the paper's terms are of first order at one point; these are integrals along the path, and add up.

use terms::CountryId;

use super::accounts::{Deficits, OneFactor};
use super::clear::{Cleared, ClearingSettings};
use super::error::FirmsError;
use crate::outcome::{Split, romberg};
use crate::power::exp;

impl OneFactor {
    /// The split of every country's real income along the path from the base to `log_wedge`, in `steps` steps (rounded
    /// up to an even number).
    ///
    /// With deficits removed the base must be without them ([`OneFactor::balanced`]): they are no part of the path.
    ///
    /// # Errors
    /// As [`OneFactor::clear`].
    pub fn split(
        &self,
        log_wedge: &[f64],
        deficits: Deficits,
        steps: usize,
        settings: &ClearingSettings,
    ) -> Result<Vec<Split>, FirmsError> {
        let steps = steps.div_ceil(2).max(1) * 2;
        let length = log_wedge.len().max(self.log_wedge.len());
        let of = |wedges: &[f64], k: usize| wedges.get(k).copied().unwrap_or(0.0);
        let mut points: Vec<Cleared> = Vec::with_capacity(steps + 1);
        for step in 0..=steps {
            let part = step as f64 / steps as f64;
            let between =
                |k: usize| of(&self.log_wedge, k) + part * (of(log_wedge, k) - of(&self.log_wedge, k));
            let wedges: Vec<f64> = (0..length).map(between).collect();
            points.push(self.clear(&wedges, deficits, points.last(), settings)?);
        }
        let every = |step: usize| self.trapezoids(&points.iter().step_by(step).collect::<Vec<_>>());
        let mut splits = romberg(steps, every);
        for (split, real) in splits.iter_mut().zip(points[steps].log_real_income(self)) {
            split.real_income = real;
        }
        Ok(splits)
    }

    /// The integrals of every country by trapezoids: mean weight times change, summed over the steps.
    fn trapezoids(&self, points: &[&Cleared]) -> Vec<Split> {
        let mut splits = vec![Split::default(); self.countries];
        for pair in points.windows(2) {
            self.step(pair[0], pair[1], &mut splits);
        }
        splits
    }

    fn step(&self, a: &Cleared, b: &Cleared, splits: &mut [Split]) {
        let (income_a, income_b) = (a.spending(self), b.spending(self));
        let mean = |n: usize, at_a: f64, at_b: f64| 0.5 * (at_a / income_a[n] + at_b / income_b[n]);
        let dearer: Vec<f64> = a.point.log_wage.iter().zip(&b.point.log_wage).map(|(a, b)| b - a).collect();
        let (landed_a, landed_b) = (a.sales.landed(), b.sales.landed());
        let tax = |at: &Cleared, cell: usize| at.log_wedge.get(self.cells() + cell).copied().unwrap_or(0.0);
        for cell in 0..self.cells() {
            let (n, i, _) = self.place(cell);
            let (n, i) = (n.at(), i.at());
            let (v_a, v_b) = (landed_a[cell], landed_b[cell]);
            let (t_a, t_b) = (a.sales.flow[cell], b.sales.flow[cell]);
            let (τ_a, τ_b) = (exp(a.log_wedge[cell]) - 1.0, exp(b.log_wedge[cell]) - 1.0);
            let (e_a, e_b) = (exp(tax(a, cell)) - 1.0, exp(tax(b, cell)) - 1.0);
            let price = dearer[i] + tax(b, cell) - tax(a, cell);
            if n != i {
                splits[n].terms_of_trade -= mean(n, v_a, v_b) * price;
                splits[i].terms_of_trade += mean(i, v_a, v_b) * price;
            }
            splits[n].volume_of_trade +=
                mean(n, τ_a, τ_b) * (v_b - v_a) - mean(n, τ_a * v_a, τ_b * v_b) * price;
            splits[i].volume_of_trade +=
                mean(i, e_a, e_b) * (t_b - t_a) - mean(i, e_a * t_a, e_b * t_b) * dearer[i];
        }
        let (sold_a, sold_b) = (a.sector_sales(self), b.sector_sales(self));
        for n in CountryId::all(self.countries) {
            let at = n.at();
            let rows = sold_a.row(n).iter().zip(sold_b.row(n)).zip(&self.labour);
            for ((y_a, y_b), b) in rows {
                let more = mean(at, 1.0, 1.0) * (y_b - y_a) - mean(at, *y_a, *y_b) * dearer[at];
                splits[at].profit += (1.0 - b) * more;
            }
        }
    }
}
