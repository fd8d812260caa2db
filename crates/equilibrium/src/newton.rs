//! Newton's method, for worlds that plain steps run away from.
//!
//! Where costs fall with a sector's size, small differences move firms between countries far: the equilibrium is there,
//! and iterations that every other closure is content with leave it. Newton's step finds it. Its linear system is
//! solved by minimal residuals, products with the Jacobian being differences of evaluations.
//!
//! A sector that has no place in the new equilibrium leaves: its equation becomes the complementary one, that it makes
//! nothing, and the certificate then holds that a firm that stayed would not earn what entry costs.
//!
//! # Source
//! Knoll and Keyes (2004), *J. Computational Physics* 193(2); the active set of Hintermüller, Ito and Kunisch (2002),
//! *SIAM J. Optimization* 13(3).

use crate::anderson::dot;
use crate::baseline::Baseline;
use crate::krylov::Krylov;
use crate::sector_blocks::{SectorBlocks, has_left};
use crate::shock::Scenario;
use crate::solve::{Ended, LONGEST_STEP, Workspace};
use crate::system::EXIT;
use crate::unknowns::largest;

/// What Newton's method needs beside a solve's memory.
#[derive(Debug, Clone)]
pub(crate) struct Newton {
    krylov: Krylov,
    here: Vec<f64>,
    from: Vec<f64>,
    nudged: Vec<f64>,
    step: Vec<f64>,
    blocks: SectorBlocks,
    tilted: Vec<f64>,
    row: Vec<f64>,
    /// How often each place has changed between having left (odd) and being there (even).
    left: Vec<u8>,
}

/// Newton's steps before an attempt is given up.
const STEPS: usize = 60;
/// The part of the residual that the linear system may leave.
const FORCING: f64 = 1e-3;
/// The smallest part of a step that is worth going on from, and how often a step is solved for anew because a sector
/// leaves.
const SMALLEST_PART: f64 = 0.03;
const ROUNDS: usize = 4;
/// Directions kept for the linear system.
const DIRECTIONS: usize = 240;
/// A sector whose step would more than close it leaves; one that goes back and forth this often is left alone.
const CLOSES: f64 = -1.5;
const CHANGES: u8 = 6;
/// What a firm in a sector that has left must earn above the cost of entry, in logs, for the sector to come back, and
/// ln Ŷ at which it does.
const EARNS: f64 = 1e-9;
const COMES_BACK: f64 = -4.0;

impl Newton {
    fn new(length: usize) -> Self {
        let zeros = || vec![0.0; length];
        Self {
            krylov: Krylov::new(length, DIRECTIONS),
            here: zeros(),
            from: zeros(),
            nudged: zeros(),
            step: zeros(),
            blocks: SectorBlocks::default(),
            tilted: zeros(),
            row: Vec::new(),
            left: vec![0; length],
        }
    }

    fn out(left: &[u8], place: usize) -> bool {
        left[place] % 2 == 1
    }

    /// Puts the equation of leaving in the place of those who have left.
    fn close(left: &[u8], point: &[f64], residual: &mut [f64]) {
        for (place, r) in residual.iter_mut().enumerate().filter(|(place, _)| Self::out(left, *place)) {
            *r = EXIT - point[place];
        }
    }
}

impl Workspace {
    /// Newton's steps until everything clears, each shortened until the residual falls.
    pub(crate) fn newton(
        &mut self,
        base: &Baseline,
        scenario: &mut Scenario,
        tolerance: f64,
        evaluations: usize,
    ) -> Ended {
        let length = self.point.len();
        let mut memory = self.newton.take().filter(|n| n.step.len() == length);
        let newton = memory.get_or_insert_with(|| Newton::new(length));
        for (place, left) in newton.left.iter_mut().enumerate() {
            let gone = scenario.unknowns.output().contains(&place) && has_left(self.point[place]);
            *left = u8::from(gone);
        }
        let mut ended = self.judge(base, scenario, tolerance);
        for _ in 0..STEPS {
            if ended.status.cleared() || ended.largest.is_nan() || self.evaluations >= evaluations {
                break;
            }
            self.come_back(scenario, newton);
            let mut rounds = 0;
            loop {
                newton.here.copy_from_slice(&self.residual);
                Newton::close(&newton.left, &self.point, &mut newton.here);
                self.evaluations += self.newton_step(base, scenario, newton);
                rounds += 1;
                if rounds > ROUNDS || !Self::leave(scenario, newton) {
                    break;
                }
            }
            let part = self.shortened(base, scenario, newton, tolerance, &mut ended);
            self.iterations += 1;
            // A step that must be cut to nothing leads nowhere; a smaller shock may.
            if rounds > ROUNDS || part < SMALLEST_PART {
                break;
            }
        }
        self.newton = memory;
        ended
    }

