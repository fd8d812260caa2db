//! What an outcome puts into the transposed system, and what passes through it.

use crate::layout::{LANES, Lane, Layout};

/// What an outcome adds to the transpose, by what it is an outcome of, each at unchanged others.
#[derive(Debug, Clone)]
pub(crate) struct Sources {
    /// By ln ŵ, R and I, a number a country.
    pub wage: Vec<f64>,
    pub revenue: Vec<f64>,
    pub income: Vec<f64>,
    /// By ln P̂, ln X̂, ln Φ, Y and ln ĉ, at the few cells where there is something.
    pub price: Vec<(usize, f64)>,
    pub spending: Vec<(usize, f64)>,
    pub index: Vec<(usize, f64)>,
    pub output: Vec<(usize, f64)>,
    pub cost: Vec<(usize, f64)>,
}

/// The values a product passes through; after a transposed one, what gradients by instrument read.
#[derive(Debug, Clone)]
pub(crate) struct Pulled {
    /// On Y`[i,s]`, Ȳ.
    pub output: Vec<f64>,
    /// On R`[n]`, R̄.
    pub revenue: Vec<f64>,
    /// On I`[n]`, Ī.
    pub income: Vec<f64>,
    /// On ln Φ`[n,s]`, Φ̄.
    pub index: Vec<f64>,
    /// On ln ĉ`[i,s]`.
    pub cost: Vec<f64>,
    pub(super) bundle: Vec<f64>,
    pub(super) by_exporter: Vec<Lane>,
    pub(super) sums: Vec<Lane>,
}

impl Sources {
    pub fn none(layout: Layout) -> Self {
        let zeros = || vec![0.0; layout.countries];
        let (price, spending, index) = (Vec::new(), Vec::new(), Vec::new());
        let (output, cost) = (Vec::new(), Vec::new());
        Self { wage: zeros(), revenue: zeros(), income: zeros(), price, spending, index, output, cost }
    }
}

impl Pulled {
    pub fn new(layout: Layout) -> Self {
        let lanes = vec![[0.0; LANES]; layout.countries * layout.blocks()];
        Self {
            output: vec![0.0; layout.grid()],
            revenue: vec![0.0; layout.countries],
            income: vec![0.0; layout.countries],
            index: vec![0.0; layout.grid()],
            cost: vec![0.0; layout.grid()],
            bundle: vec![0.0; layout.stride],
            by_exporter: lanes.clone(),
            sums: lanes,
        }
    }

    /// Only what the outcome puts in.
    pub(super) fn begin(&mut self, sources: &Sources) {
        for (cells, from) in [
            (&mut self.output, &sources.output),
            (&mut self.index, &sources.index),
            (&mut self.cost, &sources.cost),
        ] {
            cells.fill(0.0);
            scatter(cells, from);
        }
    }
}

/// Adds what stands at a few cells.
pub(super) fn scatter(cells: &mut [f64], sources: &[(usize, f64)]) {
    for (at, value) in sources {
        cells[*at] += value;
    }
}
