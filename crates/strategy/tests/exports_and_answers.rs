//! Laws of export taxes as a move, and of movers whose partners answer, on small invented worlds.

#![allow(mixed_script_confusables)] // The symbols of the papers.
#![allow(clippy::unwrap_used)] // A panic in a test is its message.

use equilibrium::firms::{Deficits, Market, OneFactor};
use strategy::{
    Border, Instruments, Objective, OneFactorGame, PlaySettings, PlayStatus, Player, Probe, Shape, Solution,
    Start, Starts, TariffGame, Wish, best_response, lead, mirroring, talks, war,
};
use terms::{CountryId, Cube, Grid, Rate, SectorId};

/// Countries of these sizes; flows from a fixed pattern of `seed`, no duties.
fn game(sizes: &[f64], sigma: &[f64], seed: u64, market: Market) -> OneFactorGame {
    let mut state = seed.wrapping_mul(2).wrapping_add(1);
    let mut draw = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1u64 << 53) as f64
    };
    let (n, s) = (sizes.len(), sigma.len());
    let trade = Cube::from_fn(n, s, |a, b, _| {
        let (buyer, seller) = (sizes[a.at()], sizes[b.at()]);
        if a == b { buyer * (5.0 + 5.0 * draw()) } else { buyer * seller * (0.3 + draw()) }
    });
    let base = OneFactor::new(&trade, &Cube::filled(n, s, 0.0), sigma, market).unwrap();
    let balanced = base.balanced(&Default::default()).unwrap();
    OneFactorGame::new(balanced, Objective::real_income(n, s), Deficits::Removed).unwrap()
}

fn player(n: usize) -> Player {
    Player::alone(format!("C{n}").as_str().into(), CountryId::new(n))
}

fn any(shape: Shape, border: Border) -> Instruments {
    Instruments::with_subsidies(shape).between(Rate::share(-0.9), Rate::share(50.0)).at(border)
}

fn best(game: &OneFactorGame, n: usize, instruments: &Instruments) -> (f64, Vec<f64>) {
    let held = game.base_log_wedges();
    let found =
        best_response(game, &player(n), instruments, held, &[Start::Here], &PlaySettings::default()).unwrap();
    assert_eq!(found.rest.status, PlayStatus::AtRest);
    (found.gain_pct, found.rest.log_wedges)
}

/// The wedges of a flow: its duty and its export tax.
fn wedges(game: &OneFactorGame, all: &[f64], n: usize, i: usize, s: usize) -> (f64, f64) {
    let cell = game.cell(CountryId::new(n), CountryId::new(i), SectorId::new(s));
    (all[cell], all.get(game.cells() + cell).copied().unwrap_or(0.0))
}

/// Lerner (1936), *Economica* 3: with balanced trade one uniform rate is enough, at either border.
#[test]
fn the_best_uniform_export_tax_is_the_best_uniform_duty_and_both_together_are_no_more() {
    for market in [Market::Perfect, Market::FixedFirms] {
        let game = game(&[1.0, 1.0, 1.0], &[2.5, 5.0], 7, market);
        let (by_duty, duties) = best(&game, 0, &any(Shape::Uniform, Border::Imports));
        let (by_tax, taxes) = best(&game, 0, &any(Shape::Uniform, Border::Exports));
        let (by_both, both) = best(&game, 0, &any(Shape::Uniform, Border::Both));
        let duty = wedges(&game, &duties, 0, 1, 0).0;
        assert!(duty > 0.05 && by_duty > 0.01);
        assert!((wedges(&game, &taxes, 1, 0, 0).1 - duty).abs() < 1e-8, "{market:?}");
        let product = wedges(&game, &both, 0, 1, 0).0 + wedges(&game, &both, 1, 0, 0).1;
        assert!((product - duty).abs() < 1e-8, "{market:?}: {product} {duty}");
        assert!((by_tax - by_duty).abs() < 1e-9 && (by_both - by_duty).abs() < 1e-9);
    }
}

