//! What varies between models, as named options of one system.

/// The closures of a baseline. The default is Caliendo and Parro's model with deficits held.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Options {
    /// Whether sectors buy from each other.
    pub links: Links,
    /// What happens to trade deficits.
    pub deficits: Deficits,
    /// The published set of trade elasticities; none for the economy's own default.
    pub elasticity: Option<String>,
}

/// Whether sectors buy inputs from each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Links {
    /// As the economy records them; none if it records none.
    #[default]
    Recorded,
    /// None: all spending is final, and all output is earned by factors (Armington, Eaton and Kortum).
    Absent,
}

/// What happens to a country's deficit when tariffs change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Deficits {
    /// Held in units of world factor income, the numeraire.
    #[default]
    Held,
    /// Grown with the country's own factor income; the world's sum is kept at zero by spreading what is
    /// left over in proportion to factor income: D′ = ŵ wL (D/wL − Σ ŵ D / Σ ŵ wL).
    Scaled,
    /// Removed before anything else: the baseline is the balanced equilibrium at base-year tariffs, itself a
    /// counterfactual of the recorded year.
    Removed,
}
