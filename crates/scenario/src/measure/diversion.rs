//! Who loses, who gains what share, when duties move an importer's purchases; and where exporters turn.
//!
//! Shares of purchases are free of the numeraire: what some sources lose is what others gain, to the last digit,
//! while values also move with incomes and wages. Both are told.

use economy::Economy;
use serde::Serialize;
use terms::{Country, CountryId, SectorId};

use super::world::World;

/// How one importer's purchases of goods moved between sources.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Diversion {
    /// The importer whose duties changed.
    pub importer: Country,
    /// Its purchases of goods from all sources, its own producers included, before duty, million.
    pub before_musd: f64,
    /// The same after the change.
    pub after_musd: f64,
    /// The share of purchases that moved from one source to another, points.
    pub moved_pp: f64,
    /// Sources whose share fell, the largest loss first. The importer's own producers are one of the sources.
    pub losers: Vec<Moved>,
    /// Sources whose share rose, the largest gain first.
    pub gainers: Vec<Moved>,
}

/// Where one exporter sells instead.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Redirection {
    /// The exporter whose goods meet other duties.
    pub exporter: Country,
    /// Its sales of goods to all buyers, its own country included, before their duty, million.
    pub before_musd: f64,
    /// The same after the change.
    pub after_musd: f64,
    /// The share of sales that moved from one buyer to another, points.
    pub moved_pp: f64,
    /// Buyers whose share fell. The exporter's own country is one of the buyers.
    pub losers: Vec<Moved>,
    /// Buyers whose share rose.
    pub gainers: Vec<Moved>,
}

/// One partner's part in a diversion.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Moved {
    /// The partner; the country itself for its own market.
    pub country: Country,
    /// Its share before, per cent of all purchases (or sales).
    pub share_before_pct: f64,
    /// Its share after.
    pub share_after_pct: f64,
    /// The change, points; over all partners they sum to zero.
    pub change_pp: f64,
    /// The change as a part of all that moved, per cent: gainers sum to 100, losers to −100.
    pub of_moved_pct: f64,
    /// The flow before, million.
    pub before_musd: f64,
    /// The flow after, million.
    pub after_musd: f64,
}

/// The diversion of every importer whose duties changed on some flow, the largest movement of money first.
pub(super) fn diversions(economy: &Economy, world: &dyn World, goods: &[SectorId]) -> Vec<Diversion> {
    let importers = world.countries().into_iter().filter(|n| moves(world, *n, None));
    let mut found: Vec<Diversion> = importers
        .map(|n| {
            let parted = parted(economy, world, |i| flows(world, n, i, goods));
            Diversion {
                importer: economy.country(n).code.clone(),
                before_musd: parted.total[0],
                after_musd: parted.total[1],
                moved_pp: parted.moved_pp,
                losers: parted.losers,
                gainers: parted.gainers,
            }
        })
        .collect();
    found.sort_by(|a, b| (b.moved_pp * b.before_musd).total_cmp(&(a.moved_pp * a.before_musd)));
    found
}

/// The redirection of every exporter that meets other duties somewhere, the largest movement of money first.
pub(super) fn redirections(economy: &Economy, world: &dyn World, goods: &[SectorId]) -> Vec<Redirection> {
    let hit = |i: &CountryId| world.countries().into_iter().any(|n| moves(world, n, Some(*i)));
    let exporters = world.countries().into_iter().filter(hit);
    let mut found: Vec<Redirection> = exporters
        .map(|i| {
            let parted = parted(economy, world, |n| flows(world, n, i, goods));
            Redirection {
                exporter: economy.country(i).code.clone(),
                before_musd: parted.total[0],
                after_musd: parted.total[1],
                moved_pp: parted.moved_pp,
                losers: parted.losers,
                gainers: parted.gainers,
            }
        })
        .collect();
    found.sort_by(|a, b| (b.moved_pp * b.before_musd).total_cmp(&(a.moved_pp * a.before_musd)));
    found
}

/// Whether an importer's duty changed, on some exporter or on the one named.
fn moves(world: &dyn World, n: CountryId, on: Option<CountryId>) -> bool {
    let (countries, sectors) = world.size();
    let changed = |i: CountryId| {
        i != n
            && SectorId::all(sectors)
                .any(|s| (world.tariff(n, i, s) - world.tariff_before(n, i, s)).abs() > 1e-12)
    };
    match on {
        Some(i) => changed(i),
        None => CountryId::all(countries).any(changed),
    }
}

fn flows(world: &dyn World, n: CountryId, i: CountryId, goods: &[SectorId]) -> [f64; 2] {
    goods.iter().fold([0.0; 2], |[before, after], s| {
        [before + world.trade_before(n, i, *s), after + world.trade(n, i, *s)]
    })
}

struct Parted {
    total: [f64; 2],
    moved_pp: f64,
    losers: Vec<Moved>,
    gainers: Vec<Moved>,
}

/// Partners by what happened to their shares.
fn parted(economy: &Economy, world: &dyn World, flow: impl Fn(CountryId) -> [f64; 2]) -> Parted {
    let million = economy.meta().unit.in_millions();
    let flows: Vec<(CountryId, [f64; 2])> =
        world.countries().into_iter().map(|k| (k, flow(k).map(|value| value * million))).collect();
    let total = [0, 1].map(|at| flows.iter().map(|(_, flow)| flow[at]).sum::<f64>());
    let share = |flow: [f64; 2], at: usize| if total[at] > 0.0 { 100.0 * flow[at] / total[at] } else { 0.0 };
    let change = |flow: [f64; 2]| share(flow, 1) - share(flow, 0);
    let moved_pp = flows.iter().map(|(_, flow)| change(*flow).max(0.0)).sum::<f64>();
    let side = |sign: f64| {
        let of = flows.iter().filter(|(_, flow)| sign * change(*flow) > 0.0);
        let mut side: Vec<Moved> = of
            .map(|(k, flow)| Moved {
                country: economy.country(*k).code.clone(),
                share_before_pct: share(*flow, 0),
                share_after_pct: share(*flow, 1),
                change_pp: change(*flow),
                of_moved_pct: 100.0 * change(*flow) / moved_pp,
                before_musd: flow[0],
                after_musd: flow[1],
            })
            .collect();
        side.sort_by(|a, b| b.change_pp.abs().total_cmp(&a.change_pp.abs()));
        side
    };
    Parted { total, moved_pp, losers: side(-1.0), gainers: side(1.0) }
}
