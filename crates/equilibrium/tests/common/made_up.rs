//! Made-up worlds: flows that fall with distance on a ring, tariffs to 30 %, and inputs between all sectors if asked
//! for.

use terms::{CountryId, Cube, Rate, SectorId};

/// Numbers in (0, 1) that look random and are the same on every machine (Steele, Lea and Flood's SplitMix).
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
}
