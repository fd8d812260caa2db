//! What play costs: `cargo bench -p detente-strategy`. Budgets: `docs/method/strategy.md`.

#![allow(clippy::unwrap_used, clippy::print_stdout)] // A bench without its data says so and stops.

#[path = "../tests/support/mod.rs"]
mod support;

#[path = "../tests/support/sharp.rs"]
mod sharp;

use std::time::Instant;

use diagnostic::Source;
use divan::{Bencher, black_box};
use economy::{Economy, Mapping};
use equilibrium::firms::{ClearingSettings, Deficits, Market, OneFactor};
use equilibrium::{Baseline, Options, Settings};
use strategy::{
    Conditions, GameError, Instruments, LinkedGame, Objective, OneFactorGame, PlaySettings, Player, Shape,
    Solution, StagePayoffs, Start, Starts, Strategy, TariffGame, best_response, formula_war, talks,
    tournament, war,
};
use terms::{CountryId, Rate};

use sharp::Sharp;

fn main() {
    // Someone who names a bench wants that one alone.
    if std::env::args().skip(1).all(|argument| argument.starts_with('-')) {
        ratios();
    }
    divan::main();
}

/// The war of all at once beside its peers: best replies in turn, one country after another, until none moves by more; and
/// the same war with multipliers solved for at every move.
fn ratios() {
    if let Some((game, goods)) = linked(GATHERED) {
        beside_sharp(GATHERED, game, &goods);
    }
    let Some((game, goods)) = linked("default") else { return };
    beside("default 32×28 with links", &game, &on_goods(&game, &goods));
    let Some(game) = game_of("ossa-2014", Market::FixedFirms) else { return };
    beside("ossa-2014 7×33, 1,386 duties", &game, &everyone(&game, Shape::PerCell));
}

fn beside<G: TariffGame>(name: &str, game: &G, players: &[(Player, Instruments)]) {
    let begun = Instant::now();
    let ours = war(game, players, game.base_log_wedges(), None, &NEAR).unwrap().rest.log_wedges;
    let fast = begun.elapsed().as_secs_f64();
    let begun = Instant::now();
    let mut held = game.base_log_wedges().to_vec();
    let mut rounds = 0;
    loop {
        let before = held.clone();
        for (player, any) in players {
            held = best_response(game, player, any, &held, &[Start::Here], &NEAR).unwrap().rest.log_wedges;
        }
        rounds += 1;
        if gap(&held, &before) < NEAR.tolerance || rounds == 20 {
            break;
        }
    }
    let slow = begun.elapsed().as_secs_f64();
    println!(
        "{name}: all at once {:.0} ms; best replies in turn, {rounds} rounds, {:.0} ms: {:.1} times as long; they differ by \
         {:.0e} in ln(1+τ)",
        1e3 * fast,
        1e3 * slow,
        slow / fast,
        gap(&ours, &held)
    );
}

fn beside_sharp(name: &str, game: LinkedGame, goods: &[bool]) {
    let players = on_goods(&game, goods);
    let sharp = Sharp::of(game);
    let begun = Instant::now();
    let ours = war(&sharp.game, &players, sharp.base_log_wedges(), None, &NEAR).unwrap().rest;
    let fast = begun.elapsed().as_secs_f64();
    let begun = Instant::now();
    let theirs = war(&sharp, &players, sharp.base_log_wedges(), None, &NEAR).unwrap().rest;
    let slow = begun.elapsed().as_secs_f64();
    println!(
        "{name}: multipliers along, {} moves, {:.0} ms; solved for at every move, {} moves, {:.0} ms: {:.1} times as long; \
         they differ by {:.0e} in ln(1+τ)",
        ours.moves,
        1e3 * fast,
        theirs.moves,
        1e3 * slow,
        slow / fast,
        gap(&ours.log_wedges, &theirs.log_wedges)
    );
}

fn gap(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).fold(0.0, |most: f64, (a, b)| most.max((a - b).abs()))
}

fn game_of(folder: &str, market: Market) -> Option<OneFactorGame> {
    let economy = support::shared_economy(folder)?;
    let theta = economy.theta(None).unwrap();
    let base = OneFactor::of(&economy, &theta, market).unwrap();
    let base = base.balanced(&ClearingSettings::default()).unwrap();
    let wants = Objective::real_income(base.countries(), base.sectors());
    Some(OneFactorGame::new(base, wants, Deficits::Removed).unwrap().on_threads(2))
}

fn everyone(game: &OneFactorGame, shape: Shape) -> Vec<(Player, Instruments)> {
    CountryId::all(game.countries())
        .map(|n| (Player::alone(format!("{}", n.at()).as_str().into(), n), Instruments::duties(shape)))
        .collect()
}

/// 7 × 33, 1,386 tariffs. Must: 50 ms.
#[divan::bench(sample_count = 10)]
fn ossa_war(bencher: Bencher<'_, '_>) {
    let Some(game) = game_of("ossa-2014", Market::FixedFirms) else { return };
    let players = everyone(&game, Shape::PerCell);
    bencher.bench(|| {
        let held = game.base_log_wedges();
        war(black_box(&game), &players, held, None, &PlaySettings::default()).unwrap()
    });
}

/// Equal-gains talks from the factual tariffs, searched from these, from free trade, the war and 100 %; with political weights
/// every sector's other side as well. Must: 2 s.
#[divan::bench(sample_count = 3, args = [false, true])]
fn ossa_talks(bencher: Bencher<'_, '_>, political: bool) {
    let Some((game, starts)) = ossa_at_the_table(political) else { return };
    let table: Vec<CountryId> = CountryId::all(7).collect();
    let any = Instruments::duties(Shape::PerCell);
    bencher.bench(|| {
        let settings = PlaySettings::default();
        talks(black_box(&game), &table, &[0.0; 7], Solution::EqualGains, &any, &starts, &settings).unwrap()
    });
}

