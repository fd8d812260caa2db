//! A list of goods to answer with: what hurts the other most for what it costs at home, under a cap on its value.

use serde::Serialize;

/// One candidate: a sector, or a line.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Imports it covers, in money.
    pub value: f64,
    /// What a duty on all of it costs the other, in money.
    pub harm: f64,
    /// What it costs at home, in money; below zero where the duty pays.
    pub own_cost: f64,
}

/// What a list is ranked by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ranking {
    /// Harm per own cost; what costs nothing at home comes first, by harm per value.
    OwnCost,
    /// Harm per value covered.
    Value,
}

/// The share of each candidate that the list covers, in their order: the best are taken whole until the cap is reached, the
/// last in part. Candidates that do not hurt are left out.
///
/// With [`Ranking::Value`] and effects that add up this is the list that hurts most under the cap (Dantzig 1957: the
/// divisible knapsack); with [`Ranking::OwnCost`] every item on it hurts more per own cost than every item off it.
pub fn retaliation_list(candidates: &[Candidate], cap: f64, ranking: Ranking) -> Vec<f64> {
    let key = |of: &Candidate| {
        let per_value = of.harm / of.value;
        match ranking {
            Ranking::Value => (1, per_value),
            // What pays at home needs no ratio: it stands above all ratios.
            Ranking::OwnCost if of.own_cost <= 0.0 => (1, per_value),
            Ranking::OwnCost => (0, of.harm / of.own_cost),
        }
    };
    let mut order: Vec<usize> =
        (0..candidates.len()).filter(|k| candidates[*k].harm > 0.0 && candidates[*k].value > 0.0).collect();
    order.sort_by(|a, b| {
        let (first, second) = (key(&candidates[*a]), key(&candidates[*b]));
        second.0.cmp(&first.0).then(second.1.total_cmp(&first.1)).then(a.cmp(b))
    });
    let mut shares = vec![0.0; candidates.len()];
    let mut left = cap;
    for k in order {
        if left <= 0.0 {
            break;
        }
        shares[k] = (left / candidates[k].value).min(1.0);
        left -= shares[k] * candidates[k].value;
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn candidate(value: f64, harm: f64, own_cost: f64) -> Candidate {
        Candidate { value, harm, own_cost }
    }

    #[test]
    fn what_pays_at_home_comes_before_what_costs() {
        let goods = [candidate(10.0, 1.0, 0.1), candidate(10.0, 0.5, -0.1), candidate(10.0, -1.0, 0.0)];
        assert_eq!(retaliation_list(&goods, 15.0, Ranking::OwnCost), [0.5, 1.0, 0.0]);
        assert_eq!(retaliation_list(&goods, 15.0, Ranking::Value), [1.0, 0.5, 0.0]);
    }

    proptest! {
        #[test]
        fn the_list_keeps_its_cap_and_no_swap_hurts_more(
            raw in prop::collection::vec((0.1..10.0f64, 0.0..5.0f64), 6), cap in 0.5..40.0f64,
        ) {
            let goods: Vec<Candidate> = raw.iter().map(|(value, harm)| candidate(*value, *harm, 1.0)).collect();
            let shares = retaliation_list(&goods, cap, Ranking::Value);
            let covered: f64 = shares.iter().zip(&goods).map(|(share, of)| share * of.value).sum();
            prop_assert!(covered <= cap * (1.0 + 1e-12));
            for (a, from) in goods.iter().enumerate().filter(|(a, _)| shares[*a] > 1e-9) {
                for (b, to) in goods.iter().enumerate().filter(|(b, _)| shares[*b] < 1.0 - 1e-9) {
                    prop_assert!(a == b || from.harm / from.value >= to.harm / to.value - 1e-12);
                }
            }
        }
    }
}
