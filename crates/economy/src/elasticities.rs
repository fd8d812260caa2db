//! Trade elasticities θ, one column for each published set.

use diagnostic::{Diagnostic, help_nearest};
use indexmap::IndexMap;
use terms::Sector;

/// The columns of `elasticities.csv`: a positive number by sector, or none where a source is silent.
///
/// Every column is a set of trade elasticities θ (σ = 1 + θ), except [`Elasticities::SCALE`], which holds the
/// elasticity ψ of a sector's productivity to its employment.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Elasticities {
    columns: IndexMap<String, Vec<Option<f64>>>,
}

impl Elasticities {
    /// The column of scale elasticities ψ: not a set of θ, and zero is legal there.
    pub const SCALE: &'static str = "psi";

    /// No sets.
    pub fn none() -> Self {
        Self::default()
    }

    /// The same with one more column, a value by sector in the order of the economy.
    #[must_use]
    pub fn with(mut self, column: impl Into<String>, values: Vec<Option<f64>>) -> Self {
        self.columns.insert(column.into(), values);
        self
    }

    /// The names of the sets of θ, in the order of the file.
    pub fn sets(&self) -> impl Iterator<Item = &str> {
        self.columns.keys().map(String::as_str).filter(|name| *name != Self::SCALE)
    }

    /// All columns with their names, ψ included.
    pub fn columns(&self) -> impl Iterator<Item = (&str, &[Option<f64>])> {
        self.columns.iter().map(|(name, values)| (name.as_str(), values.as_slice()))
    }

    /// One column by name, as written.
    pub fn column(&self, name: &str) -> Option<&[Option<f64>]> {
        self.columns.get(name).map(Vec::as_slice)
    }

    /// The scale elasticities ψ by sector, where the economy carries them; a sector left blank has none.
    pub fn scale(&self) -> Option<Vec<f64>> {
        let column = self.column(Self::SCALE)?;
        Some(column.iter().map(|ψ| ψ.unwrap_or(0.0)).collect())
    }

    /// θ by sector, from one set.
    ///
    /// # Errors
    /// `unknown-elasticity` when no set has this name; `missing-elasticity` when the source is silent on some
    /// sectors, which are named.
    pub(crate) fn theta<'a>(
        &self,
        set: &str,
        economy: &str,
        sectors: impl Iterator<Item = &'a Sector>,
    ) -> Result<Vec<f64>, Diagnostic> {
        let Some(column) = self.column(set).filter(|_| set != Self::SCALE) else {
            let sets: Vec<&str> = self.sets().collect();
            let fault = Diagnostic::error(
                "unknown-elasticity",
                format!("the economy `{economy}` has no set of elasticities `{set}`"),
            );
            let known = match sets.is_empty() {
                true => "it carries none: add `elasticities.csv`".to_owned(),
                false => format!("its sets are {}", sets.join(", ")),
            };
            return Err(fault.note(known).help_if(help_nearest(set, sets)));
        };
        let silent: Vec<&str> = column
            .iter()
            .zip(sectors)
            .filter_map(|(θ, sector)| θ.is_none().then_some(sector.as_str()))
            .collect();
        if silent.is_empty() {
            return Ok(column.iter().filter_map(|θ| *θ).collect());
        }
        let full: Vec<&str> =
            self.sets().filter(|name| self.columns[*name].iter().all(Option::is_some)).collect();
        let fault = Diagnostic::error(
            "missing-elasticity",
            format!("the set `{set}` has no elasticity for {}", silent.join(", ")),
        );
        Err(fault.help(match full.is_empty() {
            true => format!("fill the column `{set}` of `elasticities.csv`"),
            false => format!("use a set that covers every sector: {}", full.join(", ")),
        }))
    }
}
