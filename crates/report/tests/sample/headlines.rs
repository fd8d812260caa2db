//! The game in headlines of the hand-written brief: made up, as all its results are.

use scenario::*;
use strategy::Solution;

use super::day;

pub fn headlines() -> HeadlineGame {
    let point =
        |a: f64, b: f64, x: f64, y: f64| HeadlinePoint { headlines_pp: [a, b], real_income_pct: [x, y] };
    let place =
        |key: &str, name: &str, point: HeadlinePoint| Place { key: key.into(), name: name.into(), point };
    let step = |from: &str, a: f64, b: f64| Charged { from: day(from), headlines_pp: [a, b] };
    let frontier: Vec<HeadlinePoint> = (0..=12)
        .map(|k| f64::from(k) / 12.0)
        .map(|t| point(14.0 * (1.0 - t), 9.0 * t, 0.06 * (1.0 - t * t), 0.05 * (2.0 * t - t * t)))
        .collect();
    HeadlineGame {
        highest_pp: [145.0, 125.0],
        solved: 25,
        interpolation_error_pct: 0.0007,
        best_replies_pp: [
            (0..=25).map(|k| [14.0 - 0.1 * f64::from(k), 5.0 * f64::from(k)]).collect(),
            (0..=29).map(|k| [5.0 * f64::from(k), 9.0 - 0.1 * f64::from(k)]).collect(),
        ],
        replies_within_error_pp: [[9.0, 17.0], [4.0, 11.0]],
        mutual: vec![point(13.0, 8.0, -0.011, -0.014)],
        charged: vec![
            step("2025-02-04", 10.0, 0.0),
            step("2025-03-04", 20.0, 0.0),
            step("2025-04-09", 104.0, 84.0),
            step("2025-04-11", 145.0, 125.0),
            step("2025-05-14", 30.0, 10.0),
        ],
        places: vec![
            place("today", "today's terms", point(30.0, 10.0, 0.018, -0.081)),
            place("lapse", "truce lapses", point(54.0, 34.0, -0.201, -0.212)),
            place("peak", "peak so far", point(145.0, 125.0, -0.441, -0.406)),
        ],
        threat: "lapse".into(),
        deals: [(Solution::EqualGains, 5), (Solution::Nash, 6), (Solution::KalaiSmorodinsky, 6)]
            .map(|(solution, at)| HeadlineDeal { solution, point: frontier[at].clone() })
            .into(),
        outline: vec![
            point(0.0, 0.0, 0.0, 0.0),
            point(145.0, 0.0, -0.102, -0.281),
            point(145.0, 125.0, -0.441, -0.406),
            point(0.0, 125.0, -0.151, -0.094),
            point(0.0, 0.0, 0.0, 0.0),
        ],
        frontier,
    }
}

pub fn months() -> MonthsPlayed {
    let names = || ["contrite", "generous", "grim"].map(String::from).to_vec();
    let path_pp = (0..48).map(|t| {
        if t % 17 == 5 {
            [145.0, 10.0]
        } else if t % 17 == 6 {
            [30.0, 125.0]
        } else {
            [30.0, 10.0]
        }
    });
    MonthsPlayed {
        levels_pp: [vec![0.0, 30.0, 54.0, 145.0], vec![0.0, 10.0, 34.0, 125.0]],
        rule: "tit for tat".into(),
        ranking: [names(), names()],
        level_with_best: [names().split_off(1), Vec::new()],
        draws: 20,
        lag_months: 1,
        noise: 0.02,
        seed: 0,
        path_pp: path_pp.collect(),
    }
}
