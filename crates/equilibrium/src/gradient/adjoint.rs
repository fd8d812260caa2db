//! The transposed system of one outcome.

use crate::anderson::Anderson;
use crate::baseline::Baseline;
use crate::evidence::Status;
use crate::gradient::outcome::Direct;
use crate::gradient::{CapGradients, Gradient, Multipliers, Outcome};
use crate::krylov::Krylov;
use crate::options::Competition;
use crate::precondition::Work;
use crate::settings::Settings;
use crate::solution::Solution;
use crate::tangent::{Pulled, Sources, Tangent};
use crate::unknowns::largest;

/// Products without a new lowest residual after which another method takes over: minimal residuals where costs follow
/// output, all multipliers at once where those of wages alone do not settle.
const PATIENCE: usize = 15;
/// What minimal residuals leave in a round, and the directions they keep.
const FORCING: f64 = 1e-6;
const DIRECTIONS: usize = 240;

/// A solution, linearised: ready to differentiate any outcome.
///
/// Gradients are taken one after another or from several threads at once; the result is the same.
#[derive(Debug, Clone)]
pub struct Gradients<'a> {
    pub(super) baseline: &'a Baseline,
    pub(super) solution: &'a Solution,
    pub(super) tangent: Tangent,
    /// The places of the caps that hold their flows.
    pub(super) held: Vec<usize>,
    pub(super) caps: CapGradients<'a>,
}

impl<'a> Gradients<'a> {
    /// Linearises the system at `solution`, which must be one of `baseline`.
    ///
    /// A cap at its kink ([`Solution::caps_at_kink`]) does not hold its flow here.
    pub fn at(baseline: &'a Baseline, solution: &'a Solution) -> Self {
        let tangent = Tangent::at(&solution.levels(), baseline.options().deficits, baseline.unknowns);
        Self { baseline, solution, tangent, held: solution.caps_that_bind(), caps: CapGradients::default() }
    }

    /// As [`Self::at`] on the other side of every kink: caps whose flows are as large as they may be hold them.
    ///
    /// With one cap at its kink, an instrument that would make its flow grow has these slopes, one that makes it shrink
    /// those of [`Self::at`]; the slope of the flow's own quantity there says which.
    pub fn where_kinks_hold(baseline: &'a Baseline, solution: &'a Solution) -> Self {
        let mut held = solution.caps_that_bind();
        held.extend(solution.caps_at_kink());
        Self { held, ..Self::at(baseline, solution) }
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
    pub fn of_near(
        &self,
        outcome: &Outcome,
        start: Option<&Multipliers>,
        settings: &Settings,
    ) -> Gradient<'a> {
        self.keeping_caps(self.at_fixed_rents(outcome, start, settings), settings)
    }

