//! Controls on exports and dealings: which items or persons, how far they reach, what is decided on asking.

use serde::Serialize;
use terms::Country;

/// What a control says. Its life (suspended, extended, ended) is a measure's.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Control {
    /// The instrument, such as `MOFCOM 2025 No. 61`.
    pub instrument: String,
    /// Whose buyers are meant; empty: all.
    pub target: Vec<Country>,
    /// Which items.
    pub items: Vec<ControlItem>,
    /// Which persons, or how many of which list.
    pub persons: Vec<String>,
    /// How far it reaches.
    pub reach: Vec<Reach>,
    /// What is decided on asking.
    pub policy: Policy,
}

/// One item of a control.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ControlItem {
    /// Its number in the control list.
    pub number: Option<String>,
    /// What it is, in our own words.
    pub text: String,
    /// Codes it falls under, where known.
    pub codes: Vec<String>,
}

/// How far a control reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reach {
    /// Exports from the issuer.
    Direct,
    /// Re-exports by third countries.
    ReExport,
    /// Goods made abroad with the issuer's content or technology.
    ForeignMade,
    /// Firms owned by half or more by listed persons.
    Owned50,
}

impl Reach {
    /// All with the word the texts use.
    pub const ALL: [(&'static str, Self); 4] = [
        ("direct", Self::Direct),
        ("re-export", Self::ReExport),
        ("foreign-made", Self::ForeignMade),
        ("owned-50", Self::Owned50),
    ];
}

/// What is decided on an application.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Policy {
    /// Nothing is licensed.
    Ban,
    /// Refused unless there is reason to grant.
    PresumeNo,
    /// Each on its merits.
    CaseByCase,
    /// Granted in general.
    GeneralLicence,
    /// Not known.
    Unknown,
}

impl Policy {
    /// All with the word the texts use.
    pub const ALL: [(&'static str, Self); 5] = [
        ("ban", Self::Ban),
        ("presume-no", Self::PresumeNo),
        ("case-by-case", Self::CaseByCase),
        ("general-licence", Self::GeneralLicence),
        ("unknown", Self::Unknown),
    ];
}
