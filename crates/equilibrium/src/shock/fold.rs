//! (E4): a shock, folded into the shares once for the whole solve.

use diagnostic::Faults;
use terms::{CountryId, Cube, Rate, SectorId};

use crate::baseline::Baseline;
use crate::layout::{LANES, Lane};
use crate::power::{exp, ln};
use crate::shock::{Scenario, Shock};
use crate::sweep::Folded;
use crate::threads::each_in_order;
use crate::unknowns::Unknowns;
use crate::widest::widest;

impl Shock {
    /// (E4): folds the shock into the shares of `base`, into memory that is already there.
    ///
    /// # Errors
    /// `no-source` where a country must buy a sector and every source of it is banned.
    pub fn fold(&self, base: &Baseline, scenario: &mut Scenario, threads: usize) -> Result<(), Faults> {
        let folded = &mut scenario.folded;
        folded.restore(base);
        let with_border = self.wedges(base);
        folded.border.clear();
        if with_border {
            folded.border.extend_from_slice(base.padded.border());
        }
        match &self.tariffs {
            Some(tariffs) if self.icebergs.is_none() && !with_border => {
                fold_importers(base, tariffs, &scenario.theta, folded, threads);
            }
            None if self.icebergs.is_none() && !with_border => {}
            _ => self.fold_wedges(base, &scenario.theta, folded),
        }
        for (n, i, s) in &self.bans {
            let (lane, place) = base.layout.cell(n.at(), i.at(), s.at());
            folded.share[lane][place] = 0.0;
            folded.receipt[lane][place] = 0.0;
            if with_border {
                folded.border[lane][place] = 0.0;
            }
            folded.touched.push(lane);
        }
        folded.absent.copy_from_slice(&base.padded.absent);
        folded.unsold.copy_from_slice(&base.padded.unsold);
        scenario.unknowns = Unknowns { caps: self.caps.len(), ..base.unknowns };
        scenario.hold_caps(base, &self.caps);
        scenario.transfers.clone_from(&self.transfers);
        scenario.folded.touched.extend(
            self.caps
                .iter()
                .map(|cap| base.layout.cell(cap.importer.at(), cap.exporter.at(), cap.sector.at()).0),
        );
        if self.bans.is_empty() {
            return Ok(());
        }
        scenario.folded.rewritten = true;
        scenario.folded.close_markets(base)
    }

    fn fold_wedges(&self, base: &Baseline, theta: &[f64], folded: &mut Folded) {
        let (layout, accounts) = (base.layout, base.accounts());
        let sectors = layout.sectors;
        let same = |s: usize| s + LANES <= sectors;
        for n in CountryId::all(layout.countries) {
            for i in CountryId::all(layout.countries) {
                let before = accounts.tariff.sectors_of(n, i);
                let after = self.tariffs.as_ref().map(|tariffs| tariffs.sectors_of(n, i));
                for from in (0..sectors).step_by(LANES) {
                    let width = if same(from) { LANES } else { sectors - from };
                    let (lane, _) = layout.cell(n.at(), i.at(), from);
                    let (mut κ, mut price, mut border) = ([1.0; LANES], [1.0; LANES], [1.0; LANES]);
                    let mut changed = false;
                    for k in 0..width {
                        let s = SectorId::new(from + k);
                        let τ = before[from + k];
                        let τ_new = after.map_or(τ, |after| after[from + k].as_share());
                        let x = accounts.exporter_wedge.as_ref().map_or(1.0, |x| x[(n, i, s)]);
                        let x_new = self.exporter_wedge(n, i, s, x);
                        let melted = self.icebergs.as_ref().map_or(1.0, |d| d[(n, i, s)]);
                        if τ_new != τ || x_new != x || melted != 1.0 {
                            κ[k] = melted * (1.0 + τ_new) * x_new / ((1.0 + τ) * x);
                            changed = true;
                        }
                        border[k] = 1.0 / (1.0 + τ_new);
                        price[k] = border[k] / x_new;
                    }
                    if !changed {
                        continue;
                    }
                    folded.touched.push(lane);
                    let share = &mut folded.share[lane];
                    for k in 0..LANES {
                        let θ = theta[from + k];
                        share[k] *= exp(-θ * ln(κ[k]));
                        folded.receipt[lane][k] = share[k] * price[k];
                    }
                    if let Some(at_border) = folded.border.get_mut(lane) {
                        for k in 0..LANES {
                            at_border[k] = share[k] * border[k];
                        }
                    }
                }
            }
        }
    }
}

