//! What varies between models, as named options of one system.

use diagnostic::{Diagnostic, Faults};

/// The closures of a baseline. The default is Caliendo and Parro's model with deficits held.
///
/// Options combine; [`Options::check`] names what does not.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Options {
    /// Whether sectors buy from each other.
    pub links: Links,
    /// What happens to trade deficits.
    pub deficits: Deficits,
    /// The published set of trade elasticities; none for the economy's own default.
    pub elasticity: Option<String>,
    /// How markets for goods work.
    pub market: Competition,
    /// Whether factors move between sectors.
    pub labour: Labour,
    /// Whether a sector that grows becomes more productive.
    pub scale: Scale,
    /// Who spends the duties.
    pub revenue: Revenue,
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

/// How markets for goods work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Competition {
    /// Perfect competition (Armington; Eaton and Kortum).
    #[default]
    Perfect,
    /// Monopolistic competition with free entry (Krugman 1980): firms pay a fixed cost in the sector's own
    /// bundle of factors and inputs, so that their number follows Y/ĉ and costs fall with it by 1/θ.
    /// Fixed numbers of firms with profits are in [`crate::firms`].
    Entry,
}

/// Whether factors move between the sectors of a country.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Labour {
    /// Freely: one wage a country.
    #[default]
    Mobile,
    /// As workers' abilities allow (Roy; Galle, Rodríguez-Clare and Yi 2023): a sector's wage rises with its
    /// share of factor income by 1/κ. κ = 1 ties every worker to a sector (specific factors), κ = ∞ is
    /// mobile.
    Specific {
        /// The shape of abilities across sectors, at least one.
        kappa: f64,
    },
}

/// Whether a sector that grows becomes more productive, outside of its firms' sight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scale {
    /// No: constant returns.
    #[default]
    Constant,
    /// By the economy's scale elasticities ψ: unit cost falls by ψ for every per cent of employment (Ju, Ma,
    /// Wang and Zhu 2024).
    External,
}

/// Who spends the duties.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Revenue {
    /// Households, as income.
    #[default]
    Rebated,
    /// The government, on the same goods as households: markets clear as before, and households' real income
    /// is counted without it.
    Kept,
}

impl Options {
    /// Whether these options make one model.
    ///
    /// # Errors
    /// `impossible-kappa` for κ below one or not a number; `two-scales` when both free entry and external
    /// economies would make a sector's costs fall with its size.
    pub fn check(&self) -> Result<(), Faults> {
        let mut faults = Faults::new();
        if let Labour::Specific { kappa } = self.labour
            && (kappa.is_nan() || kappa < 1.0)
        {
            faults.push(
                Diagnostic::error("impossible-kappa", format!("labour has κ = {kappa}"))
                    .help("κ is at least 1 (specific factors); published values are 1.4 to 3"),
            );
        }
        if self.market == Competition::Entry && self.scale == Scale::External {
            faults.push(
                Diagnostic::error(
                    "two-scales",
                    "free entry and external economies of scale are asked for together",
                )
                .note("each makes a sector's costs fall with its size, by 1/θ and by ψ")
                .help("choose one: market `entry` with constant scale, or market `perfect` with `scale`"),
            );
        }
        faults.or(())
    }
}
