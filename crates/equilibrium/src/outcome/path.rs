//! The exact split of a change of real income, along the path of the shock.
//!
//! At every point of a path, with all prices before duty and E, M at the point's own values,
//!
//! ```text
//! (E18)  I d ln W = Σ (E d ln cₙ − M d ln cᵢ)  +  Σ τ M (d ln M − d ln cᵢ)  +  dD
//!                   terms of trade                volume of trade              transfer
//! ```
//!
//! so integrals of the three along a path from the baseline to the counterfactual add up to ln Ŵ. The path
//! here moves every log wedge in proportion; the integrals are trapezoid sums over equal steps, whose leading
//! errors Romberg's rule removes. (Duty on home sales and trade-cost changes belong to
//! `volume` and `terms`: home sales enter both sums when they bear duty, d ln cᵢ includes d ln d.)

use diagnostic::Faults;
use terms::{CountryId, Cube, Grid, SectorId};

use crate::counterfactual::Counterfactual;
use crate::panel::WIDTH;
use crate::power::ln;
use crate::settings::Settings;
use crate::side_by_side::{Column, Point, SideBySide};
use crate::solution::Solution;
use crate::solver::{Solver, Start};
use crate::system::EXIT;

/// One country's change of log real income, in parts that add up.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Split {
    /// What its exports fetch against what its imports cost, before duty.
    pub terms_of_trade: f64,
    /// What more or fewer units of taxed imports bring, each valued at the duty of its moment.
    pub volume_of_trade: f64,
    /// What a changed deficit brings; zero where deficits are held.
    pub transfer: f64,
    /// What sectors that grow gain in productivity; zero under constant returns.
    pub scale: f64,
    /// What sales that move to sectors of high markups bring, where firms are given in number ([`crate::firms`]); zero
    /// elsewhere.
    pub profit: f64,
    /// ln Ŵ, from the solution itself.
    pub real_income: f64,
}

impl Split {
    /// By how much the parts miss ln Ŵ: the error of the integration.
    pub fn gap(&self) -> f64 {
        self.terms_of_trade + self.volume_of_trade + self.transfer + self.scale + self.profit
            - self.real_income
    }
}

impl Counterfactual<'_> {
    /// The split of every country's real income along the path, in `steps` steps (rounded up to an even
    /// number; 20 leave a gap near 1e-8 for the tariffs of a trade war).
    ///
    /// # Errors
    /// As [`Counterfactual::solve`].
    pub fn split(&self, steps: usize, settings: &Settings) -> Result<Vec<Split>, Faults> {
        self.split_to(&self.solve(settings)?, steps, settings)
    }

    /// As [`Self::split`], where the path's end is known: the solution of this question.
    ///
    /// # Errors
    /// As [`Counterfactual::solve`].
    pub fn split_to(&self, end: &Solution, steps: usize, settings: &Settings) -> Result<Vec<Split>, Faults> {
        self.check()?;
        let steps = steps.div_ceil(2).max(1) * 2;
        let way = self.way(end, steps, settings)?;
        let points: Vec<Stop<'_>> = way.iter().chain([end]).map(Stop::of).collect();
        let mut splits =
            romberg(steps, |every| trapezoids(&points.iter().step_by(every).collect::<Vec<_>>()));
        for (n, split) in CountryId::all(splits.len()).zip(&mut splits) {
            split.real_income = ln(end.real_income_hat(n));
        }
        Ok(splits)
    }

    /// The baseline, and the solutions at every step but the last; many are solved side by side where that is possible.
    fn way(&self, end: &Solution, steps: usize, settings: &Settings) -> Result<Vec<Solution>, Faults> {
        let base = self.baseline();
        let parts: Vec<f64> = (1..steps).map(|k| k as f64 / steps as f64).collect();
        let partial: Vec<Self> = parts.iter().map(|part| self.partway(*part)).collect();
        let mut solver = Solver::of(base, settings);
        // Each point in proportion to the end, in logs; where costs follow output, from the point before it.
        let mut starts = Vec::new();
        if !base.unknowns.elastic {
            solver.begin(Start::Near(end));
            let ended = &solver.workspace.point;
            let at = |part: &f64| Point { at: ended.iter().map(|x| part * x).collect(), evaluations: 0 };
            starts = parts.iter().map(at).collect();
        }
        let together = (partial.len() >= MANY).then(|| SideBySide::of(base, self, settings)).flatten();
        if let Some(mut together) = together {
            let columns: Vec<_> = partial
                .iter()
                .zip(&starts)
                .map(|(question, start)| Column { question, theta: None, start: &start.at })
                .collect();
            let mut points = Vec::with_capacity(columns.len());
            for block in columns.chunks(WIDTH) {
                points.extend(together.clear(block, settings)?);
            }
            let found = starts.iter_mut().zip(points);
            found
                .filter_map(|(start, point)| Some((start, point?)))
                .for_each(|(start, point)| *start = point);
        }
        let mut way = Vec::with_capacity(steps);
        way.push(solver.solve(&self.partway(0.0), settings)?);
        for (k, question) in partial.iter().enumerate() {
            if let Some(start) = starts.get(k) {
                solver.begin(Start::Point(start));
            }
            way.push(solver.solve_from_here(question, settings)?);
        }
        Ok(way)
    }
}

