//! Whether a world with returns to scale rests: what one firm more leaves room for.
//!
//! Where costs fall with a sector's size, firms are drawn to where firms are. Let every other market clear and move
//! the sizes of sectors alone; what they sell then answers by
//!
//! ```text
//! (E26)  T = ∂ ln Y′ / ∂ ln Ŷ,      d ln Ŷ/dt = ln Y′ − ln Ŷ
//! ```
//!
//! and firms that follow sales stay where they are only if no eigenvalue of T has a real part above one. Above one, a
//! firm that errs is followed by more than one: the world is an equilibrium that nobody would find, and what lies
//! beside it under other tariffs says nothing of what tariffs do.
//!
//! T is never formed: a product is one solve for prices, spending and wages at given sizes, by minimal residuals with
//! the preconditioner of that smaller system, and Arnoldi's method finds the eigenvalue furthest right.
//!
//! # Source
//! Samuelson (1941), *Econometrica* 9(2): comparative statics mean something where the equilibrium is stable.
//! Kucheryavyy, Lyn and Rodríguez-Clare (2023), *American Economic Journal: Macroeconomics* 15(2), for one factor
//! without links: scale times trade elasticity at most one. Saad (2011), *Numerical Methods for Large Eigenvalue
//! Problems*, ch. 6.

use diagnostic::Faults;
use nalgebra::DMatrix;
use terms::{CountryId, SectorId};

use crate::accounts::Accounts;
use crate::anderson::dot;
use crate::baseline::Baseline;
use crate::entry_alone::sectors_apart;
use crate::krylov::Krylov;
use crate::options::{Deficits, Options};
use crate::precondition::{Preconditioner, Work};
use crate::shock::Scenario;
use crate::system::Evaluation;
use crate::tangent::Tangent;
use crate::unknowns::largest;

/// The strongest way in which firms draw firms.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Feedback {
    /// By how much sales grow, in per cent, where sizes grow by one per cent along the way that feeds itself most: the
    /// largest real part of an eigenvalue of T (E26). Above one the world does not rest.
    pub strongest: f64,
    /// The sector that this way moves most.
    pub at: (CountryId, SectorId),
}

/// How far above one is not rounding.
const MARGIN: f64 = 1e-4;
/// Products of Arnoldi's method, and how often its eigenvalue is looked at.
const PRODUCTS: usize = 120;
const BETWEEN: usize = 10;
/// Directions of the inner solve, the part of its right side that may be left, and the size of a difference.
const DIRECTIONS: usize = 60;
const WITHIN: f64 = 1e-7;
const NUDGE: f64 = 1e-6;

impl Feedback {
    /// Whether firms that follow sales stay where they are.
    pub fn rests(&self) -> bool {
        self.strongest <= 1.0 + MARGIN
    }
}

impl Baseline {
    /// How firms draw firms in this base year, computed once; none where costs do not fall with size, and none where
    /// it is known that the world rests: without links and with returns times trade elasticity at most one
    /// (Kucheryavyy, Lyn and Rodríguez-Clare 2023).
    ///
    /// A solution's accounts are a base year of their own, so the same can be asked of a solution.
    pub fn feedback(&self) -> Option<Feedback> {
        *self.feedback.get_or_init(|| {
            let returns = strongest_returns(self)?;
            let linked = self.accounts().input_share.is_some();
            if !linked && returns <= 1.0 + MARGIN {
                return None;
            }
            if self.options().deficits == Deficits::Removed && !self.accounts().is_balanced() {
                // Not yet an equilibrium of its own closure: the recorded year is one with its deficits held.
                let held = Options { deficits: Deficits::Held, ..self.options().clone() };
                return Self::of_accounts(self.accounts().clone(), &held).ok()?.feedback();
            }
            Some(Answers::of(self).strongest())
        })
    }

