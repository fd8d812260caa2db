//! Ossa (2014), "Trade Wars and Trade Talks with Data", *American Economic Review* 104(12), 4104–4146.
//!
//! Economy: `../shared/economies/ossa-2014`, 7 regions, 33 sectors, 2007, balanced, and the paper's own political
//! weights.
//!
//! What is held, and against what. The abstract: with political weights, optimal tariffs average 62 per cent (the mean over
//! regions of the median tariff, ours 62.35), tariffs of a world trade war 63 (63.22), the government welfare losses of the war
//! 2.9 per cent (2.887), the government welfare gains of future negotiations 0.5 (0.525). The paper's case without weights, in
//! headline means: the war costs 2.4 per cent of real income (2.397), talks gain 3.4 from the war (3.425), 0.5 from the
//! factual tariffs (0.524) and 0.03 from free trade (0.029). The replication data (openICPSR 112717): its political weights,
//! region by region. Each figure of the paper is met to the digits printed there; the tests pin one or two digits more, which
//! are ours. The region rows of Tables 3, 4, 5, 8 and 9 are not at hand and not held: `docs/method/ossa-2014.md` prints ours.
//!
//! DIFFERENCE: the paper stops its war after about two rounds of best replies (its tariffs are 1 % off its own
//! fixed point); we go on until no one gains 1e-6 %. The printed digits are the same.

#![allow(clippy::unwrap_used, clippy::print_stdout)] // A panic in a test is its message.

mod support;

#[path = "support/ossa.rs"]
mod ossa;

use equilibrium::firms::{Deficits, Market, OneFactor};
use ossa::{Players, Point, equal_gains, mean, optimal_tariffs, starts, world};
use strategy::{
    BestResponse, Inference, Instruments, Objective, OneFactorGame, PlaySettings, PlayStatus, Player,
    PlayerOutcome, Probe, Shape, TariffGame, War, infer_weights, player_outcome, war,
};

fn outcomes(game: &OneFactorGame, players: &Players, war: &War<Point>) -> Vec<PlayerOutcome> {
    let at = |player| player_outcome(game, player, None, &war.rest.log_wedges, &war.rest.state);
    players.iter().map(|(player, _)| at(player)).collect()
}

/// Source: abstract, "optimal tariffs average 62 percent": the mean over regions of the median optimal tariff,
/// with political weights. Ours is 62.35.
#[test]
fn optimal_tariffs_average_62_percent() {
    let Some((game, players)) = world(true) else { return };
    // Japan's wheat has two peaks, a low duty and a prohibitive one: both sides are tried.
    let found = optimal_tariffs(&game, &players, &Probe::here().with_switches());
    let at = |best: &BestResponse<Point>| {
        player_outcome(&game, &best.player, None, &best.rest.log_wedges, &best.rest.state)
    };
    let median = mean(found.iter().map(|best| at(best).tariff_median_pct));
    assert_eq!(format!("{median:.2}"), "62.35");
}

/// Source: abstract, "world trade war tariffs average 63 percent" and "the government welfare losses from a breakdown of
/// international trade policy cooperation average 2.9 percent". Ours are 63.22 and −2.887.
#[test]
fn trade_war_tariffs_average_63_percent_and_cost_2_9_percent() {
    let Some((game, players)) = world(true) else { return };
    let war =
        war(&game, &players, game.base_log_wedges(), Some(&Probe::here()), &PlaySettings::default()).unwrap();
    assert_eq!(war.rest.status, PlayStatus::AtRest);
    let found = outcomes(&game, &players, &war);
    let median = mean(found.iter().map(|region| region.tariff_median_pct));
    let welfare = mean(found.iter().map(|region| region.government_welfare_pct));
    assert_eq!(format!("{median:.2} {welfare:.3}"), "63.22 -2.887");
    assert!(war.certificate(&game, &players).largest_deviation_gain_pct.unwrap() < 1e-6);
}

/// From duties of 100 % play first rests where Japan gains by making one more duty prohibitive: its rice and its
/// wheat each have two peaks. Once it moves, the war ends where it ends from the factual tariffs.
#[test]
fn a_war_from_high_duties_ends_in_the_same_place_once_switches_are_tried() {
    let Some((game, players)) = world(true) else { return };
    let settings = PlaySettings::default();
    let high: Vec<f64> =
        game.base_log_wedges().iter().enumerate().map(|(cell, _)| on_imports(&game, cell, 1.0)).collect();
    let stuck = war(&game, &players, &high, None, &settings).unwrap();
    let (japan, instruments) = &players[4];
    let held = &stuck.rest.log_wedges;
    let probe = Probe::here().with_switches();
    let better = probe.best_response(&game, japan, instruments, held, None, &settings).unwrap();
    assert!(better.gain_pct > 0.3, "{}", better.gain_pct);
    let moved = war(&game, &players, &better.rest.log_wedges, None, &settings).unwrap();
    let welfare = mean(outcomes(&game, &players, &moved).iter().map(|region| region.government_welfare_pct));
    assert_eq!(format!("{welfare:.3}"), "-2.887");
}

fn on_imports(game: &OneFactorGame, cell: usize, rate: f64) -> f64 {
    let (n, i, _) = game.place(cell);
    if n == i { 0.0 } else { rate.ln_1p() }
}