/// Ossa's world, and where the search for a deal begins.
fn ossa_at_the_table(political: bool) -> Option<(OneFactorGame, Starts)> {
    let economy = support::shared_economy("ossa-2014")?;
    let wants = match political {
        true => Objective::political(economy.weights().unwrap().weight.clone()),
        false => Objective::real_income(7, 33),
    };
    let base = OneFactor::of(&economy, &economy.theta(None).unwrap(), Market::FixedFirms).unwrap();
    let game = OneFactorGame::new(base, wants, Deficits::Removed).unwrap();
    let held = game.base_log_wedges();
    let settings = PlaySettings::default();
    let fought = war(&game, &everyone(&game, Shape::PerCell), held, None, &settings).unwrap().rest;
    let starts = Starts { switches: political, ..support::starts(&game, held, fought.log_wedges) };
    Some((game, starts))
}

/// 81 × 28, one rate each. Must: 0.2 s. On one quiet machine, in turn: 0.208 s before the Jacobian's scaled flows were
/// made market by market over slices, 0.189 s after.
#[divan::bench(sample_count = 3)]
fn icio_uniform_war(bencher: Bencher<'_, '_>) {
    let Some(game) = game_of("icio-2022-flows", Market::Perfect) else { return };
    let players = everyone(&game, Shape::Uniform);
    bencher.bench(|| {
        let held = game.base_log_wedges();
        war(black_box(&game), &players, held, None, &PlaySettings::default()).unwrap()
    });
}

/// The same by Lashkaripour's formula.
#[divan::bench(sample_count = 3)]
fn icio_formula_war(bencher: Bencher<'_, '_>) {
    let Some(game) = game_of("icio-2022-flows", Market::Perfect) else { return };
    bencher.bench(|| formula_war(black_box(game.base()), &PlaySettings::default()).unwrap());
}

/// 81 × 28 with links: the sectors of `icio-2022` gathered as those of `default` say in their column `members`.
const GATHERED: &str = "icio-2022 gathered to 81×28";

fn gathered() -> Option<Economy> {
    let (fine, coarse) = (support::shared_economy("icio-2022")?, support::shared_economy("default")?);
    let mut text = String::from("[sectors]\n");
    for sector in coarse.sectors() {
        let members: Vec<String> =
            sector.extra.get("members")?.split(';').map(|code| format!("{code:?}")).collect();
        text.push_str(&format!("{} = [{}]\n", sector.code, members.join(", ")));
    }
    let draft = fine.into_draft();
    let mapping = Mapping::read(&Source::new("gather.toml", text), &draft).unwrap();
    Some(draft.aggregate(&mapping).checked().unwrap())
}

fn linked(folder: &str) -> Option<(LinkedGame, Vec<bool>)> {
    let economy = if folder == GATHERED { gathered()? } else { support::shared_economy(folder)? };
    let goods = economy.sectors().iter().map(|sector| sector.good).collect();
    let baseline = Baseline::of(&economy, &Options::default()).unwrap();
    let wants = Objective::real_income(economy.countries().len(), economy.sectors().len());
    Some((LinkedGame::new(baseline, wants, Settings::default()).unwrap().on_threads(2), goods))
}

fn on_goods<G: TariffGame>(game: &G, goods: &[bool]) -> Vec<(Player, Instruments)> {
    let any = Instruments::duties(Shape::PerCell).on(goods.to_vec());
    CountryId::all(game.countries())
        .map(|n| (Player::alone(format!("{}", n.at()).as_str().into(), n), any.clone()))
        .collect()
}

const NEAR: PlaySettings = PlaySettings { tolerance: 3e-5, max_moves: 400, depth: 8, step_limit: 1.0 };

/// One country's best duties with links. Must at 81 × 28: 0.5 s.
#[divan::bench(sample_count = 3, args = ["default", GATHERED, "icio-2022"])]
fn linked_best(bencher: Bencher<'_, '_>, folder: &str) {
    let Some((game, goods)) = linked(folder) else { return };
    let players = on_goods(&game, &goods);
    bencher.bench(|| war(black_box(&game), &players[..1], game.base_log_wedges(), None, &NEAR).unwrap());
}

/// Everyone's duties with links. Must at 81 × 28: 5 s.
#[divan::bench(sample_count = 1, args = ["default", GATHERED, "icio-2022"])]
fn linked_war(bencher: Bencher<'_, '_>, folder: &str) {
    let Some((game, goods)) = linked(folder) else { return };
    let players = on_goods(&game, &goods);
    bencher.bench(|| war(black_box(&game), &players, game.base_log_wedges(), None, &NEAR).unwrap());
}

/// Twelve rules, 100,000 months a match. Must: 2 s.
#[divan::bench(sample_count = 1)]
fn long_tournament(bencher: Bencher<'_, '_>) {
    let levels = || (0..8).map(|k| Rate::percent(20.0 * f64::from(k))).collect::<Vec<_>>();
    let payoff = |a: Rate, b: Rate| {
        Ok::<_, GameError>([a.as_share() - 2.0 * b.as_share(), b.as_share() - 2.0 * a.as_share()])
    };
    let sides = ["A".into(), "B".into()];
    let stage = StagePayoffs::tabulated(sides, [levels(), levels()], "points", false, payoff).unwrap();
    let conditions = Conditions { noise: 0.01, false_claim: 0.01, ..Conditions::plain(&stage, 100_000) };
    let rules = Strategy::all();
    bencher.bench(|| {
        tournament(black_box(&stage), [&rules; 2], &conditions, 1, |n, game| (0..n).map(game).collect())
    });
}