/// A small country faces the elasticity σ of foreign demand for each of its goods and nothing else:
/// the best tax is the monopolist's markup 1/(σ−1) (Gros 1987; Costinot, Donaldson, Vogel and Werning 2015).
#[test]
fn a_small_countrys_best_export_tax_in_a_sector_is_one_over_the_elasticity_less_one() {
    let σ = [2.5, 5.0, 8.0];
    let game = game(&[1e-5, 1.0, 1.0], &σ, 11, Market::Perfect);
    let (_, found) = best(&game, 0, &any(Shape::PerSector, Border::Exports));
    for (s, σ) in σ.iter().enumerate() {
        let tax = wedges(&game, &found, 1, 0, s).1.exp_m1();
        // Of the order of its share in foreign markets, 1e-6.
        assert!((tax * (σ - 1.0) - 1.0).abs() < 1e-4, "{s}: {tax}");
    }
}

#[test]
fn best_export_taxes_beat_their_neighbours() {
    for (shape, border) in [
        (Shape::PerPartner, Border::Exports),
        (Shape::PerSector, Border::Exports),
        (Shape::PerCell, Border::Exports),
        (Shape::PerCell, Border::Both),
    ] {
        let game = game(&[1.0, 1.0, 1.0, 1.0], &[2.5, 5.0, 3.5], 13, Market::FixedFirms);
        let (gain, found) = best(&game, 2, &any(shape, border));
        assert!(gain > 0.0);
        let payoff = |wedges: &[f64]| game.payoffs(&game.clear(wedges, None).unwrap())[2];
        let top = payoff(&found);
        let own = |cell: usize| {
            let (_, i, _) = game.place(cell);
            cell >= game.cells() && i.at() == 2 && game.place(cell).0.at() != 2
        };
        let group = |cell: usize| {
            let (n, _, s) = game.place(cell);
            match shape {
                Shape::PerPartner => n.at(),
                Shape::PerSector => s.at(),
                _ => n.at() * 3 + s.at(),
            }
        };
        for by in [-0.05, 0.05] {
            for chosen in 0..12 {
                let mut wedges = found.clone();
                let cells = (game.cells()..wedges.len()).filter(|cell| own(*cell) && group(*cell) == chosen);
                let moved: Vec<usize> = cells.collect();
                moved.iter().for_each(|cell| wedges[*cell] += by);
                assert!(moved.is_empty() || payoff(&wedges) < top, "{shape:?} {border:?} {chosen} {by}");
            }
        }
    }
}

#[test]
fn more_borders_gain_no_less() {
    let game = game(&[1.0, 1.0, 1.0, 1.0], &[2.5, 5.0, 3.5], 17, Market::FixedFirms);
    let gain = |border| best(&game, 0, &any(Shape::PerCell, border)).0;
    let [imports, exports, both] = [Border::Imports, Border::Exports, Border::Both].map(gain);
    assert!(both >= imports && both >= exports && imports > 0.0 && exports > 0.0);
}

#[test]
fn nobody_gains_from_leaving_a_war_of_export_taxes() {
    for (shape, border) in [
        (Shape::Uniform, Border::Exports),
        (Shape::PerCell, Border::Exports),
        (Shape::PerSector, Border::Both),
    ] {
        let game = game(&[1.0, 1.0, 1.0], &[2.5, 5.0, 3.5], 23, Market::FixedFirms);
        let players: Vec<_> = (0..3).map(|n| (player(n), any(shape, border))).collect();
        let settings = PlaySettings::default();
        let found =
            war(&game, &players, game.base_log_wedges(), Some(&Probe::thorough()), &settings).unwrap();
        assert_eq!(found.rest.status, PlayStatus::AtRest, "{shape:?} {border:?}");
        assert!(found.certificate(&game, &players).largest_deviation_gain_pct.unwrap() < 1e-9);
    }
}

#[test]
fn taxes_stay_between_their_bounds_and_off_what_is_exempt() {
    let game = game(&[1.0, 1.0, 1.0], &[2.5, 5.0], 29, Market::Perfect);
    let spared = Cube::from_fn(3, 2, |n, i, s| (n.at(), i.at(), s.at()) == (1, 0, 1));
    let narrow =
        Instruments::duties(Shape::PerCell).at(Border::Exports).between(Rate::FREE, Rate::share(0.1));
    let (_, found) = best(&game, 0, &narrow.sparing(spared));
    assert_eq!(wedges(&game, &found, 1, 0, 1).1, 0.0);
    assert!((wedges(&game, &found, 1, 0, 0).1 - 0.1_f64.ln_1p()).abs() < 1e-15);
    assert_eq!(found[..game.cells()], game.base_log_wedges()[..game.cells()]);
}

