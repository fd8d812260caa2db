//! Codes of countries and sectors, and their places inside one economy.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

macro_rules! code {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The code as written, trimmed of white space.
            pub fn new(code: impl AsRef<str>) -> Self {
                Self(Arc::from(code.as_ref().trim()))
            }

            /// The code as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(code: &str) -> Self {
                Self::new(code)
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                &*self.0 == other
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                &*self.0 == *other
            }
        }

        // Codes compare as their text does, so maps keyed by a code can be asked with a `&str`.
        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    };
}

code! {
    /// A country or customs territory: ISO 3166-1 alpha-3 (`USA`), a named group with dated membership
    /// (`EU27`), or `ROW` for the rest of the world.
    Country
}

code! {
    /// A sector of an economy, by that economy's own code (`MVH`, `C29`).
    Sector
}

macro_rules! place {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl $name {
            /// The place `at`, counted from zero in the order of the economy's own list.
            pub const fn new(at: usize) -> Self {
                Self(at as u32)
            }

            /// The place as a number, for slices.
            pub const fn at(self) -> usize {
                self.0 as usize
            }

            /// All places of a list of `len`, in order.
            pub fn all(len: usize) -> impl DoubleEndedIterator<Item = Self> + ExactSizeIterator + Clone {
                (0..len).map(Self::new)
            }
        }
    };
}

place! {
    /// The place of a country in one economy's list (`countries.csv`).
    CountryId
}

place! {
    /// The place of a sector in one economy's list (`sectors.csv`).
    SectorId
}
