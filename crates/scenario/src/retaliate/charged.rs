//! Real income of both under a duty on some goods of a pair: on whole sectors, or on parts cut out of them.

use diagnostic::Faults;
use economy::Economy;
use equilibrium::{Baseline, Counterfactual, Options, Settings};
use terms::{CountryId, Cube, Rate, SectorId};

use crate::clearing::stalled;
use crate::hats::percent;

/// The pair, the duty on top, and how well every equilibrium cleared.
pub(super) struct Duty<'q> {
    pub options: &'q Options,
    pub importer: CountryId,
    pub exporter: CountryId,
    pub rate: Rate,
    pub solves: usize,
    pub residual: f64,
}

/// What a duty costs one side.
#[derive(Debug, Clone, Copy)]
pub(super) struct Loss {
    /// Real income, %; below zero where it gains.
    pub pct: f64,
    /// Million dollars a year.
    pub usd_mn: f64,
}

impl Duty<'_> {
    /// What it costs the other and the importer when these sectors are charged.
    ///
    /// # Errors
    /// `stalled`.
    pub fn on(
        &mut self,
        (economy, baseline): (&Economy, &Baseline),
        charged: impl Fn(SectorId) -> bool,
    ) -> Result<[Loss; 2], Faults> {
        let (n, i) = (self.importer, self.exporter);
        let base = economy.tariffs();
        let tariffs = Cube::from_fn(economy.countries().len(), economy.sectors().len(), |m, j, s| {
            let more = if (m, j) == (n, i) && charged(s) { self.rate } else { Rate::FREE };
            Rate::share(base[(m, j, s)].as_share() + more.as_share())
        });
        let solution = Counterfactual::of(baseline).under(tariffs).solve(&Settings::default())?;
        if let Some(fault) = stalled(economy, &solution) {
            return Err(fault.into());
        }
        self.solves += 1;
        self.residual = self.residual.max(solution.certificate.largest_excess);
        let million = economy.meta().unit.in_millions();
        Ok([i, n].map(|of| Loss {
            pct: -percent(solution.real_income_hat(of)),
            usd_mn: -solution.equivalent_variation(of) * million,
        }))
    }

    /// The same when only a part of each sector is charged: `part` of every flow `[importer, exporter, sector]` is cut out as
    /// a sector of its own, so that the duty falls on it alone. A sector that is all part is charged whole.
    ///
    /// `paid` is what the part of a sector and its rest pay already, where lines tell them apart; both are scaled alike so
    /// that together they pay what the sector does.
    ///
    /// # Errors
    /// `stalled`; faults of the cut accounts.
    pub fn on_parts(
        &mut self,
        economy: &Economy,
        part: &Cube<f64>,
        paid: impl Fn(SectorId) -> Option<[f64; 2]>,
    ) -> Result<[Loss; 2], Faults> {
        let charged = |s: &SectorId| part[(self.importer, self.exporter, *s)] > 0.0;
        let rest = |s: &SectorId| {
            let mut flows =
                economy.country_ids().flat_map(|m| economy.country_ids().map(move |j| (m, j, *s)));
            flows.any(|flow| part[flow] < 1.0)
        };
        let cut: Vec<SectorId> = economy.goods().filter(|s| charged(s) && rest(s)).collect();
        let whole: Vec<SectorId> = economy.goods().filter(|s| charged(s) && !rest(s)).collect();
        let sectors = economy.sectors().len();
        let mut accounts = economy.accounts().split(&cut, part);
        for (k, s) in cut.iter().enumerate() {
            let Some(duties) = paid(*s) else { continue };
            let cells = [SectorId::new(sectors + k), *s].map(|s| (self.importer, self.exporter, s));
            let [part, rest] = cells.map(|cell| accounts.trade[cell]);
            let sum = part * duties[0] + rest * duties[1];
            if sum > 0.0 {
                let scale = (part + rest) * accounts.tariffs[cells[1]].as_share() / sum;
                for (cell, duty) in cells.into_iter().zip(duties) {
                    accounts.tariffs[cell] = Rate::share(scale * duty);
                }
            }
        }
        let world = accounts.checked()?;
        let baseline = Baseline::of(&world, self.options)?;
        self.on((&world, &baseline), |s| s.at() >= sectors || whole.contains(&s))
    }
}
