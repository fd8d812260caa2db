//! A scenario: a shock folded into the shares of one baseline, and the flows it caps.

use crate::baseline::Baseline;
use crate::cost_form::CostForm;
use crate::layout::LANES;
use crate::power::{exp, ln};
use crate::shock::{Cap, Rent};
use crate::sweep::Folded;
use crate::system::Evaluation;
use crate::unknowns::Unknowns;

/// A shock folded into the shares of one baseline, and the state of its caps.
#[derive(Debug, Clone)]
pub(crate) struct Scenario {
    pub unknowns: Unknowns,
    /// θ by sector, padded: the baseline's, or a draw.
    pub theta: Vec<f64>,
    form: Option<CostForm>,
    pub folded: Folded,
    caps: Vec<Capped>,
    /// What countries receive beyond their deficits; empty where nothing is paid.
    pub transfers: Vec<f64>,
}

/// One capped flow: where it lies, what it was, and its share before rent.
#[derive(Debug, Clone)]
pub(crate) struct Capped {
    lane: usize,
    place: usize,
    pub importer: usize,
    pub exporter: usize,
    pub sector: usize,
    theta: f64,
    ln_quantity: f64,
    rent: Rent,
    /// A, B and C at zero rent.
    free: (f64, f64, f64),
    received_before: f64,
}

impl Capped {
    /// ln(q̂/cap) of a flow whose producers receive `received` at log costs `ln_cost`; none where it never was.
    pub fn excess(&self, received: f64, ln_cost: f64) -> Option<f64> {
        let bought = received > 0.0 && self.received_before > 0.0;
        bought.then(|| ln(received / self.received_before) - ln_cost - self.ln_quantity)
    }

    /// ln(1+rent) as the excess would have it: what there is, and more where the flow is above its cap.
    pub fn wanted(&self, ln_rent: f64, excess: f64) -> f64 {
        ln_rent + excess / (1.0 + self.theta)
    }

    /// ∂ ln A, ∂ ln C and ∂ ln B / ∂ ln(1+rent).
    pub fn slopes(&self) -> [f64; 3] {
        let kept = if self.rent == Rent::Importer { 1.0 } else { 0.0 };
        [-self.theta, -self.theta - kept, -self.theta - 1.0]
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
                touched: Vec::new(),
                rewritten: false,
            },
            caps: Vec::new(),
            transfers: Vec::new(),
        }
    }

    /// Takes other trade elasticities than the baseline's, by sector.
    pub fn take_theta(&mut self, base: &Baseline, theta: &[f64]) {
        self.theta[..theta.len()].copy_from_slice(theta);
        if base.unknowns.elastic {
            self.form = Some(CostForm::of_theta(base.accounts(), theta, base.options(), base.layout));
        }
    }

    /// Takes another way in which costs follow output.
    pub fn take_form(&mut self, form: CostForm) {
        self.form = Some(form);
    }

    /// How costs follow output.
    pub fn form<'a>(&'a self, base: &'a Baseline) -> &'a CostForm {
        self.form.as_ref().unwrap_or(&base.padded.form)
    }

    pub(super) fn hold_caps(&mut self, base: &Baseline, caps: &[Cap]) {
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
            let power =
                at.swept.cost_power[(cap.sector / LANES) * layout.countries + cap.exporter][cap.place];
            let spread = at.swept.spread[layout.at(cap.importer, cap.sector)];
            let received = self.folded.receipt[cap.lane][cap.place] * power * spread;
            let excess = cap.excess(received, at.ln_cost[layout.at(cap.exporter, cap.sector)]);
            *gap = excess.map_or(0.0, |excess| cap.wanted(*ln_rent, excess)).max(0.0) - ln_rent;
        }
    }

    /// The flows that are capped, in the order of their rents.
    pub fn capped(&self) -> &[Capped] {
        &self.caps
    }

    /// The rents at a point, by cap: 1 + rent.
    pub fn rents<'a>(&'a self, ln_rents: &'a [f64]) -> impl Iterator<Item = f64> + 'a {
        ln_rents.iter().map(|ln_rent| exp(*ln_rent))
    }
}
