//! Made-up worlds for the tests of this room, the same as its integration tests take.

#[path = "../tests/common/made_up.rs"]
mod worlds;

use crate::accounts::Accounts;
use worlds::MadeUp;

pub(crate) use worlds::Digits;

/// The accounts of a made-up world.
pub(crate) fn made_up(countries: usize, sectors: usize, links: bool, seed: u64) -> Accounts {
    let MadeUp { trade, tariffs, inputs, theta } = MadeUp::of(countries, sectors, links, seed);
    Accounts::of_flows(&trade, &tariffs, inputs.as_deref(), &theta)
}
