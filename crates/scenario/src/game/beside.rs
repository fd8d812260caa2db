//! Rates that were chosen beside those of the base: by player, partner, sector or flow, the largest trade first.

use economy::Economy;
use indexmap::IndexMap;
use serde::Serialize;
use strategy::{Border, Player, Shape, TariffGame};
use terms::{Country, CountryId, Sector, SectorId};

use super::table::Table;

/// Rates told one by one; the rest is counted.
const TOLD: usize = 24;

/// What a row of [`RatesBeside`] stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RatesBy {
    /// All that one player sets.
    Player,
    /// All that is set on one partner.
    Partner,
    /// All that is set on one sector.
    Sector,
    /// One sector of one partner.
    Flow,
}

/// Chosen rates beside those of the base, at one border. Means are weighted by recorded trade.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RatesBeside {
    /// Duties on imports, or taxes on exports.
    pub border: Border,
    /// What a row stands for.
    pub by: RatesBy,
    /// The rows of the largest trade, largest first.
    pub rows: Vec<RateBeside>,
    /// Rows beyond those.
    pub left_out: usize,
    /// What they hold of the trade on which rates are set, %.
    pub left_out_trade_pct: f64,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RateBeside {
    /// The player, or its partner; none for a sector from or to everyone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<Country>,
    /// The sector, where a row is of one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sector: Option<Sector>,
    /// Recorded trade, million dollars a year.
    pub trade_usd_mn: f64,
    /// The rate of the base, %.
    pub base_pct: f64,
    /// The rate chosen, %.
    pub chosen_pct: f64,
}

impl RatesBy {
    /// As one government decides.
    pub(crate) const fn decided(shape: Shape) -> Self {
        match shape {
            Shape::Uniform | Shape::PerPartner => Self::Partner,
            Shape::PerSector => Self::Sector,
            Shape::PerCell => Self::Flow,
        }
    }
}

/// Trade, and what is paid on it at the base and as chosen.
#[derive(Default)]
struct Paid {
    trade: f64,
    base: f64,
    chosen: f64,
}

impl<G: TariffGame> Table<G> {
    /// What `players` chose in `log_wedges` beside what they charge in the base, at each border where they set rates.
    pub(crate) fn rates_beside(
        &self,
        by: RatesBy,
        players: &[&Player],
        log_wedges: &[f64],
    ) -> Vec<RatesBeside> {
        let cells = self.game.cells();
        let borders = [(Border::Imports, 0..cells), (Border::Exports, cells..log_wedges.len())];
        let told = |(border, places): (Border, std::ops::Range<usize>)| {
            self.at(border, by, players, log_wedges, places)
        };
        borders.into_iter().filter_map(told).collect()
    }

    fn at(
        &self,
        border: Border,
        by: RatesBy,
        players: &[&Player],
        log_wedges: &[f64],
        places: std::ops::Range<usize>,
    ) -> Option<RatesBeside> {
        let economy = self.economy();
        let million = economy.meta().unit.in_millions();
        let base = self.game.base_log_wedges();
        let mut groups: IndexMap<(Option<Country>, Option<Sector>), Paid> = IndexMap::new();
        let owner = |n: CountryId| players.iter().find(|player| player.holds(n));
        let owners: Vec<Option<&&Player>> = economy.country_ids().map(owner).collect();
        for place in places {
            let (n, i, s) = self.game.place(place);
            let (mover, partner) = if border == Border::Imports { (n, i) } else { (i, n) };
            let Some(player) = owners[mover.at()].filter(|player| self.sets(player, place)) else { continue };
            let group = groups.entry(named(economy, by, player, (partner, s))).or_default();
            let trade = economy.trade()[(n, i, s)] * million;
            group.trade += trade;
            group.base += trade * base.get(place).map_or(0.0, |wedge| wedge.exp_m1());
            group.chosen += trade * log_wedges[place].exp_m1();
        }
        let all: f64 = groups.values().map(|group| group.trade).sum();
        let traded = groups.into_iter().filter(|(_, group)| group.trade > 0.0);
        let mut rows: Vec<RateBeside> = traded
            .map(|((country, sector), group)| RateBeside {
                country,
                sector,
                trade_usd_mn: group.trade,
                base_pct: 100.0 * group.base / group.trade,
                chosen_pct: 100.0 * group.chosen / group.trade,
            })
            .collect();
        rows.sort_by(|a, b| b.trade_usd_mn.total_cmp(&a.trade_usd_mn));
        let rest = rows.split_off(rows.len().min(TOLD));
        let left: f64 = rest.iter().map(|row| row.trade_usd_mn).sum();
        let told = RatesBeside {
            border,
            by,
            left_out: rest.len(),
            left_out_trade_pct: if all > 0.0 { 100.0 * left / all } else { 0.0 },
            rows,
        };
        (!told.rows.is_empty()).then_some(told)
    }
}

/// The row that a rate belongs to.
fn named(
    economy: &Economy,
    by: RatesBy,
    player: &Player,
    (partner, sector): (CountryId, SectorId),
) -> (Option<Country>, Option<Sector>) {
    let partner = || Some(economy.country(partner).code.clone());
    let sector = || Some(economy.sector(sector).code.clone());
    match by {
        RatesBy::Player => (Some(player.name.clone()), None),
        RatesBy::Partner => (partner(), None),
        RatesBy::Sector => (None, sector()),
        RatesBy::Flow => (partner(), sector()),
    }
}
