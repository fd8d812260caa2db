//! The accounts of a base year, balanced.

use std::collections::HashMap;

use diagnostic::{Diagnostic, Faults, help_nearest};
use terms::{Archive, Country, CountryId, Cube, Grid, Rate, Sector, SectorId};

use crate::{CountryEntry, Draft, Elasticities, Inputs, Meta, SectorEntry, Weights, read};

/// What the world bought and sold in a base year, with every identity checked.
///
/// # Shapes
/// With `N` countries and `S` sectors: [`trade`](Self::trade) and [`tariffs`](Self::tariffs) are
/// `[importer, exporter, sector]`, [`inputs`](Self::inputs) is `[country, buyer, input]`, the grids are
/// `[country, sector]`.
/// # Units
/// Values in [`Meta::unit`] of [`Meta::currency`], always before duty; tariffs in shares of that value.
#[derive(Debug, Clone, PartialEq)]
pub struct Economy {
    accounts: Draft,
    warnings: Faults,
    country_at: HashMap<Country, CountryId>,
    sector_at: HashMap<Sector, SectorId>,
}

impl Economy {
    pub(crate) fn new(accounts: Draft, warnings: Faults) -> Self {
        let countries = accounts.countries.iter().map(|entry| entry.code.clone());
        let sectors = accounts.sectors.iter().map(|entry| entry.code.clone());
        Self {
            country_at: countries.zip(CountryId::all(accounts.countries.len())).collect(),
            sector_at: sectors.zip(SectorId::all(accounts.sectors.len())).collect(),
            accounts,
            warnings,
        }
    }

    /// Reads the economy in a folder of an archive and checks it.
    ///
    /// # Errors
    /// All faults of the folder together, each with file and line.
    pub fn read(archive: &dyn Archive, folder: &str) -> Result<Self, Faults> {
        let draft = Draft::read(archive, folder)?;
        let faults = draft.check(|gap| read::locate(archive, folder, &draft, gap));
        if faults.has_errors() { Err(faults) } else { Ok(Self::new(draft, faults)) }
    }

    /// The short name.
    pub fn name(&self) -> &str {
        &self.accounts.meta.name
    }

    /// What it says about itself: year, currency, unit, source, licence.
    pub fn meta(&self) -> &Meta {
        &self.accounts.meta
    }

    /// What is odd in the accounts and legal.
    pub fn warnings(&self) -> &Faults {
        &self.warnings
    }

    /// The countries, in order.
    pub fn countries(&self) -> &[CountryEntry] {
        &self.accounts.countries
    }

    /// The sectors, in order.
    pub fn sectors(&self) -> &[SectorEntry] {
        &self.accounts.sectors
    }

    /// One country's entry.
    pub fn country(&self, id: CountryId) -> &CountryEntry {
        &self.accounts.countries[id.at()]
    }

    /// One sector's entry.
    pub fn sector(&self, id: SectorId) -> &SectorEntry {
        &self.accounts.sectors[id.at()]
    }

    /// The places of all countries, in order.
    pub fn country_ids(
        &self,
    ) -> impl DoubleEndedIterator<Item = CountryId> + ExactSizeIterator + Clone + use<> {
        CountryId::all(self.accounts.countries.len())
    }

    /// The places of all sectors, in order.
    pub fn sector_ids(
        &self,
    ) -> impl DoubleEndedIterator<Item = SectorId> + ExactSizeIterator + Clone + use<> {
        SectorId::all(self.accounts.sectors.len())
    }

