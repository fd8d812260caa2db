//! The tables of `docs/method/ossa-2014.md`, cell by cell: what stands there is what the engine gives.
//!
//! The region rows of the paper's Tables 3, 4, 5, 8 and 9 are not at hand. A reader who has the paper lays it beside that page.

#![allow(clippy::unwrap_used, clippy::print_stdout)] // A panic in a test is its message.

mod support;

#[path = "support/ossa.rs"]
mod ossa;

use ossa::{Players, Point, equal_gains, mean, optimal_tariffs, starts, world};
use strategy::{OneFactorGame, PlaySettings, Player, Probe, TariffGame, player_outcome, war};
use terms::CountryId;

/// The table under a heading of the page, without its header and rule: cells as they are printed.
fn printed(heading: &str) -> Vec<Vec<String>> {
    let page = include_str!("../../../docs/method/ossa-2014.md");
    let mut under = page.lines().skip_while(|line| line.trim_start_matches('#').trim() != heading).skip(1);
    let table: Vec<&str> = under
        .by_ref()
        .skip_while(|line| !line.starts_with('|'))
        .take_while(|line| line.starts_with('|'))
        .collect();
    let cells = |line: &&str| line.trim_matches('|').split('|').map(|cell| cell.trim().to_string()).collect();
    table.iter().skip(2).map(cells).collect()
}

/// A region's row: its name, and numbers.
type Row = (String, Vec<f64>);

/// Holds the page to these rows and their mean, duties to two digits and changes to three.
fn holds(heading: &str, duties: usize, mut rows: Vec<Row>) {
    let columns = rows[0].1.len();
    let means = (0..columns).map(|at| mean(rows.iter().map(|(_, row)| row[at]))).collect();
    rows.push(("Mean".into(), means));
    let print = |(name, row): Row| {
        let number =
            |(at, value): (usize, f64)| if at < duties { format!("{value:.2}") } else { changed(value) };
        std::iter::once(name).chain(row.into_iter().enumerate().map(number)).collect::<Vec<String>>()
    };
    let found: Vec<Vec<String>> = rows.into_iter().map(print).collect();
    let ours: Vec<String> = found.iter().map(|row| format!("| {} |", row.join(" | "))).collect();
    assert!(printed(heading) == found, "the table under `{heading}` should read\n{}\n", ours.join("\n"));
}

/// A change with its sign; nought has none.
fn changed(value: f64) -> String {
    let text = format!("{value:+.3}").replace('-', "−");
    if text.trim_start_matches(['+', '−']) == "0.000" { "0.000".into() } else { text }
}

/// Median, mean and trade-weighted duty, government welfare; then wage and profits.
fn duties_and_welfare(
    game: &OneFactorGame,
    player: &Player,
    wedges: &[f64],
    state: &Point,
) -> (Vec<f64>, f64) {
    let found = player_outcome(game, player, None, wedges, state);
    let duties = vec![found.tariff_median_pct, found.tariff_mean_pct, found.tariff_trade_weighted_pct];
    (duties, found.government_welfare_pct)
}

/// Changes of a region's wage and of its profits, both over what the world's wages are worth, %.
fn wage_and_profits(game: &OneFactorGame, n: CountryId, state: &Point) -> [f64; 2] {
    let base = game.base();
    let profits = |sales: &terms::Grid<f64>| -> f64 {
        sales.row(n).iter().zip(base.labour_shares()).map(|(sales, b)| (1.0 - b) * sales).sum()
    };
    let gained = profits(&state.sector_sales(base)) / profits(&base.base_sales());
    [100.0 * state.point.log_wage[n.at()].exp_m1(), 100.0 * (gained - 1.0)]
}

fn optimal(heading: &str, political: bool) {
    let Some((game, players)) = world(political) else { return };
    let probe = if political { Probe::here().with_switches() } else { Probe::here() };
    let rows = optimal_tariffs(&game, &players, &probe).into_iter().map(|best| {
        let (wedges, state, mover) = (&best.rest.log_wedges, &best.rest.state, best.player.members[0]);
        let (mut row, own) = duties_and_welfare(&game, &best.player, wedges, state);
        let payoffs = game.payoffs(state);
        let others: Vec<f64> = game_regions().filter(|n| *n != mover).map(|n| payoffs[n.at()]).collect();
        row.extend([own, mean(others.iter().map(|log| 100.0 * log.exp_m1()))]);
        row.extend(wage_and_profits(&game, mover, state));
        (best.player.name.to_string(), row)
    });
    holds(heading, 3, rows.collect());
}

fn fought(heading: &str, political: bool) {
    let Some((game, players)) = world(political) else { return };
    let rest = war(&game, &players, game.base_log_wedges(), None, &PlaySettings::default()).unwrap().rest;
    holds(heading, 3, regions(&game, &players, &rest.log_wedges, &rest.state));
}

/// Talks with equal gains from the factual duties, free trade and the war, in the order of the headings.
fn agreed(headings: [&str; 3], political: bool) {
    let Some((game, players)) = world(political) else { return };
    let mut from = starts(&game, &players);
    from.switches = political;
    for heading in headings {
        let first = from.places[0].1.clone();
        let deal = equal_gains(&game, &first, &from);
        assert_eq!(deal.search.headroom_pct, 0.0, "{heading}");
        let home = game.rebased(&game.clear(&first, None).unwrap()).unwrap();
        holds(heading, 3, regions(&home, &players, &deal.rest.log_wedges, &deal.rest.state));
        from.places.rotate_left(1);
    }
}

fn regions(game: &OneFactorGame, players: &Players, wedges: &[f64], state: &Point) -> Vec<Row> {
    let row = |player: &Player| {
        let (mut row, own) = duties_and_welfare(game, player, wedges, state);
        row.push(own);
        row.extend(wage_and_profits(game, player.members[0], state));
        (player.name.to_string(), row)
    };
    players.iter().map(|(player, _)| row(player)).collect()
}

fn game_regions() -> impl Iterator<Item = CountryId> {
    CountryId::all(7)
}

#[test]
fn optimal_duties_with_weights_stand_as_printed() {
    optimal("Optimal duties, political weights", true);
}

#[test]
fn optimal_duties_without_weights_stand_as_printed() {
    optimal("Optimal duties, real income", false);
}

#[test]
fn the_war_stands_as_printed() {
    fought("World trade war, political weights", true);
    fought("World trade war, real income", false);
}

#[test]
fn talks_with_weights_stand_as_printed() {
    let headings =
        ["Talks from factual duties, political weights", "Talks from free trade, political weights"];
    agreed([headings[0], headings[1], "Talks from the war, political weights"], true);
}

#[test]
fn talks_without_weights_stand_as_printed() {
    let headings = ["Talks from factual duties, real income", "Talks from free trade, real income"];
    agreed([headings[0], headings[1], "Talks from the war, real income"], false);
}
