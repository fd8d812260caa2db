//! A scenario: what a question does to the shares, folded in once, and the flows it caps.

use diagnostic::{Diagnostic, Faults};
use terms::{CountryId, Cube, Grid, Rate, SectorId};

use crate::baseline::Baseline;
use crate::cost_form::CostForm;
use crate::layout::LANES;
use crate::power::{exp, ln, power};
use crate::sweep::Folded;
use crate::system::Evaluation;
use crate::unknowns::Unknowns;

/// Whom the price of a licence goes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rent {
    /// The importer's side, as a quota it hands out.
    Importer,
    /// The exporter's side, as an export licence.
    Exporter,
}

/// A cap on the quantity of one flow, as an export control or a quota sets it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cap {
    /// Who buys.
    pub importer: CountryId,
    /// Who sells.
    pub exporter: CountryId,
    /// Of what.
    pub sector: SectorId,
    /// The largest quantity, as a share of the baseline's: `0.4` licenses two fifths of it.
    pub quantity: f64,
    /// Who gets the rent where the cap binds.
    pub rent: Rent,
}

/// What a question changes; parts that are none stay as in the baseline.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shock {
    pub tariffs: Option<Cube<Rate>>,
    pub icebergs: Option<Cube<f64>>,
    pub export_taxes: Option<Cube<Rate>>,
    pub subsidies: Option<Grid<Rate>>,
    pub bans: Vec<(CountryId, CountryId, SectorId)>,
    pub caps: Vec<Cap>,
}

/// A shock folded into the shares of one baseline, and the state of its caps.
#[derive(Debug, Clone)]
pub(crate) struct Scenario {
    pub unknowns: Unknowns,
    /// θ by sector, padded: the baseline's, or a draw.
    pub theta: Vec<f64>,
    form: Option<CostForm>,
    pub folded: Folded,
    caps: Vec<Capped>,
}

/// One capped flow: where it lies, what it was, and its share before rent.
#[derive(Debug, Clone)]
struct Capped {
    lane: usize,
    place: usize,
    importer: usize,
    exporter: usize,
    sector: usize,
    theta: f64,
    ln_quantity: f64,
    rent: Rent,
    /// A, B and C at zero rent.
    free: (f64, f64, f64),
    received_before: f64,
}

impl Shock {
    /// The same done in part: every log wedge times `part`, and banned flows thinned to 1 − `part`.
    pub fn partway(&self, base: &Baseline, part: f64) -> Self {
        let accounts = base.accounts();
        let between = |from: f64, to: f64| if from == to { from } else { from * power(to / from, part) };
        let sizes = (accounts.countries(), accounts.sectors());
        let cube = |to: &Cube<Rate>, from: &dyn Fn(CountryId, CountryId, SectorId) -> f64| {
            Cube::from_fn(sizes.0, sizes.1, |n, i, s| {
                Rate::share(between(from(n, i, s), to[(n, i, s)].wedge()) - 1.0)
            })
        };
        let wedge = |n, i, s| accounts.exporter_wedge.as_ref().map_or(1.0, |x| x[(n, i, s)]);
        let wedges = (self.export_taxes.is_some() || self.subsidies.is_some()).then(|| {
            Cube::from_fn(sizes.0, sizes.1, |n, i, s| Rate::share(self.exporter_wedge(n, i, s, 1.0) - 1.0))
        });
        let mut partial = Self {
            tariffs: self.tariffs.as_ref().map(|to| cube(to, &|n, i, s| 1.0 + accounts.tariff[(n, i, s)])),
            export_taxes: wedges.as_ref().map(|to| cube(to, &wedge)),
            icebergs: self
                .icebergs
                .as_ref()
                .map(|d| Cube::from_fn(sizes.0, sizes.1, |n, i, s| between(1.0, d[(n, i, s)]))),
            subsidies: None,
            bans: Vec::new(),
            caps: self.caps.iter().map(|cap| Cap { quantity: between(1.0, cap.quantity), ..*cap }).collect(),
        };
        if !self.bans.is_empty() {
            // A trade cost that leaves 1 − part of the flow's share.
            let mut thinned = partial.icebergs.take().unwrap_or_else(|| Cube::filled(sizes.0, sizes.1, 1.0));
            for (n, i, s) in &self.bans {
                thinned[(*n, *i, *s)] *= exp(-ln(1.0 - part) / accounts.theta[s.at()]);
            }
            partial.icebergs = Some(thinned);
        }
        partial
    }

    /// The exporter's wedge x′ = (1+e)(1−σ) of a cell; the baseline's where neither is asked for.
    pub fn exporter_wedge(&self, n: CountryId, i: CountryId, s: SectorId, before: f64) -> f64 {
        if self.export_taxes.is_none() && self.subsidies.is_none() {
            return before;
        }
        let taxed = self.export_taxes.as_ref().map_or(1.0, |e| e[(n, i, s)].wedge());
        taxed * self.subsidies.as_ref().map_or(1.0, |σ| 1.0 - σ[(i, s)].as_share())
    }

    /// Whether any exporter's price differs from what its producers receive, or can come to.
    fn wedges(&self, base: &Baseline) -> bool {
        base.accounts().exporter_wedge.is_some()
            || self.export_taxes.is_some()
            || self.subsidies.is_some()
            || self.caps.iter().any(|cap| cap.rent == Rent::Exporter)
    }

