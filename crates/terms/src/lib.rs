//! The words of trade policy, as types.
//!
//! Nothing comes in but text and numbers, and nothing goes out but values that cannot be confused with each
//! other: a duty cannot be added to a wage, nor a sector index a country.
//!
//! Learn first [`Country`] and [`Sector`] (codes) with [`CountryId`] and [`SectorId`] (their places in one
//! economy), [`Cube`] (an array `[importer, exporter, sector]`), [`Rate`] (a share, for the engine),
//! [`Points`] (exact decimal points, for law), [`Line`] (a tariff line) and [`Interval`] (half-open time).

mod archive;
mod array;
mod code;
mod line;
mod rate;
mod source;
mod text_name;
mod time;

pub use archive::{Archive, ArchiveError, MemoryArchive};
pub use array::{Cube, Grid};
pub use code::{Country, CountryId, Sector, SectorId};
pub use line::{Line, LineError};
pub use rate::{Points, Rate, RateError};
pub use source::{Citation, Confidence};
pub use time::{Day, Instant, Interval, MomentError, Zone};
