//! How θ is drawn around its centre: a level common to all sectors, and each sector on its own.
//!
//! ```text
//! ln θ[s] = ln θ̄[s] + σ₀ z₀ + σ[s] z[s],   z standard normal, independent
//! ```
//!
//! Draws that are independent across sectors alone would average out over many sectors and claim more certainty
//! than published estimates have: these also disagree on how elastic trade is as a whole. Both deviations are read
//! from the sets that an economy carries:
//!
//! ```text
//! level[k] = meanₛ (ln θ[k,s] − ln θ̄[s]),   σ₀ = sdₖ level[k],   σ[s] = sdₖ (ln θ[k,s] − level[k])
//! ```
//!
//! where set `k` speaks of sector `s`, and no less than 0.1 each: sets that copy one another would claim certainty.

use diagnostic::{Diagnostic, Faults};
use economy::Economy;
use equilibrium::{Draws, Sequence, Spread};

/// The deviations of ln θ.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Deviations {
    /// σ₀, of the common level.
    pub level: f64,
    /// σ by sector.
    pub sectors: Vec<f64>,
    /// Where they come from, in words.
    pub told: String,
}

/// No deviation is taken to be smaller, where sets of the economy tell it.
const LEAST: f64 = 0.1;

impl Deviations {
    /// As `stated` says (half of the variance common to all sectors), else as the economy's own sets disagree around
    /// `centre`, else 0.3.
    ///
    /// # Errors
    /// `impossible-spread` for a deviation that is negative, above 2, or not a number.
    pub fn of(economy: &Economy, centre: &[f64], stated: Option<f64>) -> Result<Self, Faults> {
        let even = |sigma: f64| Self {
            level: sigma * 0.5_f64.sqrt(),
            sectors: vec![sigma * 0.5_f64.sqrt(); centre.len()],
            told: format!("ln θ normal with σ = {sigma} in every sector, half of its variance common to all"),
        };
        if let Some(sigma) = stated {
            if !(0.0..=2.0).contains(&sigma) {
                return Err(Diagnostic::error("impossible-spread", format!("ln θ is to be drawn with σ = {sigma}"))
                    .help("give a standard deviation of ln θ from 0 to 2: 0.3 puts two thirds of draws between 0.74 and 1.35 times the centre")
                    .into());
            }
            return Ok(even(sigma));
        }
        let sets: Vec<&[Option<f64>]> =
            economy.elasticities().sets().filter_map(|set| economy.elasticities().column(set)).collect();
        if sets.len() < 2 {
            return Ok(even(0.3));
        }
        // ln θ[k,s] − ln θ̄[s], none where a set is silent.
        let apart: Vec<Vec<Option<f64>>> = sets
            .iter()
            .map(|set| set.iter().zip(centre).map(|(θ, θ̄)| θ.map(|θ| (θ / θ̄).ln())).collect())
            .collect();
        let level: Vec<f64> = apart.iter().map(|set| mean(set.iter().flatten())).collect();
        let sectors = (0..centre.len())
            .map(|s| {
                let own: Vec<f64> =
                    apart.iter().zip(&level).filter_map(|(set, level)| Some(set[s]? - level)).collect();
                deviation(&own).max(LEAST)
            })
            .collect();
        let level = deviation(&level).max(LEAST);
        let told = format!(
            "ln θ normal around the centre as the economy’s {} sets disagree: on the level of all sectors with σ = {level:.2}, on each sector with its own σ",
            sets.len()
        );
        Ok(Self { level, sectors, told })
    }

    /// The drawn θ, one vector by sector a draw.
    pub fn draws(&self, centre: &[f64], count: usize, seed: u64, sequence: Sequence) -> Vec<Vec<f64>> {
        let mut sigma = self.sectors.clone();
        sigma.push(self.level);
        // The level is one more dimension, with centre one.
        let mut centres = centre.to_vec();
        centres.push(1.0);
        let drawn = Draws { count, seed, spread: Spread::BySector(sigma), sequence }.around(&centres);
        drawn
            .into_iter()
            .map(|mut θ| {
                let level = θ.pop().unwrap_or(1.0);
                θ.iter_mut().for_each(|θ| *θ *= level);
                θ
            })
            .collect()
    }
}

fn mean<'a>(values: impl Iterator<Item = &'a f64> + Clone) -> f64 {
    values.clone().sum::<f64>() / (values.count().max(1) as f64)
}

/// The standard deviation; zero where fewer than two values tell it.
fn deviation(values: &[f64]) -> f64 {
    if values.len() < 2 {
        return 0.0;
    }
    let centre = mean(values.iter());
    (values.iter().map(|x| (x - centre) * (x - centre)).sum::<f64>() / (values.len() as f64 - 1.0)).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_move_with_their_level_and_around_it() {
        let told = String::new();
        let deviations = Deviations { level: 0.2, sectors: vec![0.1, 0.4], told };
        let draws = deviations.draws(&[4.0, 8.0], 4_000, 5, Sequence::Even);
        let logs = |s: usize, centre: f64| draws.iter().map(|θ| (θ[s] / centre).ln()).collect::<Vec<f64>>();
        let (first, second) = (logs(0, 4.0), logs(1, 8.0));
        let near = |found: f64, right: f64| assert!((found - right).abs() < 0.01, "{found} for {right}");
        near(deviation(&first), (0.2_f64.powi(2) + 0.1_f64.powi(2)).sqrt());
        near(deviation(&second), (0.2_f64.powi(2) + 0.4_f64.powi(2)).sqrt());
        let covariance = first.iter().zip(&second).map(|(a, b)| a * b).sum::<f64>() / 4_000.0;
        near(covariance, 0.04);
    }

    #[test]
    fn deviations_are_those_of_the_sets() {
        let economy = crate::economies::open("default").unwrap().economy;
        let centre = economy.theta(None).unwrap();
        let found = Deviations::of(&economy, &centre, None).unwrap();
        assert!(found.level >= LEAST && found.sectors.iter().all(|σ| *σ >= LEAST));
        assert!(found.told.contains("9 sets"), "{}", found.told);
        let fault = Deviations::of(&economy, &centre, Some(-1.0)).unwrap_err();
        assert_eq!(fault.iter().next().unwrap().code(), "impossible-spread");
    }
}
