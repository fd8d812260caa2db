//! Accounts made to balance, on request, with a report of what was moved.

use diagnostic::Diagnostic;
use terms::{CountryId, Grid, SectorId};

use crate::sums::{bought, earned, sold, used};
use crate::{Difference, Draft};

/// How gaps are closed. Value added is always what output leaves after inputs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Repair {
    /// Each gap goes to purchases at home: what is made and not sold is taken as sold at home, what is bought
    /// and not used as final demand. Flows between countries stay as they are.
    #[default]
    HomeFinal,
    /// Flows of each sector are scaled by row and column in turn (RAS) until they meet output and use; output,
    /// inputs and, but for a common factor of each sector, final demand stay as they are.
    Ras,
}

/// Repaired accounts and what the repair changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Repaired {
    /// The accounts, balanced.
    pub draft: Draft,
    /// Every cell that changed.
    pub report: Difference,
}

/// RAS stops when every row and column is met to this share of its margin.
const CLOSE: f64 = 1e-13;
/// RAS gives up after so many rounds; tables with a positive home flow everywhere need some tens.
const ROUNDS: usize = 10_000;

impl Draft {
    /// The accounts with negative flows set to zero and every gap closed.
    ///
    /// # Errors
    /// `no-repair` where RAS cannot meet the margins, because flows that would have to carry them are zero.
    pub fn repaired(&self, how: Repair) -> Result<Repaired, Diagnostic> {
        let mut draft = self.clone();
        clear(draft.trade.as_mut_slice());
        clear(draft.final_demand.as_mut_slice());
        clear(draft.output.as_mut_slice());
        match how {
            Repair::HomeFinal => draft.close_at_home(),
            Repair::Ras => draft.scale()?,
        }
        draft.value_added = earned(&draft.output, draft.inputs.as_ref());
        let report = self.difference(&draft);
        Ok(Repaired { draft, report })
    }

    /// `trade[i,i,s] := max(0, output − exports)`, raised where more is used than bought; then output is what is
    /// sold and final demand what is bought and not used.
    fn close_at_home(&mut self) {
        let used = used(self.countries.len(), self.sectors.len(), self.inputs.as_ref());
        for i in CountryId::all(self.countries.len()) {
            for s in SectorId::all(self.sectors.len()) {
                let abroad = CountryId::all(self.countries.len()).filter(|n| *n != i);
                let exports: f64 = abroad.clone().map(|n| self.trade[(n, i, s)]).sum();
                let imports: f64 = abroad.map(|n| self.trade[(i, n, s)]).sum();
                let home = (self.output[(i, s)] - exports).max(0.0);
                self.trade[(i, i, s)] = home.max(used[(i, s)] - imports);
            }
        }
        self.output = sold(&self.trade);
        let bought = bought(&self.trade);
        self.final_demand = Grid::from_fn(bought.countries(), bought.sectors(), |n, s| {
            // What is left of a difference of equal sums is no purchase.
            let left = bought[(n, s)] - used[(n, s)];
            if left.abs() <= 1e-14 * bought[(n, s)] { 0.0 } else { left }
        });
    }

    /// RAS of each sector's `importer × exporter` flows to the margins `use + final` and `output`.
    fn scale(&mut self) -> Result<(), Diagnostic> {
        let used = used(self.countries.len(), self.sectors.len(), self.inputs.as_ref());
        let countries = self.countries.len();
        for s in SectorId::all(self.sectors.len()) {
            let output: Vec<f64> = CountryId::all(countries).map(|i| self.output[(i, s)]).collect();
            let (made, taken): (f64, f64) =
                (output.iter().sum(), CountryId::all(countries).map(|n| used[(n, s)]).sum());
            let final_sum: f64 = CountryId::all(countries).map(|n| self.final_demand[(n, s)]).sum();
            let factor = if final_sum > 0.0 { (made - taken) / final_sum } else { 1.0 };
            if factor < 0.0 {
                return Err(self.hopeless(s, "more is used as input than is made"));
            }
            for n in CountryId::all(countries) {
                self.final_demand[(n, s)] *= factor;
            }
            let uses: Vec<f64> =
                CountryId::all(countries).map(|n| used[(n, s)] + self.final_demand[(n, s)]).collect();
            let mut gap = f64::INFINITY;
            for _ in 0..ROUNDS {
                for i in CountryId::all(countries) {
                    let sum: f64 = CountryId::all(countries).map(|n| self.trade[(n, i, s)]).sum();
                    let scale = if sum > 0.0 { output[i.at()] / sum } else { 1.0 };
                    CountryId::all(countries).for_each(|n| self.trade[(n, i, s)] *= scale);
                }
                gap = 0.0;
                for n in CountryId::all(countries) {
                    let sum: f64 = CountryId::all(countries).map(|i| self.trade[(n, i, s)]).sum();
                    let wanted = uses[n.at()];
                    let scale = if sum > 0.0 { wanted / sum } else { 1.0 };
                    gap = gap.max((sum - wanted).abs() / wanted.max(sum).max(f64::MIN_POSITIVE));
                    CountryId::all(countries).for_each(|i| self.trade[(n, i, s)] *= scale);
                }
                if gap <= CLOSE {
                    break;
                }
            }
            let unsold = CountryId::all(countries).any(|i| {
                let sum: f64 = CountryId::all(countries).map(|n| self.trade[(n, i, s)]).sum();
                (sum - output[i.at()]).abs() > 1e-10 * sum.max(output[i.at()])
            });
            if gap > CLOSE || unsold {
                return Err(self.hopeless(s, "no flows are there to carry what is made to where it is used"));
            }
        }
        Ok(())
    }

    fn hopeless(&self, s: SectorId, why: &str) -> Diagnostic {
        let sector = &self.sectors[s.at()].code;
        Diagnostic::error("no-repair", format!("RAS cannot balance the sector {sector}: {why}"))
            .help("close the gaps at home instead, or correct the table")
    }
}

fn clear(values: &mut [f64]) {
    values.iter_mut().filter(|value| **value < 0.0).for_each(|value| *value = 0.0);
}