    /// [`Self::feedback`] of the same base year under other trade elasticities, one a sector: what rests under the
    /// central ones need not rest under a draw.
    ///
    /// # Errors
    /// As [`Self::of_accounts`].
    pub fn feedback_under(&self, theta: &[f64]) -> Result<Option<Feedback>, Faults> {
        if !self.padded.form.has_scale() || sectors_apart(self) {
            return Ok(None);
        }
        let drawn = Accounts { theta: theta.to_vec(), ..self.accounts().clone() };
        Ok(Self::of_accounts(drawn, self.options())?.feedback())
    }
}

/// The largest θ ψ / (1 − a γ π) over what is made: a sector's returns at home, its own inputs' cheapening included.
pub(crate) fn strongest_returns(base: &Baseline) -> Option<f64> {
    let (layout, accounts, form) = (base.layout, base.accounts(), &base.padded.form);
    if !form.has_scale() {
        return None;
    }
    let own = |n: CountryId, s: SectorId| {
        let (k, sectors) = (s.at(), layout.sectors);
        let γ = accounts.input_share.as_ref().map_or(0.0, |γ| γ[(n.at() * sectors + k) * sectors + k]);
        form.on_bundle[k] * γ * accounts.share[(n, n, s)]
    };
    let returns =
        accounts.makers().map(|(n, s)| accounts.theta[s.at()] * form.returns(s.at()) / (1.0 - own(n, s)));
    Some(returns.fold(0.0, f64::max))
}

/// Products with T at one base year.
struct Answers<'a> {
    base: &'a Baseline,
    /// The base year, and the same with costs that do not follow output.
    free: Scenario,
    given: Scenario,
    preconditioner: Preconditioner,
    evaluation: Evaluation,
    work: Work,
    krylov: Krylov,
    point: Vec<f64>,
    moved: Vec<f64>,
    /// What the base year itself leaves, which a solution's tolerance may make larger than rounding.
    left: Vec<f64>,
}

impl<'a> Answers<'a> {
    fn of(base: &'a Baseline) -> Self {
        let accounts: &Accounts = base.accounts();
        let form = base.padded.form.at_given_output();
        let tangent = Tangent::at(&accounts.levels(), base.options().deficits, base.unknowns);
        let mut padded = base.padded.clone();
        padded.form = form.clone();
        let length = base.unknowns.len();
        let mut given = Scenario::of(base);
        given.take_form(form);
        let (mut free, mut evaluation) = (Scenario::of(base), Evaluation::new(base));
        let mut left = vec![0.0; length];
        evaluation.evaluate(base, &mut free, &vec![0.0; length], &mut left);
        Self {
            base,
            free,
            given,
            preconditioner: Preconditioner::of(accounts, &tangent, &padded),
            evaluation,
            left,
            work: Work::new(base.layout),
            krylov: Krylov::new(length, DIRECTIONS),
            point: vec![0.0; length],
            moved: vec![0.0; length],
        }
    }

    /// T v, v on the grid of outputs.
    ///
    /// With z the answer of all markets, J₀ the Jacobian where costs do not follow output and J the real one,
    /// `J₀ z = −(J + 1) (0, v)`: its last rows say that z there is what is sold.
    fn answer(&mut self, v: &[f64], to: &mut [f64]) {
        let outputs = self.base.unknowns.output();
        let h = NUDGE / largest(v).0.max(f64::MIN_POSITIVE);
        self.point.fill(0.0);
        self.point[outputs.clone()].iter_mut().zip(v).for_each(|(x, v)| *x = h * v);
        let mut pushed = vec![0.0; self.point.len()];
        self.evaluation.evaluate(self.base, &mut self.free, &self.point, &mut pushed);
        pushed.iter_mut().zip(&self.left).for_each(|(r, left)| *r = (*r - left) / h);
        pushed[outputs.clone()].iter_mut().zip(v).for_each(|(r, v)| *r += v);
        let mut step = vec![0.0; self.point.len()];
        let Self { base, given, preconditioner, evaluation, work, krylov, point, moved, left, .. } = self;
        krylov.solve(&pushed, &mut step, WITHIN, |direction, product| {
            moved.copy_from_slice(direction);
            preconditioner.apply(moved, work);
            let h = NUDGE / largest(moved).0.max(f64::MIN_POSITIVE);
            point.iter_mut().zip(&*moved).for_each(|(x, m)| *x = h * m);
            evaluation.evaluate(base, given, point, product);
            product.iter_mut().zip(&*left).for_each(|(r, left)| *r = (*r - left) / h);
        });
        self.preconditioner.apply(&mut step, &mut self.work);
        to.copy_from_slice(&step[outputs]);
    }

