//! Why a base year cannot be used, or did not clear.

/// Why a base year cannot be used by this closure. Places are counted from zero, in the caller's order.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum FirmsError {
    /// The three tables describe different worlds.
    #[error(
        "trade has {trade:?} countries and sectors, tariffs {tariff:?}, and there are {sigma} elasticities"
    )]
    Shape {
        /// Countries and sectors of the trade table.
        trade: (usize, usize),
        /// Countries and sectors of the tariff table.
        tariff: (usize, usize),
        /// Elasticities given.
        sigma: usize,
    },
    /// Demand must be elastic.
    #[error("σ of sector {sector} is {sigma}; it must be above one")]
    Sigma {
        /// The sector.
        sector: usize,
        /// What was found.
        sigma: f64,
    },
    /// A flow that is negative or not a number.
    #[error(
        "importer {importer} buys {value} from exporter {exporter} in sector {sector}; flows are finite and not below zero"
    )]
    Flow {
        /// The importer.
        importer: usize,
        /// The exporter.
        exporter: usize,
        /// The sector.
        sector: usize,
        /// What was found.
        value: f64,
    },
    /// A duty that leaves no positive price, or a duty on own sales.
    #[error(
        "importer {importer} charges {rate} on exporter {exporter} in sector {sector}; rates are above −1, and 0 at home"
    )]
    Rate {
        /// The importer.
        importer: usize,
        /// The exporter.
        exporter: usize,
        /// The sector.
        sector: usize,
        /// What was found.
        rate: f64,
    },
    /// A country that earns or spends nothing.
    #[error("country {country} sells or buys nothing; this closure needs every country to earn wages")]
    Idle {
        /// The country.
        country: usize,
    },
    /// Markets did not clear.
    #[error(
        "markets did not clear: the largest excess is {residual:e} of a country's income, in country {country}"
    )]
    Stalled {
        /// The largest relative residual.
        residual: f64,
        /// Whose.
        country: usize,
    },
}
