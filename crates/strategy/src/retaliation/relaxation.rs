//! The divisible list: shares of goods instead of whole ones, solved by a price on own cost.

use super::{Candidate, Pieces};

/// A share this near to one counts as the whole.
const WHOLE: f64 = 1.0 - 1e-9;
/// Halvings of an interval of prices: past the last digit of a price.
const HALVINGS: usize = 200;

/// The problem over shares.
pub(super) struct Relaxation<'c> {
    candidates: &'c [Candidate],
    /// Those that hurt and that a list can hold.
    offered: Vec<usize>,
    cap: f64,
}

/// Its solution.
pub(super) struct Best {
    /// The share of each candidate.
    pub shares: Vec<f64>,
    /// μ: the harm that a unit of own cost has to buy.
    pub price: f64,
    /// The most that the list may cost at home; infinite where the ranking sets no limit.
    pub limit: f64,
    /// Whether the cap is to be filled even with goods that are not worth the price.
    pub filled: bool,
}

impl<'c> Relaxation<'c> {
    pub(super) fn of(candidates: &'c [Candidate], cap: f64, pieces: Pieces) -> Self {
        let can_be_listed = |k: &usize| {
            let of = &candidates[*k];
            // A line worth more than the cap is on no list of whole lines.
            of.harm > 0.0 && of.value > 0.0 && (pieces == Pieces::Parts || of.value <= cap)
        };
        Self { candidates, offered: (0..candidates.len()).filter(can_be_listed).collect(), cap }
    }

    /// Value, harm and own cost of a list.
    pub(super) fn sums(&self, shares: &[f64]) -> [f64; 3] {
        let mut sums = [0.0; 3];
        for (share, of) in shares.iter().zip(self.candidates).filter(|(share, _)| **share > 0.0) {
            sums[0] += share * of.value;
            sums[1] += share * of.harm;
            sums[2] += share * of.own_cost;
        }
        sums
    }

    /// What a candidate is worth at the price `μ`, per value.
    fn score(&self, k: usize, μ: f64) -> f64 {
        let of = &self.candidates[k];
        (of.harm - μ * of.own_cost) / of.value
    }

    /// The candidates by `key`, best first, equals in their order.
    fn ranked(&self, key: impl Fn(usize) -> f64) -> Vec<usize> {
        let mut order = self.offered.clone();
        order.sort_by(|a, b| key(*b).total_cmp(&key(*a)).then(a.cmp(b)));
        order
    }

    /// The cap filled in the order given; the last in part.
    fn fill(&self, order: &[usize]) -> Vec<f64> {
        let mut shares = vec![0.0; self.candidates.len()];
        let mut left = self.cap;
        for k in order {
            if left <= 0.0 {
                break;
            }
            shares[*k] = (left / self.candidates[*k].value).min(1.0);
            left -= shares[*k] * self.candidates[*k].value;
        }
        shares
    }

    fn filled_at(&self, μ: f64) -> Vec<f64> {
        self.fill(&self.ranked(|k| self.score(k, μ)))
    }

    /// The same without what is not worth the price, but for what a list worth `least` needs.
    fn worth_it_at(&self, μ: f64, least: f64) -> Vec<f64> {
        let order = self.ranked(|k| self.score(k, μ));
        let mut shares = vec![0.0; self.candidates.len()];
        let mut value = 0.0;
        for k in order {
            let room = if self.score(k, μ) > 0.0 { self.cap } else { least } - value;
            if room <= 0.0 {
                break;
            }
            shares[k] = (room / self.candidates[k].value).min(1.0);
            value += shares[k] * self.candidates[k].value;
        }
        shares
    }

    fn own_cost(&self, shares: &[f64]) -> f64 {
        self.sums(shares)[2]
    }

    /// max h·x subject to v·x ≤ cap.
    pub(super) fn most_harm(&self) -> Best {
        Best { shares: self.filled_at(0.0), price: 0.0, limit: f64::INFINITY, filled: true }
    }

    /// At no own cost where the cap can be filled so, else the best ratio of a filled list.
    pub(super) fn most_per_own_cost(&self) -> Best {
        let free = self.most_harm();
        if self.own_cost(&free.shares) <= 0.0 {
            return Best { limit: 0.0, ..free };
        }
        let cheapest = self.fill(&self.ranked(|k| -self.candidates[k].own_cost / self.candidates[k].value));
        if self.own_cost(&cheapest) > 0.0 { self.best_ratio(free.shares) } else { self.at_no_cost() }
    }