/// Points of a path from which on they are solved side by side.
const MANY: usize = 6;

/// Romberg's rule on the sums over every point of a path, every second and, where steps allow, every fourth: each coarser
/// sum removes one more power of h² from the error.
pub(crate) fn romberg(steps: usize, sums: impl Fn(usize) -> Vec<Split>) -> Vec<Split> {
    let better = |fine: &[Split], coarse: &[Split], times: f64| -> Vec<Split> {
        let improved = |fine: f64, coarse: f64| fine + (fine - coarse) / (times - 1.0);
        let both = fine.iter().zip(coarse);
        both.map(|(fine, coarse)| Split {
            terms_of_trade: improved(fine.terms_of_trade, coarse.terms_of_trade),
            volume_of_trade: improved(fine.volume_of_trade, coarse.volume_of_trade),
            transfer: improved(fine.transfer, coarse.transfer),
            scale: improved(fine.scale, coarse.scale),
            profit: improved(fine.profit, coarse.profit),
            real_income: fine.real_income,
        })
        .collect()
    };
    let halved = sums(2);
    let once = better(&sums(1), &halved, 4.0);
    if steps.is_multiple_of(4) { better(&once, &better(&halved, &sums(4), 4.0), 16.0) } else { once }
}

/// A point of the path, with what a split reads of it.
struct Stop<'a> {
    solution: &'a Solution,
    /// T, before duty.
    flow: Cube<f64>,
}

impl<'a> Stop<'a> {
    fn of(solution: &'a Solution) -> Self {
        let mut flow = solution.share.clone();
        let sectors = flow.sectors();
        let pairs = flow.as_mut_slice().chunks_exact_mut(sectors);
        for (pair, (cells, rates)) in pairs.zip(solution.tariff.as_slice().chunks_exact(sectors)).enumerate()
        {
            let spending = solution.spending.row(CountryId::new(pair / solution.share.countries()));
            for ((cell, τ), x) in cells.iter_mut().zip(rates).zip(spending) {
                *cell = *cell * x / (1.0 + τ);
            }
        }
        Self { solution, flow }
    }
}

