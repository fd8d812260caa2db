//! How sure the numbers are: bands over draws of θ, and published sets side by side.

use diagnostic::Faults;
use economy::Economy;
use equilibrium::{Band, Baseline, Counterfactual, Sequence, Settings, Solution, ensemble};
use indexmap::IndexMap;
use serde::Serialize;
use terms::{Country, Cube, Rate, Sector};

use super::closure::{self, Closure, MarketWord};
use super::firms::FirmsWorld;
use super::rows::{CountryRow, HEADLINES, Headlines, WORLD_HEADLINES, WorldRow};
use super::sets::Set;
use super::spread::Deviations;
use super::world::Totals;

/// The draws asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct DrawsQuestion {
    /// How many; none of the bands are made with fewer than two.
    pub count: usize,
    /// Where the sequence starts.
    pub seed: u64,
    /// How points are spread.
    pub sequence: Sequence,
    /// The standard deviation of ln θ; none: as the economy's sets disagree.
    pub spread: Option<f64>,
    /// Threads that share the draws; the digits do not depend on it.
    pub threads: usize,
}

impl Default for DrawsQuestion {
    fn default() -> Self {
        Self { count: 16, seed: 1, sequence: Sequence::Even, spread: None, threads: 1 }
    }
}

/// Bands are told to two or three digits: a draw that clears to a ten-millionth is exact enough.
const DRAWN: f64 = 1e-7;

/// What the bands are bands over.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Uncertainty {
    /// Draws that were made.
    pub draws: usize,
    /// Draws under which firms would leave the base year by themselves (returns to scale): it is then nothing to
    /// compare with, so that they are not solved and no band counts them.
    pub unstable: usize,
    /// Draws that did not clear, which no band counts.
    pub stalled: usize,
    /// The seed.
    pub seed: u64,
    /// `even` or `random`.
    pub sequence: String,
    /// The distribution, in words.
    pub distribution: String,
}

/// What one published set says, beside the central one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SetRow {
    /// The set.
    pub elasticity: String,
    /// Sectors on which it is silent, where the economy's own set stands in.
    pub filled: Vec<Sector>,
    /// Real income by country, per cent.
    pub real_income_pct: IndexMap<Country, f64>,
    /// Real income of the world, weighted by gross domestic product.
    pub world_real_income_pct: f64,
    /// Trade between countries, per cent.
    pub world_trade_pct: f64,
}

/// The world asked about, ready to be solved under any θ.
pub(super) struct Asked<'a> {
    pub economy: &'a Economy,
    pub closure: &'a Closure,
    pub versus: Option<&'a Cube<Rate>>,
    pub tariffs: &'a Cube<Rate>,
}

/// Draws that were made, and what cleared.
pub(super) struct Drawn {
    cleared: Vec<Headlines>,
    uncertainty: Uncertainty,
}

impl Drawn {
    /// Lays bands on the rows.
    pub fn lay(self, rows: &mut [CountryRow], world: &mut WorldRow) -> Uncertainty {
        for (n, row) in rows.iter_mut().enumerate() {
            for (at, name) in HEADLINES.iter().enumerate() {
                let values = self.cleared.iter().map(|headlines| headlines.countries[n][at]);
                row.bands.extend(Band::of(values).map(|band| (*name, band)));
            }
        }
        for (at, name) in WORLD_HEADLINES.iter().enumerate() {
            let values = self.cleared.iter().map(|headlines| headlines.world[at]);
            world.bands.extend(Band::of(values).map(|band| (*name, band)));
        }
        self.uncertainty
    }
}

