//! What a player's duties amount to: mean, median and trade-weighted.

use serde::Serialize;
use terms::{Country, CountryId, SectorId};

use crate::instruments::Instruments;
use crate::player::Player;
use crate::tariff_game::TariffGame;

/// One player's duties and payoffs at one point. Means run over the flows from its foreign partners that its instruments
/// reach, inside a bloc excepted: its choice where duties are its to set, else the duties that it holds.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlayerOutcome {
    /// Who.
    pub country: Country,
    /// Simple mean of its duties, %.
    pub tariff_mean_pct: f64,
    /// Median of its duties, %.
    pub tariff_median_pct: f64,
    /// Mean weighted by its imports before duty at this point, %.
    pub tariff_trade_weighted_pct: f64,
    /// Its export taxes, where they are its to set.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub export_taxes: Option<ExportTaxes>,
    /// Change of real income, % of the base.
    pub real_income_pct: f64,
    /// Change of the government's objective, % of the base.
    pub government_welfare_pct: f64,
    /// What it would gain by moving alone, % of its objective, as the answer's evidence says: to first order by its next
    /// move, or by the best reply a search found; none where not computed.
    pub deviation_gain_pct: Option<f64>,
}

/// A player's export taxes, over the flows that its instruments reach.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ExportTaxes {
    /// Simple mean, %.
    pub export_tax_mean_pct: f64,
    /// Median, %.
    pub export_tax_median_pct: f64,
    /// Mean weighted by what its exporters receive at this point, %.
    pub export_tax_trade_weighted_pct: f64,
}

/// The outcome of one player at one point. `instruments` say which flows count in the means; none: all on others.
pub fn player_outcome<G: TariffGame>(
    game: &G,
    player: &Player,
    instruments: Option<&Instruments>,
    log_wedges: &[f64],
    state: &G::State,
) -> PlayerOutcome {
    let flows = game.flows(state);
    let (duties, taxes) = log_wedges.split_at(game.cells());
    let sets_taxes = instruments.is_some_and(|chosen| chosen.border.exports());
    let mut charged = Schedule::default();
    let mut taxed = Schedule::default();
    let everyone = || (0..game.countries()).map(CountryId::new);
    for importer in everyone() {
        let buys = player.holds(importer);
        // Where it does not buy, only taxes on what it sells are its own.
        for exporter in everyone().filter(|i| player.holds(*i) != buys && (buys || sets_taxes)) {
            for sector in (0..game.sectors()).map(SectorId::new) {
                if !instruments.is_none_or(|chosen| chosen.reaches(importer, exporter, sector)) {
                    continue;
                }
                let cell = game.cell(importer, exporter, sector);
                if buys {
                    charged.add(duties[cell], flows[cell]);
                } else {
                    let tax = taxes.get(cell).copied().unwrap_or(0.0);
                    taxed.add(tax, flows[cell] * (-tax).exp());
                }
            }
        }
    }
    let income = game.base_income();
    let over_base = |log_payoffs: Vec<f64>| 100.0 * player.log_payoff(&log_payoffs, &income).exp_m1();
    let export_taxes = sets_taxes.then(|| ExportTaxes {
        export_tax_mean_pct: taxed.mean(),
        export_tax_trade_weighted_pct: taxed.by_value(),
        export_tax_median_pct: taxed.median(),
    });
    PlayerOutcome {
        country: player.name.clone(),
        tariff_mean_pct: charged.mean(),
        tariff_trade_weighted_pct: charged.by_value(),
        tariff_median_pct: charged.median(),
        export_taxes,
        real_income_pct: over_base(game.real_income(state)),
        government_welfare_pct: over_base(game.payoffs(state)),
        deviation_gain_pct: None,
    }
}

/// Rates, in per cent, and the values they are laid on.
#[derive(Default)]
struct Schedule {
    rates: Vec<f64>,
    paid: f64,
    value: f64,
}

impl Schedule {
    fn add(&mut self, log_wedge: f64, value: f64) {
        let rate = 100.0 * log_wedge.exp_m1();
        self.rates.push(rate);
        self.paid += rate * value;
        self.value += value;
    }

    fn mean(&self) -> f64 {
        self.rates.iter().sum::<f64>() / self.rates.len().max(1) as f64
    }

    fn by_value(&self) -> f64 {
        if self.value > 0.0 { self.paid / self.value } else { 0.0 }
    }

    fn median(mut self) -> f64 {
        median(&mut self.rates)
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
