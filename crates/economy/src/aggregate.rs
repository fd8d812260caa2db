//! Fewer countries and sectors: sums, and means that keep what is paid.

use std::collections::HashSet;

use terms::{CountryId, Cube, Grid, Rate, SectorId};

use crate::mapping::{Groups, Mapping};
use crate::{CountryEntry, Draft, Elasticities, Inputs, SectorEntry, Weights};

impl Draft {
    /// The same world with groups of countries and sectors made one each.
    ///
    /// Flows, inputs, final demand, output and value added are added up, so what was balanced stays balanced.
    /// A group's rate is the mean of its members' rates weighted by flows before duty, so the duty paid stays
    /// the same; where nothing flows it is the plain mean. Duty between members becomes duty on the group's
    /// own purchases. θ is weighted by trade between countries, ψ and political weights by output. A sector is
    /// a good if all its members are. The column `members` lists what a group holds.
    #[must_use]
    pub fn aggregate(&self, mapping: &Mapping) -> Self {
        let (countries, sectors) = (&mapping.countries, &mapping.sectors);
        let country = |n: CountryId| CountryId::new(countries.group_of[n.at()]);
        let sector = |s: SectorId| SectorId::new(sectors.group_of[s.at()]);
        let (n, s) = (countries.groups.len(), sectors.groups.len());
        let mut trade = Cube::filled(n, s, 0.0);
        for ((n, i, s), value) in self.trade.cells() {
            trade[(country(n), country(i), sector(s))] += value;
        }
        let inputs = self.inputs.as_ref().map(|fine| {
            let mut inputs = Inputs::none(n, s);
            for n in CountryId::all(self.countries.len()) {
                for k in SectorId::all(self.sectors.len()) {
                    for (s, value) in SectorId::all(self.sectors.len()).zip(fine.buyer(n, k)) {
                        inputs[(country(n), sector(k), sector(s))] += value;
                    }
                }
            }
            inputs
        });
        let sum = |fine: &Grid<f64>| {
            let mut grid = Grid::filled(n, s, 0.0);
            for n in CountryId::all(self.countries.len()) {
                for (s, value) in SectorId::all(self.sectors.len()).zip(fine.row(n)) {
                    grid[(country(n), sector(s))] += value;
                }
            }
            grid
        };
        let mut meta = self.meta.clone();
        if let Some(name) = &mapping.name {
            meta.title = format!("{} ({} × {} of {})", name, n, s, self.meta.name);
            meta.name.clone_from(name);
        }
        Self {
            meta,
            countries: self.country_groups(countries),
            sectors: self.sector_groups(sectors),
            tariffs: self.mean_rates(countries, sectors, &trade),
            trade,
            inputs,
            final_demand: sum(&self.final_demand),
            output: sum(&self.output),
            value_added: sum(&self.value_added),
            elasticities: self.mean_elasticities(sectors),
            weights: self.weights.as_ref().map(|weights| self.mean_weights(weights, countries, sectors)),
        }
    }

    fn country_groups(&self, groups: &Groups) -> Vec<CountryEntry> {
        let entry = |group: &crate::mapping::Group| match group.members.as_slice() {
            [only] if self.countries[*only].code == *group.code => self.countries[*only].clone(),
            members => {
                let mut entry = CountryEntry::new(&group.code, group.name.as_ref().unwrap_or(&group.code));
                let codes: Vec<&str> = members.iter().map(|at| self.countries[*at].code.as_str()).collect();
                entry.extra.insert("members".into(), codes.join(";"));
                entry
            }
        };
        groups.groups.iter().map(entry).collect()
    }

    fn sector_groups(&self, groups: &Groups) -> Vec<SectorEntry> {
        let entry = |group: &crate::mapping::Group| match group.members.as_slice() {
            [only] if self.sectors[*only].code == *group.code => self.sectors[*only].clone(),
            members => {
                let good = members.iter().all(|at| self.sectors[*at].good);
                let mut entry =
                    SectorEntry::new(&group.code, group.name.as_ref().unwrap_or(&group.code), good);
                let codes: Vec<&str> = members.iter().map(|at| self.sectors[*at].code.as_str()).collect();
                entry.extra.insert("members".into(), codes.join(";"));
                entry
            }
        };
        groups.groups.iter().map(entry).collect()
    }