/// In a world of two alike nobody gains from the terms of trade when every duty is returned: none is best.
/// Lerner (1936) at a table: a tax on all exports does what a duty on all imports does, so talks over either share the same gain
/// at the same rates, and talks over both share no more.
#[test]
fn talks_over_export_taxes_end_where_talks_over_duties_do() {
    let game = game(&[1.0, 2.0], &[3.0, 6.0], 5, Market::FixedFirms);
    let table = [CountryId::new(0), CountryId::new(1)];
    let settings = PlaySettings::default();
    let sides: Vec<_> = (0..2).map(|n| (player(n), Instruments::duties(Shape::Uniform))).collect();
    let fought = war(&game, &sides, game.base_log_wedges(), None, &settings).unwrap().rest;
    let threat = game.payoffs(&fought.state);
    let deal = |border: Border, solution: Solution| {
        let (any, starts) = (any(Shape::Uniform, border), Starts::at(game.base_log_wedges()));
        talks(&game, &table, &threat, solution, &any, &starts, &settings).unwrap()
    };
    for solution in [Solution::EqualGains, Solution::Nash, Solution::KalaiSmorodinsky] {
        let duties = deal(Border::Imports, solution);
        assert!(duties.sharing_gap < 1e-8 && duties.gain_pct[0] > 0.1, "{:?}", duties.gain_pct);
        for border in [Border::Exports, Border::Both] {
            let taxes = deal(border, solution);
            for (duty, tax) in duties.gain_pct.iter().zip(&taxes.gain_pct) {
                assert!((duty - tax).abs() < 1e-6, "{solution:?} {border:?}: {duty} {tax}");
            }
        }
        // Where only the product of what both charge on a round of trade is determined, rates of one side are not compared.
        let taxes = deal(Border::Exports, solution);
        let round = |log_wedges: &[f64], from: usize| {
            let at = |n: usize, i: usize| {
                log_wedges[from + game.cell(CountryId::new(n), CountryId::new(i), SectorId::new(0))]
            };
            at(0, 1) + at(1, 0)
        };
        let (duty, tax) = (round(&duties.rest.log_wedges, 0), round(&taxes.rest.log_wedges, game.cells()));
        assert!((duty - tax).abs() < 1e-5, "{solution:?}: {duty} {tax}");
    }
}

#[test]
fn where_partners_mirror_two_alike_are_best_served_by_free_trade() {
    let trade = Cube::from_fn(2, 2, |n, i, _| if n == i { 8.0 } else { 2.0 });
    let duty = Cube::from_fn(2, 2, |n, i, _| if n == i { 0.0 } else { 0.4 });
    let base = OneFactor::new(&trade, &duty, &[3.0, 6.0], Market::Perfect).unwrap();
    let game = OneFactorGame::new(base, Objective::real_income(2, 2), Deficits::Removed).unwrap();
    for border in [Border::Imports, Border::Exports] {
        for shape in [Shape::Uniform, Shape::PerCell] {
            // Export taxes: the duties of 40 % stand, and it is best for both that subsidies undo them.
            let (_, found) = best(&game, 0, &any(shape, border).mirrored());
            for s in 0..2 {
                let (own, answer) = (wedges(&game, &found, 0, 1, s), wedges(&game, &found, 1, 0, s));
                assert!((own.0 - answer.0).abs() < 1e-12 && (own.1 - answer.1).abs() < 1e-12);
                assert!((own.0 + own.1).abs() < 1e-7, "{border:?} {shape:?}: {own:?}");
            }
        }
    }
}

