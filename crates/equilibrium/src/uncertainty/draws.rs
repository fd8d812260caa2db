//! Draws of the trade elasticities.

use crate::power::{exp, ln};
use crate::uncertainty::normal::quantile;

/// How θ is drawn: log-normally around the central value of each sector, independently across sectors,
///
/// ```text
/// (E30)  ln θ[s] = ln θ̄[s] + σ[s] z[s],   z standard normal
/// ```
///
/// so that the central value is the median and θ stays positive.
#[derive(Debug, Clone, PartialEq)]
pub struct Draws {
    /// How many.
    pub count: usize,
    /// Where the sequence starts: the same seed gives the same draws on every machine.
    pub seed: u64,
    /// σ.
    pub spread: Spread,
    /// How points are spread over the cube of probabilities.
    pub sequence: Sequence,
}

/// The standard deviation of ln θ.
#[derive(Debug, Clone, PartialEq)]
pub enum Spread {
    /// The same in every sector: 0.3 puts two thirds of draws between 0.74 and 1.35 times the centre.
    Same(f64),
    /// By sector.
    BySector(Vec<f64>),
    /// By sector, as far as published sets disagree: the standard deviation of their ln θ, and no less than
    /// 0.1, where two sets that copy each other would claim certainty. Rows are sets, columns sectors.
    OfSets(Vec<Vec<f64>>),
}

/// How points are spread over the cube of probabilities.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sequence {
    /// Independent points (SplitMix64).
    Random,
    /// Points that fill the cube evenly, for truer bands from fewer draws: every sector meets each of as many equal
    /// parts of its distribution as there are draws once (a Latin hypercube: McKay, Beckman and Conover 1979,
    /// *Technometrics* 21(2)), and draws come in pairs on opposite sides of the centre (Hammersley and Morton 1956,
    /// *Proceedings of the Cambridge Philosophical Society* 52(3)). What combines with what, the seed decides.
    #[default]
    Even,
}

impl Draws {
    /// The drawn θ, one vector by sector a draw.
    pub fn around(&self, centre: &[f64]) -> Vec<Vec<f64>> {
        let sectors = centre.len();
        let sigma = self.spread.by_sector(sectors);
        let mut random = SplitMix(self.seed);
        let points = match self.sequence {
            Sequence::Random => {
                (0..self.count).map(|_| (0..sectors).map(|_| random.next()).collect()).collect()
            }
            Sequence::Even => even(self.count, sectors, &mut random),
        };
        let drawn = |point: Vec<f64>| {
            let cells = point.iter().zip(centre).zip(&sigma);
            cells
                .map(|((probability, θ̄), σ)| θ̄ * exp(σ * quantile(probability.clamp(1e-12, 1.0 - 1e-12))))
                .collect()
        };
        points.into_iter().map(drawn).collect()
    }
}

/// Probabilities by draw and dimension: in each dimension the middles of `count` equal parts, every pair of draws on
/// opposite sides of a half; the last of an odd number is the centre.
fn even(count: usize, dimensions: usize, random: &mut SplitMix) -> Vec<Vec<f64>> {
    let mut points = vec![vec![0.5; dimensions]; count];
    for dimension in 0..dimensions {
        let mut parts: Vec<usize> = (0..count / 2).collect();
        for last in (1..parts.len()).rev() {
            parts.swap(last, random.below(last + 1));
        }
        for (pair, part) in points.chunks_exact_mut(2).zip(parts) {
            let below = (part as f64 + 0.5) / count as f64;
            let side = random.below(2);
            pair[side][dimension] = below;
            pair[1 - side][dimension] = 1.0 - below;
        }
    }
    points
}

impl Spread {
    fn by_sector(&self, sectors: usize) -> Vec<f64> {
        match self {
            Self::Same(sigma) => vec![*sigma; sectors],
            Self::BySector(sigma) => sigma.clone(),
            Self::OfSets(sets) => (0..sectors)
                .map(|s| {
                    let logs: Vec<f64> =
                        sets.iter().filter(|set| set[s] > 0.0).map(|set| ln(set[s])).collect();
                    let mean = logs.iter().sum::<f64>() / logs.len() as f64;
                    let square = logs.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>();
                    let deviation = (square / (logs.len() as f64 - 1.0)).sqrt();
                    // One set, or none, says nothing about disagreement.
                    if deviation.is_finite() { deviation.max(0.1) } else { 0.1 }
                })
                .collect(),
        }
    }
}

