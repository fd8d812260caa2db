//! Laws of best replies, wars and talks, on small invented worlds.

#![allow(mixed_script_confusables)] // The symbols of the papers.
#![allow(clippy::unwrap_used)] // A panic in a test is its message.

use equilibrium::firms::{Deficits, Market, OneFactor};
use strategy::{
    Instruments, Objective, OneFactorGame, PlaySettings, PlayStatus, Player, Probe, Shape, Solution, Start,
    Starts, TariffGame, best_response, talks, war,
};
use terms::{CountryId, Cube, Rate};

/// Flows from a fixed pattern of `seed`, no duties.
fn game(n: usize, sigma: &[f64], seed: u64, market: Market) -> OneFactorGame {
    let mut state = seed.wrapping_mul(2).wrapping_add(1);
    let mut draw = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1u64 << 53) as f64
    };
    let s = sigma.len();
    let trade = Cube::from_fn(n, s, |a, b, _| if a == b { 5.0 + 5.0 * draw() } else { 0.3 + draw() });
    let free = Cube::filled(n, s, 0.0);
    let base = OneFactor::new(&trade, &free, sigma, market).unwrap();
    let balanced = base.balanced(&Default::default()).unwrap();
    OneFactorGame::new(balanced, Objective::real_income(n, s), Deficits::Removed).unwrap()
}

fn player(n: usize) -> Player {
    Player::alone(format!("C{n}").as_str().into(), CountryId::new(n))
}

fn everyone(n: usize, instruments: &Instruments) -> Vec<(Player, Instruments)> {
    (0..n).map(|n| (player(n), instruments.clone())).collect()
}

fn any(shape: Shape) -> Instruments {
    Instruments::with_subsidies(shape).between(Rate::share(-0.9), Rate::share(50.0))
}

/// Source: Gros (1987), *Journal of International Economics* 23: two countries, one sector, t* = 1/((σ−1)·φ)
/// with φ the foreign country's own share of its sales, at the optimum.
#[test]
fn the_optimal_duty_of_two_countries_is_the_closed_form() {
    for (market, σ) in [(Market::FixedFirms, 3.0), (Market::FixedFirms, 6.5), (Market::Perfect, 4.0)] {
        let game = game(2, &[σ], 7, market);
        let settings = PlaySettings { tolerance: 1e-12, ..PlaySettings::default() };
        let held = game.base_log_wedges();
        let best =
            best_response(&game, &player(0), &any(Shape::Uniform), held, &[Start::Here], &settings).unwrap();
        let (home, abroad, s) = (CountryId::new(0), CountryId::new(1), terms::SectorId::new(0));
        let flow = |n, i| game.flows(&best.rest.state)[game.cell(n, i, s)];
        let own_share = flow(abroad, abroad) / (flow(abroad, abroad) + flow(home, abroad));
        let rate = best.rest.log_wedges[game.cell(home, abroad, s)].exp_m1();
        assert!((rate - 1.0 / ((σ - 1.0) * own_share)).abs() < 1e-10, "{market:?}: {rate}");
    }
}

#[test]
fn a_best_response_beats_its_neighbours() {
    for shape in [Shape::Uniform, Shape::PerPartner, Shape::PerSector, Shape::PerCell] {
        let game = game(4, &[2.5, 5.0, 3.5], 11, Market::FixedFirms);
        let held = game.base_log_wedges();
        let settings = PlaySettings::default();
        let best = best_response(&game, &player(2), &any(shape), held, &[Start::Here], &settings).unwrap();
        assert_eq!(best.rest.status, PlayStatus::AtRest);
        let payoff = |wedges: &[f64]| game.payoffs(&game.clear(wedges, None).unwrap())[2];
        let top = payoff(&best.rest.log_wedges);
        let own = |cell: usize| {
            let (n, i, _) = game.place(cell);
            n.at() == 2 && i.at() != 2
        };
        let together = |groups: &dyn Fn(usize) -> usize, chosen: usize, by: f64| {
            let mut wedges = best.rest.log_wedges.clone();
            for cell in (0..wedges.len()).filter(|cell| own(*cell) && groups(*cell) == chosen) {
                wedges[cell] += by;
            }
            wedges
        };
        for by in [-0.05, -1e-3, 1e-3, 0.05] {
            // Everything together is a neighbour under every shape; finer ones where the shape allows.
            assert!(payoff(&together(&|_| 0, 0, by)) < top);
            if matches!(shape, Shape::PerPartner | Shape::PerCell) {
                for i in [0, 1, 3] {
                    assert!(payoff(&together(&|cell| game.place(cell).1.at(), i, by)) < top);
                }
            }
            if matches!(shape, Shape::PerSector | Shape::PerCell) {
                for s in 0..3 {
                    assert!(payoff(&together(&|cell| game.place(cell).2.at(), s, by)) < top);
                }
            }
        }
    }
}