impl Asked<'_> {
    /// The headlines under each θ; none where a solve did not clear. `baseline` is the central one, with its answer, none with fixed
    /// firms. Where a world has to be solved before the base (deficits removed, another day), the central θ made
    /// it and draws say how that world would answer.
    fn under(
        &self,
        solved: Option<(&Baseline, Option<&Solution>)>,
        thetas: &[Vec<f64>],
        (threads, tolerance): (usize, f64),
    ) -> Result<Vec<Option<Headlines>>, Faults> {
        let million = self.economy.meta().unit.in_millions();
        match solved {
            Some((baseline, near)) => {
                let before = baseline.accounts().traded();
                ensemble(
                    &Counterfactual::of(baseline).under(self.tariffs.clone()),
                    near,
                    thetas,
                    threads,
                    &Settings { tolerance, ..Settings::default() },
                    |cleared| Headlines::of(cleared, &before, million),
                )
            }
            None => Ok(thetas.iter().map(|theta| self.firms(theta).ok()).collect()),
        }
    }

    /// The headlines of fixed firms under one θ.
    fn firms(&self, theta: &[f64]) -> Result<Headlines, equilibrium::firms::FirmsError> {
        let deficits = self.closure.firms_deficits();
        let world = FirmsWorld::of(self.economy, theta, deficits, self.versus, self.tariffs)?;
        Ok(Headlines::of(&world, &world.before().traded(), self.economy.meta().unit.in_millions()))
    }

    /// The headlines under draws of θ around `centre`; none where fewer than two are asked for.
    ///
    /// # Errors
    /// `impossible-spread`; as the solve otherwise.
    pub fn drawn(
        &self,
        solved: Option<(&Baseline, Option<&Solution>)>,
        centre: &[f64],
        draws: &DrawsQuestion,
    ) -> Result<Option<Drawn>, Faults> {
        let deviations = Deviations::of(self.economy, centre, draws.spread)?;
        if draws.count < 2 {
            return Ok(None);
        }
        let (count, seed, sequence) = (draws.count, draws.seed, draws.sequence);
        let mut thetas = deviations.draws(centre, count, seed, sequence);
        if self.closure.market == MarketWord::Firms {
            // Demand that is not elastic leaves a monopolist without a price.
            thetas.iter_mut().flatten().for_each(|θ| *θ = θ.max(0.1));
        }
        if let Some((baseline, _)) = solved {
            thetas = resting(baseline, thetas)?;
        }
        let found = self.under(solved, &thetas, (draws.threads, DRAWN))?;
        let cleared: Vec<Headlines> = found.into_iter().flatten().collect();
        let uncertainty = Uncertainty {
            draws: count,
            unstable: count - thetas.len(),
            stalled: thetas.len() - cleared.len(),
            seed,
            sequence: word(sequence).into(),
            distribution: deviations.told,
        };
        Ok(Some(Drawn { cleared, uncertainty }))
    }

    /// What each set says.
    ///
    /// # Errors
    /// As the solve.
    pub fn beside(&self, baseline: Option<&Baseline>, sets: &[Set]) -> Result<Vec<SetRow>, Faults> {
        let mut found = Vec::with_capacity(sets.len());
        let options = self.closure.options(None);
        let first = self.versus.is_some() || self.closure.deficits == equilibrium::Deficits::Removed;
        let exact = (1, Settings::default().tolerance);
        for set in sets {
            let thetas = std::slice::from_ref(&set.theta);
            // A world that comes before the base is each set's own.
            let headlines = match baseline {
                Some(_) if first => {
                    let own = closure::baseline(self.economy, &options, &set.theta, self.versus)?;
                    self.under(Some((&own, None)), thetas, exact)?
                }
                baseline => self.under(baseline.map(|baseline| (baseline, None)), thetas, exact)?,
            };
            let Some(Some(headlines)) = headlines.into_iter().next() else { continue };
            let countries = self.economy.countries().iter().zip(&headlines.countries);
            found.push(SetRow {
                elasticity: set.name.clone(),
                filled: set.filled.clone(),
                real_income_pct: countries.map(|(entry, row)| (entry.code.clone(), row[0])).collect(),
                world_real_income_pct: headlines.world[0],
                world_trade_pct: headlines.world[4],
            });
        }
        Ok(found)
    }
}

/// The draws under which the base year rests.
fn resting(baseline: &Baseline, thetas: Vec<Vec<f64>>) -> Result<Vec<Vec<f64>>, Faults> {
    let mut kept = Vec::with_capacity(thetas.len());
    for theta in thetas {
        if baseline.feedback_under(&theta)?.is_none_or(|feedback| feedback.rests()) {
            kept.push(theta);
        }
    }
    Ok(kept)
}

/// `--sequence`.
pub(super) fn word(sequence: Sequence) -> &'static str {
    match sequence {
        Sequence::Even => "even",
        Sequence::Random => "random",
    }
}