    /// The gradient at unchanged licence rents.
    pub(super) fn at_fixed_rents(
        &self,
        outcome: &Outcome,
        start: Option<&Multipliers>,
        settings: &Settings,
    ) -> Gradient<'a> {
        let layout = self.tangent.unknowns.layout;
        let length = self.tangent.unknowns.len();
        let padded = &self.baseline.padded;
        let start = start.filter(|start| start.values.len() == length);
        let sources = self.sources(outcome);
        let mut pulled = Pulled::new(layout);
        let mut work = Work::new(layout);
        if self.tangent.wages_alone(padded)
            && let Some(found) = self.of_wages(outcome, &sources, start, settings, &mut pulled, &mut work)
        {
            return found;
        }
        let mut anderson = Anderson::new(length, settings.memory);
        let mut residual = vec![0.0; length];
        let mut λ = vec![0.0; length];
        if let Some(start) = start {
            λ.copy_from_slice(&start.values);
        }
        self.tangent.transposed(padded, &λ, &sources, &mut residual, &mut pulled);
        let scale = start.map_or(largest(&residual).0.max(f64::MIN_POSITIVE), |start| start.scale);
        let mut products = 1;
        let (mut lowest, mut since) = (f64::INFINITY, 0);
        let mut lost = false;
        while largest(&residual).0 > settings.tolerance * scale || residual.iter().any(|r| r.is_nan()) {
            let size = largest(&residual).0;
            since = if size < lowest { 0 } else { since + 1 };
            lowest = lowest.min(size);
            lost = self.tangent.unknowns.elastic && (size.is_nan() || since > PATIENCE);
            if lost || size.is_nan() || products >= settings.evaluations {
                break;
            }
            self.baseline.preconditioner.apply_transposed(&mut residual, &mut work);
            anderson.advance(&mut λ, &residual);
            self.tangent.transposed(padded, &λ, &sources, &mut residual, &mut pulled);
            products += 1;
        }
        if lost {
            λ.fill(0.0);
            self.tangent.transposed(padded, &λ, &sources, &mut residual, &mut pulled);
            let within = settings.tolerance * scale;
            products +=
                self.minimal_residuals(&mut λ, &mut residual, &sources, &mut pulled, within, settings);
        }
        let multipliers = Multipliers { values: λ, scale };
        self.read_off(outcome, multipliers, &residual, pulled, products, settings)
    }

    /// [`Self::at_fixed_rents`] without input links: multipliers of wages alone are unknown. None where they do not
    /// settle.
    fn of_wages(
        &self,
        outcome: &Outcome,
        sources: &Sources,
        start: Option<&Multipliers>,
        settings: &Settings,
        pulled: &mut Pulled,
        work: &mut Work,
    ) -> Option<Gradient<'a>> {
        let (padded, unknowns) = (&self.baseline.padded, self.tangent.unknowns);
        let countries = unknowns.layout.countries;
        let mut anderson = Anderson::new(countries, settings.memory);
        let (mut λ, mut gaps) = (vec![0.0; unknowns.len()], vec![0.0; countries]);
        if let Some(start) = start {
            λ[..countries].copy_from_slice(&start.values[..countries]);
        }
        self.tangent.transposed_of_wages(padded, &mut λ, sources, &mut gaps, pulled);
        let scale = start.map_or(largest(&gaps).0.max(f64::MIN_POSITIVE), |start| start.scale);
        let mut products = 1;
        let (mut lowest, mut since) = (f64::INFINITY, 0);
        loop {
            let size = largest(&gaps).0;
            if size <= settings.tolerance * scale {
                let pulled = std::mem::replace(pulled, Pulled::new(unknowns.layout));
                let multipliers = Multipliers { values: λ, scale };
                return Some(self.read_off(outcome, multipliers, &gaps, pulled, products, settings));
            }
            since = if size < lowest { 0 } else { since + 1 };
            lowest = lowest.min(size);
            if size.is_nan() || since > PATIENCE || products >= settings.evaluations {
                return None;
            }
            self.baseline.preconditioner.wage_step_transposed(&mut gaps, work);
            anderson.advance(&mut λ[..countries], &gaps);
            self.tangent.transposed_of_wages(padded, &mut λ, sources, &mut gaps, pulled);
            products += 1;
        }
    }

    /// [`Self::one_step`] for one outcome.
    pub(super) fn one_step_alone(
        &self,
        outcome: &Outcome,
        start: &Multipliers,
        settings: &Settings,
    ) -> Gradient<'a> {
        let layout = self.tangent.unknowns.layout;
        let mut pulled = Pulled::new(layout);
        let mut residual = vec![0.0; start.values.len()];
        let (padded, sources) = (&self.baseline.padded, self.sources(outcome));
        self.tangent.transposed(padded, &start.values, &sources, &mut residual, &mut pulled);
        let mut gradient = self.read_off(outcome, start.clone(), &residual, pulled, 1, settings);
        self.baseline.preconditioner.apply_transposed(&mut residual, &mut Work::new(layout));
        let stepped = gradient.multipliers.values.iter_mut().zip(&residual);
        stepped.for_each(|(λ, step)| *λ += step);
        gradient
    }

    /// The gradient that a product leaves behind.
    fn read_off(
        &self,
        outcome: &Outcome,
        multipliers: Multipliers,
        residual: &[f64],
        pulled: Pulled,
        products: usize,
        settings: &Settings,
    ) -> Gradient<'a> {
        let (size, place) = largest(residual);
        let worst = self.tangent.unknowns.market(place);
        let cleared = size <= settings.tolerance * multipliers.scale;
        Gradient {
            solution: self.solution,
            status: if cleared { Status::Cleared } else { Status::Stalled { worst } },
            largest_residual: size / multipliers.scale,
            products,
            multipliers,
            on_index: pulled.index,
            on_output: pulled.output,
            on_revenue: pulled.revenue,
            on_cost: pulled.cost,
            direct: self.direct(outcome),
            entry: self.baseline.options().market == Competition::Entry,
            stride: self.tangent.unknowns.layout.stride,
        }
    }
}

impl Gradients<'_> {
    /// (E20) where plain steps run away, as they do from equilibria of returns to scale; the products taken.
    fn minimal_residuals(
        &self,
        λ: &mut [f64],
        residual: &mut [f64],
        sources: &Sources,
        pulled: &mut Pulled,
        within: f64,
        settings: &Settings,
    ) -> usize {
        let padded = &self.baseline.padded;
        let nothing = Sources::none(self.tangent.unknowns.layout);
        let mut krylov = Krylov::new(λ.len(), DIRECTIONS);
        let mut step = vec![0.0; λ.len()];
        let mut products = 0;
        // What rounds and what the directions leave is taken up by the next round.
        while largest(residual).0 > within && products < settings.evaluations {
            let before = largest(residual).0;
            krylov.solve(residual, &mut step, FORCING, |v, to| {
                self.tangent.transposed(padded, v, &nothing, to, pulled);
                products += 1;
            });
            λ.iter_mut().zip(&step).for_each(|(λ, step)| *λ += step);
            self.tangent.transposed(padded, λ, sources, residual, pulled);
            products += 1;
            if largest(residual).0.is_nan() || largest(residual).0 > 0.9 * before {
                break;
            }
        }
        products
    }

    pub(super) fn sources(&self, outcome: &Outcome) -> Sources {
        outcome.sources(self.solution, &self.tangent, &self.baseline.padded)
    }

    pub(super) fn direct(&self, outcome: &Outcome) -> Vec<Direct> {
        outcome.direct(self.solution)
    }
}
