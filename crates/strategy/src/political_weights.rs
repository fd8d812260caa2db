//! Political weights from observed tariffs: at given duties a government's first-order conditions are linear in λ.

use equilibrium::firms::{Cleared, ClearingSettings, Deficits, OneFactor, OwnValue};
use nalgebra::{DMatrix, DVector};
use serde::Serialize;
use terms::{CountryId, SectorId};

use crate::tariff_game::StrategyError;

/// How the search for weights ended.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Inference {
    /// All weights are above zero: the targets, moved by the shift, meet every first-order condition.
    Interior,
    /// The conditions meet only with a weight below zero: no government with these interests chooses such duties.
    Negative {
        /// The sector, by place.
        sector: usize,
        /// Its weight, the mean being one.
        weight: f64,
    },
    /// det A(c) keeps one sign over all shifts tried.
    NoShift,
}

/// The weights behind one country's duties.
#[derive(Debug, Clone, PartialEq)]
pub struct InferredWeights {
    /// Whose.
    pub country: CountryId,
    /// How the search ended.
    pub inference: Inference,
    /// What is added to all targets, as a share: duties have no level of their own in the conditions.
    pub shift: f64,
    /// λ by sector, mean one; of the best shift found, empty with [`Inference::NoShift`].
    pub weights: Vec<f64>,
    /// Shifts at which det A(c) = 0, as shares.
    pub roots: Vec<f64>,
    /// The largest first-order condition left, relative to its largest term.
    pub largest_condition: f64,
    /// ln(1+τ) of the world with the shifted targets.
    pub log_wedges: Vec<f64>,
}

/// How far shifts are tried, from the one that takes the lowest target to zero, and the step of the search for changes of
/// sign; shares.
pub const SHIFTS: (f64, f64) = (1.0, 0.01);
/// A weight above this counts as not below zero.
const NOT_BELOW: f64 = -1e-9;

/// The weights λ at which `target` (a rate for each sector, the same for all partners), moved by a common shift c, meets
/// all first-order conditions of `country` while all others hold their base duties.
///
/// ```text
/// (S12)  A(c) λ = 0,   A[l,s] = ∂E_s/∂κ_l − E_s ∂ln P/∂κ_l      at the duties target + c
/// ```
/// κ_l moves the country's duty on sector l, E_s is what interest s receives (S6). Wages and incomes at given duties do
/// not depend on λ, so the conditions are linear: a shift solves det A(c) = 0, and λ spans the null space there.
///
/// # Source
/// Ossa (2014), section II.C, who searches for weights by hundreds of optimisations a country.
///
/// # Errors
/// [`StrategyError`] when nothing clears, or shapes disagree.
pub fn infer_weights(
    base: &OneFactor,
    deficits: Deficits,
    country: CountryId,
    target: &[f64],
) -> Result<InferredWeights, StrategyError> {
    if target.len() != base.sectors() {
        let what = "target rates, one a sector";
        return Err(StrategyError::Shape { what, expected: base.sectors(), found: target.len() });
    }
    let search = Search { base, deficits, country, target };
    let lowest = -target.iter().copied().fold(f64::INFINITY, f64::min);
    let (widest, step) = SHIFTS;
    let mut roots = Vec::new();
    let (mut before, mut near) = (None, None);
    let mut c = lowest;
    while c <= lowest + widest {
        let (sign, state) = search.sign(c, near.as_ref())?;
        if let Some((from, was)) = before
            && was != sign
        {
            roots.push(search.root((from, was), c, &state)?);
        }
        (before, near) = (Some((c, sign)), Some(state));
        c += step;
    }
    let mut best: Option<InferredWeights> = None;
    for shift in &roots {
        let found = search.weights_at(*shift, near.as_ref())?;
        let least = |of: &InferredWeights| of.weights.iter().copied().fold(f64::INFINITY, f64::min);
        let better = match &best {
            None => true,
            // Among shifts without a negative weight the smallest; else the one closest to having none.
            Some(known) => match (least(&found) >= NOT_BELOW, least(known) >= NOT_BELOW) {
                (true, true) => shift.abs() < known.shift.abs(),
                (a, b) if a != b => a,
                _ => least(&found) > least(known),
            },
        };
        if better {
            best = Some(found);
        }
    }
    Ok(match best {
        Some(found) => InferredWeights { roots, ..found },
        None => InferredWeights {
            country,
            inference: Inference::NoShift,
            shift: 0.0,
            weights: Vec::new(),
            roots,
            largest_condition: f64::NAN,
            log_wedges: search.wedges(0.0),
        },
    })
}

struct Search<'a> {
    base: &'a OneFactor,
    deficits: Deficits,
    country: CountryId,
    target: &'a [f64],
}

