//! Talks over a table of duties: the pairs that are efficient, and the one that each rule of sharing picks.

use crate::sharing::Solution;
use crate::stage_payoffs::StagePayoffs;

impl StagePayoffs {
    /// The pairs of levels, by place, that no other pair betters for one side without hurting the other; best for the
    /// first side first.
    pub fn efficient(&self) -> Vec<[usize; 2]> {
        let payoff = |[a, b]: [usize; 2]| self.payoffs[a][b];
        let mut pairs: Vec<[usize; 2]> =
            (0..self.levels[0].len()).flat_map(|a| (0..self.levels[1].len()).map(move |b| [a, b])).collect();
        pairs.sort_by(|x, y| {
            let (x, y) = (payoff(*x), payoff(*y));
            y[0].total_cmp(&x[0]).then(y[1].total_cmp(&x[1]))
        });
        let mut best = f64::NEG_INFINITY;
        pairs.retain(|pair| {
            let better = payoff(*pair)[1] > best;
            best = best.max(payoff(*pair)[1]);
            better
        });
        pairs
    }

    /// The efficient pair that `rule` picks when talks could fail to `threat`; none where every efficient pair leaves a side
    /// below it.
    ///
    /// Over a table of pairs: equal gains is the pair whose smaller gain is largest, Nash the one with the largest product of
    /// gains, Kalai–Smorodinsky the one whose smaller gain, as a share of the most that side could gain, is largest.
    pub fn deal(&self, efficient: &[[usize; 2]], threat: [f64; 2], rule: Solution) -> Option<[usize; 2]> {
        let gains = |pair: &[usize; 2]| {
            let payoff = self.payoffs[pair[0]][pair[1]];
            [payoff[0] - threat[0], payoff[1] - threat[1]]
        };
        let agreed: Vec<&[usize; 2]> =
            efficient.iter().filter(|pair| gains(pair).iter().all(|gain| *gain >= 0.0)).collect();
        let most = |side: usize| agreed.iter().map(|pair| gains(pair)[side]).fold(0.0, f64::max);
        let ideal = [most(0), most(1)];
        let part = |gain: f64, ideal: f64| if ideal > 0.0 { gain / ideal } else { 1.0 };
        let worth = |pair: &[usize; 2]| {
            let [a, b] = gains(pair);
            match rule {
                Solution::EqualGains => a.min(b),
                Solution::Nash => a * b,
                Solution::KalaiSmorodinsky => part(a, ideal[0]).min(part(b, ideal[1])),
            }
        };
        agreed.iter().max_by(|x, y| worth(x).total_cmp(&worth(y))).map(|pair| **pair)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::payoff_surface::PayoffSurface;
    use proptest::prelude::*;
    use terms::Rate;

    /// Payoffs with a known peak: the first side's at (20 %, 0), the second's at (0, 10 %).
    fn stage() -> StagePayoffs {
        let payoff = |[a, b]: [Rate; 2]| {
            let (a, b) = (a.as_share(), b.as_share());
            Ok::<_, ()>([-(a - 0.2).powi(2) - b, -(b - 0.1).powi(2) - a])
        };
        let levels = || (0..=50).map(|k| Rate::percent(f64::from(k))).collect::<Vec<_>>();
        let surface = PayoffSurface::solved([Rate::percent(50.0); 2], 7, payoff).unwrap();
        surface.stage(["A".into(), "B".into()], [levels(), levels()], "points", None)
    }

    #[test]
    fn a_few_solved_pairs_give_best_replies_to_the_point() {
        let stage = stage();
        assert!((0..50).all(|other| stage.best_reply(0, other) == 20 && stage.best_reply(1, other) == 10));
        assert_eq!(stage.equilibria(), [[20, 10]]);
    }

    #[test]
    fn the_rules_agree_where_nothing_is_to_be_shared() {
        let stage = stage();
        let efficient = stage.efficient();
        let threat = stage.payoffs[20][10];
        for rule in [Solution::EqualGains, Solution::Nash, Solution::KalaiSmorodinsky] {
            let [a, b] = stage.deal(&efficient, threat, rule).unwrap();
            let gain = [0, 1].map(|side| stage.payoffs[a][b][side] - threat[side]);
            assert!(gain.iter().all(|gain| *gain >= 0.0), "{rule:?} {gain:?}");
        }
        assert_eq!(stage.deal(&efficient, [9.0, 9.0], Solution::Nash), None);
    }

    proptest! {
        #[test]
        fn no_pair_betters_an_efficient_one(raw in prop::collection::vec(prop::collection::vec((-5.0..5.0f64, -5.0..5.0f64), 4), 3)) {
            let payoffs: Vec<Vec<[f64; 2]>> = raw.iter().map(|row| row.iter().map(|p| [p.0, p.1]).collect()).collect();
            let levels = |count: usize| (0..count).map(|k| Rate::percent(k as f64)).collect::<Vec<_>>();
            let stage = StagePayoffs {
                sides: ["A".into(), "B".into()], levels: [levels(3), levels(4)], payoffs, unit: String::new(),
                interpolation_error: None,
            };
            let efficient = stage.efficient();
            prop_assert!(!efficient.is_empty());
            for pair in (0..3).flat_map(|a| (0..4).map(move |b| [a, b])) {
                let of = |[a, b]: [usize; 2]| stage.payoffs[a][b];
                let bettered = (0..3).flat_map(|a| (0..4).map(move |b| [a, b])).any(|other| {
                    of(other)[0] >= of(pair)[0] && of(other)[1] >= of(pair)[1] && of(other) != of(pair)
                });
                prop_assert_eq!(efficient.contains(&pair), !bettered);
            }
        }
    }
}