    /// (E4): folds the shock into the shares of `base`, into memory that is already there.
    ///
    /// # Errors
    /// `no-source` where a country must buy a sector and every source of it is banned.
    pub fn fold(&self, base: &Baseline, scenario: &mut Scenario) -> Result<(), Faults> {
        let folded = &mut scenario.folded;
        folded.share.copy_from_slice(&base.padded.share);
        folded.receipt.copy_from_slice(&base.padded.receipt);
        let with_border = self.wedges(base);
        folded.border.clear();
        if with_border {
            folded.border.extend_from_slice(base.padded.border());
        }
        if self.tariffs.is_some() || self.icebergs.is_some() || with_border {
            self.fold_wedges(base, &scenario.theta, folded);
        }
        for (n, i, s) in &self.bans {
            let (lane, place) = base.layout.cell(n.at(), i.at(), s.at());
            folded.share[lane][place] = 0.0;
            folded.receipt[lane][place] = 0.0;
            if with_border {
                folded.border[lane][place] = 0.0;
            }
        }
        folded.absent.copy_from_slice(&base.padded.absent);
        folded.unsold.copy_from_slice(&base.padded.unsold);
        scenario.unknowns = Unknowns { caps: self.caps.len(), ..base.unknowns };
        scenario.hold_caps(base, &self.caps);
        if self.bans.is_empty() { Ok(()) } else { scenario.folded.close_markets(base) }
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

impl Scenario {
    /// No shock yet; [`Shock::fold`] writes one.
    pub fn of(base: &Baseline) -> Self {
        Self {
            unknowns: base.unknowns,
            theta: base.padded.theta.clone(),
            form: None,
            folded: Folded {
                share: base.padded.share.clone(),
                receipt: base.padded.receipt.clone(),
                border: if base.accounts().exporter_wedge.is_some() {
                    base.padded.border().to_vec()
                } else {
                    Vec::new()
                },
                absent: base.padded.absent.clone(),
                unsold: base.padded.unsold.clone(),
            },
            caps: Vec::new(),
        }
    }

    /// Takes other trade elasticities than the baseline's, by sector.
    pub fn take_theta(&mut self, base: &Baseline, theta: &[f64]) {
        self.theta[..theta.len()].copy_from_slice(theta);
        if base.unknowns.elastic {
            self.form = Some(CostForm::of_theta(base.accounts(), theta, base.options(), base.layout));
        }
    }

    /// How costs follow output.
    pub fn form<'a>(&'a self, base: &'a Baseline) -> &'a CostForm {
        self.form.as_ref().unwrap_or(&base.padded.form)
    }

    fn hold_caps(&mut self, base: &Baseline, caps: &[Cap]) {
        self.caps.clear();
        for cap in caps {
            let (n, i, s) = (cap.importer, cap.exporter, cap.sector);
            let (lane, place) = base.layout.cell(n.at(), i.at(), s.at());
            let receipt = self.folded.receipt[lane][place];
            self.caps.push(Capped {
                lane,
                place,
                importer: n.at(),
                exporter: i.at(),
                sector: s.at(),
                theta: self.theta[s.at()],
                ln_quantity: ln(cap.quantity),
                rent: cap.rent,
                free: (
                    self.folded.share[lane][place],
                    receipt,
                    self.folded.border.get(lane).map_or(receipt, |c| c[place]),
                ),
                received_before: base.accounts().received(n, i, s),
            });
        }
    }

    /// Writes the shares of capped flows at the given log rents.
    pub fn charge_rents(&mut self, ln_rents: &[f64]) {
        for (cap, ln_rent) in self.caps.iter().zip(ln_rents) {
            // The rent multiplies the flow's price, so the share falls by θ times its log.
            let (share, receipt, border) = cap.free;
            let thinner = exp(-cap.theta * ln_rent);
            let rent = exp(-ln_rent);
            self.folded.share[cap.lane][cap.place] = share * thinner;
            self.folded.receipt[cap.lane][cap.place] = receipt * thinner * rent;
            if let Some(at_border) = self.folded.border.get_mut(cap.lane) {
                let kept = if cap.rent == Rent::Importer { rent } else { 1.0 };
                at_border[cap.place] = border * thinner * kept;
            }
        }
    }

    /// How far each cap is from being kept, or from costing nothing.
    pub fn cap_gaps(&self, base: &Baseline, at: &Evaluation, ln_rents: &[f64], gaps: &mut [f64]) {
        let layout = base.layout;
        for ((cap, ln_rent), gap) in self.caps.iter().zip(ln_rents).zip(gaps) {
            if cap.received_before <= 0.0 {
                *gap = -ln_rent;
                continue;
            }
            let power =
                at.swept.cost_power[(cap.sector / LANES) * layout.countries + cap.exporter][cap.place];
            let spread = at.swept.spread[layout.at(cap.importer, cap.sector)];
            let received = self.folded.receipt[cap.lane][cap.place] * power * spread;
            let excess = if received > 0.0 {
                ln(received / cap.received_before)
                    - at.ln_cost[layout.at(cap.exporter, cap.sector)]
                    - cap.ln_quantity
            } else {
                0.0
            };
            let wanted = ln_rent + excess / (1.0 + cap.theta);
            *gap = wanted.max(0.0) - ln_rent;
        }
    }

    /// The rents at a point, by cap: 1 + rent.
    pub fn rents<'a>(&'a self, ln_rents: &'a [f64]) -> impl Iterator<Item = f64> + 'a {
        ln_rents.iter().map(|ln_rent| exp(*ln_rent))
    }
}

impl Folded {
    /// Follows closed flows: a sector no one can sell is unsold, what no one needs is not bought.
    ///
    /// # Errors
    /// `no-source` where something is needed and every source is closed.
    fn close_markets(&mut self, base: &Baseline) -> Result<(), Faults> {
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
