//! Diversion: who loses sales in a market, and who takes what part of them.

use terms::{CountryId, SectorId};

use crate::solution::Solution;

/// What becomes of an importer's purchases, in values before duty, over some sectors.
#[derive(Debug, Clone, PartialEq)]
pub struct Diversion {
    /// What sellers who lose have lost together, positive.
    pub lost: f64,
    /// What sellers who gain have gained together. The difference is what the market as a whole has shrunk by.
    pub gained: f64,
    /// Every seller with sales before or after, the importer's own producers among them, largest loss first.
    pub sellers: Vec<Diverted>,
}

/// One seller in the market.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Diverted {
    /// Whose sales.
    pub exporter: CountryId,
    /// Sales in the baseline.
    pub before: f64,
    /// Sales now.
    pub after: f64,
    /// The change over what losers have lost: the part of it that this seller takes, or that it loses (negative).
    pub part: f64,
}

impl Diverted {
    /// What it gains, negative for a loss.
    pub fn change(self) -> f64 {
        self.after - self.before
    }
}

impl Solution {
    /// Who loses and who gains in what `importer` buys of `sectors`, home sales included.
    ///
    /// Sectors are summed before losers are told from gainers: a seller may lose in one and gain in another.
    pub fn diversion(&self, importer: CountryId, sectors: impl IntoIterator<Item = SectorId>) -> Diversion {
        let sectors: Vec<SectorId> = sectors.into_iter().collect();
        let mut sellers: Vec<Diverted> = CountryId::all(self.before.countries())
            .map(|exporter| {
                let (before, after) = self.bilateral(importer, exporter, sectors.iter().copied());
                Diverted { exporter, before, after, part: 0.0 }
            })
            .filter(|seller| seller.before > 0.0 || seller.after > 0.0)
            .collect();
        sellers.sort_by(|a, b| a.change().total_cmp(&b.change()));
        let gained: f64 = sellers.iter().map(|seller| seller.change().max(0.0)).sum();
        let lost: f64 = sellers.iter().map(|seller| (-seller.change()).max(0.0)).sum();
        if lost > 0.0 {
            sellers.iter_mut().for_each(|seller| seller.part = seller.change() / lost);
        }
        Diversion { lost, gained, sellers }
    }
}
