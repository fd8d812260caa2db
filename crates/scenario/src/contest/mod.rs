//! Two governments, their policy packages, and what each pair of packages does to the world.
//!
//! A package is a list of duties that one side charges on the other's goods: on all of them, and on listed goods where
//! the list is aimed at the other side. Everything else that is in force on the day (what either charges on third
//! countries and they on it, and what it charges on everybody, such as duties on metals) stays the same in every
//! cell, so that a cell differs from another by the packages alone. Numbers are against the cell without either side's
//! duties.

mod card;
mod rows;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use diagnostic::Faults;
use economy::Economy;
use equilibrium::{Accounts, Baseline, Cap, Certificate, Counterfactual, Options, Settings, Solution};
use tariffs::{Coverage, Duties, Territory, Weights, raised};
use terms::{Country, CountryId, Cube, Day, Rate, Sector};

use crate::clearing::{market, stalled};
use crate::covered::covered;
use crate::hats::percent;
use crate::packages::Policy;
use crate::territories::territories;

/// The game before anything is solved.
pub struct Contest<'a> {
    economy: &'a Economy,
    coverage: &'a Coverage,
    bought: &'a Weights,
    territories: Vec<Territory>,
    /// By sector of the economy, the one of the coverage table that is it or holds it.
    sectors: Vec<Sector>,
    goods: Vec<bool>,
    parties: [CountryId; 2],
    others: Duties,
    days: (Day, Day),
    /// One baseline for each elasticity set, the central one first.
    baselines: Vec<Baseline>,
    settings: Settings,
}

/// A solve and what it was asked.
type Asked = (usize, usize, usize);

/// Every solve made so far, by elasticity set and packages.
#[derive(Default)]
pub struct Solved {
    found: BTreeMap<Asked, Solution>,
    /// Certificates of solves that no cell keeps.
    beside: Vec<Certificate>,
}

/// How well the equations held over all solves.
#[derive(Debug, Clone, PartialEq)]
pub struct Held {
    /// How many equilibria were solved.
    pub solves: usize,
    /// Largest relative excess demand.
    pub worst_residual: f64,
    /// Where.
    pub worst_market: String,
    /// Largest Walras residual.
    pub walras: f64,
    /// Evaluations of the costliest solve.
    pub evaluations: usize,
}

impl Solved {
    /// One cell, if it was solved.
    pub fn get(&self, set: usize, row: usize, column: usize) -> Option<&Solution> {
        self.found.get(&(set, row, column))
    }
}

impl<'a> Contest<'a> {
    /// The game of `parties` on `economy`, with `others` (every duty in force that is no part of a package) the
    /// same in all cells.
    ///
    /// # Errors
    /// `unknown-country` when the economy does not keep a party apart; faults of an elasticity set.
    pub fn new(
        economy: &'a Economy,
        (coverage, bought): (&'a Coverage, &'a Weights),
        parties: &[Country; 2],
        others: Duties,
        days: (Day, Day),
        (options, sets): (&Options, &[String]),
    ) -> Result<Self, Faults> {
        let mut faults = Faults::new();
        let mut place = |code: &Country| {
            economy.country_id(code.as_str()).unwrap_or_else(|| {
                faults.push(economy.unknown_country(code.as_str()));
                CountryId::new(0)
            })
        };
        let ids = [place(&parties[0]), place(&parties[1])];
        let mut baselines = Vec::new();
        for set in sets {
            match baseline(economy, options, set) {
                Ok(found) => baselines.push(found),
                Err(found) => faults.append(found),
            }
        }
        let contest = Self {
            economy,
            coverage,
            bought,
            territories: territories(economy),
            sectors: covered(economy)?.0,
            goods: economy.sectors().iter().map(|sector| sector.good).collect(),
            parties: ids,
            others,
            days,
            baselines,
            settings: Settings::default(),
        };
        faults.or(contest)
    }

    /// How many elasticity sets there are.
    pub fn sets(&self) -> usize {
        self.baselines.len()
    }

