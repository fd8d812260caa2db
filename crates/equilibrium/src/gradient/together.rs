//! The gradients of many outcomes at once, every country's real income for instance.
//!
//! All of them are solutions of one transposed system with other right-hand sides. Sixteen are solved side by side:
//! the shares are read once for all of them, and products of a matrix with a vector become products of matrices.

use crate::anderson::AndersonColumns;
use crate::evidence::Status;
use crate::gradient::{Gradient, Gradients, Outcome};
use crate::options::Competition;
use crate::panel::{Strip, WIDTH};
use crate::settings::Settings;
use crate::tangent::{ManyPulled, ManySources, SectorMajor};

/// Products after which columns are given up where costs follow output.
const MOST_WITH_SCALE: usize = 80;

/// Memory for one block of columns.
struct Block {
    λ: Vec<Strip>,
    residual: Vec<Strip>,
    pulled: ManyPulled,
    anderson: AndersonColumns,
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
        starts: &[Option<&[f64]>],
        threads: usize,
        settings: &Settings,
    ) -> Vec<Gradient<'a>> {
        let shares = SectorMajor::of(&self.tangent);
        let blocks: Vec<usize> = (0..outcomes.len()).step_by(WIDTH).collect();
        let solve = |blocks: &[usize]| {
            let mut memory = self.block(settings);
            let mut found = Vec::new();
            for from in blocks {
                let to = (from + WIDTH).min(outcomes.len());
                let starts: Vec<_> = (*from..to).map(|k| starts.get(k).copied().flatten()).collect();
                found.extend(self.of_block(&outcomes[*from..to], &starts, &shares, &mut memory, settings));
            }
            found
        };
        let each = blocks.len().div_ceil(threads.max(1)).max(1);
        if threads <= 1 || blocks.len() <= 1 {
            return solve(&blocks);
        }
        std::thread::scope(|scope| {
            let running: Vec<_> = blocks.chunks(each).map(|part| scope.spawn(|| solve(part))).collect();
            let mut found = Vec::with_capacity(outcomes.len());
            for thread in running {
                match thread.join() {
                    Ok(part) => found.extend(part),
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
            found
        })
    }

    fn block(&self, settings: &Settings) -> Block {
        let length = self.tangent.unknowns.len();
        Block {
            λ: vec![[0.0; WIDTH]; length],
            residual: vec![[0.0; WIDTH]; length],
            pulled: ManyPulled::new(self.tangent.unknowns.layout),
            anderson: AndersonColumns::new(length, settings.memory),
        }
    }

    /// (E20) for up to sixteen outcomes; a column that is solved stands still while its neighbours go on.
    fn of_block(
        &self,
        outcomes: &[Outcome],
        starts: &[Option<&[f64]>],
        shares: &SectorMajor,
        memory: &mut Block,
        settings: &Settings,
    ) -> Vec<Gradient<'a>> {
        let base = &self.baseline.padded;
        let layout = self.tangent.unknowns.layout;
        let sources: Vec<_> = outcomes.iter().map(|outcome| self.sources(outcome)).collect();
        let sources = ManySources::of(&sources, layout);
        let Block { λ, residual, pulled, anderson } = memory;
        anderson.restart();
        λ.fill([0.0; WIDTH]);
        self.tangent.transposed_columns(base, shares, λ, &sources, residual, pulled);
        let scale = largest(residual).0.map(|size| size.max(f64::MIN_POSITIVE));
        let mut products = 1;
        if starts.iter().any(Option::is_some) {
            for (column, start) in starts.iter().enumerate() {
                let start = start.filter(|start| start.len() == λ.len());
                λ.iter_mut().zip(start.unwrap_or(&[])).for_each(|(strip, λ)| strip[column] = *λ);
            }
            self.tangent.transposed_columns(base, shares, λ, &sources, residual, pulled);
            products += 1;
        }
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
        let column = |strips: &[Strip], k: usize| strips.iter().map(|strip| strip[k]).collect::<Vec<_>>();
        (0..outcomes.len())
            .map(|k| {
                let cleared = sizes[k] <= settings.tolerance * scale[k];
                if !cleared && self.tangent.unknowns.elastic {
                    return self.keeping_caps(self.at_fixed_rents(&outcomes[k], None, settings), settings);
                }
                let worst = self.tangent.unknowns.market(places[k]);
                let alone = Gradient {
                    solution: self.solution,
                    status: if cleared { Status::Cleared } else { Status::Stalled { worst } },
                    largest_residual: sizes[k] / scale[k],
                    products: taken[k],
                    multipliers: column(λ, k),
                    on_index: column(&pulled.index, k),
                    on_output: column(&pulled.output, k),
                    on_revenue: column(&pulled.revenue, k),
                    on_cost: column(&pulled.cost, k),
                    direct: self.direct(&outcomes[k]),
                    entry: self.baseline.options().market == Competition::Entry,
                    stride: layout.stride,
                };
                self.keeping_caps(alone, settings)
            })
            .collect()
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
