//! Names by which the texts of a ledger speak of each other.

use std::fmt;
use std::sync::Arc;

use serde::Serialize;

macro_rules! name {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(transparent)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The name as written.
            pub fn new(name: impl AsRef<str>) -> Self {
                Self(Arc::from(name.as_ref()))
            }

            /// The name as text.
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
            fn from(name: &str) -> Self {
                Self::new(name)
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

        // A map keyed by a name can be asked with a `&str`.
        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    };
}

name! {
    /// An act: `eo-14298`.
    ActId
}
name! {
    /// A measure or a control: `us-ieepa-fentanyl-cn`.
    MeasureId
}
name! {
    /// A suspension that can be extended or resumed: `us-24`.
    WindowId
}
name! {
    /// A list of tariff lines: `annex-ii`.
    ListId
}
name! {
    /// A rule of combination.
    RuleId
}
name! {
    /// An agreement: `ag-geneva`.
    AgreementId
}
name! {
    /// A clause of an agreement: `gva-us-24`.
    ClauseId
}
name! {
    /// A claim: `clm-2025-05-30`.
    ClaimId
}
name! {
    /// A meeting: `talks-london`.
    TalkId
}
