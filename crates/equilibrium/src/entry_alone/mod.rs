//! Free entry without input links, where sectors are apart: wages and incomes outside, firms of one sector inside.
//!
//! At given wages, incomes and rents of caps every sector's firms settle by themselves ([`sector::Sector`]), however
//! many leave. What is left is how the factors of N countries and their incomes clear and how caps are kept
//! ([`outside::Outside`]): 2N equations and one a cap, in logs, solved by Newton's method with the exact Jacobian
//! (`slopes.rs`).

#[cfg(test)]
mod laws;
mod outside;
mod sector;
mod slopes;

use crate::baseline::Baseline;
use crate::options::{Competition, Labour};
use crate::shock::Scenario;
use crate::solve::{Ended, Workspace};
use outside::Outside;

/// Whether sectors are apart but for wages and incomes: free entry with mobile factors and no input links.
pub(crate) fn sectors_apart(base: &Baseline) -> bool {
    let options = base.options();
    options.market == Competition::Entry
        && options.labour == Labour::Mobile
        && base.accounts().input_share.is_none()
}

/// Newton's steps, halvings of one, and the logs it may take.
const STEPS: usize = 40;
const HALVINGS: usize = 12;
const LONGEST: f64 = 0.7;

impl Workspace {
    /// Clears an economy whose sectors are apart, from the point at hand; none, and the point as it was, where some
    /// sector does not settle.
    pub(crate) fn clear_entry(
        &mut self,
        base: &Baseline,
        scenario: &mut Scenario,
        tolerance: f64,
    ) -> Option<Ended> {
        let here = self.judge(base, scenario, tolerance);
        if here.status.cleared() {
            return Some(here);
        }
        let mut outside = Outside::of(base, scenario, &self.point);
        let mut at = outside.start(&self.point);
        let mut gaps = outside.gaps(&at)?;
        for _ in 0..STEPS {
            if gaps.amax() <= 0.01 * tolerance {
                break;
            }
            self.iterations += 1;
            let mut step = outside.jacobian(&at).lu().solve(&gaps)?;
            let longest = step.amax();
            if longest > LONGEST {
                step *= LONGEST / longest;
            }
            let mut fell = false;
            for _ in 0..HALVINGS {
                let next = &at - &step;
                self.evaluations += 1;
                if let Some(there) = outside.gaps(&next).filter(|there| there.norm() < gaps.norm()) {
                    (at, gaps, fell) = (next, there, true);
                    break;
                }
                step *= 0.5;
            }
            if !fell {
                break;
            }
        }
        outside.gaps(&at)?;
        outside.write(&at, &mut self.point);
        Some(self.judge(base, scenario, tolerance))
    }
}
