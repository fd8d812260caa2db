//! The war by formula, and how far it is from the exact one.

use diagnostic::Faults;
use equilibrium::firms::Cleared;
use serde::Serialize;
use strategy::{
    Instruments, OneFactorGame, PlaySettings, PlayStatus, Player, Probe, Rest, TariffGame, deviation_gains,
    formula_war, one_rate_each,
};
use terms::Country;

use super::End;
use crate::game::{self, DeviationKind, PlayEvidence, Table};

/// The exact war with the formula's instruments, and how far the formula is from it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ExactBeside {
    /// The plain mean over all countries of the change of real income, %.
    pub mean_real_income_pct: f64,
    /// The largest difference of any country's rate, percentage points.
    pub largest_difference_pp: f64,
    /// Whose it is.
    pub by: Option<Country>,
}

/// Where the formula ends.
pub(super) struct Formula<S> {
    wedges: Vec<f64>,
    state: S,
    status: PlayStatus,
    moves: usize,
}

/// Every country's rate by the formula of Lashkaripour (2021), once they are at rest.
pub(super) fn by_formula(table: &Table<OneFactorGame>) -> Result<Formula<Cleared>, Faults> {
    let formula = formula_war(table.game.base(), &PlaySettings::default()).map_err(|e| table.failed(&e))?;
    game::restless(formula.status, formula.moves)?;
    let wedges = one_rate_each(table.game.base(), &formula.log_wedge);
    Ok(Formula { wedges, state: formula.cleared, status: formula.status, moves: formula.moves })
}

impl<S: Clone> Formula<S> {
    /// The formula's rates, and what a search finds that each player gains by leaving them.
    pub(super) fn end<G: TariffGame<State = S>>(
        self,
        table: &Table<G>,
        players: &[(Player, Instruments)],
        probe: &Probe,
        settings: &PlaySettings,
    ) -> Result<End<S>, Faults> {
        let Self { wedges, state, status, moves } = self;
        // Where the formula rests no first-order condition need hold: nothing is known of next moves.
        let rest = Rest {
            log_wedges: wedges.clone(),
            state: state.clone(),
            status,
            moves,
            slopes: Vec::new(),
            left_pct: Vec::new(),
            at_bounds: Vec::new(),
        };
        let gains =
            deviation_gains(&table.game, players, &rest, probe, settings).map_err(|e| table.failed(&e))?;
        let worst = gains.iter().zip(players).max_by(|a, b| a.0.total_cmp(b.0));
        let evidence = PlayEvidence {
            status,
            moves,
            deviations: DeviationKind::Searched,
            largest_deviation_gain_pct: worst.map(|(gain, _)| *gain),
            by: worst.map(|(_, (player, _))| player.name.clone()),
            deviations_sought_from: game::starts(probe, &table.instruments),
            largest_slope: None,
            clearing_residual: table.game.residual(&state),
        };
        Ok(End { wedges, state, gains, evidence })
    }
}

/// The exact war beside the formula's.
pub(super) fn beside<G: TariffGame>(
    table: &Table<G>,
    players: &[(Player, Instruments)],
    formula: &Formula<G::State>,
    exact: &Rest<G::State>,
) -> ExactBeside {
    let (cell, far) = farthest(&formula.wedges, &exact.log_wedges);
    let importer = table.game.place(cell).0;
    ExactBeside {
        mean_real_income_pct: table.mean_real_income_pct(&exact.state),
        largest_difference_pp: far,
        by: players.iter().find(|(player, _)| player.holds(importer)).map(|(player, _)| player.name.clone()),
    }
}

/// The cell whose rates differ most, and by how many points.
pub(super) fn farthest(a: &[f64], b: &[f64]) -> (usize, f64) {
    let gaps = a.iter().zip(b).map(|(a, b)| 100.0 * (a.exp() - b.exp()).abs());
    gaps.enumerate().fold((0, 0.0), |most, (cell, gap)| if gap > most.1 { (cell, gap) } else { most })
}