    /// The eigenvalue of T that lies furthest right, by Arnoldi's method.
    fn strongest(mut self) -> Feedback {
        let grid = self.base.layout.grid();
        let mut basis: Vec<Vec<f64>> = vec![self.start()];
        let mut columns: Vec<Vec<f64>> = Vec::new();
        let mut known = (f64::NEG_INFINITY, Vec::new());
        while columns.len() < PRODUCTS {
            let mut fresh = vec![0.0; grid];
            self.answer(&basis[basis.len() - 1], &mut fresh);
            let mut column = vec![0.0; basis.len() + 1];
            // Twice, for directions that rounding has bent.
            for _ in 0..2 {
                for (h, v) in column.iter_mut().zip(&basis) {
                    let along = dot(&fresh, v);
                    *h += along;
                    fresh.iter_mut().zip(v).for_each(|(f, v)| *f -= along * v);
                }
            }
            let size = dot(&fresh, &fresh).sqrt();
            column[basis.len()] = size;
            columns.push(column);
            let exhausted = size < 1e-9;
            if exhausted || columns.len().is_multiple_of(BETWEEN) {
                let now = rightmost(&columns);
                let settled = (now.0 - known.0).abs() < 0.1 * MARGIN * now.0.abs();
                known = now;
                if exhausted || settled {
                    break;
                }
            }
            fresh.iter_mut().for_each(|f| *f /= size);
            basis.push(fresh);
        }
        let mut way = vec![0.0; grid];
        for (part, v) in known.1.iter().zip(&basis) {
            way.iter_mut().zip(v).for_each(|(w, v)| *w += part * v);
        }
        let stride = self.base.layout.stride;
        let (_, place) = largest(&way);
        Feedback { strongest: known.0, at: (CountryId::new(place / stride), SectorId::new(place % stride)) }
    }

    /// A first direction that no symmetry of a made-up world is blind to.
    fn start(&self) -> Vec<f64> {
        let made = self.base.padded.output.iter().enumerate();
        let mut start: Vec<f64> =
            made.map(|(k, y)| if *y > 0.0 { 1.0 / (2.0 + (k % 13) as f64) } else { 0.0 }).collect();
        let size = dot(&start, &start).sqrt();
        start.iter_mut().for_each(|x| *x /= size);
        start
    }
}

/// The largest real part of an eigenvalue of a Hessenberg matrix, and its vector.
fn rightmost(columns: &[Vec<f64>]) -> (f64, Vec<f64>) {
    let size = columns.len();
    let matrix = DMatrix::from_fn(size, size, |r, c| columns[c].get(r).copied().unwrap_or(0.0));
    let found = matrix.complex_eigenvalues().iter().map(|λ| λ.re).fold(f64::NEG_INFINITY, f64::max);
    // Inverse iteration, a hair beside the eigenvalue.
    let shift = found + 1e-8 * found.abs().max(1.0);
    let shifted = (matrix - DMatrix::identity(size, size) * shift).lu();
    let mut vector = DMatrix::from_element(size, 1, 1.0);
    for _ in 0..3 {
        let Some(next) = shifted.solve(&vector) else { break };
        let length = next.norm();
        vector = next / length;
    }
    (found, vector.as_slice().to_vec())
}
