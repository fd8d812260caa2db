//! Who joins a bloc and who leaves it: the stability of every coalition among a few.

use serde::Serialize;

/// What every country gets when a given set of them chooses as one and the others choose alone.
///
/// A coalition is a set of bits over the candidates; those of fewer than two members are the war of all against all.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CoalitionTable {
    /// How many candidates there are.
    pub candidates: usize,
    /// `payoffs[coalition][candidate]`, in one unit.
    pub payoffs: Vec<Vec<f64>>,
    /// Payoffs closer than this count as equal.
    pub tie: f64,
}

impl CoalitionTable {
    /// The table over all coalitions; `payoffs(members)` is asked once for every set of two and more, and once for none.
    ///
    /// # Errors
    /// The first of `payoffs`.
    pub fn of<E>(
        candidates: usize,
        tie: f64,
        mut payoffs: impl FnMut(&[usize]) -> Result<Vec<f64>, E>,
    ) -> Result<Self, E> {
        let alone = payoffs(&[])?;
        let mut all = Vec::with_capacity(1 << candidates);
        for coalition in 0..1_usize << candidates {
            let members = Self::members_of(candidates, coalition);
            all.push(if members.len() < 2 { alone.clone() } else { payoffs(&members)? });
        }
        Ok(Self { candidates, payoffs: all, tie })
    }

    /// The members of a coalition, by place.
    pub fn members(&self, coalition: usize) -> Vec<usize> {
        Self::members_of(self.candidates, coalition)
    }

    fn members_of(candidates: usize, coalition: usize) -> Vec<usize> {
        (0..candidates).filter(|k| coalition >> k & 1 == 1).collect()
    }

    /// Members that would gain by leaving while the rest stay together, with what they gain.
    pub fn leavers(&self, coalition: usize) -> Vec<(usize, f64)> {
        self.movers(coalition, true)
    }

    /// Outsiders that would gain by joining, with what they gain.
    pub fn joiners(&self, coalition: usize) -> Vec<(usize, f64)> {
        self.movers(coalition, false)
    }

    fn movers(&self, coalition: usize, inside: bool) -> Vec<(usize, f64)> {
        let gain = |k: usize| self.payoffs[coalition ^ (1 << k)][k] - self.payoffs[coalition][k];
        (0..self.candidates)
            .filter(|k| (coalition >> k & 1 == 1) == inside)
            .map(|k| (k, gain(k)))
            .filter(|(_, gain)| *gain > self.tie)
            .collect()
    }

    /// Coalitions of two and more from which no member gains by leaving and which no outsider gains by joining
    /// (d'Aspremont, Jacquemin, Gabszewicz and Weymark 1983). Whether members would let a joiner in is not asked.
    pub fn stable(&self) -> Vec<usize> {
        (0..self.payoffs.len())
            .filter(|c| c.count_ones() >= 2 && self.leavers(*c).is_empty() && self.joiners(*c).is_empty())
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three firms: two together earn two each while the third, outside, earns three; all together one each.
    #[test]
    fn a_pair_with_a_free_rider_is_stable_and_the_grand_coalition_is_not() {
        let table = CoalitionTable::of(3, 1e-9, |members| {
            Ok::<_, ()>(match members.len() {
                0 => vec![0.0; 3],
                2 => (0..3).map(|k| if members.contains(&k) { 2.0 } else { 3.0 }).collect(),
                _ => vec![1.0; 3],
            })
        })
        .unwrap();
        assert_eq!(table.stable(), [0b011, 0b101, 0b110]);
        assert_eq!(table.leavers(0b111).len(), 3);
        assert_eq!(table.joiners(0b011), []);
        assert_eq!(table.joiners(0b001), [(1, 2.0), (2, 2.0)]);
    }
}
