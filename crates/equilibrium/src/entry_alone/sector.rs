//! One sector's firms at given wages and spending: who is there, and how many.
//!
//! With k = ŵ^(−(1+θ)), M the sales at which firms of a country pay for entry, and A, B the shares of the shock,
//!
//! ```text
//! (E28)  Φₙ = Σⱼ Aₙⱼ kⱼ Mⱼ/Yⱼ,      gᵢ = (kᵢ/Yᵢ) Σₙ Bₙᵢ Xₙ/Φₙ ≤ 1,   Mᵢ ≥ 0,   one of them with equality
//! ```
//!
//! gᵢ being what a firm earns over what entry costs. Without duties these are the conditions of max Σ X ln Φ − Σ M, a
//! concave problem (Eisenberg and Gale's market): firms settle in one way. They are met by Newton's method on the
//! sectors that are there, and where who is there is not clear, by the path of Mᵢ (1 − gᵢ) = μ with μ falling to zero.
//!
//! # Source
//! Eisenberg and Gale (1959), *Annals of Mathematical Statistics* 30(1); Wright (1997), *Primal-Dual Interior-Point
//! Methods*, ch. 5.

use nalgebra::{DMatrix, DVector};

use crate::power::{exp, ln};
use crate::system::EXIT;

/// One sector: who buys from whom at which shares, and what has been found.
#[derive(Debug, Clone)]
pub(super) struct Sector {
    pub theta: f64,
    /// A, C and B `[importer, exporter]`: what is drawn to a seller, what of it comes to its border, what it receives.
    pub drawn: DMatrix<f64>,
    pub landed: DMatrix<f64>,
    pub received: DMatrix<f64>,
    /// Y, zero where nothing can be sold.
    pub before: DVector<f64>,
    /// X and k.
    pub spending: DVector<f64>,
    pub cheap: DVector<f64>,
    /// M.
    pub sales: DVector<f64>,
    /// Φ and g at them.
    pub index: DVector<f64>,
    pub earns: DVector<f64>,
}

/// Parts of the spending of buyers on the sellers that are there, `[importer, place among them]`.
pub(super) struct Shares {
    /// π′.
    pub bought: DMatrix<f64>,
    /// What comes to the seller's border: duties are what is missing to π′.
    pub landed: DMatrix<f64>,
    /// What producers receive: the exporter's own taxes are what is missing to `landed`.
    pub received: DMatrix<f64>,
}

/// Newton's steps on who is there; steps of the path; the logs a step may take.
const STEPS: usize = 30;
const PATH: usize = 80;
const LONGEST: f64 = 1.5;
/// How closely firms' earnings meet the cost of entry.
const MET: f64 = 1e-13;

impl Sector {
    /// Firms as they were, relative to the base.
    pub fn start(&mut self, ln_output: impl Fn(usize) -> f64) {
        let sold = |i: usize| {
            if ln_output(i) < EXIT + 1.0 { 0.0 } else { self.before[i] * exp(ln_output(i)) }
        };
        self.sales = DVector::from_iterator(self.before.len(), (0..self.before.len()).map(sold));
    }

    /// Φ, and g of every seller.
    fn measure(&mut self) {
        let n_all = self.before.len();
        let per = |i: usize| if self.before[i] > 0.0 { self.cheap[i] / self.before[i] } else { 0.0 };
        let offered = DVector::from_iterator(n_all, (0..n_all).map(|i| per(i) * self.sales[i]));
        self.index = &self.drawn * offered;
        let spread = DVector::from_iterator(n_all, (0..n_all).map(|n| self.spread(n)));
        self.earns = self.received.tr_mul(&spread);
        for i in 0..n_all {
            self.earns[i] *= per(i);
        }
    }

    fn spread(&self, n: usize) -> f64 {
        if self.spending[n] > 0.0 { self.spending[n] / self.index[n] } else { 0.0 }
    }

    /// Whether a seller's firms are there.
    pub fn there(&self) -> Vec<usize> {
        (0..self.sales.len()).filter(|i| self.sales[*i] > 0.0).collect()
    }

    /// Who buys from the sellers `of`.
    pub fn shares(&self, of: &[usize]) -> Shares {
        let open = |n: usize| if self.spending[n] > 0.0 { 1.0 / self.index[n] } else { 0.0 };
        let per_index = DVector::from_iterator(self.before.len(), (0..self.before.len()).map(open));
        let share = |matrix: &DMatrix<f64>| {
            let mut shares = matrix.select_columns(of);
            for (mut column, &i) in shares.column_iter_mut().zip(of) {
                column.component_mul_assign(&per_index);
                column *= self.offers(i);
            }
            shares
        };
        Shares { bought: share(&self.drawn), landed: share(&self.landed), received: share(&self.received) }
    }

