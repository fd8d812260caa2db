//! A solution: its status and evidence, and the levels and changes it consists of.

use std::sync::Arc;

use terms::{CountryId, Cube, Grid, SectorId};

use crate::accounts::Accounts;
use crate::baseline::Baseline;
use crate::evidence::{Certificate, Status};
use crate::feedback::strongest_returns;
use crate::layout::LANES;
use crate::options::Revenue;
use crate::outcome::Traded;
use crate::power::{exp, ln};
use crate::sector_blocks::has_left;
use crate::shock::{Cap, Rent, Scenario, Shock};
use crate::solve::{Ended, Workspace};
use crate::system::Evaluation;
use crate::tangent::Levels;

/// An equilibrium under changed tariffs, against its baseline.
///
/// Hats are counterfactual over baseline; levels are in the economy's money at unchanged world factor income,
/// the numeraire.
#[derive(Debug, Clone)]
pub struct Solution {
    /// How the solve ended.
    pub status: Status,
    /// What stands behind the status.
    pub certificate: Certificate,
    pub(crate) before: Arc<Accounts>,
    pub(crate) tariff: Cube<f64>,
    pub(crate) exporter_wedge: Option<Cube<f64>>,
    pub(crate) subsidies: Option<Grid<f64>>,
    pub(crate) caps: Vec<Cap>,
    pub(crate) rents: Vec<f64>,
    pub(crate) kept_revenue: bool,
    pub(crate) icebergs: Option<Cube<f64>>,
    pub(crate) productivity_hat: Option<Grid<f64>>,
    pub(crate) tied: f64,
    pub(crate) wage_hat: Vec<f64>,
    pub(crate) cost_hat: Grid<f64>,
    pub(crate) price_hat: Grid<f64>,
    pub(crate) share: Cube<f64>,
    pub(crate) spending: Grid<f64>,
    pub(crate) output: Grid<f64>,
    pub(crate) income: Vec<f64>,
    pub(crate) revenue: Vec<f64>,
    pub(crate) deficit: Vec<f64>,
}

/// How close a rent is to zero, and a flow to its cap, to be called so: above what a solve leaves.
const KINK: f64 = 1e-9;

