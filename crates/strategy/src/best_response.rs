//! One government's best duties while the others hold theirs.

use serde::Serialize;

use crate::instruments::{Instruments, Levers};
use crate::play::{Near, PlaySettings, PlayStatus, Rest, play_to_rest};
use crate::player::Player;
use crate::tariff_game::{StrategyError, TariffGame};

/// Where a search begins.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Start {
    /// The player's duties as they are.
    Here,
    /// Every lever at one rate, as a share.
    At(f64),
    /// A choice that was looked at after the other starts, and gave a leader more ([`lead`](crate::lead)).
    LookedAt,
    /// As they are, but every lever of one sector (by place) at one rate: the other side of a sector with two peaks.
    Sector(usize, f64),
}

impl Start {
    /// The wedges to begin at, where `held` stand.
    pub(crate) fn of<G: TariffGame>(&self, game: &G, levers: &Levers, held: &[f64]) -> Vec<f64> {
        let mut from = held.to_vec();
        let at = |rate: f64| rate.ln_1p().clamp(levers.bounds().0, levers.bounds().1);
        match *self {
            Self::Here | Self::LookedAt => {}
            Self::At(rate) => levers.write(&vec![at(rate); levers.len()], &mut from),
            Self::Sector(sector, rate) => {
                levers.write_where(|cell| game.place(cell).2.at() == sector, at(rate), &mut from);
            }
        }
        from
    }
}

/// A place where the search came to rest.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Peak {
    /// Whence.
    pub start: Start,
    /// The player's objective, % over the base.
    pub payoff_pct: f64,
    /// The largest derivative left, ∂ln payoff/∂ln(1+τ).
    pub slope: f64,
    /// How the search ended.
    pub status: PlayStatus,
}

/// The best duties found, and what else was found.
#[derive(Debug, Clone)]
pub struct BestResponse<S> {
    /// Whose.
    pub player: Player,
    /// The best point.
    pub rest: Rest<S>,
    /// The player's objective before, % over the base.
    pub payoff_before_pct: f64,
    /// The player's objective at the best point, % over the base.
    pub payoff_pct: f64,
    /// What moving there gains, in % of the objective before. Never below zero: holding is allowed.
    pub gain_pct: f64,
    /// Everything found, best first; one entry for each peak, told apart by payoff.
    pub peaks: Vec<Peak>,
    /// Starts from which nothing was found, because the answers of the others did not come to rest; empty where they hold.
    pub unanswered: Vec<Start>,
}

/// Payoffs closer than this, in points, are taken for one peak.
pub(crate) const SAME_PEAK: f64 = 1e-7;

/// The best reply of `player` to the wedges `held`, from several starts.
///
/// The search moves every lever at once to where its own derivative vanishes, in closed form from the
/// multipliers of clearing. It finds points where the first-order conditions hold; which is best is decided by
/// payoffs, and all are listed. A start that beats nothing is listed too.
///
/// # Errors
/// [`StrategyError`] when nothing clears or the player has no lever.
pub fn best_response<G: TariffGame>(
    game: &G,
    player: &Player,
    instruments: &Instruments,
    held: &[f64],
    starts: &[Start],
    settings: &PlaySettings,
) -> Result<BestResponse<G::State>, StrategyError> {
    best_response_near(game, player, instruments, held, None, starts, settings)
}