/// Source: abstract, "the possible government welfare gains from future multilateral trade negotiations average 0.5
/// percent". Ours is 0.525.
///
/// The planner's problem has several rests, as Japan's rice, wheat and other sectors have two peaks: a single search ends at
/// 0.523 per cent or at 0.525 (Japan's wheat shut), as luck of rounding and of the start has it. Whatever the search begins
/// with, it now finds the same best deal, and at the deal's own weights no rest that is worth more.
#[test]
fn talks_from_factual_tariffs_gain_half_a_percent_wherever_the_search_begins() {
    let Some((game, players)) = world(true) else { return };
    let mut starts = starts(&game, &players).with_switches();
    let held = game.base_log_wedges().to_vec();
    for _ in 0..2 {
        let deal = equal_gains(&game, &held, &starts);
        assert_eq!(format!("{:.6}", deal.gain_pct[0]), "0.525381");
        let worth: Vec<String> =
            deal.search.rests_worth_pct.iter().map(|worth| format!("{worth:.4}")).collect();
        assert_eq!(worth, ["0.5254", "0.5230", "0.5227", "0.4803", "0.4784"]);
        assert_eq!((deal.search.switches_tried, deal.search.headroom_pct), (7 * 33, 0.0));
        // From the war, the search comes to the deal by another way.
        starts.places.rotate_left(2);
    }
}

/// Source: the case without political weights: a war costs 2.4 % of real income on average. Ours is −2.397.
#[test]
fn without_politics_a_war_costs_2_4_percent() {
    let Some((game, players)) = world(false) else { return };
    let thorough = Probe::thorough();
    let war =
        war(&game, &players, game.base_log_wedges(), Some(&thorough), &PlaySettings::default()).unwrap();
    let found = outcomes(&game, &players, &war);
    assert_eq!(format!("{:.3}", mean(found.iter().map(|region| region.real_income_pct))), "-2.397");
    let certificate = war.certificate(&game, &players);
    assert!(certificate.largest_deviation_gain_pct.unwrap() < 1e-6);
    assert!(certificate.largest_slope < 1e-8 && certificate.clearing_residual < 1e-10);
}

/// Source: the case without political weights: equal-gains talks bring 3.4 % from the war, 0.5 % from factual
/// tariffs, 0.03 % from free trade. Ours are 3.425, 0.524 and 0.029; at each, the planner's problem came to rest at the deal from
/// every start.
#[test]
fn without_politics_talks_gain_3_4_and_0_5_and_0_03_percent() {
    let Some((game, players)) = world(false) else { return };
    let mut starts = starts(&game, &players);
    let mut gains = Vec::new();
    for _ in 0..3 {
        let deal = equal_gains(&game, &starts.places[0].1.clone(), &starts);
        assert_eq!(deal.search.rests_worth_pct.len(), 1, "{:?}", deal.search);
        gains.push(format!("{:.3}", deal.gain_pct[0]));
        starts.places.rotate_left(1);
    }
    assert_eq!(gains, ["0.524", "0.029", "3.425"]);
}

/// Source: the replication data (openICPSR 112717): `noncoop_tariff`, the duties the weights were made to explain, and the
/// paper's own `lambda`. The conditions give the weights at once: they agree with the published ones, which come from a
/// search that stops early, to 0.02 (ours less theirs, the largest over 33 sectors), and a government with ours chooses the
/// targets plus the shift exactly.
///
/// DIFFERENCE: the European Union has no interior solution (wool would need a weight below zero), where the paper's search
/// stops at zero. Japan's conditions meet, but its targets are prohibitive in places and the point is no best reply: other
/// duties gain 0.2 %. Its weights differ from the published ones by up to 0.3.
#[test]
fn weights_follow_from_the_duties_they_explain_for_five_of_seven_regions() {
    let Some(economy) = support::shared_economy("ossa-2014") else { return };
    let targets = economy.weights().unwrap().noncooperative_tariff.clone().unwrap();
    let published = economy.weights().unwrap().weight.clone();
    let theta = economy.theta(None).unwrap();
    let base = OneFactor::of(&economy, &theta, Market::FixedFirms).unwrap();
    let mut interior = Vec::new();
    for n in economy.country_ids() {
        let target: Vec<f64> = targets.row(n).iter().map(|rate| rate.as_share()).collect();
        let found = infer_weights(&base, Deficits::Removed, n, &target).unwrap();
        let code = economy.country(n).code.as_str();
        println!("{code}: {:?}, shift {:.4}, roots {:?}", found.inference, found.shift, found.roots);
        if found.inference != Inference::Interior || code == "JPN" {
            continue;
        }
        interior.push(code.to_owned());
        let gaps = found.weights.iter().zip(published.row(n)).map(|(a, b)| (a - b).abs());
        let gap = gaps.fold(0.0, f64::max);
        println!("{code}: the largest gap to the published weights {gap:.4}");
        assert!(gap < 0.02, "{code}: {gap}");
        assert!(found.largest_condition < 1e-9, "{code}: {}", found.largest_condition);
        // A government with these weights stays where it is.
        let weight = terms::Grid::from_fn(7, 33, |m, s| if m == n { found.weights[s.at()] } else { 1.0 });
        let game = OneFactorGame::new(base.clone(), Objective::political(weight), Deficits::Removed).unwrap();
        let player = Player::alone(code.into(), n);
        let mfn = Instruments::duties(Shape::PerSector);
        let settings = PlaySettings::default();
        let best =
            Probe::here().best_response(&game, &player, &mfn, &found.log_wedges, None, &settings).unwrap();
        let moved = best.rest.log_wedges.iter().zip(&found.log_wedges).map(|(a, b)| (a - b).abs());
        assert!(moved.fold(0.0, f64::max) < 1e-6, "{code}");
    }
    assert_eq!(interior, ["BRA", "CHN", "IND", "ROW", "USA"]);
}
