//! Whether those who mirror a mover would rather not: each one alone, while the mover and all others go on.

use equilibrium::in_order;
use serde::Serialize;
use terms::{Country, CountryId, Cube};

use crate::best_response::{Start, best_response_near};
use crate::instruments::Instruments;
use crate::play::{PlaySettings, PlayStatus, Rest};
use crate::player::Player;
use crate::tariff_game::{StrategyError, TariffGame};

/// What mirroring is worth to one partner, at the mover's rates and with all others as they are. Payoffs are its objective,
/// % over the base.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Mirroring {
    /// Who.
    pub partner: Country,
    /// When it mirrors.
    pub mirroring_pct: f64,
    /// When its rates on the mover's goods are those from before.
    pub holding_pct: f64,
    /// At the best rates on the mover's goods that a search found, begun at the mirrored rates and at the starts it was
    /// given.
    pub best_pct: f64,
    /// The plain mean of those rates, %.
    pub best_mean_rate_pct: f64,
    /// What not mirroring gains, in % of the objective when it mirrors: the better of the two; below zero where mirroring is
    /// better than both.
    pub gain_pct: f64,
    /// How the search ended.
    pub status: PlayStatus,
}

/// What each of `partners` would gain by not mirroring `mover`, whose rates and answers stand at `at`. `held` are the rates
/// before.
///
/// A partner chooses the rates that it would mirror and no others: at the mover's border and in the mover's shape, between
/// the mover's bounds. A partner with none is left out.
///
/// # Errors
/// [`StrategyError`] when nothing clears.
pub fn mirroring<G: TariffGame>(
    game: &G,
    (mover, instruments): (&Player, &Instruments),
    partners: &[Player],
    held: &[f64],
    at: &Rest<G::State>,
    starts: &[Start],
    settings: &PlaySettings,
) -> Result<Vec<Mirroring>, StrategyError> {
    let mut before = held.to_vec();
    before.resize(before.len().max(at.log_wedges.len()), 0.0);
    let income = game.base_income();
    let one = |partner: &Player| -> Result<Option<Mirroring>, StrategyError> {
        let own = mirrored_rates(game, mover, partner, instruments);
        let payoff = |state: &G::State| partner.log_payoff(&game.payoffs(state), &income);
        let mirroring = payoff(&at.state);
        let mut starts = starts.to_vec();
        starts.insert(0, Start::Here);
        let search =
            best_response_near(game, partner, &own, &at.log_wedges, Some(&at.state), &starts, settings);
        let best = match search {
            Err(StrategyError::NoLever(_)) => return Ok(None),
            found => found?,
        };
        let chosen = |place: usize| {
            let (n, i, s) = game.place(place);
            let (whose, whom) = if place < game.cells() { (n, i) } else { (i, n) };
            let set = if place < game.cells() { own.border.imports() } else { own.border.exports() };
            set && partner.holds(whose) && mover.holds(whom) && own.reaches(n, i, s)
        };
        let places: Vec<usize> = (0..at.log_wedges.len()).filter(|place| chosen(*place)).collect();
        let mut holding = at.log_wedges.clone();
        places.iter().for_each(|place| holding[*place] = before[*place]);
        let holding = payoff(&game.clear(&holding, Some(&at.state))?);
        let rates: f64 = places.iter().map(|place| best.rest.log_wedges[*place].exp_m1()).sum();
        let found = payoff(&best.rest.state);
        let pct = |log: f64| 100.0 * log.exp_m1();
        Ok(Some(Mirroring {
            partner: partner.name.clone(),
            mirroring_pct: pct(mirroring),
            holding_pct: pct(holding),
            best_pct: pct(found),
            best_mean_rate_pct: 100.0 * rates / places.len() as f64,
            gain_pct: pct(found.max(holding) - mirroring),
            status: best.rest.status,
        }))
    };
    let found: Result<Vec<_>, _> = in_order(game.threads(), partners, one).into_iter().collect();
    Ok(found?.into_iter().flatten().collect())
}

/// The rates of a partner that mirror the mover's, as its own to choose.
fn mirrored_rates<G: TariffGame>(
    game: &G,
    mover: &Player,
    partner: &Player,
    instruments: &Instruments,
) -> Instruments {
    // The flow that the partner charges, and the mover's flow that it answers, have their ends exchanged.
    let between = |n: CountryId, i: CountryId| {
        (mover.holds(n) && partner.holds(i)) || (partner.holds(n) && mover.holds(i))
    };
    let exempt = Cube::from_fn(game.countries(), game.sectors(), |n, i, s| {
        !(between(n, i) && instruments.reaches(i, n, s))
    });
    Instruments { mirrored: false, sectors: None, exempt: Some(exempt), ..instruments.clone() }
}
