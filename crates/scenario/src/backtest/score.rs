//! Forecasts against what happened: shares of purchases, weighted by purchases.

use economy::Economy;
use equilibrium::Solution;
use serde::Serialize;
use terms::{Country, CountryId, Cube, Rate, SectorId};

use super::DutyRow;
use super::years::Years;

/// How three forecasts did on one group of flows.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Score {
    /// Which flows.
    pub flows: String,
    /// How many.
    pub cells: usize,
    /// Their purchases in the base year, million.
    pub purchases_musd: f64,
    /// The model.
    pub model: Marks,
    /// Shares stay what they were.
    pub no_change: Marks,
    /// Shares go on as in the years before.
    pub trend: Marks,
}

/// The marks of one forecast. Errors are in points of the importer's purchases of a sector, each flow weighted by
/// these purchases.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Marks {
    /// Mean absolute error, points.
    pub mean_absolute_pp: f64,
    /// Root of the mean square error, points.
    pub root_mean_square_pp: f64,
    /// One less the ratio of squared errors to those of no change: 1 is perfect, 0 no better, below 0 worse.
    pub skill: f64,
    /// The correlation of foretold and actual changes; none where one of them does not vary.
    pub correlation: Option<f64>,
    /// The slope of actual on foretold changes: 1 is the right size, 0.5 means that half of it came.
    pub slope: Option<f64>,
    /// By weight, how often the direction was right; none where nothing is foretold.
    pub right_sign_pct: Option<f64>,
}

/// One exporter's share of one importer's goods.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PairShare {
    /// Who buys.
    pub importer: Country,
    /// Who sells.
    pub exporter: Country,
    /// The change of duties on the pair's goods, points, weighted by the base year.
    pub duty_change_pp: f64,
    /// Share of the importer's purchases of goods in the base year, per cent.
    pub before_pct: f64,
    /// What it became.
    pub actual_pct: f64,
    /// What each forecast said.
    pub forecast_pct: Forecast,
}

/// A number by each forecast.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Forecast {
    /// The model.
    pub model: f64,
    /// As before.
    pub no_change: f64,
    /// As the years before went on.
    pub trend: f64,
}

pub(super) struct Scored {
    pub scores: Vec<Score>,
    pub pairs: Vec<PairShare>,
    pub duties: Vec<DutyRow>,
}

/// One flow's changes of share, in points, and its weight.
#[derive(Debug, Clone, Copy)]
struct Cell {
    weight: f64,
    actual: f64,
    model: f64,
    trend: f64,
}

/// A change of duty that counts as one.
const HIT: f64 = 0.005;

/// Scores the forecast shares.
pub(super) fn score(economy: &Economy, years: &Years, tariffs: &Cube<Rate>, solution: &Solution) -> Scored {
    let base = economy.trade();
    let foretold = |n: CountryId, i: CountryId, s: SectorId| solution.trade(n, i, s);
    let change = |n, i, s| tariffs[(n, i, s)].as_share() - economy.tariffs()[(n, i, s)].as_share();
    let goods: Vec<SectorId> = economy.goods().collect();
    let ids: Vec<CountryId> = economy.country_ids().collect();
    let (mut hit, mut beside, mut world) = (Vec::new(), Vec::new(), Vec::new());
    for &n in &ids {
        let acts = ids.iter().any(|i| goods.iter().any(|s| change(n, *i, *s).abs() > HIT));
        for &s in &goods {
            let bought = |trade: &dyn Fn(CountryId) -> f64| ids.iter().map(|i| trade(*i)).sum::<f64>();
            let totals = [
                bought(&|i| years.before[(n, i, s)]),
                bought(&|i| base[(n, i, s)]),
                bought(&|i| years.after[(n, i, s)]),
                bought(&|i| foretold(n, i, s)),
            ];
            if totals.iter().any(|total| *total <= 0.0) {
                continue;
            }
            for &i in ids.iter().filter(|i| **i != n) {
                let share = |flow: f64, year: usize| 100.0 * flow / totals[year];
                let now = share(base[(n, i, s)], 1);
                let cell = Cell {
                    weight: totals[1],
                    actual: share(years.after[(n, i, s)], 2) - now,
                    model: share(foretold(n, i, s), 3) - now,
                    trend: now - share(years.before[(n, i, s)], 0),
                };
                world.push(cell);
                if change(n, i, s).abs() > HIT {
                    hit.push(cell);
                } else if acts {
                    beside.push(cell);
                }
            }
        }
    }
    let million = economy.meta().unit.in_millions();
    let of = |flows: &str, cells: &[Cell]| marked(flows, cells, million);
    let scores = vec![
        of("flows whose duties changed by more than half a point", &hit),
        of("other sources of the importers that changed duties", &beside),
        of("every flow of goods between two countries", &world),
    ];
    let (pairs, duties) = pairs(economy, years, solution, &change, &goods);
    Scored { scores, pairs, duties }
}

fn marked(flows: &str, cells: &[Cell], million: f64) -> Score {
    let none = |_: &Cell| 0.0;
    Score {
        flows: flows.into(),
        cells: cells.len(),
        purchases_musd: cells.iter().map(|cell| cell.weight).sum::<f64>() * million,
        model: marks(cells, |cell| cell.model),
        no_change: marks(cells, none),
        trend: marks(cells, |cell| cell.trend),
    }
}

