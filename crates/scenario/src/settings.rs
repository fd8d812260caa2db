//! Settings as a manifest tells them: each under the word of its flag, with a plain value.
//!
//! A value is a number, a word as the command line writes it, true or false, or a list of such; what was not given and
//! has no default is left out. A dotted name is a key in a table of the scenario file (`truce.punishment`) or a number of
//! a method that no flag moves (`solve.tolerance`).

use equilibrium::{Competition, Deficits, Labour, Links, Options, Scale};
use indexmap::IndexMap;
use serde_json::{Value, json};
use strategy::PlaySettings;

/// Names and values, in the order given.
pub(crate) type Told = IndexMap<String, Value>;

/// These settings; those without a value (`null`, an empty list) are left out.
pub(crate) fn settings<const N: usize>(pairs: [(&str, Value); N]) -> Told {
    let given = |value: &Value| !value.is_null() && value.as_array().is_none_or(|list| !list.is_empty());
    let pairs = pairs.into_iter().filter(|(_, value)| given(value));
    pairs.map(|(name, value)| (name.to_string(), value)).collect()
}

/// `--links`.
pub(crate) fn links(with: bool) -> &'static str {
    if with { "yes" } else { "no" }
}

/// `--deficits`.
pub(crate) fn deficits(of: Deficits) -> &'static str {
    match of {
        Deficits::Held => "held",
        Deficits::Scaled => "scaled",
        Deficits::Removed => "removed",
    }
}

/// The closure of the general system.
pub(crate) fn closure(options: &Options) -> Told {
    let Options { links: linked, deficits: of, elasticity, market, labour, scale, revenue: _ } = options;
    settings([
        ("links", json!(links(*linked == Links::Recorded))),
        ("deficits", json!(deficits(*of))),
        ("elasticity", json!(elasticity)),
        (
            "market",
            match market {
                Competition::Perfect => json!("perfect"),
                Competition::Entry => json!("entry"),
            },
        ),
        (
            "kappa",
            match labour {
                Labour::Mobile => Value::Null,
                Labour::Specific { kappa } => json!(kappa),
            },
        ),
        ("scale", json!(*scale == Scale::External)),
    ])
}

/// How far an equilibrium is solved.
pub(crate) fn solving() -> Told {
    // No digit depends on threads.
    let equilibrium::Settings { tolerance, evaluations, memory, second_start, threads: _ } =
        Default::default();
    settings([
        ("solve.tolerance", json!(tolerance)),
        ("solve.evaluations", json!(evaluations)),
        ("solve.memory", json!(memory)),
        ("solve.second-start", json!(second_start)),
    ])
}

/// How far governments are played.
pub(crate) fn playing() -> Told {
    let PlaySettings { tolerance, max_moves, depth, step_limit } = Default::default();
    settings([
        ("play.tolerance", json!(tolerance)),
        ("play.max-moves", json!(max_moves)),
        ("play.depth", json!(depth)),
        ("play.step-limit", json!(step_limit)),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_given_is_left_out() {
        let none: Option<f64> = None;
        let told =
            settings([("cap", json!(none)), ("exempt", json!([] as [&str; 0])), ("floor", json!(0.0))]);
        assert_eq!(told.keys().collect::<Vec<_>>(), ["floor"]);
    }

    #[test]
    fn values_are_plain() {
        let plain = |value: &Value| !value.is_object() && !value.is_null();
        let all = [closure(&Options::default()), solving(), playing()];
        assert!(all.iter().flatten().all(|(_, value)| plain(value)), "{all:?}");
    }
}
