//! The world of Ossa (2014) as a game: 7 regions, 33 sectors, 2007, and what its tests ask of it.

#![allow(dead_code)] // Each test file uses a part.

use equilibrium::firms::{Deficits, Market, OneFactor};
use strategy::{
    BestResponse, Deal, Instruments, Objective, OneFactorGame, PlaySettings, PlayStatus, Player, Probe,
    Shape, Solution, Starts, TariffGame, talks, war,
};
use terms::CountryId;

use crate::support;

pub type Players = Vec<(Player, Instruments)>;
pub type Point = equilibrium::firms::Cleared;

pub fn world(political: bool) -> Option<(OneFactorGame, Players)> {
    let economy = support::shared_economy("ossa-2014")?;
    let theta = economy.theta(None).unwrap();
    let base = OneFactor::of(&economy, &theta, Market::FixedFirms).unwrap();
    let objective = if political {
        Objective::political(economy.weights().unwrap().weight.clone())
    } else {
        Objective::real_income(7, 33)
    };
    let any = Instruments::duties(Shape::PerCell);
    let players = economy
        .country_ids()
        .map(|n| (Player::alone(economy.country(n).code.clone(), n), any.clone()))
        .collect();
    Some((OneFactorGame::new(base, objective, Deficits::Removed).unwrap(), players))
}

pub fn mean(values: impl ExactSizeIterator<Item = f64>) -> f64 {
    let count = values.len() as f64;
    values.sum::<f64>() / count
}

/// Every government's best duties while the others hold the factual ones.
pub fn optimal_tariffs(game: &OneFactorGame, players: &Players, probe: &Probe) -> Vec<BestResponse<Point>> {
    let held = game.base_log_wedges();
    let settings = PlaySettings::default();
    players
        .iter()
        .map(|(player, instruments)| {
            let best = probe.best_response(game, player, instruments, held, None, &settings).unwrap();
            assert_eq!(best.rest.status, PlayStatus::AtRest);
            best
        })
        .collect()
}

/// Talks begun at `first` of all starts; gains are over it.
pub fn equal_gains(game: &OneFactorGame, first: &[f64], starts: &Starts) -> Deal<Point> {
    let home = game.rebased(&game.clear(first, None).unwrap()).unwrap();
    let table: Vec<CountryId> = CountryId::all(7).collect();
    let any = Instruments::duties(Shape::PerCell);
    let settings = PlaySettings::default();
    let deal = talks(&home, &table, &[0.0; 7], Solution::EqualGains, &any, starts, &settings).unwrap();
    let (least, most) =
        deal.gain_pct.iter().fold((f64::MAX, f64::MIN), |(a, b), gain| (a.min(*gain), b.max(*gain)));
    assert!(most - least < 1e-6, "gains are equal: {:?}", deal.gain_pct);
    deal
}

pub fn starts(game: &OneFactorGame, players: &Players) -> Starts {
    let held = game.base_log_wedges();
    let fought = war(game, players, held, None, &PlaySettings::default()).unwrap();
    support::starts(game, held, fought.rest.log_wedges)
}
