//! Random numbers that depend on a seed and a name of the stream, and on nothing else.
//!
//! # Source
//! Steele, Lea and Flood (2014), "Fast splittable pseudorandom number generators", OOPSLA: SplitMix64.

/// A stream of random numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stream(u64);

impl Stream {
    /// The stream `(a, b)` of a seed: the same whatever ran before it and on whichever thread.
    pub(crate) fn new(seed: u64, a: u64, b: u64) -> Self {
        let mut mixed = Self(seed);
        let first = mixed.next_bits() ^ a.wrapping_mul(0xD1B5_4A32_D192_ED03);
        let mut mixed = Self(first);
        Self(mixed.next_bits() ^ b.wrapping_mul(0xAEF1_7502_108E_F2D9))
    }

    fn next_bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Uniform in `[0, 1)`.
    pub(crate) fn share(&mut self) -> f64 {
        (self.next_bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// True with probability `odds`. Draws nothing when the odds are none, so that a noise switched off leaves
    /// the others' draws as they were.
    pub(crate) fn happens(&mut self, odds: f64) -> bool {
        odds > 0.0 && self.share() < odds
    }

    /// Uniform in `0..count`.
    pub(crate) fn below(&mut self, count: usize) -> usize {
        ((self.share() * count as f64) as usize).min(count.saturating_sub(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_are_uniform_and_their_own() {
        let mut stream = Stream::new(1, 2, 3);
        let draws: Vec<f64> = (0..100_000).map(|_| stream.share()).collect();
        let mean = draws.iter().sum::<f64>() / draws.len() as f64;
        assert!((mean - 0.5).abs() < 0.005, "{mean}");
        assert_eq!(Stream::new(1, 2, 3).share(), draws[0]);
        assert_ne!(Stream::new(1, 3, 2).share(), draws[0]);
        assert!((0..1000).all(|_| stream.below(5) < 5));
    }
}
