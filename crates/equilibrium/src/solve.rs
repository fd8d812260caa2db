//! The solve: all unknowns move together until every equation holds.

use diagnostic::Faults;
use terms::{CountryId, SectorId};

use crate::anderson::Anderson;
use crate::baseline::Baseline;
use crate::entry_alone::sectors_apart;
use crate::evidence::{Market, Status};
use crate::newton::Newton;
use crate::power::ln;
use crate::precondition::Work;
use crate::settings::Settings;
use crate::shock::{Scenario, Shock};
use crate::solution::Solution;
use crate::system::Evaluation;
use crate::unknowns::{Unknowns, largest};
use crate::wages_alone::wages_alone;

/// Everything a solve writes to, allocated once; nothing is allocated while it runs.
#[derive(Debug, Clone)]
pub(crate) struct Workspace {
    pub point: Vec<f64>,
    pub residual: Vec<f64>,
    best: Vec<f64>,
    pub work: Work,
    pub evaluation: Evaluation,
    anderson: Anderson,
    pub of_wages: Anderson,
    /// Whether plain steps have failed on the question at hand and Newton's have taken over.
    runs_away: bool,
    /// None until it is needed.
    pub newton: Option<Newton>,
    pub evaluations: usize,
    pub iterations: usize,
}

/// How a solve ended, in numbers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ended {
    pub status: Status,
    pub largest: f64,
    pub at: Market,
    pub iterations: usize,
    pub evaluations: usize,
}

/// Evaluations without a new lowest residual after which an attempt is given up; fewer where Newton's method waits.
pub(crate) const PATIENCE: usize = 40;
const PATIENCE_BEFORE_NEWTON: usize = 15;
/// The smallest part of a hard shock that is still tried on its own.
const SHORTEST: f64 = 1.0 / 4096.0;
/// The largest residual of a point that is worth going on from.
const NEAR: f64 = 1e-6;
/// No unknown moves further than this in one step, in logs.
pub(crate) const LONGEST_STEP: f64 = 2.0;

impl Workspace {
    pub fn new(base: &Baseline, settings: &Settings) -> Self {
        let length = base.unknowns.len();
        Self {
            point: vec![0.0; length],
            residual: vec![0.0; length],
            best: vec![0.0; length],
            work: Work::new(base.layout),
            evaluation: Evaluation::new(base),
            anderson: Anderson::new(length, settings.memory),
            of_wages: Anderson::new(base.layout.countries, settings.memory),
            runs_away: false,
            newton: None,
            evaluations: 0,
            iterations: 0,
        }
    }

    /// The baseline itself: all hats one.
    pub fn start_at_baseline(&mut self) {
        self.point.fill(0.0);
    }

    /// A solution of the same baseline; the baseline itself where it is of another kind.
    pub fn start_at(&mut self, base: &Baseline, near: &Solution) {
        let unknowns = base.unknowns;
        self.point.clear();
        self.point.resize(unknowns.len(), 0.0);
        let same = (near.spending.countries(), near.spending.sectors());
        if unknowns.elastic || same != (base.layout.countries, base.layout.sectors) {
            return;
        }
        for n in CountryId::all(base.layout.countries) {
            self.point[n.at()] = ln(near.wage_hat[n.at()]);
            for s in SectorId::all(base.layout.sectors) {
                let at = base.layout.at(n.at(), s.at());
                let before = base.accounts().spending[(n, s)];
                if before > 0.0 && near.spending[(n, s)] > 0.0 {
                    self.point[unknowns.prices()][at] = ln(near.price_hat[(n, s)]);
                    self.point[unknowns.spending()][at] = ln(near.spending[(n, s)] / before);
                }
            }
        }
    }

    /// A start away from the baseline: wages a tenth up and down by turns, prices and spending with them.
    pub fn start_elsewhere(&mut self, unknowns: Unknowns) {
        self.point.resize(unknowns.len(), 0.0);
        let tilt = |n: usize| if n.is_multiple_of(2) { 0.1 } else { -0.1 };
        for n in 0..unknowns.layout.countries {
            self.point[n] = tilt(n);
            for from in [unknowns.prices().start, unknowns.spending().start] {
                self.point[from..][unknowns.layout.row(n)].fill(tilt(n));
            }
        }
    }

