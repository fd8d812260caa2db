//! The transposed system, and the slopes that its multipliers give.

use terms::{CountryId, Cube, Rate, SectorId};

use crate::anderson::Anderson;
use crate::baseline::Baseline;
use crate::evidence::Status;
use crate::firms::Pull;
use crate::gradient::Outcome;
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
}

/// An outcome's slopes by every tariff and every trade cost of the world.
#[derive(Debug, Clone)]
pub struct Gradient<'a> {
    pub(super) solution: &'a Solution,
    /// Whether the transposed system was solved.
    pub status: Status,
    /// Its largest residual, relative to what the outcome put in.
    pub largest_residual: f64,
    /// Products with the transposed Jacobian.
    pub products: usize,
    pub(super) multipliers: Vec<f64>,
    /// Multipliers of ln Φ, Y and R: what an instrument acts on.
    pub(super) on_index: Vec<f64>,
    pub(super) on_output: Vec<f64>,
    pub(super) on_revenue: Vec<f64>,
    pub(super) stride: usize,
}

impl<'a> Gradients<'a> {
    /// Linearises the system at `solution`, which must be one of `baseline`.
    pub fn at(baseline: &'a Baseline, solution: &'a Solution) -> Self {
        let tangent = Tangent::at(&solution.accounts(), baseline.options().deficits, baseline.unknowns);
        Self { baseline, solution, tangent }
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
            stride: layout.stride,
        }
    }
}

impl Gradients<'_> {
    pub(super) fn sources(&self, outcome: &Outcome) -> Sources {
        let kept = self.solution.kept_revenue.then_some(&self.solution.revenue[..]);
        outcome.sources(&self.tangent, &self.baseline.padded.final_share, kept)
    }
}

