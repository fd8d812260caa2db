//! What the world bought and sold in a base year: accounts, identities, elasticities.
//!
//! A folder of tables comes in ([`Economy::read`], format in `docs/economy.md`), an [`Economy`] goes
//! out: flows before duty `[importer, exporter, sector]`, tariffs, input purchases, final purchases, output
//! and value added, with every identity of the accounts checked and every fault of the folder reported
//! together.
//!
//! Learn first [`Economy`] (the accounts, balanced), [`Draft`] (the same before they are checked: what an
//! importer of a public format or a test writes), [`Meta`] (year, currency, unit, valuation) and
//! [`Elasticities`] (θ by published source).

mod aggregate;
mod conventions;
mod difference;
mod draft;
mod economy;
mod elasticities;
mod export;
mod export_har;
mod findings;
pub mod formats;
mod identities;
mod inputs;
mod legal;
mod lists;
mod mapping;
mod meta;
mod read;
mod repair;
pub mod sheet;
mod split;
mod sums;
mod table;

pub use difference::{Change, Difference};
pub use draft::{Draft, Weights};
pub use economy::Economy;
pub use elasticities::Elasticities;
pub use export::Form;
pub use identities::{Gap, Identity};
pub use inputs::Inputs;
pub use lists::{CountryEntry, SectorEntry};
pub use mapping::Mapping;
pub use meta::{Market, Meta, Unit, Valuation};
pub use repair::{Repair, Repaired};

/// Whether this thread is decoding a file whose damage will be told as a fault, a panic of the decoder included: a
/// door's panic hook has nothing to say then.
pub fn is_decoding() -> bool {
    #[cfg(feature = "parquet")]
    return table::parquet::is_decoding();
    #[cfg(not(feature = "parquet"))]
    false
}
