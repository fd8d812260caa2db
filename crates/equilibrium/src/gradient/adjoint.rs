//! The transposed system, and the slopes that its multipliers give.

use terms::{CountryId, Cube, Rate, SectorId};

use crate::anderson::Anderson;
use crate::baseline::Baseline;
use crate::evidence::Status;
use crate::gradient::Outcome;
use crate::precondition::Work;
use crate::settings::Settings;
use crate::solution::Solution;
use crate::tangent::{Pulled, Tangent};

/// A solution, linearised: ready to differentiate any outcome.
///
/// Gradients are taken one after another or from several threads at once; the result is the same.
#[derive(Debug, Clone)]
pub struct Gradients<'a> {
    baseline: &'a Baseline,
    solution: &'a Solution,
    tangent: Tangent,
}

/// An outcome's slopes by every tariff and every trade cost of the world.
#[derive(Debug, Clone)]
pub struct Gradient<'a> {
    solution: &'a Solution,
    /// Whether the transposed system was solved.
    pub status: Status,
    /// Its largest residual, relative to what the outcome put in.
    pub largest_residual: f64,
    /// Products with the transposed Jacobian.
    pub products: usize,
    multipliers: Vec<f64>,
    /// Multipliers of ln Φ, Y and R: what an instrument acts on.
    on_index: Vec<f64>,
    on_output: Vec<f64>,
    on_revenue: Vec<f64>,
    stride: usize,
}

impl<'a> Gradients<'a> {
    /// Linearises the system at `solution`, which must be one of `baseline`.
    pub fn at(baseline: &'a Baseline, solution: &'a Solution) -> Self {
        let tangent = Tangent::at(&solution.accounts(), baseline.options().deficits, baseline.layout);
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
        let layout = self.tangent.layout;
        let length = layout.countries + 2 * layout.grid();
        let padded = &self.baseline.padded;
        let sources = outcome.sources(&self.tangent, &padded.final_share);
        let mut pulled = Pulled::new(layout);
        let mut work = Work::new(layout);
        let mut anderson = Anderson::new(length, settings.memory);
        let mut residual = vec![0.0; length];
        let mut λ = vec![0.0; length];
        self.tangent.transposed(padded, &λ, &sources, &mut residual, &mut pulled);
        let scale = largest(&residual).max(f64::MIN_POSITIVE);
        let mut products = 1;
        if let Some(start) = start.filter(|start| start.multipliers.len() == length) {
            λ.copy_from_slice(&start.multipliers);
            self.tangent.transposed(padded, &λ, &sources, &mut residual, &mut pulled);
            products += 1;
        }
        let status = loop {
            if largest(&residual) <= settings.tolerance * scale {
                break Status::Cleared;
            }
            if products >= settings.evaluations || residual.iter().any(|r| r.is_nan()) {
                let place = worst_place(&residual);
                break Status::Stalled { worst: crate::solve::market(layout, place) };
            }
            self.baseline.preconditioner.apply_transposed(&mut residual, &mut work);
            anderson.advance(&mut λ, &residual);
            self.tangent.transposed(padded, &λ, &sources, &mut residual, &mut pulled);
            products += 1;
        };
        Gradient {
            solution: self.solution,
            status,
            largest_residual: largest(&residual) / scale,
            products,
            multipliers: λ,
            on_index: pulled.index,
            on_output: pulled.output,
            on_revenue: pulled.revenue,
            stride: layout.stride,
        }
    }
}

impl Gradient<'_> {
    /// The slope by the log of one wedge, 1+τ′.
    ///
    /// ```text
    /// (E21)  ∂/∂ln(1+τ′) = −θ (π′ Φ̄ + b Ȳ + d R̄) − b (Ȳ − R̄),   b = π′X′/(1+τ′),   d = τ′ b
    /// ```
    pub fn by_log_wedge(&self, importer: CountryId, exporter: CountryId, sector: SectorId) -> f64 {
        let received = self.solution.trade(importer, exporter, sector);
        let (on_output, on_revenue) = self.on_flow(importer, exporter, sector);
        self.by_log_iceberg(importer, exporter, sector) - received * (on_output - on_revenue)
    }

    /// The slope by one tariff τ′ (a share: the slope for ten points is a tenth of it).
    pub fn by_tariff(&self, importer: CountryId, exporter: CountryId, sector: SectorId) -> f64 {
        self.by_log_wedge(importer, exporter, sector)
            / (1.0 + self.solution.tariff(importer, exporter, sector))
    }

    /// The slope by the log of one trade cost d̂.
    pub fn by_log_iceberg(&self, importer: CountryId, exporter: CountryId, sector: SectorId) -> f64 {
        let place = (importer, exporter, sector);
        let received = self.solution.trade(importer, exporter, sector);
        let duty = received * self.solution.tariff(importer, exporter, sector);
        let (on_output, on_revenue) = self.on_flow(importer, exporter, sector);
        let on_index = self.on_index[importer.at() * self.stride + sector.at()];
        let share = self.solution.share(importer, exporter, sector);
        let θ = self.solution.before().theta[place.2.at()];
        -θ * (share * on_index + received * on_output + duty * on_revenue)
    }

    /// The slopes by all tariffs.
    pub fn by_tariffs(&self) -> Cube<f64> {
        let before = self.solution.before();
        Cube::from_fn(before.countries(), before.sectors(), |n, i, s| self.by_tariff(n, i, s))
    }

    /// The tariff at which the slope would vanish if all else stood still: the fixed point of best tariffs.
    ///
    /// ```text
    /// (E22)  1+τ = (1+θ) X′ (R̄ − Ȳ) / (θ (Φ̄ + X′ R̄))
    /// ```
    /// None where the condition gives no positive wedge, as for a cell without trade.
    pub fn stationary_tariff(
        &self,
        importer: CountryId,
        exporter: CountryId,
        sector: SectorId,
    ) -> Option<Rate> {
        let spending = self.solution.spending(importer, sector);
        let θ = self.solution.before().theta[sector.at()];
        let (on_output, on_revenue) = self.on_flow(importer, exporter, sector);
        let on_index = self.on_index[importer.at() * self.stride + sector.at()];
        let wedge =
            (1.0 + θ) * spending * (on_revenue - on_output) / (θ * (on_index + spending * on_revenue));
        (wedge > 0.0 && wedge.is_finite()).then(|| Rate::share(wedge - 1.0))
    }

    /// What a unit of money is worth to the outcome: received by the exporter's sector, collected by the
    /// importer.
    fn on_flow(&self, importer: CountryId, exporter: CountryId, sector: SectorId) -> (f64, f64) {
        (self.on_output[exporter.at() * self.stride + sector.at()], self.on_revenue[importer.at()])
    }
}

fn largest(residual: &[f64]) -> f64 {
    residual.iter().fold(0.0, |worst, r| r.abs().max(worst))
}

fn worst_place(residual: &[f64]) -> usize {
    let places = residual.iter().enumerate();
    places.max_by(|a, b| a.1.abs().total_cmp(&b.1.abs())).map_or(0, |(place, _)| place)
}