    /// Clears all markets from the point at hand; a shock too large for that is approached in parts.
    ///
    /// # Errors
    /// As [`Shock::fold`].
    pub fn clear_markets(
        &mut self,
        base: &Baseline,
        shock: &Shock,
        scenario: &mut Scenario,
        settings: &Settings,
    ) -> Result<Ended, Faults> {
        let length = scenario.unknowns.len();
        if self.point.len() != length {
            for part in [&mut self.point, &mut self.residual, &mut self.best] {
                part.resize(length, 0.0);
            }
            self.anderson = Anderson::new(length, settings.memory);
        }
        (self.evaluations, self.iterations, self.runs_away) = (0, 0, false);
        if let Some(feedback) = base.feedback().filter(|feedback| !feedback.rests()) {
            self.point.fill(0.0);
            let unmoved = self.judge(base, scenario, settings.tolerance);
            let runs = Market::Output(feedback.at.0, feedback.at.1);
            let status = if unmoved.status.cleared() { Status::Cleared } else { Status::Unstable { runs } };
            return Ok(Ended { status, ..unmoved });
        }
        if wages_alone(base, scenario) {
            self.clear_wages(base, scenario, settings);
        }
        let direct = self.attempt(base, scenario, settings, settings.tolerance);
        if direct.status.cleared() || self.evaluations >= allowed(scenario, settings) {
            return Ok(direct);
        }
        // In parts: from the baseline, each part a start for the next; halved on failure, grown on success.
        self.point.fill(0.0);
        let mut reached = 0.0;
        let mut stride = 0.25;
        let mut here = self.point.clone();
        loop {
            let part = f64::min(reached + stride, 1.0);
            let last = part == 1.0;
            let partial = if last { shock.clone() } else { shock.partway(base, part) };
            partial.fold(base, scenario, settings.threads)?;
            let tolerance = if last { settings.tolerance } else { settings.tolerance.max(1e-6) };
            let ended = self.attempt(base, scenario, settings, tolerance);
            let spent = self.evaluations >= allowed(scenario, settings);
            if ended.status.cleared() {
                if last {
                    return Ok(ended);
                }
                here.copy_from_slice(&self.point);
                (reached, stride) = (part, 1.5 * stride);
            } else {
                self.point.copy_from_slice(&here);
                stride *= 0.5;
            }
            if spent || stride < SHORTEST {
                // Evidence is about the question itself, at the best point its parts have led to.
                shock.fold(base, scenario, settings.threads)?;
                return Ok(self.judge(base, scenario, settings.tolerance));
            }
        }
    }

    /// Plain steps, and Newton's where costs follow output and plain steps do not arrive.
    fn attempt(
        &mut self,
        base: &Baseline,
        scenario: &mut Scenario,
        settings: &Settings,
        tolerance: f64,
    ) -> Ended {
        if !scenario.unknowns.elastic {
            return self.steps(base, scenario, settings, tolerance);
        }
        if sectors_apart(base) {
            let start = self.point.clone();
            match self.clear_entry(base, scenario, tolerance) {
                Some(ended) if ended.status.cleared() => return ended,
                // Rounding has stopped it some digits short: what follows goes on from there.
                Some(ended) if ended.largest < NEAR => {}
                _ => self.point.copy_from_slice(&start),
            }
        }
        if !self.runs_away {
            let start = self.point.clone();
            let plain = self.steps(base, scenario, settings, tolerance);
            if plain.status.cleared() {
                return plain;
            }
            // What runs away once runs away from every part of the shock.
            self.runs_away = true;
            self.point.copy_from_slice(&start);
        }
        self.newton(base, scenario, tolerance, allowed(scenario, settings))
    }

    /// Steps until everything clears, or gives up and goes back to the best point met.
    fn steps(
        &mut self,
        base: &Baseline,
        scenario: &mut Scenario,
        settings: &Settings,
        tolerance: f64,
    ) -> Ended {
        self.anderson.restart();
        let mut lowest = f64::INFINITY;
        let mut since = 0;
        let patience = if scenario.unknowns.elastic { PATIENCE_BEFORE_NEWTON } else { PATIENCE };
        loop {
            let ended = self.judge(base, scenario, tolerance);
            if ended.status.cleared() {
                return ended;
            }
            if ended.largest < lowest {
                (lowest, since) = (ended.largest, 0);
                self.best.copy_from_slice(&self.point);
            } else {
                since += 1;
            }
            let lost = ended.largest.is_nan() || ended.largest > 1e4 * lowest.max(1e-3);
            if lost || since > patience || self.evaluations >= allowed(scenario, settings) {
                self.point.copy_from_slice(&self.best);
                return self.judge(base, scenario, tolerance);
            }
            base.preconditioner.apply(&mut self.residual, &mut self.work);
            shorten(&mut self.residual);
            self.anderson.advance(&mut self.point, &self.residual);
            self.iterations += 1;
        }
    }

    /// Evaluates every equation at the point.
    pub(crate) fn judge(&mut self, base: &Baseline, scenario: &mut Scenario, tolerance: f64) -> Ended {
        self.evaluation.evaluate(base, scenario, &self.point, &mut self.residual);
        self.evaluations += 1;
        let (largest, place) = largest(&self.residual);
        let at = scenario.unknowns.market(place);
        let cleared = largest <= tolerance;
        let status = if cleared { Status::Cleared } else { Status::Stalled { worst: at } };
        Ended { status, largest, at, iterations: self.iterations, evaluations: self.evaluations }
    }
}

/// The evaluations a question may take: Newton's steps take many each.
fn allowed(scenario: &Scenario, settings: &Settings) -> usize {
    if scenario.unknowns.elastic { 4 * settings.evaluations } else { settings.evaluations }
}

/// Scales a step down to the longest allowed.
pub(crate) fn shorten(step: &mut [f64]) {
    let (longest, _) = largest(step);
    if longest > LONGEST_STEP {
        step.iter_mut().for_each(|x| *x *= LONGEST_STEP / longest);
    }
}
