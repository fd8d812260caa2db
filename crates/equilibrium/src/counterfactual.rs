//! A question to a baseline: other tariffs, other trade costs, taxes, bans and caps.

use diagnostic::{Diagnostic, Faults};
use terms::{CountryId, Cube, Grid, Rate, SectorId};

use crate::baseline::Baseline;
use crate::settings::Settings;
use crate::shock::{Cap, Shock};
use crate::solution::Solution;
use crate::solver::Solver;

/// What changes, against one baseline.
///
/// ```no_run
/// # use equilibrium::{Baseline, Counterfactual, Settings};
/// # fn of(baseline: &Baseline, tariffs: terms::Cube<terms::Rate>) -> Result<(), diagnostic::Faults> {
/// let solution = Counterfactual::of(baseline).under(tariffs).solve(&Settings::default())?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Counterfactual<'a> {
    baseline: &'a Baseline,
    pub(crate) shock: Shock,
}

impl<'a> Counterfactual<'a> {
    /// Nothing changes yet.
    pub fn of(baseline: &'a Baseline) -> Self {
        Self { baseline, shock: Shock::default() }
    }

    /// Under these tariffs τ′ `[importer, exporter, sector]`, all of them.
    #[must_use]
    pub fn under(mut self, tariffs: Cube<Rate>) -> Self {
        self.shock.tariffs = Some(tariffs);
        self
    }

    /// With trade costs that change by these factors d̂ `[importer, exporter, sector]`: `1.1` melts a
    /// tenth more on the way.
    #[must_use]
    pub fn with_icebergs(mut self, hats: Cube<f64>) -> Self {
        self.shock.icebergs = Some(hats);
        self
    }

    /// With these taxes e′ `[importer, exporter, sector]` that exporters' governments charge on the price
    /// their producers get; negative ones are export subsidies. The importer's duty is on top.
    #[must_use]
    pub fn with_export_taxes(mut self, taxes: Cube<Rate>) -> Self {
        self.shock.export_taxes = Some(taxes);
        self
    }

    /// With these payments received by every country (below zero where it pays) beyond its deficit, in the money of the
    /// base, world factor income being the numeraire. They sum to zero.
    #[must_use]
    pub fn with_transfers(mut self, received: Vec<f64>) -> Self {
        self.shock.transfers = received;
        self
    }

    /// With these subsidies σ′ `[country, sector]` on output: buyers pay (1 − σ′) of what producers get, the
    /// government the rest.
    #[must_use]
    pub fn with_production_subsidies(mut self, subsidies: Grid<Rate>) -> Self {
        self.shock.subsidies = Some(subsidies);
        self
    }

    /// With these flows `(importer, exporter, sector)` forbidden: their shares are zero, exactly.
    #[must_use]
    pub fn banning(mut self, flows: impl IntoIterator<Item = (CountryId, CountryId, SectorId)>) -> Self {
        self.shock.bans.extend(flows);
        self
    }

    /// With these flows capped in quantity; where a cap binds, its rent goes to the side it names.
    #[must_use]
    pub fn capping(mut self, caps: impl IntoIterator<Item = Cap>) -> Self {
        self.shock.caps.extend(caps);
        self
    }

    /// The equilibrium under the change.
    ///
    /// # Errors
    /// When the question cannot be asked: an array of another shape (`wrong-shape`), a rate at or below −100 %
    /// or not a number (`impossible-rate`), a trade-cost factor that is not positive (`impossible-iceberg`), a
    /// cap that is not positive (`impossible-cap`), a sector of which every source is banned (`no-source`).
    /// A solve that does not clear is no error: its [`Solution::status`] says so.
    pub fn solve(&self, settings: &Settings) -> Result<Solution, Faults> {
        Solver::of(self.baseline, settings).solve(self, settings)
    }

