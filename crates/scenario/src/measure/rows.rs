//! What changes for each country and for the world.

use economy::Economy;
use equilibrium::{Band, Solution, Split, Traded};
use indexmap::IndexMap;
use serde::Serialize;
use terms::{Country, CountryId};

use super::world::{Dutiable, Totals, World};
use crate::hats::percent;

/// What changes for one country.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CountryRow {
    /// Code.
    pub country: Country,
    /// Real income, exact, per cent of the base.
    pub real_income_pct: f64,
    /// The same as money: what the country would have to be given at the base's prices, million.
    pub real_income_musd: f64,
    /// Real wage, per cent.
    pub real_wage_pct: f64,
    /// The part of `real_income_pct` that its terms of trade make, along the path of the shock: `tot_pct`,
    /// `vot_pct`, `transfer_pct`, `scale_pct` and `profit_pct` add up to it.
    pub tot_pct: Option<f64>,
    /// The part that the volume of taxed trade makes.
    pub vot_pct: Option<f64>,
    /// The part that a changed deficit makes; zero where deficits are held.
    pub transfer_pct: Option<f64>,
    /// The part that growing sectors make under economies of scale; zero without.
    pub scale_pct: Option<f64>,
    /// The part that sales moving to sectors of high markups make, where firms are fixed; zero without profits.
    pub profit_pct: Option<f64>,
    /// Duties collected after the change, million.
    pub revenue_musd: f64,
    /// Change of duties collected, million.
    pub revenue_change_musd: f64,
    /// Imports before duty, per cent; none where there were none.
    pub imports_pct: Option<f64>,
    /// Exports before the buyers' duties, per cent.
    pub exports_pct: Option<f64>,
    /// Factor income against the world's, the numeraire, per cent.
    pub wage_pct: f64,
    /// Price of final spending, per cent.
    pub price_pct: f64,
    /// The base's duties over its imports, per cent: collected before the change.
    pub tariff_before_pct: Option<f64>,
    /// The new duties over the base's imports, per cent: before buyers move.
    pub tariff_before_substitution_pct: Option<f64>,
    /// The new duties over the new imports, per cent: effective, after buyers have moved.
    pub tariff_after_substitution_pct: Option<f64>,
    /// The terms-of-trade term of Caliendo and Parro's first-order measure, per cent of base income.
    pub first_order_tot_pct: Option<f64>,
    /// Its volume-of-trade term.
    pub first_order_vot_pct: Option<f64>,
    /// Their sum, which the paper's Table 2 prints as welfare; it is not real income: see `docs/method/`.
    pub first_order_pct: Option<f64>,
    /// Bands of the headline numbers, by their names; empty where no draws were asked for.
    pub bands: IndexMap<&'static str, Band>,
}

impl CountryRow {
    /// Whether real income at the central elasticities lies outside the middle 90 % of its draws.
    pub fn outside_its_band(&self) -> bool {
        let band = self.bands.get("real_income_pct");
        band.is_some_and(|band| !(band.p05..=band.p95).contains(&self.real_income_pct))
    }
}

/// What changes for the world.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WorldRow {
    /// Real income, per cent, weighted by gross domestic product of the base.
    pub real_income_gdp_weighted_pct: f64,
    /// Real income, per cent, weighted by final spending of the base: what `real_income_musd` is part of.
    pub real_income_spending_weighted_pct: f64,
    /// The mean over countries, each counted once.
    pub real_income_simple_mean_pct: f64,
    /// Real income as money, million.
    pub real_income_musd: f64,
    /// Trade between countries before duty, per cent.
    pub trade_pct: Option<f64>,
    /// Duties collected after the change, million.
    pub revenue_musd: f64,
    /// Bands of the numbers above, by their names.
    pub bands: IndexMap<&'static str, Band>,
}

impl WorldRow {
    /// Whether the world's real income at the central elasticities lies outside the middle 90 % of its draws.
    pub fn outside_its_band(&self) -> bool {
        let band = self.bands.get("real_income_gdp_weighted_pct");
        band.is_some_and(|band| !(band.p05..=band.p95).contains(&self.real_income_gdp_weighted_pct))
    }
}

/// The headline numbers of a country, those that carry bands, in one order.
pub(super) const HEADLINES: [&str; 9] = [
    "real_income_pct",
    "real_income_musd",
    "real_wage_pct",
    "revenue_musd",
    "revenue_change_musd",
    "imports_pct",
    "exports_pct",
    "wage_pct",
    "price_pct",
];

/// The headline numbers of the world.
pub(super) const WORLD_HEADLINES: [&str; 6] = [
    "real_income_gdp_weighted_pct",
    "real_income_spending_weighted_pct",
    "real_income_simple_mean_pct",
    "real_income_musd",
    "trade_pct",
    "revenue_musd",
];

