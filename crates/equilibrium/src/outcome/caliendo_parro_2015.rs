//! The first-order "welfare" of Caliendo and Parro (2015), under its own name.
//!
//! DIFFERENCE: the paper calls this sum welfare. It values the whole change of imports at base-year duties,
//! in one step, so it is no approximation of real income when tariffs go from high to zero (Mexico in NAFTA:
//! 1.31 against an exact 0.007). Here it is a measure beside real income, never the headline;
//! `docs/method/first-order.md` tells why.

use terms::{CountryId, SectorId};

use crate::solution::Solution;

/// Terms-of-trade and volume-of-trade terms, each a share of base-year income.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FirstOrder {
    /// Σ (E (ĉₙ − 1) − M (ĉᵢ − 1)) / I.
    pub terms_of_trade: f64,
    /// Σ τ M (M̂ − ĉᵢ) / I.
    pub volume_of_trade: f64,
}

impl FirstOrder {
    /// Both terms: the number that Table 2 of the paper prints as welfare.
    pub fn sum(self) -> f64 {
        self.terms_of_trade + self.volume_of_trade
    }
}

impl Solution {
    /// The paper's one-step split, at base-year flows, duties and income.
    ///
    /// ```text
    /// (E16)  tot[n] = Σᵢₛ ( E[i,n,s] (ĉ[n,s] − 1) − M[n,i,s] (ĉ[i,s] − 1) ) / I[n]
    /// (E17)  vot[n] = Σᵢₛ τ[n,i,s] M[n,i,s] (M̂[n,i,s] − ĉ[i,s]) / I[n]
    /// ```
    /// # Source
    /// Caliendo and Parro (2015), *Review of Economic Studies* 82(1) and its Table 2.
    pub fn first_order(&self, country: CountryId) -> FirstOrder {
        let n = country;
        let cost = |i: CountryId, s: SectorId| self.cost_hat[(i, s)];
        let (mut tot, mut vot) = (0.0, 0.0);
        for (i, s) in self.abroad(n) {
            let exported = self.before.trade(i, n, s);
            let imported = self.before.trade(n, i, s);
            tot += exported * (cost(n, s) - 1.0) - imported * (cost(i, s) - 1.0);
            vot += self.before.tariff[(n, i, s)] * (self.trade(n, i, s) - imported * cost(i, s));
        }
        let income = self.before.income[n.at()];
        FirstOrder { terms_of_trade: tot / income, volume_of_trade: vot / income }
    }
}
