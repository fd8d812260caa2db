//! What bans close beside the flows they name.

use diagnostic::{Diagnostic, Faults};
use terms::CountryId;

use crate::baseline::Baseline;
use crate::sweep::Folded;

impl Folded {
    /// Follows closed flows: a sector no one can sell is unsold, what no one needs is not bought.
    ///
    /// # Errors
    /// `no-source` where something is needed and every source is closed.
    pub(super) fn close_markets(&mut self, base: &Baseline) -> Result<(), Faults> {
        let (layout, accounts) = (base.layout, base.accounts());
        let mut faults = Faults::new();
        loop {
            let mut changed = false;
            for n in 0..layout.countries {
                for s in 0..layout.sectors {
                    let at = layout.at(n, s);
                    let sold = (0..layout.countries).any(|m| {
                        let (lane, place) = layout.cell(m, n, s);
                        self.share[lane][place] > 0.0 && self.absent[layout.at(m, s)] == 0.0
                    });
                    if !sold && self.unsold[at] == 0.0 {
                        (self.unsold[at], changed) = (1.0, true);
                    }
                }
            }
            for n in 0..layout.countries {
                for s in 0..layout.sectors {
                    let at = layout.at(n, s);
                    let needed = accounts.final_share.row(CountryId::new(n))[s] > 0.0
                        || (0..layout.sectors).any(|k| {
                            let γ = accounts
                                .input_share
                                .as_ref()
                                .map_or(0.0, |γ| γ[(n * layout.sectors + k) * layout.sectors + s]);
                            γ > 0.0 && self.unsold[layout.at(n, k)] == 0.0
                        });
                    if !needed && self.absent[at] == 0.0 {
                        (self.absent[at], changed) = (1.0, true);
                    }
                }
            }
            if !changed {
                break;
            }
        }
        for n in 0..layout.countries {
            for s in 0..layout.sectors {
                let mut open = false;
                let absent = self.absent[layout.at(n, s)] == 1.0;
                for i in 0..layout.countries {
                    let (lane, place) = layout.cell(n, i, s);
                    open |= self.share[lane][place] > 0.0;
                    if absent {
                        self.share[lane][place] = 0.0;
                        self.receipt[lane][place] = 0.0;
                        if let Some(at_border) = self.border.get_mut(lane) {
                            at_border[place] = 0.0;
                        }
                    }
                }
                if !open && !absent {
                    faults.push(
                        Diagnostic::error(
                            "no-source",
                            format!("country {n} needs sector {s} and every source of it is banned"),
                        )
                        .help("leave one source open, its own production for instance"),
                    );
                }
            }
        }
        faults.or(())
    }
}
