//! What one pair of packages does against another: by country, between the two, by sector.

use equilibrium::Solution;
use terms::{CountryId, SectorId};

use super::Contest;
use crate::brief::{CountryCost, SectorCost};
use crate::hats::percent;

impl Contest<'_> {
    /// Every country's row under `cell` against `none`; `bands` holds the same pair for each elasticity set.
    pub fn countries(
        &self,
        cell: &Solution,
        none: &Solution,
        bands: &[(&Solution, &Solution)],
    ) -> Vec<CountryCost> {
        let million = self.economy.meta().unit.in_millions();
        let ratio = |a: Option<f64>, b: Option<f64>| a.zip(b).map_or(0.0, |(a, b)| percent(a / b));
        let row = |n: CountryId| {
            let real =
                |cell: &Solution, none: &Solution| percent(cell.real_income_hat(n) / none.real_income_hat(n));
            let central = real(cell, none);
            let across = bands.iter().map(|(cell, none)| real(cell, none));
            let entry = self.economy.country(n);
            CountryCost {
                country: entry.code.clone(),
                name: entry.name.clone(),
                real_income_pct: central,
                real_income_usd_mn: central / 100.0 * none.before().income[n.at()] * million,
                low_pct: across.clone().fold(central, f64::min),
                high_pct: across.fold(central, f64::max),
                real_wage_pct: percent(cell.real_wage_hat(n) / none.real_wage_hat(n)),
                revenue_usd_mn: (cell.revenue(n) - none.revenue(n)) * million,
                imports_pct: ratio(cell.imports_hat(n), none.imports_hat(n)),
                exports_pct: ratio(cell.exports_hat(n), none.exports_hat(n)),
            }
        };
        self.economy.country_ids().map(row).collect()
    }

    /// Goods imports of each party from the other under `cell` against `none`, per cent.
    pub fn bilateral_imports_pct(&self, cell: &Solution, none: &Solution) -> [f64; 2] {
        let [a, b] = self.parties;
        [(a, b), (b, a)].map(|(n, i)| {
            let goods = |at: &Solution| self.economy.goods().map(|s| at.trade(n, i, s)).sum::<f64>();
            percent(goods(cell) / goods(none))
        })
    }

    /// For each party the `most` goods whose price rises most under `cell` against `none`.
    pub fn sectors(&self, cell: &Solution, none: &Solution, most: usize) -> Vec<SectorCost> {
        let rows = |importer: usize| {
            let (n, i) = (self.parties[importer], self.parties[1 - importer]);
            let of = |s: SectorId| SectorCost {
                importer: self.economy.country(n).code.clone(),
                sector: self.economy.sector(s).code.to_string(),
                name: self.economy.sector(s).name.clone(),
                price_pct: percent(
                    cell.price_hat(n, s) / none.price_hat(n, s) * none.consumer_price_hat(n)
                        / cell.consumer_price_hat(n),
                ),
                imports_pct: match none.trade(n, i, s) {
                    before if before > 0.0 => percent(cell.trade(n, i, s) / before),
                    _ => 0.0,
                },
            };
            let mut rows: Vec<SectorCost> = self.economy.goods().map(of).collect();
            rows.sort_by(|a, b| b.price_pct.total_cmp(&a.price_pct));
            rows.truncate(most);
            rows
        };
        [rows(0), rows(1)].concat()
    }
}
