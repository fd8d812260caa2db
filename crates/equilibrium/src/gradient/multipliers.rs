//! Multipliers kept after their gradient is gone, to start one nearby from.

/// The multipliers of all equations for one outcome, and the size of what the outcome put in.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Multipliers {
    pub(super) values: Vec<f64>,
    /// The largest residual without multipliers: accuracy is told relative to it.
    pub(super) scale: f64,
}

impl Multipliers {
    /// Σ weight · multipliers, of one outcome at several points: with weights that sum to one, a guess at the point that
    /// mixes them. Its scale is the last one's.
    ///
    /// None without parts, or where they belong to different systems.
    pub fn mixed<'m>(parts: impl IntoIterator<Item = (f64, &'m Self)>) -> Option<Self> {
        let mut parts = parts.into_iter();
        let (weight, first) = parts.next()?;
        let mut mix =
            Self { values: first.values.iter().map(|λ| weight * λ).collect(), scale: first.scale };
        for (weight, part) in parts {
            if part.values.len() != mix.values.len() {
                return None;
            }
            mix.values.iter_mut().zip(&part.values).for_each(|(to, λ)| *to += weight * λ);
            mix.scale = part.scale;
        }
        Some(mix)
    }
}
