//! A question to a baseline: other tariffs, other trade costs.

use diagnostic::{Diagnostic, Faults};
use terms::{Cube, Rate};

use crate::baseline::Baseline;
use crate::layout::LANES;
use crate::power::power;
use crate::settings::Settings;
use crate::solution::Solution;
use crate::solve::Workspace;
use crate::sweep::Folded;

/// What changes, against one baseline.
///
/// ```text
/// let solution = Counterfactual::of(&baseline).under(tariffs).solve(&Settings::default())?;
/// ```
#[derive(Debug, Clone)]
pub struct Counterfactual<'a> {
    baseline: &'a Baseline,
    tariffs: Option<Cube<Rate>>,
    icebergs: Option<Cube<f64>>,
}

impl<'a> Counterfactual<'a> {
    /// Nothing changes yet.
    pub fn of(baseline: &'a Baseline) -> Self {
        Self { baseline, tariffs: None, icebergs: None }
    }

    /// Under these tariffs τ′ `[importer, exporter, sector]`, all of them.
    #[must_use]
    pub fn under(mut self, tariffs: Cube<Rate>) -> Self {
        self.tariffs = Some(tariffs);
        self
    }

    /// With trade costs that change by these factors d̂ `[importer, exporter, sector]`: `1.1` melts a
    /// tenth more on the way.
    #[must_use]
    pub fn with_icebergs(mut self, hats: Cube<f64>) -> Self {
        self.icebergs = Some(hats);
        self
    }

    /// The equilibrium under the change.
    ///
    /// # Errors
    /// When the question cannot be asked: an array of another shape (`wrong-shape`), a rate at or below −100 % or
    /// not a number (`impossible-rate`), a trade-cost factor that is not positive (`impossible-iceberg`).
    /// A solve that does not clear is no error: its [`Solution::status`] says so.
    pub fn solve(&self, settings: &Settings) -> Result<Solution, Faults> {
        self.solve_in(&mut Workspace::new(self.baseline, settings), settings)
    }

    /// As [`Self::solve`], from the point and in the memory of `workspace`.
    pub(crate) fn solve_in(
        &self,
        workspace: &mut Workspace,
        settings: &Settings,
    ) -> Result<Solution, Faults> {
        self.faults().or(())?;
        let accounts = self.baseline.accounts();
        let tariffs = match &self.tariffs {
            Some(tariffs) => Cube::from_fn(accounts.countries(), accounts.sectors(), |n, i, s| {
                tariffs[(n, i, s)].as_share()
            }),
            None => accounts.tariff.clone(),
        };
        let folded = fold(self.baseline, &tariffs, self.icebergs.as_ref());
        let ended = workspace.clear_markets(self.baseline, &folded, settings);
        let mut solution =
            Solution::of(self.baseline, tariffs, self.icebergs.clone(), &folded, workspace, ended);
        if settings.second_start {
            let mut other = Workspace::new(self.baseline, settings);
            other.start_elsewhere(self.baseline);
            other.clear_markets(self.baseline, &folded, settings);
            let wages = 0..accounts.countries();
            let apart = workspace.point[wages.clone()].iter().zip(&other.point[wages]);
            let largest = apart.map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
            solution.certificate.second_start = Some(largest);
        }
        Ok(solution)
    }

    /// The baseline that is asked.
    pub(crate) fn baseline(&self) -> &'a Baseline {
        self.baseline
    }

    /// The same change done in part: every log wedge and log trade cost times `part`.
    #[must_use]
    pub(crate) fn partway(&self, part: f64) -> Self {
        if part == 1.0 {
            return self.clone();
        }
        let before = &self.baseline.accounts().tariff;
        let sizes = (before.countries(), before.sectors());
        Self {
            baseline: self.baseline,
            tariffs: self.tariffs.as_ref().map(|tariffs| {
                Cube::from_fn(sizes.0, sizes.1, |n, i, s| {
                    let (from, to) = (1.0 + before[(n, i, s)], tariffs[(n, i, s)].wedge());
                    Rate::share(if from == to { from - 1.0 } else { from * power(to / from, part) - 1.0 })
                })
            }),
            icebergs: self
                .icebergs
                .as_ref()
                .map(|hats| Cube::from_fn(sizes.0, sizes.1, |n, i, s| power(hats[(n, i, s)], part))),
        }
    }

    fn faults(&self) -> Faults {
        let mut faults = Faults::new();
        let sizes = (self.baseline.layout.countries, self.baseline.layout.sectors);
        if let Some(tariffs) = &self.tariffs {
            match shape("tariffs", (tariffs.countries(), tariffs.sectors()), sizes) {
                Some(fault) => faults.push(fault),
                None => {
                    for ((n, i, s), rate) in tariffs.cells() {
                        if !(rate.as_share() > -1.0 && rate.as_share().is_finite()) {
                            let place = format!("[{}, {}, {}]", n.at(), i.at(), s.at());
                            let found = rate.as_percent();
                            let message = format!("the tariff at {place} is {found} %");
                            faults.push(
                                Diagnostic::error("impossible-rate", message)
                                    .help("a rate is finite and above −100 %"),
                            );
                        }
                    }
                }
            }
        }
        if let Some(icebergs) = &self.icebergs {
            match shape("trade-cost factors", (icebergs.countries(), icebergs.sectors()), sizes) {
                Some(fault) => faults.push(fault),
                None => {
                    for ((n, i, s), hat) in icebergs.cells() {
                        if !(*hat > 0.0 && hat.is_finite()) {
                            let place = format!("[{}, {}, {}]", n.at(), i.at(), s.at());
                            let message = format!("the trade-cost factor at {place} is {hat}");
                            faults.push(
                                Diagnostic::error("impossible-iceberg", message)
                                    .help("a factor is finite and positive; `1` is no change"),
                            );
                        }
                    }
                }
            }
        }
        faults
    }
}

/// The fault of an array whose sizes are not the baseline's.
fn shape(what: &str, found: (usize, usize), right: (usize, usize)) -> Option<Diagnostic> {
    (found != right).then(|| {
        let message = format!(
            "the {what} are {} × {} × {}, the baseline is {} × {} × {}",
            found.0, found.0, found.1, right.0, right.0, right.1
        );
        Diagnostic::error("wrong-shape", message).help("arrays are [importer, exporter, sector]")
    })
}

/// Folds a shock into the shares: (E4) A = π κ̂^(−θ) with κ̂ = d̂ (1+τ′)/(1+τ), B = A/(1+τ′).
pub(crate) fn fold(base: &Baseline, tariffs: &Cube<f64>, icebergs: Option<&Cube<f64>>) -> Folded {
    let layout = base.layout;
    let accounts = base.accounts();
    let mut share = base.padded.share.clone();
    let mut receipt = vec![[0.0; LANES]; layout.cube()];
    for ((n, i, s), τ) in tariffs.cells() {
        let (lane, place) = layout.cell(n.at(), i.at(), s.at());
        let before = accounts.tariff[(n, i, s)];
        let mut wedge = 1.0;
        if *τ != before {
            wedge = (1.0 + τ) / (1.0 + before);
        }
        if let Some(hats) = icebergs {
            wedge *= hats[(n, i, s)];
        }
        if wedge != 1.0 {
            share[lane][place] *= power(wedge, -accounts.theta[s.at()]);
        }
        receipt[lane][place] = share[lane][place] / (1.0 + τ);
    }
    let idle = |x: &f64| if *x > 0.0 { 0.0 } else { 1.0 };
    Folded { share, receipt, absent: base.padded.spending.iter().map(idle).collect() }
}
