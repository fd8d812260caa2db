//! How much a dollar of revenue would have to count before a side breaks the truce.
//!
//! The equilibria do not depend on what governments want, so the breaches that were tried can be judged again under any
//! weight on revenue: G = (Σ λE + ρR)/P is linear in ρ.

use strategy::{ObjectiveParts, Patience, TIE};

use crate::brief::RevenueAtStake;
use crate::hats::percent;

/// Weights above this are not tried.
const MOST: f64 = 10.0;
/// Steps in which the first weight is sought.
const STEP: f64 = 0.05;

/// One side's months, as parts of its objective.
#[derive(Debug, Clone)]
pub(crate) struct Stakes {
    /// Without either side's duties of the conflict.
    pub none: ObjectiveParts,
    /// Under the truce.
    pub truce: ObjectiveParts,
    /// Under the answer to a breach.
    pub punished: ObjectiveParts,
    /// After a lapse.
    pub lapsed: ObjectiveParts,
    /// Under every breach tried, the other side holding.
    pub breaches: Vec<ObjectiveParts>,
}

impl Stakes {
    /// What a month is worth with the weight ρ, % of what it is without duties of the conflict.
    pub(crate) fn worth(&self, month: &ObjectiveParts, weight: f64) -> f64 {
        percent(month.value(weight) / self.none.value(weight))
    }

    /// The least weights, for the side `side` of `truce`, `months_left` before its deadline.
    ///
    /// # Errors
    /// As [`strategy::Truce::slack`].
    pub(crate) fn at(
        &self,
        truce: &strategy::Truce,
        side: usize,
        (patience, months_left): (Patience, f64),
    ) -> Result<RevenueAtStake, strategy::TruceError> {
        let best = |weight: f64| {
            self.breaches.iter().map(|month| self.worth(month, weight)).fold(f64::NEG_INFINITY, f64::max)
        };
        let tempts = |weight: f64| Ok(best(weight) - self.worth(&self.truce, weight) > TIE);
        let mut judged = truce.clone();
        let breaks = |weight: f64| {
            let of = &mut judged.sides[side];
            of.truce = self.worth(&self.truce, weight);
            of.deviation = best(weight);
            of.punished = self.worth(&self.punished, weight);
            of.lapsed = self.worth(&self.lapsed, weight);
            Ok(judged.slack(patience, Some(months_left))?.sides[side].slack < 0.0)
        };
        Ok(RevenueAtStake { tempts_from: first(tempts)?, breaks_from: first(breaks)? })
    }
}

/// The least weight at which `holds`, to a ten-thousandth; none up to ten.
///
/// Weights are tried in steps of a twentieth, so what holds only between two steps is passed over.
fn first<E>(mut holds: impl FnMut(f64) -> Result<bool, E>) -> Result<Option<f64>, E> {
    if holds(0.0)? {
        return Ok(Some(0.0));
    }
    let (mut low, mut high) = (0.0, STEP);
    while !holds(high)? {
        (low, high) = (high, high + STEP);
        if high > MOST {
            return Ok(None);
        }
    }
    while high - low > 1e-4 {
        let middle = 0.5 * (low + high);
        if holds(middle)? {
            high = middle;
        } else {
            low = middle;
        }
    }
    Ok(Some(high))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "in a test a panic is the message")]
    use super::*;
    use strategy::{Length, Rules, Side, Truce};
    use terms::Country;

    fn month(weighted_income: f64, revenue: f64) -> ObjectiveParts {
        ObjectiveParts { weighted_income, revenue, price_hat: 1.0 }
    }

    /// A breach that costs a dollar of income and brings two of revenue pays from ρ = ½ on; where it is answered for
    /// ever by a month that costs three and brings one, the side holds at any such weight while it is patient.
    #[test]
    fn a_breach_tempts_from_the_weight_at_which_its_revenue_pays_for_it() {
        let stakes = Stakes {
            none: month(100.0, 0.0),
            truce: month(100.0, 0.0),
            punished: month(97.0, 1.0),
            lapsed: month(100.0, 0.0),
            breaches: vec![month(99.0, 2.0)],
        };
        let side = |country: &str| Side {
            country: Country::new(country),
            truce: 0.0,
            deviation: 0.0,
            punished: 0.0,
            lapsed: 0.0,
        };
        let rules = Rules { detection_lag: 1.0, punishment: Length::Forever, extension_odds: 0.0 };
        let truce = Truce { sides: [side("USA"), side("CHN")], rules };
        let patience = Patience::from_yearly_rate(0.05).unwrap();
        let at = stakes.at(&truce, 0, (patience, 12.0)).unwrap();
        assert!((at.tempts_from.unwrap() - 0.5).abs() < 2e-4, "{at:?}");
        // For ever punished at −3 + ρ beside 0: worth breaking only where the answer itself is worth having.
        assert!(at.breaks_from.unwrap() > 2.5, "{at:?}");
        let flat = Stakes { breaches: vec![month(99.0, 0.0)], ..stakes };
        assert_eq!(flat.at(&truce, 0, (patience, 12.0)).unwrap().tempts_from, None);
    }
}
