//! Worlds for the tests.
#![allow(
    dead_code,
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stderr,
    clippy::needless_range_loop
)]

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use economy::Economy;
use terms::{Archive, ArchiveError, CountryId, Cube, Rate, SectorId};

pub struct Disk(pub PathBuf);

impl Archive for Disk {
    fn read(&self, path: &str) -> Result<Option<Cow<'_, [u8]>>, ArchiveError> {
        match std::fs::read(self.0.join(path)) {
            Ok(bytes) => Ok(Some(Cow::Owned(bytes))),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(ArchiveError { path: path.into(), reason: error.to_string() }),
        }
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, ArchiveError> {
        let error = |error: std::io::Error| ArchiveError { path: folder.into(), reason: error.to_string() };
        let mut paths = Vec::new();
        for entry in std::fs::read_dir(self.0.join(folder)).map_err(error)? {
            let name = entry.map_err(error)?.file_name().to_string_lossy().into_owned();
            paths.push(if folder.is_empty() { name } else { format!("{folder}/{name}") });
        }
        paths.sort();
        Ok(paths)
    }
}

/// The embedded economy: 32 economies, 28 sectors.
pub fn default_world() -> Economy {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/economies");
    Economy::read(&Disk(folder), "default").expect("the embedded economy reads")
}

/// A shared economy, if the folder of shared economies lies beside the repository.
pub fn shared_world(name: &str) -> Option<Economy> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/economies");
    if !folder.join(name).is_dir() {
        eprintln!("skipped: `../shared/economies/{name}` is not beside the repository");
        return None;
    }
    Some(Economy::read(&Disk(folder), name).expect("the shared economy reads"))
}

/// A shared economy's tariffs with the rows of one of its scenarios in place of base rates.
pub fn scenario_tariffs(world: &Economy, scenario: &str) -> Cube<Rate> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/economies");
    let text = std::fs::read_to_string(folder.join(world.name()).join("scenarios").join(scenario)).unwrap();
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

/// Numbers in (0, 1) that look random and are the same on every machine.
pub struct Digits(u64);

impl Digits {
    pub fn seed(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x5DEE_CE66_D1CE_4E5B)
    }

    pub fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// A made-up world: flows that fall with distance on a ring, tariffs to 30 %, inputs between all sectors.
#[derive(Debug, Clone)]
pub struct MadeUp {
    pub trade: Cube<f64>,
    pub tariffs: Cube<Rate>,
    pub inputs: Option<Vec<f64>>,
    pub theta: Vec<f64>,
}

impl MadeUp {
    pub fn of(countries: usize, sectors: usize, links: bool, seed: u64) -> Self {
        let mut digits = Digits::seed(seed);
        let size: Vec<f64> = (0..countries).map(|_| 0.3 + 2.0 * digits.next()).collect();
        let trade = Cube::from_fn(countries, sectors, |n, i, _| {
            let apart = n.at().abs_diff(i.at()).min(countries - n.at().abs_diff(i.at())) as f64;
            let far = if apart == 0.0 { 4.0 } else { 0.4 / apart };
            100.0 * size[n.at()] * size[i.at()] * far * (0.2 + digits.next())
        });
        let tariffs = Cube::from_fn(countries, sectors, |n, i, _| {
            Rate::share(if n == i { 0.0 } else { 0.3 * digits.next() })
        });
        let inputs = links.then(|| {
            let sum = |flow: &dyn Fn(CountryId) -> f64| CountryId::all(countries).map(flow).sum::<f64>();
            let mut inputs = Vec::with_capacity(countries * sectors * sectors);
            for n in CountryId::all(countries) {
                let made: Vec<f64> = SectorId::all(sectors).map(|k| sum(&|m| trade[(m, n, k)])).collect();
                let bought: Vec<f64> = SectorId::all(sectors).map(|s| sum(&|i| trade[(n, i, s)])).collect();
                let (all_made, all_bought) = (made.iter().sum::<f64>(), bought.iter().sum::<f64>());
                for k in 0..sectors {
                    for s in 0..sectors {
                        // A fifth to seven tenths of what k makes, and no more than there is.
                        let used =
                            made[k] * (0.2 + 0.5 * digits.next()) * f64::min(1.0, all_bought / all_made);
                        inputs.push(used * bought[s] / all_bought);
                    }
                }
            }
            inputs
        });
        let theta = (0..sectors).map(|_| 1.5 + 6.0 * digits.next()).collect();
        Self { trade, tariffs, inputs, theta }
    }

    pub fn accounts(&self) -> equilibrium::Accounts {
        equilibrium::Accounts::of_flows(&self.trade, &self.tariffs, self.inputs.as_deref(), &self.theta)
    }
}

/// A hat as per cent of change to four decimals, as tables print it.
pub fn percent(hat: f64) -> String {
    format!("{:+.4}", 100.0 * (hat - 1.0))
}
