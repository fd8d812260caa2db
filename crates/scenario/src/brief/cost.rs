//! What a pair of policies costs whom.

use serde::Serialize;
use terms::Country;

/// What a pair of policies costs, country by country, against the same world without either side's duties
/// of the conflict.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cost {
    /// A key: `today`, `lapse`, `peak`.
    pub key: String,
    /// What it is called on the page.
    pub name: String,
    /// Headlines of the two packages, in the order of [`Account::parties`](super::Account::parties).
    pub headlines_pp: [f64; 2],
    /// One row for each country, in the order of the economy.
    pub countries: Vec<CountryCost>,
    /// What happens to the trade between the two: goods imports of each from the other, in per cent.
    pub bilateral_imports_pct: [f64; 2],
    /// Sectors hit hardest, by the importer's price, for each party.
    pub sectors: Vec<SectorCost>,
}

/// One country's row.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CountryCost {
    /// Code.
    pub country: Country,
    /// Name.
    pub name: String,
    /// Real income, per cent.
    pub real_income_pct: f64,
    /// The same as money of the base year: per cent times final spending at baseline.
    pub real_income_usd_mn: f64,
    /// Lowest over the elasticity sets, per cent.
    pub low_pct: f64,
    /// Highest over the elasticity sets, per cent.
    pub high_pct: f64,
    /// Real wage, per cent.
    pub real_wage_pct: f64,
    /// Tariff revenue, change, million dollars.
    pub revenue_usd_mn: f64,
    /// Imports of goods and services at border prices, per cent.
    pub imports_pct: f64,
    /// Exports of goods and services, per cent.
    pub exports_pct: f64,
}

/// One sector's row for one importer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SectorCost {
    /// Who buys.
    pub importer: Country,
    /// Sector code.
    pub sector: String,
    /// Sector name.
    pub name: String,
    /// Price the importer pays over all sources, relative to its consumer prices, per cent.
    pub price_pct: f64,
    /// Imports from the other party, per cent.
    pub imports_pct: f64,
}
