//! What a player's duties amount to: mean, median and trade-weighted.

use serde::Serialize;
use terms::Country;

use crate::instruments::Instruments;
use crate::player::Player;
use crate::tariff_game::TariffGame;

/// One player's duties and payoffs at one point. Means run over the duties that are its to choose: those on its foreign
/// partners that its instruments reach, inside a bloc excepted.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlayerOutcome {
    /// Who.
    pub country: Country,
    /// Simple mean of its rates, %.
    pub tariff_mean_pct: f64,
    /// Median of its rates, %.
    pub tariff_median_pct: f64,
    /// Mean weighted by its imports before duty at this point, %.
    pub tariff_trade_weighted_pct: f64,
    /// Change of real income, % of the base.
    pub real_income_pct: f64,
    /// Change of the government's objective, % of the base.
    pub government_welfare_pct: f64,
    /// What it would gain by moving alone, % of its objective, as the answer's evidence says: to first order by its next
    /// move, or by the best reply a search found; none where not computed.
    pub deviation_gain_pct: Option<f64>,
}

/// The outcome of one player at one point. `instruments` say which duties count in the means; none: all on others.
pub fn player_outcome<G: TariffGame>(
    game: &G,
    player: &Player,
    instruments: Option<&Instruments>,
    log_wedges: &[f64],
    state: &G::State,
) -> PlayerOutcome {
    let block = game.countries() * game.sectors();
    let flows = game.flows(state);
    let mut rates = Vec::new();
    let (mut paid, mut value) = (0.0, 0.0);
    for member in &player.members {
        for cell in member.at() * block..(member.at() + 1) * block {
            let (importer, exporter, sector) = game.place(cell);
            if player.holds(exporter)
                || instruments.is_some_and(|chosen| !chosen.reaches(importer, exporter, sector))
            {
                continue;
            }
            let rate = log_wedges[cell].exp_m1();
            rates.push(rate);
            paid += rate * flows[cell];
            value += flows[cell];
        }
    }
    let income = game.base_income();
    let over_base = |log_payoffs: Vec<f64>| 100.0 * player.log_payoff(&log_payoffs, &income).exp_m1();
    PlayerOutcome {
        country: player.name.clone(),
        tariff_mean_pct: 100.0 * rates.iter().sum::<f64>() / rates.len().max(1) as f64,
        tariff_median_pct: 100.0 * median(&mut rates),
        tariff_trade_weighted_pct: if value > 0.0 { 100.0 * paid / value } else { 0.0 },
        real_income_pct: over_base(game.real_income(state)),
        government_welfare_pct: over_base(game.payoffs(state)),
        deviation_gain_pct: None,
    }
}

/// The middle value; the mean of the two middle ones when their number is even.
pub fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    match values.len() {
        0 => 0.0,
        len if len % 2 == 1 => values[len / 2],
        len => 0.5 * (values[len / 2 - 1] + values[len / 2]),
    }
}