/// The three integrals of every country by trapezoids: mean weight times change, summed over the steps.
fn trapezoids(points: &[&Stop<'_>]) -> Vec<Split> {
    let countries = points[0].flow.countries();
    let mut splits = vec![Split::default(); countries];
    for pair in points.windows(2) {
        let step = Step::of(pair[0], pair[1]);
        for n in CountryId::all(countries) {
            step.at_home(n, &mut splits[n.at()]);
            for i in CountryId::all(countries) {
                let [bought, sold, volume] = step.flows(n, i);
                splits[n.at()].volume_of_trade += volume;
                if i != n {
                    splits[n.at()].terms_of_trade -= bought;
                    splits[i.at()].terms_of_trade += sold;
                }
            }
        }
    }
    splits
}

/// One step of the path, from `a` to `b`.
struct Step<'a> {
    a: &'a Stop<'a>,
    b: &'a Stop<'a>,
    /// d ln c over the step.
    dearer: Grid<f64>,
    /// What the two ends of a seller's flow are weighed with: a half each. Of a seller that leaves over the step,
    /// costs run off as its flows run out, in proportion in logs, and the mean of a flow along such a way is the
    /// logarithmic one.
    along: Grid<f64>,
}

impl<'a> Step<'a> {
    fn of(a: &'a Stop<'a>, b: &'a Stop<'a>) -> Self {
        let (countries, sectors) = (a.flow.countries(), a.flow.sectors());
        let leaves =
            |i: CountryId, s: SectorId| (a.solution.output(i, s) > 0.0) != (b.solution.output(i, s) > 0.0);
        Self {
            a,
            b,
            dearer: Grid::from_fn(countries, sectors, |i, s| {
                ln(b.solution.cost_hat(i, s) / a.solution.cost_hat(i, s))
            }),
            along: Grid::from_fn(countries, sectors, |i, s| if leaves(i, s) { 1.0 / -EXIT } else { 0.5 }),
        }
    }

    /// What a country's own deficit and scale bring.
    fn at_home(&self, n: CountryId, split: &mut Split) {
        let (a, b) = (self.a.solution, self.b.solution);
        split.transfer += 0.5 * (1.0 / a.income(n) + 1.0 / b.income(n)) * (b.deficit(n) - a.deficit(n));
        for s in SectorId::all(self.dearer.sectors()) {
            let gained = ln(b.productivity_hat(n, s) / a.productivity_hat(n, s));
            let weight = a.output(n, s) / a.income(n) + b.output(n, s) / b.income(n);
            split.scale += self.along[(n, s)] * weight * gained;
        }
    }

    /// Of a pair's flows, all sectors: what dearer goods cost the importer and bring the exporter, and what the volume
    /// of taxed trade brings the importer.
    fn flows(&self, n: CountryId, i: CountryId) -> [f64; 3] {
        let (a, b) = (self.a.solution, self.b.solution);
        let per = |of: &Solution, country| 1.0 / of.income(country);
        let (per_a, per_b, sold_a, sold_b) = (per(a, n), per(b, n), per(a, i), per(b, i));
        let melts = a.icebergs.is_some() || b.icebergs.is_some();
        let flows = self.a.flow.sectors_of(n, i).iter().zip(self.b.flow.sectors_of(n, i));
        let rates = a.tariff.sectors_of(n, i).iter().zip(b.tariff.sectors_of(n, i));
        let costs = self.dearer.row(i).iter().zip(self.along.row(i));
        let (mut bought, mut sold, mut volume) = (0.0, 0.0, 0.0);
        for (s, (((at_a, at_b), (τ_a, τ_b)), (dearer, along))) in flows.zip(rates).zip(costs).enumerate() {
            let mut landed = *dearer;
            if melts {
                let s = SectorId::new(s);
                landed += ln(b.iceberg_hat(n, i, s) / a.iceberg_hat(n, i, s));
            }
            bought += along * (at_a * per_a + at_b * per_b) * landed;
            sold += along * (at_a * sold_a + at_b * sold_b) * dearer;
            volume += 0.5 * (τ_a * per_a + τ_b * per_b) * (at_b - at_a)
                - along * (τ_a * at_a * per_a + τ_b * at_b * per_b) * landed;
        }
        [bought, sold, volume]
    }
}
