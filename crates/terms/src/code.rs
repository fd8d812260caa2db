//! Codes of countries and sectors, and their places inside one economy.

use crate::text_name;

text_name! {
    /// A country or customs territory: ISO 3166-1 alpha-3 (`USA`), a named group with dated membership
    /// (`EU27`), or `ROW` for the rest of the world.
    Country
}

text_name! {
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