    /// k M/Y of a seller, which is ĉ^(−θ): cheap factors, and variety.
    pub fn offers(&self, i: usize) -> f64 {
        self.cheap[i] * self.sales[i] / self.before[i]
    }

    /// S Π: how earnings over the cost of entry fall with the numbers of firms, in logs, and S itself.
    pub fn crowding(&self, of: &[usize], shares: &Shares) -> (DMatrix<f64>, DMatrix<f64>) {
        let sold = DMatrix::from_fn(of.len(), self.before.len(), |k, n| {
            shares.received[(n, k)] * self.spending[n] / (self.sales[of[k]] * self.earns[of[k]])
        });
        (&sold * &shares.bought, sold)
    }

    /// Who is there and how many, from the firms at hand; false where neither way meets the conditions.
    pub fn settle(&mut self) -> bool {
        if self.newton() {
            return true;
        }
        self.path();
        self.newton()
    }

    /// Newton's method in logs on the firms that are there; who would more than leave leaves, who would earn comes.
    fn newton(&mut self) -> bool {
        for _ in 0..STEPS {
            self.measure();
            let come =
                |i: &usize| self.before[*i] > 0.0 && self.sales[*i] == 0.0 && self.earns[*i] > 1.0 + MET;
            let coming: Vec<usize> = (0..self.before.len()).filter(come).collect();
            let of = self.there();
            let gaps = DVector::from_iterator(of.len(), of.iter().map(|i| ln(self.earns[*i])));
            if gaps.amax().is_nan() {
                return false;
            }
            if gaps.amax() <= MET && coming.is_empty() {
                return true;
            }
            let Some(step) = self.crowding(&of, &self.shares(&of)).0.lu().solve(&gaps) else { return false };
            let part = f64::min(1.0, LONGEST / step.amax().max(f64::MIN_POSITIVE));
            for (k, &i) in of.iter().enumerate() {
                let to = self.sales[i] * exp(part * step[k]);
                let gone = to < self.before[i] * exp(EXIT + 1.0);
                self.sales[i] = if gone { 0.0 } else { to };
            }
            for i in coming {
                self.sales[i] = 1e-3 * self.before[i];
            }
        }
        false
    }

    /// The path M (1 − g) = μ from many firms everywhere to those who stay.
    fn path(&mut self) {
        let of: Vec<usize> = (0..self.before.len()).filter(|i| self.before[*i] > 0.0).collect();
        let size = of.len();
        if size == 0 {
            return;
        }
        for &i in &of {
            self.sales[i] = self.sales[i].max(0.1 * self.before[i]);
        }
        self.measure();
        let mut slack = DVector::from_element(size, 0.5);
        for _ in 0..PATH {
            let sales = |k: usize| self.sales[of[k]];
            let left: f64 = (0..size).map(|k| sales(k) * slack[k]).sum::<f64>() / size as f64;
            let gap = DVector::from_iterator(size, (0..size).map(|k| slack[k] - 1.0 + self.earns[of[k]]));
            let smallest = (0..size).map(|k| self.before[of[k]]).fold(f64::INFINITY, f64::min);
            if left < 1e-9 * smallest && gap.amax() < 1e-9 {
                break;
            }
            let μ = 0.2 * left;
            // In logs of M: (M z + M K M) u = μ − M z + M gap, M K M being sales times crowding.
            let (mut matrix, _) = self.crowding(&of, &self.shares(&of));
            let mut right = DVector::zeros(size);
            for k in 0..size {
                let earned = sales(k) * self.earns[of[k]];
                matrix.row_mut(k).iter_mut().for_each(|cell| *cell *= earned);
                matrix[(k, k)] += sales(k) * slack[k];
                right[k] = μ - sales(k) * slack[k] + sales(k) * gap[k];
            }
            let Some(u) = matrix.clone().lu().solve(&right) else { return };
            // From M z + M dz + z dM = μ.
            let dz =
                DVector::from_iterator(size, (0..size).map(|k| μ / sales(k) - slack[k] - slack[k] * u[k]));
            let mut part = 1.0;
            for k in 0..size {
                if u[k] < 0.0 {
                    part = f64::min(part, -0.9 / u[k]);
                }
                if dz[k] < 0.0 {
                    part = f64::min(part, -0.9 * slack[k] / dz[k]);
                }
            }
            for (k, &i) in of.iter().enumerate() {
                self.sales[i] *= 1.0 + part * u[k];
                slack[k] += part * dz[k];
            }
            self.measure();
        }
        for (k, &i) in of.iter().enumerate() {
            // Who stays earns the cost of entry, who leaves earns less.
            if self.sales[i] / self.before[i] < slack[k] {
                self.sales[i] = 0.0;
            }
        }
    }
}
