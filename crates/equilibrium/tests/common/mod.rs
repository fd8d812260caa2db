//! Worlds for the tests.
#![allow(
    dead_code,
    unused_imports,
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::needless_range_loop
)]

#[path = "../../../../tests/support/disk.rs"]
mod disk;
mod made_up;

use economy::Economy;
use terms::{CountryId, Cube, Rate};

pub use disk::{repository, root, shared};
pub use made_up::{Digits, MadeUp};

/// The embedded economy: 32 economies, 28 sectors.
pub fn default_world() -> Economy {
    Economy::read(&repository(), "data/economies/default").expect("the embedded economy reads")
}

/// A shared economy, if it lies beside the repository.
pub fn shared_world(name: &str) -> Option<Economy> {
    let folder = shared(&format!("economies/{name}"))?;
    Some(Economy::read(&folder, "").expect("the shared economy reads"))
}

/// A shared economy's tariffs with the rows of one of its scenarios in place of base rates.
pub fn scenario_tariffs(world: &Economy, scenario: &str) -> Cube<Rate> {
    let folder = root().join("../shared/economies").join(world.name()).join("scenarios");
    let text = std::fs::read_to_string(folder.join(scenario)).unwrap();
    let mut tariffs = world.tariffs().clone();
    for line in text.lines().skip(1).filter(|line| !line.is_empty()) {
        let cells: Vec<&str> = line.split(',').collect();
        let country = |code: &str| world.country_id(code).unwrap();
        let place = (country(cells[0]), country(cells[1]), world.sector_id(cells[2]).unwrap());
        tariffs[place] = Rate::share(cells[3].parse().unwrap());
    }
    tariffs
}

/// The world's tariffs with `points` (a share) added on the goods that `importer` buys from `exporters`.
pub fn raised(
    tariffs: &Cube<Rate>,
    world: &Economy,
    importer: CountryId,
    exporters: impl IntoIterator<Item = CountryId>,
    points: f64,
) -> Cube<Rate> {
    let mut raised = tariffs.clone();
    for exporter in exporters {
        for s in world.goods() {
            let cell = &mut raised[(importer, exporter, s)];
            *cell = Rate::share(cell.as_share() + points);
        }
    }
    raised
}

impl MadeUp {
    pub fn accounts(&self) -> equilibrium::Accounts {
        equilibrium::Accounts::of_flows(&self.trade, &self.tariffs, self.inputs.as_deref(), &self.theta)
    }
}

/// A hat as per cent of change to four decimals, as tables print it.
pub fn percent(hat: f64) -> String {
    format!("{:+.4}", 100.0 * (hat - 1.0))
}