#[test]
fn more_levers_gain_no_less() {
    let game = game(4, &[2.5, 5.0, 3.5], 13, Market::FixedFirms);
    let gain = |shape| {
        let held = game.base_log_wedges();
        let starts = [Start::Here];
        best_response(&game, &player(0), &any(shape), held, &starts, &PlaySettings::default())
            .unwrap()
            .gain_pct
    };
    let [uniform, partner, sector, cell] =
        [Shape::Uniform, Shape::PerPartner, Shape::PerSector, Shape::PerCell].map(gain);
    assert!(uniform <= partner && partner <= cell && uniform <= sector && sector <= cell);
}

/// Costinot, Donaldson, Vogel and Werning (2015) for the logic: with one factor and no profits a duty only
/// moves relative wages, so no sector deserves its own.
#[test]
fn without_links_and_profits_optimal_rates_are_uniform_across_sectors_per_partner() {
    let game = game(4, &[2.5, 6.0, 3.5], 17, Market::Perfect);
    let held = game.base_log_wedges();
    let best = best_response(
        &game,
        &player(1),
        &any(Shape::PerCell),
        held,
        &[Start::Here],
        &PlaySettings::default(),
    );
    let wedges = best.unwrap().rest.log_wedges;
    for i in [0, 2, 3] {
        let rates: Vec<f64> = terms::SectorId::all(3)
            .map(|s| wedges[game.cell(CountryId::new(1), CountryId::new(i), s)])
            .collect();
        assert!((rates[0] - rates[1]).abs() < 1e-8 && (rates[0] - rates[2]).abs() < 1e-8, "{rates:?}");
    }
}

#[test]
fn with_a_common_sigma_and_no_weights_free_trade_is_efficient() {
    let game = game(3, &[4.0, 4.0], 19, Market::FixedFirms);
    let table: Vec<CountryId> = CountryId::all(3).collect();
    let held = Starts::at(game.base_log_wedges());
    let settings = PlaySettings::default();
    let deal = talks(&game, &table, &[0.0; 3], Solution::EqualGains, &any(Shape::PerCell), &held, &settings);
    for gain in deal.unwrap().gain_pct {
        assert!(gain.abs() < 1e-7, "{gain}");
    }
}

#[test]
fn nobody_gains_from_leaving_a_war() {
    for shape in [Shape::Uniform, Shape::PerCell] {
        let game = game(4, &[2.5, 5.0, 3.5], 23, Market::FixedFirms);
        let players = everyone(4, &any(shape));
        let settings = PlaySettings::default();
        let found =
            war(&game, &players, game.base_log_wedges(), Some(&Probe::thorough()), &settings).unwrap();
        assert_eq!(found.rest.status, PlayStatus::AtRest);
        assert!(found.certificate(&game, &players).largest_deviation_gain_pct.unwrap() < 1e-9);
        assert_eq!(found.switches, 0);
    }
}

#[test]
fn a_bloc_of_all_members_but_one_sets_one_external_duty_and_keeps_its_inside() {
    let game = game(3, &[3.0, 5.0], 29, Market::Perfect);
    let bloc = Player::bloc("UNION".into(), vec![CountryId::new(0), CountryId::new(1)]);
    let held = game.base_log_wedges();
    let best =
        best_response(&game, &bloc, &any(Shape::PerCell), held, &[Start::Here], &PlaySettings::default())
            .unwrap();
    let rate = |n, i, s| {
        best.rest.log_wedges[game.cell(CountryId::new(n), CountryId::new(i), terms::SectorId::new(s))]
    };
    for s in 0..2 {
        assert_eq!(rate(0, 2, s), rate(1, 2, s));
        assert_eq!((rate(0, 1, s), rate(1, 0, s)), (0.0, 0.0));
    }
    assert!(best.gain_pct > 0.0);
}