    /// τ′ when the parties follow these policies.
    pub fn tariffs(&self, policies: [&Policy; 2]) -> Cube<Rate> {
        let mut duties = self.others.clone();
        duties.all_goods.extend(policies.iter().flat_map(|policy| policy.duties.iter().cloned()));
        duties.listed.extend(policies.iter().flat_map(|policy| policy.listed.iter().cloned()));
        let base = self.economy.tariffs();
        raised(base, &self.territories, &self.sectors, &self.goods, &duties, self.coverage, self.days)
    }

    /// Solves one cell once.
    ///
    /// # Errors
    /// `stalled`, naming the worst market.
    pub fn solve<'s>(
        &self,
        solved: &'s mut Solved,
        set: usize,
        (row, column): (usize, usize),
        policies: [&Policy; 2],
    ) -> Result<&'s Solution, Faults> {
        match solved.found.entry((set, row, column)) {
            Entry::Occupied(found) => Ok(found.into_mut()),
            Entry::Vacant(place) => {
                let tariffs = self.tariffs(policies);
                let asked = Counterfactual::of(&self.baselines[set]).under(tariffs);
                let solution = asked.solve(&self.settings)?;
                match stalled(self.economy, &solution) {
                    Some(fault) => Err(fault.into()),
                    None => Ok(place.insert(solution)),
                }
            }
        }
    }

    /// Solves a pair of policies that is no cell, by the central elasticity set, under these caps.
    ///
    /// # Errors
    /// `stalled`, naming the worst market; faults of the caps.
    pub fn solve_beside(
        &self,
        solved: &mut Solved,
        policies: [&Policy; 2],
        caps: &[Cap],
    ) -> Result<Solution, Faults> {
        let asked = Counterfactual::of(&self.baselines[0]).under(self.tariffs(policies));
        let solution = asked.capping(caps.iter().copied()).solve(&self.settings)?;
        if let Some(fault) = stalled(self.economy, &solution) {
            return Err(fault.into());
        }
        solved.beside.push(solution.certificate);
        Ok(solution)
    }

    /// A party's income of the base year, million dollars.
    pub fn income_usd_mn(&self, party: usize, at: &Solution) -> f64 {
        at.before().income[self.parties[party].at()] * self.economy.meta().unit.in_millions()
    }

    /// The baseline of the central elasticity set.
    pub(crate) fn central_baseline(&self) -> &Baseline {
        &self.baselines[0]
    }

    /// The economy.
    pub fn economy(&self) -> &'a Economy {
        self.economy
    }

    /// A party's place in the economy.
    pub fn place(&self, party: usize) -> CountryId {
        self.parties[party]
    }

    /// A party's real income under `cell` against `none`, per cent.
    pub fn real_income_pct(&self, party: usize, cell: &Solution, none: &Solution) -> f64 {
        let n = self.parties[party];
        percent(cell.real_income_hat(n) / none.real_income_hat(n))
    }

    /// How well the equations held over all solves.
    pub fn held(&self, solved: &Solved) -> Held {
        let cells = || solved.found.values().map(|solution| &solution.certificate);
        let certificates = || cells().chain(&solved.beside);
        let worst = certificates().max_by(|a, b| a.largest_excess.total_cmp(&b.largest_excess));
        Held {
            solves: solved.found.len() + solved.beside.len(),
            worst_residual: worst.map_or(0.0, |found| found.largest_excess),
            worst_market: worst.map_or_else(String::new, |found| market(self.economy, found.at)),
            walras: certificates().map(|found| found.walras).fold(0.0, f64::max),
            evaluations: certificates().map(|found| found.evaluations).max().unwrap_or(0),
        }
    }
}

/// A published set is often silent on services: there the economy's own default stands in.
fn baseline(economy: &Economy, options: &Options, set: &str) -> Result<Baseline, Faults> {
    let fill = economy.meta().elasticity.clone().unwrap_or_else(|| set.to_string());
    let (theta, _) = economy.theta_filled(set, &fill)?;
    let inputs = match options.links {
        equilibrium::Links::Recorded => economy.inputs().map(economy::Inputs::as_slice),
        equilibrium::Links::Absent => None,
    };
    let accounts = Accounts::of_flows(economy.trade(), economy.tariffs(), inputs, &theta);
    Baseline::of_accounts(accounts, options)
}
