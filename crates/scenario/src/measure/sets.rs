//! The elasticity sets asked for: the first is central, the others stand beside it.

use diagnostic::Faults;
use economy::Economy;
use terms::Sector;

/// One set of trade elasticities by sector.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Set {
    /// Its name.
    pub name: String,
    /// θ by sector.
    pub theta: Vec<f64>,
    /// Sectors on which it is silent, where the economy's own set stands in.
    pub filled: Vec<Sector>,
}

/// The word that stands for every set the economy carries.
const ALL: &str = "all";

/// The sets of `words`, the first of them central: names of columns, or `all` for the economy's own set and then
/// every other. Without words, the economy's own.
///
/// # Errors
/// `unknown-elasticity`, `missing-elasticity`.
pub(super) fn sets(economy: &Economy, words: &[String]) -> Result<Vec<Set>, Faults> {
    let carried: Vec<&str> = economy.elasticities().sets().collect();
    let own = economy.meta().elasticity.clone().or_else(|| carried.first().map(|set| (*set).to_string()));
    let mut names: Vec<String> = Vec::new();
    for word in words {
        match word.as_str() {
            ALL => names.extend(own.iter().cloned().chain(carried.iter().map(|set| (*set).to_string()))),
            word => names.push(word.to_string()),
        }
    }
    if names.is_empty() {
        let theta = economy.theta(None)?;
        return Ok(vec![Set { name: own.unwrap_or_default(), theta, filled: Vec::new() }]);
    }
    let mut faults = Faults::new();
    let mut found: Vec<Set> = Vec::new();
    for name in names {
        if found.iter().any(|set| set.name == name) {
            continue;
        }
        // A published set is often silent on services: there the economy's own stands in.
        match economy.theta_filled(&name, own.as_deref().unwrap_or(&name)) {
            Ok((theta, filled)) => {
                let filled = filled.iter().map(|s| economy.sector(*s).code.clone()).collect();
                found.push(Set { name, theta, filled });
            }
            Err(fault) => faults.push(fault),
        }
    }
    faults.or(found)
}
