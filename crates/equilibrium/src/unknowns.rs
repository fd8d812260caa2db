//! What is solved for, and where it stands in a point.

use std::ops::Range;

use terms::{CountryId, SectorId};

use crate::evidence::Market;
use crate::layout::Layout;

/// A point is `[ln ŵ (N) | ln P̂ (grid) | ln X̂ (grid) | ln Ŷ (grid, if costs follow output) | ln(1+rent) (caps)]`;
/// a residual has the same places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unknowns {
    pub layout: Layout,
    /// Whether unit costs follow output.
    pub elastic: bool,
    /// How many flows are capped.
    pub caps: usize,
}

impl Unknowns {
    pub fn len(&self) -> usize {
        self.caps().end
    }

    pub fn wages(&self) -> Range<usize> {
        0..self.layout.countries
    }

    pub fn prices(&self) -> Range<usize> {
        let from = self.wages().end;
        from..from + self.layout.grid()
    }

    pub fn spending(&self) -> Range<usize> {
        let from = self.prices().end;
        from..from + self.layout.grid()
    }

    pub fn output(&self) -> Range<usize> {
        let from = self.spending().end;
        from..from + if self.elastic { self.layout.grid() } else { 0 }
    }

    pub fn caps(&self) -> Range<usize> {
        let from = self.output().end;
        from..from + self.caps
    }

    /// The market whose equation stands at `place`.
    pub fn market(&self, place: usize) -> Market {
        let grid = self.layout.grid();
        let cell = |from: usize| {
            let (n, s) = ((place - from) / self.layout.stride, (place - from) % self.layout.stride);
            (CountryId::new(n), SectorId::new(s))
        };
        if self.wages().contains(&place) {
            return Market::Factors(CountryId::new(place));
        }
        if self.caps().contains(&place) {
            return Market::Licences(place - self.caps().start);
        }
        let block = (place - self.prices().start) / grid;
        let (n, s) = cell(self.prices().start + block * grid);
        match block {
            0 => Market::Price(n, s),
            1 => Market::Goods(n, s),
            _ => Market::Output(n, s),
        }
    }
}

/// The largest absolute value of a residual and its place; a NaN counts as larger than everything.
pub(crate) fn largest(residual: &[f64]) -> (f64, usize) {
    let mut worst = (0.0, 0);
    for (place, r) in residual.iter().enumerate() {
        if r.is_nan() {
            return (f64::NAN, place);
        }
        if r.abs() > worst.0 {
            worst = (r.abs(), place);
        }
    }
    worst
}