impl Search<'_> {
    fn wedges(&self, shift: f64) -> Vec<f64> {
        let mut wedges = self.base.log_wedges().to_vec();
        for i in CountryId::all(self.base.countries()).filter(|i| *i != self.country) {
            for s in SectorId::all(self.base.sectors()) {
                wedges[self.base.cell(self.country, i, s)] = (self.target[s.at()] + shift).ln_1p();
            }
        }
        wedges
    }

    /// A(c), each row scaled by its largest entry, and what clears there.
    fn conditions(
        &self,
        shift: f64,
        near: Option<&Cleared>,
    ) -> Result<(DMatrix<f64>, Cleared), StrategyError> {
        let (base, sectors) = (self.base, self.base.sectors());
        let wedges = self.wedges(shift);
        let cleared = base.clear(&wedges, self.deficits, near, &ClearingSettings::default())?;
        let values = interests(base, &cleared, self.country);
        let multipliers = cleared.multipliers(base, values)?;
        let mut matrix = DMatrix::zeros(sectors, sectors);
        for interest in 0..sectors {
            let own = multipliers.pulls(base, &cleared, &[(interest, 1.0)], &[self.country.at()]);
            for l in SectorId::all(sectors) {
                let partners = CountryId::all(base.countries()).filter(|i| *i != self.country);
                let first = base.cell(self.country, CountryId::new(0), SectorId::new(0));
                let slope = |i: CountryId| {
                    let cell = base.cell(self.country, i, l);
                    own[cell - first].slope(wedges[cell].exp())
                };
                matrix[(l.at(), interest)] = partners.map(slope).sum::<f64>();
            }
        }
        for mut row in matrix.row_iter_mut() {
            let most = row.amax();
            if most > 0.0 {
                row /= most;
            }
        }
        Ok((matrix, cleared))
    }

    /// Whether det A(c) is above zero.
    fn sign(&self, shift: f64, near: Option<&Cleared>) -> Result<(bool, Cleared), StrategyError> {
        let (matrix, cleared) = self.conditions(shift, near)?;
        Ok((matrix.lu().determinant() > 0.0, cleared))
    }

    fn root(&self, (mut low, was): (f64, bool), mut high: f64, near: &Cleared) -> Result<f64, StrategyError> {
        while high - low > 1e-13 {
            let middle = 0.5 * (low + high);
            if middle <= low || middle >= high {
                break;
            }
            if self.sign(middle, Some(near))?.0 == was { low = middle } else { high = middle }
        }
        Ok(0.5 * (low + high))
    }

    /// The null vector of A at a root.
    fn weights_at(&self, shift: f64, near: Option<&Cleared>) -> Result<InferredWeights, StrategyError> {
        let (matrix, _) = self.conditions(shift, near)?;
        let parts = matrix.clone().svd(false, true);
        let singular = || StrategyError::Setting("the conditions have no null vector".into());
        let v = parts.v_t.ok_or_else(singular)?;
        let least = parts.singular_values.imin();
        let mut λ: DVector<f64> = v.row(least).transpose();
        λ /= λ.mean();
        let largest_condition = (&matrix * &λ).amax() / λ.amax();
        let (sector, weight) = λ.argmin();
        let inference = match weight >= NOT_BELOW {
            true => Inference::Interior,
            false => Inference::Negative { sector, weight },
        };
        Ok(InferredWeights {
            country: self.country,
            inference,
            shift,
            weights: λ.iter().copied().collect(),
            roots: Vec::new(),
            largest_condition,
            log_wedges: self.wedges(shift),
        })
    }
}

/// What each interest of a country values at the margin: E_s/P, for every s.
fn interests(base: &OneFactor, cleared: &Cleared, country: CountryId) -> Vec<OwnValue> {
    let sales = cleared.sector_sales(base);
    let own = sales.row(country);
    let revenue = cleared.revenue(base)[country.at()];
    let labour = base.labour_shares();
    let wages: f64 = labour.iter().zip(own).map(|(b, sales)| b * sales).sum();
    let interest = |s: usize| {
        let δ = labour[s] * own[s] / wages;
        let per_sales = (0..own.len())
            .map(|k| {
                let is = f64::from(u8::from(k == s));
                // A larger sector also draws a larger share of the revenue, a larger rival a smaller one.
                is + revenue * (is * labour[s] / wages - δ * labour[k] / wages)
            })
            .collect();
        OwnValue {
            country: country.at(),
            per_sales,
            per_revenue: δ,
            per_log_spending: 0.0,
            per_log_price: -(own[s] + δ * revenue),
        }
    };
    (0..own.len()).map(interest).collect()
}
