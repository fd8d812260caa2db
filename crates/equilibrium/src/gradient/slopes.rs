//! What multipliers say of every instrument: slopes in closed form, cell by cell.

use terms::{CountryId, Cube, Rate, SectorId};

use crate::evidence::Status;
use crate::firms::Pull;
use crate::gradient::Multipliers;
use crate::gradient::outcome::Direct;
use crate::solution::Solution;

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
    pub(super) multipliers: Multipliers,
    /// Multipliers of ln Φ, Y and R: what an instrument acts on.
    pub(super) on_index: Vec<f64>,
    pub(super) on_output: Vec<f64>,
    pub(super) on_revenue: Vec<f64>,
    pub(super) on_cost: Vec<f64>,
    /// What instruments do to the outcome's own flows at unchanged prices and spending.
    pub(super) direct: Vec<Direct>,
    /// Whether costs follow the number of firms.
    pub(super) entry: bool,
    pub(super) stride: usize,
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
            - self.on_own(importer, exporter, sector).0
    }

    /// The slope by the log of what export tax and production subsidy make of the exporter's price for one flow.
    pub fn by_log_exporter_wedge(&self, importer: CountryId, exporter: CountryId, sector: SectorId) -> f64 {
        let (_, received) = self.values(importer, exporter, sector);
        let (on_output, on_tax, _) = self.on_flow(importer, exporter, sector);
        self.by_log_iceberg(importer, exporter, sector)
            - received * (on_output - on_tax)
            - self.on_own(importer, exporter, sector).1
    }

    /// The slope by one export tax e′.
    pub fn by_export_tax(&self, importer: CountryId, exporter: CountryId, sector: SectorId) -> f64 {
        let taxed = self.solution.exporter_wedge(importer, exporter, sector)
            / (1.0 - self.solution.production_subsidy(exporter, sector));
        self.by_log_exporter_wedge(importer, exporter, sector) / taxed
    }

    /// The slope by one production subsidy σ′, which every buyer's price carries.
    pub fn by_production_subsidy(&self, country: CountryId, sector: SectorId) -> f64 {
        let buyers = CountryId::all(self.solution.before().countries());
        let by_log: f64 = buyers.map(|n| self.by_log_exporter_wedge(n, country, sector)).sum();
        -by_log / (1.0 - self.solution.production_subsidy(country, sector))
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
        let on_own = self.on_own(importer, exporter, sector).0;
        -θ * (share * on_index
            + received * on_output
            + (landed - received) * on_tax
            + duty * on_duty
            + on_own)
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
        let gain = on_duty - on_tax - (on_output - on_tax) / x - self.per_value(importer, exporter, sector);
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
            gain: (1.0 + θ)
                * (on_duty - on_tax - (on_output - on_tax) / x - self.per_value(importer, exporter, sector)),
            loss: θ * (per_spending + on_duty),
        }
    }

    /// The slope by the log of one export tax, 1+e′, taken apart in the same way; σ′ of a production subsidy is held.
    ///
    /// ```text
    /// (E25)  ∂/∂ln(1+e′) = b { (1+θ)(R̄ᵢ − Ȳ) − x′ θ ((1+τ′)(Φ̄/X′ + R̄ₙ) + R̄ᵢ − R̄ₙ) },   b = t/x′
    /// ```
    pub fn export_pull(&self, importer: CountryId, exporter: CountryId, sector: SectorId) -> Pull {
        let spending = self.solution.spending(importer, sector);
        let θ = self.solution.before().theta[sector.at()];
        let (on_output, on_tax, on_duty) = self.on_flow(importer, exporter, sector);
        let (_, received) = self.values(importer, exporter, sector);
        let on_index = self.on_index[importer.at() * self.stride + sector.at()];
        let per_spending = if spending > 0.0 { on_index / spending } else { 0.0 };
        let own = self.on_own(importer, exporter, sector);
        let own = if received > 0.0 { (θ * own.0 + own.1) / received } else { 0.0 };
        let wedge = 1.0 + self.solution.tariff(importer, exporter, sector);
        let subsidised = 1.0 - self.solution.production_subsidy(exporter, sector);
        Pull {
            weight: received,
            gain: (1.0 + θ) * (on_tax - on_output) - own,
            loss: subsidised * θ * (wedge * (per_spending + on_duty) + on_tax - on_duty),
        }
    }

    /// The multipliers of all equations, to start a gradient nearby from.
    pub fn multipliers(&self) -> &Multipliers {
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

    /// What the log of a flow, before and after the exporter's taxes, is worth to the outcome by itself.
    fn on_own(&self, importer: CountryId, exporter: CountryId, sector: SectorId) -> (f64, f64) {
        let own = self.direct.iter().filter(|flow| flow.at == (importer, exporter, sector));
        own.fold((0.0, 0.0), |sum, flow| (sum.0 + flow.landed, sum.1 + flow.received))
    }

    /// The same per unit of the flow's value.
    fn per_value(&self, importer: CountryId, exporter: CountryId, sector: SectorId) -> f64 {
        match self.on_own(importer, exporter, sector).0 {
            0.0 => 0.0,
            own => own / self.solution.trade(importer, exporter, sector),
        }
    }
}
