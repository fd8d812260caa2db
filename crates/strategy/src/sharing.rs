//! How the gains from talks are shared: the rules, what each asks of a deal, and by what each ranks deals.

use serde::Serialize;

/// How the gains from talks are shared, each from the threat point `d` in log payoffs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Solution {
    /// Everyone's payoff grows by the same per cent: Ossa's efficient talks with equal gains.
    EqualGains,
    /// The product of gains Π(u − d) is largest: Nash (1950).
    Nash,
    /// Gains stand in the ratio of the most each could get if the others got nothing: Kalai and Smorodinsky (1975).
    KalaiSmorodinsky,
}

/// A rule with what it needs to know.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Rule {
    EqualGains,
    Nash,
    /// Kalai and Smorodinsky's, with everyone's ideal gain as a share.
    InRatio(Vec<f64>),
    /// All others are held to the threat point: what the favoured seat then gains is its ideal.
    Favouring(usize),
}

impl Rule {
    /// A solution; `ideal` is everyone's ideal gain, where it is Kalai and Smorodinsky's.
    pub(crate) fn of(solution: Solution, ideal: &[f64]) -> Self {
        match solution {
            Solution::EqualGains => Self::EqualGains,
            Solution::Nash => Self::Nash,
            Solution::KalaiSmorodinsky => Self::InRatio(ideal.to_vec()),
        }
    }

    /// The rule as conditions on the planner's weights ω and on log gains `g = ln u − ln d`, all zero where it holds.
    pub(crate) fn gaps(&self, ω: &[f64], g: &[f64]) -> Vec<f64> {
        let beside_first = |of: &dyn Fn(usize) -> f64| (1..g.len()).map(|n| of(n) - of(0)).collect();
        match self {
            Self::EqualGains => beside_first(&|n| g[n]),
            // ω ∝ u/(u−d): the derivative of ln(u−d) by ln u.
            Self::Nash => beside_first(&|n| -(ω[n].ln() + (-(-g[n]).exp_m1()).max(1e-12).ln())),
            Self::InRatio(ideal) => beside_first(&|n| g[n].exp_m1() / ideal[n]),
            Self::Favouring(favoured) => (0..g.len()).filter(|n| n != favoured).map(|n| g[n]).collect(),
        }
    }

    /// What the rule makes as large as it can be, up to a constant: of two deals it prefers the one with more.
    ///
    /// Where the rule holds, what it prefers (for the favoured one: with the others no worse off) lies above the line Σω·g
    /// through the deal. A deal at which the planner's Σω·g is largest is therefore the rule's best.
    pub(crate) fn measure(&self, g: &[f64]) -> f64 {
        let least = |of: &dyn Fn(usize) -> f64| (0..g.len()).map(of).fold(f64::INFINITY, f64::min);
        match self {
            Self::EqualGains => least(&|n| g[n]),
            Self::Nash => g.iter().map(|g| g.exp_m1().max(1e-300).ln()).sum(),
            Self::InRatio(ideal) => least(&|n| g[n].exp_m1() / ideal[n]),
            Self::Favouring(favoured) => g[*favoured],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// At the weights at which a rule's gap is closed, no step along the planner's line Σω·g betters its measure.
    #[test]
    fn a_rule_holds_where_its_measure_peaks_on_the_planners_line() {
        let nash = |g: &[f64; 2]| {
            let worth = g.map(|g| 1.0 / -(-g).exp_m1());
            worth.map(|w| w / (worth[0] + worth[1]))
        };
        let ideal = vec![0.06, 0.02];
        let cases = [
            (Rule::EqualGains, [0.02, 0.02], [0.4, 0.6]),
            (Rule::Nash, [0.03, 0.02], nash(&[0.03, 0.02])),
            (Rule::InRatio(ideal), [0.03_f64.ln_1p(), 0.01_f64.ln_1p()], [0.7, 0.3]),
        ];
        for (rule, g, ω) in cases {
            assert!(rule.gaps(&ω, &g)[0].abs() < 1e-12, "{rule:?}");
            for step in [-1e-3, 1e-3] {
                let moved = [g[0] + step / ω[0], g[1] - step / ω[1]];
                assert!(rule.measure(&moved) < rule.measure(&g), "{rule:?} {step}");
            }
        }
    }
}
