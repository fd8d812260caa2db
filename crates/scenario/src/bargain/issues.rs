//! Issues beside duties: licences priced by the equilibrium, the rest by the user.

use diagnostic::{Diagnostic, Faults};
use economy::Economy;
use equilibrium::{Baseline, Cap, Counterfactual, Rent, Settings};
use serde::Serialize;
use strategy::Issue;
use terms::{Country, CountryId, Cube, Rate};

use crate::clearing::stalled;
use crate::hats::percent;
use crate::truce::{Concession, Gives};

/// An issue, what it is worth, and who says so.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct IssueWorth {
    /// What it is called.
    pub name: String,
    /// `economy` or `user`.
    pub priced_by: &'static str,
    /// What it adds to each government's payoff at the table, %.
    pub worth_pct: Vec<f64>,
}

/// The rates of the threat point, at which issues are priced.
pub(super) struct AtThreat {
    pub tariffs: Cube<Rate>,
    pub export_taxes: Option<Cube<Rate>>,
}

/// The worth of every issue to those at the table, at the rates of the threat point.
///
/// # Errors
/// `unknown-country`, `unknown-sector`, `bad-concession` for points of duty (duties are on the table already), `stalled`.
pub(super) fn priced(
    issues: &[Concession],
    economy: &Economy,
    baseline: impl Fn() -> Result<Baseline, Faults>,
    seats: &[CountryId],
    threatened: &AtThreat,
) -> Result<Vec<IssueWorth>, Faults> {
    let seat = |code: &Country| {
        let found = seats.iter().position(|n| economy.country(*n).code == *code);
        found.ok_or_else(|| {
            Diagnostic::error("unknown-country", format!("`{code}` does not sit at the table"))
                .help("an issue is worth something to those who talk")
        })
    };
    let mut held = None;
    let mut priced = Vec::new();
    for issue in issues {
        let (by, worth) = match &issue.gives {
            Gives::Points(..) => {
                return Err(Diagnostic::error(
                    "bad-concession",
                    format!("`{}` takes points off a duty, and duties are on the table already", issue.name),
                )
                .help("issues are licences (`NAME=CHN>USA:NFM=0.4`) or what you say they are worth")
                .into());
            }
            Gives::Worth(list) => {
                let mut worth = vec![0.0; seats.len()];
                for (who, amount) in list {
                    worth[seat(who)?] += amount;
                }
                ("user", worth)
            }
            Gives::Licences { exporter, importer, sector, share } => {
                let place = |code: &Country| {
                    economy.country_id(code.as_str()).ok_or_else(|| economy.unknown_country(code.as_str()))
                };
                let cap = Cap {
                    importer: place(importer)?,
                    exporter: place(exporter)?,
                    sector: economy.sector_id(sector).ok_or_else(|| economy.unknown_sector(sector))?,
                    quantity: *share,
                    rent: Rent::Exporter,
                };
                let (base, open) = match held.take() {
                    Some(known) => known,
                    None => {
                        let base = baseline()?;
                        let open = incomes(economy, &base, threatened, None)?;
                        (base, open)
                    }
                };
                let licensed = incomes(economy, &base, threatened, Some(cap))?;
                let worth = seats.iter().map(|n| percent(open[n.at()] / licensed[n.at()])).collect();
                held = Some((base, open));
                ("economy", worth)
            }
        };
        priced.push(IssueWorth { name: issue.name.clone(), priced_by: by, worth_pct: worth });
    }
    Ok(priced)
}

fn incomes(
    economy: &Economy,
    base: &Baseline,
    rates: &AtThreat,
    cap: Option<Cap>,
) -> Result<Vec<f64>, Faults> {
    let mut question = Counterfactual::of(base).under(rates.tariffs.clone()).capping(cap);
    if let Some(taxes) = &rates.export_taxes {
        question = question.with_export_taxes(taxes.clone());
    }
    let solution = question.solve(&Settings::default())?;
    match stalled(economy, &solution) {
        Some(fault) => Err(fault.into()),
        None => Ok(economy.country_ids().map(|n| solution.real_income_hat(n)).collect()),
    }
}

impl IssueWorth {
    /// For the talks of the strategy room.
    pub(super) fn issue(&self) -> Issue {
        Issue {
            name: self.name.clone(),
            log_worth: self.worth_pct.iter().map(|worth| (worth / 100.0).ln_1p()).collect(),
        }
    }
}
