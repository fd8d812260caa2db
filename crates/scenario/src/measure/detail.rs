//! What changes by sector, and between pairs of countries.

use economy::Economy;
use serde::Serialize;
use terms::{Country, CountryId, Sector, SectorId};

use super::world::World;
use crate::hats::percent;

/// What is asked for besides the countries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Detail {
    /// Prices, output and employment of each country's sectors.
    Sectors,
    /// Trade and duties between pairs of countries, goods and services apart.
    Bilateral,
    /// Every flow, by importer, exporter and sector.
    Flows,
    /// How each country's real income leans on each sector's θ.
    Thetas,
}

/// What changes for one sector of one country.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SectorRow {
    /// The country.
    pub country: Country,
    /// The sector.
    pub sector: Sector,
    /// What buyers pay for it, all sources, duty included, per cent.
    pub price_pct: f64,
    /// The price against the country's price of final spending, per cent.
    pub relative_price_pct: f64,
    /// Sales of its producers before, million.
    pub output_before_musd: f64,
    /// The value of their sales, per cent; none where nothing was made.
    pub output_pct: Option<f64>,
    /// The quantity they make, per cent.
    pub quantity_pct: Option<f64>,
    /// How many it employs, per cent.
    pub employment_pct: Option<f64>,
    /// Imports before duty, per cent.
    pub imports_pct: Option<f64>,
    /// Exports before the buyers' duties, per cent.
    pub exports_pct: Option<f64>,
}

/// What changes between one buyer and one seller.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PairRow {
    /// The buyer.
    pub importer: Country,
    /// The seller.
    pub exporter: Country,
    /// The sector; `goods` or `services` where they are taken together.
    pub sector: String,
    /// Trade before duty in the base, million.
    pub before_musd: f64,
    /// Trade before duty now, million.
    pub after_musd: f64,
    /// The change, per cent.
    pub change_pct: f64,
    /// The base's duties on the base's trade, per cent.
    pub tariff_before_pct: f64,
    /// The new duties on the base's trade, per cent.
    pub tariff_pct: f64,
}

/// Every sector of every country.
pub(super) fn sectors(economy: &Economy, world: &dyn World) -> Vec<SectorRow> {
    let million = economy.meta().unit.in_millions();
    let change = |before: f64, after: f64| (before > 0.0).then(|| percent(after / before));
    let row = |n: CountryId, s: SectorId| {
        let partners = || world.countries().into_iter().filter(move |i| *i != n);
        let sum = |flow: &dyn Fn(CountryId) -> f64| partners().map(flow).sum::<f64>();
        let (before, after) = (world.before().output(n, s), world.output(n, s));
        let price = world.price_hat(n, s);
        SectorRow {
            country: economy.country(n).code.clone(),
            sector: economy.sector(s).code.clone(),
            price_pct: percent(price),
            relative_price_pct: percent(price / world.consumer_price_hat(n)),
            output_before_musd: before * million,
            output_pct: change(before, after),
            quantity_pct: change(before, after / world.cost_hat(n, s)),
            employment_pct: change(before, after / world.wage_hat(n)),
            imports_pct: change(sum(&|i| world.before().trade(n, i, s)), sum(&|i| world.trade(n, i, s))),
            exports_pct: change(sum(&|i| world.before().trade(i, n, s)), sum(&|i| world.trade(i, n, s))),
        }
    };
    let nodes = economy.country_ids().flat_map(|n| economy.sector_ids().map(move |s| (n, s)));
    nodes.map(|(n, s)| row(n, s)).collect()
}

/// Every pair that trades: by sector where `apart`, else goods and services.
pub(super) fn pairs(economy: &Economy, world: &dyn World, apart: bool) -> Vec<PairRow> {
    let groups: Vec<(String, Vec<SectorId>)> = if apart {
        economy.sector_ids().map(|s| (economy.sector(s).code.to_string(), vec![s])).collect()
    } else {
        let of = |good: bool| economy.sector_ids().filter(|s| economy.sector(*s).good == good).collect();
        vec![("goods".into(), of(true)), ("services".into(), of(false))]
    };
    let million = economy.meta().unit.in_millions();
    let mut rows = Vec::new();
    for n in economy.country_ids() {
        for i in economy.country_ids().filter(|i| *i != n) {
            for (name, sectors) in &groups {
                let sum = |of: &dyn Fn(SectorId) -> f64| sectors.iter().map(|s| of(*s)).sum::<f64>();
                let before = sum(&|s| world.before().trade(n, i, s));
                if before == 0.0 {
                    continue;
                }
                let after = sum(&|s| world.trade(n, i, s));
                let duty = |rate: &dyn Fn(SectorId) -> f64| {
                    100.0 * sum(&|s| world.before().trade(n, i, s) * rate(s)) / before
                };
                rows.push(PairRow {
                    importer: economy.country(n).code.clone(),
                    exporter: economy.country(i).code.clone(),
                    sector: name.clone(),
                    before_musd: before * million,
                    after_musd: after * million,
                    change_pct: percent(after / before),
                    tariff_before_pct: duty(&|s| world.before().tariff(n, i, s)),
                    tariff_pct: duty(&|s| world.tariff(n, i, s)),
                });
            }
        }
    }
    rows
}
