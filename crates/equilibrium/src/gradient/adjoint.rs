//! The transposed system of one outcome.

use crate::anderson::Anderson;
use crate::baseline::Baseline;
use crate::evidence::Status;
use crate::gradient::outcome::Direct;
use crate::gradient::{CapGradients, Gradient, Outcome};
use crate::options::Competition;
use crate::precondition::Work;
use crate::settings::Settings;
use crate::solution::Solution;
use crate::tangent::{Pulled, Sources, Tangent};
use crate::unknowns::largest;

/// A solution, linearised: ready to differentiate any outcome.
///
/// Gradients are taken one after another or from several threads at once; the result is the same.
#[derive(Debug, Clone)]
pub struct Gradients<'a> {
    pub(super) baseline: &'a Baseline,
    pub(super) solution: &'a Solution,
    pub(super) tangent: Tangent,
    pub(super) caps: CapGradients<'a>,
}

impl<'a> Gradients<'a> {
    /// Linearises the system at `solution`, which must be one of `baseline`.
    pub fn at(baseline: &'a Baseline, solution: &'a Solution) -> Self {
        let tangent = Tangent::at(&solution.accounts(), baseline.options().deficits, baseline.unknowns);
        Self { baseline, solution, tangent, caps: CapGradients::default() }
    }

    /// The gradient of one outcome.
    pub fn of(&self, outcome: &Outcome, settings: &Settings) -> Gradient<'a> {
        self.of_from(outcome, None, settings)
    }

    /// As [`Self::of`], starting from the multipliers of a gradient nearby, which saves most of the work when
    /// tariffs have moved a little.
    ///
    /// ```text
    /// (E20)  J′ λ + ∂outcome/∂(unknowns) = 0
    /// ```
    /// solved by λ ← λ + M′ (J′ λ + …) with Anderson's method, M′ the exact transpose of the solver's
    /// preconditioner.
    pub fn of_from(
        &self,
        outcome: &Outcome,
        start: Option<&Gradient<'_>>,
        settings: &Settings,
    ) -> Gradient<'a> {
        self.of_near(outcome, start.map(Gradient::multipliers), settings)
    }

    /// As [`Self::of_from`], starting from multipliers that were kept after their gradient was gone.
    pub fn of_near(&self, outcome: &Outcome, start: Option<&[f64]>, settings: &Settings) -> Gradient<'a> {
        self.keeping_caps(self.at_fixed_rents(outcome, start, settings), settings)
    }

    /// The gradient at unchanged licence rents.
    pub(super) fn at_fixed_rents(
        &self,
        outcome: &Outcome,
        start: Option<&[f64]>,
        settings: &Settings,
    ) -> Gradient<'a> {
        let layout = self.tangent.unknowns.layout;
        let length = self.tangent.unknowns.len();
        let padded = &self.baseline.padded;
        let sources = self.sources(outcome);
        let mut pulled = Pulled::new(layout);
        let mut work = Work::new(layout);
        let mut anderson = Anderson::new(length, settings.memory);
        let mut residual = vec![0.0; length];
        let mut λ = vec![0.0; length];
        self.tangent.transposed(padded, &λ, &sources, &mut residual, &mut pulled);
        let scale = largest(&residual).0.max(f64::MIN_POSITIVE);
        let mut products = 1;
        if let Some(start) = start.filter(|start| start.len() == length) {
            λ.copy_from_slice(start);
            self.tangent.transposed(padded, &λ, &sources, &mut residual, &mut pulled);
            products += 1;
        }
        let status = loop {
            if largest(&residual).0 <= settings.tolerance * scale {
                break Status::Cleared;
            }
            if products >= settings.evaluations || residual.iter().any(|r| r.is_nan()) {
                break Status::Stalled { worst: self.tangent.unknowns.market(largest(&residual).1) };
            }
            self.baseline.preconditioner.apply_transposed(&mut residual, &mut work);
            anderson.advance(&mut λ, &residual);
            self.tangent.transposed(padded, &λ, &sources, &mut residual, &mut pulled);
            products += 1;
        };
        Gradient {
            solution: self.solution,
            status,
            largest_residual: largest(&residual).0 / scale,
            products,
            multipliers: λ,
            on_index: pulled.index,
            on_output: pulled.output,
            on_revenue: pulled.revenue,
            on_cost: pulled.cost,
            direct: self.direct(outcome),
            entry: self.baseline.options().market == Competition::Entry,
            stride: layout.stride,
        }
    }
}

impl Gradients<'_> {
    pub(super) fn sources(&self, outcome: &Outcome) -> Sources {
        outcome.sources(self.solution, &self.tangent, &self.baseline.padded)
    }

    pub(super) fn direct(&self, outcome: &Outcome) -> Vec<Direct> {
        outcome.direct(self.solution)
    }
}
