//! Why a game has no answer, in the codes of its economy.

use diagnostic::{Diagnostic, Faults};
use economy::Economy;
use equilibrium::firms::FirmsError;
use strategy::{PlayStatus, StrategyError};
use terms::CountryId;

/// The failure of a search that did not come to rest.
pub(crate) fn restless(status: PlayStatus, moves: usize) -> Result<(), Faults> {
    let PlayStatus::Moving(size) = status else { return Ok(()) };
    Err(Diagnostic::error("no-rest", format!("play did not come to rest in {moves} moves"))
        .note(format!("the last move still changed some 1+τ by {:.1e} of itself", size.exp_m1()))
        .help("try fewer instruments (`--instrument uniform`) or fewer players")
        .into())
}

/// Why the accounts cannot be a base of this closure, by codes.
pub(crate) fn unplayable(economy: &Economy, error: &FirmsError) -> Diagnostic {
    let country = |n: usize| economy.countries().get(n).map_or("?", |entry| entry.code.as_str());
    let sector = |s: usize| economy.sectors().get(s).map_or("?", |entry| entry.code.as_str());
    let why = match error {
        FirmsError::Sigma { sector: s, sigma } => {
            format!("σ of {} is {sigma}; it must be above one", sector(*s))
        }
        FirmsError::Flow { importer, exporter, sector: s, value } => {
            format!("{} buys {value} of {} from {}", country(*importer), sector(*s), country(*exporter))
        }
        FirmsError::Rate { importer, exporter, sector: s, rate } => format!(
            "{} charges {rate} on {} from {}: rates are above −1, and 0 at home",
            country(*importer),
            sector(*s),
            country(*exporter)
        ),
        FirmsError::Idle { country: n } => format!("{} sells or buys nothing", country(*n)),
        FirmsError::Stalled { residual, country: n } => {
            format!("markets did not clear: {} is off by {residual:.1e} of its income", country(*n))
        }
        FirmsError::Shape { .. } => error.to_string(),
    };
    Diagnostic::error(
        "unplayable-economy",
        format!("no game can be played on the economy `{}`", economy.name()),
    )
    .note(why)
    .help("see `detente economy check`, or choose another market, deficits or elasticities")
}

/// Why a game ended without an answer, by codes.
pub(crate) fn failed(economy: &Economy, error: &StrategyError) -> Diagnostic {
    let message = error.to_string();
    match error {
        StrategyError::NotCleared(_) => {
            Diagnostic::error("stalled", message).help("try smaller instruments, or another elasticity set")
        }
        StrategyError::NoRest { size, .. } => Diagnostic::error("no-rest", message)
            .note(format!("the last move still changed some 1+τ by {:.1e} of itself", size.exp_m1()))
            .help("try fewer instruments (`--instrument uniform`), or `--others hold`"),
        StrategyError::NoLever(_) => Diagnostic::error("no-lever", message).help(
            "`--all-sectors` lets rates reach services; `--exempt` may leave nothing; a bloc of all countries has no one to charge",
        ),
        StrategyError::TwoPlayers { country, first, second } => {
            let code = &economy.country(CountryId::new(*country)).code;
            let twice = match first == second {
                true => format!("{code} plays twice: it is named twice"),
                false => format!("{code} plays twice: in `{first}` and in `{second}`"),
            };
            Diagnostic::error("two-players", twice).help("name every country once")
        }
        StrategyError::Shape { .. } | StrategyError::Setting(_) => {
            Diagnostic::error("impossible-game", message)
                .help("see `detente help` for the bounds of each flag")
        }
    }
}
