//! Names that are a text with a meaning: codes of countries, ids of acts.

/// Defines a name type: a shared text, trimmed of white space, that compares, sorts and prints as the text does.
///
/// The crate that calls it depends on `serde`.
///
/// ```
/// terms::text_name! {
///     /// A port of entry: `USLGB`.
///     Port
/// }
/// assert_eq!(Port::new(" USLGB "), "USLGB");
/// ```
#[macro_export]
macro_rules! text_name {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, ::serde::Serialize, ::serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(::std::sync::Arc<str>);

        impl $name {
            /// The text as written, trimmed of white space.
            pub fn new(text: impl AsRef<str>) -> Self {
                Self(::std::sync::Arc::from(text.as_ref().trim()))
            }

            /// The text itself.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self::new(text)
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

        // Names compare as their text does, so a map keyed by one can be asked with a `&str`.
        impl ::std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    };
}