impl Solution {
    pub(crate) fn of(
        base: &Baseline,
        shock: &Shock,
        scenario: &Scenario,
        workspace: &Workspace,
        ended: Ended,
    ) -> Self {
        let (layout, accounts) = (base.layout, base.accounts());
        let at = &workspace.evaluation;
        let folded = &scenario.folded;
        let prices = &workspace.point[scenario.unknowns.prices()];
        let mut tariff = accounts.tariff.clone();
        for (τ, rate) in tariff.as_mut_slice().iter_mut().zip(shock.tariffs.iter().flat_map(Cube::as_slice))
        {
            *τ = rate.as_share();
        }
        let mut exporter_wedge = (!folded.border.is_empty()).then(|| {
            Cube::from_fn(layout.countries, layout.sectors, |n, i, s| {
                let before = accounts.exporter_wedge.as_ref().map_or(1.0, |x| x[(n, i, s)]);
                shock.exporter_wedge(n, i, s, before)
            })
        });
        let rents: Vec<f64> = scenario.rents(&workspace.point[scenario.unknowns.caps()]).collect();
        for (cap, rent) in shock.caps.iter().zip(&rents) {
            let place = (cap.importer, cap.exporter, cap.sector);
            match (cap.rent, &mut exporter_wedge) {
                (Rent::Exporter, Some(x)) => x[place] *= rent,
                _ => tariff[place] = (1.0 + tariff[place]) * rent - 1.0,
            }
        }
        let grid = |cells: &[f64]| {
            Grid::from_fn(layout.countries, layout.sectors, |n, s| cells[layout.at(n.at(), s.at())])
        };
        let mut share = Cube::filled(layout.countries, layout.sectors, 0.0);
        for (pair, cells) in share.as_mut_slice().chunks_exact_mut(layout.sectors).enumerate() {
            let (n, i) = (pair / layout.countries, pair % layout.countries);
            for (block, cells) in cells.chunks_mut(LANES).enumerate() {
                let folded = &folded.share[(n * layout.blocks() + block) * layout.countries + i];
                let power = &at.swept.cost_power[block * layout.countries + i];
                let index = &at.swept.index[layout.at(n, block * LANES)..];
                for (k, cell) in cells.iter_mut().enumerate() {
                    *cell = folded[k] * power[k] / index[k];
                }
            }
        }
        let exps = |cells: &[f64]| cells.iter().map(|x| exp(*x)).collect::<Vec<_>>();
        let mut this = Self {
            status: ended.status,
            certificate: Certificate {
                largest_excess: ended.largest,
                at: ended.at,
                walras: f64::NAN,
                iterations: ended.iterations,
                evaluations: ended.evaluations,
                second_start: None,
                strongest_returns: strongest_returns(base),
                feedback: base.feedback(),
                elapsed: None,
            },
            before: base.shared_accounts(),
            tariff,
            exporter_wedge,
            subsidies: shock
                .subsidies
                .as_ref()
                .map(|σ| Grid::from_fn(layout.countries, layout.sectors, |i, s| σ[(i, s)].as_share())),
            caps: shock.caps.clone(),
            rents: rents.iter().map(|rent| rent - 1.0).collect(),
            kept_revenue: base.options().revenue == Revenue::Kept,
            icebergs: shock.icebergs.clone(),
            productivity_hat: base.padded.form.has_scale().then(|| productivity(base, at)),
            tied: base.padded.form.tied,
            wage_hat: at.wage.clone(),
            cost_hat: grid(&exps(&at.ln_cost)),
            price_hat: grid(&exps(prices)),
            share,
            spending: grid(&at.spending),
            output: grid(&at.swept.output),
            income: at.income.clone(),
            revenue: at.swept.revenue.clone(),
            deficit: at.deficit.clone(),
        };
        this.close_exits(base, &workspace.point[scenario.unknowns.output()]);
        this.certificate.walras = this.walras();
        this
    }

    /// Nothing at all from sectors that have left: a solve holds them at a trace.
    fn close_exits(&mut self, base: &Baseline, ln_output: &[f64]) {
        let countries = base.layout.countries;
        let gone = |(i, s): &(CountryId, SectorId)| has_left(ln_output[base.layout.at(i.at(), s.at())]);
        for (i, s) in base.accounts().makers().filter(|cell| !ln_output.is_empty() && gone(cell)) {
            self.output[(i, s)] = 0.0;
            CountryId::all(countries).for_each(|n| self.share[(n, i, s)] = 0.0);
        }
    }

    /// The baseline in shares.
    pub fn before(&self) -> &Accounts {
        &self.before
    }

    /// τ′.
    pub fn tariff(&self, importer: CountryId, exporter: CountryId, sector: SectorId) -> f64 {
        self.tariff[(importer, exporter, sector)]
    }

    /// x′: what export taxes, production subsidies and exporters' licence rents make of the exporter's price.
    pub fn exporter_wedge(&self, importer: CountryId, exporter: CountryId, sector: SectorId) -> f64 {
        self.exporter_wedge.as_ref().map_or(1.0, |x| x[(importer, exporter, sector)])
    }

    /// The rents of the question's caps, in its order, as shares of the price without: zero where a cap does
    /// not bind.
    pub fn rents(&self) -> &[f64] {
        &self.rents
    }

    /// The caps whose licences cost something, by their places in the question.
    pub fn caps_that_bind(&self) -> Vec<usize> {
        (0..self.caps.len()).filter(|place| self.rents[*place] > KINK).collect()
    }

    /// The caps that stand at their kink, by their places in the question: the flow is as large as it may be, and
    /// licences cost nothing. Outcomes have two slopes there, one while the flow shrinks and one while it would grow:
    /// see [`crate::Gradients::at`] and [`crate::Gradients::where_kinks_hold`].
    pub fn caps_at_kink(&self) -> Vec<usize> {
        let stands = |place: &usize| {
            let cap = &self.caps[*place];
            let flow = (cap.importer, cap.exporter, cap.sector);
            let before = self.before.received(flow.0, flow.1, flow.2);
            let received = self.trade(flow.0, flow.1, flow.2) / self.exporter_wedge(flow.0, flow.1, flow.2);
            let quantity = received / before / self.cost_hat(flow.1, flow.2);
            self.rents[*place] <= KINK && (quantity / cap.quantity - 1.0).abs() <= KINK
        };
        (0..self.caps.len()).filter(stands).collect()
    }

