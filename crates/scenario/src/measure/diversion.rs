//! Who loses, who gains what share, when duties move an importer's purchases; and where exporters turn.
//!
//! Shares of purchases are free of the numeraire: what some sources lose is what others gain, to the last digit,
//! while values also move with incomes and wages. Both are told.

use economy::Economy;
use serde::Serialize;
use terms::{Country, CountryId, SectorId};

use super::world::World;

/// How one importer's purchases of goods moved between sources. Its own producers are one of the sources.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Diversion {
    /// The importer whose duties changed.
    pub importer: Country,
    /// Its purchases from all sources, its own producers included, before duty.
    #[serde(flatten)]
    pub turned: Turned,
}

/// Where one exporter sells instead. Its own country is one of the buyers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Redirection {
    /// The exporter whose goods meet other duties.
    pub exporter: Country,
    /// Its sales to all buyers, its own country included, before their duty.
    #[serde(flatten)]
    pub turned: Turned,
}

/// One side's trade in goods, by what happened to its partners' shares.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Turned {
    /// All of it before the change, million.
    pub before_musd: f64,
    /// The same after the change.
    pub after_musd: f64,
    /// The share that moved from one partner to another, points.
    pub moved_pp: f64,
    /// Partners whose share fell, the largest loss first.
    pub losers: Vec<Moved>,
    /// Partners whose share rose, the largest gain first.
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

/// The diversion of every importer whose duties changed on some flow, and the redirection of every exporter that meets
/// other duties somewhere; the largest movement of money first.
pub(super) fn diverted(
    economy: &Economy,
    world: &dyn World,
    goods: &[SectorId],
) -> (Vec<Diversion>, Vec<Redirection>) {
    let all = world.countries();
    let code = |k: CountryId| economy.country(k).code.clone();
    let (mut charges, mut meets) = (vec![false; all.len()], vec![false; all.len()]);
    for (n, i) in all.iter().flat_map(|n| all.iter().map(move |i| (*n, *i))) {
        let moves = world.moves(n, i);
        charges[n.at()] |= moves;
        meets[i.at()] |= moves;
    }
    let of = |moving: &[bool], flow: &dyn Fn(CountryId, CountryId) -> [f64; 2]| {
        let moving = all.iter().filter(|k| moving[k.at()]);
        let mut found: Vec<(CountryId, Turned)> =
            moving.map(|k| (*k, turned(economy, world, |partner| flow(*k, partner)))).collect();
        let money = |turned: &Turned| turned.moved_pp * turned.before_musd;
        found.sort_by(|(_, a), (_, b)| money(b).total_cmp(&money(a)));
        found
    };
    let bought = of(&charges, &|n, i| flows(world, n, i, goods));
    let sold = of(&meets, &|i, n| flows(world, n, i, goods));
    (
        bought.into_iter().map(|(n, turned)| Diversion { importer: code(n), turned }).collect(),
        sold.into_iter().map(|(i, turned)| Redirection { exporter: code(i), turned }).collect(),
    )
}

fn flows(world: &dyn World, n: CountryId, i: CountryId, goods: &[SectorId]) -> [f64; 2] {
    goods.iter().fold([0.0; 2], |[before, after], s| {
        [before + world.before().trade(n, i, *s), after + world.trade(n, i, *s)]
    })
}

/// Partners by what happened to their shares.
fn turned(economy: &Economy, world: &dyn World, flow: impl Fn(CountryId) -> [f64; 2]) -> Turned {
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
    let [before_musd, after_musd] = total;
    Turned { before_musd, after_musd, moved_pp, losers: side(-1.0), gainers: side(1.0) }
}