/// [`fold_tariffs`] with importers shared out among threads; on one, nothing is allocated.
fn fold_importers(base: &Baseline, tariffs: &Cube<Rate>, theta: &[f64], folded: &mut Folded, threads: usize) {
    let Folded { share, receipt, touched, .. } = folded;
    if threads <= 1 {
        return fold_tariffs(base, tariffs, theta, Part { from: 0, share, receipt }, touched);
    }
    // An importer's lanes lie together.
    let each = base.layout.countries.div_ceil(threads);
    let lanes = (each * base.layout.blocks() * base.layout.countries).max(1);
    let shares = share.chunks_mut(lanes).zip(receipt.chunks_mut(lanes)).enumerate();
    let parts = shares.map(|(k, (share, receipt))| Part { from: k * each, share, receipt });
    let found = each_in_order(threads, parts.collect(), |part| {
        let mut touched = Vec::new();
        fold_tariffs(base, tariffs, theta, part, &mut touched);
        touched
    });
    touched.extend(found.into_iter().flatten());
}

/// The lanes of some importers, the first of them `from`.
struct Part<'a> {
    from: usize,
    share: &'a mut [Lane],
    receipt: &'a mut [Lane],
}

widest! {
    /// [`Shock::fold_wedges`] where nothing but tariffs moves, for some importers.
    fn fold_tariffs(
        base: &Baseline, tariffs: &Cube<Rate>, theta: &[f64], part: Part<'_>, touched: &mut Vec<usize>
    ) {
        let (layout, accounts) = (base.layout, base.accounts());
        let Part { from, share, receipt } = part;
        let (first, _) = layout.cell(from, 0, 0);
        let importers = share.len() / (layout.blocks() * layout.countries);
        for n in (from..from + importers).map(CountryId::new) {
            for i in CountryId::all(layout.countries) {
                let before = accounts.tariff.sectors_of(n, i).chunks(LANES);
                let after = tariffs.sectors_of(n, i).chunks(LANES);
                for (block, (before, after)) in before.zip(after).enumerate() {
                    let (mut wedge, mut wedge_new) = ([1.0; LANES], [1.0; LANES]);
                    for (k, (τ, τ_new)) in before.iter().zip(after).enumerate() {
                        (wedge[k], wedge_new[k]) = (1.0 + τ, 1.0 + τ_new.as_share());
                    }
                    if wedge == wedge_new {
                        continue;
                    }
                    let (lane, _) = layout.cell(n.at(), i.at(), block * LANES);
                    touched.push(lane);
                    let (share, receipt) = (&mut share[lane - first], &mut receipt[lane - first]);
                    for k in 0..LANES {
                        let θ = theta[block * LANES + k];
                        share[k] *= exp(-θ * ln(wedge_new[k] / wedge[k]));
                        receipt[k] = share[k] * (1.0 / wedge_new[k]);
                    }
                }
            }
        }
    }
}

impl Folded {
    /// The baseline's shares, wherever the last shock has touched them.
    fn restore(&mut self, base: &Baseline) {
        if self.rewritten {
            self.share.copy_from_slice(&base.padded.share);
            self.receipt.copy_from_slice(&base.padded.receipt);
        } else {
            for lane in &self.touched {
                self.share[*lane] = base.padded.share[*lane];
                self.receipt[*lane] = base.padded.receipt[*lane];
            }
        }
        self.rewritten = false;
        self.touched.clear();
    }
}
