//! Names by which the texts of a ledger speak of each other.

use terms::text_name;

text_name! {
    /// An act: `eo-14298`.
    ActId
}
text_name! {
    /// A measure or a control: `us-ieepa-fentanyl-cn`.
    MeasureId
}
text_name! {
    /// A suspension that can be extended or resumed: `us-24`.
    WindowId
}
text_name! {
    /// A list of tariff lines: `annex-ii`.
    ListId
}
text_name! {
    /// A rule of combination.
    RuleId
}
text_name! {
    /// An agreement: `ag-geneva`.
    AgreementId
}
text_name! {
    /// A clause of an agreement: `gva-us-24`.
    ClauseId
}
text_name! {
    /// A claim: `clm-2025-05-30`.
    ClaimId
}
text_name! {
    /// A meeting: `talks-london`.
    TalkId
}