    /// The places of the sectors that are goods, which tariffs can reach.
    pub fn goods(&self) -> impl Iterator<Item = SectorId> + '_ {
        self.sector_ids().filter(|s| self.sector(*s).good)
    }

    /// The place of a country, by code.
    pub fn country_id(&self, code: &str) -> Option<CountryId> {
        self.country_at.get(code).copied()
    }

    /// The place of a sector, by code.
    pub fn sector_id(&self, code: &str) -> Option<SectorId> {
        self.sector_at.get(code).copied()
    }

    /// The message that `code` is no country here, with the one that holds it among its `members`, else the nearest.
    pub fn unknown_country(&self, code: &str) -> Diagnostic {
        let fault = Diagnostic::error(
            "unknown-country",
            format!("`{code}` is not a country of the economy `{}`", self.name()),
        );
        let holds = |entry: &&CountryEntry| {
            entry.extra.get("members").is_some_and(|members| members.split(';').any(|member| member == code))
        };
        if let Some(entry) = self.countries().iter().find(holds) {
            return fault.help(format!("write `{}` ({}), which contains it", entry.code, entry.name));
        }
        let codes: Vec<&str> = self.countries().iter().map(|entry| entry.code.as_str()).collect();
        fault
            .note(format!("its countries: {}", codes.join(", ")))
            .help_if(help_nearest(code, codes.iter().copied()))
    }

    /// The message that `code` is no sector here, with the nearest that are.
    pub fn unknown_sector(&self, code: &str) -> Diagnostic {
        let codes: Vec<&str> = self.sectors().iter().map(|entry| entry.code.as_str()).collect();
        Diagnostic::error(
            "unknown-sector",
            format!("`{code}` is not a sector of the economy `{}`", self.name()),
        )
        .note(format!("its sectors: {}", codes.join(", ")))
        .help_if(help_nearest(code, codes.iter().copied()))
    }

    /// Spending of the importer on the sector from the exporter, all uses, before duty, own purchases included.
    pub fn trade(&self) -> &Cube<f64> {
        &self.accounts.trade
    }

    /// Duty as a share of that value.
    pub fn tariffs(&self) -> &Cube<Rate> {
        &self.accounts.tariffs
    }

    /// Purchases of inputs `[country, buyer, input]`, before duty; none without input links.
    pub fn inputs(&self) -> Option<&Inputs> {
        self.accounts.inputs.as_ref()
    }

    /// Final purchases, all origins, before duty.
    pub fn final_demand(&self) -> &Grid<f64> {
        &self.accounts.final_demand
    }

    /// Output.
    pub fn output(&self) -> &Grid<f64> {
        &self.accounts.output
    }

    /// Value added as recorded: output less inputs before duty. Factor income is this less duty on inputs.
    pub fn value_added(&self) -> &Grid<f64> {
        &self.accounts.value_added
    }

    /// The published elasticities.
    pub fn elasticities(&self) -> &Elasticities {
        &self.accounts.elasticities
    }

    /// Political weights, where the economy carries them.
    pub fn weights(&self) -> Option<&Weights> {
        self.accounts.weights.as_ref()
    }

    /// The trade elasticity θ by sector, from the set asked for or the economy's own default.
    ///
    /// # Errors
    /// `unknown-elasticity` when there is no such set, `missing-elasticity` when the set is silent on some
    /// sectors; both name what would do.
    pub fn theta(&self, set: Option<&str>) -> Result<Vec<f64>, Diagnostic> {
        let only = self.elasticities().sets().next();
        let Some(set) = set.or(self.meta().elasticity.as_deref()).or(only) else {
            let message = format!("the economy `{}` carries no trade elasticities", self.name());
            return Err(Diagnostic::error("unknown-elasticity", message)
                .help("add `elasticities.csv`: `sector`, then one column of θ for each source"));
        };
        self.elasticities().theta(set, self.name(), self.sectors().iter().map(|entry| &entry.code))
    }

    /// θ by sector from one set, and where it is silent from another (`default` covers the services that most
    /// published sets leave out); with the sectors that were filled.
    ///
    /// # Errors
    /// As [`Economy::theta`], if one of the sets is unknown or both are silent on a sector.
    pub fn theta_filled(&self, set: &str, from: &str) -> Result<(Vec<f64>, Vec<SectorId>), Diagnostic> {
        let sets = self.elasticities();
        let full = sets.theta(from, self.name(), self.sectors().iter().map(|entry| &entry.code))?;
        let Some(column) = sets.column(set).filter(|_| set != Elasticities::SCALE) else {
            return self.theta(Some(set)).map(|θ| (θ, Vec::new()));
        };
        let filled = self.sector_ids().filter(|s| column[s.at()].is_none()).collect();
        let θ = column.iter().zip(full).map(|(θ, fill)| θ.unwrap_or(fill)).collect();
        Ok((θ, filled))
    }

    /// The same economy with other tariffs on the same flows before duty.
    ///
    /// # Errors
    /// The faults of [`Draft::checked`]: a wrong shape, a rate at or below −100 %.
    pub fn with_tariffs(&self, tariffs: Cube<Rate>) -> Result<Self, Faults> {
        Draft { tariffs, ..self.accounts.clone() }.checked()
    }

    /// The accounts, to read.
    pub fn accounts(&self) -> &Draft {
        &self.accounts
    }

    /// The accounts, to be changed and checked again.
    pub fn into_draft(self) -> Draft {
        self.accounts
    }
}
