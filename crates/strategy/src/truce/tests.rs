//! Closed forms of critical patience, and laws of slack.

use super::*;
use crate::payoff_matrix::Package;
use proptest::prelude::*;

fn side(truce: f64, deviation: f64, punished: f64, lapsed: f64) -> Side {
    Side { country: "HOME".into(), truce, deviation, punished, lapsed }
}

fn truce(side: Side, rules: Rules) -> Truce {
    Truce { sides: [side.clone(), side], rules }
}

fn patience(δ: f64) -> Patience {
    Patience::per_month(δ).unwrap()
}

fn critical(side: Side, rules: Rules) -> Option<f64> {
    truce(side, rules).slack(patience(0.5), None).unwrap().sides[0].critical_patience
}

/// Friedman (1971): with a one-month lag and a grim answer, δ* = T/(T + S).
#[test]
fn the_grim_trigger_needs_temptation_over_temptation_plus_punishment() {
    let δ = critical(side(0.0, 1.0, -3.0, 0.0), Rules::default()).unwrap();
    assert!((δ - 0.25).abs() < 1e-12, "{δ}");
}

/// A lag of L months needs δ*^L = T/(T + S): slow eyes need patient minds.
#[test]
fn a_longer_lag_needs_the_root() {
    let rules = Rules { detection_lag: 3.0, ..Rules::default() };
    let δ = critical(side(0.0, 1.0, -3.0, 0.0), rules).unwrap();
    assert!((δ - 0.25f64.powf(1.0 / 3.0)).abs() < 1e-12, "{δ}");
}

/// One month of gain against k months of punishment: S·δ(1 − δᵏ) = T(1 − δ). For k = 1, δ* = T/S.
#[test]
fn a_punishment_of_one_month_needs_temptation_over_punishment() {
    let rules = Rules { punishment: Length::Months(1.0), ..Rules::default() };
    let δ = critical(side(0.0, 1.0, -4.0, 0.0), rules.clone()).unwrap();
    assert!((δ - 0.25).abs() < 1e-12, "{δ}");
    // With two months, S(δ + δ²) = T: the positive root of δ² + δ = 1/4.
    let two = Rules { punishment: Length::Months(2.0), ..rules };
    let δ = critical(side(0.0, 1.0, -4.0, 0.0), two).unwrap();
    assert!((δ - (2f64.sqrt() - 1.0) / 2.0).abs() < 1e-12, "{δ}");
}

#[test]
fn no_patience_keeps_a_truce_whose_punishment_is_too_short() {
    let rules = Rules { punishment: Length::Months(1.0), ..Rules::default() };
    assert_eq!(critical(side(0.0, 1.0, -0.5, 0.0), rules), None);
    assert_eq!(critical(side(0.0, 1.0, 0.5, 0.0), Rules::default()), None);
}

#[test]
fn without_temptation_the_most_impatient_keep_their_word() {
    assert_eq!(critical(side(0.0, 0.0, -1.0, 0.0), Rules::default()), Some(0.0));
    assert_eq!(critical(side(0.0, -1.0, -1.0, 0.0), Rules::default()), Some(0.0));
}

/// If nothing is lost at the deadline that is not lost anyway, a breach in the last month is free.
#[test]
fn a_sure_lapse_unravels_the_truce_before_the_deadline() {
    let doomed = truce(side(0.0, 1.0, -3.0, -3.0), Rules::default());
    let at = |months| doomed.slack(patience(0.99), Some(months)).unwrap();
    assert!(at(12.0).holds);
    assert!(!at(1.0).holds);
    // Slack at R: S(δ − δᴿ) − T(1 − δ) over −ln δ: zero where δᴿ⁻¹ = 1 − (1 − δ)/(3δ).
    let flip = 1.0 + (1.0 - 0.01 / (3.0 * 0.99f64)).ln() / 0.99f64.ln();
    assert!(at(flip + 1e-6).holds && !at(flip - 1e-6).holds);
}

#[test]
fn a_sure_extension_is_a_truce_without_deadline() {
    let rules = Rules { extension_odds: 1.0, ..Rules::default() };
    let kept = truce(side(0.0, 1.0, -3.0, -2.0), rules);
    let endless = kept.slack(patience(0.9), None).unwrap();
    let dated = kept.slack(patience(0.9), Some(0.4)).unwrap();
    assert!((endless.sides[0].slack - dated.sides[0].slack).abs() < 1e-12);
}

#[test]
fn the_missing_concession_is_just_enough() {
    let greedy = truce(side(0.0, 2.0, -1.0, -1.0), Rules::default());
    let before = greedy.slack(patience(0.6), None).unwrap();
    assert!(!before.holds);
    let missing = before.sides[0].missing_concession.unwrap();
    let Truce { sides, rules } = greedy;
    let settled = Truce { sides: sides.map(|side| side.receiving(missing)), rules };
    assert!(settled.slack(patience(0.6), None).unwrap().sides[0].slack.abs() < 1e-12);
}

#[test]
fn a_matrix_gives_the_truce_its_payoffs() {
    let packages = || vec![Package::new("truce", ""), Package::new("war", "")];
    let payoffs = vec![vec![(0.0, 0.0), (-2.0, 1.0)], vec![(1.0, -2.0), (-1.0, -1.5)]];
    let game = PayoffMatrix::new("A".into(), "B".into(), packages(), packages(), "points", payoffs).unwrap();
    let truce = Truce::of(&game, (0, 0), (1, 1), (1, 1), Rules::default()).unwrap();
    let found = truce.slack(patience(0.99), None).unwrap();
    assert!((found.sides[0].critical_patience.unwrap() - 0.5).abs() < 1e-12);
    assert!((found.sides[1].critical_patience.unwrap() - 0.4).abs() < 1e-12);
    assert!(found.holds);
    let outside = Truce::of(&game, (0, 2), (1, 1), (1, 1), Rules::default());
    assert_eq!(outside, Err(TruceError::NoSuchCell(0, 2)));
}

#[test]
fn what_makes_no_sense_is_refused() {
    let base = side(0.0, 1.0, -1.0, 0.0);
    let with = |rules| truce(base.clone(), rules).slack(patience(0.9), None);
    assert_eq!(with(Rules { detection_lag: 0.0, ..Rules::default() }), Err(TruceError::Lag(0.0)));
    assert_eq!(with(Rules { extension_odds: 1.5, ..Rules::default() }), Err(TruceError::Odds(1.5)));
    let nan = truce(side(f64::NAN, 0.0, 0.0, 0.0), Rules::default());
    assert_eq!(nan.slack(patience(0.9), None), Err(TruceError::NotANumber("HOME".into())));
}

proptest! {
    #[test]
    fn at_the_critical_patience_slack_is_zero_and_above_it_positive(
        temptation in 0.05..2.0f64, punishment in 0.05..4.0f64, lag in 0.2..4.0f64, k in 0.5..24.0f64,
    ) {
        let rules = Rules { detection_lag: lag, punishment: Length::Months(k), ..Rules::default() };
        let side = side(0.0, temptation, -punishment, 0.0);
        match critical(side.clone(), rules.clone()) {
            Some(δ) => {
                let at = |δ| truce(side.clone(), rules.clone()).slack(patience(δ), None).unwrap().sides[0].slack;
                prop_assert!(at(δ).abs() < 1e-9 * (temptation + punishment) * (1.0 + k));
                if δ < 0.999 {
                    prop_assert!(at(δ + 0.5 * (1.0 - δ)) > 0.0);
                    prop_assert!(at(0.5 * δ) < 0.0);
                }
            }
            None => prop_assert!(punishment * k <= temptation * lag),
        }
    }
}