/// What a mirrored lever moves is the mover's payoff along both borders: the peak beats its neighbours there.
#[test]
fn a_mirrored_best_reply_beats_its_mirrored_neighbours() {
    let game = game(&[2.0, 1.0, 0.5], &[2.5, 5.0, 3.5], 31, Market::FixedFirms);
    for shape in [Shape::Uniform, Shape::PerPartner, Shape::PerSector, Shape::PerCell] {
        let (_, found) = best(&game, 0, &any(shape, Border::Imports).mirrored());
        let payoff = |wedges: &[f64]| game.payoffs(&game.clear(wedges, None).unwrap())[0];
        let top = payoff(&found);
        for (partner, sector) in (1..3).flat_map(|i| (0..3).map(move |s| (i, s))) {
            for by in [-0.02, 0.02] {
                let mut moved = found.clone();
                for (cell, wedge) in moved.iter_mut().enumerate() {
                    let (n, i, s) = game.place(cell);
                    let other = if n.at() == 0 { i.at() } else { n.at() };
                    let own = (n.at() == 0) != (i.at() == 0);
                    let reached = match shape {
                        Shape::Uniform => true,
                        Shape::PerPartner => other == partner,
                        Shape::PerSector => s.at() == sector,
                        Shape::PerCell => other == partner && s.at() == sector,
                    };
                    *wedge += if own && reached { by } else { 0.0 };
                }
                assert!(payoff(&moved) < top, "{shape:?} {partner} {sector} {by}");
            }
        }
    }
}

fn all_but(n: usize, countries: usize, instruments: &Instruments) -> Vec<(Player, Instruments)> {
    (0..countries).filter(|other| *other != n).map(|other| (player(other), instruments.clone())).collect()
}

/// What the leader gets when the others' war has come to rest.
fn answered_payoff(game: &OneFactorGame, others: &[(Player, Instruments)], wedges: &[f64]) -> f64 {
    let fought = war(game, others, wedges, None, &PlaySettings::default()).unwrap();
    assert_eq!(fought.rest.status, PlayStatus::AtRest);
    game.payoffs(&fought.rest.state)[0]
}

/// Second derivatives of a bloc's payoff with political weights, whose members' shares in it move, against differences.
#[test]
fn the_slopes_of_a_political_bloc_bend_as_their_differences_say() {
    let base = game(&[2.0, 1.0, 0.5], &[2.5, 5.0], 41, Market::FixedFirms).base().clone();
    let weight = Grid::from_fn(3, 2, |n, s| 1.0 + 0.4 * ((n.at() * 3 + s.at() * 2) % 4) as f64);
    let game = OneFactorGame::new(
        base,
        Objective::political(weight).valuing_revenue(vec![0.2, 0.1, 0.0]),
        Deficits::Removed,
    )
    .unwrap();
    let members = vec![CountryId::new(0), CountryId::new(1)];
    let bloc = Player::bloc("B".into(), members.clone());
    let wedges: Vec<f64> =
        (0..game.cells()).map(|cell| on_others(&game, cell, 0.1 + 0.02 * (cell % 5) as f64)).collect();
    let direction: Vec<f64> =
        (0..game.cells()).map(|cell| on_others(&game, cell, (cell * 5 % 7) as f64 - 2.0)).collect();
    let slopes = |by: f64| -> Vec<f64> {
        let moved: Vec<f64> = wedges.iter().zip(&direction).map(|(κ, d)| κ + by * d).collect();
        let state = game.clear(&moved, None).unwrap();
        let worth = |n: &CountryId| game.base_income()[n.at()] * game.payoffs(&state)[n.at()].exp();
        let total: f64 = members.iter().map(worth).sum();
        let weights = members.iter().map(|n| (*n, worth(n) / total)).collect();
        let wish = Wish { weights, importers: CountryId::all(3).collect(), exporters: Vec::new() };
        let pulls = game.pulls(&state, &[wish], 0.0).unwrap().remove(0);
        pulls.iter().zip(&moved).map(|(pull, κ)| pull.slope(κ.exp())).collect()
    };
    let state = game.clear(&wedges, None).unwrap();
    let bent = game.bent(&state, &bloc, &direction).unwrap().unwrap();
    let h = 1e-4;
    let most = bent.iter().fold(0.0, |most: f64, bent| most.max(bent.abs()));
    for (bent, (above, below)) in bent.iter().zip(slopes(h).iter().zip(slopes(-h))) {
        assert!(
            (bent - (above - below) / (2.0 * h)).abs() < 1e-6 * most,
            "{bent} {}",
            (above - below) / (2.0 * h)
        );
    }
}

fn on_others(game: &OneFactorGame, cell: usize, wedge: f64) -> f64 {
    let (n, i, _) = game.place(cell);
    if n == i { 0.0 } else { wedge }
}

