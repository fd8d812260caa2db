//! What economies there are, and what one holds.

use std::path::Path;

use diagnostic::{Diagnostic, Faults};
use economy::Draft;
use serde::Serialize;
use terms::{Country, CountryId, Sector};

use crate::economies;

/// An economy in a line.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Listed {
    /// How to ask for it.
    pub name: String,
    /// One line of description.
    pub title: String,
    /// The base year.
    pub year: i32,
    /// How many countries.
    pub countries: usize,
    /// How many sectors.
    pub sectors: usize,
    /// Whether industries buy inputs from each other.
    pub links: bool,
    /// The elasticity sets it carries.
    pub elasticities: Vec<String>,
}

/// What an economy holds.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Shown {
    /// The economy in a line.
    #[serde(flatten)]
    pub listed: Listed,
    /// The unit of money below.
    pub unit: String,
    /// The market structure it was made for.
    pub market: String,
    /// Where the numbers come from.
    pub source: String,
    /// Under which terms.
    pub licence: String,
    /// Whether it carries political weights.
    pub weights: bool,
    /// Countries with what they make, buy abroad and collect.
    pub by_country: Vec<CountryTotals>,
    /// Sectors with what is made and traded.
    pub by_sector: Vec<SectorTotals>,
}

/// A country's totals, in the unit of the economy, before duty.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CountryTotals {
    /// Code.
    pub country: Country,
    /// Its name.
    pub name: String,
    /// Output.
    pub output: f64,
    /// Purchases abroad.
    pub imports: f64,
    /// Sales abroad.
    pub exports: f64,
    /// Duties collected.
    pub duties: f64,
}

/// A sector's totals, in the unit of the economy, before duty.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SectorTotals {
    /// Code.
    pub sector: Sector,
    /// Its name.
    pub name: String,
    /// Whether duties reach it.
    pub good: bool,
    /// Output.
    pub output: f64,
    /// Trade between countries.
    pub traded: f64,
}

/// Every economy of the product, and of `folder` where one is given.
///
/// # Errors
/// All faults of an economy that cannot be read.
pub fn list(folder: Option<&Path>) -> Result<Vec<Listed>, Faults> {
    let mut names = economies::embedded_names();
    if let Some(folder) = folder {
        let entries = std::fs::read_dir(folder).map_err(|error| unreadable(folder, &error))?;
        let mut found: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
        found.sort();
        let whole = found.into_iter().filter(|path| path.join("economy.toml").is_file());
        names.extend(whole.map(|path| path.to_string_lossy().into_owned()));
    }
    names.iter().map(|name| Ok(listed(name, &economies::draft(name)?))).collect()
}

/// What one economy holds.
///
/// # Errors
/// All faults of the economy.
pub fn show(name: &str) -> Result<(Shown, Faults), Faults> {
    let opened = economies::open(name)?;
    let economy = &opened.economy;
    let (trade, tariffs, meta) = (economy.trade(), economy.tariffs(), economy.meta());
    let abroad = || trade.cells().filter(|((n, i, _), _)| n != i);
    let of = |n: CountryId, buyer: bool| {
        abroad().filter(|((m, i, _), _)| if buyer { *m == n } else { *i == n }).map(|(_, flow)| flow).sum()
    };
    let by_country = economy.country_ids().map(|n| CountryTotals {
        country: economy.country(n).code.clone(),
        name: economy.country(n).name.clone(),
        output: economy.output().row(n).iter().sum(),
        imports: of(n, true),
        exports: of(n, false),
        duties: abroad()
            .filter(|((m, _, _), _)| *m == n)
            .map(|(cell, flow)| tariffs[cell].as_share() * flow)
            .sum(),
    });
    let by_sector = economy.sector_ids().map(|s| SectorTotals {
        sector: economy.sector(s).code.clone(),
        name: economy.sector(s).name.clone(),
        good: economy.sector(s).good,
        output: economy.country_ids().map(|n| economy.output()[(n, s)]).sum(),
        traded: abroad().filter(|((_, _, k), _)| *k == s).map(|(_, flow)| flow).sum(),
    });
    let shown = Shown {
        listed: listed(name, economy.accounts()),
        unit: format!("{} {}", meta.unit, meta.currency),
        market: meta.market.to_string(),
        source: meta.source.clone(),
        licence: meta.licence.clone(),
        weights: economy.weights().is_some(),
        by_country: by_country.collect(),
        by_sector: by_sector.collect(),
    };
    Ok((shown, economy.warnings().clone()))
}

pub(super) fn listed(name: &str, draft: &Draft) -> Listed {
    Listed {
        name: name.to_string(),
        title: draft.meta.title.clone(),
        year: draft.meta.year,
        countries: draft.countries.len(),
        sectors: draft.sectors.len(),
        links: draft.inputs.is_some(),
        elasticities: draft.elasticities.sets().map(str::to_string).collect(),
    }
}

fn unreadable(path: &Path, error: &std::io::Error) -> Faults {
    Diagnostic::error("unreadable-file", format!("`{}` cannot be read: {error}", path.display()))
        .help("give the path of a folder that exists")
        .into()
}