/// Steele, Lea and Flood (2014), *OOPSLA*: SplitMix64.
struct SplitMix(u64);

impl SplitMix {
    /// The next number in (0, 1).
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (((z ^ (z >> 31)) >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }

    /// The next whole number below `end`.
    fn below(&mut self, end: usize) -> usize {
        (self.next() * end as f64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draws(sequence: Sequence, seed: u64) -> Vec<Vec<f64>> {
        Draws { count: 4_000, seed, spread: Spread::BySector(vec![0.1, 0.3, 0.5]), sequence }
            .around(&[2.0, 5.0, 0.6])
    }

    #[test]
    fn the_centre_is_the_median_and_the_spread_is_the_spread() {
        for sequence in [Sequence::Random, Sequence::Even] {
            let thetas = draws(sequence, 7);
            for (s, (centre, sigma)) in [(2.0, 0.1), (5.0, 0.3), (0.6, 0.5)].into_iter().enumerate() {
                let logs: Vec<f64> = thetas.iter().map(|θ| (θ[s] / centre).ln()).collect();
                let mean = logs.iter().sum::<f64>() / 4_000.0;
                let deviation = (logs.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / 4_000.0).sqrt();
                assert!(
                    mean.abs() < 0.05 * sigma && (deviation / sigma - 1.0).abs() < 0.05,
                    "{sequence:?} {s}"
                );
            }
        }
    }

    #[test]
    fn a_seed_is_a_promise() {
        for sequence in [Sequence::Random, Sequence::Even] {
            assert_eq!(draws(sequence, 7), draws(sequence, 7));
            assert_ne!(draws(sequence, 7), draws(sequence, 8));
        }
    }

    /// Every part of every distribution is met once, whatever the number of draws, and the means of ln θ are the centre's
    /// to the last digits.
    #[test]
    fn even_draws_meet_every_part_once_and_in_pairs() {
        for count in [2, 7, 16] {
            let draws = Draws { count, seed: 5, spread: Spread::Same(0.3), sequence: Sequence::Even };
            let thetas = draws.around(&[2.0, 5.0]);
            for (s, centre) in [2.0_f64, 5.0].into_iter().enumerate() {
                let mut logs: Vec<f64> = thetas.iter().map(|θ| (θ[s] / centre).ln()).collect();
                assert!((logs.iter().sum::<f64>()).abs() < 1e-9, "{logs:?}");
                logs.sort_by(f64::total_cmp);
                for (part, log) in logs.iter().enumerate() {
                    let middle = 0.3 * quantile((part as f64 + 0.5) / count as f64);
                    assert!((log - middle).abs() < 1e-9, "{log} is not {middle}");
                }
            }
            for pair in thetas.chunks_exact(2) {
                assert!((pair[0][1] * pair[1][1] - 25.0).abs() < 1e-7, "{pair:?}");
            }
        }
    }

    /// A half of even draws lies on either side of every centre, to the draw.
    #[test]
    fn even_draws_are_even() {
        let thetas = draws(Sequence::Even, 3);
        for (s, centre) in [2.0, 5.0, 0.6].into_iter().enumerate() {
            let below = thetas.iter().filter(|θ| θ[s] < centre).count();
            assert!(below.abs_diff(2_000) <= 4, "{below}");
        }
    }

    #[test]
    fn sets_that_disagree_are_spread() {
        let sets = vec![vec![4.0, 4.0], vec![4.0, 8.0], vec![4.0, 2.0]];
        let sigma = Spread::OfSets(sets).by_sector(2);
        assert_eq!(sigma[0], 0.1);
        assert!((sigma[1] - 2.0_f64.ln()).abs() < 1e-12);
    }
}
