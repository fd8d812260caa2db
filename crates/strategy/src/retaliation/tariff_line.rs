//! What a duty on a whole sector does, divided among the sector's tariff lines.

use super::Candidate;

/// A tariff line of one sector.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LineOfSector {
    /// Imports from the other, in the money of the statistics.
    pub value: f64,
    /// The other's share in what the importer buys of the line from all suppliers, itself included, at duty-paid prices.
    pub share: f64,
    /// 1 + t: the duty that is charged on it already.
    pub wedge: f64,
}

/// A line under the duty, at world prices: what the supplier no longer sells, and what buyers lose beyond what the
/// treasury takes in.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Effect {
    lost_sales: f64,
    dead_weight: f64,
}

/// The effect of a duty of `rate` on top of the line's own `t`: τ̂ = (1 + t + rate)/(1 + t).
///
/// Buyers spend a fixed sum on the line and choose among suppliers with the trade elasticity θ:
///
/// ```text
/// P̂  = (c τ̂^−θ + 1 − c)^(−1/θ)            price of the line, c the supplier's share of spending
/// v′ = v (τ̂/P̂)^−θ / τ̂                      sales before duty
/// dead weight = (1+t)v/c · ln P̂  −  ( ((1+t)τ̂ − 1) v′ − t v )
/// ```
///
/// A small supplier (c → 0) loses by θ + 1 and can be left; a sole one (c = 1) loses by 1 and passes the duty on. What pays much
/// already loses less, since the same points raise its price by less.
fn effect(line: &LineOfSector, θ: f64, rate: f64) -> Effect {
    let &LineOfSector { value: v, share: c, wedge } = line;
    let wedge_hat = (wedge + rate) / wedge;
    let others = c.mul_add(wedge_hat.powf(-θ), 1.0 - c);
    let ln_price = -others.ln() / θ;
    let sold = v * wedge_hat.powf(-θ) / others / wedge_hat;
    let revenue = (wedge * wedge_hat - 1.0) * sold - (wedge - 1.0) * v;
    Effect { lost_sales: v - sold, dead_weight: wedge * v / c * ln_price - revenue }
}

/// The lines of a sector as candidates, from what the duty on all of the sector does (`sector`, solved in equilibrium, where
/// every line pays `paid`: 1 + t of the sector).
///
/// A dollar of trade is hurt as the sector's dollars are on average, more where it loses more sales: what the other loses
/// is, to first order, a multiplier of the sector times the sales it loses. Own cost is each line's dead weight less a part
/// of what better terms of trade bring, by lost sales too; that gain is what remains between the dead weight of lines that
/// pay what the sector pays and the sector's own cost. Lines that do pay that, worth as much as the sector, sum to its harm
/// and its own cost.
///
/// DIFFERENCE: dead weight is that of the line alone, at world prices and without the duty that other suppliers pay.
///
/// # Units
/// `sector` in the money of the economy's year, `lines` in that of the statistics, which the candidates keep.
/// `theta` θ; `rate` the duty on top, as a share of value.
pub fn divided(
    (sector, paid): (&Candidate, f64),
    lines: &[LineOfSector],
    theta: f64,
    rate: f64,
) -> Vec<Candidate> {
    let recorded: f64 = lines.iter().map(|line| line.value).sum();
    let [harm, own_cost] = [sector.harm, sector.own_cost].map(|of| of * recorded / sector.value);
    let (mut lost, mut dead_weight) = (0.0, 0.0);
    for line in lines {
        let of = effect(&LineOfSector { wedge: paid, ..*line }, theta, rate);
        lost += of.lost_sales;
        dead_weight += of.dead_weight;
    }
    let terms_of_trade = dead_weight - own_cost;
    let candidate = |line: &LineOfSector| {
        let of = effect(line, theta, rate);
        let part = of.lost_sales / lost;
        Candidate { value: line.value, harm: part * harm, own_cost: of.dead_weight - part * terms_of_trade }
    };
    lines.iter().map(candidate).collect()
}
