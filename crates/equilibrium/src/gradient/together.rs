//! The gradients of many outcomes at once, every country's real income for instance.
//!
//! All of them are solutions of one transposed system with other right-hand sides. Sixteen are solved side by side:
//! the shares are read once for all of them, and products of a matrix with a vector become products of matrices.

use crate::anderson::AndersonColumns;
use crate::evidence::Status;
use crate::gradient::{Gradient, Gradients, Multipliers, Outcome};
use crate::options::Competition;
use crate::panel::{Strip, WIDTH, add};
use crate::settings::Settings;
use crate::tangent::{ManyPulled, ManySources, SectorMajor};

/// Products after which columns are given up where costs follow output.
const MOST_WITH_SCALE: usize = 80;

/// Fewer columns than these go faster one by one than in a block of sixteen.
const FEW: usize = 4;

/// Memory for one block of columns.
struct Block {
    λ: Vec<Strip>,
    residual: Vec<Strip>,
    pulled: ManyPulled,
}

/// How well a block is solved, by column.
struct Solved {
    scale: Strip,
    sizes: Strip,
    places: [usize; WIDTH],
    products: [usize; WIDTH],
}

impl<'a> Gradients<'a> {
    /// The gradients of many outcomes, in their order, on up to `threads` threads: for many countries several times
    /// faster than one after another. Digits depend neither on the threads nor on who else is asked.
    ///
    /// `starts` are multipliers of gradients nearby ([`Gradient::multipliers`]), one an outcome; it may be empty.
    ///
    /// ```no_run
    /// # use equilibrium::{Baseline, Gradients, Outcome, Settings, Solution};
    /// # use terms::CountryId;
    /// # fn of(baseline: &Baseline, solution: &Solution) {
    /// let countries = CountryId::all(baseline.accounts().countries());
    /// let incomes: Vec<Outcome> = countries.map(Outcome::log_real_income).collect();
    /// let gradients = Gradients::at(baseline, solution).of_all(&incomes, &[], 2, &Settings::default());
    /// // Next time, from a solution nearby: `&gradients.iter().map(|g| Some(g.multipliers())).collect::<Vec<_>>()`.
    /// # }
    /// ```
    pub fn of_all(
        &self,
        outcomes: &[Outcome],
        starts: &[Option<&Multipliers>],
        threads: usize,
        settings: &Settings,
    ) -> Vec<Gradient<'a>> {
        let memory = || (self.block(), AndersonColumns::new(self.tangent.unknowns.len(), settings.memory));
        self.by_blocks(outcomes.len(), threads, memory, |columns, shares, (block, anderson)| {
            let starts: Vec<_> = columns.clone().map(|k| starts.get(k).copied().flatten()).collect();
            self.of_block(&outcomes[columns], &starts, shares, block, anderson, settings)
        })
    }

    /// The gradients that multipliers kept from nearby would give if they were right, one an outcome, and for each the
    /// multipliers one step of the iteration closer ([`Gradient::multipliers`]): one product instead of a solve, for
    /// searches that move tariffs and multipliers together. [`Gradient::largest_residual`] says how far off the
    /// multipliers at hand are; the status is cleared where they are within the tolerance.
    ///
    /// None where steps may lead away: where costs follow output, or under a cap that holds its flow.
    pub fn one_step(
        &self,
        outcomes: &[Outcome],
        starts: &[&Multipliers],
        threads: usize,
        settings: &Settings,
    ) -> Option<Vec<Gradient<'a>>> {
        let length = self.tangent.unknowns.len();
        let strange = |start: &&Multipliers| start.values.len() != length;
        if self.tangent.unknowns.elastic
            || !self.held.is_empty()
            || starts.len() != outcomes.len()
            || starts.iter().any(strange)
        {
            return None;
        }
        if outcomes.len() < FEW {
            let alone = outcomes.iter().zip(starts).map(|(o, start)| self.one_step_alone(o, start, settings));
            return Some(alone.collect());
        }
        Some(self.by_blocks(
            outcomes.len(),
            threads,
            || self.block(),
            |columns, shares, memory| {
                let (outcomes, starts) = (&outcomes[columns.clone()], &starts[columns]);
                let sources = self.begin(outcomes, starts.iter().copied().map(Some), memory);
                let Block { λ, residual, pulled } = memory;
                self.tangent.transposed_columns(&self.baseline.padded, shares, λ, &sources, residual, pulled);
                let mut scale = [f64::MIN_POSITIVE; WIDTH];
                scale.iter_mut().zip(starts).for_each(|(scale, start)| *scale = start.scale);
                let (sizes, places) = largest(residual);
                let solved = Solved { scale, sizes, places, products: [1; WIDTH] };
                self.baseline.preconditioner.apply_transposed_columns(residual);
                λ.iter_mut().zip(&*residual).for_each(|(λ, step)| add(λ, step));
                (0..outcomes.len()).map(|k| self.column(&outcomes[k], k, memory, &solved, settings)).collect()
            },
        ))
    }

    /// Blocks of sixteen columns, shared out among the threads.
    fn by_blocks<M>(
        &self,
        columns: usize,
        threads: usize,
        memory: impl Fn() -> M + Sync,
        solve: impl Fn(std::ops::Range<usize>, &SectorMajor, &mut M) -> Vec<Gradient<'a>> + Sync,
    ) -> Vec<Gradient<'a>> {
        let shares = SectorMajor::of(&self.tangent);
        let blocks: Vec<_> =
            (0..columns).step_by(WIDTH).map(|from| from..columns.min(from + WIDTH)).collect();
        let solve = |blocks: &[std::ops::Range<usize>]| {
            let mut memory = memory();
            blocks.iter().flat_map(|block| solve(block.clone(), &shares, &mut memory)).collect::<Vec<_>>()
        };
        let each = blocks.len().div_ceil(threads.max(1)).max(1);
        if threads <= 1 || blocks.len() <= 1 {
            return solve(&blocks);
        }
        std::thread::scope(|scope| {
            let running: Vec<_> = blocks.chunks(each).map(|part| scope.spawn(|| solve(part))).collect();
            let mut found = Vec::with_capacity(columns);
            for thread in running {
                match thread.join() {
                    Ok(part) => found.extend(part),
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
            found
        })
    }

    fn block(&self) -> Block {
        let length = self.tangent.unknowns.len();
        Block {
            λ: vec![[0.0; WIDTH]; length],
            residual: vec![[0.0; WIDTH]; length],
            pulled: ManyPulled::new(self.tangent.unknowns.layout),
        }
    }

    /// What the outcomes put in; their starts in the place of the multipliers.
    fn begin<'m>(
        &self,
        outcomes: &[Outcome],
        starts: impl Iterator<Item = Option<&'m Multipliers>>,
        memory: &mut Block,
    ) -> ManySources {
        memory.λ.fill([0.0; WIDTH]);
        for (column, start) in starts.enumerate() {
            let values = start.map_or(&[][..], |start| &start.values);
            memory.λ.iter_mut().zip(values).for_each(|(strip, λ)| strip[column] = *λ);
        }
        let sources: Vec<_> = outcomes.iter().map(|outcome| self.sources(outcome)).collect();
        ManySources::of(&sources, self.tangent.unknowns.layout)
    }

    /// (E20) for up to sixteen outcomes; a column that is solved stands still while its neighbours go on.
    fn of_block(
        &self,
        outcomes: &[Outcome],
        starts: &[Option<&Multipliers>],
        shares: &SectorMajor,
        memory: &mut Block,
        anderson: &mut AndersonColumns,
        settings: &Settings,
    ) -> Vec<Gradient<'a>> {
        let base = &self.baseline.padded;
        let usable = |start: &Option<&'_ Multipliers>| {
            start.is_some_and(|start| start.values.len() == self.tangent.unknowns.len())
        };
        let starts: Vec<_> = starts.iter().map(|start| start.filter(|_| usable(start))).collect();
        let sources = self.begin(outcomes, starts.iter().copied(), memory);
        let Block { λ, residual, pulled } = memory;
        anderson.restart();
        self.tangent.transposed_columns(base, shares, λ, &sources, residual, pulled);
        let mut scale = largest(residual).0.map(|size| size.max(f64::MIN_POSITIVE));
        for (scale, start) in scale.iter_mut().zip(&starts) {
            *scale = start.map_or(*scale, |start| start.scale);
        }
        let mut products = 1;
        let mut taken = [products; WIDTH];
        let mut done = [false; WIDTH];
        let (sizes, places) = loop {
            let (sizes, places) = largest(residual);
            for k in 0..WIDTH {
                // A NaN ends a column as well: it can only spread.
                done[k] |= sizes[k] <= settings.tolerance * scale[k] || sizes[k].is_nan();
                taken[k] = if done[k] { taken[k] } else { products + 1 };
            }
            // Where plain steps run away, each is solved alone afterwards.
            let lost = self.tangent.unknowns.elastic && products > MOST_WITH_SCALE;
            if done == [true; WIDTH] || products >= settings.evaluations || lost {
                break (sizes, places);
            }
            self.baseline.preconditioner.apply_transposed_columns(residual);
            anderson.advance(λ, residual, &done);
            self.tangent.transposed_columns(base, shares, λ, &sources, residual, pulled);
            products += 1;
        };
        let solved = Solved { scale, sizes, places, products: taken };
        let column = |k: usize| {
            if !solved.cleared(k, settings) && self.tangent.unknowns.elastic {
                return self.at_fixed_rents(&outcomes[k], None, settings);
            }
            self.column(&outcomes[k], k, memory, &solved, settings)
        };
        (0..outcomes.len()).map(|k| self.keeping_caps(column(k), settings)).collect()
    }

    /// The gradient in one column, at unchanged rents.
    fn column(
        &self,
        outcome: &Outcome,
        k: usize,
        memory: &Block,
        solved: &Solved,
        settings: &Settings,
    ) -> Gradient<'a> {
        let column = |strips: &[Strip]| strips.iter().map(|strip| strip[k]).collect::<Vec<_>>();
        let worst = self.tangent.unknowns.market(solved.places[k]);
        let pulled = &memory.pulled;
        Gradient {
            solution: self.solution,
            status: if solved.cleared(k, settings) { Status::Cleared } else { Status::Stalled { worst } },
            largest_residual: solved.sizes[k] / solved.scale[k],
            products: solved.products[k],
            multipliers: Multipliers { values: column(&memory.λ), scale: solved.scale[k] },
            on_index: column(&pulled.index),
            on_output: column(&pulled.output),
            on_revenue: column(&pulled.revenue),
            on_cost: column(&pulled.cost),
            direct: self.direct(outcome),
            entry: self.baseline.options().market == Competition::Entry,
            stride: self.tangent.unknowns.layout.stride,
        }
    }
}

impl Solved {
    fn cleared(&self, k: usize, settings: &Settings) -> bool {
        self.sizes[k] <= settings.tolerance * self.scale[k]
    }
}

/// The largest absolute value of every column and its place; a NaN counts as larger than everything.
fn largest(residual: &[Strip]) -> (Strip, [usize; WIDTH]) {
    let (mut sizes, mut places) = ([0.0; WIDTH], [0; WIDTH]);
    for (place, strip) in residual.iter().enumerate() {
        for k in 0..WIDTH {
            let size = strip[k].abs();
            if size > sizes[k] || size.is_nan() {
                (sizes[k], places[k]) = (size, place);
            }
        }
    }
    (sizes, places)
}
