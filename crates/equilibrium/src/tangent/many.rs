//! What products for many outcomes need: shares by sector, what outcomes put in, and what passes through.

use crate::layout::{Lane, Layout};
use crate::panel::{Strip, WIDTH};
use crate::tangent::{Sources, Tangent};

/// The shares of a tangent, a matrix `[importer][exporter]` a sector.
#[derive(Debug, Clone)]
pub(crate) struct SectorMajor {
    pub(super) share: Vec<f64>,
    /// The same as `[exporter][importer]`: a product that reads a cold matrix down its columns waits for memory.
    pub(super) share_by_exporter: Vec<f64>,
    pub(super) receipt: Vec<f64>,
    /// Empty where it is the receipt.
    pub(super) border: Vec<f64>,
}

/// What up to sixteen outcomes put in.
#[derive(Debug, Clone)]
pub(crate) struct ManySources {
    pub(super) wage: Vec<Strip>,
    pub(super) revenue: Vec<Strip>,
    pub(super) income: Vec<Strip>,
    pub(super) price: Scattered,
    pub(super) spending: Scattered,
    pub(super) index: Scattered,
    pub(super) output: Scattered,
    pub(super) cost: Scattered,
}

/// Values by place and column.
pub(super) type Scattered = Vec<(usize, usize, f64)>;

/// The values a product passes through, as in [`super::Pulled`].
#[derive(Debug, Clone)]
pub(crate) struct ManyPulled {
    pub output: Vec<Strip>,
    pub revenue: Vec<Strip>,
    pub index: Vec<Strip>,
    pub cost: Vec<Strip>,
    pub(super) income: Vec<Strip>,
    pub(super) bundle: Vec<Strip>,
    /// One sector's columns, a strip a country: by exporter, and by importer.
    pub(super) by_exporter: Vec<Strip>,
    pub(super) received: Vec<Strip>,
    pub(super) on_share: Vec<Strip>,
    pub(super) on_landed: Vec<Strip>,
}

impl SectorMajor {
    pub fn of(tangent: &Tangent) -> Self {
        let layout = tangent.unknowns.layout;
        let by_sector = |cube: &[Lane]| {
            let mut matrices = Vec::with_capacity(if cube.is_empty() { 0 } else { cube.len() * 4 });
            for s in (0..layout.sectors).filter(|_| !cube.is_empty()) {
                for n in 0..layout.countries {
                    let (from, place) = layout.cell(n, 0, s);
                    matrices.extend(cube[from..from + layout.countries].iter().map(|lane| lane[place]));
                }
            }
            matrices
        };
        let share = by_sector(&tangent.share);
        let n_all = layout.countries;
        let mut share_by_exporter = Vec::with_capacity(share.len());
        for matrix in share.chunks_exact(n_all * n_all) {
            for i in 0..n_all {
                share_by_exporter.extend((0..n_all).map(|n| matrix[n * n_all + i]));
            }
        }
        Self {
            share,
            share_by_exporter,
            receipt: by_sector(&tangent.receipt),
            border: by_sector(&tangent.border),
        }
    }
}

impl ManySources {
    /// At most sixteen outcomes side by side; columns without one stay zero.
    pub fn of(outcomes: &[Sources], layout: Layout) -> Self {
        let by_country = |of: &dyn Fn(&Sources) -> &[f64]| {
            let mut strips = vec![[0.0; WIDTH]; layout.countries];
            for (column, sources) in outcomes.iter().enumerate() {
                strips.iter_mut().zip(of(sources)).for_each(|(strip, value)| strip[column] = *value);
            }
            strips
        };
        let scattered = |of: &dyn Fn(&Sources) -> &[(usize, f64)]| {
            let cells = outcomes.iter().enumerate();
            cells.flat_map(|(column, o)| of(o).iter().map(move |(at, v)| (*at, column, *v))).collect()
        };
        Self {
            wage: by_country(&|o| &o.wage),
            revenue: by_country(&|o| &o.revenue),
            income: by_country(&|o| &o.income),
            price: scattered(&|o| &o.price),
            spending: scattered(&|o| &o.spending),
            index: scattered(&|o| &o.index),
            output: scattered(&|o| &o.output),
            cost: scattered(&|o| &o.cost),
        }
    }
}

impl ManyPulled {
    pub fn new(layout: Layout) -> Self {
        let strips = |count: usize| vec![[0.0; WIDTH]; count];
        let (grid, countries) = (layout.grid(), layout.countries);
        Self {
            output: strips(grid),
            revenue: strips(countries),
            index: strips(grid),
            cost: strips(grid),
            income: strips(countries),
            bundle: strips(layout.stride),
            by_exporter: strips(countries),
            received: strips(countries),
            on_share: strips(countries),
            on_landed: strips(countries),
        }
    }

    pub(super) fn begin(&mut self, sources: &ManySources) {
        for (cells, from) in [
            (&mut self.output, &sources.output),
            (&mut self.index, &sources.index),
            (&mut self.cost, &sources.cost),
        ] {
            cells.fill([0.0; WIDTH]);
            scatter(cells, from);
        }
    }
}

pub(super) fn scatter(cells: &mut [Strip], sources: &Scattered) {
    for (at, column, value) in sources {
        cells[*at][*column] += value;
    }
}
