//! Which countries of the law the countries of an economy stand for.

use economy::Economy;
use tariffs::Territory;
use terms::Country;

/// The countries of the law each country of the economy stands for.
pub(crate) fn territories(economy: &Economy) -> Vec<Territory> {
    let of = |entry: &economy::CountryEntry| match entry.extra.get("members") {
        Some(members) => Territory::of(entry.code.as_str(), members),
        None => Territory::alone(entry.code.as_str()),
    };
    economy.countries().iter().map(of).collect()
}

/// The countries of the law that an economy's countries stand for, each once.
pub(crate) fn members(economy: &Economy) -> Vec<Country> {
    let mut members: Vec<Country> = territories(economy).into_iter().flat_map(|of| of.members).collect();
    members.sort();
    members.dedup();
    members
}