    /// The same question to another baseline.
    #[must_use]
    pub fn to<'b>(&self, baseline: &'b Baseline) -> Counterfactual<'b> {
        Counterfactual { baseline, shock: self.shock.clone() }
    }

    /// The baseline that is asked.
    pub fn baseline(&self) -> &'a Baseline {
        self.baseline
    }

    /// The same change done in part.
    #[must_use]
    pub(crate) fn partway(&self, part: f64) -> Self {
        let shock = if part == 1.0 { self.shock.clone() } else { self.shock.partway(self.baseline, part) };
        Self { baseline: self.baseline, shock }
    }

    /// Whether the question can be asked at all.
    pub(crate) fn check(&self) -> Result<(), Faults> {
        let mut faults = Faults::new();
        let Shock { tariffs, icebergs, export_taxes, subsidies, bans, caps, transfers } = &self.shock;
        if let Some(tariffs) = tariffs {
            self.check_cube("tariffs", tariffs, |rate| rate.as_share() > -1.0, &mut faults);
        }
        if let Some(taxes) = export_taxes {
            self.check_cube("export taxes", taxes, |rate| rate.as_share() > -1.0, &mut faults);
        }
        if let Some(hats) = icebergs {
            self.check_cube("trade-cost factors", hats, |hat| *hat > 0.0, &mut faults);
        }
        if let Some(subsidies) = subsidies {
            self.check_subsidies(subsidies, &mut faults);
        }
        self.check_flows(bans, caps, &mut faults);
        if !transfers.is_empty() {
            self.check_transfers(transfers, &mut faults);
        }
        faults.or(())
    }

    /// A finite rate below 100 % for every sector.
    fn check_subsidies(&self, subsidies: &Grid<Rate>, faults: &mut Faults) {
        let found = (subsidies.countries(), subsidies.sectors());
        if let Some(fault) = self.shape("production subsidies", found, "[country, sector]") {
            faults.push(fault);
        } else {
            for (k, rate) in subsidies.as_slice().iter().enumerate() {
                if !(rate.as_share() < 1.0 && rate.as_share().is_finite()) {
                    let (i, s) = (k / found.1, k % found.1);
                    let message = format!("the production subsidy at [{i}, {s}] is {} %", rate.as_percent());
                    faults.push(
                        Diagnostic::error("impossible-rate", message)
                            .help("a subsidy is finite and below 100 %"),
                    );
                }
            }
        }
    }

    /// Banned and capped flows are among the baseline's, and caps are positive.
    fn check_flows(&self, bans: &[(CountryId, CountryId, SectorId)], caps: &[Cap], faults: &mut Faults) {
        let inside = |n: CountryId, i: CountryId, s: SectorId| {
            let layout = self.baseline.layout;
            n.at() < layout.countries && i.at() < layout.countries && s.at() < layout.sectors
        };
        let flows =
            bans.iter().copied().chain(caps.iter().map(|cap| (cap.importer, cap.exporter, cap.sector)));
        for (n, i, s) in flows.filter(|(n, i, s)| !inside(*n, *i, *s)) {
            let message =
                format!("the flow [{}, {}, {}] is not one of the baseline's", n.at(), i.at(), s.at());
            faults.push(
                Diagnostic::error("wrong-shape", message).help("use the places of the economy's own lists"),
            );
        }
        for cap in caps.iter().filter(|cap| !(cap.quantity > 0.0 && cap.quantity.is_finite())) {
            let message = format!("a flow is capped at {} of its baseline quantity", cap.quantity);
            faults.push(
                Diagnostic::error("impossible-cap", message)
                    .help("a cap is a positive share; to forbid a flow, ban it"),
            );
        }
    }

    /// One payment a country, and what some pay others receive.
    fn check_transfers(&self, transfers: &[f64], faults: &mut Faults) {
        let countries = self.baseline.layout.countries;
        if transfers.len() != countries {
            let message =
                format!("{} countries receive transfers, the baseline has {countries}", transfers.len());
            faults.push(
                Diagnostic::error("wrong-shape", message).help("give one payment a country, zero for none"),
            );
            return;
        }
        let (left, moved) =
            transfers.iter().fold((0.0, 0.0), |(left, moved), money| (left + money, moved + money.abs()));
        // A NaN is no balance either.
        let balanced = f64::abs(left) <= 1e-12 * moved.max(f64::MIN_POSITIVE);
        if !balanced {
            let message = format!("transfers sum to {left}, of {moved} that moves");
            let fault = Diagnostic::error("unbalanced-transfers", message);
            faults.push(fault.help("what some pay others receive: the sum must be zero"));
        }
    }

    fn check_cube<T: Number>(
        &self,
        what: &str,
        cube: &Cube<T>,
        legal: impl Fn(&T) -> bool,
        faults: &mut Faults,
    ) {
        let found = (cube.countries(), cube.sectors());
        if let Some(fault) = self.shape(what, found, "[importer, exporter, sector]") {
            faults.push(fault);
            return;
        }
        if cube.as_slice().iter().all(|value| legal(value) && value.finite()) {
            return;
        }
        for ((n, i, s), value) in cube.cells() {
            if !(legal(value) && value.finite()) {
                let message = format!("{what} have {} at [{}, {}, {}]", value.said(), n.at(), i.at(), s.at());
                faults.push(Diagnostic::error(T::CODE, message).help(T::HELP));
            }
        }
    }

    /// The fault of an array whose sizes are not the baseline's.
    fn shape(&self, what: &str, found: (usize, usize), order: &str) -> Option<Diagnostic> {
        let right = (self.baseline.layout.countries, self.baseline.layout.sectors);
        (found != right).then(|| {
            let message = format!(
                "the {what} are made for {} countries and {} sectors, the baseline has {} and {}",
                found.0, found.1, right.0, right.1
            );
            Diagnostic::error("wrong-shape", message).help(format!("they are {order}"))
        })
    }
}

/// What a question's cubes hold.
trait Number {
    const CODE: &'static str;
    const HELP: &'static str;
    fn finite(&self) -> bool;
    fn said(&self) -> String;
}

impl Number for Rate {
    const CODE: &'static str = "impossible-rate";
    const HELP: &'static str = "a rate is finite and above −100 %";
    fn finite(&self) -> bool {
        self.as_share().is_finite()
    }
    fn said(&self) -> String {
        format!("{} %", self.as_percent())
    }
}

impl Number for f64 {
    const CODE: &'static str = "impossible-iceberg";
    const HELP: &'static str = "a factor is finite and positive; `1` is no change";
    fn finite(&self) -> bool {
        self.is_finite()
    }
    fn said(&self) -> String {
        self.to_string()
    }
}