    /// `Σ τ · trade / Σ trade` over the members of each cell.
    fn mean_rates(&self, countries: &Groups, sectors: &Groups, trade: &Cube<f64>) -> Cube<Rate> {
        let mut duty = Cube::filled(trade.countries(), trade.sectors(), 0.0);
        let mut plain = Cube::filled(trade.countries(), trade.sectors(), (0.0, 0_u32));
        let cells = self.tariffs.cells().zip(self.trade.as_slice());
        for (((n, i, s), rate), flow) in cells {
            let cell = (
                CountryId::new(countries.group_of[n.at()]),
                CountryId::new(countries.group_of[i.at()]),
                SectorId::new(sectors.group_of[s.at()]),
            );
            duty[cell] += rate.as_share() * flow;
            // What a country would charge itself says nothing about what it charges others.
            if n != i {
                plain[cell].0 += rate.as_share();
                plain[cell].1 += 1;
            }
        }
        let only = |groups: &Groups, at: usize| match groups.groups[at].members.as_slice() {
            [only] => Some(*only),
            _ => None,
        };
        Cube::from_fn(trade.countries(), trade.sectors(), |n, i, s| {
            let cell = (only(countries, n.at()), only(countries, i.at()), only(sectors, s.at()));
            if let (Some(n), Some(i), Some(s)) = cell {
                return self.tariffs[(CountryId::new(n), CountryId::new(i), SectorId::new(s))];
            }
            let (sum, count) = plain[(n, i, s)];
            Rate::share(match trade[(n, i, s)] {
                flow if flow > 0.0 => duty[(n, i, s)] / flow,
                _ if n != i && count > 0 => sum / f64::from(count),
                _ => 0.0,
            })
        })
    }

    fn mean_elasticities(&self, groups: &Groups) -> Elasticities {
        let sectors = self.sectors.len();
        let mut across = vec![0.0; sectors];
        for ((n, i, s), flow) in self.trade.cells().filter(|((n, i, _), _)| n != i) {
            debug_assert!(n != i);
            across[s.at()] += flow;
        }
        let made: Vec<f64> = SectorId::all(sectors)
            .map(|s| CountryId::all(self.countries.len()).map(|i| self.output[(i, s)]).sum())
            .collect();
        let mut elasticities = Elasticities::none();
        for (set, column) in self.elasticities.columns() {
            let weights = if set == Elasticities::SCALE { &made } else { &across };
            let values = groups.groups.iter().map(|group| {
                let known = group.members.iter().filter_map(|at| Some((column[*at]?, weights[*at])));
                // A group is known where all its members are.
                let known: Vec<(f64, f64)> = known.collect();
                (known.len() == group.members.len()).then(|| mean(&known))
            });
            elasticities = elasticities.with(set, values.collect());
        }
        elasticities
    }

    fn mean_weights(&self, fine: &Weights, countries: &Groups, sectors: &Groups) -> Weights {
        let grid = |value: &dyn Fn(CountryId, SectorId) -> f64| {
            Grid::from_fn(countries.groups.len(), sectors.groups.len(), |n, s| {
                let members = countries.groups[n.at()].members.iter().flat_map(|n| {
                    sectors.groups[s.at()].members.iter().map(|s| (CountryId::new(*n), SectorId::new(*s)))
                });
                mean(&members.map(|(n, s)| (value(n, s), self.output[(n, s)])).collect::<Vec<_>>())
            })
        };
        let rates = fine.noncooperative_tariff.as_ref().map(|rates| {
            let shares = grid(&|n, s| rates[(n, s)].as_share());
            Grid::from_fn(shares.countries(), shares.sectors(), |n, s| Rate::share(shares[(n, s)]))
        });
        Weights { weight: grid(&|n, s| fine.weight[(n, s)]), noncooperative_tariff: rates }
    }

    /// The sectors of a mapping that would join goods and services, which tariffs then no longer reach.
    pub fn mixed_groups<'a>(&'a self, mapping: &'a Mapping) -> impl Iterator<Item = &'a str> {
        mapping.sectors.groups.iter().filter_map(|group| {
            let kinds: HashSet<bool> = group.members.iter().map(|at| self.sectors[*at].good).collect();
            (kinds.len() > 1).then_some(group.code.as_str())
        })
    }
}

/// The weighted mean of `(value, weight)`; the plain mean where all weights are zero.
fn mean(values: &[(f64, f64)]) -> f64 {
    if let [(only, _)] = values {
        return *only;
    }
    let weight: f64 = values.iter().map(|(_, weight)| weight).sum();
    if weight > 0.0 {
        values.iter().map(|(value, weight)| value * weight).sum::<f64>() / weight
    } else {
        values.iter().map(|(value, _)| value).sum::<f64>() / values.len().max(1) as f64
    }
}
