//! What a cell may hold.

use crate::Elasticities;

/// The least share of output that an input may be: published tables carry a few slightly negative cells
/// (Caliendo and Parro's down to −0.0008), which solve as they stand; anything larger is a fault.
pub(crate) const SMALLEST_INPUT_SHARE: f64 = -0.01;

/// Why a value cannot be a flow: the code and the rest of the sentence.
pub(crate) fn illegal_flow(value: f64) -> Option<(&'static str, String)> {
    if !value.is_finite() {
        Some(("not-a-number", format!("is {value}")))
    } else if value < 0.0 {
        Some(("negative-flow", format!("is negative ({value})")))
    } else {
        None
    }
}

/// Why a value cannot be a rate of duty.
pub(crate) fn illegal_rate(share: f64) -> Option<(&'static str, String)> {
    if !share.is_finite() {
        Some(("not-a-number", format!("is {share}")))
    } else if share <= -1.0 {
        Some(("impossible-rate", format!("is {share}, a subsidy of the whole price or more")))
    } else {
        None
    }
}

/// Why a value cannot be an elasticity of the set `set`.
pub(crate) fn illegal_elasticity(set: &str, value: f64) -> Option<(&'static str, String)> {
    if !value.is_finite() {
        Some(("not-a-number", format!("is {value}")))
    } else if set == Elasticities::SCALE && value < 0.0 {
        Some(("bad-elasticity", format!("has a negative scale elasticity ({value})")))
    } else if set != Elasticities::SCALE && value <= 0.0 {
        Some(("bad-elasticity", format!("has a trade elasticity that is not positive ({value})")))
    } else {
        None
    }
}
