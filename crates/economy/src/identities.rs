//! The identities that make numbers accounts.

use std::fmt;

use diagnostic::Diagnostic;
use terms::{CountryId, SectorId};

use crate::Draft;

/// One of the three identities of the accounts, each of which holds for every country and sector.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Identity {
    /// `Σₙ trade[n,i,s] = output[i,s]`: what is sold to all importers is what is made.
    Sales,
    /// `Σₖ inputs[n,k,s] + final[n,s] = Σᵢ trade[n,i,s]`: what is used is what is bought.
    Uses,
    /// `output[i,k] − Σₛ inputs[i,k,s] = value_added[i,k]`: what inputs do not cost is earned.
    Costs,
}

impl Identity {
    /// The names of both sides.
    const fn sides(self) -> (&'static str, &'static str) {
        match self {
            Self::Sales => ("sales to all importers", "output"),
            Self::Uses => ("use as input and final purchases", "purchases from all exporters"),
            Self::Costs => ("output less inputs", "value added"),
        }
    }
}

impl fmt::Display for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (left, right) = self.sides();
        write!(f, "{left} = {right}")
    }
}

/// A cell where an identity is broken.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gap {
    /// Which identity.
    pub identity: Identity,
    /// The country of the cell.
    pub country: CountryId,
    /// The sector of the cell.
    pub sector: SectorId,
    /// The left side of the identity.
    pub left: f64,
    /// The right side.
    pub right: f64,
    /// The size both sides are made of, to which the gap is compared: sales, uses or output.
    pub scale: f64,
}

impl Gap {
    /// The left side less the right side, in the economy's unit.
    pub fn size(&self) -> f64 {
        self.left - self.right
    }

    /// The gap as a share of the cell's size, never negative.
    pub fn relative(&self) -> f64 {
        if self.size() == 0.0 { 0.0 } else { self.size().abs() / self.scale.max(f64::MIN_POSITIVE) }
    }
}

impl Draft {
    /// Every cell where an identity is broken by more than `tolerance` of the cell's size, worst first.
    ///
    /// Sums run in the order of the economy's lists.
    pub fn gaps(&self, tolerance: f64) -> Vec<Gap> {
        let (countries, sectors) = (self.countries.len(), self.sectors.len());
        let mut gaps = Vec::new();
        for country in CountryId::all(countries) {
            for sector in SectorId::all(sectors) {
                let at = (country, sector);
                let sold: f64 = CountryId::all(countries).map(|n| self.trade[(n, country, sector)]).sum();
                let bought: f64 = CountryId::all(countries).map(|i| self.trade[(country, i, sector)]).sum();
                let inputs = self.inputs.as_ref();
                let used: f64 = inputs
                    .map_or(0.0, |inputs| SectorId::all(sectors).map(|k| inputs[(country, k, sector)]).sum());
                let cost: f64 = inputs.map_or(0.0, |inputs| inputs.buyer(country, sector).iter().sum());
                let (output, uses) = (self.output[at], used + self.final_demand[at]);
                let gap = |identity, left: f64, right: f64, scale: f64| Gap {
                    identity,
                    country,
                    sector,
                    left,
                    right,
                    scale,
                };
                gaps.extend([
                    gap(Identity::Sales, sold, output, sold.max(output)),
                    gap(Identity::Uses, uses, bought, uses.max(bought)),
                    gap(Identity::Costs, output - cost, self.value_added[at], output.max(cost)),
                ]);
            }
        }
        gaps.retain(|gap| gap.relative() > tolerance);
        gaps.sort_by(|a, b| b.relative().total_cmp(&a.relative()));
        gaps
    }

    /// The message about one gap.
    pub(crate) fn unbalanced(&self, gap: &Gap) -> Diagnostic {
        let (country, sector) = (&self.countries[gap.country.at()].code, &self.sectors[gap.sector.at()].code);
        let (left, right) = gap.identity.sides();
        Diagnostic::error(
            "unbalanced-cell",
            format!(
                "{left} is {} and {right} {} in the cell {country}, {sector}",
                Shown(gap.left),
                Shown(gap.right)
            ),
        )
        .note(format!(
            "the gap is {} {} {}, {:.1e} of the cell; up to {:.0e} is taken for rounding",
            Shown(gap.size()),
            self.meta.unit,
            self.meta.currency,
            gap.relative(),
            self.meta.tolerance
        ))
        .help(
            "correct the cell; or have the accounts repaired on request; or state `tolerance` in `economy.toml`",
        )
    }
}

/// A number as short as it can be told from its neighbours in a message.
struct Shown(f64);

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let size = self.0.abs();
        if size == 0.0 || (1e-3..1e15).contains(&size) {
            let decimals = (9 - size.max(1.0).log10() as i32).clamp(0, 6) as usize;
            let text = format!("{:.decimals$}", self.0);
            let text =
                if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
            f.write_str(text)
        } else {
            write!(f, "{:e}", self.0)
        }
    }
}