/// Kalai and Smorodinsky's and Nash's solutions lie on the frontier as equal gains do; in a symmetric game all three
/// are the same point.
#[test]
fn in_a_symmetric_game_all_solutions_agree() {
    let trade = Cube::from_fn(2, 1, |n, i, _| if n == i { 8.0 } else { 2.0 });
    let duty = Cube::from_fn(2, 1, |n, i, _| if n == i { 0.0 } else { 0.4 });
    let base = OneFactor::new(&trade, &duty, &[4.0], Market::Perfect).unwrap();
    let game = OneFactorGame::new(base, Objective::real_income(2, 1), Deficits::Removed).unwrap();
    let table: Vec<CountryId> = CountryId::all(2).collect();
    let instruments = Instruments::duties(Shape::PerCell);
    for solution in [Solution::EqualGains, Solution::Nash, Solution::KalaiSmorodinsky] {
        let held = Starts::at(game.base_log_wedges());
        let deal =
            talks(&game, &table, &[0.0; 2], solution, &instruments, &held, &PlaySettings::default()).unwrap();
        assert!((deal.weights[0] - 0.5).abs() < 1e-6, "{solution:?} {:?}", deal.weights);
        assert!((deal.gain_pct[0] - deal.gain_pct[1]).abs() < 1e-7 && deal.gain_pct[0] > 0.0);
    }
}

#[test]
fn a_country_cannot_play_twice() {
    let game = game(3, &[3.0], 31, Market::Perfect);
    let mut players = everyone(3, &any(Shape::Uniform));
    players.push((
        Player::bloc("UNION".into(), vec![CountryId::new(1), CountryId::new(2)]),
        any(Shape::Uniform),
    ));
    let found = war(&game, &players, game.base_log_wedges(), None, &PlaySettings::default());
    assert!(matches!(found, Err(strategy::StrategyError::TwoPlayers { country: 1, .. })));
}

/// A table of all with payments, whose threat point is the war of all.
struct Paying {
    game: OneFactorGame,
    threat: Vec<f64>,
    starts: Starts,
    any: Instruments,
}

impl Paying {
    fn of(game: OneFactorGame) -> Self {
        let any = Instruments::duties(Shape::PerSector);
        let players = everyone(game.countries(), &any);
        let fought = war(&game, &players, game.base_log_wedges(), None, &SHARP).unwrap();
        let (threat, starts) = (game.payoffs(&fought.rest.state), Starts::at(&fought.rest.log_wedges));
        Self { game, threat, starts, any }
    }

    fn table(&self) -> Vec<CountryId> {
        CountryId::all(self.game.countries()).collect()
    }

    fn deal(&self, solution: Solution) -> strategy::Transfers<equilibrium::firms::Cleared> {
        let (game, table) = (&self.game, self.table());
        strategy::talks_with_transfers(game, &table, &self.threat, solution, &self.any, &self.starts, &SHARP)
            .unwrap()
    }

    /// Log gains at these duties and payments.
    fn gains(&self, log_wedges: &[f64], received: &[f64]) -> Vec<f64> {
        let game = self.game.paying(received);
        let payoffs = game.payoffs(&game.clear(log_wedges, None).unwrap());
        payoffs.iter().zip(&self.threat).map(|(u, d)| u - d).collect()
    }
}

const SHARP: PlaySettings = PlaySettings { tolerance: 1e-11, max_moves: 400, depth: 8, step_limit: 1.0 };

/// Payments sum to zero, and where they are made and markets clear the rule holds: gains in one per cent, or for Nash
/// ω ∝ u/(u−d) at the weights at which a dollar is worth the same wherever it goes.
#[test]
fn payments_keep_the_promise_where_they_move_prices() {
    for market in [Market::Perfect, Market::FixedFirms] {
        let paying = Paying::of(game(3, &[3.0, 5.0], 11, market));
        let equal = paying.deal(Solution::EqualGains);
        let moved: f64 = equal.received.iter().map(|money| money.abs()).sum();
        assert!(moved > 1e-3 && equal.received.iter().sum::<f64>().abs() < 1e-14 * moved);
        assert!(equal.sharing_gap < 1e-9 && equal.money_gap < 1e-8, "{equal:?}");
        // The same again, solved from the base.
        let gains = paying.gains(&equal.rest.log_wedges, &equal.received);
        assert!(gains.iter().all(|g| (g - gains[0]).abs() < 1e-9 && *g > 0.0), "{gains:?}");
        let nash = paying.deal(Solution::Nash);
        let pull: Vec<f64> =
            nash.gain_pct.iter().zip(&nash.weights).map(|(g, ω)| ω * g / (100.0 + g)).collect();
        assert!(pull.iter().all(|of| (of / pull[0] - 1.0).abs() < 1e-7), "{pull:?}");
        // Here the gap is in shares of ideal gains, which are a few hundredths.
        let kalai = paying.deal(Solution::KalaiSmorodinsky);
        assert!(kalai.gain_pct.iter().all(|gain| *gain > 0.0), "{:?}", kalai.gain_pct);
        assert!(kalai.sharing_gap < 1e-7, "{}", kalai.sharing_gap);
    }
}

