//! Laws of lists: no list within the same limits does more, and lines add up to their sector.

use proptest::prelude::*;

use super::*;

fn candidates(raw: &[(f64, f64, f64)]) -> Vec<Candidate> {
    raw.iter()
        .map(|(value, harm, own_cost)| Candidate { value: *value, harm: *harm, own_cost: *own_cost })
        .collect()
}

/// The most harm of any list of whole goods that hurt, worth `least` to `cap`, costing at most `limit`: every list is tried.
fn best_by_trying(goods: &[Candidate], (least, cap): (f64, f64), limit: f64) -> f64 {
    let hurt: Vec<&Candidate> = goods.iter().filter(|of| of.harm > 0.0).collect();
    let sums = (0..1_u32 << hurt.len()).map(|set| {
        let inside = hurt.iter().enumerate().filter(|(k, _)| set >> k & 1 == 1).map(|(_, of)| of);
        inside.fold((0.0, 0.0, 0.0), |(v, h, k), of| (v + of.value, h + of.harm, k + of.own_cost))
    });
    sums.filter(|(v, _, k)| *v >= least && *v <= cap && *k <= limit + 1e-12)
        .map(|(_, harm, _)| harm)
        .fold(0.0, f64::max)
}

#[test]
fn a_list_that_can_be_free_is_free_and_hurts_most_among_the_free() {
    let goods = candidates(&[(10.0, 1.0, 0.2), (10.0, 0.5, -0.1), (10.0, -1.0, 0.0)]);
    // The gain of the second pays for half of the first.
    let list = retaliation_list(&goods, 15.0, Ranking::OwnCost, Pieces::Parts);
    assert!((list.shares[0] - 0.5).abs() < 1e-9 && list.shares[1..] == [1.0, 0.0], "{list:?}");
    assert!((list.harm - list.bound).abs() < 1e-9);
    assert_eq!(retaliation_list(&goods, 15.0, Ranking::OwnCost, Pieces::Whole).shares, [0.0, 1.0, 0.0]);
    assert_eq!(retaliation_list(&goods, 15.0, Ranking::Value, Pieces::Parts).shares, [1.0, 0.5, 0.0]);
}

#[test]
fn without_a_cap_everything_that_hurts_is_listed() {
    let goods = candidates(&[(10.0, 1.0, 0.2), (10.0, 0.5, 0.1), (10.0, -1.0, 0.0)]);
    for ranking in [Ranking::Value, Ranking::OwnCost] {
        let list = retaliation_list(&goods, f64::INFINITY, ranking, Pieces::Whole);
        assert_eq!(list.shares, [1.0, 1.0, 0.0], "{ranking:?}");
        assert_eq!(list.bound, list.harm);
    }
}

/// c → 0 and c = 1 of the line's demand, at θ = 4 and a quarter on top of free entry.
#[test]
fn a_supplier_that_can_be_replaced_loses_more() {
    let sector = Candidate { value: 2.0, harm: 1.0, own_cost: 0.0 };
    let lines = [1e-9, 1.0].map(|share| LineOfSector { value: 1.0, share, wedge: 1.0 });
    let [replaced, sole] = &divided((&sector, 1.0), &lines, 4.0, 0.25)[..] else { panic!("two lines") };
    let lost = |elasticity: f64| 1.0 - 1.25_f64.powf(-elasticity);
    assert!((replaced.harm / sole.harm - lost(5.0) / lost(1.0)).abs() < 1e-6);
}

proptest! {
    #[test]
    fn no_list_within_the_same_limits_does_more_than_the_bound(
        raw in prop::collection::vec((0.1..10.0f64, -0.5..5.0f64, -2.0..3.0f64), 8), cap in 1.0..40.0f64,
    ) {
        let goods = candidates(&raw);
        for ranking in [Ranking::Value, Ranking::OwnCost] {
            for pieces in [Pieces::Parts, Pieces::Whole] {
                let list = retaliation_list(&goods, cap, ranking, pieces);
                prop_assert!(list.value <= cap * (1.0 + 1e-12));
                let limit = if ranking == Ranking::Value { f64::INFINITY } else { list.own_cost };
                let tried = best_by_trying(&goods, (list.least_value, cap), limit);
                prop_assert!(tried <= list.bound * (1.0 + 1e-9), "{tried} {list:?}");
                prop_assert!(list.harm <= list.bound);
                if ranking == Ranking::Value && pieces == Pieces::Parts {
                    prop_assert!((list.bound - list.harm).abs() <= 1e-9 * list.bound);
                }
            }
        }
    }

    #[test]
    fn a_filled_list_that_costs_has_the_best_ratio_of_all_filled_ones(
        raw in prop::collection::vec((0.1..10.0f64, 0.1..5.0f64, 0.1..3.0f64), 6),
        cap in 1.0..20.0f64, swap in (0..6usize, 0..6usize, 0.0..1.0f64),
    ) {
        let goods = candidates(&raw);
        let list = retaliation_list(&goods, cap, Ranking::OwnCost, Pieces::Parts);
        prop_assert!((list.price_of_cost - list.harm / list.own_cost).abs() < 1e-9 * list.price_of_cost);
        prop_assert!((list.bound - list.harm).abs() < 1e-9 * list.bound);
        // Any part of one good for the same value of another: the list stays filled.
        let (out, into, part) = swap;
        let moved = part * (list.shares[out] * goods[out].value).min((1.0 - list.shares[into]) * goods[into].value);
        let swapped = |of: fn(&Candidate) -> f64, sum: f64| {
            sum - moved * of(&goods[out]) / goods[out].value + moved * of(&goods[into]) / goods[into].value
        };
        let ratio = swapped(|of| of.harm, list.harm) / swapped(|of| of.own_cost, list.own_cost);
        prop_assert!(ratio <= list.price_of_cost * (1.0 + 1e-9));
    }

    #[test]
    fn a_line_that_pays_much_already_is_hurt_less_per_dollar(
        share in 0.01..1.0f64, theta in 1.0..10.0f64, low in 1.0..2.0f64, more in 0.01..1.0f64, rate in 0.01..1.0f64,
    ) {
        let lines = [low, low + more].map(|wedge| LineOfSector { value: 1.0, share, wedge });
        let sector = Candidate { value: 2.0, harm: 1.0, own_cost: 0.1 };
        let [less, more] = &divided((&sector, low), &lines, theta, rate)[..] else { panic!("two lines") };
        prop_assert!(less.harm > more.harm, "{less:?} {more:?}");
    }

    #[test]
    fn lines_that_pay_what_their_sector_pays_add_up_to_it(
        raw in prop::collection::vec((0.1..10.0f64, 0.01..1.0f64), 5), wedge in 1.0..3.0f64,
        harm in 0.1..2.0f64, own_cost in -1.0..1.0f64, theta in 1.0..10.0f64,
    ) {
        let lines: Vec<LineOfSector> =
            raw.iter().map(|&(value, share)| LineOfSector { value, share, wedge }).collect();
        let value = lines.iter().map(|line| line.value).sum();
        let sector = Candidate { value, harm, own_cost };
        let parts = divided((&sector, wedge), &lines, theta, 0.25);
        let sum = |of: fn(&Candidate) -> f64| parts.iter().map(of).sum::<f64>();
        prop_assert!((sum(|of| of.harm) - harm).abs() < 1e-9);
        prop_assert!((sum(|of| of.own_cost) - own_cost).abs() < 1e-9);
    }
}