/// Who mirrors would rather charge its own best duty: at a mirrored peak that is not free trade each partner gains by it, and
/// its gain is what a search with its other rates held finds.
#[test]
fn what_a_partner_gains_by_not_mirroring_is_the_gain_of_its_own_best_duties() {
    let game = game(&[2.0, 1.0, 0.5], &[2.5, 5.0, 3.5], 31, Market::FixedFirms);
    let settings = PlaySettings::default();
    let held = game.base_log_wedges();
    let mirrored = any(Shape::PerSector, Border::Imports).mirrored();
    let led = best_response(&game, &player(0), &mirrored, held, &[Start::Here], &settings).unwrap();
    let partners = [player(1), player(2)];
    let far = [Start::At(0.0), Start::At(1.0)];
    let found =
        mirroring(&game, (&player(0), &mirrored), &partners, held, &led.rest, &far, &settings).unwrap();
    assert_eq!(found.len(), 2);
    for (own, partner) in found.iter().zip(&partners) {
        let only = Cube::from_fn(3, 3, |n, i, _| n != partner.members[0] || i.at() != 0);
        let free = any(Shape::PerSector, Border::Imports).sparing(only);
        let best =
            best_response(&game, partner, &free, &led.rest.log_wedges, &[Start::Here], &settings).unwrap();
        assert!((best.gain_pct - own.gain_pct).abs() < 1e-9 && own.gain_pct > 1e-3, "{own:?}");
        assert!(own.best_pct >= own.holding_pct && own.best_pct >= own.mirroring_pct);
    }
}

/// A leader may always choose its rates of the war, which the others would answer by the war.
#[test]
fn a_leader_gets_at_least_what_the_war_gives_and_its_choice_beats_its_neighbours_as_answered() {
    let game = game(&[1.0, 1.0, 0.5], &[2.5, 5.0], 37, Market::FixedFirms);
    for (shape, border) in [
        (Shape::Uniform, Border::Imports),
        (Shape::PerPartner, Border::Imports),
        (Shape::PerSector, Border::Exports),
        (Shape::PerCell, Border::Imports),
    ] {
        let instruments = any(shape, border);
        let others = all_but(0, 3, &instruments);
        let held = game.base_log_wedges();
        let settings = PlaySettings::default();
        let found =
            lead(&game, (&player(0), &instruments), &others, held, &[Start::Here], &Probe::far(), &settings)
                .unwrap();
        let led = found.best;
        assert_eq!(led.rest.status, PlayStatus::AtRest, "{shape:?} {border:?}");
        // No choice looked at gives more than the one found, and the others answer it alike from everywhere.
        assert!(found.deviation_gain_pct < 1e-8 && found.looked_at.len() == 4, "{:?}", found.looked_at);
        assert!(found.looked_at.iter().all(|at| at.payoff_pct.unwrap() <= led.payoff_pct + 1e-8));
        assert!(
            found.branches.iter().all(|branch| branch.largest_difference_pp < 1e-5),
            "{:?}",
            found.branches
        );
        let top = answered_payoff(&game, &others, &led.rest.log_wedges);
        let everyone: Vec<_> = (0..3).map(|n| (player(n), instruments.clone())).collect();
        let fought = war(&game, &everyone, held, None, &settings).unwrap();
        assert!(top > game.payoffs(&fought.rest.state)[0] + 1e-9, "{shape:?} {border:?}");
        for chosen in 0..6 {
            for by in [-0.01, 0.01] {
                let mut moved = led.rest.log_wedges.clone();
                for (place, wedge) in moved.iter_mut().enumerate() {
                    let (n, i, s) = game.place(place);
                    let (mover, other) = if place < game.cells() { (n, i) } else { (i, n) };
                    let reached = match shape {
                        Shape::Uniform => true,
                        Shape::PerPartner => other.at() == chosen,
                        Shape::PerSector => s.at() == chosen,
                        Shape::PerCell => 2 * other.at() + s.at() == chosen,
                    };
                    let own =
                        mover.at() == 0 && other.at() != 0 && (place < game.cells()) == border.imports();
                    *wedge += if own && reached { by } else { 0.0 };
                }
                if moved != led.rest.log_wedges {
                    assert!(
                        answered_payoff(&game, &others, &moved) < top,
                        "{shape:?} {border:?} {chosen} {by}"
                    );
                }
            }
        }
    }
}