/// At a deal with payments the weighted sum of log payoffs is at rest in duties and payments at once: steps of either lower it,
/// and no one who pays and charges otherwise can better all.
#[test]
fn duties_and_payments_are_efficient_together() {
    let paying = Paying::of(game(3, &[3.0, 5.0], 11, Market::FixedFirms));
    let deal = paying.deal(Solution::EqualGains);
    let worth = |wedges: &[f64], received: &[f64]| -> f64 {
        paying.gains(wedges, received).iter().zip(&deal.weights).map(|(g, ω)| g * ω).sum()
    };
    let (wedges, received) = (&deal.rest.log_wedges, &deal.received);
    let here = worth(wedges, received);
    let income = paying.game.base_income();
    for k in 1..3 {
        for step in [-1e-3, 1e-3] {
            let mut other = received.clone();
            let money = step * income[0].min(income[k]);
            (other[0], other[k]) = (other[0] - money, other[k] + money);
            let change = worth(wedges, &other) - here;
            assert!(change < 0.0 && change > -1e-6, "money to {k}: {change}");
        }
    }
    for n in CountryId::all(3) {
        for s in terms::SectorId::all(2) {
            for step in [-1e-3, 1e-3] {
                let mut other = wedges.clone();
                for i in CountryId::all(3).filter(|i| *i != n) {
                    other[paying.game.cell(n, i, s)] += step;
                }
                let held = wedges[paying.game.cell(n, CountryId::new((n.at() + 1) % 3), s)] <= 0.0;
                if held && step < 0.0 {
                    continue;
                }
                assert!(worth(&other, received) < here, "{n:?} {s:?} {step}");
            }
        }
    }
}

/// Where all spend alike and nothing stands between markets, a payment moves no terms of trade: who receives it has that
/// much more (Samuelson 1952). Where each spends most on its own goods, the payer's goods lose buyers, and it loses more
/// than it pays.
#[test]
fn a_payment_moves_prices_only_where_the_two_spend_differently() {
    let sigma = [4.0];
    let world = |home: f64| {
        let trade = Cube::from_fn(2, 1, |n, i, _| if n == i { home } else { 1.0 });
        let base = OneFactor::new(&trade, &Cube::filled(2, 1, 0.0), &sigma, Market::Perfect).unwrap();
        OneFactorGame::new(base, Objective::real_income(2, 1), Deficits::Removed).unwrap()
    };
    let paid = 0.05;
    let after = |home: f64| {
        let game = world(home);
        let game = game.paying(&[-paid, paid]);
        let state = game.clear(game.base_log_wedges(), None).unwrap();
        let payoffs = game.payoffs(&state);
        let wages = (state.point.log_wage[0], state.point.log_wage[1]);
        (wages, [0, 1].map(|n| game.base_income()[n] * payoffs[n].exp_m1()))
    };
    let (wages, gained) = after(1.0);
    assert!(wages.0.abs() < 1e-12 && wages.1.abs() < 1e-12, "{wages:?}");
    assert!((gained[0] + paid).abs() < 1e-12 && (gained[1] - paid).abs() < 1e-12, "{gained:?}");
    let (wages, gained) = after(9.0);
    assert!(wages.0 < -1e-4 && gained[0] < -paid - 1e-4 && gained[1] > paid + 1e-4, "{wages:?} {gained:?}");
}

/// Sums over markets, multipliers and players are shared out among threads; every one of them keeps its order.
#[test]
fn a_war_has_the_same_digits_on_any_number_of_threads() {
    for (n, market) in [(3, Market::Perfect), (14, Market::FixedFirms), (37, Market::Perfect)] {
        let game = game(n, &[3.0, 6.0, 4.5], 29, market);
        let players = everyone(n, &Instruments::duties(Shape::PerCell));
        let fought = |threads: usize| {
            let game = game.clone().on_threads(threads);
            war(&game, &players, game.base_log_wedges(), None, &PlaySettings::default()).unwrap().rest
        };
        let one = fought(1);
        assert_eq!(one.status, PlayStatus::AtRest);
        for threads in [2, 5] {
            let many = fought(threads);
            assert_eq!((&one.log_wedges, &one.slopes), (&many.log_wedges, &many.slopes), "{n} on {threads}");
        }
    }
}