impl Gradient<'_> {
    /// The slope by the log of one wedge, 1+τ′.
    ///
    /// ```text
    /// (E21)  ∂/∂ln d̂ = −θ (π′ Φ̄ + b Ȳ + (t − b) R̄ᵢ + (f − t) R̄ₙ),   f = π′X′, t = f/(1+τ′), b = t/x′
    ///        ∂/∂ln(1+τ′) = ∂/∂ln d̂ − b Ȳ − (t − b) R̄ᵢ + t R̄ₙ
    ///        ∂/∂ln x′    = ∂/∂ln d̂ − b (Ȳ − R̄ᵢ)
    /// ```
    pub fn by_log_wedge(&self, importer: CountryId, exporter: CountryId, sector: SectorId) -> f64 {
        let (landed, received) = self.values(importer, exporter, sector);
        let (on_output, on_tax, on_duty) = self.on_flow(importer, exporter, sector);
        self.by_log_iceberg(importer, exporter, sector) - received * on_output - (landed - received) * on_tax
            + landed * on_duty
    }

    /// The slope by the log of what export tax and production subsidy make of the exporter's price for one flow.
    pub fn by_log_exporter_wedge(&self, importer: CountryId, exporter: CountryId, sector: SectorId) -> f64 {
        let (_, received) = self.values(importer, exporter, sector);
        let (on_output, on_tax, _) = self.on_flow(importer, exporter, sector);
        self.by_log_iceberg(importer, exporter, sector) - received * (on_output - on_tax)
    }

    /// The slope by one export tax e′, no production subsidy being there.
    pub fn by_export_tax(&self, importer: CountryId, exporter: CountryId, sector: SectorId) -> f64 {
        self.by_log_exporter_wedge(importer, exporter, sector)
            / self.solution.exporter_wedge(importer, exporter, sector)
    }

    /// The slope by one tariff τ′ (a share: the slope for ten points is a tenth of it).
    pub fn by_tariff(&self, importer: CountryId, exporter: CountryId, sector: SectorId) -> f64 {
        self.by_log_wedge(importer, exporter, sector)
            / (1.0 + self.solution.tariff(importer, exporter, sector))
    }

    /// The slope by the log of one trade cost d̂.
    pub fn by_log_iceberg(&self, importer: CountryId, exporter: CountryId, sector: SectorId) -> f64 {
        let (landed, received) = self.values(importer, exporter, sector);
        let duty = landed * self.solution.tariff(importer, exporter, sector);
        let (on_output, on_tax, on_duty) = self.on_flow(importer, exporter, sector);
        let on_index = self.on_index[importer.at() * self.stride + sector.at()];
        let share = self.solution.share(importer, exporter, sector);
        let θ = self.solution.before().theta[sector.at()];
        -θ * (share * on_index + received * on_output + (landed - received) * on_tax + duty * on_duty)
    }

    /// The slopes by all tariffs.
    pub fn by_tariffs(&self) -> Cube<f64> {
        let before = self.solution.before();
        Cube::from_fn(before.countries(), before.sectors(), |n, i, s| self.by_tariff(n, i, s))
    }

    /// The tariff at which the slope would vanish if all else stood still: the fixed point of best tariffs.
    ///
    /// ```text
    /// (E22)  1+τ = (1+θ) X′ (R̄ₙ − R̄ᵢ − (Ȳ − R̄ᵢ)/x′) / (θ (Φ̄ + X′ R̄ₙ))
    /// ```
    /// None where the condition gives no positive wedge, as where nothing is bought.
    pub fn stationary_tariff(
        &self,
        importer: CountryId,
        exporter: CountryId,
        sector: SectorId,
    ) -> Option<Rate> {
        let spending = self.solution.spending(importer, sector);
        let θ = self.solution.before().theta[sector.at()];
        let (on_output, on_tax, on_duty) = self.on_flow(importer, exporter, sector);
        let x = self.solution.exporter_wedge(importer, exporter, sector);
        let on_tax = if x == 1.0 { 0.0 } else { on_tax };
        let on_index = self.on_index[importer.at() * self.stride + sector.at()];
        let gain = on_duty - on_tax - (on_output - on_tax) / x;
        let wedge = (1.0 + θ) * spending * gain / (θ * (on_index + spending * on_duty));
        (wedge > 0.0 && wedge.is_finite()).then(|| Rate::share(wedge - 1.0))
    }

    /// The slope by the log of one wedge, taken apart into what a duty gains and what it loses at the margin.
    ///
    /// ```text
    /// (E21)  ∂/∂ln(1+τ′) = t { (1+θ)(R̄ₙ − R̄ᵢ − (Ȳ − R̄ᵢ)/x′) − (1+τ′) θ (Φ̄/X′ + R̄ₙ) }
    /// ```
    pub fn pull(&self, importer: CountryId, exporter: CountryId, sector: SectorId) -> Pull {
        let spending = self.solution.spending(importer, sector);
        let θ = self.solution.before().theta[sector.at()];
        let (on_output, on_tax, on_duty) = self.on_flow(importer, exporter, sector);
        let x = self.solution.exporter_wedge(importer, exporter, sector);
        let on_tax = if x == 1.0 { 0.0 } else { on_tax };
        let on_index = self.on_index[importer.at() * self.stride + sector.at()];
        let per_spending = if spending > 0.0 { on_index / spending } else { 0.0 };
        Pull {
            weight: self.solution.trade(importer, exporter, sector),
            gain: (1.0 + θ) * (on_duty - on_tax - (on_output - on_tax) / x),
            loss: θ * (per_spending + on_duty),
        }
    }

    /// The multipliers of all equations, to start a gradient nearby from.
    pub fn multipliers(&self) -> &[f64] {
        &self.multipliers
    }

    /// A flow at the border, and what its producers receive of it.
    fn values(&self, importer: CountryId, exporter: CountryId, sector: SectorId) -> (f64, f64) {
        let landed = self.solution.trade(importer, exporter, sector);
        (landed, landed / self.solution.exporter_wedge(importer, exporter, sector))
    }

    /// What a unit of money is worth to the outcome: received by the exporter's producers, collected by the
    /// exporter, collected by the importer.
    fn on_flow(&self, importer: CountryId, exporter: CountryId, sector: SectorId) -> (f64, f64, f64) {
        let on_output = self.on_output[exporter.at() * self.stride + sector.at()];
        (on_output, self.on_revenue[exporter.at()], self.on_revenue[importer.at()])
    }
}
