//! Lashkaripour (2021), "The cost of a global tariff war: a sufficient-statistics approach", *Journal of
//! International Economics* 131: the war by formula, and the exact war beside it.
//!
//! Economies: `../shared/economies/wiod-2014-flows` and `icio-2022-flows`; every country has one rate on
//! everything foreign, services included; deficits are removed first. The figures are what the public package
//! `tariffwar` (commit 9863698) gives: the simple mean over countries of the change of real income, %.

#![allow(clippy::unwrap_used, clippy::print_stdout)] // A panic in a test is its message.

mod support;

use economy::Economy;
use equilibrium::firms::{ClearingSettings, Deficits, Market, OneFactor};
use strategy::{
    Instruments, Objective, OneFactorGame, PlaySettings, PlayStatus, Player, Probe, Shape, TariffGame,
    formula_war, war,
};

fn balanced(economy: &Economy, set: &str) -> OneFactor {
    let theta = economy.theta(Some(set)).unwrap();
    let base = OneFactor::of(economy, &theta, Market::Perfect).unwrap();
    base.balanced(&ClearingSettings::default()).unwrap()
}

fn mean_pct(log_real_income: &[f64]) -> f64 {
    100.0 * log_real_income.iter().map(|w| w.exp_m1()).sum::<f64>() / log_real_income.len() as f64
}

fn by_formula(economy: &Economy, set: &str) -> String {
    let base = balanced(economy, set);
    let found = formula_war(&base, &PlaySettings::default()).unwrap();
    assert_eq!(found.status, PlayStatus::AtRest);
    format!("{:.3}", mean_pct(&found.cleared.log_real_income(&base)))
}

fn exact(economy: &Economy, set: &str, probe: Option<&Probe>) -> f64 {
    let base = balanced(economy, set);
    let wants = Objective::real_income(base.countries(), base.sectors());
    let game = OneFactorGame::new(base, wants, Deficits::Removed).unwrap();
    let one_rate = Instruments::duties(Shape::Uniform);
    let players: Vec<_> = economy
        .country_ids()
        .map(|n| (Player::alone(economy.country(n).code.clone(), n), one_rate.clone()))
        .collect();
    let found = war(&game, &players, game.base_log_wedges(), probe, &PlaySettings::default()).unwrap();
    assert_eq!(found.rest.status, PlayStatus::AtRest);
    let certificate = found.certificate(&game, &players);
    assert!(certificate.largest_slope < 1e-9 && certificate.clearing_residual < 1e-10);
    assert!(certificate.largest_deviation_gain_pct.unwrap_or(0.0) < 1e-6);
    mean_pct(&game.real_income(&found.rest.state))
}

#[test]
fn the_formula_war_on_wiod_costs_2_428_or_1_670_percent() {
    let Some(economy) = support::shared_economy("wiod-2014-flows") else { return };
    assert_eq!([by_formula(&economy, "IS"), by_formula(&economy, "U4")], ["-2.428", "-1.670"]);
}

#[test]
fn the_formula_war_on_icio_costs_1_748_or_1_685_percent() {
    let Some(economy) = support::shared_economy("icio-2022-flows") else { return };
    assert_eq!([by_formula(&economy, "IS"), by_formula(&economy, "U4")], ["-1.748", "-1.685"]);
}

/// DIFFERENCE: each government's own first-order condition in full equilibrium asks for more than the formula, which
/// holds foreign wages and incomes fixed: −2.487 and −1.694 on WIOD, −1.778 on ICIO.
#[test]
fn the_exact_war_costs_more_than_the_formula_says() {
    let Some(economy) = support::shared_economy("wiod-2014-flows") else { return };
    assert_eq!(format!("{:.3}", exact(&economy, "IS", Some(&Probe::here()))), "-2.487");
    assert_eq!(format!("{:.3}", exact(&economy, "U4", None)), "-1.694");
}

#[test]
fn the_exact_war_on_icio_costs_1_778_percent() {
    let Some(economy) = support::shared_economy("icio-2022-flows") else { return };
    assert_eq!(format!("{:.3}", exact(&economy, "IS", None)), "-1.778");
}