/// As [`best_response`], when what clears under `held` is known.
pub(crate) fn best_response_near<G: TariffGame>(
    game: &G,
    player: &Player,
    instruments: &Instruments,
    held: &[f64],
    near: Option<&G::State>,
    starts: &[Start],
    settings: &PlaySettings,
) -> Result<BestResponse<G::State>, StrategyError> {
    let levers = Levers::of(game, player, instruments)?;
    let income = game.base_income();
    let mut held = held.to_vec();
    levers.make_room(&mut held);
    let held = held.as_slice();
    let payoff = |state: &G::State| player.log_payoff(&game.payoffs(state), &income);
    let here = game.clear(held, near)?;
    let before = payoff(&here);
    let mut best: Option<(f64, Rest<G::State>)> = None;
    let mut peaks: Vec<Peak> = Vec::new();
    for start in starts {
        let from = start.of(game, &levers, held);
        let known = match (near, start) {
            (None, _) => Near::Nothing,
            (Some(state), Start::Here) => Near::AtRest(state),
            (Some(state), _) => Near::Around(state),
        };
        let rest = play_to_rest(game, &[(player.clone(), instruments.clone())], &from, known, settings)?;
        let found = payoff(&rest.state);
        let payoff_pct = 100.0 * found.exp_m1();
        let peak = Peak { start: start.clone(), payoff_pct, slope: rest.slopes[0], status: rest.status };
        if peaks.iter().all(|known| (known.payoff_pct - payoff_pct).abs() > SAME_PEAK) {
            peaks.push(peak);
        }
        if best.as_ref().is_none_or(|(most, _)| found > *most) {
            best = Some((found, rest));
        }
    }
    peaks.sort_by(|a, b| b.payoff_pct.total_cmp(&a.payoff_pct));
    let Some((most, rest)) = best else {
        return Err(StrategyError::Setting("a best reply needs at least one start".into()));
    };
    Ok(BestResponse {
        player: player.clone(),
        rest,
        payoff_before_pct: 100.0 * before.exp_m1(),
        payoff_pct: 100.0 * most.exp_m1(),
        gain_pct: 100.0 * (most - before).exp_m1().max(0.0),
        peaks,
        unanswered: Vec::new(),
    })
}

/// The best reply when the objective may have two peaks in a sector, a low duty and a prohibitive one: after
/// each rest every sector's other side is tried, and the best is gone on from, until no switch gains.
///
/// # Errors
/// As [`best_response`].
pub fn best_response_with_switches<G: TariffGame>(
    game: &G,
    player: &Player,
    instruments: &Instruments,
    held: &[f64],
    starts: &[Start],
    settings: &PlaySettings,
) -> Result<BestResponse<G::State>, StrategyError> {
    switches_near(game, player, instruments, held, None, starts, settings)
}

/// As [`best_response_with_switches`], when what clears under `held` is known.
pub(crate) fn switches_near<G: TariffGame>(
    game: &G,
    player: &Player,
    instruments: &Instruments,
    held: &[f64],
    near: Option<&G::State>,
    starts: &[Start],
    settings: &PlaySettings,
) -> Result<BestResponse<G::State>, StrategyError> {
    let mut best = best_response_near(game, player, instruments, held, near, starts, settings)?;
    let before = best.payoff_before_pct;
    let cap = instruments.cap.as_share();
    for _ in 0..game.sectors() {
        let at = best.rest.log_wedges.clone();
        let mean = |sector: usize| {
            let levers = Levers::of(game, player, instruments)?;
            Ok::<_, StrategyError>(levers.mean_where(|cell| game.place(cell).2.at() == sector, &at))
        };
        let mut switches = Vec::new();
        for sector in 0..game.sectors() {
            if let Some(mean) = mean(sector)? {
                let prohibitive = mean > 0.5 * cap.ln_1p();
                switches.push(Start::Sector(sector, if prohibitive { 0.1 } else { cap }));
            }
        }
        let next = best_response(game, player, instruments, &at, &switches, settings)?;
        let gained = next.payoff_pct > best.payoff_pct + SAME_PEAK;
        for peak in next.peaks.iter().cloned() {
            if best.peaks.iter().all(|known| (known.payoff_pct - peak.payoff_pct).abs() > SAME_PEAK) {
                best.peaks.push(peak);
            }
        }
        if !gained {
            break;
        }
        (best.rest, best.payoff_pct) = (next.rest, next.payoff_pct);
    }
    best.peaks.sort_by(|a, b| b.payoff_pct.total_cmp(&a.payoff_pct));
    best.gain_pct = (100.0 * ((1.0 + best.payoff_pct / 100.0) / (1.0 + before / 100.0) - 1.0)).max(0.0);
    Ok(best)
}