fn marks(cells: &[Cell], foretold: impl Fn(&Cell) -> f64) -> Marks {
    let weight: f64 = cells.iter().map(|cell| cell.weight).sum();
    let mean =
        |of: &dyn Fn(&Cell) -> f64| cells.iter().map(|cell| cell.weight * of(cell)).sum::<f64>() / weight;
    let square = mean(&|cell| (foretold(cell) - cell.actual).powi(2));
    let nothing = mean(&|cell| cell.actual.powi(2));
    let (centre, told) = (mean(&|cell| cell.actual), mean(&foretold));
    let spread = mean(&|cell| (cell.actual - centre).powi(2));
    let told_spread = mean(&|cell| (foretold(cell) - told).powi(2));
    let together = mean(&|cell| (foretold(cell) - told) * (cell.actual - centre));
    let (tells, varies) = (mean(&|cell| foretold(cell).abs()) > 0.0, told_spread > 0.0 && spread > 0.0);
    let right = mean(&|cell| f64::from(u8::from(foretold(cell) * cell.actual > 0.0)));
    Marks {
        mean_absolute_pp: mean(&|cell| (foretold(cell) - cell.actual).abs()),
        root_mean_square_pp: square.sqrt(),
        skill: 1.0 - square / nothing,
        correlation: varies.then(|| together / (told_spread * spread).sqrt()),
        slope: varies.then(|| together / told_spread),
        right_sign_pct: tells.then_some(100.0 * right),
    }
}

/// Pairs whose goods met duties that changed by a point or more on average.
fn pairs(
    economy: &Economy,
    years: &Years,
    solution: &Solution,
    change: &dyn Fn(CountryId, CountryId, SectorId) -> f64,
    goods: &[SectorId],
) -> (Vec<PairShare>, Vec<DutyRow>) {
    let base = economy.trade();
    let (mut pairs, mut duties) = (Vec::new(), Vec::new());
    for n in economy.country_ids() {
        let all = |of: &dyn Fn(CountryId, SectorId) -> f64| -> f64 {
            economy
                .country_ids()
                .flat_map(|i| goods.iter().map(move |s| (i, *s)))
                .map(|(i, s)| of(i, s))
                .sum()
        };
        let totals = [
            all(&|i, s| years.before[(n, i, s)]),
            all(&|i, s| base[(n, i, s)]),
            all(&|i, s| years.after[(n, i, s)]),
            all(&|i, s| solution.trade(n, i, s)),
        ];
        for i in economy.country_ids().filter(|i| *i != n) {
            let sum = |of: &dyn Fn(SectorId) -> f64| goods.iter().map(|s| of(*s)).sum::<f64>();
            let flow = sum(&|s| base[(n, i, s)]);
            if flow <= 0.0 {
                continue;
            }
            let moved = 100.0 * sum(&|s| base[(n, i, s)] * change(n, i, s)) / flow;
            if moved.abs() < 1.0 {
                continue;
            }
            let reached = sum(&|s| if change(n, i, s).abs() > HIT { base[(n, i, s)] } else { 0.0 });
            let now = 100.0 * flow / totals[1];
            let then = 100.0 * sum(&|s| years.before[(n, i, s)]) / totals[0];
            pairs.push(PairShare {
                importer: economy.country(n).code.clone(),
                exporter: economy.country(i).code.clone(),
                duty_change_pp: moved,
                before_pct: now,
                actual_pct: 100.0 * sum(&|s| years.after[(n, i, s)]) / totals[2],
                forecast_pct: Forecast {
                    model: 100.0 * sum(&|s| solution.trade(n, i, s)) / totals[3],
                    no_change: now,
                    trend: 2.0 * now - then,
                },
            });
            duties.push(DutyRow {
                importer: economy.country(n).code.clone(),
                exporter: economy.country(i).code.clone(),
                change_pp: moved,
                reached_pct: 100.0 * reached / flow,
            });
        }
    }
    pairs.sort_by(|a, b| b.before_pct.total_cmp(&a.before_pct));
    duties.sort_by(|a, b| b.change_pp.total_cmp(&a.change_pp));
    (pairs, duties)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(weight: f64, actual: f64, model: f64) -> Cell {
        Cell { weight, actual, model, trend: 0.0 }
    }

    #[test]
    fn a_perfect_forecast_has_skill_one_and_no_change_none() {
        let cells = [cell(1.0, 2.0, 2.0), cell(3.0, -1.0, -1.0)];
        let found = marked("all", &cells, 1.0);
        assert_eq!((found.model.skill, found.no_change.skill), (1.0, 0.0));
        assert_eq!((found.model.right_sign_pct, found.no_change.right_sign_pct), (Some(100.0), None));
    }

    #[test]
    fn a_forecast_twice_too_large_has_slope_a_half() {
        let cells = [cell(1.0, 2.0, 4.0), cell(1.0, -1.0, -2.0), cell(2.0, 0.5, 1.0)];
        let found = marks(&cells, |cell| cell.model);
        assert!((found.slope.unwrap() - 0.5).abs() < 1e-12);
        assert!((found.correlation.unwrap() - 1.0).abs() < 1e-12);
        // Missing by as much as doing nothing: skill zero.
        assert!(found.skill.abs() < 1e-12);
    }
}