    /// σ′, the production subsidy asked for.
    pub fn production_subsidy(&self, country: CountryId, sector: SectorId) -> f64 {
        self.subsidies.as_ref().map_or(0.0, |σ| σ[(country, sector)])
    }

    /// d̂, the change of the trade cost asked for.
    pub fn iceberg_hat(&self, importer: CountryId, exporter: CountryId, sector: SectorId) -> f64 {
        self.icebergs.as_ref().map_or(1.0, |hats| hats[(importer, exporter, sector)])
    }

    /// The counterfactual world as accounts: a base year for further questions.
    pub fn accounts(&self) -> Accounts {
        Accounts {
            share: self.share.clone(),
            tariff: self.tariff.clone(),
            spending: self.spending.clone(),
            output: self.output.clone(),
            income: self.income.clone(),
            factor_income: self.factor_income(),
            revenue: self.revenue.clone(),
            deficit: self.deficit.clone(),
            exporter_wedge: self.exporter_wedge.clone(),
            ..(*self.before).clone()
        }
    }

    /// wL′ of every country.
    fn factor_income(&self) -> Vec<f64> {
        self.wage_hat.iter().zip(&self.before.factor_income).map(|(ŵ, wl)| ŵ * wl).collect()
    }

    /// What equations are linearised at.
    pub(crate) fn levels(&self) -> Levels<'_> {
        Levels {
            share: &self.share,
            tariff: &self.tariff,
            exporter_wedge: self.exporter_wedge.as_ref(),
            spending: &self.spending,
            output: &self.output,
            income: &self.income,
            factor_income: self.factor_income(),
            deficit: &self.deficit,
            theta: &self.before.theta,
        }
    }

    /// Every flow at the border, before duty: π′X′/(1+τ′).
    pub fn flows(&self) -> Cube<f64> {
        let countries = self.share.countries();
        let mut flows = Cube::filled(countries, self.share.sectors(), 0.0);
        let cells = flows.as_mut_slice().chunks_exact_mut(self.share.sectors());
        let worlds = self.share.as_slice().chunks_exact(self.share.sectors());
        let wedges = self.tariff.as_slice().chunks_exact(self.share.sectors());
        for (pair, ((to, shares), tariffs)) in cells.zip(worlds).zip(wedges).enumerate() {
            let spending = self.spending.row(CountryId::new(pair / countries));
            for (to, ((π, τ), x)) in to.iter_mut().zip(shares.iter().zip(tariffs).zip(spending)) {
                *to = π * x / (1.0 + τ);
            }
        }
        flows
    }

    /// The largest gap, over income, between imports before duty less deficit and exports.
    fn walras(&self) -> f64 {
        let Traded { imports, exports } = self.traded();
        let flows = imports.iter().zip(&exports).zip(&self.deficit);
        let balance = flows.map(|((imports, exports), deficit)| imports - exports - deficit);
        let gaps = balance.zip(&self.income).map(|(gap, income)| (gap / income).abs());
        gaps.fold(0.0, f64::max)
    }
}

/// What scale has made of productivity, by sector.
fn productivity(base: &Baseline, at: &Evaluation) -> Grid<f64> {
    let layout = base.layout;
    Grid::from_fn(layout.countries, layout.sectors, |i, s| {
        let cell = layout.at(i.at(), s.at());
        let (before, after) = (base.padded.output[cell], at.swept.output[cell]);
        if !(before > 0.0 && after > 0.0) {
            return 1.0;
        }
        let (ln_output, ln_wage) = (ln(after / before), ln(at.wage[i.at()]));
        exp(base.padded.form.scale_gain(s.at(), at.ln_cost[cell], ln_wage, ln_output))
    })
}