    /// max h·x / k·x subject to v·x = cap, by Dinkelbach's steps μ ← h·x/k·x, which rise to the ratio and end there.
    fn best_ratio(&self, start: Vec<f64>) -> Best {
        let ratio = |shares: &[f64]| {
            let [_, harm, own_cost] = self.sums(shares);
            harm / own_cost
        };
        let mut best = Best { price: ratio(&start), shares: start, limit: f64::INFINITY, filled: true };
        loop {
            let shares = self.filled_at(best.price);
            let price = ratio(&shares);
            if price <= best.price * (1.0 + 1e-14) {
                return best;
            }
            best = Best { price, shares, ..best };
        }
    }

    /// max h·x subject to v·x ≤ cap and k·x ≤ 0, where the list that hurts most costs something.
    fn at_no_cost(&self) -> Best {
        let (low, high) = self.prices_around(0.0, 0.0);
        let (costs, pays) = (self.worth_it_at(low, 0.0), self.worth_it_at(high, 0.0));
        let (over, under) = (self.own_cost(&costs), self.own_cost(&pays));
        // Both are best at the price between; the mix that costs nothing is best under the limit.
        let mix = if over > under { -under / (over - under) } else { 0.0 };
        let shares = costs.iter().zip(&pays).map(|(a, b)| mix * a + (1.0 - mix) * b).collect();
        Best { shares, price: high, limit: 0.0, filled: false }
    }

    /// Two neighbouring prices: at the lower the best list costs more than `limit`, at the higher no more.
    fn prices_around(&self, limit: f64, least: f64) -> (f64, f64) {
        let over = |μ: f64| self.own_cost(&self.worth_it_at(μ, least)) > limit;
        let (mut low, mut high) = (0.0, 1.0);
        while over(high) && high < 1e12 {
            (low, high) = (high, 2.0 * high);
        }
        for _ in 0..HALVINGS {
            let middle = 0.5 * (low + high);
            if middle <= low || middle >= high {
                break;
            }
            if over(middle) { low = middle } else { high = middle }
        }
        (low, high)
    }

    /// No list worth `least` to the cap that costs at most `limit` does more harm: the least value, over prices, of
    /// max (h − μk)·x + μ limit, which is the dual of the list over shares.
    pub(super) fn bound(&self, limit: f64, least: f64) -> f64 {
        let at = |μ: f64| {
            let [_, harm, own_cost] = self.sums(&self.worth_it_at(μ, least));
            (own_cost, harm - if μ > 0.0 { μ * (own_cost - limit) } else { 0.0 })
        };
        let (own_cost, bound) = at(0.0);
        if own_cost <= limit {
            return bound;
        }
        let (low, high) = self.prices_around(limit, least);
        at(low).1.min(at(high).1)
    }

    /// Whole goods only: what is cut is dropped, and the room is filled with the next that fit.
    pub(super) fn whole(&self, best: &Best) -> Vec<f64> {
        let mut order = self.ranked(|k| self.score(k, best.price));
        if !best.filled {
            order.retain(|k| self.score(*k, best.price) > 0.0);
        }
        let mut shares: Vec<f64> =
            best.shares.iter().map(|share| if *share >= WHOLE { 1.0 } else { 0.0 }).collect();
        let [mut value, _, mut own_cost] = self.sums(&shares);
        // A cut good that paid is gone: the dearest of the others that cost go until the limit holds again.
        for k in order.iter().rev() {
            let of = &self.candidates[*k];
            if own_cost > best.limit && shares[*k] > 0.0 && of.own_cost > 0.0 {
                shares[*k] = 0.0;
                value -= of.value;
                own_cost -= of.own_cost;
            }
        }
        for k in &order {
            let of = &self.candidates[*k];
            if shares[*k] == 0.0 && value + of.value <= self.cap && own_cost + of.own_cost <= best.limit {
                shares[*k] = 1.0;
                value += of.value;
                own_cost += of.own_cost;
            }
        }
        shares
    }
}
