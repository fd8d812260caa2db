//! What both sides get at any pair of duties, between pairs that were solved.

use terms::{Country, Rate};

use crate::stage_payoffs::StagePayoffs;

/// Payoffs over a rectangle of duties, `[0, highest]` for each side, from a few solved pairs.
///
/// The pairs are the Chebyshev points of 1 − (1 + duty)⁻² on either axis, and between them payoffs follow the polynomial
/// through all of them: payoffs are smooth in duties, so that a handful of solves replaces thousands. Trade falls with a
/// power of 1 + duty, so that in this coordinate payoffs are nearly polynomials.
///
/// # Source
/// Berrut and Trefethen (2004), "Barycentric Lagrange Interpolation", *SIAM Review* 46(3), eq. (4.2) with the weights of
/// eq. (5.4).
/// # Example
/// ```
/// # use strategy::PayoffSurface;
/// # use terms::Rate;
/// // Trade that falls with the fourth and the second power of 1 + duty: three points a side hold it.
/// let payoff = |[a, b]: [Rate; 2]| Ok::<_, ()>([a.wedge().powi(-4) - b.wedge().powi(-2), 0.0]);
/// let surface = PayoffSurface::solved([Rate::percent(100.0); 2], 3, payoff).unwrap();
/// let [first, _] = surface.at([Rate::percent(30.0), Rate::percent(50.0)]);
/// assert!((first - (1.3_f64.powi(-4) - 1.5_f64.powi(-2))).abs() < 1e-12);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct PayoffSurface {
    /// The duties of each side that were solved, rising.
    pub nodes: [Vec<Rate>; 2],
    /// `payoffs[a][b]` at `nodes[0][a]` and `nodes[1][b]`.
    pub payoffs: Vec<Vec<[f64; 2]>>,
}

/// 1 − (1 + duty)⁻²: 0 without a duty, 1 at a ban.
fn coordinate(rate: Rate) -> f64 {
    1.0 - rate.wedge().powi(-2)
}

impl PayoffSurface {
    /// The surface through `count` × `count` solved pairs, `count` at least 2.
    ///
    /// # Errors
    /// The first error of `payoff`.
    pub fn solved<E>(
        highest: [Rate; 2],
        count: usize,
        mut payoff: impl FnMut([Rate; 2]) -> Result<[f64; 2], E>,
    ) -> Result<Self, E> {
        let last = count.max(2) - 1;
        let nodes = highest.map(|highest| {
            let top = coordinate(highest);
            let node = |k: usize| {
                let angle = std::f64::consts::PI * k as f64 / last as f64;
                Rate::share((1.0 - 0.5 * top * (1.0 - angle.cos())).sqrt().recip() - 1.0)
            };
            (0..=last).map(node).collect::<Vec<Rate>>()
        });
        let mut payoffs = Vec::new();
        for a in &nodes[0] {
            payoffs.push(nodes[1].iter().map(|b| payoff([*a, *b])).collect::<Result<Vec<_>, E>>()?);
        }
        Ok(Self { nodes, payoffs })
    }

    /// The weight of each node of a side at a duty; they sum to one.
    fn weights(&self, side: usize, rate: Rate) -> Vec<f64> {
        let (nodes, at) = (&self.nodes[side], coordinate(rate));
        let last = nodes.len() - 1;
        let gaps: Vec<f64> = nodes.iter().map(|node| at - coordinate(*node)).collect();
        if let Some(hit) = gaps.iter().position(|gap| *gap == 0.0) {
            return (0..=last).map(|k| f64::from(u8::from(k == hit))).collect();
        }
        let end = |k: usize| if k == 0 || k == last { 0.5 } else { 1.0 };
        let parts: Vec<f64> =
            gaps.iter().enumerate().map(|(k, gap)| end(k) * (-1.0_f64).powi(k as i32) / gap).collect();
        let whole: f64 = parts.iter().sum();
        parts.into_iter().map(|part| part / whole).collect()
    }

    /// Payoffs at a pair of duties inside the rectangle.
    pub fn at(&self, rates: [Rate; 2]) -> [f64; 2] {
        self.between(&self.weights(0, rates[0]), &self.weights(1, rates[1]))
    }

    fn between(&self, rows: &[f64], columns: &[f64]) -> [f64; 2] {
        std::array::from_fn(|side| {
            let line = |line: &[[f64; 2]]| line.iter().zip(columns).map(|(of, w)| w * of[side]).sum::<f64>();
            self.payoffs.iter().zip(rows).map(|(of, w)| w * line(of)).sum()
        })
    }

    /// The payoffs at every pair of `levels`, as a stage of a repeated game; `error` is the interpolation's, where known.
    pub fn stage(
        &self,
        sides: [Country; 2],
        levels: [Vec<Rate>; 2],
        unit: impl Into<String>,
        error: Option<f64>,
    ) -> StagePayoffs {
        let [rows, columns] =
            [0, 1].map(|side| levels[side].iter().map(|rate| self.weights(side, *rate)).collect::<Vec<_>>());
        let payoffs =
            rows.iter().map(|row| columns.iter().map(|column| self.between(row, column)).collect()).collect();
        StagePayoffs { sides, levels, payoffs, unit: unit.into(), interpolation_error: error }
    }
}
