//! What a question changes: tariffs, trade costs, taxes, bans and caps.

use terms::{CountryId, Cube, Grid, Rate, SectorId};

use crate::baseline::Baseline;
use crate::power::{exp, ln, power};

mod closed;
mod fold;
mod scenario;

pub(crate) use scenario::Scenario;

/// Whom the price of a licence goes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rent {
    /// The importer's side, as a quota it hands out.
    Importer,
    /// The exporter's side, as an export licence.
    Exporter,
}

/// A cap on the quantity of one flow, as an export control or a quota sets it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cap {
    /// Who buys.
    pub importer: CountryId,
    /// Who sells.
    pub exporter: CountryId,
    /// Of what.
    pub sector: SectorId,
    /// The largest quantity, as a share of the baseline's: `0.4` licenses two fifths of it.
    pub quantity: f64,
    /// Who gets the rent where the cap binds.
    pub rent: Rent,
}

/// What a question changes; parts that are none stay as in the baseline.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shock {
    pub tariffs: Option<Cube<Rate>>,
    pub icebergs: Option<Cube<f64>>,
    pub export_taxes: Option<Cube<Rate>>,
    pub subsidies: Option<Grid<Rate>>,
    pub bans: Vec<(CountryId, CountryId, SectorId)>,
    pub caps: Vec<Cap>,
    /// What countries receive beyond their deficits; empty where nothing is paid.
    pub transfers: Vec<f64>,
}

impl Shock {
    /// The same done in part: every log wedge times `part`, and banned flows thinned to 1 − `part`.
    pub fn partway(&self, base: &Baseline, part: f64) -> Self {
        let accounts = base.accounts();
        let between = |from: f64, to: f64| if from == to { from } else { from * power(to / from, part) };
        let sizes = (accounts.countries(), accounts.sectors());
        let cube = |to: &Cube<Rate>, from: &dyn Fn(CountryId, CountryId, SectorId) -> f64| {
            Cube::from_fn(sizes.0, sizes.1, |n, i, s| {
                Rate::share(between(from(n, i, s), to[(n, i, s)].wedge()) - 1.0)
            })
        };
        let wedge = |n, i, s| accounts.exporter_wedge.as_ref().map_or(1.0, |x| x[(n, i, s)]);
        let wedges = (self.export_taxes.is_some() || self.subsidies.is_some()).then(|| {
            Cube::from_fn(sizes.0, sizes.1, |n, i, s| Rate::share(self.exporter_wedge(n, i, s, 1.0) - 1.0))
        });
        let mut partial = Self {
            tariffs: self.tariffs.as_ref().map(|to| cube(to, &|n, i, s| 1.0 + accounts.tariff[(n, i, s)])),
            export_taxes: wedges.as_ref().map(|to| cube(to, &wedge)),
            icebergs: self
                .icebergs
                .as_ref()
                .map(|d| Cube::from_fn(sizes.0, sizes.1, |n, i, s| between(1.0, d[(n, i, s)]))),
            subsidies: None,
            bans: Vec::new(),
            caps: self.caps.iter().map(|cap| Cap { quantity: between(1.0, cap.quantity), ..*cap }).collect(),
            transfers: self.transfers.iter().map(|money| part * money).collect(),
        };
        if !self.bans.is_empty() {
            // A trade cost that leaves 1 − part of the flow's share.
            let mut thinned = partial.icebergs.take().unwrap_or_else(|| Cube::filled(sizes.0, sizes.1, 1.0));
            for (n, i, s) in &self.bans {
                thinned[(*n, *i, *s)] *= exp(-ln(1.0 - part) / accounts.theta[s.at()]);
            }
            partial.icebergs = Some(thinned);
        }
        partial
    }

    /// The exporter's wedge x′ = (1+e)(1−σ) of a cell; the baseline's where neither is asked for.
    pub fn exporter_wedge(&self, n: CountryId, i: CountryId, s: SectorId, before: f64) -> f64 {
        if self.export_taxes.is_none() && self.subsidies.is_none() {
            return before;
        }
        let taxed = self.export_taxes.as_ref().map_or(1.0, |e| e[(n, i, s)].wedge());
        taxed * self.subsidies.as_ref().map_or(1.0, |σ| 1.0 - σ[(i, s)].as_share())
    }

    /// Whether any exporter's price differs from what its producers receive, or can come to.
    fn wedges(&self, base: &Baseline) -> bool {
        base.accounts().exporter_wedge.is_some()
            || self.export_taxes.is_some()
            || self.subsidies.is_some()
            || self.caps.iter().any(|cap| cap.rent == Rent::Exporter)
    }
}
