//! What columns share of a baseline's flows, and the flows in which each has its own.

use crate::baseline::Baseline;
use crate::layout::{LANES, Lane, Layout};
use crate::panel::{Strip, WIDTH};
use crate::shock::Scenario;
use crate::sweep::Folded;

/// A of (E4) and B, a matrix `[importer][exporter]` a sector; columns' own flows are left out of it.
#[derive(Debug, Clone)]
pub(super) struct Cells {
    layout: Layout,
    pub share: Vec<f64>,
    pub receipt: Vec<f64>,
    /// By sector.
    pub own: Vec<Vec<Own>>,
    /// θ by sector and column.
    pub theta: Vec<Strip>,
    /// Lanes of a cube in which columns differ, in order, and where their cells lie.
    lanes: Vec<(usize, [Option<Place>; LANES])>,
}

/// Where a flow stands in `own`: its sector, and how many stand before it there.
type Place = (usize, usize);

/// A flow of which each column has its own share.
#[derive(Debug, Clone)]
pub(super) struct Own {
    pub importer: usize,
    pub exporter: usize,
    pub share: Strip,
    pub receipt: Strip,
}

impl Cells {
    /// The baseline's flows, apart from those that `folded` has touched; none where these are too many, or where the
    /// border and the producer see different values.
    pub fn of(base: &Baseline, folded: &Folded) -> Option<Self> {
        let layout = base.layout;
        let mut touched = folded.touched.clone();
        touched.sort_unstable();
        touched.dedup();
        if folded.rewritten || !folded.border.is_empty() || touched.len() > layout.cube() / 8 {
            return None;
        }
        let n_all = layout.countries;
        let mut own = vec![Vec::new(); layout.sectors];
        let mut share = by_sector(layout, &base.padded.share);
        let mut receipt = by_sector(layout, &base.padded.receipt);
        let mut lanes = Vec::with_capacity(touched.len());
        for lane in touched {
            let (n, block, i) =
                (lane / (n_all * layout.blocks()), lane / n_all % layout.blocks(), lane % n_all);
            let mut place = |k: usize| {
                let s = block * LANES + k;
                (s < layout.sectors).then(|| {
                    let cell = (s * n_all + n) * n_all + i;
                    let whole = |value: f64| [value; WIDTH];
                    let (share, receipt) = (whole(share[cell]), whole(receipt[cell]));
                    own[s].push(Own { importer: n, exporter: i, share, receipt });
                    (s, own[s].len() - 1)
                })
            };
            lanes.push((lane, std::array::from_fn(&mut place)));
        }
        for (s, own) in own.iter().enumerate() {
            for flow in own {
                let cell = (s * n_all + flow.importer) * n_all + flow.exporter;
                (share[cell], receipt[cell]) = (0.0, 0.0);
            }
        }
        Some(Self { layout, share, receipt, own, theta: vec![[1.0; WIDTH]; layout.sectors], lanes })
    }

    /// Takes what a scenario has folded for the column `k`; whether it has touched these flows only.
    pub fn take(&mut self, k: usize, scenario: &Scenario) -> bool {
        let folded = &scenario.folded;
        for (strip, θ) in self.theta.iter_mut().zip(&scenario.theta) {
            strip[k] = *θ;
        }
        for (lane, places) in &self.lanes {
            for (part, (s, at)) in
                places.iter().enumerate().filter_map(|(part, place)| Some((part, (*place)?)))
            {
                let own = &mut self.own[s][at];
                own.share[k] = folded.share[*lane][part];
                own.receipt[k] = folded.receipt[*lane][part];
            }
        }
        let known = |lane: &usize| self.lanes.binary_search_by_key(lane, |(known, _)| *known).is_ok();
        !folded.rewritten && folded.border.is_empty() && folded.touched.iter().all(known)
    }

    /// One sector's matrix in `of`.
    pub fn matrix<'c>(&self, of: &'c [f64], s: usize) -> &'c [f64] {
        let size = self.layout.countries * self.layout.countries;
        &of[s * size..(s + 1) * size]
    }
}

/// A cube of lanes as matrices `[importer][exporter]`, a sector each.
fn by_sector(layout: Layout, cube: &[Lane]) -> Vec<f64> {
    let mut matrices = Vec::with_capacity(layout.sectors * layout.countries * layout.countries);
    for s in 0..layout.sectors {
        for n in 0..layout.countries {
            let (from, place) = layout.cell(n, 0, s);
            matrices.extend(cube[from..from + layout.countries].iter().map(|lane| lane[place]));
        }
    }
    matrices
}
