//! Gradients where licences are scarce: rents move so that capped quantities stand still.
//!
//! Where a cap binds, its rent r is an unknown with the equation ln q = ln(cap). With O the outcome and q the vector
//! of capped quantities, both first differentiated at unchanged rents,
//!
//! ```text
//! (E23)  dO/dτ = ∂O/∂τ + μ′ ∂ln q/∂τ,      μ′ = −∂O/∂r (∂ln q/∂r)⁻¹
//! ```
//! and the rent of a flow acts as the duty or the export tax of its side does. A cap that does not bind does not hold
//! its flow. Where the flow is as large as its cap and the rent is zero, both are true: [`Gradients::at`] gives the slopes
//! while the flow shrinks, [`Gradients::where_kinks_hold`] those while it would grow and the rent rises instead.

use std::sync::OnceLock;

use crate::dense::inverse;
use crate::evidence::{Market, Status};
use crate::gradient::{Gradient, Gradients, Outcome};
use crate::settings::Settings;
use crate::shock::{Cap, Rent};

/// What binding caps of a solution do to every gradient, found once.
#[derive(Debug, Clone, Default)]
pub(super) struct CapGradients<'a>(OnceLock<Binding<'a>>);

#[derive(Debug, Clone)]
struct Binding<'a> {
    caps: Vec<Cap>,
    /// The gradients of ln q, one a binding cap.
    quantities: Vec<Gradient<'a>>,
    /// (∂ln q/∂r)⁻¹, row-major. None where rents cannot keep the caps.
    of_quantities: Option<Vec<f64>>,
    /// The place in the question of a cap whose quantity's gradient did not settle.
    stalled: Option<usize>,
}

impl<'a> Gradients<'a> {
    /// `alone`, taken at unchanged rents, with the rents moving as the caps make them.
    pub(super) fn keeping_caps(&self, alone: Gradient<'a>, settings: &Settings) -> Gradient<'a> {
        if self.held.is_empty() {
            return alone;
        }
        let binding = self.caps.0.get_or_init(|| self.binding(settings));
        let count = binding.caps.len();
        let mut gradient = alone;
        let Some(inverse) = &binding.of_quantities else {
            let worst = Market::Licences(binding.stalled.unwrap_or(0));
            gradient.status = Status::Stalled { worst };
            return gradient;
        };
        let by_rent: Vec<f64> = binding.caps.iter().map(|cap| gradient.by_log_rent(cap)).collect();
        for (c, quantity) in binding.quantities.iter().enumerate() {
            let μ: f64 = -(0..count).map(|r| by_rent[r] * inverse[r * count + c]).sum::<f64>();
            gradient.add(quantity, μ);
        }
        gradient
    }

    fn binding(&self, settings: &Settings) -> Binding<'a> {
        let caps: Vec<Cap> = self.held.iter().map(|place| self.solution.caps[*place]).collect();
        let of = |cap: &Cap| Outcome::log_quantity(cap.importer, cap.exporter, cap.sector);
        let quantities: Vec<Gradient<'a>> =
            caps.iter().map(|cap| self.at_fixed_rents(&of(cap), None, settings)).collect();
        // ∂ln q[c]/∂r[r], rows r: transposed, so that its inverse is too.
        let mut slopes = Vec::with_capacity(caps.len() * caps.len());
        for quantity in &quantities {
            slopes.extend(caps.iter().map(|cap| quantity.by_log_rent(cap)));
        }
        let mut places = self.held.iter().copied().zip(&quantities);
        let stalled = places.find(|(_, quantity)| !quantity.status.cleared()).map(|(place, _)| place);
        let of_quantities = if stalled.is_some() { None } else { inverse(&mut slopes, caps.len()) };
        Binding { caps, quantities, of_quantities, stalled }
    }
}

impl Gradient<'_> {
    /// The slope by ln(1 + rent) of a cap, at unchanged other rents.
    fn by_log_rent(&self, cap: &Cap) -> f64 {
        match cap.rent {
            Rent::Importer => self.by_log_wedge(cap.importer, cap.exporter, cap.sector),
            Rent::Exporter => self.by_log_exporter_wedge(cap.importer, cap.exporter, cap.sector),
        }
    }

    /// Adds `weight` times another gradient of the same solution.
    fn add(&mut self, other: &Self, weight: f64) {
        for (to, from) in [
            (&mut self.multipliers.values, &other.multipliers.values),
            (&mut self.on_index, &other.on_index),
            (&mut self.on_output, &other.on_output),
            (&mut self.on_revenue, &other.on_revenue),
            (&mut self.on_cost, &other.on_cost),
        ] {
            to.iter_mut().zip(from).for_each(|(to, from)| *to += weight * from);
        }
        self.direct.extend(other.direct.iter().map(|flow| flow.times(weight)));
        self.products += other.products;
        self.largest_residual = self.largest_residual.max(other.largest_residual);
    }
}