    /// Solves for the step at `here`; the number of products taken.
    fn newton_step(&mut self, base: &Baseline, scenario: &mut Scenario, newton: &mut Newton) -> usize {
        let Newton { krylov, here, nudged, step, blocks, tilted, row, left, .. } = newton;
        let (evaluation, point) = (&mut self.evaluation, &self.point);
        let outputs = scenario.unknowns.output().start;
        evaluation.evaluate(base, scenario, point, tilted);
        blocks.take(base, scenario, evaluation, |cell| Newton::out(left, outputs + cell));
        let mut products = 0;
        krylov.solve(here, step, FORCING, |v, to| {
            // A difference of 1e-7 in the largest place: what rounds and what bends stay below the forcing.
            tilted.copy_from_slice(v);
            blocks.apply(base, scenario, tilted, row);
            let h = 1e-7 / largest(tilted).0.max(f64::MIN_POSITIVE);
            for (x, (p, v)) in nudged.iter_mut().zip(point.iter().zip(&*tilted)) {
                *x = p + h * v;
            }
            evaluation.evaluate(base, scenario, nudged, to);
            Newton::close(left, nudged, to);
            to.iter_mut().zip(&*here).for_each(|(to, r)| *to = (*to - r) / h);
            products += 1;
        });
        blocks.apply(base, scenario, step, row);
        products + 1
    }

    /// Takes out every sector that the step would more than close; whether there was one.
    fn leave(scenario: &Scenario, newton: &mut Newton) -> bool {
        let mut changed = false;
        for place in scenario.unknowns.output() {
            let stays = Newton::out(&newton.left, place) || newton.left[place] >= CHANGES;
            if !stays && newton.step[place] < CLOSES {
                newton.left[place] += 1;
                changed = true;
            }
        }
        changed
    }

    /// Brings back every sector in which a firm would earn more than entry costs.
    fn come_back(&mut self, scenario: &Scenario, newton: &mut Newton) {
        for place in scenario.unknowns.output() {
            if self.residual[place] > EARNS
                && Newton::out(&newton.left, place)
                && newton.left[place] < CHANGES
            {
                newton.left[place] += 1;
                self.point[place] = COMES_BACK;
            }
        }
    }

    /// Moves along the step as far as the residual falls; the part of it taken.
    fn shortened(
        &mut self,
        base: &Baseline,
        scenario: &mut Scenario,
        newton: &mut Newton,
        tolerance: f64,
        ended: &mut Ended,
    ) -> f64 {
        let size = dot(&newton.here, &newton.here).sqrt();
        newton.from.copy_from_slice(&self.point);
        let stay = newton.step.iter().enumerate().filter(|(place, _)| !Newton::out(&newton.left, *place));
        let longest = stay.fold(0.0, |longest: f64, (_, d)| longest.max(d.abs()));
        let mut part = if longest > LONGEST_STEP { LONGEST_STEP / longest } else { 1.0 };
        loop {
            for (place, x) in self.point.iter_mut().enumerate() {
                // Who leaves, leaves at once.
                let leaves = Newton::out(&newton.left, place);
                *x = if leaves { EXIT } else { newton.from[place] + part * newton.step[place] };
            }
            *ended = self.judge(base, scenario, tolerance);
            newton.here.copy_from_slice(&self.residual);
            Newton::close(&newton.left, &self.point, &mut newton.here);
            let now = dot(&newton.here, &newton.here).sqrt();
            if now < size || part < SMALLEST_PART {
                return part;
            }
            part *= 0.5;
        }
    }
}
