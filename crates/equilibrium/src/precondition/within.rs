//! What a country's own markets do to each other, inverted country by country.

use terms::CountryId;

use crate::accounts::Accounts;
use crate::home::{Home, Moves, Response, step_matrix};
use crate::layout::Layout;
use crate::padded::Padded;
use crate::precondition::Work;
use crate::precondition::cell::Cell;
use crate::unknowns::Unknowns;

/// The inverted blocks within countries.
#[derive(Debug, Clone)]
pub(super) enum Within {
    /// Costs do not follow output: prices do not depend on spending.
    Triangular { prices: Blocks, spending: Blocks, price_on_spending: Blocks },
    /// Prices, spending and output of a country together.
    Joint(Blocks),
}

/// A square block a country, `[country][column][row]`, padded, so that a product runs down columns in lanes.
#[derive(Debug, Clone)]
pub(super) struct Blocks {
    layout: Layout,
    /// How many rows of sectors a block spans.
    parts: usize,
    cells: Vec<f32>,
}

impl Blocks {
    fn new(layout: Layout, parts: usize) -> Self {
        let size = parts * layout.stride;
        Self { layout, parts, cells: vec![0.0; layout.countries * size * size] }
    }

    /// Country `n`'s block, from a row-major matrix without padding.
    fn set(&mut self, n: usize, matrix: &[f64]) {
        let Layout { sectors, stride, .. } = self.layout;
        let (size, padded) = (self.parts * sectors, self.parts * stride);
        let place = |k: usize| (k / sectors) * stride + k % sectors;
        for (k, value) in matrix.iter().enumerate() {
            self.cells[(n * padded + place(k % size)) * padded + place(k / size)] = *value as f32;
        }
    }

    #[inline(always)]
    fn of(&self, n: usize) -> &[f32] {
        let size = (self.parts * self.layout.stride).pow(2);
        &self.cells[n * size..(n + 1) * size]
    }
}

impl Within {
    /// The blocks, and what a country's own prices, spending and output do to its wage residual, as the point is
    /// laid out.
    pub fn of(accounts: &Accounts, padded: &Padded, unknowns: Unknowns) -> (Self, Vec<f32>) {
        let layout = unknowns.layout;
        let sectors = layout.sectors;
        let parts = if unknowns.elastic { 3 } else { 2 };
        let block = |parts| Blocks::new(layout, parts);
        let mut within = if unknowns.elastic {
            Self::Joint(block(3))
        } else {
            Self::Triangular { prices: block(1), spending: block(1), price_on_spending: block(1) }
        };
        let mut on_wages = vec![0.0; parts * layout.grid()];
        for n in 0..layout.countries {
            let home = Home::of(accounts, &padded.form, layout, CountryId::new(n));
            let moves = (0..sectors).map(Moves::Price).chain((0..sectors).map(Moves::Spending));
            let moves = moves.chain((0..sectors * (parts - 2)).map(Moves::Output));
            let columns: Vec<Response> = moves.map(|moves| home.response(moves)).collect();
            for (column, response) in columns.iter().enumerate() {
                let (part, s) = (column / sectors, column % sectors);
                on_wages[part * layout.grid() + layout.at(n, s)] = response.wage as f32;
            }
            match &mut within {
                Self::Joint(blocks) => {
                    let all = matrix(&columns, |r| [&r.prices[..], &r.spending, &r.output].concat());
                    blocks.set(n, &step_matrix(all, 3 * sectors));
                }
                Self::Triangular { prices, spending, price_on_spending } => {
                    let (of_prices, of_spending) = columns.split_at(sectors);
                    prices.set(n, &step_matrix(matrix(of_prices, |r| r.prices.clone()), sectors));
                    spending.set(n, &step_matrix(matrix(of_spending, |r| r.spending.clone()), sectors));
                    price_on_spending.set(n, &matrix(of_prices, |r| r.spending.clone()));
                }
            }
        }
        (within, on_wages)
    }

    /// Everything but wages, at unchanged wages, in place.
    #[inline(always)]
    pub fn step<T: Cell>(&self, rest: &mut [T], work: &mut Work<T>) {
        match self {
            Self::Triangular { prices, spending, price_on_spending } => {
                let layout = prices.layout;
                let (of_prices, of_spending) = rest.split_at_mut(layout.grid());
                let row = &mut work.row[..layout.stride];
                for n in 0..layout.countries {
                    let (p, x) = (&mut of_prices[layout.row(n)], &mut of_spending[layout.row(n)]);
                    replace(p, prices.of(n), row);
                    T::add_product(x, price_on_spending.of(n), p);
                    replace(x, spending.of(n), row);
                }
            }
            Self::Joint(blocks) => {
                for n in 0..blocks.layout.countries {
                    gather(rest, blocks.layout, n, &mut work.gathered);
                    replace(&mut work.gathered, blocks.of(n), &mut work.row);
                    scatter(rest, blocks.layout, n, &work.gathered);
                }
            }
        }
    }

    /// The exact transpose of [`Self::step`].
    #[inline(always)]
    pub fn step_transposed<T: Cell>(&self, rest: &mut [T], work: &mut Work<T>) {
        match self {
            Self::Triangular { prices, spending, price_on_spending } => {
                let layout = prices.layout;
                let (of_prices, of_spending) = rest.split_at_mut(layout.grid());
                let row = &mut work.row[..layout.stride];
                for n in 0..layout.countries {
                    let (p, x) = (&mut of_prices[layout.row(n)], &mut of_spending[layout.row(n)]);
                    replace_transposed(x, spending.of(n), row);
                    T::add_transposed(p, price_on_spending.of(n), x);
                    replace_transposed(p, prices.of(n), row);
                }
            }
            Self::Joint(blocks) => {
                for n in 0..blocks.layout.countries {
                    gather(rest, blocks.layout, n, &mut work.gathered);
                    replace_transposed(&mut work.gathered, blocks.of(n), &mut work.row);
                    scatter(rest, blocks.layout, n, &work.gathered);
                }
            }
        }
    }
}

/// `rows` of the columns as a row-major matrix.
fn matrix(columns: &[Response], rows: impl Fn(&Response) -> Vec<f64>) -> Vec<f64> {
    let taken: Vec<Vec<f64>> = columns.iter().map(rows).collect();
    let size = taken.len();
    (0..size * size).map(|k| taken[k % size][k / size]).collect()
}

/// One country's rows of all parts, side by side.
#[inline(always)]
fn gather<T: Cell>(rest: &[T], layout: Layout, n: usize, to: &mut [T]) {
    for (part, to) in rest.chunks_exact(layout.grid()).zip(to.chunks_exact_mut(layout.stride)) {
        to.copy_from_slice(&part[layout.row(n)]);
    }
}

#[inline(always)]
fn scatter<T: Cell>(rest: &mut [T], layout: Layout, n: usize, from: &[T]) {
    for (part, from) in rest.chunks_exact_mut(layout.grid()).zip(from.chunks_exact(layout.stride)) {
        part[layout.row(n)].copy_from_slice(from);
    }
}

/// x ← M x.
#[inline(always)]
fn replace<T: Cell>(x: &mut [T], block: &[f32], row: &mut [T]) {
    row.fill(T::ZERO);
    T::add_product(row, block, x);
    x.copy_from_slice(row);
}

/// x ← M′ x.
#[inline(always)]
fn replace_transposed<T: Cell>(x: &mut [T], block: &[f32], row: &mut [T]) {
    row.fill(T::ZERO);
    T::add_transposed(row, block, x);
    x.copy_from_slice(row);
}
