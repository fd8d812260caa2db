//! What play costs: `cargo bench -p detente-strategy`. Budgets: `docs/method/S-strategy.md`.

#![allow(clippy::unwrap_used, clippy::print_stdout)] // A bench without its data says so and stops.

#[path = "../tests/support/mod.rs"]
mod support;

use divan::{Bencher, black_box};
use equilibrium::firms::{ClearingSettings, Deficits, Market, OneFactor};
use strategy::{
    Instruments, Objective, OneFactorGame, PlaySettings, Player, Shape, Solution, TariffGame, formula_war,
    talks, war,
};
use terms::CountryId;

fn main() {
    divan::main();
}

fn game(folder: &str, market: Market) -> Option<OneFactorGame> {
    let economy = support::shared_economy(folder)?;
    let theta = economy.theta(None).unwrap();
    let base = OneFactor::of(&economy, &theta, market).unwrap();
    let base = base.balanced(&ClearingSettings::default()).unwrap();
    let wants = Objective::real_income(base.countries(), base.sectors());
    Some(OneFactorGame::new(base, wants, Deficits::Removed).unwrap())
}

fn everyone(game: &OneFactorGame, shape: Shape) -> Vec<(Player, Instruments)> {
    CountryId::all(game.countries())
        .map(|n| (Player::alone(format!("{}", n.at()).as_str().into(), n), Instruments::duties(shape)))
        .collect()
}

/// 7 × 33, 1,386 tariffs. Must: 50 ms.
#[divan::bench(sample_count = 10)]
fn ossa_war(bencher: Bencher<'_, '_>) {
    let Some(game) = game("ossa-2014", Market::FixedFirms) else { return };
    let players = everyone(&game, Shape::PerCell);
    bencher.bench(|| {
        let held = game.base_log_wedges();
        war(black_box(&game), &players, held, None, &PlaySettings::default()).unwrap()
    });
}

/// Equal-gains talks from the factual tariffs. Must: 2 s.
#[divan::bench(sample_count = 3)]
fn ossa_talks(bencher: Bencher<'_, '_>) {
    let Some(game) = game("ossa-2014", Market::FixedFirms) else { return };
    let table: Vec<CountryId> = CountryId::all(7).collect();
    let any = Instruments::duties(Shape::PerCell);
    bencher.bench(|| {
        let (held, settings) = (game.base_log_wedges(), PlaySettings::default());
        talks(black_box(&game), &table, &[0.0; 7], Solution::EqualGains, &any, held, &settings).unwrap()
    });
}

/// 81 × 28, one rate each. Must: 0.2 s.
#[divan::bench(sample_count = 3)]
fn icio_uniform_war(bencher: Bencher<'_, '_>) {
    let Some(game) = game("icio-2022-flows", Market::Perfect) else { return };
    let players = everyone(&game, Shape::Uniform);
    bencher.bench(|| {
        let held = game.base_log_wedges();
        war(black_box(&game), &players, held, None, &PlaySettings::default()).unwrap()
    });
}

/// The same by Lashkaripour's formula.
#[divan::bench(sample_count = 3)]
fn icio_formula_war(bencher: Bencher<'_, '_>) {
    let Some(game) = game("icio-2022-flows", Market::Perfect) else { return };
    bencher.bench(|| formula_war(black_box(game.base()), &PlaySettings::default()).unwrap());
}