/// The headline numbers of one outcome: by country, and of the world. NaN where there is no trade.
#[derive(Debug, Clone)]
pub(super) struct Headlines {
    pub countries: Vec<[f64; HEADLINES.len()]>,
    pub world: [f64; WORLD_HEADLINES.len()],
}

impl Headlines {
    /// Read off a cleared world, `before` the base's trade; `million` turns the economy's money into millions.
    pub fn of(world: &dyn Totals, before: &Traded, million: f64) -> Self {
        let ids: Vec<CountryId> = CountryId::all(before.imports.len()).collect();
        let now = world.traded();
        let change =
            |[before, after]: [f64; 2]| if before > 0.0 { percent(after / before) } else { f64::NAN };
        let of = |n: CountryId| {
            let real = world.real_income_hat(n);
            let revenue = world.revenue(n) * million;
            [
                percent(real),
                (real - 1.0) * world.before().income(n) * million,
                percent(world.wage_hat(n) / world.consumer_price_hat(n)),
                revenue,
                revenue - world.before().revenue(n) * million,
                change([before.imports[n.at()], now.imports[n.at()]]),
                change([before.exports[n.at()], now.exports[n.at()]]),
                percent(world.wage_hat(n)),
                percent(world.consumer_price_hat(n)),
            ]
        };
        let rows: Vec<_> = ids.iter().map(|n| of(*n)).collect();
        let weighted = |weight: &dyn Fn(CountryId) -> f64| {
            let total: f64 = ids.iter().map(|n| weight(*n)).sum();
            ids.iter().zip(&rows).map(|(n, row)| weight(*n) * row[0]).sum::<f64>() / total
        };
        let traded = [before, &now].map(|traded| traded.imports.iter().sum::<f64>());
        let sum = |column: usize| rows.iter().map(|row| row[column]).sum::<f64>();
        let world = [
            weighted(&|n| world.before().product(n)),
            weighted(&|n| world.before().income(n)),
            weighted(&|_| 1.0),
            sum(1),
            change(traded),
            sum(3),
        ];
        Self { countries: rows, world }
    }
}

/// The rows of all countries and of the world, the parts of real income beside the whole.
pub(super) fn rows(
    economy: &Economy,
    world: &dyn World,
    solution: Option<&Solution>,
    splits: &[Split],
) -> (Vec<CountryRow>, WorldRow) {
    let headlines = Headlines::of(world, &world.before().traded(), economy.meta().unit.in_millions());
    let number = |value: f64| (!value.is_nan()).then_some(value);
    let row = |n: CountryId| {
        let [real, money, real_wage, revenue, more, imports, exports, wage, price] =
            headlines.countries[n.at()];
        // The parts are of ln Ŵ; stretched in proportion, they add up to Ŵ − 1.
        let split = splits[n.at()];
        let stretch = if split.real_income == 0.0 { 100.0 } else { real / split.real_income };
        let part = |of: fn(&Split) -> f64| Some(of(&split) * stretch);
        let first = solution.map(|solution| solution.first_order(n));
        let [before, unmoved, after] = world.dutiable(n).map(Dutiable::rate_pct);
        CountryRow {
            country: economy.country(n).code.clone(),
            real_income_pct: real,
            real_income_musd: money,
            real_wage_pct: real_wage,
            tot_pct: part(|split| split.terms_of_trade),
            vot_pct: part(|split| split.volume_of_trade),
            transfer_pct: part(|split| split.transfer),
            scale_pct: part(|split| split.scale),
            profit_pct: part(|split| split.profit),
            revenue_musd: revenue,
            revenue_change_musd: more,
            imports_pct: number(imports),
            exports_pct: number(exports),
            wage_pct: wage,
            price_pct: price,
            tariff_before_pct: before,
            tariff_before_substitution_pct: unmoved,
            tariff_after_substitution_pct: after,
            first_order_tot_pct: first.map(|first| 100.0 * first.terms_of_trade),
            first_order_vot_pct: first.map(|first| 100.0 * first.volume_of_trade),
            first_order_pct: first.map(|first| 100.0 * first.sum()),
            bands: IndexMap::new(),
        }
    };
    let [gdp, spending, simple, money, trade, revenue] = headlines.world;
    let whole = WorldRow {
        real_income_gdp_weighted_pct: gdp,
        real_income_spending_weighted_pct: spending,
        real_income_simple_mean_pct: simple,
        real_income_musd: money,
        trade_pct: number(trade),
        revenue_musd: revenue,
        bands: IndexMap::new(),
    };
    (world.countries().into_iter().map(row).collect(), whole)
}
